"""Many things done in order, in this process or in several; one that is killed loses only what it held."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from connectif_kit.core.gc_control import paused_gc
from connectif_kit.core.interrupts import deferred, ignore

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

T = TypeVar("T")
R = TypeVar("R")
Begin: TypeAlias = Callable[[], Callable[[Sequence[T]], list[R]]]
"""Sets a process up; what it gives turns some things into their results, one each."""

CHUNK = 48
PAYS = 400
"""From so many pages on, a second process is faster than the time it takes to start."""
MOST = 16
MANY = 50_000
AHEAD = 8
"""Chunks for each process that are kept ready: pages that a network brings must not pile up."""


def jobs_for(pages: int) -> int:
    """As many processes as pay for so many pages."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST) if pages >= PAYS else 1


def forks() -> bool:
    """Whether processes begin as copies of this one, so that what sets them up need not be sent."""
    import multiprocessing

    return "fork" in multiprocessing.get_all_start_methods()


def parallel_map(
    things: Iterable[T], begin: Begin[T, R], lost: Callable[[T], R], jobs: int = 1
) -> Iterator[R]:
    """The results of all things, in their order.

    Work begins while `things` still gives more. `lost` is the result of a thing whose process was
    killed over it. With several jobs the things are pickled, and without forks `begin` too.
    """
    chunks = _chunks(things, CHUNK)
    if jobs > 1:
        yield from _in_processes(chunks, begin, lost, jobs)
        return
    work = begin()
    with _without_collector():
        for chunk in chunks:
            yield from work(chunk)
            _sweep()


def in_order(
    things: Sequence[T], known: Sequence[R | None], work: Callable[[list[T]], Iterator[R]]
) -> Iterator[R]:
    """The results of all things, in their order: those that are known, and what `work` makes of the rest."""
    rest = [thing for thing, result in zip(things, known, strict=True) if result is None]
    made = work(rest) if rest else iter(())
    return (next(made) if result is None else result for result in known)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Looking for rings all the time would cost a tenth of the run; now and then after a chunk is enough."""
    gc.freeze()
    try:
        with paused_gc():
            yield
    finally:
        gc.unfreeze()


def _sweep() -> None:
    """Look for rings where many objects are left: turbohtml leaves none, Beautiful Soup thousands a page."""
    if gc.get_count()[0] > MANY:
        gc.collect()


def _chunks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while chunk := list(islice(rest, size)):
        yield chunk


def _in_processes(
    chunks: Iterator[list[T]], begin: Begin[T, R], lost: Callable[[T], R], jobs: int
) -> Iterator[R]:
    from concurrent.futures.process import BrokenProcessPool

    while first := list(islice(chunks, jobs)):
        chunks = chain(first, chunks)
        pool = _pool(begin, len(first))
        held: deque[list[T]] = deque()
        waiting: deque[Future[list[R]]] = deque()
        try:
            for chunk in chunks:
                held.append(chunk)
                with deferred():
                    waiting.append(pool.submit(_work_on, chunk))
                while waiting and (waiting[0].done() or len(waiting) > AHEAD * jobs):
                    yield from _finished(held, waiting)
            while waiting:
                yield from _finished(held, waiting)
        except BrokenProcessPool:
            while waiting and waiting[0].exception() is None:
                yield from _finished(held, waiting)
            yield from _one_by_one(held.popleft(), begin, lost)
            chunks = chain(held, chunks)
        finally:
            pool.shutdown(wait=not waiting, cancel_futures=True)


def _finished(held: deque[list[T]], waiting: deque[Future[list[R]]]) -> list[R]:
    """The results of the first chunk, which is then held no more."""
    results = waiting[0].result()
    waiting.popleft()
    held.popleft()
    return results


def _one_by_one(things: list[T], begin: Begin[T, R], lost: Callable[[T], R]) -> Iterator[R]:
    """Things in a process of which each death is only one thing's."""
    from concurrent.futures.process import BrokenProcessPool

    rest = deque(things)
    while rest:
        with _pool(begin, 1) as pool:
            try:
                while rest:
                    with deferred():
                        future = pool.submit(_work_on, [rest[0]])
                    yield from future.result()
                    rest.popleft()
            except BrokenProcessPool:
                yield lost(rest.popleft())


def _pool(begin: Begin[T, R], jobs: int) -> Executor:
    """Processes that are ready to work."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if forks() else "spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_set_up, initargs=(begin,))


_work: Callable[[Sequence[Any]], list[Any]] | None = None


def _set_up(begin: Begin[Any, Any]) -> None:
    global _work
    ignore()
    _end_with_parent()
    gc.disable()
    _work = begin()
    gc.freeze()


def _end_with_parent() -> None:
    """Nobody waits for results of a killed run, and its processes would wait for work for ever."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    if parent is not None:
        Thread(target=watch, args=(parent.sentinel,), daemon=True).start()


def _work_on(things: list[Any]) -> list[Any]:
    if _work is None:
        raise RuntimeError("the process was not set up")
    results = _work(things)
    _sweep()
    return results
