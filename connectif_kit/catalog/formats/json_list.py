"""JSON: a list of objects, or an object that holds one; read item by item."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from connectif_kit.catalog.convert import plain_number
from connectif_kit.catalog.formats import Format
from connectif_kit.catalog.row import UNREAD, Row, key_around_twice, keys_twice, second_list, unread
from connectif_kit.catalog.text import CHUNK, Text
from connectif_kit.core.diagnostics import Place
from connectif_kit.core.messages import say

MAX_ITEM = 8_000_000
MAX_LEVELS = 4
MAX_DEPTH = 100
NOT_AN_OBJECT = "a product must be an object"


class Decoder(json.JSONDecoder):
    """Stops at one depth on every Python: their own limits go from a thousand levels to ten thousands."""

    def raw_decode(self, s: str, idx: int = 0) -> tuple[Any, int]:
        """As the base class; raises RecursionError where the value is nested deeper than MAX_DEPTH."""
        value, end = super().raw_decode(s, idx)
        if s.count("{", idx, end) + s.count("[", idx, end) > MAX_DEPTH and _is_deep(value):
            raise RecursionError
        return value, end


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


# Numbers stay as they are written: a price never goes through binary float.
DECODER = Decoder(parse_float=plain_number, parse_int=str, parse_constant=str, strict=False)


class RowDecoder(Decoder):
    """Knows which keys of the value that it read last are twice in one object."""

    def __init__(self) -> None:
        super().__init__(
            object_pairs_hook=self._object,
            parse_float=plain_number,
            parse_int=str,
            parse_constant=str,
            strict=False,
        )
        self.twice: list[str] = []

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            self.twice += sorted({name for name in names if names.count(name) > 1})
        return found

    def raw_decode(self, s: str, idx: int = 0) -> tuple[Any, int]:
        """As the base class; `twice` is of this value."""
        self.twice = []
        return super().raw_decode(s, idx)

    def row(self, place: Place, value: Any) -> Row:
        """The value that was read last as a row; what is there twice is a warning."""
        if not isinstance(value, dict):
            return unread(place, NOT_AN_OBJECT)
        return Row(place, value, keys_twice(place, self.twice) if self.twice else None)


_BLANK = re.compile(r"[ \t\r\n]*")


class _Window:
    """The part of the text that is in memory, and a position in it."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.buffer = ""
        self.at = 0
        self.line = 1
        self.ended = False
        self.decoder = RowDecoder()

    @property
    def place(self) -> Place:
        return Place(self.text.path, self.line)

    def fill(self) -> None:
        more = self.text.read(max(CHUNK, len(self.buffer) - self.at))
        self.ended = not more
        self.buffer = self.buffer[self.at :] + more
        self.at = 0

    def advance(self, to: int) -> None:
        self.line += self.buffer.count("\n", self.at, to)
        self.at = to

    def peek(self) -> str:
        """The next character that is not a blank; empty at the end."""
        while True:
            blank = _BLANK.match(self.buffer, self.at)
            self.advance(blank.end() if blank else self.at)
            if self.at < len(self.buffer) or self.ended:
                return self.buffer[self.at : self.at + 1]
            self.fill()

    def take(self, wanted: str) -> str:
        """The next character, which must be one of some."""
        found = self.peek()
        if not found or found not in wanted:
            what = f"`{found}`" if found else "the end of the file"
            raise ValueError(f"expected {' or '.join(f'`{char}`' for char in wanted)}, got {what}")
        self.at += 1
        return found

    def value(self) -> Any:
        """The next value; more text is read until it is whole."""
        self.peek()
        while True:
            try:
                value, end = self.decoder.raw_decode(self.buffer, self.at)
            except json.JSONDecodeError as error:
                if self.ended or len(self.buffer) - self.at > MAX_ITEM:
                    self.advance(min(error.pos, len(self.buffer)))
                    raise ValueError(error.msg.lower()) from None
            else:
                if end < len(self.buffer) or self.ended:
                    self.advance(end)
                    return value
            self.fill()


def read(text: Text) -> Iterator[Row]:
    """Rows, each at the line where it begins; what cannot be read ends the file with a complaint."""
    window = _Window(text)
    try:
        found = window.peek() == "["
        rows = _items(window) if found else _object(window, MAX_LEVELS, set())
        for row in rows:
            found = found or bool(row.data)
            yield row
        if not found:
            yield unread(Place(text.path), say("no list of products found"), say("write a list of objects"))
        if window.peek():
            yield unread(window.place, say("more text follows after the end"))
    except ValueError as error:
        yield unread(window.place, say("invalid JSON: {why}", why=str(error)), UNREAD)
    except RecursionError:
        yield unread(window.place, say("nested too deep"), UNREAD)


def _items(window: _Window) -> Iterator[Row]:
    window.take("[")
    if window.peek() == "]":
        window.take("]")
        return
    while True:
        window.peek()
        place = window.place
        value = window.value()
        yield window.decoder.row(place, value)
        if window.take(",]") == "]":
            return


def _object(window: _Window, levels: int, found: set[str]) -> Iterator[Row]:
    """The first list of objects in an object, however it is called; others are named and left."""
    window.take("{")
    if window.peek() == "}":
        window.take("}")
        return
    keys: set[str] = set()
    while True:
        window.peek()
        place, key = window.place, str(window.value())
        if key in keys:
            yield Row(place, {}, key_around_twice(place, key))
        keys.add(key)
        window.take(":")
        if window.peek() == "[" and not found:
            for row in _list(window):
                found.add(key)
                yield row
        elif window.peek() == "[":
            yield from _another(window, key)
        elif window.peek() == "{" and levels and not found:
            yield from _object(window, levels - 1, found)
        else:
            window.value()
        if window.take(",}") == "}":
            return


def _list(window: _Window) -> Iterator[Row]:
    """The rows of a list, where its first item is an object."""
    rows = _items(window)
    first = next(rows, None)
    if first is not None and first.data:
        yield first
        yield from rows
    else:
        _drain(rows)


def _another(window: _Window, key: str) -> Iterator[Row]:
    place = window.place
    rows = _items(window)
    first = next(rows, None)
    _drain(rows)
    if first is not None and first.data:
        yield Row(place, {}, second_list(place, key))


def _drain(rows: Iterator[Row]) -> None:
    for _ in rows:
        pass


JSON = Format("json", (".json",), "a list of objects, or an object that holds one", read)
