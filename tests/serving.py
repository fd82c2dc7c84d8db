"""`connectif-kit serve` as a real process, for the tests of the preview."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from queue import Queue
from typing import IO, Any

from tests.tools import ROOT

STARTER = ROOT / "templates" / "starter"


def shop(folder: Path) -> Path:
    """A copy of the starter shop."""
    return Path(shutil.copytree(STARTER, folder / "shop"))


@dataclass
class Running:
    """A preview that runs: where, from which folder, what it says on standard error."""

    base: str
    folder: Path
    process: subprocess.Popen[str]
    said: Queue[str] = field(default_factory=Queue)

    @property
    def port(self) -> int:
        return int(self.base.rpartition(":")[2])

    @cached_property
    def token(self) -> str:
        found = re.search(r"/__connectif/assets/([\w-]+)/", self.get("/__connectif/"))
        assert found
        return found[1]

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.base + path, timeout=20) as answer:
            return str(answer.read().decode())

    def session(self) -> dict[str, Any]:
        import json

        found: dict[str, Any] = json.loads(self.get(f"/__connectif/session.json?t={self.token}"))
        return found

    def clear(self) -> None:
        request = urllib.request.Request(
            f"{self.base}/__connectif/clear?t={self.token}", b"{}", method="POST"
        )
        urllib.request.urlopen(request, timeout=20).close()


def _listen(stream: IO[str], into: Queue[str]) -> None:
    for line in stream:
        into.put(line)


@contextmanager
def preview(folder: Path, *args: str | Path) -> Iterator[Running]:
    """Serve a folder's shop on a free port until the end of the block; it must stop when it is told to."""
    command = [sys.executable, "-m", "connectif_kit", "serve", "--port", "0", *map(str, args)]
    process = subprocess.Popen(
        command,
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
    )
    assert process.stderr
    lines = []
    for line in process.stderr:
        lines.append(line)
        if line.startswith("preview:"):
            break
    if not (lines and lines[-1].startswith("preview:")):
        process.kill()
        process.communicate()
        raise AssertionError("".join(lines) or "no word from serve")
    base = re.sub(r"//localhost:(\d+).*", r"//127.0.0.1:\1", lines[-1].split()[1])
    # Tests name paths from the root, whatever folder the shop lives in.
    running = Running(base, folder, process)
    reader = threading.Thread(target=_listen, args=(process.stderr, running.said), daemon=True)
    reader.start()
    try:
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        status = process.wait(20)
        reader.join(5)
        process.stderr.close()
    assert status == 130, f"serve ended with {status}"
