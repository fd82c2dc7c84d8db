"""A product in a page's own markup: `data-item-*` attributes, the platform's tag, a heading and a price."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from connectif_kit.adopt.words import TO_CART
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
_PRICE = re.compile(r"\d")
_SIMPLE = re.compile(r"[A-Za-z][\w-]*")


class Candidate(NamedTuple):
    """A way to read a page's product: a source as plans write it, and what its product is called there."""

    how: str
    source: dict[str, Any]
    name: str
    identity: str


def candidates(page: Page) -> Iterator[Candidate]:
    """Ways to read the page's product from its markup, the surest first."""
    yield from _own_tag(page)
    yield from _attributes(page)
    yield from _plain(page)


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


def _attributes(page: Page) -> Iterator[Candidate]:
    """Elements that hold a product's id, name and price in attributes with one prefix."""
    for prefix in _PREFIXES:
        for key in _ID:
            found = [node for node in page.select(f"[{prefix}{key}]") if _is_whole(node, prefix)]
            if found and (made := _from_attributes(page, found, prefix, key)):
                yield made
                return


def _is_whole(node: Node, prefix: str) -> bool:
    name, price = (any(prefix + word in node.attributes for word in _NAMED[field]) for field in _NEEDED)
    is_named = any(node.attributes.get(prefix + word, "").strip() for word in _NAMED["name"])
    return name and price and is_named and not node.in_template


_NEEDED = ("name", "unit_price")


def _from_attributes(page: Page, found: list[Node], prefix: str, key: str) -> Candidate | None:
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
    source = {"selector": css, "fields": {**given, "url": _address(page)}}
    return Candidate(f"attributes {prefix}*", source, name, node.attributes[prefix + key])


def _in_options(page: Page, prefix: str) -> dict[str, Any]:
    """The price of the first variant, where the button gets its own when one is chosen."""
    for word in _NAMED["unit_price"]:
        css = f"option[{prefix}{word}]"
        if page.select(css):
            return {"unit_price": {"selector": css, "attribute": prefix + word}}
    return {}


def _address(page: Page) -> dict[str, str]:
    css = 'link[rel="canonical"]'
    return {"selector": css, "attribute": "href"} if page.select(f"{css}[href]") else {"page": "path"}


def _selector(node: Node, attribute: str, page: Page) -> str:
    """The element by its attribute; within `main` where others stand before it."""
    words = [name for name in node.classes if _SIMPLE.fullmatch(name) and "cart" in name]
    css = f".{words[0]}{attribute}" if words else attribute
    for each in (css, f"main {css}"):
        found = page.select(each)
        if found and found[0] is node:
            return each
    return css


def _plain(page: Page) -> Iterator[Candidate]:
    """One heading, one price outside of lists, and something that puts the product into a cart."""
    found = ((each, [node for node in page.select(each) if node.text.strip()]) for each in _HEADINGS)
    heading, headings = next(((each, nodes) for each, nodes in found if len(nodes) == 1), ("", []))
    if not heading or not TO_CART.search(page.source.text):
        return
    prices = [node for node in page.select('[class*="price" i]') if _is_price(node)]
    css = next((css for node in prices[:1] for css in _by_class(node, page)), "")
    if not css:
        return
    name = headings[0].text.strip()
    fields: dict[str, Any] = {
        **_identity(page),
        "name": {"selector": heading},
        "url": _address(page),
        "unit_price": {"selector": css, "number": "auto"},
    }
    if page.select('meta[property="og:image"][content]'):
        fields["image_url"] = {"meta": "og:image"}
    yield Candidate("heading and price", {"selector": "body", "fields": fields}, name, name)


_HEADINGS = ("h1", "main h1", "article h1")
_HIDDEN_ID = 'input[name="id" i][value], input[name="sku" i][value], input[name="product_id" i][value]'


def _identity(page: Page) -> dict[str, Any]:
    for key in ("data-product-id", "data-sku", "data-id", "data-product"):
        if len({node.attributes[key] for node in page.select(f"[{key}]")}) == 1:
            return {"product_id": {"selector": f"[{key}]", "attribute": key}}
    if len(page.select(_HIDDEN_ID)) == 1:
        name = page.select(_HIDDEN_ID)[0].attributes["name"]
        return {"product_id": {"selector": f'input[name="{name}"]', "attribute": "value"}}
    return {"product_id": {"page": "path"}}


def _is_price(node: Node) -> bool:
    text = node.text.strip()
    if not (_PRICE.search(text) and len(text) < 40) or node.in_template or node.tag in ("form", "input"):
        return False
    return not any(above.tag in ("nav", "header", "footer", "aside", "li") for above in node.near())


def _by_class(node: Node, page: Page) -> Iterator[str]:
    """Selectors of a class of its own: the only such element, or the first of many with one text."""
    for name in node.classes:
        if "price" in name.lower() and _SIMPLE.fullmatch(name):
            found = page.select(f".{name}")
            if found[0] is node and (len(found) == 1 or len({each.text.strip() for each in found}) == 1):
                yield f".{name}"


def _heading(page: Page) -> str:
    found = page.select("h1") or page.select("title")
    return found[0].text if found else ""


def _alike(one: str, other: str) -> bool:
    first, second = (" ".join(text.split()).casefold() for text in (one, other))
    return bool(first and second) and (first in second or second in first)


def is_of(candidate: Candidate, page: Page) -> bool:
    """Whether the page's heading or title names the candidate's product, so that the page shows it."""
    titles = [node.text for node in page.select("h1, title")]
    return any(_alike(candidate.name, title) for title in titles)
