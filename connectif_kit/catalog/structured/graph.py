"""Things and what they refer to: how schema.org's loose forms are asked for one value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from connectif_kit.catalog.convert import text_of
from connectif_kit.catalog.structured.microdata import Link, short

Thing: TypeAlias = Mapping[str, Any]

MAX_DEPTH = 40
MAX_THINGS = 20_000

_PREFIXES = ("schema:", "https://schema.org/", "http://schema.org/")


_SPELT = {
    name.lower(): name
    for name in (
        "Product", "ProductGroup", "ProductModel", "IndividualProduct", "SomeProducts", "Vehicle", "Car",
        "Offer", "AggregateOffer", "OfferForLease", "BreadcrumbList", "WebSite", "Organization",
    )
}  # fmt: skip


def kinds(thing: Thing) -> set[str]:
    """Its types, short, in schema.org's spelling."""
    names = (short(name) for name in items(thing.get("@type")) if isinstance(name, str))
    return {_SPELT.get(name.lower(), name) for name in names}


def name_of(thing: Thing) -> str:
    """Its `@id`, empty where it has none."""
    given = thing.get("@id")
    return given if isinstance(given, str) else ""


def items(value: Any) -> list[Any]:
    """One value or many, as a list without the empty ones."""
    if isinstance(value, dict) and ("@list" in value or "@set" in value):
        value = value.get("@list", value.get("@set"))
    if not isinstance(value, list):
        return [] if value is None or value == "" else [value]
    return [item for item in value if item is not None and item != ""]


def prop(thing: Thing, name: str) -> list[Any]:
    """A property's values, under its short or long name."""
    if name in thing:
        value = thing[name]
        return [value] if type(value) is str and value else items(value)
    for long in _long(name):
        if long in thing:
            return items(thing[long])
    return []


@cache
def _long(name: str) -> tuple[str, ...]:
    return tuple(prefix + name for prefix in _PREFIXES)


def word(value: Any, *names: str) -> str:
    """A value as text; of a thing, its value or the first of some properties."""
    if type(value) is str:
        return " ".join(value.split())
    if not isinstance(value, dict):
        return _text(value)
    if "@value" in value:
        return _text(value["@value"])
    return next((text for name in names if (text := first(value, name))), "")


def _text(value: Any) -> str:
    """A scalar as text, blanks folded; of a link what it shows."""
    text = value.text if isinstance(value, Link) else text_of(value)
    return " ".join(text.split()) if text else ""


def addresses(thing: Thing, name: str, *inner: str) -> list[str]:
    """A property's addresses; of things the first of some properties."""
    found = []
    for value in prop(thing, name):
        text = str(value).strip() if isinstance(value, str) else word(value, *inner)
        if text:
            found.append(text)
    return found


def address(thing: Thing, name: str, *inner: str) -> str:
    """The first of a property's addresses."""
    found = addresses(thing, name, *inner)
    return found[0] if found else ""


_ADDRESSES = ("url", "image", "item", "thumbnailUrl", "contentUrl")


def first(thing: Thing, name: str, *inner: str) -> str:
    """A property's first text; of things, the first that has one of the inner properties."""
    if name in _ADDRESSES:
        return address(thing, name, *inner)
    for value in prop(thing, name):
        if text := word(value, *inner):
            return text
    return ""


class Graph:
    """The things of a page, top ones first, and what `@id` finds among all of them."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self.top = list(_top(roots))
        self.by_id: dict[str, Thing] = {}
        for thing in _all(self.top):
            name = name_of(thing)
            if name and len(self.by_id.get(name, ())) < len(thing):
                self.by_id[name] = thing

    def things(self, thing: Thing, name: str) -> list[Thing]:
        """A property's things; one that is only named by its `@id` is looked up."""
        return [self.whole(value) for value in prop(thing, name) if isinstance(value, dict)]

    def whole(self, thing: Thing) -> Thing:
        """A thing, or what it refers to."""
        return self.by_id.get(name_of(thing), thing) if thing.keys() <= {"@id", "@type"} else thing


def _top(roots: Iterable[Any]) -> Iterator[Thing]:
    """The things that stand by themselves: in a list, in a `@graph`, alone, or as a page's main one."""
    waiting = [(root, 4) for root in roots][::-1]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, list):
            waiting += [(item, depth - 1) for item in reversed(value)] if depth else []
        elif isinstance(value, dict):
            if "@type" in value or "@id" in value:
                yield value
            inner = [*items(value.get("@graph")), *prop(value, "mainEntity")]
            waiting += [(item, depth - 1) for item in reversed(inner)] if depth else []


def _all(things: Iterable[Any]) -> Iterator[Thing]:
    waiting = [(thing, MAX_DEPTH) for thing in things][::-1]
    left = MAX_THINGS
    while waiting and left:
        left -= 1
        value, depth = waiting.pop()
        if isinstance(value, dict):
            yield value
        if depth and isinstance(value, list | dict):
            inner = value if isinstance(value, list) else value.values()
            waiting += [(item, depth - 1) for item in inner if isinstance(item, list | dict)]
