"""The fast engine: turbohtml, an HTML5 tree in C with the span of every tag and attribute."""

# ruff: noqa: D102 - what these methods answer stands in node.py

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from connectif_kit.page.html import turbo_core as turbohtml
from connectif_kit.page.html.node import Comment, Node, Page, Span, words
from connectif_kit.page.html.source import Normalised, Source, line_starts
from connectif_kit.page.html.turbo_core import (
    Document,
    DocumentFragment,
    Element,
    SourceLocation,
    Token,
    TokenType,
)

_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
# What the tokenizer, which knows no tree, takes for markup and a browser for text.
_RAW = "noscript, iframe, noembed, noframes, xmp, plaintext, script, style, textarea, title"


class TurboNode(Node):
    """Looks into a turbohtml element; nothing is copied before it is asked for."""

    __slots__ = ("_attributes", "_classes", "_element", "_is_leaf", "_location", "_page", "_parent")
    _page: TurboPage

    def __init__(self, page: TurboPage, element: Element) -> None:
        self._page = page
        self._element = element
        self._attributes: dict[str, str] | None = None
        self._classes: tuple[str, ...] | None = None
        self._is_leaf = False
        self._location: SourceLocation | bool | None = False
        self._parent: Node | bool | None = False

    @property
    def tag(self) -> str:
        return self._element.tag.lower()

    @property
    def attributes(self) -> Mapping[str, str]:
        if self._attributes is None:
            element = self._element
            self._attributes = {name: element.attr(name) or "" for name in element.attrs}
        return self._attributes

    @property
    def classes(self) -> tuple[str, ...]:
        if self._classes is None:
            self._classes = words(self._element.attr("class") or "")
        return self._classes

    @property
    def text(self) -> str:
        if self._page.has_templates:  # its text must be gathered with care
            return "".join(_strings(self._element))
        return self._element.text

    @property
    def parent(self) -> Node | None:
        if isinstance(self._parent, bool):
            self._parent = self._find_parent()
        return self._parent

    def _find_parent(self) -> Node | None:
        parent = self._element.parent
        if isinstance(parent, DocumentFragment):
            parent = parent.parent
        return self._page.node(parent) if isinstance(parent, Element) else None

    @property
    def before(self) -> Node | None:
        return self._first(self._element.previous_siblings)

    @property
    def after(self) -> Node | None:
        return self._first(self._element.next_siblings)

    def _first(self, found: Iterable[turbohtml.Node]) -> Node | None:
        return next((self._page.node(each) for each in found if isinstance(each, Element)), None)

    @property
    def children(self) -> list[Node]:
        if self._is_leaf:  # as the elements of values are, of which several rules ask it
            return []
        children, node = self._element.children, self._page.node
        if self._page.has_templates and children and isinstance(children[0], DocumentFragment):
            children = children[0].children
        found = [node(child) for child in children if isinstance(child, Element)]
        self._is_leaf = not found
        return found

    def parts(self) -> list[str | Node]:
        found: list[str | Node] = []
        for child in self._element.children:
            if isinstance(child, turbohtml.Text | turbohtml.CData):
                found.append(child.data)
            elif isinstance(child, Element):
                found.append(self._page.node(child))
        return found

    @property
    def start_tag(self) -> Span | None:
        location = self._located
        return self._page.span(location.start_tag) if location else None

    @property
    def end_tag(self) -> Span | None:
        location = self._located
        return self._page.span(location.end_tag) if location and location.end_tag else None

    def attribute_span(self, name: str) -> Span | None:
        location = self._located
        found = location.attrs.get(name.lower()) if location else None
        return self._page.span(found) if found else None

    @property
    def _located(self) -> SourceLocation | None:
        if isinstance(self._location, bool):
            self._location = self._element.source_location
        return self._location


class TurboPage(Page):
    """A page parsed by turbohtml."""

    __slots__ = ("_comment_texts", "_document", "_nodes", "_normalised", "_tops", "_written")

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._normalised = Normalised.of(source.text)
        self._nodes: dict[Element, Node] = {}
        self._comment_texts: list[str] | None = None
        self._written: list[str] | None = None
        self._tops: dict[str, Node | None] = {}
        self._document: Document = turbohtml.parse(
            self._normalised.text,
            source_locations=True,
            scripting=True,
            # A declarative shadow root stays the template that it is in the source.
            allow_declarative_shadow_roots=False,
        )
        self.has_templates = self.has("template")

    @property
    def html(self) -> Node | None:
        root = self._document.root
        return self.node(root) if root is not None else None

    @property
    def has_doctype(self) -> bool:
        return any(isinstance(child, turbohtml.Doctype) for child in self._document.children)

    def _top(self, tag: str) -> Node | None:
        if tag not in self._tops:
            self._tops[tag] = super()._top(tag)
        return self._tops[tag]

    def select(self, css: str) -> list[Node]:
        node = self.node
        return [node(element) for element in self._document.select(css)]

    def called(self, names: Iterable[str]) -> list[Node]:
        node, select = self.node, self._document.select
        return [node(element) for name in names for element in select(name)]

    def release(self) -> None:
        self._nodes.clear()
        self._tops.clear()

    def has(self, css: str) -> bool:
        return self._document.select_one(css) is not None

    def comments(self) -> list[Comment]:
        # turbohtml gives tags a place, and comments none: the tokenizer has those.
        expected = Counter(self._comments())
        found = []
        for token, start in self._tokens(TokenType.COMMENT):
            comment = _COMMENT.match(self._normalised.text, start)
            if comment and expected[token.data or ""] > 0:
                expected[token.data or ""] -= 1
                found.append(Comment(token.data or "", self._normalised.span(*comment.span())))
        return found

    def may_comment(self, text: str) -> bool:
        return any(text in comment for comment in self._written_comments())

    def has_comment_with(self, text: str) -> bool:
        if not self.may_comment(text):
            return False
        return any(text in comment for comment in self._comments())

    def last_end_tag(self, tag: str) -> Span | None:
        starts = [start for token, start in self._tokens(TokenType.END_TAG) if token.tag == tag]
        if not starts:
            return None
        return self._normalised.span(starts[-1], self._normalised.text.index(">", starts[-1]) + 1)

    def node(self, element: Element) -> Node:
        """The one node for an element."""
        node = self._nodes.get(element)
        if node is None:
            node = self._nodes[element] = TurboNode(self, element)
        return node

    def span(self, found: turbohtml.SourceSpan) -> Span:
        """A span of the normalised text as one of the source."""
        return self._normalised.span(found.start_offset, found.end_offset)

    def _written_comments(self) -> list[str]:
        """The source from each `<!--` to its end or the next one: comments in pieces, and what looks so."""
        if self._written is None:
            self._written, text = [], self._normalised.text
            start = end = len(text)
            while (start := text.rfind("<!--", 0, start)) >= 0:
                closed = text.find("-->", start + 2, end)
                self._written.append(text[start : end if closed < 0 else closed])
                end = start
        return self._written

    def _comments(self) -> list[str]:
        if self._comment_texts is None:
            found = self._document.xpath("//comment()")
            nodes = found if isinstance(found, list) else ()
            self._comment_texts = [node.data for node in nodes if isinstance(node, turbohtml.Comment)]
        return self._comment_texts

    def _tokens(self, kind: TokenType) -> Iterator[tuple[Token, int]]:
        """The tokens of one kind and their starts, without those that are text or template in the tree."""
        lines = line_starts(self._normalised.text)
        closed = self._closed_to(kind)
        begins = [start for start, _ in closed]
        for token in turbohtml.tokenize(self._normalised.text, capture_attributes=False):
            if token.type == kind:
                start = lines[token.line - 1] + token.col
                around = bisect_right(begins, start) - 1
                if around < 0 or start >= closed[around][1]:
                    yield token, start

    def _closed_to(self, kind: TokenType) -> list[tuple[int, int]]:
        """Where, in the normalised text, such a token is none: in order, outermost only."""
        closed: list[tuple[int, int]] = []
        for element in self._document.select(_RAW if kind == TokenType.COMMENT else f"{_RAW}, template"):
            location = element.source_location
            if location and (not closed or location.start_tag.start_offset >= closed[-1][1]):
                end = location.end_tag.start_offset if location.end_tag else len(self._normalised.text)
                closed.append((location.start_tag.end_offset, end))
        return closed


def _strings(element: Element) -> Iterator[str]:
    """The text below, in order, without what is in templates."""
    waiting: list[turbohtml.Node] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, turbohtml.Text | turbohtml.CData):
            yield node.data
        elif isinstance(node, Element):
            waiting += reversed(node.children)  # a template's only child is a fragment
