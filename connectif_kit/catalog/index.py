"""Products by their page's path and by their id, in memory that does not grow with the catalogue.

A small catalogue is two dictionaries. A large one lies in a file of its own, found through SQLite;
a process that is a copy of the one that made it opens the file anew.
"""

from __future__ import annotations

import marshal
import os
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from connectif_kit.diagnostics import Place
from connectif_kit.model import Record

IN_MEMORY = 20_000
CHUNK = 1_000

_TABLE = "CREATE TABLE product (line INTEGER, id TEXT, path TEXT, only INTEGER, record BLOB)"
_INDEXES = (
    "CREATE INDEX by_id ON product (id)",
    "CREATE INDEX by_path ON product (path)",
)


class Entry(NamedTuple):
    """A product, where its row is, and its page's path; `only` says that the path should be its alone."""

    place: Place
    identity: str
    path: str
    only: bool
    record: Record


class Again(NamedTuple):
    """How many products repeat an id, or an address, and the first that does."""

    place: Place
    value: str
    times: int


class Index:
    """`add` all, then `close`, then ask."""

    def __init__(self, limit: int = IN_MEMORY) -> None:
        self._limit = limit
        self._by_path: dict[str, Entry] = {}
        self._by_id: dict[str, Entry] = {}
        self._again: dict[str, Again] = {}
        self._waiting: list[Entry] = []
        self._file: _File | None = None
        self._name = ""

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
        self._file = _File(self._waiting[0].place.path)
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

    def by_id(self, identity: str) -> Record | None:
        """The first product with this id."""
        if self._file:
            return self._file.find("id", identity)
        entry = self._by_id.get(identity)
        return entry.record if entry else None


class _File:
    """The products in a database of ours, which goes when the index does."""

    def __init__(self, source: str) -> None:
        self.source = source
        folder = Path(tempfile.mkdtemp(prefix="connectif-kit-"))
        self.path = folder / "catalogue.sqlite"
        weakref.finalize(self, _removed, folder, os.getpid())
        self.waiting: list[tuple[int, str, str, bool, bytes]] = []
        self.owner, self.db = os.getpid(), sqlite3.connect(self.path, check_same_thread=False)
        # Nothing of it outlives this run: no journal, no waiting for the disk.
        self.db.execute("PRAGMA journal_mode = OFF")
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute(_TABLE)

    def add(self, entry: Entry) -> None:
        record = marshal.dumps(dict(entry.record))
        self.waiting.append((entry.place.line, entry.identity, entry.path, entry.only, record))
        if len(self.waiting) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        self.db.executemany("INSERT INTO product VALUES (?, ?, ?, ?, ?)", self.waiting)
        self.waiting = []

    def close(self) -> dict[str, Again]:
        self.flush()
        for index in _INDEXES:
            self.db.execute(index)
        self.db.commit()
        found = {"id": self._twice("id", ""), "path": self._twice("path", " AND p.only")}
        return {what: again for what, again in found.items() if again}

    def _twice(self, column: str, condition: str) -> Again | None:
        """How often a value is there again, and where first; what repeats an id counts as that alone."""
        distinct = f"SELECT count(*) - count(DISTINCT {column}) FROM product"  # noqa: S608 - our own names
        if not self.db.execute(distinct).fetchone()[0]:
            return None
        earlier = f"EXISTS (SELECT 1 FROM product f WHERE f.{column} = p.{column} AND f.rowid < p.rowid)"  # noqa: S608
        if column == "path":
            condition += " AND NOT EXISTS (SELECT 1 FROM product f WHERE f.id = p.id AND f.rowid < p.rowid)"
        ask = f"SELECT p.line, p.{column}, count(*) FROM product p WHERE {earlier}{condition} "  # noqa: S608
        line, value, count = self.db.execute(ask + "ORDER BY p.rowid").fetchone()
        return Again(Place(self.source, line), value, count) if count else None

    def find(self, column: str, value: str) -> Record | None:
        """The first product with a value."""
        ask = f"SELECT record FROM product WHERE {column} = ? ORDER BY rowid LIMIT 1"  # noqa: S608
        for (record,) in self._rows(ask, value):
            found: Record = marshal.loads(record)  # noqa: S302 - what was written above
            return found
        return None

    def _rows(self, ask: str, value: str) -> Iterator[tuple[bytes]]:
        if self.owner != os.getpid():
            self.owner = os.getpid()
            address = f"{self.path.as_uri()}?mode=ro&immutable=1"
            self.db = sqlite3.connect(address, uri=True, check_same_thread=False)
        yield from self.db.execute(ask, (value,))


def _removed(folder: Path, owner: int) -> None:
    if owner == os.getpid():
        shutil.rmtree(folder, ignore_errors=True)
