"""Results of pages that have not changed, in one SQLite file beside the plan.

The key is a hash of the page's bytes, its address, the plan, the rules and our own code, so an entry is
never wrong, only unused. SQLite lets two runs share the file; a file that is broken or in use is
done without.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path

FOLDER = ".connectif-cache"
MOST_BYTES = 200_000_000


def key(stamp: bytes, url_path: str, data: bytes, *, static: bool) -> bytes:
    """What tells a page in a run from every other page in every other run."""
    made = blake2b(stamp, digest_size=16)
    made.update(f"{url_path}\0{static}\0".encode("utf-8", "surrogatepass"))
    made.update(data)
    return made.digest()


def stamp(plan: bytes, plan_path: str, rules: Iterable[str], version: str) -> bytes:
    """What all pages of a run have in common: plan, rules, and the code that reads them."""
    made = blake2b(digest_size=16)
    made.update("\0".join([version, plan_path, *sorted(rules), *_code()]).encode("utf-8", "surrogatepass"))
    made.update(plan)
    return made.digest()


def _code() -> Iterable[str]:
    """Our own files with their times: whoever works on a rule sees its effect at once."""
    package = Path(__file__).parent.parent
    for folder in ("", "audit", "audit/rules", "html", "vocabulary", "plan"):
        for path in sorted((package / folder).glob("*.py")):
            found = path.stat()
            yield f"{folder}/{path.name} {found.st_mtime_ns} {found.st_size}"


class Cache:
    """The entries of one file; `folder` is made where it is missing."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "audit.sqlite"
        self._connection: sqlite3.Connection | None = None

    def open(self) -> None:
        """Connect, once in each process; without success the cache stays empty."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            ignored = self._path.parent / ".gitignore"
            if not ignored.exists():
                ignored.write_text("*\n", encoding="utf-8")
            if self._path.exists() and self._path.stat().st_size > MOST_BYTES:
                self._path.unlink()
            self._connection = self._connected()
        except (OSError, sqlite3.Error):
            self._connection = None

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=5, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS page (key BLOB PRIMARY KEY, result TEXT) WITHOUT ROWID"
        )
        return connection

    def get(self, keys: list[bytes]) -> Mapping[bytes, str]:
        """The entries that are there."""
        if self._connection is None or not keys:
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

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
