"""Where a page takes new markup, or why it takes none."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from connectif_kit.core.diagnostics import Diagnostic, Edit, Place, Severity
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.page.html.node import Page
from connectif_kit.page.html.source import apply_edits

_PROBE = "connectif-kit-probe"
# What may stand between the end of the head and an implied body.
_BEFORE_BODY = lazily(
    r"(?:\s+|<!--(?:-?>|.*?--!?>)|<[!?](?!--)[^>]*>|</head\s*>)*+", re.DOTALL | re.IGNORECASE
)


class Insertion(NamedTuple):
    """Offsets in the source's text.

    Where `body_implied`, the source has no `<body>` tag: markup put at `body_start` must begin with one,
    or its scripts land in the head.
    """

    body_start: int
    body_end: int
    head_end: int | None
    body_implied: bool = False


def insertion_points(page: Page) -> Insertion | Diagnostic:
    """Just after `<body>`, just before `</body>` and `</head>`, as the browser sees those tags.

    A page that takes none is answered with the reason: `page-is-empty`, `page-is-binary`,
    `page-is-frameset`, `page-is-fragment` or `page-is-cut-off`.
    """
    if reason := _no_page(page):
        return _refusal(page, *reason)
    body_start = _body_start(page)
    body_end = _body_end(page, body_start.offset)
    if not _both_live(page, body_start, body_end):
        return _refusal(
            page, "page-is-cut-off", say("the page ends inside a tag, a comment, a script or a template")
        )
    return Insertion(body_start.offset, body_end.offset, _head_end(page), body_start.implied)


class _Point(NamedTuple):
    offset: int
    certain: bool  # a tag of the tree stands here
    implied: bool = False


def _no_page(page: Page) -> tuple[str, str] | None:
    """The rule and message for what is not a page at all."""
    written = [node for node in (page.html, page.head, page.body) if node and node.start_tag]
    if not page.source.text.strip():
        return "page-is-empty", say("the page is empty")
    if "\0" in page.source.text:
        return "page-is-binary", say("the file is not HTML: it holds NUL characters")
    if page.body is None:
        return "page-is-frameset", say("the page is a frameset and has no body")
    if not (written or page.has_doctype):
        return "page-is-fragment", say("the file is a piece of a page: no doctype, <html>, <head> or <body>")
    return None


def _refusal(page: Page, rule: str, message: str) -> Diagnostic:
    return Diagnostic(rule, Severity.WARNING, message, Place(page.source.path))


def _body_start(page: Page) -> _Point:
    if page.body and page.body.start_tag:
        return _Point(page.body.start_tag.end, certain=True)
    before = [node for node in (page.html, page.head) if node]
    heads = page.head.children if page.head else []
    tags = [node.start_tag for node in before] + [node.end_tag or node.start_tag for node in heads]
    tags += [page.head.end_tag] if page.head else []
    floor = max((tag.end for tag in tags if tag), default=0)
    blank = _BEFORE_BODY.match(page.source.text, floor)
    return _Point(blank.end() if blank else floor, certain=False, implied=True)


def _body_end(page: Page, start: int) -> _Point:
    if page.body and page.body.end_tag:
        return _Point(page.body.end_tag.start, certain=True)
    for tag in (page.last_end_tag("body"), page.last_end_tag("html")):
        if tag and tag.start >= start:
            return _Point(tag.start, certain=False)
    return _Point(len(page.source.text), certain=False)


def _head_end(page: Page) -> int | None:
    return page.head.end_tag.start if page.head and page.head.end_tag else None


def _both_live(page: Page, start: _Point, end: _Point) -> bool:
    """Whether scripts put here would run in the body: where no tag says so, try it."""
    if start.certain and end.certain:
        return True
    probe = f"<script id={_PROBE}></script>"
    edits = [
        Edit(start.offset, start.offset, "<body>" * start.implied + probe),
        Edit(end.offset, end.offset, probe),
    ]
    tried = type(page)(replace(page.source, text=apply_edits(page.source.text, edits)))
    try:
        around = [[node.tag for node in found.ancestors()] for found in tried.select(f"script#{_PROBE}")]
    finally:
        tried.release()  # a run goes without the collector, which alone would find the rings
    return sum("body" in tags and "template" not in tags for tags in around) == len(edits)
