"""A Google merchant feed: read by its own names; here, what its names alone do not say.

https://support.google.com/merchants/answer/7052112
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connectif_kit.catalog.presets import (
    NO_DAY_HINT,
    Columns,
    NoDay,
    Preset,
    Settings,
    made,
    on,
    refused,
    rows_of,
)
from connectif_kit.catalog.row import Block, Row, Rows
from connectif_kit.vocabulary.shop_exports import GOOGLE


def read(rows: Iterator[Row], settings: Settings) -> Iterator[Row]:
    """The same rows: a sale price counts on its days only, and a group may be one product."""
    columns = Columns(GOOGLE)
    groups: set[int] = set()
    for row, usable in rows_of(rows, columns):
        if not usable:
            yield row
            continue
        cells = columns.cells(row.data)
        if settings.first and cells["group"]:
            if hash(cells["group"]) in groups:
                settings.left_out["further variants"] += 1
                continue
            groups.add(hash(cells["group"]))
        yield _heeded(row, cells, columns, settings)


def heed(found: Rows, settings: Settings) -> Rows:
    """Rows of any other file, where they have a feed's column of days on which the sale price counts."""
    columns = Columns(GOOGLE)
    for each in found:
        if not any(name in (each.header if isinstance(each, Block) else each.data) for name in _SALE_DATES):
            yield each
            continue
        for row in each.rows() if isinstance(each, Block) else (each,):
            yield _heeded(row, columns.cells(row.data), columns, settings)


_SALE_DATES = GOOGLE.columns["sale_dates"]


def _heeded(row: Row, cells: dict[str, str], columns: Columns, settings: Settings) -> Row:
    """A row with the price that counts today; one whose days cannot be read is refused."""
    try:
        changed = _changed(row, cells, columns, settings)
    except NoDay as why:
        return refused(row.place, str(why), NO_DAY_HINT)
    return made(row, changed)


def _changed(row: Row, cells: dict[str, str], columns: Columns, settings: Settings) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    begins, _, ends = cells["sale_dates"].partition("/")
    if cells["sale"] and not on(settings.today, begins, ends):
        changed[columns.named(tuple(row.data))["sale"]] = ""
    if "link@href" in row.data and not row.data.get("link"):
        changed["link"] = row.data["link@href"]
    return changed


PRESET = Preset(GOOGLE, read)
