"""PrestaShop: prices may be without taxes, and a discount stands beside them.

https://docs.prestashop-project.org/1-6-documentation/english-documentation/user-guide/managing-the-catalog/importing-products
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from connectif_kit.catalog.convert import number
from connectif_kit.catalog.currencies import codes_in
from connectif_kit.catalog.presets import (
    Cells,
    Columns,
    Preset,
    Settings,
    made,
    on,
    paths,
    refused,
    rows_of,
    several,
)
from connectif_kit.catalog.row import Row
from connectif_kit.vocabulary.shop_exports import PRESTASHOP

_NAMES = (
    *("product_id", "name", "unit_price", "unit_price_original", "unit_price_without_vat", "description"),
    *("image_url", "availability", "category", "tag", "brand", "published_at"),
)
_NO = ("0", "false", "no")
_CENT = Decimal("0.01")
_NET_ONLY = "its price is without taxes, and the plan does not say what they are"
_HINT = "add to `catalog` a percentage, `vat: 21`; by tax rule, `vat: {1: 21, 2: 10}`; or none, `vat: 0`"


class _Unpriced(Exception):  # noqa: N818 - it carries a row's complaint to the row
    """Why a row has no price that can be trusted."""


def read(rows: Iterator[Row], settings: Settings) -> Iterator[Row]:
    """A row for each product that is active."""
    columns = Columns(PRESTASHOP)
    for row, usable in rows_of(rows, columns):
        if not usable:
            yield row
            continue
        cells = columns.cells(row.data)
        if cells["active"].lower() in _NO:
            settings.left_out["drafts and unpublished products"] += 1
            continue
        try:
            yield made(row, _values(cells, settings))
        except _Unpriced as why:
            yield refused(row.place, str(why), _HINT if str(why) == _NET_ONLY else "")


def _values(cells: Cells, settings: Settings) -> dict[str, Any]:
    images = several(cells["images"])
    return {
        **dict.fromkeys(_NAMES),
        **_prices(cells, settings),
        **_currency(cells),
        "product_id": cells["id"],
        "name": cells["name"],
        "description": cells["body"] or cells["short"],
        "image_url": images[0] if images else "",
        "availability": _availability(cells),
        "category": paths(cells["categories"], ",", "/"),
        "tag": several(cells["tags"]),
        "brand": cells["brand"],
        "published_at": "" if cells["created"].startswith("0000") else cells["created"],
        "id": cells["id"],
        "rewrite": cells["rewrite"],
        "reference": cells["reference"],
    }


def _prices(cells: Cells, settings: Settings) -> dict[str, str]:
    """With taxes, after the discount that counts today, and before it."""
    if not (cells["net"] or cells["gross"]):
        return {}
    net = _amount(cells["net"]) if cells["net"] else None
    full = _amount(cells["gross"]) if cells["gross"] else _with_tax(net, cells["tax_rule"], settings.vat)
    now = _reduced(full, cells, settings)
    found = {"unit_price": str(now)}
    if now < full:
        found["unit_price_original"] = str(full)
    elif net is not None:
        found["unit_price_without_vat"] = str(net)
    return found


def _currency(cells: Cells) -> dict[str, str]:
    """What a price is in, where its cell says so: the numbers that are made of it do not."""
    told = next((text for text in (cells["gross"], cells["net"]) if codes_in(text)), "")
    return {"currency": told} if told else {}


def _with_tax(net: Decimal | None, rule: str, vat: Decimal | Mapping[str, Decimal] | None) -> Decimal:
    rate = vat.get(rule) if isinstance(vat, Mapping) else vat
    if net is None or rate is None:
        known = isinstance(vat, Mapping)
        raise _Unpriced(f"the plan's `vat` has no tax rule `{rule}`" if known else _NET_ONLY)
    return (net * (100 + rate) / 100).quantize(_CENT, ROUND_HALF_UP)


def _reduced(full: Decimal, cells: Cells, settings: Settings) -> Decimal:
    if not on(settings.today, _open(cells["discount_from"]), _open(cells["discount_to"])):
        return full
    amount = _amount(cells["discount"]) if cells["discount"] else Decimal(0)
    percent = _amount(cells["percent"].rstrip("% ")) if cells["percent"] else Decimal(0)
    now = (full * (100 - percent) / 100 - amount).quantize(_CENT, ROUND_HALF_UP)
    if now < 0:
        raise _Unpriced(f"its discount is more than its price, {full}")
    return now if amount or percent else full


def _open(day: str) -> str:
    return "" if day.startswith("0000") else day


def _amount(text: str) -> Decimal:
    plain = number(text)
    if not plain:
        raise _Unpriced(f"`{text[:40]}` is not an amount that can be read in one way")
    return Decimal(plain)


def _availability(cells: Cells) -> str:
    """`1` as the action without stock takes orders all the same; `2` is the shop's default, which denies."""
    if cells["orderable"].lower() in _NO:
        return "OutOfStock"
    if cells["out_of_stock"] == "1":
        return "InStock"
    return cells["quantity"]


PRESET = Preset(PRESTASHOP, read, _NAMES)
