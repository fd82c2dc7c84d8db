"""Connectif's tags in comments, in templates and where markup is text: in the file, and of no effect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from connectif_kit.core.patterns import lazily
from connectif_kit.page.html.source import Span

if TYPE_CHECKING:
    from connectif_kit.page.html.node import Node, Page

# `[^<>"']` and the possessive `*+` keep this linear on a comment full of unclosed tags.
_TAG = lazily(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*+>""")
_TEXT = ("noscript", "textarea", "iframe", "xmp", "noframes", "noembed", "title", "style", "plaintext")
_NAMES = lazily(r"""[\s"'](class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)


class Hidden(NamedTuple):
    """A tag's class (`cn_cart`) or a loader's id, and its start tag's span."""

    where: str
    """`comment`, `template`, or the element whose content is text: `noscript`, `textarea`…"""
    name: str
    span: Span


def hidden_tags(page: Page) -> list[Hidden]:
    """Every hidden tag of a page, in source order."""
    if "cn_" not in page.source.text:
        return []
    found = [*_in_text(page), *_in_comments(page), *_in_templates(page)]
    return sorted(found, key=lambda hidden: (hidden.span, hidden.name))


def _in_text(page: Page) -> Iterator[Hidden]:
    end = 0
    # Only a drawing's hold elements: of thousands in one another, each has the text of all below.
    texts = (node for node in page.called(_TEXT) if not (node.children and _is_drawing(node)))
    nodes = [(tag, node) for node in texts if "cn_" in node.text and (tag := node.start_tag)]
    for tag, node in sorted(nodes, key=lambda found: found[0]):
        # One text cannot stand in another: nothing is read twice.
        if tag.start >= end and not _is_drawing(node):
            end = node.end_tag.start if node.end_tag else len(page.source.text)
            for name, span in _tags(page.source.text, tag.end, end):
                yield Hidden(node.tag, name, span)


def _is_drawing(node: Node) -> bool:
    """Whether an element is SVG's or MathML's, whose `<style>` and `<title>` hold markup and each other."""
    if node.parent is not None and node.parent.tag == node.tag:
        return True
    return any(above.tag in ("svg", "math") for above in node.near())


def _in_comments(page: Page) -> Iterator[Hidden]:
    if page.has_comment_with("cn_"):
        for comment in page.comments():
            for name, span in _tags(page.source.text, comment.span.start + 4, comment.span.end):
                yield Hidden("comment", name, span)


def _in_templates(page: Page) -> Iterator[Hidden]:
    if not page.has_templates:
        return
    for node in page.select('template [class*="cn_"], template [id^="__cn_"]'):
        for name in _ours([*node.classes, node.attributes.get("id", "")]):
            if node.start_tag:
                yield Hidden("template", name, node.start_tag)


def _tags(text: str, start: int, end: int) -> Iterator[tuple[str, Span]]:
    if text.find("cn_", start, end) < 0:
        return
    for tag in _TAG.finditer(text, start, end):
        for _, double, single, bare in _NAMES.findall(tag[0]):
            for name in _ours((double or single or bare).split()):
                yield name, Span(*tag.span())


def _ours(names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(("cn_", "__cn_"))]
