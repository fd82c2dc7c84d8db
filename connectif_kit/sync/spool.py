"""Checked rows on their way: files in the import's form, one for each set of filled columns.

A contact import may not have empty cells in some columns, and an empty cell could wipe a value; so
rows with the same filled columns share files, each below the API's limit for one file.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path

from connectif_kit.core.records import dataclass
from connectif_kit.vocabulary.http_api import MAX_IMPORT_BYTES

BUFFER = 8_000_000
_SPECIAL = frozenset(',"\r\n')


@dataclass(slots=True)
class Part:
    """One spooled file: its columns, its size, what is not yet on disk."""

    number: int
    path: Path
    size: int
    rows: int = 0
    waiting: list[str] = field(default_factory=list)


class Spool:
    """Writes items into files; `add` says into which."""

    def __init__(self, folder: Path, most: int = MAX_IMPORT_BYTES) -> None:
        self.folder = folder
        self.most = most
        self.parts: list[Part] = []
        self._open: dict[tuple[str, ...], Part] = {}
        self._waiting = 0
        clear(folder)
        folder.mkdir(mode=0o700, parents=True)

    def place(self, columns: tuple[str, ...], line: str) -> Part:
        """The part that takes this line."""
        size = len(line) if line.isascii() else len(line.encode())
        part = self._open.get(columns)
        if part is None or part.size + size > self.most:
            part = self._open[columns] = self._new(columns)
        part.size += size
        return part

    def add(self, part: Part, line: str) -> None:
        """A line into the part that was found for it."""
        part.waiting.append(line)
        part.rows += 1
        self._waiting += len(line)
        if self._waiting > BUFFER:
            self.flush()

    def _new(self, columns: tuple[str, ...]) -> Part:
        number = len(self.parts) + 1
        suffix = "csv" if columns else "jsonl"
        header = csv_line(columns) if columns else ""
        part = Part(number, self.folder / f"{number:05}.{suffix}", len(header.encode()))
        if header:
            part.waiting.append(header)
        self.parts.append(part)
        return part

    def flush(self, *, sync: bool = False) -> None:
        """Everything onto the disk. Raises OSError as the system does."""
        for part in self.parts:
            if part.waiting or sync:
                with open(part.path, "a", encoding="utf-8", newline="", opener=_private) as file:
                    file.writelines(part.waiting)
                    if sync:
                        file.flush()
                        os.fsync(file.fileno())
                part.waiting = []
        self._waiting = 0


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def clear(folder: Path) -> None:
    """Take the spool away."""
    if folder.exists():
        shutil.rmtree(folder)


def csv_line(cells: tuple[str, ...]) -> str:
    """A line of standard CSV."""
    line = ",".join(cells)
    plain = line.count(",") == len(cells) - 1 and not ('"' in line or "\n" in line or "\r" in line)
    if plain and line:
        return f"{line}\n"
    return ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if not cell or _SPECIAL.intersection(cell) else cell


def csv_rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a spooled CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
