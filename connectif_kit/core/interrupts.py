"""Ctrl-C, from our first line to the last: one line and status 130, never a traceback.

Nothing here knows the rest of the kit, so that it is in force before that is loaded.
"""

from __future__ import annotations

import atexit
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

STATUS = 130
SAID = "interrupted; every file is whole"

_is_armed = False


def arm() -> None:
    """Leave at once on an interrupt, as long as nothing is under way.

    Where whoever started us has interrupts ignored, as a shell does for what runs behind it, they stay so.
    """
    global _is_armed
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        _is_armed = True
        signal.signal(signal.SIGINT, _leave)
        # The first to register is the last to be called: what comes then can be interrupted by nobody.
        atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)


def unwind() -> None:
    """From here on the first interrupt is a KeyboardInterrupt, to end work in order; a second leaves."""
    if _is_armed:
        signal.signal(signal.SIGINT, _raise_once)


def settle() -> None:
    """The work is done: leave at once again."""
    if _is_armed:
        signal.signal(signal.SIGINT, _leave)


@contextmanager
def deferred() -> Iterator[None]:
    """No interrupt here: it comes after. What is started meanwhile begins without any; see `ignore`."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore() -> None:
    """In a process that was started while interrupts were deferred: whoever started it answers them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def leave() -> NoReturn:
    """End the process as an interrupt does."""
    os.write(2, f"{SAID}\n".encode())
    os._exit(STATUS)


def _leave(_number: int, _frame: FrameType | None) -> None:
    leave()


def _raise_once(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, _leave)
    raise KeyboardInterrupt
