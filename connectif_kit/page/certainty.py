"""Whether an element is surely meant as a tag: nothing is changed in a page where it is not.

Other people's sites have classes such as `cn-cart` and `cn_login` of their own. A likeness says
nothing; properties of the platform's inside do, or an integration on the page beside an element that
holds nothing for visitors.
"""

from __future__ import annotations

import re

from connectif_kit.core.patterns import lazily
from connectif_kit.page.html import Node
from connectif_kit.page.integration import Integration
from connectif_kit.page.tags import TagOccurrence, parts_of
from connectif_kit.vocabulary.kinds import URL
from connectif_kit.vocabulary.model import Tag

_HIDING = lazily(r"(?:^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_HIDING_CLASSES = {"hidden", "hide", "d-none", "is-hidden", "invisible", "sr-only", "visually-hidden"}
_PLAIN = {"class", "data-field-list"}
_FOR_VISITORS = {
    *("a", "audio", "button", "canvas", "details", "dialog", "embed", "fieldset", "form", "iframe", "img"),
    *("input", "label", "map", "menu", "nav", "object", "option", "picture", "select", "svg", "textarea"),
    "video",
}


def speaks_of(tag: Tag, node: Node) -> bool:
    """Whether an element holds what only a tag's properties are called: two of them, or all there are.

    One at least must be required and no everyday word, as `name`, `url` and `email` are.
    """
    if tag.entity is None:
        return False
    named = {value.name for part in parts_of(tag, node)[:1] for value in part.values if value.field}
    required = {field.html for field in tag.entity.fields if field.required}
    own = {name for name in named & required if "_" in name}
    return bool(own) and len(named) >= min(2, len(tag.entity.fields))


def is_meant(there: Integration, tag: Tag, node: Node) -> bool:
    """Whether an element can be nothing but this tag."""
    return speaks_of(tag, node) or (there.is_integrated and is_inert(node))


def is_inert(node: Node) -> bool:
    """Whether an element holds nothing that visitors could see or use."""
    if node.tag in _FOR_VISITORS or any(below.tag in _FOR_VISITORS for below in node.descendants()):
        return False
    return is_hidden(node) or not node.text.strip()


def is_hidden(node: Node) -> bool:
    """Whether an element is kept from being seen, by its own markup or that of one around it."""
    return any(map(_hides, (node, *node.near())))


def _hides(node: Node) -> bool:
    return hides(node) or not _HIDING_CLASSES.isdisjoint(node.classes)


def hides(node: Node) -> bool:
    """Whether an element's own markup keeps it, and what is in it, from being seen."""
    if "hidden" in node.attributes or node.tag in ("head", "script", "template"):
        return True
    return bool(_HIDING.search(node.attributes.get("style", "")))


def may_be_rewritten(there: Integration, use: TagOccurrence) -> bool:
    """Whether values of a tag may be changed: it is surely one, no visitor sees it, and it is nobody's data.

    What stands between our marks is not: `inject` writes it, and would find it edited.
    """
    if use.tag.personal or there.is_ours(use.node):
        return False
    return is_hidden(use.node) and is_meant(there, use.tag, use.node)


def is_bare_data(use: TagOccurrence) -> bool:
    """Whether a tag is nothing but its properties, raw addresses among them: no visitor was to read that."""
    if use.tag.entity is None or not speaks_of(use.tag, use.node):
        return False
    known = {id(value.node) for value in use.values if value.field} | {id(part.node) for part in use.parts}
    bare = all(id(node) in known and node.attributes.keys() <= _PLAIN for node in use.node.descendants())
    return bare and any(value.field and value.field.kind is URL and value.text for value in use.values)


def is_used_elsewhere(there: Integration, css_class: str) -> bool:
    """Whether a style sheet or a script of the page names a class: changing it would break them."""
    return any(css_class in node.text for node in there.page.called(("style", "script")))
