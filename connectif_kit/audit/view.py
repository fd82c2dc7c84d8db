"""What a rule sees of a page: its tags field by field, its loaders, its place in the plan.

Everything is worked out once for each page and shared by all rules. Properties are found as the
client script finds them: by class, among all descendants of the tag, the first one counting; a
property inside a basket item belongs to that item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import urljoin, urlsplit

from connectif_kit.html import Node, Page, Span, hindrance, is_code, without_comments
from connectif_kit.model import Entity, Field, Tag
from connectif_kit.page.hydration import WAY_IN, Hydration, hydrated_document, is_payload, is_rendered_later
from connectif_kit.plan import Loaded
from connectif_kit.plan.models import PageBase
from connectif_kit.vocabulary import TAGS

_KEY = r"[0-9A-Za-z-]+"
_SCRIPT_ID = re.compile(rf"^__cn_generic_script__({_KEY})$")
_CLIENT = re.compile(rf"cdn\.connectif\.cloud(?::443)?/([0-9A-Za-z-]+)/client-script/({_KEY})")
_DISPATCHER = re.compile(r"(?:^|/)connectif-events[\w.-]*\.js\s*(?:[?#]|$)")
_GUARD = re.compile(rf"__cn_client_script_({_KEY})")
MOST_TAGS = 1000
MOST_VALUES = 20_000
DEEPEST_VALUE = 12
"""What a page may hold before we look no further: no shop comes near, and no page can make us slow."""

_OURS = re.compile("cn[_-]", re.IGNORECASE)
_LEGACY = "ConnectifObject"
_ATTRIBUTES = ("content", "value", "data-value", "datetime", "href", "src")
_HIDING = re.compile(r"(?:^|;)\s*(display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


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


class TagUse(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Loader:
    """A script that brings the client: every store id and environment that it names."""

    node: Node
    keys: tuple[str, ...]
    environments: tuple[str, ...]
    form: str
    """`inline` (the present form), `legacy`, or `direct` (a script element with the client's address)."""


_T = TypeVar("_T")


class once(Generic[_T]):  # noqa: N801 - read as a decorator
    """`functools.cached_property` without the lock that it takes before Python 3.12, for objects with a dict.

    A page has some fifteen such values, and the lock takes longer than most of them.
    """

    def __init__(self, work: Callable[[Any], _T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, _: type, name: str) -> None:
        self._name = name

    def __get__(self, view: Any, _: type | None = None) -> _T:
        value = view.__dict__[self._name] = self._work(view)
        return value


class View:
    """A page on its way through the rules.

    `name`, `kind` and `described` are its place in the plan; nothing where there is no plan, or
    where no page of the plan matches, or the page's address is not known (empty). `static` pages
    are files that every visitor gets.
    """

    def __init__(
        self, page: Page, url_path: str, loaded: Loaded | None = None, *, static: bool = False
    ) -> None:
        self.page = page
        self.url_path = url_path
        self.loaded = loaded
        self.static = static
        self.memo: dict[str, Any] = {}
        self.name: str | None = None
        self.described: PageBase | None = None
        if loaded and url_path:
            self.name, self.described = loaded.plan.at(url_path)
        self.kind = loaded.plan.kind_of(self.name) if loaded and self.name else None

    @once
    def top(self) -> Span:
        """Where a fault of the page as a whole is shown: its `<body>` or `<html>` tag, else its start."""
        tags = [node.start_tag for node in (self.body, self.page.html) if node]
        return next((tag for tag in tags if tag), Span(0, 0))

    @once
    def is_document(self) -> bool:
        """Whether it is a page of its own and no fragment."""
        page = self.page
        if page.has_doctype:
            return True
        nodes = (self.body, page.html, page.head)
        return any(node is not None and node.start_tag is not None for node in nodes)

    @once
    def hydration(self) -> Hydration | None:
        """Whose document the page is, if React hydrates all of it."""
        return hydrated_document(self.page)

    @property
    def way_in(self) -> str:
        """How what is missing comes into the page."""
        return WAY_IN if self.hydration else "`connectif-kit inject` puts it in"

    def comes_later(self, *words: str) -> bool:
        """Whether React makes something with one of some words in it once the page runs."""
        return self.hydration is not None and is_rendered_later(self.page, *words)

    @once
    def marked(self) -> list[Node]:
        """Every element with a class that looks like the platform's, dead ones included."""
        nodes = self.page.select('[class*="cn" i]')
        return [node for node in nodes if _OURS.search(node.attributes["class"])]

    @once
    def all_tags(self) -> list[TagUse]:
        """Every known tag, those inside `<template>` included."""
        found: list[TagUse] = []
        for node in self.marked:
            for css_class in dict.fromkeys(node.classes):
                if (tag := TAGS.get(css_class)) and len(found) <= MOST_TAGS:
                    text = "" if tag.entity else node.text.strip()
                    found.append(TagUse(tag, node, _parts(tag, node), text))
        return found

    @once
    def tags(self) -> list[TagUse]:
        """The tags that the client script reads."""
        return [use for use in self.all_tags if not use.node.in_template]

    @once
    def parts(self) -> list[Part]:
        """The live tags and their basket items."""
        return [part for use in self.tags for part in use.parts]

    def live(self, nodes: Iterable[Node]) -> list[Node]:
        """Those that stand in no `<template>`."""
        return [node for node in nodes if not node.in_template]

    @once
    def body(self) -> Node | None:
        """`<body>`, written or implied."""
        return self.page.body

    def of(self, css_class: str) -> list[TagUse]:
        """The live tags of one class."""
        return [use for use in self.tags if use.tag.css_class == css_class]

    @once
    def loaders(self) -> list[Loader]:
        """Every script that brings the client, in document order."""
        return [loader for loader, why in self._written_loaders if not why]

    @once
    def idle_loaders(self) -> list[tuple[Node, str]]:
        """Every script that would bring the client, did the browser run it; and why it does not."""
        return [(loader.node, why) for loader, why in self._written_loaders if why]

    @once
    def _written_loaders(self) -> list[tuple[Loader, str]]:
        if "connectif" not in self.page.source.text and "__cn_generic_script__" not in self.page.source.text:
            return []
        scripts = self.all_scripts
        if self.hydration:  # the same text a second time, which no browser runs
            scripts = [script for script in scripts if not is_payload(script)]
        found = filter(None, map(_loader, scripts))
        return [(loader, hindrance(loader.node)) for loader in found]

    @once
    def dispatchers(self) -> list[Node]:
        """The scripts that bring the event dispatcher."""
        return [node for node, why in self._written_dispatchers if not why]

    @once
    def idle_dispatchers(self) -> list[tuple[Node, str]]:
        """The scripts that would bring the dispatcher, did the browser run them; and why it does not."""
        return [(node, why) for node, why in self._written_dispatchers if why]

    @once
    def _written_dispatchers(self) -> list[tuple[Node, str]]:
        found = [node for node in self.all_scripts if _DISPATCHER.search(node.attributes.get("src", ""))]
        return [(node, hindrance(node)) for node in found]

    def address(self, written: str) -> str:
        """An address of the page as its `<base>` makes it, which may still be relative to the page."""
        try:
            return urljoin(self._base, written.strip()) if self._base else written.strip()
        except ValueError:
            return written.strip()

    @once
    def _base(self) -> str:
        found = self.live(self.page.select("base[href]"))
        return found[0].attributes["href"].strip() if found else ""

    @once
    def all_scripts(self) -> list[Node]:
        """Every script element, dead ones included."""
        return self.page.select("script")

    @once
    def scripts(self) -> list[Node]:
        """Every script element that a browser would look at."""
        return self.live(self.all_scripts)

    @once
    def inline_code(self) -> list[Node]:
        """The inline scripts that run."""
        found = [node for node in self.scripts if "src" not in node.attributes and is_code(node)]
        return [node for node in found if not is_payload(node)] if self.hydration else found

    @property
    def text(self) -> str:
        """The page's source."""
        return self.page.source.text

    def mentions(self, word: str) -> bool:
        """Whether a word stands anywhere in the source, for a quick look before a slow one."""
        # Where it does not, CPython says so sooner from behind than `in` does.
        return self.page.source.text.rfind(word) >= 0

    @once
    def products(self) -> list[TagUse]:
        """The live `cn_product_visited` tags."""
        return self.of("cn_product_visited")

    @property
    def catalog_by_tags(self) -> bool:
        """Whether the platform reads the catalogue from the pages."""
        return self.loaded is not None and self.loaded.plan.integration.catalog == "tags"

    @once
    def canonical(self) -> str:
        """The address that the page names as its own, absolute, or nothing."""
        links = self.live(self.page.select('link[rel~="canonical" i][href]'))
        found = next((node.attributes["href"].strip() for node in links), "")
        return found if found.startswith(("http://", "https://")) else ""


@lru_cache(maxsize=256)  # every page names the same few
def host_of(address: str) -> str:
    """The host that an address names, in lower case; nothing where it names none."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def hides(node: Node) -> bool:
    """Whether an element keeps itself and what is in it from being seen."""
    if "hidden" in node.attributes or node.tag in ("head", "script", "template"):
        return True
    return bool(_HIDING.search(node.attributes.get("style", "")))


def _parts(tag: Tag, node: Node) -> tuple[Part, ...]:
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


def _loader(node: Node) -> Loader | None:
    source = node.attributes.get("src", "")
    if match := _CLIENT.search(source):
        return Loader(node, (match[2],), (match[1],), "direct")
    identified = _SCRIPT_ID.match(node.attributes.get("id", ""))
    if source and not identified:
        return None
    text = node.text
    client = _CLIENT.search(text)
    if not (identified or client):
        return None
    if client and not identified and not _CLIENT.search(without_comments(text)):
        return None  # spoken of, not loaded
    keys = [identified[1]] if identified else []
    keys += _GUARD.findall(text) + ([client[2]] if client else [])
    form = "legacy" if _LEGACY in text else "inline"
    return Loader(node, tuple(dict.fromkeys(keys)), (client[1],) if client else (), form)
