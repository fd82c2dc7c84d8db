"""Products as the page tells them to search engines: JSON-LD, microdata, Open Graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from connectif_kit.audit.view import View
from connectif_kit.html import Node

_MOST = 200_000


class Told(NamedTuple):
    """One product as one kind of structured data tells it; `values` under our property names."""

    source: str
    node: Node
    values: dict[str, str]


def told(view: View) -> list[Told]:
    """The page's own product in each form that tells of exactly one; several are a list, and nobody's."""
    found: list[Told] = []
    for source, read in (("JSON-LD", _json_ld), ("microdata", _microdata), ("Open Graph", _open_graph)):
        products = [(node, values) for node, values in read(view) if values]
        if len(products) == 1:
            found.append(Told(source, *products[0]))
    return found


def _json_ld(view: View) -> Iterator[tuple[Node, dict[str, str]]]:
    if "application/ld+json" not in view.text:
        return
    for script in view.scripts:
        if script.attributes.get("type", "").strip().lower() == "application/ld+json":
            text = script.text
            if len(text) <= _MOST and "Product" in text:
                try:
                    data = json.loads(text)
                except (ValueError, RecursionError):
                    continue
                for one in _of_type(data):
                    yield script, _from_json(one)


def _of_type(data: Any) -> list[dict[str, Any]]:
    """The products at the top of a JSON-LD text or in its graph; those inside others are others."""
    top = data if isinstance(data, list) else [data]
    nodes = [node for one in top if isinstance(one, dict) for node in (one, *_list(one.get("@graph")))]
    return [node for node in nodes if isinstance(node, dict) and "Product" in _list(node.get("@type"))]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []


def _from_json(product: dict[str, Any]) -> dict[str, str]:
    offers = [offer for offer in _list(product.get("offers")) if isinstance(offer, dict)]
    offer = offers[0] if len(offers) == 1 and offers[0].get("@type") != "AggregateOffer" else {}
    raw = {
        "name": product.get("name"),
        "product_id": product.get("sku"),
        "unit_price": offer.get("price"),
        "currency": offer.get("priceCurrency"),
        "availability": offer.get("availability"),
        "url": product.get("url") or offer.get("url"),
    }
    return {
        name: str(value).strip()
        for name, value in raw.items()
        if isinstance(value, str | int | float) and value
    }


_ITEMPROPS = {
    "name": "name",
    "sku": "product_id",
    "price": "unit_price",
    "priceCurrency": "currency",
    "availability": "availability",
    "url": "url",
}


def _microdata(view: View) -> Iterator[tuple[Node, dict[str, str]]]:
    if not view.mentions("schema.org/Product"):
        return
    for item in view.page.select('[itemtype$="schema.org/Product"]'):
        if "itemprop" not in item.attributes:
            yield item, _properties(item)


def _properties(item: Node) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    waiting = item.children[::-1]
    while waiting:
        node = waiting.pop()
        for name in node.attributes.get("itemprop", "").split():
            if name in _ITEMPROPS and "itemscope" not in node.attributes:
                values.setdefault(_ITEMPROPS[name], []).append(_text(node))
        if "itemscope" not in node.attributes or "offers" in node.attributes.get("itemprop", ""):
            waiting += node.children[::-1]
    return {name: texts[0] for name, texts in values.items() if len(set(texts)) == 1 and texts[0]}


def _text(node: Node) -> str:
    for name in ("content", "href", "value"):
        if name in node.attributes:
            return node.attributes[name].strip()
    return node.text.strip()


_OPEN_GRAPH = {
    "og:title": "name",
    "og:url": "url",
    "product:price:amount": "unit_price",
    "og:price:amount": "unit_price",
    "product:price:currency": "currency",
    "og:price:currency": "currency",
    "product:availability": "availability",
    "og:availability": "availability",
}


def _open_graph(view: View) -> Iterator[tuple[Node, dict[str, str]]]:
    values: dict[str, str] = {}
    nodes = view.page.select('meta[property^="og:"], meta[property^="product:"]')
    for node in nodes:
        name = _OPEN_GRAPH.get(node.attributes["property"])
        # A title is written for readers: `Blue mug | The Shop` is no other name.
        if name and name != "name":
            values.setdefault(name, node.attributes.get("content", "").strip())
    if nodes:
        yield nodes[0], {name: value for name, value in values.items() if value}
