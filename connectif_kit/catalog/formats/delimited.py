"""CSV: a header line, then one product for each row; comma, semicolon, tab or bar."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from connectif_kit.catalog.formats import Format
from connectif_kit.catalog.row import Row, bad, unread
from connectif_kit.catalog.text import Text
from connectif_kit.core.diagnostics import Place, Severity

MAX_TORN = 1000
"""Rows with a broken quote; each may cost the reading of a whole cell's length again."""
MIN_WIDTH = 4
DELIMITERS = ",;\t|"


def read(text: Text) -> Iterator[Row]:
    """Rows as column → cell; each at the line where it begins."""
    lines, first, delimiter = _head(text)
    source = _Lines(lines, first)
    try:
        header = [cell.strip() for cell in next(csv.reader(source.lines, delimiter=delimiter, strict=True))]
    except (StopIteration, csv.Error):
        yield unread(Place(text.path), "the file has no header line")
        return
    yield from _about(header, Place(text.path, first))
    yield from _body(text.path, header, source, delimiter)


class _Lines:
    """A file's lines; those of the row at hand are kept, so that they can be read again.

    A generator, since it is asked for each line of the file; `back` makes a new one.
    """

    def __init__(self, lines: Iterator[str], first: int) -> None:
        self.row: list[str] = []
        self._rest = lines
        self._again: list[str] = []
        self._number = first
        self.lines = self._each()

    def _each(self) -> Iterator[str]:
        again, keep = self._again, self.row.append
        while again:
            keep(again[-1])
            yield again.pop()
        for line in self._rest:
            keep(line)
            yield line

    def begin(self) -> int:
        """A row begins: the number of its first line."""
        self._number += len(self.row)
        self.row.clear()
        return self._number

    def back(self) -> None:
        """Give back all of the row at hand but its first line."""
        self._again += reversed(self.row[1:])
        del self.row[1:]
        self.lines = self._each()


def _head(text: Text) -> tuple[Iterator[str], int, str]:
    """The lines from the header on, the header's own number, and what parts its cells."""
    lines = text.lines()
    for number, line in enumerate(lines, 1):
        if line.lower().startswith("sep=") and number == 1 and len(line.strip("\r\n")) == 5:
            return lines, 2, line[4]
        if line.strip():
            return _with(line, lines), number, _delimiter(line)
    return iter(()), 1, ","


def _with(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _delimiter(header: str) -> str:
    """The candidate that stands most often outside quotes."""
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def _about(header: list[str], place: Place) -> Iterator[Row]:
    named = [name for name in header if name]
    twice = sorted({name for name in named if named.count(name) > 1}) if len(named) < 5000 else []
    if twice:
        message = f"two columns have one name: {', '.join(twice)}; the last one counts"
        yield Row(place, {}, bad(place, message, severity=Severity.WARNING))


def _body(path: str, header: list[str], source: _Lines, delimiter: str) -> Iterator[Row]:
    width, torn = len(header), 0
    reader = csv.reader(source.lines, delimiter=delimiter, strict=True)
    while torn <= MAX_TORN:
        place = Place(path, source.begin())
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            torn += len(source.row) > 1
            source.back()
            # What a reader holds of a broken row would stand before the next one.
            reader = csv.reader(source.lines, delimiter=delimiter, strict=True)
            yield unread(place, _words(error), "check the quotes of this row")
            continue
        if len(source.row) > 1 and _swallowed(source.row, width, delimiter):
            torn += 1
            source.back()
            reader = csv.reader(source.lines, delimiter=delimiter, strict=True)
            yield unread(place, NEVER_CLOSED, "check the quotes of this row")
        elif len(cells) > width and any(cells[width:]):
            yield unread(place, _misfit(cells, header, delimiter), "put a cell that holds one in quotes")
        elif any(map(len, cells)):
            if len(cells) >= width:
                yield Row(place, dict(zip(header, cells, strict=False)))
            else:
                yield _short(place, cells, header)
    yield unread(
        Place(path, source.begin()), TORN, "quote every cell that holds a quote, and double the quote"
    )


NEVER_CLOSED = "a quote that opens a cell is never closed"
TORN = f"more than {MAX_TORN} rows have a quote that is never closed; the rows from here on are not read"


def _swallowed(lines: list[str], width: int, delimiter: str) -> bool:
    """Whether a row over several lines has taken whole rows into one of its cells.

    A line inside of it is a row where it has a row's cells and not one quote. Few columns prove nothing.
    """
    if width < MIN_WIDTH:
        return False
    return any(line.count(delimiter) == width - 1 and '"' not in line for line in lines[1:-1])


def _misfit(cells: list[str], header: list[str], delimiter: str) -> str:
    sign = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}.get(delimiter, f"`{delimiter}`")
    return f"{len(cells)} fields where the header has {len(header)}: a {sign} without quotes?"


def _short(place: Place, cells: list[str], header: list[str]) -> Row:
    """A row that ends early: what is there is used, and the file may have been cut off."""
    count = "1 field" if len(cells) == 1 else f"{len(cells)} fields"
    message = f"{count} where the header has {len(header)}; the rest is taken as empty"
    doubt = bad(place, message, "check that the row is whole", Severity.WARNING)
    return Row(place, dict(zip(header, cells, strict=False)), doubt)


def _words(error: csv.Error) -> str:
    said = str(error)
    if "field limit" in said or "end of data" in said:
        return NEVER_CLOSED
    return "more text follows the quote that closes a cell" if "expected after" in said else said


CSV = Format("csv", (".csv", ".tsv", ".tab", ".txt"), "a header line, then one product a row", read)
