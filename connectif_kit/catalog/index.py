"""Products by their page's path and by their id, in memory that does not grow with the catalogue.

A small catalogue is two dictionaries. A large one lies in a file of its own, found through SQLite;
a process that is a copy of the one that made it opens the file again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectif_kit.catalog.entry import Again, Entry
from connectif_kit.core.diagnostics import Place
from connectif_kit.vocabulary.model import Record

if TYPE_CHECKING:
    from connectif_kit.catalog.index_file import IndexFile

IN_MEMORY = 20_000


class Index:
    """`add` all, then `close`, then ask."""

    def __init__(self, limit: int = IN_MEMORY) -> None:
        self._limit = limit
        self._by_path: dict[str, Entry] = {}
        self._by_id: dict[str, Entry] = {}
        self._again: dict[str, Again] = {}
        self._waiting: list[Entry] = []
        self._file: IndexFile | None = None

    def add(self, entry: Entry) -> None:
        """One product more, in the file's order."""
        if self._file:
            self._file.add(entry)
            return
        if entry.identity in self._by_id:
            self._repeated("id", entry, entry.identity)
        elif entry.only and entry.path in self._by_path:
            self._repeated("path", entry, str(entry.record["url"]))
        self._by_id.setdefault(entry.identity, entry)
        self._by_path.setdefault(entry.path, entry)
        self._waiting.append(entry)
        if len(self._waiting) > self._limit:
            self._spill()

    def _repeated(self, what: str, entry: Entry, value: str) -> None:
        found = self._again.get(what)
        first = found or Again(entry.place, value, 0)
        self._again[what] = first._replace(times=first.times + 1)

    def _spill(self) -> None:
        from connectif_kit.catalog.index_file import IndexFile

        self._file = IndexFile(self._waiting[0].place.path)
        for entry in self._waiting:
            self._file.add(entry)
        self._waiting, self._by_path, self._by_id, self._again = [], {}, {}, {}

    def close(self) -> dict[str, Again]:
        """No more is added: what is there twice, by `id` and by `path`."""
        self._waiting = []
        return self._file.close() if self._file else self._again

    def at(self, path: str) -> Record | None:
        """The first product whose page has this path."""
        if self._file:
            return self._file.find("path", path)
        entry = self._by_path.get(path)
        return entry.record if entry else None

    def place_of(self, identity: str) -> Place | None:
        """Where the first product with this id stands."""
        if self._file:
            return self._file.place_of(identity)
        entry = self._by_id.get(identity)
        return entry.place if entry else None

    def by_id(self, identity: str) -> Record | None:
        """The first product with this id."""
        if self._file:
            return self._file.find("id", identity)
        entry = self._by_id.get(identity)
        return entry.record if entry else None
