"""What of the system's events tells that a file has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent


def changes() -> list[type[FileSystemEvent]]:
    """The events to ask a watcher for.

    Asked for all, the system reports every folder that is opened, too. Those of a large site overflow its
    queue while the watcher goes through them; the watcher then goes through them again, without end.
    """
    from watchdog import events

    return [getattr(events, name) for name in _NAMES if hasattr(events, name)]  # older ones have fewer


_NAMES = (
    *("FileCreatedEvent", "FileModifiedEvent", "FileAttribEvent", "FileMovedEvent", "FileDeletedEvent"),
    *("FileClosedEvent", "DirCreatedEvent", "DirMovedEvent", "DirDeletedEvent"),
)
