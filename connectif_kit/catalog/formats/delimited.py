"""CSV: a header line, then one product for each row; comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from connectif_kit.catalog.formats import Format
from connectif_kit.catalog.row import Block, Row, Rows, bad, one_by_one, unread
from connectif_kit.catalog.text import Text
from connectif_kit.core.diagnostics import Place, Severity
from connectif_kit.core.messages import Message, count, say

MAX_TORN = 1000
"""Rows with a broken quote; each may cost the reading of a whole cell's length again."""
MIN_WIDTH = 4
DELIMITERS = ",;\t|"


def read(text: Text) -> Rows:
    """Rows as column → cell, each at the line where it begins; most of them in blocks."""
    head, first, delimiter = _head(text)
    source = _Lines(text, head, first)
    try:
        header = [cell.strip() for cell in next(source.reader(delimiter))]
    except (StopIteration, csv.Error):
        yield unread(Place(text.path), "the file has no header line")
        return
    yield from _about(header, Place(text.path, first))
    yield from _body(_Table(text.path, tuple(header), delimiter), source)


class _Table(NamedTuple):
    """What all rows of a file share."""

    path: str
    header: tuple[str, ...]
    delimiter: str


class _Lines:
    """A file's lines; those of the row at hand are kept, so that they can be read again."""

    def __init__(self, text: Text, head: list[str], first: int) -> None:
        self.row: list[str] = []
        self._text = text
        self._again = head
        self._number = first

    def reader(self, delimiter: str) -> Iterator[list[str]]:
        """Rows from here on. What a reader holds of a broken row would stand before its next one."""
        return csv.reader(iter(self._next, ""), delimiter=delimiter, strict=True)

    def _next(self) -> str:
        line = self._again.pop() if self._again else self._text.line()
        self.row.append(line)
        return line

    def begin(self) -> int:
        """A row begins: the number of its first line."""
        self._number += len(self.row)
        self.row.clear()
        return self._number

    def back(self) -> None:
        """Give back all of the row at hand but its first line."""
        self._again += reversed(self.row[1:])
        del self.row[1:]

    def block(self) -> list[str]:
        """Many lines at once, which `take` must follow; none at the end."""
        lines, self._again = self._again[::-1], []
        return lines or self._text.block()

    def take(self, lines: list[str], count: int) -> None:
        """Of the lines of a block, so many are read; the others come again."""
        self._number += count
        self._again = lines[: count - 1 : -1] if count else lines[::-1]


def _head(text: Text) -> tuple[list[str], int, str]:
    """The header's line, its number, and what parts its cells; with `sep=;` the header is the next line."""
    for number, line in enumerate(text.lines(), 1):
        if line.lower().startswith("sep=") and number == 1 and len(line.strip("\r\n")) == 5:
            return [], 2, line[4]
        if line.strip():
            return [line], number, _delimiter(line)
    return [], 1, ","


def _delimiter(header: str) -> str:
    """The candidate that stands most often outside quotes."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _about(header: list[str], place: Place) -> Iterator[Row]:
    named = [name for name in header if name]
    twice = sorted({name for name in named if named.count(name) > 1}) if len(named) < 5000 else []
    if twice:
        message = say("two columns have one name: {names}; the last one counts", names=", ".join(twice))
        yield Row(place, {}, bad(place, message, severity=Severity.WARNING))


def _body(table: _Table, source: _Lines) -> Rows:
    """Block by block; a row at which a block must end is read by itself."""
    torn = 0
    while torn <= MAX_TORN:
        first, lines = source.begin(), source.block()
        if not lines:
            return
        cells, ends = _whole(lines, table)
        source.take(lines, ends[-1] if ends else 0)
        yield from _sorted(table, cells, [first + end for end in (0, *ends)][: len(cells)])
        if not ends or ends[-1] < len(lines):
            row, broken = _one(table, source)
            torn += broken
            yield from row
    hint = "quote every cell that holds a quote, and double the quote"
    yield unread(Place(table.path, source.begin()), TORN, hint)


def _whole(lines: list[str], table: _Table) -> tuple[list[list[str]], Sequence[int]]:
    """The cells of rows that are whole, up to the first that is not, and how many lines go to each's end."""
    try:
        found = list(csv.reader(lines, delimiter=table.delimiter, strict=True))
        if len(found) == len(lines):
            return found, range(1, len(lines) + 1)
    except csv.Error:
        pass
    return _over_lines(lines, table)


def _over_lines(lines: list[str], table: _Table) -> tuple[list[list[str]], list[int]]:
    """The same where a row may be over several lines, or broken."""
    cells: list[list[str]] = []
    ends: list[int] = []
    reader, begin = csv.reader(lines, delimiter=table.delimiter, strict=True), 0
    try:
        for row in reader:
            end = reader.line_num
            if end - begin > 1 and _swallowed(lines[begin:end], len(table.header), table.delimiter):
                break
            cells.append(row)
            ends.append(end)
            begin = end
    except csv.Error:
        pass
    return cells, ends


def _one(table: _Table, source: _Lines) -> tuple[list[Row], bool]:
    """The next row, if there is one, and whether a quote in it is never closed."""
    place = Place(table.path, source.begin())
    try:
        cells = next(source.reader(table.delimiter))
    except StopIteration:
        return [], False
    except csv.Error as error:
        torn = len(source.row) > 1
        source.back()
        return [unread(place, _words(error), "check the quotes of this row")], torn
    if len(source.row) > 1 and _swallowed(source.row, len(table.header), table.delimiter):
        source.back()
        return [unread(place, NEVER_CLOSED, "check the quotes of this row")], True
    return list(one_by_one(_sorted(table, [cells], [place.line]))), False


def _sorted(table: _Table, cells: list[list[str]], lines: list[int]) -> Rows:
    """Rows in blocks, those that do not fit the header by themselves, and empty ones not at all."""
    path, header, width = table.path, table.header, len(table.header)
    if set(map(len, cells)) == {width} and all(map(any, cells)):
        yield Block(path, header, lines, cells)
        return
    block = Block(path, header, [], [])
    for line, row in zip(lines, cells, strict=True):
        if len(row) >= width and any(row) and not any(row[width:]):
            block.lines.append(line)
            block.cells.append(row[:width])
            continue
        if block.lines:
            yield block
            block = Block(path, header, [], [])
        if any(row):
            yield _odd(Place(path, line), row, table)
    if block.lines:
        yield block


def _odd(place: Place, cells: list[str], table: _Table) -> Row:
    if len(cells) < len(table.header):
        return _short(place, cells, table.header)
    return unread(place, _misfit(cells, table), say("put a cell that holds one in quotes"))


NEVER_CLOSED = say("a quote that opens a cell is never closed")
TORN = say(
    "more than {most} rows have a quote that is never closed; the rows from here on are not read",
    most=MAX_TORN,
)


def _swallowed(lines: list[str], width: int, delimiter: str) -> bool:
    """Whether a row over several lines has taken whole rows into one of its cells.

    A line inside of it is a row where it has a row's cells and not one quote. Few columns prove nothing.
    """
    if width < MIN_WIDTH:
        return False
    return any(line.count(delimiter) == width - 1 and '"' not in line for line in lines[1:-1])


_SIGNS = {",": say("comma"), ";": say("semicolon"), "\t": say("tab"), "|": say("bar")}


def _misfit(cells: list[str], table: _Table) -> str:
    delimiter = table.delimiter
    sign = _SIGNS.get(delimiter, f"`{delimiter}`")
    return say(
        "{fields} where the header has {most}: a {sign} without quotes?",
        fields=_fields(cells),
        most=len(table.header),
        sign=sign,
    )


def _fields(cells: list[str]) -> Message:
    return count(len(cells), "{n} field", "{n} fields")


def _short(place: Place, cells: list[str], header: Sequence[str]) -> Row:
    """A row that ends early: what is there is used, and the file may have been cut off."""
    message = say(
        "{fields} where the header has {most}; the rest is taken as empty",
        fields=_fields(cells),
        most=len(header),
    )
    doubt = bad(place, message, say("check that the row is whole"), Severity.WARNING)
    return Row(place, dict(zip(header, cells, strict=False)), doubt)


def _words(error: csv.Error) -> str:
    said = str(error)
    if "field limit" in said or "end of data" in said:
        return NEVER_CLOSED
    return say("more text follows the quote that closes a cell") if "expected after" in said else said


CSV = Format("csv", (".csv", ".tsv", ".tab", ".txt"), "a header line, then one product a row", read)
