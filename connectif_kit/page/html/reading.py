"""The text of an element as a reader sees it, where `textContent` runs words together.

`<li>Blue</li><li>Red</li>` is two words also where a minifier took the blanks away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectif_kit.core.patterns import lazily
from connectif_kit.page.html.node import Node

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "listing", "main", "menu", "nav",
    "ol", "optgroup", "option", "p", "plaintext", "pre", "search", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
})  # fmt: skip
_UNSEEN = frozenset({"script", "style", "template", "noscript", "datalist", "title", "iframe"})
STRUCK = frozenset({"del", "s", "strike"})
_NO_WIDTH = lazily("[\u00ad\u200b\u2060\ufeff]")
_NOT_SHOWN = lazily(r"(?:^|;)\s*display\s*:\s*none\b", re.IGNORECASE).search
_EDGE = "\x00"
_SEAM = lazily(rf"(?<=[0-9]){_EDGE}+(?=[0-9])")


def reader_text(node: Node) -> str:
    """The text below, blanks folded: blocks, list items and `<br>` separate words."""
    return _folded("".join(_pieces(node)).replace(_EDGE, ""))


def numeral_text(node: Node) -> str:
    """The same for a number: `12<sup>50</sup>` is `12|50`, since nobody can say that it is 1250."""
    return _folded(_SEAM.sub("|", "".join(_pieces(node))).replace(_EDGE, ""))


def without_struck(node: Node) -> str:
    """`numeral_text` without what is struck out inside: the old price of `<del>20</del> 15`."""
    return _folded(_SEAM.sub("|", "".join(_pieces(node, _UNSEEN | STRUCK))).replace(_EDGE, ""))


def _folded(text: str) -> str:
    return " ".join(_NO_WIDTH.sub("", text).split())


def _is_hidden(node: Node) -> bool:
    """Whether an element says itself that it is not shown; what a style sheet says only a browser knows."""
    attributes = node.attributes
    return "hidden" in attributes or ("style" in attributes and _NOT_SHOWN(attributes["style"]) is not None)


def _pieces(node: Node, unseen: frozenset[str] = _UNSEEN) -> Iterator[str]:
    """Texts in document order; a blank where a block begins or ends, a mark where another element does."""
    waiting: list[str | Node] = node.parts()[::-1]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif part.tag not in unseen and not _is_hidden(part):
            edge = " " if part.tag in _BLOCKS else _EDGE
            waiting += [edge, *part.parts()[::-1], edge]
