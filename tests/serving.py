"""`connectif-kit serve` as a real process, for the tests of the preview."""

from __future__ import annotations

import re
import shutil
import signal
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from queue import Queue
from typing import IO, Any

from tests.forked import forked
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
    with forked("serve", "--port", "0", *args, cwd=folder) as process:
        running = Running(_address(process.stderr), folder)
        reader = threading.Thread(target=_listen, args=(process.stderr, running.said), daemon=True)
        reader.start()
        try:
            yield running
        finally:
            process.send(signal.SIGINT)
            process.process.join(20)
            reader.join(5)
    assert process.process.exitcode == 130, f"serve ended with {process.process.exitcode}"


def _address(stderr: IO[str]) -> str:
    """Where it serves, as soon as it says so; tests name paths from the root, whatever the shop's folder."""
    lines = []
    for line in stderr:
        lines.append(line)
        if line.startswith("preview:"):
            return re.sub(r"//localhost:(\d+).*", r"//127.0.0.1:\1", line.split()[1])
    raise AssertionError("".join(lines) or "no word from serve")
