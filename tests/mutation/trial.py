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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

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
PATIENCE = 5
"""A faulty run may take so many times as long as a sound one before it counts as killed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a fault: `killed`, `survived` or `equivalent`."""

    case: Case
    outcome: str


@dataclass(slots=True)
class Workshop:
    """Copies of a project, each for one run at a time."""

    root: Path
    copies: list[Path]
    limits: dict[tuple[str, ...], float] = field(default_factory=dict)
    stamps: Iterator[int] = field(default_factory=lambda: count(2_000_000_000))

    def verdicts(self, cases: Sequence[Case]) -> Iterator[Verdict]:
        """Every fault's verdict, as they come. Raises RuntimeError where the tests fail without a fault."""
        tried = []
        for case in cases:
            if case.is_equivalent(self.root):
                yield Verdict(case, "equivalent")
            else:
                tried.append(case)
        for case in {tuple(case.tests): case for case in tried}.values():
            self._measure(case)
        for case, code in self._runs(tried):
            if code == NOT_PREPARED:
                raise RuntimeError(f"{' '.join(case.module.prepare)} failed for {case.mutant}")
            yield Verdict(case, "survived" if code == PASSED else "killed")

    def _measure(self, case: Case) -> None:
        """Without a fault the tests pass; how long they take is the measure for the faulty ones."""
        tests = tuple(case.tests)
        if tests in self.limits:
            return
        began = time.monotonic()
        process = _started(self.copies[0], case)
        process.join()
        if process.exitcode != PASSED:
            said = (self.copies[0] / SAID).read_text(errors="replace")[-2000:]
            raise RuntimeError(f"without a fault the tests end with {process.exitcode}:\n{said}")
        self.limits[tests] = 10 + PATIENCE * (time.monotonic() - began)

    def _runs(self, cases: Sequence[Case]) -> Iterator[tuple[Case, int | None]]:
        """As many at a time as there are copies; each case with pytest's exit status."""
        waiting, free = list(cases), list(self.copies)
        running: list[tuple[Case, Path, BaseProcess, float]] = []
        while waiting or running:
            while waiting and free:
                case, copy = waiting.pop(0), free.pop()
                self._write(copy / case.path, case.mutant.applied(self._source(case)))
                ends = time.monotonic() + self.limits[tuple(case.tests)]
                running.append((case, copy, _started(copy, case), ends))
            first = min(ends for *_, ends in running)
            wait([process.sentinel for _, _, process, _ in running], max(0, first - time.monotonic()))
            for each in list(running):
                case, copy, process, ends = each
                if _is_over(process, ends):
                    running.remove(each)
                    free.append(copy)
                    self._write(copy / case.path, self._source(case))
                    yield case, process.exitcode

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


def _started(copy: Path, case: Case) -> BaseProcess:
    arguments = (copy, case.module.prepare, case.tests)
    process = multiprocessing.get_context("fork").Process(target=_pytest, args=arguments)
    process.start()
    return process


def _pytest(copy: Path, prepare: Sequence[str], tests: Sequence[str]) -> None:
    """In the fork: a process group of its own, the copy in place of the project, then the tests."""
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

    code = pytest.main([*PYTEST, *tests])
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
