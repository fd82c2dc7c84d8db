"""Exports of shop systems → rows with our own names, one product each; a preset for each file here.

A preset adds its values to the row, so that the plan's own `fields` and `where` can speak of the
export's columns, or of ours. Whatever it leaves out on purpose (drafts, rows of pictures) it counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from connectif_kit.catalog import presets
from connectif_kit.catalog.row import Row, unread
from connectif_kit.core.diagnostics import Place, Severity
from connectif_kit.core.records import dataclass
from connectif_kit.core.registry import collect
from connectif_kit.vocabulary.shop_exports import ShopExport

Cells = dict[str, str]
"""A row under the preset's short names; empty where the file has no such column."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the plan says, and the day for which prices count.

    `first` takes one product of each group of variants; `vat` is a percentage, or one for each of the
    shop's tax rules; `combinations` are the rows of the file that the plan names so.
    """

    today: date
    first: bool = False
    vat: Decimal | Mapping[str, Decimal] | None = None
    left_out: Counter[str] = field(default_factory=Counter)
    combinations: Iterable[Row] = ()


@dataclass(frozen=True, slots=True)
class Preset:
    """One system's export: `read` makes rows of rows; `names` are the properties that it fills."""

    export: ShopExport
    read: Callable[[Iterator[Row], Settings], Iterator[Row]]
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def known() -> dict[str, Preset]:
    """Presets by name."""
    return {preset.export.name: preset for preset in collect(presets, Preset)}


@dataclass(slots=True)
class Columns:
    """Which of the file's columns is which of an export's."""

    export: ShopExport
    named: Callable[[tuple[str, ...]], dict[str, str]] = field(init=False)
    checked: bool = False

    def __post_init__(self) -> None:
        self.named = lru_cache(maxsize=256)(self._named)

    def _named(self, keys: tuple[str, ...]) -> dict[str, str]:
        spelt = {_spelt(key): key for key in reversed(keys)}
        pairs = ((name, [a for a in names if a in spelt]) for name, names in self.export.columns.items())
        return {name: spelt[found[0]] for name, found in pairs if found}

    def cells(self, data: Mapping[str, Any]) -> Cells:
        """A row under our short names."""
        named = self.named(tuple(data))
        return {name: _text(data[named[name]]) if name in named else "" for name in self.export.columns}

    def has(self, data: Mapping[str, Any], name: str) -> bool:
        """Whether the file has a column."""
        return name in self.named(tuple(data))

    def stranger(self, row: Row) -> Row | None:
        """A complaint about a file that is not such an export; once, at its first row."""
        if self.checked or not row.data:
            return None
        self.checked = True
        named = self.named(tuple(row.data))
        lacking = [self.export.columns[name][0] for name in self.export.needed if name not in named]
        if not lacking:
            return None
        message = (
            f"this is not a {self.export.name} export: it has no column {', '.join(map(_quoted, lacking))}"
        )
        hint = f"it has {', '.join(list(row.data)[:12])}; take `preset` out of the plan, or another one"
        return unread(row.place, message, hint)


def _quoted(name: str) -> str:
    return f"`{name}`"


def _spelt(key: str) -> str:
    return " ".join(key.lower().split()).rstrip("*? ")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    return "" if value is None or isinstance(value, dict) else str(value)


def rows_of(rows: Iterator[Row], columns: Columns) -> Iterator[tuple[Row, bool]]:
    """Rows, and whether a preset can do something with them; a file that is not such an export ends here."""
    for row in rows:
        if stranger := columns.stranger(row):
            yield stranger, False
            return
        broken = row.problem is not None and row.problem.severity is Severity.ERROR
        yield row, bool(row.data) and not broken


def made(row: Row, values: Mapping[str, Any], *, over: Mapping[str, Any] | None = None) -> Row:
    """A row with a preset's values; `over` are cells that it takes from its parent."""
    return row._replace(data={**row.data, **(over or {}), **values}, origin=row.data)


def inherited(child: Mapping[str, Any], parent: Mapping[str, Any], but: tuple[str, ...]) -> dict[str, Any]:
    """A parent's cells where a child has none, but for those that are each one's own."""
    return {key: value for key, value in parent.items() if value and not child.get(key) and key not in but}


def refused(place: Place, message: str, hint: str = "") -> Row:
    """A row that a preset cannot use."""
    return unread(place, message, hint)


def paths(text: str, separator: str = ",", level: str = ">") -> list[str]:
    """`Clothing > Shirts, Sale` → `/Clothing/Shirts`, `/Sale`; `\\,` is not a separator."""
    whole = [part.replace("\0", separator) for part in text.replace("\\" + separator, "\0").split(separator)]
    found = ["".join(f"/{step.strip()}" for step in each.split(level) if step.strip()) for each in whole]
    return [each for each in found if each]


def several(text: str, separator: str = ",") -> list[str]:
    """The parts of a list in one cell."""
    parts = text.replace("\\" + separator, "\0").split(separator)
    return [part.replace("\0", separator).strip() for part in parts if part.strip()]


class NoDay(ValueError):  # noqa: N818 - it names the text that is none
    """A text where a day should stand."""

    def __str__(self) -> str:
        return f"the days of its reduced price cannot be read: `{self.args[0][:40]}`"


NO_DAY_HINT = "days are written 2026-11-30; without them the reduced price counts always"


def on(today: date, begins: str, ends: str) -> bool:
    """Whether a day lies between two that may be open. Raises NoDay where one cannot be read."""
    start, end = _day(begins), _day(ends)
    return (start is None or start <= today) and (end is None or today <= end)


def _day(text: str) -> date | None:
    text = text.strip()
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise NoDay(text) from None
