"""Pages with a product's structured data, and what the catalogue makes of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from connectif_kit.catalog.found import Found
from connectif_kit.catalog.pages import product_on
from connectif_kit.core.diagnostics import Severity
from connectif_kit.page.html import decode, parse
from connectif_kit.plan.models import Plan

STORE = {
    "id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11",
    "environment": "eu5",
    "url": "https://shop.example",
    "currency": "EUR",
    "language": "es",
}
URL = "https://shop.example/p/vase/"


def page(body: str, formats: Any = "json-ld", url: str = URL, **store: str) -> Found:
    plan = Plan.model_validate({"store": STORE | store})
    tree = parse(decode("p/vase/index.html", f"<!doctype html><title>x</title>{body}".encode()))
    return product_on(tree, formats, plan, url)


def script(data: Any) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


def product(**more: Any) -> dict[str, Any]:
    offer = {"@type": "Offer", "price": "30.00", "priceCurrency": "EUR"}
    return {"@type": "Product", "sku": "v-1", "name": "Vase", "offers": offer} | more


def offer(**more: Any) -> dict[str, Any]:
    return {"@type": "Offer", "priceCurrency": "EUR"} | more


def spec(price: str, **more: Any) -> dict[str, Any]:
    return {"@type": "UnitPriceSpecification", "price": price, "priceCurrency": "EUR"} | more


def item(offers: str, more: str = "") -> str:
    return (
        '<div itemscope itemtype="https://schema.org/Product">'
        "<b itemprop=sku>v-1</b><h1 itemprop=name>Vase</h1>"
        f'{more}<div itemprop=offers itemscope itemtype="https://schema.org/Offer">{offers}</div></div>'
    )


def og(**tags: str) -> str:
    names = {"og:type": "product", "og:title": "Vase", "product:retailer_item_id": "v-1"}
    names |= {name.replace("__", ":"): content for name, content in tags.items()}
    return "".join(f'<meta property="{name}" content="{content}">' for name, content in names.items())


def told(found: Found, name: str) -> bool:
    return any(d.element in (name, "") and d.severity is not Severity.NOTICE for d in found.diagnostics)


def values(found: Found, *names: str) -> list[Any]:
    record: dict[str, Any] = dict(found.record or {})
    return [record.get(name) for name in names]


def named(cases: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Cases that are named by their first item."""
    return [pytest.param(*rest, id=name) for name, *rest in cases]


MONTHLY = spec("5.00", billingDuration="P1M", billingIncrement=1)
