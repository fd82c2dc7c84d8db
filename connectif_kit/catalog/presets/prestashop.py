"""PrestaShop: prices may be without taxes, and a discount stands beside them.

https://docs.prestashop-project.org/1-6-documentation/english-documentation/user-guide/managing-the-catalog/importing-products
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from connectif_kit.catalog.convert import number, slug
from connectif_kit.catalog.currencies import codes_in
from connectif_kit.catalog.presets import (
    NO_DAY_HINT,
    Cells,
    Columns,
    NoDay,
    Preset,
    Settings,
    made,
    on,
    paths,
    refused,
    rows_of,
    several,
)
from connectif_kit.catalog.presets.combinations import Combination, Combinations, default_of
from connectif_kit.catalog.row import Row, bad
from connectif_kit.catalog.structured.breadcrumbs import STARTS
from connectif_kit.core.diagnostics import Severity
from connectif_kit.vocabulary.shop_exports import PRESTASHOP

_NAMES = (
    *("product_id", "name", "unit_price", "unit_price_original", "unit_price_without_vat", "description"),
    *("image_url", "availability", "category", "tag", "brand", "published_at"),
)
_NO = ("0", "false", "no")
_CENT = Decimal("0.01")
_NET_ONLY = "its price is without taxes, and the plan does not say what they are"
_HINT = "add to `catalog` a percentage, `vat: 21`; by tax rule, `vat: {1: 21, 2: 10}`; or none, `vat: 0`"
_BY_NUMBER = "its categories are numbers, not names: it is written without one"
_NAMES_HINT = "export the categories' names, or say in the plan's `fields` where they stand"
_APART = "keep combinations in a file of their own, and name it in the plan: `combinations: FILE`"


class _Unpriced(Exception):  # noqa: N818 - it carries a row's complaint to the row
    """Why a row has no price that can be trusted."""


def read(rows: Iterator[Row], settings: Settings) -> Iterator[Row]:
    """A row for each product that is active, or for each of its combinations."""
    columns, combinations = Columns(PRESTASHOP), Combinations.of(settings.combinations)
    for row, usable in rows_of(rows, columns):
        if not usable:
            yield row
            continue
        cells = columns.cells(row.data)
        if cells["value"]:
            yield refused(row.place, "a combination stands among the products", _APART)
            continue
        variants = combinations.take(cells["id"], cells["reference"])
        if cells["active"].lower() in _NO:
            settings.left_out["drafts and unpublished products"] += max(len(variants), 1)
        elif variants and settings.first:
            yield _shown(row, cells, variants, settings)
        elif variants:
            yield from (_variant(row, cells, each, settings) for each in variants)
        else:
            yield _row(row, cells, settings)
    yield from combinations.rest()


def _row(row: Row, cells: Cells, settings: Settings, over: Mapping[str, Any] | None = None) -> Row:
    """A product's row, with `over` in place of some of its values."""
    if row.problem is None and cells["categories"] and _numbers(cells["categories"]):
        row = row._replace(problem=bad(row.place, _BY_NUMBER, _NAMES_HINT, Severity.WARNING))
    try:
        return made(row, {**_values(cells, settings), **(over or {})})
    except NoDay as why:
        return refused(row.place, str(why), NO_DAY_HINT)
    except _Unpriced as why:
        return refused(row.place, str(why), _HINT if str(why) == _NET_ONLY else "")


def _variant(row: Row, cells: Cells, variant: Combination, settings: Settings) -> Row:
    """A combination, with what is its product's."""
    if variant.unclear:
        return refused(variant.place, variant.unclear, "each attribute has its own value: `Blue:0, 16GB:1`")
    own = {
        "impact": variant.cells["impact"],
        "quantity": variant.cells["quantity"],
        "images": variant.cells["images"] or cells["images"],
    }
    name = f"{cells['name']} - {' / '.join(variant.values)}"
    product_id = variant.cells["reference"] or "-".join([cells["id"], *map(slug, variant.values)])
    return _row(
        row._replace(place=variant.place),
        {**cells, **own},
        settings,
        {"name": name, "product_id": product_id},
    )


def _shown(row: Row, cells: Cells, variants: list[Combination], settings: Settings) -> Row:
    """A product with the price of the combination that its page shows first; in stock if one of them is."""
    settings.left_out["further variants"] += len(variants) - 1
    shown = default_of(variants)
    if shown is None:
        message = "several of its combinations are the default one, at different prices"
        return refused(row.place, message, "leave one default in PrestaShop, or take `variants: each`")
    counts = [each.cells["quantity"] for each in variants]
    own = {"impact": shown.cells["impact"], "quantity": max(counts, key=_units) if all(counts) else ""}
    return _row(row, {**cells, **own}, settings)


def _units(text: str) -> int:
    plain = number(text)
    return int(Decimal(plain)) if plain else 0


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
        "category": _categories(cells["categories"]),
        "tag": several(cells["tags"]),
        "brand": cells["brand"],
        "published_at": "" if cells["created"].startswith("0000") else cells["created"],
        "id": cells["id"],
        "rewrite": cells["rewrite"],
        "reference": cells["reference"],
    }


def _numbers(text: str) -> bool:
    """Whether categories are named by their numbers: PrestaShop's import takes both."""
    return all(each.isdecimal() for each in several(text))


def _categories(text: str) -> list[str]:
    """Paths below the shop's root, which is a category in PrestaShop: `Home`, `Inicio`."""
    if _numbers(text):
        return []
    found = paths(text, ",", "/")
    bare = (each[len(top) + 1 :] if (top := each.split("/")[1]).lower() in STARTS else each for each in found)
    return [each for each in bare if each]


def _prices(cells: Cells, settings: Settings) -> dict[str, str]:
    """With taxes, after the discount that counts today, and before it."""
    if not (cells["net"] or cells["gross"]):
        return {}
    net, full = _undiscounted(cells, settings)
    now = _reduced(full, cells, settings)
    found = {"unit_price": str(now)}
    if now < full:
        found["unit_price_original"] = str(full)
    elif net is not None:
        found["unit_price_without_vat"] = str(net)
    return found


def _undiscounted(cells: Cells, settings: Settings) -> tuple[Decimal | None, Decimal]:
    """The price without and with taxes; a combination's impact on it is without."""
    impact = _amount(cells.get("impact", "").removeprefix("+") or "0")
    net = _amount(cells["net"]) + impact if cells["net"] else None
    if not cells["gross"]:
        full = _with_tax(net, cells["tax_rule"], settings.vat)
    elif impact:
        full = _amount(cells["gross"]) + _with_tax(impact, cells["tax_rule"], settings.vat)
    else:
        full = _amount(cells["gross"])
    if full < 0:
        raise _Unpriced(f"its combination takes {-impact} off a price that is lower")
    return net, full


def _currency(cells: Cells) -> dict[str, str]:
    """What a price is in, where its cell says so: the numbers that are made of it do not."""
    reported = next((text for text in (cells["gross"], cells["net"]) if codes_in(text)), "")
    return {"currency": reported} if reported else {}


def _with_tax(net: Decimal | None, rule: str, vat: Decimal | Mapping[str, Decimal] | None) -> Decimal:
    rate = vat.get(rule) if isinstance(vat, Mapping) else vat
    if net is None or rate is None:
        known = isinstance(vat, Mapping)
        raise _Unpriced(f"the plan's `vat` has no tax rule `{rule}`" if known else _NET_ONLY)
    return (net * (100 + rate) / 100).quantize(_CENT, ROUND_HALF_UP)


def _reduced(full: Decimal, cells: Cells, settings: Settings) -> Decimal:
    if not (cells["discount"] or cells["percent"]):
        return full
    if not on(settings.today, _open(cells["discount_from"]), _open(cells["discount_to"])):
        return full
    amount = _amount(cells["discount"]) if cells["discount"] else Decimal(0)
    percent = _amount(cells["percent"].rstrip("% ")) if cells["percent"] else Decimal(0)
    if amount < 0 or percent < 0:
        raise _Unpriced(f"its discount is negative: {min(amount, percent)}")
    # PrestaShop has one discount: where an export says both, the amount is what its import takes.
    now = (full - (amount or full * percent / 100)).quantize(_CENT, ROUND_HALF_UP)
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
