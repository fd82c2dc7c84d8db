"""`connectif-kit check` after a generator's own build."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def checked(output: str, folder: str) -> str:
    """Check what was built into a folder, from the one with the configuration; why the build must fail, or
    nothing.

    Findings are printed, and fail the build where `CI` is set, as every CI server sets it: somebody who is
    writing sees them and goes on.
    """
    where = os.path.relpath(output, folder)
    command = [sys.executable, "-m", "connectif_kit", "check", where]
    status = subprocess.run(command, cwd=Path(folder), check=False).returncode  # noqa: S603 - our own command
    fails = status > 1 or (status == 1 and bool(os.environ.get("CI")))
    return f"connectif-kit check ended with {status}" if fails else ""
