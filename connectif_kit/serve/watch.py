"""Files that change → one message: bursts are waited out, and what kind of change it was is told."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from connectif_kit.files import HTML_SUFFIXES

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver

QUIET = 0.02
LONGEST = 0.3
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


class Burst:
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
        """Stop; what waits is not told."""
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
        from time import monotonic

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

    def told(paths: list[str]) -> None:
        if str(now().site) in paths:
            _watch_anew(observer, str(now().site), handler)
        change = sorted_out(paths, now())
        if change != Change():
            changed(change)

    burst = Burst(told)

    handler = _handler(now, burst.add)
    for folder, recursive in _folders(now()):
        observer.schedule(handler, str(folder), recursive=recursive)
    lost = _Lost(lambda: burst.add(str(now().site)))
    logger = logging.getLogger("watchdog")
    logger.addHandler(lost)
    logger.propagate = False
    observer.start()

    def stop() -> None:
        logger.removeHandler(lost)
        observer.stop()
        observer.join(2)
        burst.close()

    return stop


def _handler(now: Callable[[], Watched], add: Callable[[str], None]) -> FileSystemEventHandler:
    """Reads and directory stamps are no changes; the site's own folder coming or going is."""
    from watchdog.events import FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        """Says paths."""

        def on_any_event(self, event: FileSystemEvent) -> None:
            given = (str(event.src_path), str(event.dest_path))
            if event.is_directory:
                site = str(now().site)
                if site in given and event.event_type in ("created", "deleted", "moved"):
                    add(site)
            elif event.event_type not in ("opened", "closed_no_write"):
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
        observer.unschedule(ObservedWatch(site, recursive=True))
    with contextlib.suppress(OSError):
        observer.schedule(handler, site, recursive=True)


def _folders(watched: Watched) -> list[tuple[Path, bool]]:
    """Each folder once: the site and our templates with all below, others alone.

    The site's parent tells when a build replaces the site's folder.
    """
    deep = [folder for folder in (watched.site, watched.tools) if folder and folder.is_dir()]
    flat = {path.parent for path in (*watched.inputs, *([watched.site] if watched.site else []))}
    shallow = [f for f in sorted(flat) if f.is_dir() and not any(f.is_relative_to(d) for d in deep)]
    return [*((folder, True) for folder in deep), *((folder, False) for folder in shallow)]
