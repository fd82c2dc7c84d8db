"""Rows of a table → records, column by column: what the mapper makes of each, several times as fast.

Whatever is not plainly right in a cell leaves its row to the mapper, which says what is wrong with it.
So nothing is decided here: a cell's value is what the mapper makes of that cell alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, TypeAlias

from connectif_kit.catalog.currencies import in_name, of_column
from connectif_kit.catalog.fields import Mapper, own_codes
from connectif_kit.catalog.layout import Column
from connectif_kit.catalog.row import Block
from connectif_kit.catalog.values import Data
from connectif_kit.core.diagnostics import Diagnostic, Place
from connectif_kit.vocabulary.kinds import TEXT, Kind, Matching
from connectif_kit.vocabulary.model import MAY_BE_CHANGED, Value

Made: TypeAlias = tuple[int, dict[str, Value], list[Diagnostic]]
"""A row's line, its record, and what is wrong with it."""

MAX_KNOWN = 10_000
MAX_LENGTH = 100

_DOUBT: Any = object()
_NO_DATA: Data = {}
_NOTHING_WRONG: list[Diagnostic] = []
_NOWHERE = Place("")


class Bulk:
    """A mapper for the blocks of one header; `able` says whether it can do anything with them."""

    def __init__(self, mapper: Mapper, header: tuple[str, ...]) -> None:
        self.mapper = mapper
        self.header = header
        self.at = {key: number for number, key in enumerate(header)}  # of two with one name the last counts
        layout = mapper.known(tuple(self.at))
        money = {column.field.html: column for column in layout.money}
        self.columns = [
            _Cells(mapper, column, self.at, column.field.html in money) for *_, column in layout.quick
        ]
        self.names = [cells.column.field.html for cells in self.columns]
        self.currencies = [self.at[key] for key in layout.currencies if key in self.at]
        named_beside = any(
            f"{column.key}@currency" in self.at or mapper.strange(in_name(column.key))
            for column in money.values()
        )
        self.able = not named_beside and not (mapper.own and mapper.entity.open)

    def records(self, block: Block) -> Iterator[Made]:
        """Every row's record, in order."""
        columns = list(zip(*block.cells, strict=True))
        doubtful = self._in_another_currency(columns)
        values = [cells.values(columns, block, doubtful) for cells in self.columns]
        names, finish, needed = self.names, self.mapper.finish, self.mapper.needed
        makes_url = bool(self.mapper.context.url)
        rows = zip(*values, strict=True) if values else repeat((), len(block.cells))
        for number, row in enumerate(rows):
            if number not in doubtful:
                out: dict[str, Value] = {name: value for name, value in zip(names, row) if value}  # noqa: B905 - as many
                data = self._data(block, number) if makes_url and "url" not in out else _NO_DATA
                if not finish(out, data) and out.keys() >= needed:
                    yield block.lines[number], out, _NOTHING_WRONG
                    continue
            line = block.lines[number]
            yield line, *self.mapper.record(self._data(block, number), Place(block.path, line))

    def _data(self, block: Block, number: int) -> dict[str, str]:
        return dict(zip(self.header, block.cells[number], strict=True))

    def _in_another_currency(self, columns: list[tuple[str, ...]]) -> set[int]:
        """Rows that name a currency, in a cell of its own, which is not the store's."""
        found: set[int] = set()
        for number in self.currencies:
            strange = {cell for cell in set(columns[number]) if self._is_strange(cell)}
            found |= (
                {row for row, cell in enumerate(columns[number]) if cell in strange} if strange else set()
            )
        return found

    def _is_strange(self, cell: str) -> bool:
        codes, unknown = of_column(cell)
        return unknown or self.mapper.strange(codes)


class _Cells:
    """One property's cells. What was made of one is known for the next that says the same."""

    def __init__(self, mapper: Mapper, column: Column, at: dict[str, int], money: bool) -> None:
        self.mapper = mapper
        self.column = column
        self.money = money
        self.number = at[column.keys[0]] if len(column.keys) == 1 else -1
        self.known: dict[str, Value] = {}
        kind = column.field.kind
        fault = kind.fault if isinstance(kind, Kind) else None
        self.matches = fault.matches if isinstance(fault, Matching) else None
        self.plain = self._as_it_is() and (self.matches is not None or kind is TEXT)

    def _as_it_is(self) -> bool:
        """Whether its value is a cell's text, of which nothing is made."""
        data = dict.fromkeys(self.column.keys, _DOUBT)
        return bool(self.column.quick) and self.number >= 0 and self.column.read(data) is _DOUBT

    def values(self, columns: Sequence[Sequence[str]], block: Block, doubtful: set[int]) -> Sequence[Value]:
        """What each row has, empty where it has none; rows with a doubtful cell are added to `doubtful`."""
        if self.number < 0:
            rows = (dict(zip(block.header, cells, strict=True)) for cells in block.cells)
            return _sure(map(self._of, rows), doubtful)
        cells = columns[self.number]
        if self.plain:
            texts = list(map(str.strip, cells))
            if self._all_good(texts) and texts.count("") == cells.count(""):
                return texts
        return _sure(map(self._of_one, cells), doubtful)

    def _all_good(self, texts: list[str]) -> bool:
        whole = "".join(texts)
        if not whole.isprintable() or (self.column.decode and "&" in whole and ";" in whole):
            return False
        if self.column.field.html == "product_id" and any(sign in whole for sign in MAY_BE_CHANGED):
            return False
        return self.matches is None or all(map(self.matches, filter(None, texts)))

    def _of_one(self, cell: str) -> Value:
        found = self.known.get(cell)
        if found is None:
            found = self._of({self.column.keys[0]: cell})
            if len(cell) <= MAX_LENGTH:
                if len(self.known) >= MAX_KNOWN:
                    self.known.clear()
                self.known[cell] = found
        return found

    def _of(self, data: Data) -> Value:
        """What the mapper makes of it; `_DOUBT` where it has anything to say."""
        column, problems = self.column, list[Diagnostic]()
        found, out = column.read(data), dict[str, Value]()
        if found is None or found == "":
            return ""
        self.mapper.take(column, found, _NOWHERE, out, problems, None)
        passed = column.choice is not None and column.choice.passed(data)
        if problems or passed or (self.money and self.mapper.strange(own_codes(column, data))):
            return _DOUBT  # type: ignore[no-any-return]  # no value at all
        return out.get(column.field.html, "")


def _sure(found: Iterable[Value], doubtful: set[int]) -> list[Value]:
    values = list(found)
    if _DOUBT in values:
        doubtful.update(number for number, value in enumerate(values) if value is _DOUBT)
    return values
