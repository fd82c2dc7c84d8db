"""Ctrl-C, from our first line to the last: one line and status 130, never a traceback.

Nothing here knows the rest of the kit, so that it is in force before that is loaded.
"""

from __future__ import annotations

import _thread
import atexit
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

STATUS = 130
SAID = "interrupted; every file is whole"

_is_armed = False
_has_come = False


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
    global _has_come
    _has_come = False
    if _is_armed:
        sys.unraisablehook = _again
        signal.signal(signal.SIGINT, _raise_once)


def has_come() -> bool:
    """Whether an interrupt was raised since `unwind`: extensions in C may have made another error of it."""
    return _has_come


def settle() -> None:
    """The work is done: leave at once again."""
    if _is_armed:
        signal.signal(signal.SIGINT, _leave)
        sys.unraisablehook = sys.__unraisablehook__


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
    global _has_come
    _has_come = True
    signal.signal(signal.SIGINT, _leave)
    raise KeyboardInterrupt


def _again(lost: sys.UnraisableHookArgs) -> None:
    """An interrupt that met a finalizer or a weak reference's callback, where Python drops exceptions.

    It comes again a moment later, when the callback is over: nothing is raised in here.
    """
    if not issubclass(lost.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(lost)
        return
    signal.signal(signal.SIGINT, _raise_once)
    _thread.start_new_thread(_interrupt, ())


def _interrupt() -> None:
    time.sleep(0.001)
    if os.name == "posix":
        os.kill(os.getpid(), signal.SIGINT)  # to the process: whatever the main thread waits for ends too
    else:
        signal.raise_signal(signal.SIGINT)
