"""What was sent, when and with which outcome: a SQLite file beside the plan that survives any end.

Keys and contents are kept as digests; only rows that are waiting to be written to the rejected
file are there in full, until they are. The file is held exclusively while a sync runs.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.core.records import dataclass

VERSION = 1

PENDING, SENT, REFUSED, UNCHANGED = 0, 1, 2, 3

_TABLES = """
CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY, account TEXT NOT NULL, scope TEXT NOT NULL, job TEXT NOT NULL,
    state TEXT NOT NULL, started REAL NOT NULL, finished REAL, counts TEXT NOT NULL DEFAULT '{}');
CREATE TABLE IF NOT EXISTS batches (
    number INTEGER PRIMARY KEY, path TEXT NOT NULL, how TEXT NOT NULL, rows INTEGER NOT NULL,
    state TEXT NOT NULL, import_id TEXT, posted REAL, note TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS imports (import_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
    key BLOB PRIMARY KEY, hash BLOB NOT NULL, batch INTEGER NOT NULL, seq INTEGER NOT NULL,
    state INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS scopes (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);
CREATE TABLE IF NOT EXISTS sent (
    scope INTEGER NOT NULL, key BLOB NOT NULL, hash BLOB NOT NULL, run INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (scope, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS aliases (
    scope INTEGER NOT NULL, email BLOB NOT NULL, key BLOB NOT NULL,
    PRIMARY KEY (scope, email, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rejected (
    seq INTEGER PRIMARY KEY, line INTEGER NOT NULL, data TEXT NOT NULL, error TEXT NOT NULL,
    whole INTEGER NOT NULL);
"""


def digest(text: str) -> bytes:
    """16 bytes that stand for a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the history shows it; `job` is what it was asked to do."""

    id: int
    account: str
    scope: str
    job: dict[str, Any]
    state: str
    started: float
    finished: float | None
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Batch:
    """A spooled file of rows that go one way: `import` in one piece, or `calls` row by row.

    States: ready → posting → posted → done or failed; `calls` go from ready to done.
    """

    number: int
    path: str
    how: str
    rows: int
    state: str
    import_id: str | None = None
    posted: float | None = None
    note: str = ""


class Ledger:
    """One ledger file, held by this process alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self.db = sqlite3.connect(path, timeout=0.2, isolation_level=None)
        try:
            self._open()
        except sqlite3.Error as error:
            self.db.close()
            raise self.failure(error) from None

    def _open(self) -> None:
        self.db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        self.db.execute("PRAGMA cache_size = -65536")
        self.db.execute("BEGIN EXCLUSIVE")
        version = self.db.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, VERSION):
            raise KitError.at(Place(str(self.path)), "ledger", "a newer connectif-kit wrote this ledger")
        for statement in _TABLES.split(";"):
            self.db.execute(statement)
        self.db.execute(f"PRAGMA user_version = {VERSION}")
        self.db.execute("COMMIT")
        for suffix in ("", "-wal", "-shm"):
            file = Path(f"{self.path}{suffix}")
            if file.exists():
                file.chmod(0o600)

    def failure(self, error: sqlite3.Error) -> KitError:
        """SQLite's refusal in our form."""
        said = str(error)
        if "locked" in said:
            message, hint = "another sync is running with this ledger", "wait until it ends"
        elif "full" in said or "I/O" in said:
            message, hint = (
                f"the ledger cannot be written: {said}",
                "make room and run the same command again",
            )
        else:
            message, hint = f"this is not a ledger of ours: {said}", "move it away to begin again"
        return KitError.at(Place(str(self.path), 0), "ledger", message, hint)  # line 0: no excerpt of it

    def close(self) -> None:
        """Let go of the file."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Raises KitError where the disk refuses."""
        try:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")
        except sqlite3.Error as error:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise self.failure(error) from None

    def scope(self, name: str) -> int:
        """The number of an account's subject; made where it is new."""
        self.db.execute("INSERT OR IGNORE INTO scopes (name) VALUES (?)", (name,))
        return int(self.db.execute("SELECT id FROM scopes WHERE name = ?", (name,)).fetchone()[0])

    def runs(self, where: str = "", *values: object) -> list[Run]:
        """Runs, newest first."""
        columns = "id, account, scope, job, state, started, finished, counts"
        found = self.db.execute(f"SELECT {columns} FROM runs {where} ORDER BY id DESC", values)  # noqa: S608 - our own
        return [
            Run(number, account, scope, json.loads(job), state, started, finished, json.loads(counts))
            for number, account, scope, job, state, started, finished, counts in found
        ]

    def unfinished(self) -> Run | None:
        """The run that was not ended."""
        return next(iter(self.runs("WHERE state = 'sending'")), None)

    def begin(self, account: str, scope: str, job: dict[str, Any]) -> int:
        """A new run, which takes the place of an unfinished one; inside the plan's transaction."""
        self.db.execute(
            "UPDATE runs SET state = 'dropped', finished = ? WHERE state = 'sending'", (time.time(),)
        )
        for table in ("batches", "items", "rejected"):
            self.db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
        done = self.db.execute(
            "INSERT INTO runs (account, scope, job, state, started) VALUES (?, ?, ?, 'sending', ?)",
            (account, scope, json.dumps(job), time.time()),
        )
        return int(done.lastrowid or 0)

    def set_counts(self, run: int, counts: dict[str, int]) -> None:
        """What the plan counted."""
        self.db.execute("UPDATE runs SET counts = ? WHERE id = ?", (json.dumps(counts), run))

    def end(self, run: int, counts: dict[str, int]) -> None:
        """The run is over; nothing of its rows is kept but what `sent` says."""
        with self.transaction():
            values = (time.time(), json.dumps(counts), run)
            self.db.execute(
                "UPDATE runs SET state = 'finished', finished = ?, counts = ? WHERE id = ?", values
            )
            for table in ("batches", "items", "rejected"):
                self.db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names

    def drop(self, run: int) -> None:
        """The run is given up; what was acknowledged stays so."""
        with self.transaction():
            values = (time.time(), run)
            self.db.execute("UPDATE runs SET state = 'dropped', finished = ? WHERE id = ?", values)
            for table in ("batches", "items", "rejected"):
                self.db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names

    def is_untouched(self) -> bool:
        """Whether no row of the unfinished run has met the API."""
        answered = self.db.execute("SELECT 1 FROM items WHERE state IN (1, 2) LIMIT 1").fetchone()
        return answered is None and all(each.state == "ready" for each in self.batches())

    def batches(self) -> list[Batch]:
        """The run's batches in their order."""
        names = "number, path, how, rows, state, import_id, posted, note"
        return [Batch(*row) for row in self.db.execute(f"SELECT {names} FROM batches ORDER BY number")]  # noqa: S608 - our own

    def add_batch(self, batch: Batch) -> None:
        """Inside the plan's transaction."""
        values = (batch.number, batch.path, batch.how, batch.rows, batch.state)
        self.db.execute("INSERT INTO batches (number, path, how, rows, state) VALUES (?, ?, ?, ?, ?)", values)

    def move(
        self, number: int, state: str, import_id: str | None = None, posted: float | None = None
    ) -> None:
        """A batch's new state, on disk when this returns."""
        with self.transaction():
            self.db.execute(
                "UPDATE batches SET state = ?, import_id = coalesce(?, import_id), "
                "posted = coalesce(?, posted) WHERE number = ?",
                (state, import_id, posted, number),
            )
            if import_id:
                self.db.execute("INSERT OR IGNORE INTO imports VALUES (?)", (import_id,))

    def knows_import(self, import_id: str) -> bool:
        """Whether an import of the account is one that we know of."""
        return (
            self.db.execute("SELECT 1 FROM imports WHERE import_id = ?", (import_id,)).fetchone() is not None
        )

    def acknowledge(self, run: int, scope: int, keys: Iterable[bytes]) -> None:
        """Rows that the API has taken: on disk when this returns."""
        with self.transaction():
            for key in keys:
                self._sent(run, scope, "key = ?", key)
                self.db.execute("UPDATE items SET state = 1 WHERE key = ?", (key,))

    def acknowledge_batch(
        self, run: int, scope: int, number: int, refused: dict[bytes, tuple[str, str]]
    ) -> None:
        """A whole import that the API has taken, but for the rows it refused."""
        with self.transaction():
            for key, (error, data) in refused.items():
                self._refuse(key, error, data)
            self._sent(run, scope, "batch = ? AND state = 0", number)
            self.db.execute("UPDATE items SET state = 1 WHERE batch = ? AND state = 0", (number,))
            self.db.execute("UPDATE batches SET state = 'done' WHERE number = ?", (number,))

    def _sent(self, run: int, scope: int, where: str, value: object) -> None:
        self.db.execute(
            f"INSERT OR REPLACE INTO sent SELECT ?, key, hash, ?, ? FROM items WHERE {where}",  # noqa: S608 - our own
            (scope, run, int(time.time()), value),
        )

    def refuse(self, key: bytes, error: str, data: str) -> None:
        """A row that the API refused: on disk when this returns."""
        with self.transaction():
            self._refuse(key, error, data)

    def _refuse(self, key: bytes, error: str, data: str) -> None:
        self.db.execute("UPDATE items SET state = 2 WHERE key = ?", (key,))
        self.db.execute(
            "INSERT OR REPLACE INTO rejected (seq, line, data, error, whole) "
            "SELECT seq, 0, ?, ?, 0 FROM items WHERE key = ?",
            (data, error, key),
        )

    def pending(self, key: bytes) -> bool:
        """Whether a row of this run is still to be sent."""
        found = self.db.execute("SELECT state FROM items WHERE key = ?", (key,)).fetchone()
        return found is not None and found[0] == PENDING

    def count_items(self, state: int) -> int:
        """How many rows of this run are in a state."""
        return int(self.db.execute("SELECT count(*) FROM items WHERE state = ?", (state,)).fetchone()[0])

    def forget(self, scope: int, key: bytes) -> None:
        """A row that was deleted, by its key or its email: the next sync may send it again."""
        with self.transaction():
            self.db.execute("DELETE FROM sent WHERE scope = ? AND key = ?", (scope, key))
            known = "SELECT key FROM aliases WHERE scope = ? AND email = ?"
            self.db.execute(
                f"DELETE FROM sent WHERE scope = ? AND key IN ({known})",  # noqa: S608 - our own words
                (scope, scope, key),
            )
            self.db.execute("DELETE FROM aliases WHERE scope = ? AND ? IN (email, key)", (scope, key))
