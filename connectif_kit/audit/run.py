"""Many pages: read, looked up in the cache, checked, in one process or several.

A page that cannot be read, that breaks a rule of ours or kills its process becomes a finding; the
others go on.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from connectif_kit.audit import codec
from connectif_kit.audit.cache import Cache, key
from connectif_kit.audit.engine import PageResult, Program, audit, rules
from connectif_kit.collector import no_collector
from connectif_kit.diagnostics import Diagnostic, Place, Severity

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from connectif_kit.plan import Loaded

T = TypeVar("T")
CHUNK = 50
LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """A page to look at: what it is called, its address's path, and its file or its bytes.

    `static` pages are files that every visitor gets.
    """

    name: str
    url_path: str
    path: Path | None = None
    data: bytes = b""
    static: bool = True

    def read(self) -> bytes:
        """The page's bytes."""
        if self.path is None:
            return self.data
        with self.path.open("rb", buffering=0) as file:
            return file.read()


@dataclass(frozen=True, slots=True)
class Setup:
    """What is the same for all pages of a run; `stamp` is empty where nothing is cached."""

    loaded: Loaded | None
    rules: tuple[str, ...]
    stamp: bytes = b""
    cache: Path | None = None


class Worker:
    """Looks at pages, in whichever process it is."""

    def __init__(self, setup: Setup) -> None:
        known = rules()
        self._setup = setup
        self._rules = Program([known[name] for name in setup.rules], planned=setup.loaded is not None)
        self._cache = Cache(setup.cache) if setup.cache else None
        if self._cache:
            self._cache.open()

    def look(self, items: Sequence[Item]) -> list[PageResult]:
        """The results of some pages, in their order."""
        if self._cache is None:
            return [self._one(item, None) for item in items]
        read = [(item, _read(item)) for item in items]
        keys = [
            key(self._setup.stamp, item.url_path, data, static=item.static)
            if isinstance(data, bytes)
            else b""
            for item, data in read
        ]
        known = self._cache.get(keys)
        results, new = [], []
        for (item, data), mark in zip(read, keys, strict=True):
            result = _known(known.get(mark), item)
            if result is None:
                result = self._one(item, data)
                if not result.failed:
                    new.append((mark, codec.dump(result)))
            results.append(result)
        self._cache.put(new)
        return results

    def _one(self, item: Item, data: bytes | OSError | None) -> PageResult:
        data = _read(item) if data is None else data
        if isinstance(data, OSError):
            return _failed(item, "file-error", (data.strerror or str(data)).lower())
        if len(data) > LARGEST:
            return _failed(item, "page-too-large", f"the page has {len(data):,} bytes: no browser shows it")
        try:
            return audit(item.name, data, item.url_path, self._setup.loaded, self._rules, static=item.static)
        except Exception as error:  # one page never ends a run
            message = f"we failed on this page: {type(error).__name__}: {error}"
            return _failed(item, "internal-error", message, "this is a mistake of ours, please report it")


def _read(item: Item) -> bytes | OSError:
    try:
        return item.read()
    except OSError as error:
        return error


def _known(text: str | None, item: Item) -> PageResult | None:
    if text is None:
        return None
    try:
        return codec.load(text, item.name, item.url_path)
    except (ValueError, TypeError, LookupError):
        return None


def _failed(item: Item, rule: str, message: str, hint: str = "") -> PageResult:
    found = Diagnostic(rule, Severity.ERROR, message, Place(item.name), hint)
    return PageResult(item.name, item.url_path, (found,), failed=True)


def run(items: Iterable[Item], setup: Setup, jobs: int = 1) -> Iterator[PageResult]:
    """The results of all pages, in their order."""
    chunks = _chunks(items, CHUNK)
    if jobs > 1:
        yield from _shared_out(list(chunks), setup, jobs)
        return
    worker = Worker(setup)
    with _without_collector():
        for chunk in chunks:
            yield from worker.look(chunk)
            gc.collect()


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pages leave no rings behind: looking for them all the time would cost a tenth of the run."""
    gc.freeze()
    try:
        with no_collector():
            yield
    finally:
        gc.unfreeze()


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def _shared_out(chunks: list[list[Item]], setup: Setup, jobs: int) -> Iterator[PageResult]:
    from concurrent.futures.process import BrokenProcessPool

    while chunks:
        pool = _pool(setup, chunks, min(jobs, len(chunks)))
        waiting = deque(pool.submit(_look, number) for number in range(len(chunks)))
        try:
            while waiting:
                results = waiting.popleft().result()
                chunks = chunks[1:]
                yield from results
        except BrokenProcessPool:
            for item in chunks[0]:
                yield from _alone(item, setup)
            chunks = chunks[1:]
        finally:
            pool.shutdown(wait=not waiting, cancel_futures=True)


def _alone(item: Item, setup: Setup) -> list[PageResult]:
    """One page in a process of its own, where its death is only its own."""
    from concurrent.futures.process import BrokenProcessPool

    with _pool(setup, [[item]], 1) as pool:
        try:
            return pool.submit(_look, 0).result()
        except BrokenProcessPool:
            return [_failed(item, "internal-error", "the process that looked at this page was killed")]


def _pool(setup: Setup, chunks: list[list[Item]], jobs: int) -> Executor:
    """Processes that have all chunks from their birth on, and are told numbers only."""
    from concurrent.futures import ProcessPoolExecutor

    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(setup, chunks))


_worker: Worker | None = None
_pages: list[list[Item]] = []


def _begin(setup: Setup, chunks: list[list[Item]]) -> None:
    global _worker, _pages
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us answers it
    gc.disable()
    _worker, _pages = Worker(setup), chunks
    gc.freeze()


def _look(number: int) -> list[PageResult]:
    if _worker is None:
        raise RuntimeError("the process was not set up")
    results = _worker.look(_pages[number])
    gc.collect()
    return results
