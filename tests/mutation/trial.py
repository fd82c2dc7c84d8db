"""Run the tests on a faulty copy of the project: killed, survived, or equivalent.

Each run is a fork of this process, which has loaded the libraries that the tests need; what is tried is
loaded by the fork, from its copy.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

from tests.mutation.table import Case

OUTSIDE = (".git", ".venv", ".venvs", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".cache")
LINKED = "node_modules"
SAID = ".mutants.txt"
"""What the last run in a copy has printed."""
PYTEST = (
    *("-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # of the libraries below, which are there already
)
LIBRARIES = (
    *("pytest", "hypothesis.strategies", "pydantic", "click", "jinja2", "yaml", "rich.console", "turbohtml"),
    *("bs4", "html5lib", "httpx2", "starlette.applications", "uvicorn", "playwright.sync_api"),
)
PASSED, NOT_PREPARED = 0, 70
PATIENCE = 10
"""A faulty run may take so many times as long as a sound one before it counts as killed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a fault: `killed`, `survived` or `equivalent`."""

    case: Case
    outcome: str


class _Run(NamedTuple):
    """A test file that runs on a fault: those that come after it, and until when it may take."""

    case: Case
    rest: list[str]
    copy: Path
    process: BaseProcess
    ends: float


@dataclass(slots=True)
class Workshop:
    """Copies of a project, each for one run at a time."""

    root: Path
    copies: list[Path]
    limits: dict[tuple[str, str], float] = field(default_factory=dict)
    """Module and test file → the seconds that a run with a fault may take."""
    stamps: Iterator[int] = field(default_factory=lambda: count(2_000_000_000))

    def verdicts(self, cases: Sequence[Case]) -> Iterator[Verdict]:
        """Every fault's verdict, as they come. Raises RuntimeError where the tests fail without a fault."""
        tried = deque[tuple[Case, list[str]]]()
        for case in cases:
            if case.is_equivalent(self.root):
                yield Verdict(case, "equivalent")
            else:
                tried.append((case, case.tests))
        for case, code in self._runs(tried):
            if code == NOT_PREPARED:
                raise RuntimeError(f"{' '.join(case.module.prepare)} failed for {case.mutant}")
            yield Verdict(case, "survived" if code == PASSED else "killed")

    def _limit(self, case: Case, test: str, copy: Path) -> float:
        """Without a fault a test file passes; how long it takes is the measure for a run with one."""
        asked = (case.module.name, test)
        if asked not in self.limits:
            began = time.monotonic()
            process = _started(copy, case, test)
            process.join()
            if process.exitcode != PASSED:
                said = (copy / SAID).read_text(errors="replace")[-2000:]
                raise RuntimeError(f"without a fault the tests end with {process.exitcode}:\n{said}")
            self.limits[asked] = 10 + PATIENCE * (time.monotonic() - began)
        return self.limits[asked]

    def _runs(self, waiting: deque[tuple[Case, list[str]]]) -> Iterator[tuple[Case, int | None]]:
        """As many at a time as there are copies, one test file after another; pytest's last exit status."""
        free = list(self.copies)
        running: list[_Run] = []
        while waiting or running:
            while waiting and free:
                running.append(self._begun(*waiting.popleft(), free.pop()))
            first = min(run.ends for run in running)
            wait([run.process.sentinel for run in running], max(0, first - time.monotonic()))
            for run in [run for run in running if _is_over(run.process, run.ends)]:
                running.remove(run)
                free.append(run.copy)
                self._write(run.copy / run.case.path, self._source(run.case))
                if run.process.exitcode == PASSED and run.rest:
                    waiting.appendleft((run.case, run.rest))
                else:
                    yield run.case, run.process.exitcode

    def _begun(self, case: Case, tests: list[str], copy: Path) -> _Run:
        limit = self._limit(case, tests[0], copy)
        self._write(copy / case.path, case.mutant.applied(self._source(case)))
        return _Run(case, tests[1:], copy, _started(copy, case, tests[0]), time.monotonic() + limit)

    def _source(self, case: Case) -> bytes:
        return (self.root / case.path).read_bytes()

    def _write(self, path: Path, source: bytes) -> None:
        """With a time of its own, by which Python sees that what it has compiled is out of date."""
        path.write_bytes(source)
        stamp = next(self.stamps)
        os.utime(path, (stamp, stamp))


def _is_over(process: BaseProcess, ends: float) -> bool:
    """Whether a run has ended; one whose time is up is ended, with all that its tests have started."""
    if process.is_alive() and time.monotonic() < ends:
        return False
    with suppress(ProcessLookupError):
        os.killpg(process.pid or 0, signal.SIGKILL)
    process.join()
    return True


def _started(copy: Path, case: Case, test: str) -> BaseProcess:
    arguments = (copy, case.module.prepare, test)
    process = multiprocessing.get_context("fork").Process(target=_pytest, args=arguments)
    process.start()
    return process


def _pytest(copy: Path, prepare: Sequence[str], test: str) -> None:
    """In the fork: a process group of its own, the copy in place of the project, then a test file."""
    os.setsid()
    os.chdir(copy)
    os.environ |= {"PYTHONPATH": str(copy), "CI": "1"}  # CI: hypothesis tries the same examples each time
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "connectif_kit")]:
        del sys.modules[name]
    sys.path[0] = str(copy)
    said = os.open(copy / SAID, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(said, 1)
    os.dup2(said, 2)
    if prepare and subprocess.run(prepare, check=False).returncode:
        os._exit(NOT_PREPARED)
    import pytest

    code = pytest.main([*PYTEST, test])
    os._exit(int(code))


@contextmanager
def workshop(root: Path, jobs: int) -> Iterator[Workshop]:
    """Copies of a project in a temporary folder, gone afterwards."""
    for name in LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(name)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        yield Workshop(root, [_copy(root, Path(folder, str(number))) for number in range(jobs)])


def _copy(root: Path, target: Path) -> Path:
    """The project without what is made; Node's packages are linked."""
    shutil.copytree(root, target, ignore=shutil.ignore_patterns(*OUTSIDE, LINKED), symlinks=True)
    for packages in root.glob(f"tests/*/{LINKED}"):
        (target / packages.relative_to(root)).symlink_to(packages)
    return target
