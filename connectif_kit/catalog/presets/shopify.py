"""Shopify: a row for each variant and each further picture; what is the product's stands in its first row.

https://help.shopify.com/en/manual/products/import-export/using-csv
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from connectif_kit.catalog.convert import slug
from connectif_kit.catalog.presets import (
    Cells,
    Columns,
    Preset,
    Settings,
    made,
    paths,
    refused,
    rows_of,
    several,
)
from connectif_kit.catalog.row import Row
from connectif_kit.core.records import dataclass
from connectif_kit.vocabulary.shop_exports import SHOPIFY

_NAMES = (
    *("product_id", "name", "unit_price", "unit_price_original", "description", "image_url"),
    *("availability", "category", "tag", "brand"),
)
_NO = ("false", "no", "0")
_OF_THE_PRODUCT = ("title", "body", "vendor", "type", "category", "tags", "published", "status")


@dataclass(slots=True)
class _Product:
    """What a product's first row says, and how many of its variants have come."""

    handle: str
    cells: Cells
    data: dict[str, Any]
    variants: int = 0
    image: str = field(init=False)

    def __post_init__(self) -> None:
        self.image = self.cells["image"]

    @property
    def hidden(self) -> bool:
        """Whether customers cannot see it."""
        return self.cells["status"].lower() in ("draft", "archived", "unlisted") or (
            self.cells["published"].lower() in _NO
        )


def read(rows: Iterator[Row], settings: Settings) -> Iterator[Row]:
    """A row for each variant, with what is the product's carried down to it."""
    columns = Columns(SHOPIFY)
    product: _Product | None = None
    for row, usable in rows_of(rows, columns):
        if not usable:
            yield row
            continue
        cells = columns.cells(row.data)
        handle = cells["handle"]
        if not handle:
            yield refused(row.place, "this row has no handle, so it belongs to no product")
            continue
        if product is None or product.handle != handle:
            product = _Product(handle, cells, _products_own(row.data, columns))
        yield from _variant(row, cells, product, columns, settings)


def _variant(
    row: Row, cells: Cells, product: _Product, columns: Columns, settings: Settings
) -> Iterator[Row]:
    """The row's product; nothing where it only adds a picture, or is not for sale, or not wanted."""
    if not (cells["price"] or cells["sku"] or cells["option1"]):
        if not product.image:
            product.image = cells["image"]
        settings.left_out["rows of further pictures"] += 1
    elif product.hidden:
        settings.left_out["drafts and unpublished products"] += 1
    elif settings.first and product.variants:
        settings.left_out["further variants"] += 1
    else:
        product.variants += 1
        over = {key: value for key, value in product.data.items() if not row.data.get(key)}
        yield made(row, _values(cells, product, columns.has(row.data, "quantity"), settings.first), over=over)


def _products_own(data: Mapping[str, Any], columns: Columns) -> dict[str, Any]:
    """The cells of a first row that hold for each of its variants."""
    named = columns.named(tuple(data))
    own = {named[name] for name in _OF_THE_PRODUCT if name in named}
    return {
        key: value
        for key, value in data.items()
        if value and (key in own or "metafields" in key or key.startswith("Google"))
    }


def _values(cells: Cells, product: _Product, counted: bool, first: bool) -> dict[str, Any]:
    parent = product.cells
    options = [cells[name] for name in ("option1", "option2", "option3") if cells[name]]
    if options == ["Default Title"]:
        options = []
    whole = first or not options
    return {
        **dict.fromkeys(_NAMES),
        "product_id": _id(cells, product.handle, [] if whole else options, first),
        "name": parent["title"] + ("" if whole else f" - {' / '.join(options)}"),
        "unit_price": cells["price"],
        "unit_price_original": cells["before"] if cells["before"].strip("0.,") else "",
        "description": parent["body"],
        "image_url": cells["variant_image"] or product.image,
        "availability": _availability(cells, counted),
        "category": paths(parent["type"], "\0") or paths(parent["category"], "\0"),
        "tag": several(parent["tags"]),
        "brand": parent["vendor"],
        "handle": product.handle,
    }


def _id(cells: Cells, handle: str, options: list[str], first: bool) -> str:
    """The variant's SKU; spreadsheets are kept from reading it as a number by a `'` before it."""
    sku = cells["sku"].removeprefix("'").strip()
    if sku and not first:
        return sku
    return "-".join([handle, *filter(None, map(slug, options))])


def _availability(cells: Cells, counted: bool) -> str:
    """What is not counted is for sale, and so is what sells beyond the stock; else the units, if known."""
    if not cells["tracker"] or cells["policy"].lower() == "continue":
        return "InStock"
    return cells["quantity"] if counted else ""


PRESET = Preset(SHOPIFY, read, _NAMES, ("unit_price", "unit_price_original"))
