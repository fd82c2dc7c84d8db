"""A whole run, as it was reported: where nothing that it read has changed, its reports are given again.

That needs neither the plan's models nor a parser, so it takes little more than a look at each page's times.
Whatever a run reads besides the plan and the pages passes through `InputTracker`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, field
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from connectif_kit.audit.published import digest
from connectif_kit.core.cache import Cache, Seen, content_of, hash_of, key
from connectif_kit.core.day import today
from connectif_kit.core.diagnostics import Diagnostic
from connectif_kit.core.files import SiteFile, read_known, site_pages
from connectif_kit.core.known_files import KnownFiles
from connectif_kit.core.records import dataclass

LARGEST = 5_000_000
"""Bytes of a run's reports; longer ones are made again."""
CLOCKS = 50_000_000
"""Nanoseconds by which a file's time may be behind ours."""


@dataclass(frozen=True, slots=True)
class CachedRun:
    """What a run said: its exit status, and a text for each report that was asked for.

    Where they go, the command line alone says: a cache that came with somebody's files names none.
    """

    status: int
    reports: list[str]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of pages: where it is, where it lies in the site, the pages that the plan leaves alone."""

    path: str
    below: str = ""
    left_out: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """One hash of the files beside the pages that could be the kit's own; none before all are seen."""


@dataclass(slots=True)
class InputTracker:
    """The files that a run has read beside the pages, those too that were missing."""

    started: int = field(default_factory=time.time_ns)
    files: dict[str, str] = field(default_factory=dict)

    def saw(self, path: Path) -> Path:
        """Take down that a file counts; call it before reading."""
        self.files.setdefault(str(path.absolute()), hash_of(path))
        return path

    def digest(self, path: Path) -> str:
        """The hash of a file that was taken down; empty where there was none."""
        return self.files.get(str(path.absolute()), "")

    def trusted(self) -> bool:
        """Whether no file has changed while the run went on."""
        return all(_time(Path(path)) < self.started - CLOCKS for path in self.files)


class RunCache:
    """The runs of one cache; `stamp` stands for plan, rules and code, `asked` for the command line.

    `walked` are the folders that were gone through, with their files: a run that must be made goes on with
    them, and with `files`.
    """

    def __init__(self, cache: Cache, stamp: bytes, asked: str) -> None:
        self.stamp = stamp
        self.files = KnownFiles({})
        self.walked: dict[str, Walked] = {}
        self._cache = cache
        self._seen: list[Seen] = []
        # A catalogue may have prices that are of some days only.
        self._key = key(stamp, f"{today()} {asked}", b"")

    def known(self) -> CachedRun | None:
        """What this run would say, where it has been said; nothing where it must be made."""
        with self._cache.opened():
            text = self._cache.run(self._key)
            self.files = KnownFiles(self._cache.contents())
        if text is None:
            return None
        try:
            kept = json.loads(text)
            folders = [Folder(**each) for each in kept["folders"]]
            reported = CachedRun(int(kept["status"]), [str(text) for text in kept["reports"]])
            same = all(hash_of(Path(path)) == found for path, found in kept["files"].items())
            pages = kept["pages"]
        except (ValueError, TypeError, LookupError):
            return None
        if not same or pages != _digest(self._marks(folders)):
            return None
        if self._seen:
            with self._cache.opened():
                self._cache.put([], self._seen)
        return reported

    def keep(
        self, reported: CachedRun, folders: list[Folder], marks: Iterable[bytes], witness: InputTracker
    ) -> None:
        """Remember what a run said of pages with these marks, those of the folders in their order."""
        reports = sum(map(len, reported.reports))
        pages = _digest(marks)
        if pages and reports <= LARGEST and witness.trusted():
            kept = {"folders": [asdict(folder) for folder in folders], "files": witness.files, "pages": pages}
            with self._cache.opened():
                self._cache.keep_run(self._key, json.dumps({**asdict(reported), **kept}))

    def _marks(self, folders: list[Folder]) -> Iterator[bytes]:
        """The mark of each page as the run would compute it; an empty one for what cannot be read."""
        for folder in folders:
            left_out, walked = frozenset(folder.left_out), walk(Path(folder.path))
            self.walked[folder.path] = walked
            for file in walked.pages:
                if not isinstance(file, SiteFile):
                    yield b""
                    continue
                at = file.at(folder.below)
                if at not in left_out:
                    yield self._mark(file.file, at)
            if [digest(folder.path, walked.others)] != folder.others:
                yield b""

    def _mark(self, file: str, at: str) -> bytes:
        content = self.files.content(file) or self._read(file)
        return key(self.stamp, at, content) if content else b""

    def _read(self, file: str) -> bytes:
        try:
            data, identity = read_known(file)
        except OSError:
            return b""
        content = content_of(data)
        if identity:
            self._seen.append((self.files.named(file), identity, content))
        return content


class Walked(NamedTuple):
    """What lies in a folder: its pages, what stands where one could, the paths of all other files."""

    pages: list[SiteFile | Diagnostic]
    others: list[str]


def walk(folder: Path) -> Walked:
    """Go through a folder."""
    others = list[str]()
    return Walked(list(site_pages(folder, others)), others)


def _digest(marks: Iterable[bytes]) -> str:
    """One hash for all; empty where one page has none: that run depends on more than bytes."""
    made = blake2b(digest_size=16)
    for mark in marks:
        if not mark:
            return ""
        made.update(mark)
    return made.hexdigest()


def _time(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
