"""`audit --watch`: check again whenever a page, the plan or the catalogue changes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from connectif_kit.cli._terminal import show
from connectif_kit.core.diagnostics import KitError, Misuse
from connectif_kit.core.file_events import changes
from connectif_kit.core.state import FOLDER
from connectif_kit.plan.locate import find

if TYPE_CHECKING:
    from connectif_kit.audit.options import Options

SETTLED = 0.15
"""Seconds without a change after which a build is taken to be done."""

_SUFFIXES = (".html", ".htm", ".xhtml", ".yaml", ".yml", ".js", ".csv", ".json", ".jsonl", ".xml")


def watch(options: Options, check: Callable[[], int]) -> int:
    """Check, wait for a change, check again, until an interrupt."""
    from watchdog.observers import Observer

    changed, observer = threading.Event(), Observer()
    for folder in _folders(options):
        handler = Changes(changed, options.written)
        observer.schedule(handler, str(folder), recursive=True, event_filter=changes())
    observer.start()
    try:
        while True:
            _once(check)
            changed.wait()
            while changed.is_set():
                changed.clear()
                changed.wait(SETTLED)
    finally:
        observer.stop()
        observer.join()


def _once(check: Callable[[], int]) -> None:
    """A broken plan or a vanished folder is reported, and waited for."""
    try:
        check()
    except KitError as error:
        show(error.diagnostics)
    except (Misuse, click.UsageError) as error:
        click.echo(error, err=True)
    click.echo("watching; Ctrl-C ends it", err=True)


def _folders(options: Options) -> set[Path]:
    """What to keep an eye on: the folders named, and the plan's, which holds the site and the catalogue."""
    plan = options.config or find(Path.cwd())
    named = [Path(path) for path in options.paths if Path(path).exists()]
    folders = [path if path.is_dir() else path.parent for path in named]
    return {folder.resolve() for folder in [*folders, *([plan.parent] if plan else [])]}


class Changes(FileSystemEventHandler):
    """Sets the event for files that matter; never for what we write ourselves, in whatever way."""

    def __init__(self, changed: threading.Event, written: frozenset[Path]) -> None:
        self._changed = changed
        self._written = written

    def dispatch(self, event: FileSystemEvent) -> None:
        """Called by watchdog for each event."""
        path = Path(os.fsdecode(event.dest_path or event.src_path))
        quiet = event.event_type in ("opened", "closed_no_write") or FOLDER in path.parts
        # A folder is modified whenever something in it is, and that comes as an event of its own.
        matters = event.event_type != "modified" if event.is_directory else path.name.endswith(_SUFFIXES)
        if not quiet and matters and not self._is_ours(path):
            self._changed.set()

    def _is_ours(self, path: Path) -> bool:
        return path.resolve() in self._written or any(_is_stream(path, number) for number in (1, 2))


def _is_stream(path: Path, number: int) -> bool:
    """Whether our output goes to a file, as by `audit --watch > report.json`."""
    try:
        return os.path.samestat(path.stat(), os.fstat(number))
    except OSError:
        return False
