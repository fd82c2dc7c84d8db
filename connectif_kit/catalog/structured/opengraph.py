"""Open Graph's `<meta property="og:…">` and `product:…`, and the product they describe."""

from __future__ import annotations

from typing import Any

from connectif_kit.html import Page

PREFIXES = ("og:", "product:")


def tags(page: Page) -> list[tuple[str, str]]:
    """Names with contents, in document order."""
    out = []
    for node in page.select("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name", "")
        if name.strip().lower().startswith(PREFIXES) and not node.in_template:
            out.append((name.strip().lower(), node.attributes["content"].strip()))
    return out


def thing(found: list[tuple[str, str]]) -> dict[str, Any] | None:
    """The product as schema.org would say it; nothing where there is no price and no product type."""
    first: dict[str, str] = {}
    for name, content in found:
        first.setdefault(name, content)
    price = first.get("product:price:amount", first.get("og:price:amount"))
    if price is None and first.get("og:type", "").lower() not in ("product", "og:product", "product.item"):
        return None
    out: dict[str, Any] = {"@type": "Product", "offers": _offer(first, price)}
    for key, names in _NAMES.items():
        out[key] = next((first[name] for name in names if first.get(name)), None)
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


def _offer(first: dict[str, str], price: str | None) -> dict[str, Any]:
    sale = first.get("product:sale_price:amount")
    before = first.get("product:original_price:amount", price if sale else None)
    currency = first.get("product:price:currency", first.get("og:price:currency"))
    offer: dict[str, Any] = {
        "@type": "Offer",
        "price": sale or price,
        "priceCurrency": first.get("product:sale_price:currency", currency) if sale else currency,
        "availability": first.get("product:availability", first.get("og:availability")),
    }
    if before:
        offer["priceSpecification"] = {"price": before, "priceCurrency": currency, "priceType": "ListPrice"}
    return {key: value for key, value in offer.items() if value is not None}
