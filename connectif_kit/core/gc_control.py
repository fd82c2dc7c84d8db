"""Python's collector of rings, which looks through all that a short run keeps, and finds nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_gc() -> Iterator[None]:
    """Without it while a command starts and works: a tenth of the time. Rings must be undone by hand."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def kept_memory() -> None:
    """Have the C library keep what a page's tree took for the next page: 5 to 8 % of an audit.

    glibc gives the end of its heap back to the system whenever 128 KB of it are free, and asks for it again.
    After a large block was let go it waits for twice as much (`M_TRIM_THRESHOLD` in mallopt(3)). The block
    is never written to, so it takes no memory. `benchmarks/floor.py --keep` shows it.
    """
    bytes(_LARGE)


_LARGE = 31 << 20  # below 32 MB, the most of which glibc learns
