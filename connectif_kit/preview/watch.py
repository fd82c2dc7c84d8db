"""Files that change → one message: bursts are waited out, and what kind of change it was is reported."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from connectif_kit.core.file_events import changes
from connectif_kit.core.files import HTML_SUFFIXES
from connectif_kit.core.records import dataclass

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver

QUIET = 0.02
LONGEST = 0.3
LOOK = 0.1
MANY = 1_000
"""From here on a burst is a new build, and one reload."""
_IGNORED = (".git", "node_modules", "__pycache__")


@dataclass(frozen=True, slots=True)
class Change:
    """What one burst changed: pages and styles by their path in the site, the rest by kind."""

    pages: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    other: bool = False
    plan: bool = False
    tools: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """Where to look: the site, the files that the plan is made of, our own templates."""

    site: Path | None
    inputs: tuple[Path, ...]
    tools: Path


def sorted_out(paths: Iterable[str], watched: Watched) -> Change:
    """A burst's paths by what they mean."""
    pages, styles, other, plan, tools = [], [], False, False, False
    for path in map(Path, dict.fromkeys(paths)):
        if path in watched.inputs:
            plan = True
        elif path.is_relative_to(watched.tools):
            tools = True
        elif watched.site and path.is_relative_to(watched.site):
            relative = path.relative_to(watched.site).as_posix()
            if path.suffix.lower() in HTML_SUFFIXES:
                pages.append(relative)
            elif path.suffix.lower() == ".css":
                styles.append(relative)
            else:
                other = True
    if len(pages) + len(styles) > MANY:
        pages, styles, other = [], [], True
    return Change(tuple(pages), tuple(styles), other, plan, tools)


class Debouncer:
    """Collects paths until it has been quiet for a moment, then tells them in one call."""

    def __init__(self, tell: Callable[[list[str]], None]) -> None:
        self._tell = tell
        self._paths: list[str] = []
        self._condition = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._run, daemon=True, name="burst")
        self._thread.start()

    def add(self, path: str) -> None:
        """One more path."""
        with self._condition:
            self._paths.append(path)
            self._condition.notify()

    def close(self) -> None:
        """Stop; what waits is not reported."""
        with self._condition:
            self._closed = True
            self._condition.notify()
        self._thread.join(2)

    def _run(self) -> None:
        while not self._closed:
            with self._condition:
                self._condition.wait_for(lambda: self._paths or self._closed)
                self._settle()
                paths, self._paths = self._paths, []
            if paths and not self._closed:
                self._tell(paths)

    def _settle(self) -> None:
        """Wait until nothing has come for QUIET seconds, at most LONGEST."""
        end = monotonic() + LONGEST
        while not self._closed and monotonic() < end and self._condition.wait(QUIET):
            pass


def watch(now: Callable[[], Watched], changed: Callable[[Change], None]) -> Callable[[], None]:
    """Watch until the returned function is called; `changed` runs in a thread of its own.

    `now` says what is watched; a plan that is read again may be made of other files, which are found
    where they lie in folders that were watched from the start.
    """
    from watchdog.observers import Observer

    observer: BaseObserver = Observer()

    def reported(paths: list[str]) -> None:
        change = sorted_out(paths, now())
        if change != Change():
            changed(change)

    burst = Debouncer(reported)

    handler = _handler(burst.add)
    for folder, recursive in _folders(now()):
        observer.schedule(handler, str(folder), recursive=recursive, event_filter=changes())
    lost = _Lost(lambda: burst.add(str(now().site)))
    logger = logging.getLogger("watchdog")
    logger.addHandler(lost)
    logger.propagate = False
    observer.start()

    def replaced(site: Path) -> None:
        _watch_anew(observer, str(site), handler)
        burst.add(str(site))

    presence = Presence(lambda: now().site, replaced)

    def stop() -> None:
        presence.close()
        logger.removeHandler(lost)
        observer.stop()
        observer.join(2)
        burst.close()

    return stop


class Presence:
    """Looks whether the site's folder is still the same one: builds delete it, or put another in its place.

    The system's watches cling to the folder that was there, and its parents may be deleted as well.
    """

    def __init__(self, site: Callable[[], Path | None], replaced: Callable[[Path], None]) -> None:
        self._site = site
        self._replaced = replaced
        self._closed = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(_identity(site()),), daemon=True, name="presence"
        )
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._closed.set()
        self._thread.join(2)

    def _run(self, last: tuple[int, int] | None) -> None:
        while not self._closed.wait(LOOK):
            site = self._site()
            found = _identity(site)
            if site and found != last:
                self._replaced(site)
            last = found


def _identity(folder: Path | None) -> tuple[int, int] | None:
    try:
        found = folder.stat() if folder else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None


def _handler(add: Callable[[str], None]) -> FileSystemEventHandler:
    """Reads and what happens to folders are not changes."""
    from watchdog.events import FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        """Says paths."""

        def on_any_event(self, event: FileSystemEvent) -> None:
            given = (str(event.src_path), str(event.dest_path))
            if not event.is_directory and event.event_type not in ("opened", "closed_no_write"):
                for path in given:
                    if path and not set(Path(path).parts) & set(_IGNORED):
                        add(path)

    return Handler()


class _Lost(logging.Handler):
    """The watcher's warnings mean that events were lost: then everything may have changed."""

    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002  (the base class's)
        """One warning; nobody needs to read it."""
        self._tell()


def _watch_anew(observer: BaseObserver, site: str, handler: FileSystemEventHandler) -> None:
    """The old watch clings to the folder that was there before; the new one may not be there yet."""
    from watchdog.observers.api import ObservedWatch

    with contextlib.suppress(KeyError):
        observer.unschedule(ObservedWatch(site, recursive=True, event_filter=changes()))
    with contextlib.suppress(OSError):
        observer.schedule(handler, site, recursive=True, event_filter=changes())


def _folders(watched: Watched) -> list[tuple[Path, bool]]:
    """Each folder once: the site and our templates with all below, others alone."""
    deep = [folder for folder in (watched.site, watched.tools) if folder and folder.is_dir()]
    flat = {path.parent for path in watched.inputs}
    shallow = [f for f in sorted(flat) if f.is_dir() and not any(f.is_relative_to(d) for d in deep)]
    return [*((folder, True) for folder in deep), *((folder, False) for folder in shallow)]
