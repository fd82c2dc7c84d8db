"""html5lib building a Beautiful Soup tree, taught three things: positions, `<template>`, and linear time.

html5lib knows where its reader stands, not where a tag began; it is older than `<template>`, whose
contents it would spill over the page; and it looks through all open elements at each `<div>`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any, TypeAlias

from bs4 import BeautifulSoup, Tag
from bs4.builder._html5lib import TreeBuilderForHtml5lib
from html5lib._tokenizer import HTMLTokenizer
from html5lib.constants import namespaces, tokenTypes
from html5lib.html5parser import HTMLParser, impliedTagToken
from html5lib.treebuilders.base import listElementsMap

Token: TypeAlias = Any  # html5lib's, a dictionary

_START, _END = tokenTypes["StartTag"], tokenTypes["EndTag"]
_COMMENT, _ERROR = tokenTypes["Comment"], tokenTypes["ParseError"]
_CHARACTERS, _SPACES = tokenTypes["Characters"], tokenTypes["SpaceCharacters"]
_IMPLIED_ENDS = frozenset({"dd", "dt", "li", "option", "optgroup", "p", "rp", "rt"})
_DEEPEST_TEMPLATE = 20
# Blocks younger than html5lib: like `<div>`, they close an open paragraph.
_YOUNG_BLOCKS = frozenset({"dialog", "search"})
_FIRST_TAG = re.compile(r"(?:\s|<!--.*?-->)*+<([a-z]+)", re.DOTALL | re.IGNORECASE)
# The phase that a table's part puts the parser in.
_MODES = {
    **dict.fromkeys(("td", "th"), "inCell"),
    **dict.fromkeys(("tbody", "thead", "tfoot"), "inTableBody"),
    "tr": "inRow",
    "caption": "inCaption",
    "colgroup": "inColumnGroup",
    "table": "inTable",
    "frameset": "inFrameset",
    "body": "inBody",
}
_SELECT_TAGS = frozenset({"select", "option", "optgroup", "input", "hr"})
# Today a `<select>` bounds these scopes, as a table does.
_SCOPES = {
    variant: listElementsMap[variant][0] | {(namespaces["html"], "select")}
    for variant in (None, "button", "list")
}
# What a template's first tag says about the element that its contents belong in.
_CONTEXTS = {
    **dict.fromkeys(("caption", "colgroup", "tbody", "tfoot", "thead"), "table"),
    **dict.fromkeys(("td", "th"), "tr"),
    "tr": "tbody",
    "col": "colgroup",
}


class LocatedTag(Tag):
    """A Beautiful Soup tag that knows its tags in the source, in normalised offsets."""

    written: tuple[int, int] | None = None
    closed: tuple[int, int] | None = None

    @property
    def is_template(self) -> bool:
        """Whether it is HTML's `<template>` and not SVG's, which is nothing special."""
        return self.name == "template" and self.namespace in (None, namespaces["html"])


class Html5(HTMLParser):
    """Parses one page; afterwards `soup` is its tree, `comments` and `end_tags` what no tree keeps."""

    tokenizer: _Tokens

    def __init__(self, context: str = "", nesting: int = 0) -> None:
        self.soup = _empty_soup()
        self.context = context
        self.nesting = nesting
        builder: Any = partial(_Builder, soup=self.soup)
        super().__init__(tree=builder)

    def read(self, text: str) -> None:
        """Parse a whole normalised text."""
        self._run(_Tokens(text))
        self.comments, self.end_tags = self.tokenizer.comments, self.tokenizer.end_tags
        tops = {tag.name: tag for tag in self.soup.find_all(["html", "body"], limit=2)}
        if root := tops.get("html"):
            root.written = self.tokenizer.root
        for name, span in self.end_tags:
            if "body" in tops and tops[name].written:
                tops[name].closed = span

    def _run(self, tokens: _Tokens) -> None:
        self.innerHTMLMode, self.container = bool(self.context), self.context
        self.scripting = True
        self.tokenizer, tokens.parser = tokens, self
        self.reset()
        with suppress(AssertionError):  # at the end of `<table><math><html>`, whose tree is complete
            self.mainLoop()

    def parseError(self, *_: object) -> None:  # noqa: N802 - html5lib's name
        """Nobody reads the errors, and finding their columns is slow."""

    def resetInsertionMode(self) -> None:  # noqa: N802 - html5lib's name
        """As html5lib, which asserts that no `<select>` is open."""
        known = [node.name for node in self.tree.openElements if node.namespace == self.tree.defaultNamespace]
        names = [self.context, *known[1:]] if self.context else known
        name = next((name for name in reversed(names) if name in _MODES), "body")
        self.phase = self.phases[_MODES[name]]

    def in_html(self) -> bool:
        """Whether a tag here is HTML's, and not SVG's or MathML's."""
        node = self.tree.openElements[-1] if self.tree.openElements else None
        return (
            node is None or node.namespace == self.tree.defaultNamespace or self.isHTMLIntegrationPoint(node)
        )

    def takes_template(self) -> bool:
        """Whether a `<template>` here is HTML's and goes into the tree."""
        return self.in_html() and self.nesting < _DEEPEST_TEMPLATE and not self.in_phase("Frameset")

    def at_template(self) -> bool:
        """Whether a template itself is the current node."""
        return self.nesting > 0 and len(self.tree.openElements) == 1

    def in_phase(self, *parts: str) -> bool:
        """Whether the parser is in one of the phases that are named so."""
        return any(part in type(self.phase).__name__ for part in parts)

    def insert_template(self, token: Token) -> None:
        """Put a template where the spec's "in head" rules do; a parser of their own reads its contents."""
        element = self._template_element(token)
        context = _FIRST_TAG.match(self.tokenizer.text, token["span"][1])
        inner = Html5(_CONTEXTS.get(context[1].lower() if context else "", "div"), self.nesting + 1)
        inner._run(self.tokenizer)
        inner.tree.openElements[0].reparentChildren(element)
        self.tokenizer.parser = self
        element.tag.closed, self.tokenizer.template_end = self.tokenizer.template_end, None

    def _template_element(self, token: Token) -> Any:
        self.flush_table_text()
        if self.in_phase("AfterBody", "AfterAfterBody"):
            self.phase = self.phases["inBody"]
        after_head = self.in_phase("AfterHead")
        if after_head:
            self.tree.openElements.append(self.tree.headPointer)
        element = self.tree.insertElementNormal(token)
        self.tree.openElements.pop()
        if after_head:
            self.tree.openElements.pop()
        return element

    def leave_select(self, before: Any) -> None:
        """Today a `<select>` holds any markup, and has no rules of its own."""
        if not self.in_phase("InSelectInTable"):
            self.phase = self.phases["inBody"]
        else:
            self.phase = getattr(before, "originalPhase", before)

    def to_process(self, token: Token) -> bool:
        """Do first what today's standard says of a tag in a `<select>`; whether the tag then counts.

        html5lib knows the rules before 2025, by which a select held nothing but options.
        """
        name = token["name"] if token["type"] in (_START, _END) else ""
        if name not in _SELECT_TAGS or not self.in_html():
            return True
        if not self.tree.elementInScope("select"):
            return token["type"] == _START or name != "select"
        if token["type"] == _START or name == "select":
            self.flush_table_text()
            self._close_in_select(name)
        return token["type"] == _END or name != "select"

    def _close_in_select(self, name: str) -> None:
        if name in ("select", "input"):
            while self.tree.openElements.pop().name != "select":
                pass
        elif name == "hr" and self.tree.elementInScope("p", variant="button"):
            self.phases["inBody"].processEndTag({"type": _END, "name": "p"})
        if name in ("option", "optgroup", "hr"):
            self.tree.generateImpliedEndTags("optgroup" if name == "option" else None)

    def flush_table_text(self) -> None:
        """Put text that waits in a table where it belongs before the stack changes."""
        if self.in_phase("InTableText"):
            self.phase.flushCharacters()
            self.phase = self.phase.originalPhase

    def close_paragraph(self) -> None:
        """What a block's start tag does first."""
        if self.in_phase("InBody", "InCell", "InCaption") and self.tree.elementInScope("p", variant="button"):
            self.phases["inBody"].processEndTag({"type": _END, "name": "p"})


class _Tokens(HTMLTokenizer):
    """html5lib's tokenizer with a `span` on every token, handing templates to parsers of their own."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
        self.comments: list[tuple[str, tuple[int, int]]] = []
        self.end_tags: list[tuple[str, tuple[int, int]]] = []
        self.root: tuple[int, int] | None = None
        self.template_end: tuple[int, int] | None = None
        self._source = self._joined()

    def __iter__(self) -> Iterator[Token]:
        for token in self._source:
            if token["type"] == _END and token["name"] == "template" and not self._in_foreign_template():
                if self.parser.nesting:
                    self.template_end = token["span"]
                    return
            elif token["type"] == _START and token["name"] == "template" and self.parser.takes_template():
                if self.parser.in_phase("Initial", "BeforeHtml", "BeforeHead"):
                    yield impliedTagToken("head", "StartTag")
                self.parser.insert_template(token)
            elif token["type"] != _END or not self.parser.at_template():
                # An end tag directly in a template is none.
                self._note(token)
                if not self.parser.to_process(token):
                    continue
                before = self.parser.phase
                yield token
                if self.parser.in_phase("InSelect"):
                    self.parser.leave_select(before)

    def tagOpenState(self) -> bool:  # noqa: N802 - html5lib's name
        """Begin a tag, with a list that does not make a tag of n attributes take n² steps."""
        more = bool(super().tagOpenState())
        if self.state == self.tagNameState:
            token: Token = self.currentToken
            token["data"] = _Attributes()
        return more

    def _in_foreign_template(self) -> bool:
        # HTML's templates never stay among the open elements: see `insert_template`.
        return bool(self.parser.tree.openElements.names["template"])

    def _note(self, token: Token) -> None:
        """What the tree will not tell, and what html5lib does not know."""
        kind = token["type"]
        self.parser.tree.ending = token if kind == _END else None
        if kind == _COMMENT and self.text.startswith("<!--", token["span"][0]):
            self.comments.append((token["data"], token["span"]))
        elif kind == _END and not self.parser.nesting and token["name"] in ("body", "html"):
            self.end_tags.append((token["name"], token["span"]))
        elif kind == _START and token["name"] == "html" and self.parser.in_phase("Initial", "BeforeHtml"):
            self.root = token[
                "span"
            ]  # html5lib makes the root from any first tag, and adds this one's attributes
        elif kind == _SPACES and self.parser.in_phase("InCell", "InCaption"):
            token["type"] = _CHARACTERS  # html5lib would not reopen formatting elements for a blank
        elif kind == _START and token["name"] in _YOUNG_BLOCKS:
            self.parser.close_paragraph()

    def _joined(self) -> Iterator[Token]:
        """The tokens, with a run of text in one piece: Beautiful Soup copies all of it for each piece."""
        run: list[Token] = []
        for token in self._stamped():
            if run and _is_text(token):
                run.append(token)
                continue
            yield from _one(run)
            run = []
            if _is_text(token) and token["type"] == _CHARACTERS and self.parser.in_phase("InBody", "Text"):
                run.append(token)
            else:
                yield token
        yield from _one(run)

    def _stamped(self) -> Iterator[Token]:
        """html5lib's tokens, each with its span: from where the one before ended to where the reader is."""
        start = 0
        tokens: Iterator[Token] = super().__iter__()
        for token in tokens:
            if token["type"] != _ERROR:
                end = self.stream.dataStream.tell() - self.stream.chunkSize + self.stream.chunkOffset
                token["span"], start = (start, end), end
                yield token


def _is_text(token: Token) -> bool:
    return bool(token["type"] in (_CHARACTERS, _SPACES) and token["data"] != "\0")  # which html5lib drops


def _one(run: list[Token]) -> list[Token]:
    return [{**run[0], "data": "".join(token["data"] for token in run)}] if run else []


class _Attributes(list[Any]):
    def __getitem__(self, key: Any) -> Any:
        # html5lib looks for a name among all earlier ones, `[:-1]`, only to report a duplicate.
        return [] if key == slice(None, -1, None) else super().__getitem__(key)


class _Builder(TreeBuilderForHtml5lib):
    """Beautiful Soup's builder, noting which tags of the source an element has."""

    ending: Token | None = None  # the end tag that is being processed

    def reset(self) -> None:
        super().reset()
        self.openElements = _Stack(self)

    def createElement(self, token: Token) -> Any:  # noqa: N802 - html5lib's name
        element = super().createElement(token)  # type: ignore[no-untyped-call]  # html5lib is untyped
        return self._written(element, token)

    def insertElementNormal(self, token: Token) -> Any:  # noqa: N802 - html5lib's name
        element = super().insertElementNormal(token)  # type: ignore[no-untyped-call]  # html5lib is untyped
        return self._written(element, token)

    def _written(self, element: Any, token: Token) -> Any:
        element.tag.written = token.get("span")  # a tag that html5lib made up has none
        if element.tag.is_template:
            # soupsieve stops at HTML's templates, by their namespace, and turbohtml does not.
            element.tag.namespace = None
        return element

    def popped(self, element: Any) -> None:
        """The first element of its name that an end tag takes from the stack is the one that it closes."""
        if self.ending and element.tag.written and element.name.lower() == self.ending["name"]:
            element.tag.closed = self.ending["span"]
            self.ending = None

    def elementInScope(self, target: Any, variant: str | None = None) -> bool:  # noqa: N802 - html5lib's name
        """As html5lib, without looking through the stack for what is not there."""
        if isinstance(target, str) and not self.openElements.names[target]:
            return False
        if variant in _SCOPES and self.openElements.names["select"]:
            return self._in_scope(target, variant)
        return bool(super().elementInScope(target, variant))  # type: ignore[no-untyped-call]  # html5lib is untyped

    def _in_scope(self, target: Any, variant: str | None) -> bool:
        wanted = (namespaces["html"], target) if isinstance(target, str) else target
        for node in reversed(self.openElements):
            if wanted in (node, node.nameTuple):
                return True
            if node.nameTuple in _SCOPES[variant]:
                return False
        return False

    def generateImpliedEndTags(self, exclude: str | None = None) -> None:  # noqa: N802 - html5lib's name
        """As html5lib, without a recursion as deep as the page."""
        while (name := self.openElements[-1].name) in _IMPLIED_ENDS and name != exclude:
            self.openElements.pop()


class _Stack(list[Any]):
    """The open elements, which knows at once what is not in it."""

    def __init__(self, builder: _Builder) -> None:
        super().__init__()
        self.builder = builder
        self.names: Counter[str] = Counter()
        self.members: set[Any] = set()

    def append(self, element: Any) -> None:
        super().append(element)
        self._in(element)

    def insert(self, index: Any, element: Any) -> None:
        super().insert(index, element)
        self._in(element)

    def __setitem__(self, index: Any, element: Any) -> None:
        self._out(self[index])
        super().__setitem__(index, element)
        self._in(element)

    def remove(self, element: Any) -> None:
        super().remove(element)
        self._out(element)
        if element.name == "form":  # which html5lib takes out of the middle
            self.builder.popped(element)

    def pop(self, index: Any = -1) -> Any:
        element = super().pop(index)
        self._out(element)
        self.builder.popped(element)
        return element

    def __contains__(self, element: Any) -> bool:
        return element in self.members

    def _in(self, element: Any) -> None:
        self.names[element.name] += 1
        self.members.add(element)

    def _out(self, element: Any) -> None:
        self.names[element.name] -= 1
        self.members.discard(element)


def _empty_soup() -> BeautifulSoup:
    return BeautifulSoup("", "html5lib", multi_valued_attributes=None, element_classes={Tag: LocatedTag})
