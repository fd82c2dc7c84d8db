"""The index of a catalogue that is too large for memory: a database of ours, which goes with the process."""

from __future__ import annotations

import marshal
import os
import shutil
import sqlite3
import tempfile
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from connectif_kit.catalog.entry import Again, Entry
from connectif_kit.core.diagnostics import Place
from connectif_kit.vocabulary.model import Record

CHUNK = 1_000

_TABLE = "CREATE TABLE product (line INTEGER, id TEXT, path TEXT, only INTEGER, record BLOB)"
_INDEXES = (
    "CREATE INDEX by_id ON product (id)",
    "CREATE INDEX by_path ON product (path)",
)


class IndexFile:
    """The products in a database of ours, which goes when the index does."""

    def __init__(self, source: str) -> None:
        self.source = source
        folder = Path(tempfile.mkdtemp(prefix="connectif-kit-"))
        self.path = folder / "catalogue.sqlite"
        self.waiting: list[tuple[int, str, str, bool, bytes]] = []
        self.owner, self.db = os.getpid(), sqlite3.connect(self.path, check_same_thread=False)
        weakref.finalize(self, _removed, folder, self.owner, self.db)
        # Nothing of it outlives this run: no journal, no waiting for the disk.
        self.db.execute("PRAGMA journal_mode = OFF")
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute(_TABLE)

    def add(self, entry: Entry) -> None:
        """One product more."""
        record = marshal.dumps(dict(entry.record))
        self.waiting.append((entry.place.line, entry.identity, entry.path, entry.only, record))
        if len(self.waiting) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        self.db.executemany("INSERT INTO product VALUES (?, ?, ?, ?, ?)", self.waiting)
        self.waiting = []

    def close(self) -> dict[str, Again]:
        """No more is added: what is there twice, by `id` and by `path`."""
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
        earlier = f"EXISTS (SELECT 1 FROM product f WHERE f.{column} = p.{column} AND f.rowid < p.rowid)"  # noqa: S608 - as above
        if column == "path":
            condition += " AND NOT EXISTS (SELECT 1 FROM product f WHERE f.id = p.id AND f.rowid < p.rowid)"
        ask = f"SELECT p.line, p.{column}, count(*) FROM product p WHERE {earlier}{condition} "  # noqa: S608 - as above
        line, value, count = self.db.execute(ask + "ORDER BY p.rowid").fetchone()
        return Again(Place(self.source, line), value, count) if count else None

    def find(self, column: str, value: str) -> Record | None:
        """The first product with a value."""
        ask = f"SELECT record FROM product WHERE {column} = ? ORDER BY rowid LIMIT 1"  # noqa: S608 - our own names
        for (record,) in self._rows(ask, value):
            found: Record = marshal.loads(record)  # noqa: S302 - what was written above
            return found
        return None

    def place_of(self, identity: str) -> Place | None:
        """Where the first product with an id stands."""
        ask = "SELECT line FROM product WHERE id = ? ORDER BY rowid LIMIT 1"
        return next((Place(self.source, line) for (line,) in self._rows(ask, identity)), None)

    def _rows(self, ask: str, value: str) -> Iterator[tuple[Any]]:
        if self.owner != os.getpid():
            self.owner = os.getpid()
            address = f"{self.path.as_uri()}?mode=ro&immutable=1"
            self.db = sqlite3.connect(address, uri=True, check_same_thread=False)
        yield from self.db.execute(ask, (value,))


def _removed(folder: Path, owner: int, db: sqlite3.Connection) -> None:
    if owner == os.getpid():
        db.close()
        shutil.rmtree(folder, ignore_errors=True)
