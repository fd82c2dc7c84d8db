"""What most shops write, read at once: one product, one offer, each property one text.

`product.read` understands far more, and takes five times as long; where it would have to think, nothing is
said here. That both say the same is held by tests/properties/test_plain_product.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from connectif_kit.catalog.spelling import availability

_ASKS = frozenset({"@graph", "@list", "@set", "@value", "mainEntity", "isVariantOf", "hasVariant"})
_OFFER = frozenset({
    *("@type", "@id", "price", "priceCurrency", "availability", "url", "itemCondition", "priceValidUntil"),
    *("seller", "sku", "name", "mpn", "gtin13", "shippingDetails", "hasMerchantReturnPolicy"),
})  # fmt: skip
_PRICE = re.compile(r"(?=.*[1-9])[0-9]{1,9}(?:\.[0-9]{1,2})?").fullmatch
_CURRENCY = re.compile("[A-Z]{3}").fullmatch


class PlainProduct(NamedTuple):
    """A product's texts; empty where it does not say one."""

    name: str
    price: str
    stock: str
    url: str
    sku: str
    currency: str


def product(data: Any) -> PlainProduct | None:
    """The product of one JSON-LD script; nothing where it is not as plain as that."""
    offer = data.get("offers") if type(data) is dict and data.get("@type") == "Product" else None
    if type(offer) is not dict or offer.get("@type") != "Offer" or not offer.keys() <= _OFFER:
        return None
    if not _ASKS.isdisjoint(data) or any(":" in key for key in data):
        return None
    said = [data.get("name", ""), data.get("url", ""), data.get("sku", "")]
    said += [offer.get(key, "") for key in ("price", "priceCurrency", "availability", "url")]
    if not all(type(each) is str for each in said):
        return None
    name, url, sku, price, currency, stock, offered = said
    if not _PRICE(price) or (currency and not _CURRENCY(currency)):
        return None
    address = url.strip() or offered.strip()
    return PlainProduct(
        " ".join(name.split()), price, _stock(stock), address, " ".join(sku.split()), currency
    )


def _stock(text: str) -> str:
    found = availability(text.strip())
    return found if found in ("InStock", "OutOfStock") else ""


def values(found: PlainProduct) -> Mapping[str, str]:
    """The values that a page's own tag can be held against, without the address."""
    named = {"name": found.name, "unit_price": found.price, "availability": found.stock}
    return {name: text for name, text in named.items() if text}
