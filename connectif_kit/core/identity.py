"""What tells a file that was read from one that has changed since, without reading it: as git's index does.

The time that counts is that of the file's last change of any kind (`ctime`), which no program can set: an old
content that is put back with its old time is seen. A file that has changed within the last tick of its clock
may change again without a trace, so it has no identity yet: it is read and compared by its content.
"""

from __future__ import annotations

import os
import time

TICK = 50_000_000
"""Nanoseconds by which the times of files may be behind the clock."""
COARSE = 2_100_000_000
"""The same where a disk keeps whole seconds, or every second one."""


def identity(found: os.stat_result) -> str:
    """Number, size and times of a file: where they are the same, so is its content, if it was `settled`."""
    return f"{found.st_dev}:{found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


def settled(changed: int, now: int | None = None) -> bool:
    """Whether every change from now on shows in the `identity` of a file; ask before it is read.

    `changed` is the file's `st_ctime_ns`. Where that is not the time of its last change, files are always
    read.
    """
    tick = TICK if changed % 1_000_000_000 else COARSE
    return os.name == "posix" and changed + tick < (time.time_ns() if now is None else now)
