"""The tags of a page, field by field, as the client script reads them.

Properties are found by class, among all descendants of the tag, the first one counting; a property
inside a basket item belongs to that item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from connectif_kit.page.html import Node
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.model import Entity, Field, Tag

MOST_TAGS = 1000
MOST_VALUES = 20_000
DEEPEST_VALUE = 12
"""What a page may hold before we look no further: no shop comes near, and no page can make us slow."""

_ATTRIBUTES = ("content", "value", "data-value", "datetime", "href", "src")


class Value(NamedTuple):
    """One element that holds a property: its class name, what the vocabulary knows of it, its text."""

    name: str
    node: Node
    field: Field | None
    text: str
    """As the client takes it: without surrounding blanks."""
    inside: bool = False
    """Whether it stands inside another property's element."""

    @property
    def in_attribute(self) -> str:
        """The attribute that holds what should be the text; nothing where there is a text, or none at all."""
        if self.text:
            return ""
        return next((name for name in _ATTRIBUTES if self.node.attributes.get(name, "").strip()), "")


class Part(NamedTuple):
    """A tag or a basket item in it: the element, its entity, its properties in document order."""

    entity: Entity
    node: Node
    values: tuple[Value, ...]
    is_item: bool = False
    firsts: Mapping[str, Value] = MappingProxyType({})

    def named(self, name: str) -> list[Value]:
        """All elements of one property."""
        return [value for value in self.values if value.name == name]

    def first(self, name: str) -> Value | None:
        """The element that counts."""
        return self.firsts.get(name)


class TagOccurrence(NamedTuple):
    """A known tag in a page, with its parts: itself, then its basket items."""

    tag: Tag
    node: Node
    parts: tuple[Part, ...]
    text: str = ""
    """The value of a tag that holds it itself."""

    @property
    def values(self) -> Iterator[Value]:
        """Every property of the tag and its items."""
        return (value for part in self.parts for value in part.values)

    @property
    def is_filled(self) -> bool:
        """Whether it says anything: a text of its own or a property with a text."""
        if self.tag.entity:
            return any(value.text for value in self.values)
        return bool(self.text)

    @property
    def is_placeholder(self) -> bool:
        """Whether it has the elements of its properties and no text in any, for a script to fill in."""
        return any(True for _ in self.values) and not self.is_filled


def tags_at(nodes: Iterable[Node]) -> list[TagOccurrence]:
    """Every known tag among some elements, those inside `<template>` included."""
    found: list[TagOccurrence] = []
    for node in nodes:
        for css_class in dict.fromkeys(node.classes):
            if (tag := TAGS.get(css_class)) and len(found) <= MOST_TAGS:
                text = "" if tag.entity else node.text.strip()
                found.append(TagOccurrence(tag, node, parts_of(tag, node), text))
    return found


def parts_of(tag: Tag, node: Node) -> tuple[Part, ...]:
    """A tag's properties as an element would give them, were it that tag."""
    if tag.entity is None:
        return ()
    parts: list[tuple[Entity, Node, list[Value]]] = [(tag.entity, node, [])]
    _collect(node, tag.entity, parts[0][2], tag.entity.nested, parts)
    return tuple(
        Part(kind, at, tuple(values), kind is not tag.entity, {each.name: each for each in values[::-1]})
        for kind, at, values in parts
    )


def _collect(
    node: Node,
    entity: Entity,
    into: list[Value],
    nested: Mapping[str, Entity],
    parts: list[tuple[Entity, Node, list[Value]]],
) -> None:
    """Walk a tag's elements once; an item opens a part of its own."""
    known, tags = entity.by_html, TAGS.keys()
    waiting = [(child, 0, False) for child in node.children[::-1]]
    while waiting and len(into) < MOST_VALUES:
        child, depth, within = waiting.pop()
        classes = child.classes
        item = next((nested[name] for name in classes if name in nested), None) if nested else None
        if item:
            values: list[Value] = []
            parts.append((item, child, values))
            _collect(child, item, values, {}, parts)
        elif tags.isdisjoint(classes):
            text = child.text.strip() if classes and depth < DEEPEST_VALUE else ""
            into += [Value(name, child, known.get(name), text, within) for name in classes]
            if (not entity.open or not classes) and (inside := child.children):
                within = within or not known.keys().isdisjoint(classes)
                waiting += [(below, depth + bool(classes), within) for below in inside[::-1]]
