"""Open Graph's `<meta property="og:…">` and `product:…`, and the product they describe."""

from __future__ import annotations

import re
from typing import Any

from connectif_kit.page.html import Page

PREFIXES = ("og:", "product:")
PRODUCT_TYPES = ("product", "og:product", "product.item")


def tags(page: Page) -> list[tuple[str, str]]:
    """Names with contents, in document order."""
    out = []
    for node in page.select("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name", "")
        if name.strip().lower().startswith(PREFIXES) and not node.in_template:
            out.append((name.strip().lower(), node.attributes["content"].strip()))
    return out


def thing(found: list[tuple[str, str]], heading: str = "") -> dict[str, Any] | None:
    """The product as schema.org would say it; nothing where there is no price and no product type.

    `heading` is the page's own, by which a title that ends with the shop's name is known.
    """
    every: dict[str, list[str]] = {}
    for name, content in found:
        if content:
            every.setdefault(name, []).append(content)
    first = {name: contents[0] for name, contents in every.items()}
    offers = _offers(every, first)
    if not offers and first.get("og:type", "").lower() not in PRODUCT_TYPES:
        return None
    out: dict[str, Any] = {"@type": "Product", "offers": offers or [_offer(first)]}
    for key, names in _NAMES.items():
        out[key] = next((first[name] for name in names if first.get(name)), None)
    if out["name"]:
        out["name"] = _without_site(out["name"], first.get("og:site_name", ""), heading)
    return {key: value for key, value in out.items() if value is not None}


_NAMES = {
    "sku": ("product:retailer_item_id", "product:retailer_part_no", "product:sku"),
    "name": ("og:title",),
    "url": ("og:url",),
    "image": ("og:image:secure_url", "og:image", "og:image:url"),
    "description": ("og:description",),
    "brand": ("product:brand", "og:brand"),
    "category": ("product:category",),
}
_BETWEEN = r"\s*(?:[|·•:»›—–~]|\s-\s|<|>)\s*"


def _without_site(title: str, site: str, heading: str) -> str:
    """`Lamp | Shop` without the shop's name at its end or beginning."""
    if site:
        name = re.escape(site)
        shorter = re.sub(rf"{_BETWEEN}{name}\s*$|^\s*{name}{_BETWEEN}", "", title, flags=re.IGNORECASE)
        return shorter.strip() or title
    begins = heading and title.casefold().startswith(heading.casefold())
    return title[: len(heading)] if begins and re.match(_BETWEEN, title[len(heading) :]) else title


def _offers(every: dict[str, list[str]], first: dict[str, str]) -> list[dict[str, Any]]:
    """An offer for each price: Open Graph repeats amount and currency where a shop has several."""
    for space in ("product", "og"):
        prices = every.get(f"{space}:price:amount", [])
        money = every.get(f"{space}:price:currency", [])
        if len(prices) > 1 and len(prices) == len(money):
            pairs = zip(prices, money, strict=True)
            return [
                _offer(first | {f"{space}:price:amount": p, f"{space}:price:currency": m}) for p, m in pairs
            ]
    prices = [text for name in _PRICES for text in every.get(name, [])]
    if not prices:
        return [_offer(first)] if _SALE in first else []
    return [{**_offer(first), "price": prices}]


_SALE = "product:sale_price:amount"
_PRICES = ("product:price:amount", "og:price:amount")
_BEFORE = (
    "product:original_price:amount",
    "product:price:standard_amount",
    "og:price:standard_amount",
    "og:original_price:amount",
)


def _offer(first: dict[str, str]) -> dict[str, Any]:
    price = first.get("product:price:amount", first.get("og:price:amount"))
    currency = first.get("product:price:currency", first.get("og:price:currency"))
    before = next((first[name] for name in _BEFORE if name in first), price if _SALE in first else None)
    specified: list[dict[str, Any]] = []
    if _SALE in first:
        specified.append(_sale(first, currency))
    if before:
        specified.append({"price": before, "priceCurrency": currency, "priceType": "ListPrice"})
    offer = {
        "@type": "Offer",
        "price": price,
        "priceCurrency": currency,
        "availability": first.get("product:availability", first.get("og:availability")),
        "itemCondition": _condition(first.get("product:condition", "")),
        "priceSpecification": specified or None,
    }
    return {key: value for key, value in offer.items() if value is not None}


def _sale(first: dict[str, str], currency: str | None) -> dict[str, Any]:
    """Facebook's reduced price, with its days, in schema.org's form."""
    return {
        "price": first[_SALE],
        "priceCurrency": first.get("product:sale_price:currency", currency),
        "priceType": "SalePrice",
        "validFrom": first.get("product:sale_price_dates:start"),
        "validThrough": first.get("product:sale_price_dates:end"),
    }


def _condition(text: str) -> str | None:
    """Facebook's word for the condition in schema.org's form."""
    return text.strip().capitalize() or None
