"""The second opinion: Beautiful Soup on html5lib's tree. Slow, and there where turbohtml has no wheel."""

# ruff: noqa: D102 - what these methods answer stands in node.py

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bs4 import Doctype, NavigableString
from bs4.element import PageElement, PreformattedString

from connectif_kit.page.html.html5 import Html5, LocatedTag
from connectif_kit.page.html.node import Comment, Node, Page, Span
from connectif_kit.page.html.source import Normalised, Source

_ATTRIBUTE = re.compile(
    r"""([^ \t\n\f/>][^ \t\n\f/>=]*)(?:[ \t\n\f]*=[ \t\n\f]*(?:"[^"]*"|'[^']*'|[^ \t\n\f>"'][^ \t\n\f>]*))?"""
)


class SoupNode(Node):
    """Looks into a Beautiful Soup tag."""

    __slots__ = ("_classes", "_element", "_page")
    _page: SoupPage

    def __init__(self, page: SoupPage, element: LocatedTag) -> None:
        self._page = page
        self._element = element
        self._classes: tuple[str, ...] | None = None

    @property
    def tag(self) -> str:
        return self._element.name.lower()

    @property
    def attributes(self) -> Mapping[str, str]:
        return {str(name): str(value) for name, value in self._element.attrs.items()}

    @property
    def classes(self) -> tuple[str, ...]:
        if self._classes is None:
            self._classes = super().classes
        return self._classes

    @property
    def text(self) -> str:
        return "".join(_strings(self._element))

    @property
    def parent(self) -> Node | None:
        parent = self._element.parent
        return self._page.node(parent) if isinstance(parent, LocatedTag) else None

    @property
    def children(self) -> list[Node]:
        return [self._page.node(child) for child in self._element.contents if isinstance(child, LocatedTag)]

    def parts(self) -> list[str | Node]:
        found: list[str | Node] = []
        for child in [] if self._element.is_template else self._element.contents:
            if isinstance(child, LocatedTag):
                found.append(self._page.node(child))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                found.append(str(child))
        return found

    @property
    def before(self) -> Node | None:
        return self._first(self._element.previous_siblings)

    @property
    def after(self) -> Node | None:
        return self._first(self._element.next_siblings)

    def _first(self, found: Iterable[PageElement]) -> Node | None:
        return next((self._page.node(each) for each in found if isinstance(each, LocatedTag)), None)

    @property
    def start_tag(self) -> Span | None:
        return self._page.span(self._element.written)

    @property
    def end_tag(self) -> Span | None:
        return self._page.span(self._element.closed)

    def attribute_span(self, name: str) -> Span | None:
        if not (written := self._element.written):
            return None
        start, end = written
        for found in _ATTRIBUTE.finditer(self._page.text, start + 1 + len(self._element.name), end - 1):
            if found[1].lower() == name.lower():
                return self._page.span(found.span())
        return None


class SoupPage(Page):
    """A page parsed by html5lib."""

    __slots__ = ("_nodes", "_normalised", "_parser")

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._normalised = Normalised.of(source.text)
        self._nodes: dict[int, Node] = {}
        self._parser = Html5()
        self._parser.read(self._normalised.text)
        self.has_templates = self._parser.soup.find("template") is not None

    @property
    def text(self) -> str:
        """The text that the parser's positions count in."""
        return self._normalised.text

    def release(self) -> None:
        self._nodes.clear()
        self._parser.soup.decompose()
        vars(self._parser).clear()  # the parser and its phases hold each other

    @property
    def html(self) -> Node | None:
        root = next((child for child in self._parser.soup.contents if isinstance(child, LocatedTag)), None)
        return self.node(root) if root is not None else None

    @property
    def has_doctype(self) -> bool:
        return any(isinstance(child, Doctype) for child in self._parser.soup.contents)

    def select(self, css: str) -> list[Node]:
        from soupsieve import SelectorSyntaxError

        try:
            found = self._parser.soup.select(css)
        # soupsieve says the latter of pseudo-elements, such as `::before`.
        except (SelectorSyntaxError, NotImplementedError) as error:
            raise ValueError(str(error).partition("\n")[0]) from error
        return [self.node(element) for element in found if isinstance(element, LocatedTag)]

    def comments(self) -> list[Comment]:
        return [Comment(text, self._normalised.span(*span)) for text, span in self._parser.comments]

    def has_comment_with(self, text: str) -> bool:
        return any(text in comment for comment, _ in self._parser.comments)

    def last_end_tag(self, tag: str) -> Span | None:
        return self.span(next((span for name, span in reversed(self._parser.end_tags) if name == tag), None))

    def node(self, element: LocatedTag) -> Node:
        """The one node for a tag; two tags that look alike are equal to Beautiful Soup."""
        node = self._nodes.get(id(element))
        if node is None:
            node = self._nodes[id(element)] = SoupNode(self, element)
        return node

    def span(self, found: tuple[int, int] | None) -> Span | None:
        """A span of the normalised text as one of the source."""
        return self._normalised.span(*found) if found else None


def _strings(element: LocatedTag) -> Iterator[str]:
    """The text below, in order, without comments and what is in templates."""
    waiting: list[PageElement] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, LocatedTag):
            waiting += [] if node.is_template else reversed(node.contents)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            yield node
