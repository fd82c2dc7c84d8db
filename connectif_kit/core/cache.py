"""Results of pages that have not changed, in one SQLite file beside the plan.

The key is a hash of the page's content, its address and a stamp of what else the result depends on (the
plan, the rules, the parser, our own code), so an entry is never wrong, only unused. The same holds of what
content a file has at a certain `identity`. SQLite lets two runs share the file; a file that is broken or in
use is done without.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b, sha256
from pathlib import Path
from typing import TypeAlias

from connectif_kit.core import state

MOST_BYTES = 200_000_000
MOST_RUNS = 8
AT_ONCE = 500
"""Keys in one question to SQLite, which takes 999 of them everywhere."""


def content_of(data: bytes) -> bytes:
    """What stands for a file's bytes."""
    # Of the hashes that nobody can forge, the one that processors have built in.
    return sha256(data).digest()[:16]


def hash_of(path: Path) -> str:
    """A hash of a file's content, whatever its size; empty where there is none."""
    made = blake2b(digest_size=16)
    if not path.is_file():  # a pipe would be waited for
        return ""
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                made.update(block)
    except OSError:
        return ""
    return made.hexdigest()


def key(stamp: bytes, url_path: str, content: bytes, *, static: bool = True) -> bytes:
    """What tells a page in a run from every other page in every other run; `content` stands for its bytes."""
    named = f"{url_path}\0{static}\0".encode("utf-8", "surrogatepass")
    return sha256(stamp + named + content).digest()[:16]


Seen: TypeAlias = tuple[str, str, bytes]
"""A file's absolute path, its `identity`, what stands for its content."""


class Cache:
    """The entries of one file in the state folder of the plan that lies in `beside`."""

    def __init__(self, beside: Path) -> None:
        self._path = beside / state.FOLDER / state.CACHE
        self._connection: sqlite3.Connection | None = None
        self._was_empty = False

    def __del__(self) -> None:
        self.close()

    def open(self) -> None:
        """Connect, once in each process; without success the cache stays empty."""
        try:
            state.opened(self._path.parent.parent)
            if self._path.exists() and self._path.stat().st_size > MOST_BYTES:
                self._path.unlink()
            self._connection = self._connected()
        except (OSError, sqlite3.Error):
            self._connection = None

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Connected for a while: a connection that is open may not go through a fork."""
        self.open()
        try:
            yield
        finally:
            self.close()

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=5, isolation_level=None)
        try:
            self._prepare(connection)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TABLE IF NOT EXISTS page (key BLOB PRIMARY KEY, result TEXT)")
        self._was_empty = connection.execute("SELECT 1 FROM page LIMIT 1").fetchone() is None
        connection.execute("CREATE TABLE IF NOT EXISTS run (key BLOB PRIMARY KEY, told TEXT)")
        files = "file (path TEXT PRIMARY KEY, identity TEXT, content BLOB) WITHOUT ROWID"
        connection.execute(f"CREATE TABLE IF NOT EXISTS {files}")

    def get(self, keys: list[bytes]) -> Mapping[bytes, str]:
        """The entries that are there; of a first run none, even where another one puts some in meanwhile."""
        if self._connection is None or self._was_empty or not keys:
            return {}
        found: dict[bytes, str] = {}
        try:
            for start in range(0, len(keys), AT_ONCE):
                some = keys[start : start + AT_ONCE]
                places = ",".join("?" * len(some))
                query = f"SELECT key, result FROM page WHERE key IN ({places})"  # noqa: S608 - only `?`
                found.update(self._connection.execute(query, some))
        except sqlite3.Error:
            return {}
        return found

    def put(self, entries: list[tuple[bytes, str]], seen: list[Seen] = []) -> None:  # noqa: B006 - read only
        """Keep entries, and what content files had, all in one transaction."""
        if self._connection is None or not (entries or seen):
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO page VALUES (?, ?)", entries)
            self._connection.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", seen)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            self.close()

    def contents(self) -> dict[str, tuple[str, bytes]]:
        """Of each file that was read before, its identity then and what stands for its content."""
        if self._connection is None:
            return {}
        try:
            found = self._connection.execute("SELECT path, identity, content FROM file")
            return {path: (identity, content) for path, identity, content in found}
        except (sqlite3.Error, ValueError):
            return {}

    def run(self, mark: bytes) -> str | None:
        """A whole run, as `keep_run` kept it."""
        if self._connection is None:
            return None
        try:
            found = self._connection.execute("SELECT told FROM run WHERE key = ?", [mark]).fetchone()
        except sqlite3.Error:
            return None
        return str(found[0]) if found else None

    def keep_run(self, mark: bytes, reported: str) -> None:
        """Keep a whole run, and the newest of the others."""
        if self._connection is None:
            return
        try:
            self._connection.execute("INSERT OR REPLACE INTO run VALUES (?, ?)", [mark, reported])
            newest = "SELECT rowid FROM run ORDER BY rowid DESC LIMIT ?"
            self._connection.execute(f"DELETE FROM run WHERE rowid NOT IN ({newest})", [MOST_RUNS])  # noqa: S608 - no value in it
        except sqlite3.Error:
            self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
