"""Formats of catalogue files, one file each: a format exists because its file is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from connectif_kit.catalog.row import Row, Rows
from connectif_kit.catalog.text import Text
from connectif_kit.core.records import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """How to read rows from text, or from bytes where the format itself names its encoding."""

    name: str
    suffixes: tuple[str, ...]
    doc: str
    read: Callable[[Text], Rows] | None = None
    read_bytes: Callable[[str, BinaryIO], Iterator[Row]] | None = None
