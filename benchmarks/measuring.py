"""Whole processes measured: seconds by the clock, seconds of processor, memory, side by side in one run."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KIT = (sys.executable, "-m", "connectif_kit")


@dataclass(frozen=True, slots=True)
class Tool:
    """A command under a name, and the exit statuses with which it may end; `before` runs unmeasured."""

    name: str
    command: tuple[str, ...]
    expected: tuple[int, ...] = (0, 1)
    before: Callable[[], object] = lambda: None


@dataclass(slots=True)
class Measured:
    """The best of some runs: seconds by the clock, seconds of processor with children, peak MB of all."""

    seconds: float = float("inf")
    processor: float = float("inf")
    megabytes: float = 0.0
    runs: list[float] = field(default_factory=list)

    def take(self, seconds: float, processor: float) -> None:
        """One more run. What disturbs a run only ever makes it slower: the fastest counts."""
        self.runs.append(seconds)
        self.seconds, self.processor = min(self.seconds, seconds), min(self.processor, processor)


def environment() -> dict[str, str]:
    """As on a user's machine, which keeps compiled modules."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


def measured(tools: list[Tool], folder: Path, rounds: int, *, memory: bool = True) -> list[Measured]:
    """Each tool's figures. They take turns, so that all have their share of good and bad minutes.

    Raises RuntimeError where an exit status is not expected.
    """
    figures = [Measured() for _ in tools]
    if memory:  # in a run of its own: looking at it disturbs
        for tool, figure in zip(tools, figures, strict=True):
            tool.before()
            figure.megabytes = _memory(tool, folder)
    for _ in range(rounds):
        for tool, figure in zip(tools, figures, strict=True):
            tool.before()
            figure.take(*timed(tool, folder))
    return figures


def timed(tool: Tool, folder: Path) -> tuple[float, float]:
    """Seconds by the clock and of processor of one run."""
    start, before = time.perf_counter(), _children()
    _ended(_started(tool, folder), tool)
    return time.perf_counter() - start, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _started(tool: Tool, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        tool.command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def _ended(process: subprocess.Popen[bytes], tool: Tool) -> None:
    _, complaints = process.communicate()
    if process.returncode not in tool.expected:
        said = complaints[-500:].decode("utf-8", "replace")
        raise RuntimeError(f"{tool.name} ended with {process.returncode}: {said}")


def _memory(tool: Tool, folder: Path) -> float:
    process, most = _started(tool, folder), [0.0]
    watcher = threading.Thread(target=_watch, args=(process, most))
    watcher.start()
    _ended(process, tool)
    watcher.join()
    return most[0]


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    """Keep the most memory that a process and its children hold together; shared pages count once."""
    while process.poll() is None:
        most[0] = max(most[0], sum(map(_megabytes, _family(process.pid))))
        time.sleep(0.02)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _megabytes(pid: int) -> float:
    """The proportional set size."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
