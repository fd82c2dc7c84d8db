"""Files that change → one message: bursts are waited out, and what kind of change it was is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from connectif_kit.files import HTML_SUFFIXES

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

QUIET = 0.02
LONGEST = 0.3
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
    from watchdog.events import FileSystemEventHandler
    from watchdog.observers import Observer

    def told(paths: list[str]) -> None:
        change = sorted_out(paths, now())
        if change != Change():
            changed(change)

    burst = Burst(told)

    class Handler(FileSystemEventHandler):
        """Reads and directory stamps are no changes."""

        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.is_directory or event.event_type in ("opened", "closed_no_write"):
                return
            for path in (str(event.src_path), str(event.dest_path)):
                if path and not set(Path(path).parts) & set(_IGNORED):
                    burst.add(path)

    observer: BaseObserver = Observer()
    for folder, recursive in _folders(now()):
        observer.schedule(Handler(), str(folder), recursive=recursive)
    observer.start()

    def stop() -> None:
        observer.stop()
        observer.join(2)
        burst.close()

    return stop


def _folders(watched: Watched) -> list[tuple[Path, bool]]:
    """Each folder once: the site and our templates with all below, others alone."""
    deep = [folder for folder in (watched.site, watched.tools) if folder and folder.is_dir()]
    flat = {path.parent for path in watched.inputs}
    shallow = [f for f in sorted(flat) if f.is_dir() and not any(f.is_relative_to(d) for d in deep)]
    return [*((folder, True) for folder in deep), *((folder, False) for folder in shallow)]
