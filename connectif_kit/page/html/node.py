"""Pages as rules and inject see them: elements with positions, whichever parser made them."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from connectif_kit.core.diagnostics import Place
from connectif_kit.page.html.source import Source, Span

__all__ = ["Comment", "Node", "Page", "Span", "words"]

_DEEP = 100  # so that no page can make us slow

_WORDS = re.compile(r"[^ \t\n\f\r]+")  # HTML's idea of a blank, which is not Python's


def words(text: str) -> tuple[str, ...]:
    """The words of an attribute that is a list of them."""
    return (text,) if text.isidentifier() else tuple(_WORDS.findall(text)) if text else ()


class Comment(NamedTuple):
    """`<!--text-->`; the span takes in the marks."""

    text: str
    span: Span


class Node(ABC):
    """An element of a page's tree. Two are equal only if they are the same object."""

    __slots__ = ()
    _page: Page

    @property
    @abstractmethod
    def tag(self) -> str:
        """The element's name in lower case."""

    @property
    @abstractmethod
    def attributes(self) -> Mapping[str, str]:
        """Names in lower case (SVG's as SVG writes them); the first of two equal ones wins."""

    @property
    @abstractmethod
    def text(self) -> str:
        """All text below, untrimmed, as `textContent` has it: no comments, no `<template>` contents."""

    @property
    @abstractmethod
    def parent(self) -> Node | None:
        """The element around; a template for what is inside it; None for `<html>`."""

    @property
    @abstractmethod
    def children(self) -> list[Node]:
        """The elements directly below."""

    @abstractmethod
    def parts(self) -> list[str | Node]:
        """The texts and the elements directly below, in order; of a template nothing."""

    @property
    @abstractmethod
    def start_tag(self) -> Span | None:
        """`<tag …>` in the source; None for an element that the parser made up."""

    @property
    @abstractmethod
    def end_tag(self) -> Span | None:
        """`</tag>` in the source; None where the source never closes the element."""

    @abstractmethod
    def attribute_span(self, name: str) -> Span | None:
        """`name="value"` in the source."""

    @property
    @abstractmethod
    def before(self) -> Node | None:
        """The element before it in the same parent."""

    @property
    @abstractmethod
    def after(self) -> Node | None:
        """The element after it in the same parent."""

    @property
    def in_template(self) -> bool:
        """Whether it stands in a `<template>`, where nothing is part of the page."""
        return self._page.has_templates and any(above.tag == "template" for above in self.near())

    @property
    def classes(self) -> tuple[str, ...]:
        """The words of the `class` attribute."""
        return words(self.attributes.get("class", ""))

    def ancestors(self) -> Iterator[Node]:
        """The elements around, from the nearest to `<html>`."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def near(self) -> Iterator[Node]:
        """The elements around, without going further up than any page of a shop is deep."""
        return islice(self.ancestors(), _DEEP)

    def descendants(self) -> Iterator[Node]:
        """The elements below, in document order."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.children[::-1]

    @property
    def path(self) -> str:
        """`html>body>main>div.cn_cart`: no numbers and no styling classes, so the same after a rebuild."""
        steps = [self._step(), *(node._step() for node in self.ancestors())]
        return ">".join(reversed(steps))

    def _step(self) -> str:
        return ".".join([self.tag, *(name for name in self.classes if name.startswith("cn_"))])


class Page(ABC):
    """A parsed page; `has_templates` says whether any element may stand in a `<template>`."""

    __slots__ = ("has_templates", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.has_templates: bool

    @property
    @abstractmethod
    def html(self) -> Node | None:
        """The root; its `start_tag` is None where the source leaves the tag out."""

    @property
    @abstractmethod
    def has_doctype(self) -> bool:
        """Whether the source has a doctype."""

    @abstractmethod
    def select(self, css: str) -> list[Node]:
        """The elements that a CSS selector matches, in document order, those in templates too.

        ValueError where it is not a selector.
        """

    @abstractmethod
    def release(self) -> None:
        """Undo the rings of references, so that memory is given back at once; the page is of no use after."""

    def called(self, names: Iterable[str]) -> list[Node]:
        """The elements of some names, those in templates too; of each name in document order."""
        # turbohtml keeps a list of each name's elements, and goes through the tree for several names'.
        return [node for name in names for node in self.select(name)]

    def has(self, css: str) -> bool:
        """Whether a CSS selector matches anything. ValueError where it is not a selector."""
        return bool(self.select(css))

    @abstractmethod
    def comments(self) -> list[Comment]:
        """The `<!-- -->` comments in source order, those in templates too; not those in raw text."""

    @abstractmethod
    def has_comment_with(self, text: str) -> bool:
        """Whether any comment holds a text, sooner than `comments` could say it."""

    def may_comment(self, text: str) -> bool:
        """Whether a text may stand behind any `<!--` of the source; `False` is certain."""
        return text in self.source.text

    @abstractmethod
    def last_end_tag(self, tag: str) -> Span | None:
        """The last `</tag>` that is one, whether or not it closes an element."""

    @property
    def head(self) -> Node | None:
        """`<head>`, written or implied."""
        return self._top("head")

    @property
    def body(self) -> Node | None:
        """`<body>`, written or implied; None in a frameset page."""
        return self._top("body")

    def _top(self, tag: str) -> Node | None:
        return next((node for node in self.html.children if node.tag == tag), None) if self.html else None

    def elements(self) -> Iterator[Node]:
        """Every element in document order, those in templates too."""
        if self.html:
            yield self.html
            yield from self.html.descendants()

    def place(self, at: Node | Span) -> Place:
        """Where a span or a start tag is; for an element that the parser made up, the nearest one around."""
        return Place(self.source.path, *self.corners(at))

    def corners(self, at: Node | Span) -> tuple[int, int, int, int]:
        """The same as numbers: line and column of the first character, and of the one after the last."""
        tag = at.start_tag if isinstance(at, Node) else at
        if tag is None and isinstance(at, Node):
            tag = next((tag for node in at.ancestors() if (tag := node.start_tag)), None)
        return self.source.corners(*(tag or (0, 0)))
