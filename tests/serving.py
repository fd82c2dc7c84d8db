"""`connectif-kit serve` as a real process, for the tests of the preview."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
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


def _serve(folder: str, args: list[str], write: Connection) -> None:
    """In the new process: `connectif-kit serve`, with standard error in the pipe."""
    from connectif_kit.cli import run as command_line

    os.dup2(write.fileno(), 2)
    write.close()
    os.chdir(folder)
    os.environ["NO_COLOR"] = "1"
    sys.exit(command_line(["serve", "--port", "0", *args]))


def _started(folder: Path, args: tuple[str | Path, ...]) -> tuple[BaseProcess, IO[str]]:
    """A process of its own, forked from one that has loaded the command already."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.warm"])
    read, write = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(str(folder), [*map(str, args)], write))
    process.start()
    write.close()
    return process, os.fdopen(os.dup(read.fileno()), encoding="utf-8")


@contextmanager
def preview(folder: Path, *args: str | Path) -> Iterator[Running]:
    """Serve a folder's shop on a free port until the end of the block; it must stop when it is told to."""
    process, stderr = _started(folder, args)
    lines = []
    for line in stderr:
        lines.append(line)
        if line.startswith("preview:"):
            break
    if not (lines and lines[-1].startswith("preview:")):
        process.kill()
        process.join()
        stderr.close()
        raise AssertionError("".join(lines) or "no word from serve")
    base = re.sub(r"//localhost:(\d+).*", r"//127.0.0.1:\1", lines[-1].split()[1])
    # Tests name paths from the root, whatever folder the shop lives in.
    running = Running(base, folder)
    reader = threading.Thread(target=_listen, args=(stderr, running.said), daemon=True)
    reader.start()
    try:
        yield running
    finally:
        os.kill(process.pid or 0, signal.SIGINT)
        process.join(20)
        reader.join(5)
        stderr.close()
    assert process.exitcode == 130, f"serve ended with {process.exitcode}"
