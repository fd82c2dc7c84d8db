"""Results of pages that have not changed, in one SQLite file beside the plan.

The key is a hash of the page's bytes, its address, the plan, the rules, the parser and our own code, so an
entry is never wrong, only unused. SQLite lets two runs share the file; a file that is broken or in use is
done without.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b, sha256
from pathlib import Path

from connectif_kit.core import own_code, state
from connectif_kit.page.html.engine import PACKAGES, chosen

MOST_BYTES = 200_000_000
MOST_RUNS = 8


def key(stamp: bytes, url_path: str, data: bytes, *, static: bool) -> bytes:
    """What tells a page in a run from every other page in every other run."""
    # Of the hashes that nobody can forge, the one that processors have built in.
    made = sha256(stamp + f"{url_path}\0{static}\0".encode("utf-8", "surrogatepass"))
    made.update(data)
    return made.digest()[:16]


def stamp(plan: bytes, plan_path: str, rules: Iterable[str], version: str) -> bytes:
    """What all pages of a run have in common: plan, rules, and the code that reads them."""
    made = blake2b(digest_size=16)
    parser = chosen()
    reported = [version, sys.version, plan_path, parser, *sorted(rules), *own_code.packages(PACKAGES[parser])]
    made.update(own_code.digest())
    made.update("\0".join(reported).encode("utf-8", "surrogatepass"))
    made.update(plan)
    return made.digest()


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

    def get(self, keys: list[bytes]) -> Mapping[bytes, str]:
        """The entries that are there; of a first run none, even where another one puts some in meanwhile."""
        if self._connection is None or self._was_empty or not keys:
            return {}
        places = ",".join("?" * len(keys))
        query = f"SELECT key, result FROM page WHERE key IN ({places})"  # noqa: S608 - only `?`
        try:
            return dict(self._connection.execute(query, keys))
        except sqlite3.Error:
            return {}

    def put(self, entries: list[tuple[bytes, str]]) -> None:
        """Keep entries, all in one transaction."""
        if self._connection is None or not entries:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR REPLACE INTO page VALUES (?, ?)", entries)
            self._connection.execute("COMMIT")
        except sqlite3.Error:
            self.close()

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
