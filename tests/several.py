"""Several commands in one process of their own, for what only a process shows.

`python -m tests.several JSON`, with `{"commands": [[…], …], "sockets": FILE}`. With `sockets`, every
host that this process, or one that it forks, looks up or connects to is noted there. Exit codes are printed.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.tools import ROOT

NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind")


def several(*commands: list[str], cwd: Path, sockets: Path | None = None, **env: str) -> list[int]:
    """Run commands one after the other in a new process; their exit codes."""
    given = json.dumps({"commands": commands, "sockets": str(sockets) if sockets else ""})
    done = subprocess.run(
        [sys.executable, "-m", "tests.several", given],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[int] = json.loads(done.stdout.splitlines()[-1])
    return found


def _note_sockets(file: str) -> None:
    note = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def hook(event: str, given: tuple[object, ...]) -> None:
        address = given[1] if event.startswith("socket.") and len(given) > 1 else ""
        is_local = isinstance(address, str | bytes) and event in ("socket.connect", "socket.bind")
        if event in NETWORK and not is_local:  # a path is a socket between our own processes
            os.write(note, f"{event} {given[-1]!r} {given[0]!r}\n".encode())

    sys.addaudithook(hook)


def main(given: Mapping[str, object]) -> None:
    """Run what is asked for."""
    if given["sockets"]:
        _note_sockets(str(given["sockets"]))
    from connectif_kit.cli import run

    commands = given["commands"]
    codes = [run(command) for command in commands] if isinstance(commands, list) else []
    sys.stdout.write(f"\n{json.dumps(codes)}\n")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
