"""RDFa Lite 1.1 in schema.org's vocabulary: `vocab`, `typeof`, `property`, `resource`, `prefix`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from connectif_kit.catalog.structured.microdata import MAX_DEPTH, Link, add, joined, plain, short
from connectif_kit.page.html import Node, Page

MAX_ANCESTORS = 200

_OURS = re.compile(r"https?://(www\.)?schema\.org/?")


def things(page: Page, base: str) -> list[dict[str, Any]]:
    """The typed elements that are not a property of another one, in document order."""
    nodes = [node for node in page.select("[typeof]") if not node.in_template and _types(node)]
    return [_thing(node, base, MAX_DEPTH) for node in nodes if not _owned(node)]


def _owned(node: Node) -> bool:
    """Whether an item is a property of an item around it."""
    named = "property" in node.attributes or _related(node)
    for each in islice(node.ancestors(), MAX_ANCESTORS):
        if "typeof" in each.attributes:
            return named
        named = named or _related(each)
    return False


def _related(node: Node) -> bool:
    return bool(_names(node, node.attributes.get("rel", "")))


def _thing(node: Node, base: str, depth: int) -> dict[str, Any]:
    out: dict[str, Any] = {"@type": _types(node)}
    about = node.attributes.get("resource", node.attributes.get("about"))
    if about:
        out["@id"] = joined(base, about)
    if depth == 0:
        return out
    for each, words in _properties(node):
        typed = "typeof" in each.attributes
        value = _thing(each, base, depth - 1) if typed else _plain(each, base)
        for name in _names(each, words):
            add(out, name, value, each)
    return out


def _properties(item: Node) -> Iterator[tuple[Node, str]]:
    """The elements that are properties of an item, with their names: by `property`, or by a `rel` around."""
    waiting = [(node, "") for node in item.children[::-1]]
    while waiting:
        node, around = waiting.pop()
        typed = "typeof" in node.attributes
        names = node.attributes.get("property", "")
        related = node.attributes.get("rel", "") if _names(node, node.attributes.get("rel", "")) else around
        if names or (typed and related):
            yield node, names or related
        if not typed:
            waiting += [(child, related) for child in node.children[::-1]]


def _plain(node: Node, base: str) -> str:
    attributes = node.attributes
    if "content" not in attributes:
        for name in ("resource", "href", "src"):
            if name in attributes:
                return Link.of(joined(base, attributes[name]), node)
    return plain(node, base)


def _types(node: Node) -> list[str]:
    return _names(node, node.attributes.get("typeof", ""))


def _names(node: Node, words: str) -> list[str]:
    """The words that are schema.org's, short."""
    vocabulary, prefixes = _around(node)
    names = []
    for word in words.split():
        prefix, colon, rest = word.partition(":")
        if short(word) != word:
            names.append(short(word))
        elif colon and _OURS.fullmatch(prefixes.get(prefix, "")):
            names.append(rest)
        elif not colon and _OURS.fullmatch(vocabulary):
            names.append(word)
    return names


def _around(node: Node) -> tuple[str, dict[str, str]]:
    """The vocabulary that holds at an element, and the prefixes declared around it."""
    vocabulary, prefixes = "", dict[str, str]()
    for each in (node, *islice(node.ancestors(), MAX_ANCESTORS)):
        vocabulary = vocabulary or each.attributes.get("vocab", "")
        if "prefix" in each.attributes:
            words = each.attributes["prefix"].split()
            declared = {
                name.rstrip(":"): address for name, address in zip(words[::2], words[1::2], strict=False)
            }
            prefixes = declared | prefixes
    return vocabulary, prefixes
