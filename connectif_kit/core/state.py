"""What the kit keeps between runs: one folder beside the plan, which no generator copies and no git adds.

Ledger, spool, rejected rows, caches. Jekyll, Hugo, Eleventy and the like leave out what begins with a
dot; the folder's own `.gitignore` does the rest (a baseline is meant to be shared, and stays visible).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

FOLDER = ".connectif"
LEDGER = "sync.sqlite"
SPOOL = "sync.spool"
CACHE = "audit.sqlite"
_IGNORED = "*\n!baseline.json\n"
_OLD = {
    ".connectif-sync.sqlite": LEDGER,
    ".connectif-sync.sqlite-wal": f"{LEDGER}-wal",
    ".connectif-sync.spool": SPOOL,
}
"""Where earlier versions kept things, beside the plan."""


def opened(beside: Path) -> Path:
    """The folder of the plan that lies here; made where it is missing. Raises OSError as the system does."""
    folder = beside / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text(_IGNORED, encoding="utf-8")
    return folder


def closed(beside: Path) -> None:
    """Take the folder away again where nothing is kept in it."""
    folder = beside / FOLDER
    if folder.is_dir() and [path.name for path in folder.iterdir()] == [".gitignore"]:
        with suppress(OSError):
            (folder / ".gitignore").unlink()
            folder.rmdir()


def moved(beside: Path) -> Iterator[tuple[Path, Path]]:
    """Bring what an older version left beside the plan into the folder; from where to where.

    What is there already is never replaced. Raises OSError as the system does.
    """
    there = [name for name in _OLD if (beside / name).exists()]
    folder = opened(beside) if there else beside / FOLDER
    if (folder / LEDGER).exists():
        return  # a ledger in use has its own spool and log
    for name in there:
        old, new = beside / name, folder / _OLD[name]
        if not new.exists():
            os.replace(old, new)  # noqa: PTH105 - a folder too
            yield old, new
