"""Microdata (`itemscope`, `itemprop`) as the HTML standard reads it, and `content` on any element.

A price that is struck out (`<del>`, `<s>`) stands under `@struck`: it is what the product cost before.
What a page shows beside the `content` of a price stands under `@shown`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from connectif_kit.page.html import Node, Page
from connectif_kit.page.html.reading import STRUCK, numeral_text, reader_text, without_struck

MAX_DEPTH = 20
MAX_PROPERTIES = 200_000

_ADDRESSES = {
    **dict.fromkeys(("audio", "embed", "iframe", "img", "source", "track", "video"), "src"),
    **dict.fromkeys(("a", "area", "link"), "href"),
    "object": "data",
}
_VALUES = {"data": "value", "meter": "value", "time": "datetime", "meta": "content"}


def things(page: Page, base: str) -> list[dict[str, Any]]:
    """The items that are not a property of another one, in document order; addresses made absolute."""
    nodes = [node for node in page.select("[itemscope]") if not node.in_template]
    reader = _Reader(base, _referred(page) if any("itemref" in node.attributes for node in nodes) else {})
    return [reader.thing(node, MAX_DEPTH) for node in nodes if "itemprop" not in node.attributes]


def _referred(page: Page) -> dict[str, Node]:
    ids: dict[str, Node] = {}
    for node in page.select("[id]"):
        ids.setdefault(node.attributes["id"], node)
    return ids


class _Reader:
    """Reads a page's items; `left` bounds what references between items may multiply to."""

    def __init__(self, base: str, ids: dict[str, Node]) -> None:
        self.base = base
        self.ids = ids
        self.left = MAX_PROPERTIES

    def thing(self, item: Node, depth: int) -> dict[str, Any]:
        types = [short(name) for name in item.attributes.get("itemtype", "").split()]
        out: dict[str, Any] = {"@type": types} if types else {}
        if "itemid" in item.attributes:
            out["@id"] = joined(self.base, item.attributes["itemid"])
        if depth == 0:
            return out
        for node in self.properties(item):
            typed = "itemscope" in node.attributes
            value = self.thing(node, depth - 1) if typed else plain(node, self.base)
            for name in node.attributes["itemprop"].split():
                add(out, short(name), value, node)
        return out

    def properties(self, item: Node) -> Iterator[Node]:
        """The elements that are properties of an item: below it, or where `itemref` points."""
        referred = [self.ids[name] for name in item.attributes.get("itemref", "").split() if name in self.ids]
        waiting = [*referred[::-1], *item.children[::-1]]
        seen = {id(item)}
        while waiting and self.left:
            self.left -= 1
            node = waiting.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if node.attributes.get("itemprop"):
                yield node
            if "itemscope" not in node.attributes:
                waiting += node.children[::-1]


PRICES = ("price", "lowPrice", "highPrice")


class Link(str):
    """An address, with the text or the picture's description that a reader sees in its place."""

    text: str

    @classmethod
    def of(cls, address: str, node: Node) -> Link:
        """An element's address and what it shows."""
        link = cls(address)
        pictures = (each for each in (node, *node.descendants()) if each.tag == "img")
        alt = next((found for each in pictures if (found := each.attributes.get("alt", "").strip())), "")
        link.text = reader_text(node) or alt
        return link


def add(out: dict[str, Any], name: str, value: Any, node: Node) -> None:
    """Put a property's value to the others of its name; prices as numbers, struck ones apart."""
    if name in PRICES and type(value) is str and _written(node):
        value = without_struck(node)
        if not value or any(each.tag in STRUCK for each in (node, *islice(node.ancestors(), MAX_DEPTH))):
            out.setdefault("@struck", []).append(numeral_text(node))
            return
    elif name == "price" and type(value) is str and node.tag != "meta":
        out.setdefault("@shown", []).append(without_struck(node))
    out.setdefault(name, []).append(value)


def _written(node: Node) -> bool:
    """Whether an element's value is its text."""
    return "content" not in node.attributes and _VALUES.get(node.tag, "content") not in node.attributes


def plain(node: Node, base: str) -> str:
    """The value of an element that is a property."""
    attributes = node.attributes
    if attributes.get("content") is not None:
        return attributes["content"].strip()
    address = _ADDRESSES.get(node.tag)
    if address:
        return Link.of(joined(base, attributes.get(address, "")), node)
    given = attributes.get(_VALUES.get(node.tag, ""))
    return reader_text(node) if given is None else given.strip()


def joined(base: str, address: str) -> str:
    """An address made absolute; one that is not an address stays."""
    if _PLAIN_ADDRESS(address):  # as most are written, and a tenth of the time
        return address
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address.strip()


def short(name: str) -> str:
    """`https://schema.org/name`, `HTTP://www.schema.org/name/` and `schema:name` → `name`."""
    return _VOCABULARY("", name.strip()).rstrip("/")


_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9.-]+/[A-Za-z0-9._~/-]*").fullmatch
_VOCABULARY = re.compile(r"^(https?://(www\.)?schema\.org[/#]|schema:)", re.IGNORECASE).sub
