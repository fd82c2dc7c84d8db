"""WooCommerce: variations are rows of their own, which name their parent by SKU or `id:44`.

https://woocommerce.com/document/product-csv-importer-exporter/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from connectif_kit.catalog.amounts import why_passed
from connectif_kit.catalog.convert import number, slug
from connectif_kit.catalog.presets import (
    NO_DAY_HINT,
    Cells,
    Columns,
    NoDay,
    Preset,
    Settings,
    inherited,
    made,
    on,
    paths,
    refused,
    rows_of,
    several,
)
from connectif_kit.catalog.row import Row, bad
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.records import dataclass
from connectif_kit.vocabulary.shop_exports import WOOCOMMERCE

MAX_WAITING = 50_000
_NAMES = (
    *("product_id", "name", "unit_price", "unit_price_original", "description", "image_url"),
    *("availability", "category", "tag", "brand", "related_external_product_id", "url"),
)
_OWN = ("id", "type", "sku", "sale", "regular", "sale_from", "sale_to", "in_stock", "quantity", "parent")


@dataclass(slots=True)
class _Parent:
    row: Row
    cells: Cells
    taken: int = 0


@dataclass(slots=True)
class _Reader:
    """Parents are kept until the file's end; variations that come before theirs wait for it."""

    columns: Columns
    settings: Settings
    parents: dict[str, _Parent] = field(default_factory=dict)
    waiting: dict[str, list[Row]] = field(default_factory=dict)
    held: int = 0

    def row(self, row: Row) -> Iterator[Row]:
        cells = self.columns.cells(row.data)
        kinds = {kind.strip() for kind in cells["type"].lower().split(",")}
        if "variation" in kinds:
            yield from self.variation(row, cells)
        elif "variable" in kinds:
            if self.hidden(cells):
                self.settings.left_out["drafts and unpublished products"] += 1
            for waiting in self.known(row, cells):
                yield from self.variation(waiting, self.columns.cells(waiting.data))
        elif self.hidden(cells):
            self.settings.left_out["drafts and unpublished products"] += 1
        elif "grouped" in kinds:
            self.settings.left_out["groups of products, which have no price"] += 1
        else:
            yield self.made(row, cells, cells)

    def made(self, row: Row, cells: Cells, parent: Cells, over: Mapping[str, Any] | None = None) -> Row:
        """A product's row, unless it does not tell its price."""
        if row.problem is None and (doubt := _unreduced(cells)):
            row = row._replace(problem=bad(row.place, doubt, severity=Severity.WARNING))
        try:
            return made(row, self.values(cells, parent), over=over)
        except NoDay as why:
            return refused(row.place, str(why), NO_DAY_HINT)

    def known(self, row: Row, cells: Cells) -> list[Row]:
        """Remember a parent; the variations that wait for it."""
        names = [name for name in (cells["sku"], f"id:{cells['id']}" if cells["id"] else "") if name]
        parent = _Parent(row, cells)
        found: list[Row] = []
        for name in names:
            self.parents[name] = parent
            found += self.waiting.pop(name, [])
        return found

    def hidden(self, cells: Cells) -> bool:
        """`0` is private, `-1` a draft; a file without the column holds what is published."""
        return cells["published"] not in ("1", "", "true", "yes")

    def variation(self, row: Row, cells: Cells) -> Iterator[Row]:
        parent = self.parents.get(cells["parent"])
        if parent is None:
            if self.held >= MAX_WAITING:
                yield refused(row.place, f"its parent `{cells['parent']}` stands too far below it")
                return
            self.held += 1
            self.waiting.setdefault(cells["parent"], []).append(row)
        elif self.hidden(cells) or self.hidden(parent.cells):
            self.settings.left_out["drafts and unpublished products"] += 1
        elif self.settings.first and parent.taken:
            self.settings.left_out["further variants"] += 1
        else:
            parent.taken += 1
            named = self.columns.named(tuple(row.data))
            but = tuple(named[name] for name in _OWN if name in named)
            over = inherited(row.data, parent.row.data, but)
            yield self.made(row, cells, parent.cells, over)

    def values(self, cells: Cells, parent: Cells) -> dict[str, Any]:
        """A product's values; what a variation lacks is its parent's."""
        sale, regular = self.prices(cells)
        whole = parent if self.settings.first else cells
        images = several(cells["images"]) or several(parent["images"])
        return {
            **dict.fromkeys(_NAMES),
            "product_id": whole["sku"] or whole["id"],
            "name": whole["name"] or parent["name"],
            "unit_price": sale or regular,
            "unit_price_original": regular if sale else "",
            "description": cells["body"] or parent["body"] or cells["short"] or parent["short"],
            "image_url": images[0] if images else "",
            "availability": cells["in_stock"] or cells["quantity"],
            "category": paths(cells["categories"]) or paths(parent["categories"]),
            "tag": several(cells["tags"]) or several(parent["tags"]),
            "brand": (several(cells["brand"]) or several(parent["brand"]) or [""])[0],
            "related_external_product_id": [each.removeprefix("id:") for each in several(cells["upsells"])],
            "url": cells["link"] or parent["link"] or None,
            "slug": parent["slug"] or slug(parent["name"]),
            "id": parent["id"],
        }

    def prices(self, cells: Cells) -> tuple[str, str]:
        """The reduced price, where and when it counts, and the regular one."""
        reduced = cells["sale"] and on(self.settings.today, cells["sale_from"], cells["sale_to"])
        sold = reduced and not _unreduced(cells)
        return cells["sale"] if sold else "", cells["regular"]

    def rest(self) -> Iterator[Row]:
        """At the end: what could not be placed."""
        for name, rows in self.waiting.items():
            for row in rows:
                said = f"its parent `{name}` is not in the file" if name else "it names no parent"
                yield refused(row.place, f"a variation: {said}", "export all products, of all types")
        for parent in {id(each): each for each in self.parents.values()}.values():
            if not (parent.taken or self.hidden(parent.cells)):
                yield from self.childless(parent)

    def childless(self, parent: _Parent) -> Iterator[Row]:
        """A variable product without variations is a product where it has a price of its own."""
        if parent.cells["regular"] or parent.cells["sale"]:
            yield self.made(parent.row, parent.cells, parent.cells)
        else:
            message = "a variable product without a variation that is for sale: it has no price"
            yield refused(parent.row.place, message, "export the type `variation` as well")


def _unreduced(cells: Cells) -> str:
    """Why the reduced price counts on no day; empty where it may."""
    names = (WOOCOMMERCE.columns["sale"][0], WOOCOMMERCE.columns["regular"][0])
    return why_passed(names, [number(cells["sale"]), number(cells["regular"])])


def read(rows: Iterator[Row], settings: Settings) -> Iterator[Row]:
    """A row for each product that has a price, variations with what is their parent's."""
    columns = Columns(WOOCOMMERCE)
    reader = _Reader(columns, settings)
    for row, usable in rows_of(rows, columns):
        if usable:
            yield from reader.row(row)
        else:
            yield row
    yield from reader.rest()


PRESET = Preset(WOOCOMMERCE, read, _NAMES, ("unit_price", "unit_price_original"))
