"""`connectif-kit` as a process of its own, forked from one that has loaded it already.

It has a process's signals, streams and end, at a tenth of what a new one costs. A new one is needed for what
Python reads as it starts (`PYTHONVERBOSE`, hashes, options) and for what happens until the kit is loaded.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import IO

from tests.tools import ENGLISH


@dataclass(frozen=True, slots=True)
class Forked:
    """A process that runs; both streams give what it writes."""

    process: BaseProcess
    stdout: IO[str]
    stderr: IO[str]

    @property
    def pid(self) -> int:
        """Its number."""
        assert self.process.pid
        return self.process.pid

    def send(self, number: signal.Signals) -> None:
        """A signal, unless it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.exitcode is None

    def ended(self, timeout: float = 60) -> tuple[int | None, str]:
        """Its status, and what it had still to say on standard error; one that does not end is killed."""
        self.process.join(timeout)
        status = self.process.exitcode
        self.process.kill()
        return status, self.stderr.read()


@contextmanager
def forked(*args: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> Iterator[Forked]:
    """Run a command until the end of the block, where it is killed if it still runs.

    `env` is added to the environment of the tests. What a command writes must fit into a pipe, or be read.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.warm"])
    (out, out_end), (err, err_end) = (context.Pipe(duplex=False) for _ in range(2))
    environment = {**os.environ, "NO_COLOR": "1", **ENGLISH, **(env or {})}
    process = context.Process(
        target=_command, args=(str(cwd), [*map(str, args)], environment, out_end, err_end)
    )
    process.start()
    out_end.close()
    err_end.close()
    streams = [
        os.fdopen(os.dup(end.fileno()), encoding="utf-8", errors="surrogateescape", newline="")
        for end in (out, err)
    ]
    try:
        yield Forked(process, *streams)
    finally:
        process.kill()
        process.join()
        for stream in streams:
            stream.close()
        for end in (out, err):
            end.close()


def _command(
    folder: str, args: list[str], environment: dict[str, str], out: Connection, err: Connection
) -> None:
    """In the new process: what `python -m connectif_kit` does."""
    from connectif_kit.__main__ import main

    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    out.close()
    err.close()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    sys.stdout = open(1, "w", encoding=encoding, closefd=False)  # noqa: SIM115 - as Python opens it
    sys.stderr = open(  # noqa: SIM115 - as Python opens it
        2, "w", encoding=encoding, errors="backslashreplace", buffering=1, closefd=False
    )
    sys.argv = ["connectif-kit", *args]
    main()
