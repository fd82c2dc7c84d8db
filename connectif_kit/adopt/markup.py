"""A product in a page's own markup: `data-item-*` attributes, the platform's tag, a heading and a price."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from connectif_kit.adopt.by_sight import SIMPLE, Candidate, address, by_sight
from connectif_kit.page.html import Node, Page
from connectif_kit.vocabulary.product import PRODUCT

_ID = ("id", "sku", "product-id", "code", "ref")
_NAMED = {
    "name": ("name", "title"),
    "unit_price": ("price", "unit-price", "amount"),
    "image_url": ("image", "img", "image-url", "thumbnail", "picture"),
    "description": ("description", "desc"),
    "brand": ("brand", "vendor", "manufacturer"),
    "unit_price_original": ("old-price", "original-price", "regular-price", "compare-at-price"),
}
_PREFIXES = ("data-item-", "data-product-", "data-")


def candidates(page: Page, path: str) -> Iterator[Candidate]:
    """Ways to read the page's product from its markup, the surest first."""
    yield from _own_tag(page)
    yield from _attributes(page, path)
    yield from by_sight(page, path)


def _own_tag(page: Page) -> Iterator[Candidate]:
    """The platform's tag that a theme writes by hand."""
    found = [node for node in page.select(".cn_product_visited") if not node.in_template]
    if len(found) != 1:
        return

    below = {name: node for node in found[0].descendants() for name in node.classes}
    fields = {
        field.html: {"selector": f".cn_product_visited .{field.html}"} | ({"all": True} if field.many else {})
        for field in PRODUCT.fields
        if field.html in below
    }
    if "product_id" in fields:
        name = below["name"].text.strip() if "name" in below else ""
        yield Candidate(
            "the tag cn_product_visited",
            {"selector": ".cn_product_visited", "fields": fields},
            name,
            below["product_id"].text.strip(),
        )


def _attributes(page: Page, path: str) -> Iterator[Candidate]:
    """Elements that hold a product's id, name and price in attributes with one prefix."""
    for prefix in _PREFIXES:
        for key in _ID:
            found = [node for node in page.select(f"[{prefix}{key}]") if _is_whole(node, prefix)]
            if found and (made := _from_attributes(page, path, found, prefix, key)):
                yield made
                return


def _is_whole(node: Node, prefix: str) -> bool:
    name, price = (any(prefix + word in node.attributes for word in _NAMED[field]) for field in _NEEDED)
    is_named = any(node.attributes.get(prefix + word, "").strip() for word in _NAMED["name"])
    return name and price and is_named and not node.in_template


_NEEDED = ("name", "unit_price")


def _from_attributes(page: Page, path: str, found: list[Node], prefix: str, key: str) -> Candidate | None:
    node = found[0]
    names = {each.attributes[prefix + key] for each in found}
    fields = {"product_id": key} | {
        field: word
        for field, words in _NAMED.items()
        if (word := next((w for w in words if node.attributes.get(prefix + w, "").strip()), ""))
    }
    name = node.attributes.get(prefix + fields.get("name", "name"), "")
    if len(names) > 1 and not _alike(name, _heading(page)):
        return None
    css = _selector(node, f"[{prefix}{key}]", page)
    given: dict[str, Any] = {
        field: {"selector": css, "attribute": prefix + word} for field, word in fields.items()
    }
    if not node.attributes[prefix + key].strip():
        given["product_id"] = {"page": "path"}
    if "unit_price" not in given:
        given |= _in_options(page, prefix)
    elif re.search(r"[^\d.]", node.attributes[prefix + fields["unit_price"]].strip()):
        given["unit_price"] |= {"number": "auto"}
    source = {"selector": css, "fields": {**given, "url": address(page, path)}}
    return Candidate(f"attributes {prefix}*", source, name, node.attributes[prefix + key])


def _in_options(page: Page, prefix: str) -> dict[str, Any]:
    """The price of the first variant, where the button gets its own when one is chosen."""
    for word in _NAMED["unit_price"]:
        css = f"option[{prefix}{word}]"
        if page.select(css):
            return {"unit_price": {"selector": css, "attribute": prefix + word}}
    return {}


def _selector(node: Node, attribute: str, page: Page) -> str:
    """The element by its attribute; within `main` where others stand before it."""
    words = [name for name in node.classes if SIMPLE.fullmatch(name) and "cart" in name]
    css = f".{words[0]}{attribute}" if words else attribute
    for each in (css, f"main {css}"):
        found = page.select(each)
        if found and found[0] is node:
            return each
    return css


def _heading(page: Page) -> str:
    found = page.select("h1") or page.select("title")
    return found[0].text if found else ""


def _alike(one: str, other: str) -> bool:
    first, second = (" ".join(text.split()).casefold() for text in (one, other))
    return bool(first and second) and (first in second or second in first)


def is_of(candidate: Candidate, page: Page) -> bool:
    """Whether the page's heading or title names the candidate's product, so that the page shows it."""
    titles = [node.text for node in page.select("h1, title")]
    # Themes that keep `h1` for the shop's name call the product in a lesser heading, word for word.
    lesser = [node.text.strip() for node in page.select("h2, h3") if not node.in_template]
    return any(_alike(candidate.name, title) for title in titles) or candidate.name.strip() in lesser
