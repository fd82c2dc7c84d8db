"""A row of a catalogue file: one product as somebody else's program wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.messages import say

RULE = "bad-product"
MAX_DEPTH = 30


class Row(NamedTuple):
    """Where a row begins and what it says; `data` is empty where it cannot be read.

    `origin` is what the file itself says, where a preset has added to it.
    """

    place: Place
    data: Mapping[str, Any]
    problem: Diagnostic | None = None
    origin: Mapping[str, Any] | None = None


class Block(NamedTuple):
    """Rows of a table of which nothing is to be said: each has the header's cells.

    Most of a file is such rows, and taken together they are read several times as fast.
    """

    path: str
    header: tuple[str, ...]
    lines: list[int]
    cells: list[list[str]]

    def rows(self) -> Iterator[Row]:
        """One by one."""
        for line, cells in zip(self.lines, self.cells, strict=True):
            yield Row(Place(self.path, line), dict(zip(self.header, cells, strict=False)))


Rows: TypeAlias = Iterator[Row | Block]


def one_by_one(found: Rows) -> Iterator[Row]:
    """Every row by itself."""
    for each in found:
        if type(each) is Block:
            yield from each.rows()
        else:
            yield each  # type: ignore[misc]  # a row, if it is not a block


UNREAD = say("the rows from here on are not read")


def bad(place: Place, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> Diagnostic:
    """A complaint about a row."""
    return Diagnostic(RULE, severity, message, place, hint)


def unread(place: Place, message: str, hint: str = "") -> Row:
    """A row, or the rest of a file, that cannot be read."""
    return Row(place, {}, bad(place, message, hint))


def second_list(place: Place, name: str) -> Diagnostic:
    """A warning of a list of products beside the one that is read."""
    message = say("a second list, `{key}`, is not read", key=name)
    return bad(place, message, severity=Severity.WARNING)


def key_around_twice(place: Place, name: str) -> Diagnostic:
    """A warning of a key that is there twice around the list of products."""
    message = say("the key `{name}` is there twice; the first list of products counts", name=name[:40])
    return bad(place, message, severity=Severity.WARNING)


def keys_twice(place: Place, names: Iterable[str]) -> Diagnostic:
    """A warning of keys that are there twice in one object."""
    shown = ", ".join(f"`{name[:40]}`" for name in list(dict.fromkeys(names))[:10])
    message = say("a key is there twice: {names}; the last one counts", names=shown)
    return bad(place, message, severity=Severity.WARNING)
