"""JSON-LD in `<script type="application/ld+json">`; what is safely mended is mended, the rest is told."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from connectif_kit.catalog.formats.json_list import DECODER
from connectif_kit.diagnostics import Place
from connectif_kit.html import Page

MAX_TEXT = 2_000_000
MAX_DEPTH = 40

_WRAPS = (("//", ""), ("<!--", "-->"), ("<![CDATA[", "]]>"))
_SLIPS = re.compile(
    r"""(?P<kept>"(?:[^"\\]|\\(?:.|\Z))*+(?:"|\Z))"""  # strings are passed over whole
    r"|/\*.*?(?:\*/|\Z)|//[^\n]*"
    r"|,(?=\s*[}\]])",
    re.DOTALL,
)


class Block(NamedTuple):
    """One script's data, or why it cannot be read; `mended` says what was wrong with it."""

    place: Place
    data: Any
    fault: str = ""
    mended: str = ""


def blocks(page: Page) -> Iterator[Block]:
    """Every JSON-LD script of a page, in document order."""
    for node in page.select('script[type*="ld+json" i]'):
        if node.in_template:
            continue
        yield read(node.text, page.place(node))


def read(text: str, place: Place) -> Block:
    """A script's text as data: numbers stay as written, entities in its texts are resolved."""
    if len(text) > MAX_TEXT:
        return Block(place, None, f"it has {len(text):,} characters")
    if not text.strip():
        return Block(place, None, "it is empty")
    data, fault = _parsed(text)
    if not fault:
        return Block(place, _resolved(data) if "&" in text else data)
    for mend, what in _MENDS:
        mended = mend(text)
        if mended != text:
            data, again = _parsed(mended)
            if not again:
                return Block(place, _resolved(data), mended=what)
    return Block(place, None, fault)


def _parsed(text: str) -> tuple[Any, str]:
    try:
        return DECODER.decode(text), ""
    except RecursionError:
        return None, "it is nested too deep"
    except ValueError as error:
        return None, str(error).lower()


def _unslipped(text: str) -> str:
    return _SLIPS.sub(lambda slip: slip["kept"] or "", _unwrapped(text)).rstrip("; \t\r\n")


def _unwrapped(text: str) -> str:
    """The text without the comment or CDATA marks that old pages put around it."""
    for begin, end in _WRAPS:
        text = text.strip().removeprefix(begin)
        text = text.removesuffix(end).rstrip().removesuffix("//") if end else text
    return text


def _unescaped(text: str) -> str:
    return _unslipped(html.unescape(text)) if "&quot;" in text and '"' not in text else text


_MENDS = (
    (_unslipped, "it has comments or commas that JSON does not allow"),
    (_unescaped, "its quotes are written as `&quot;`"),
)


def _resolved(data: Any) -> Any:
    """The data with the entities in its texts resolved; what is nested beyond reason is dropped."""
    return _resolve(data, MAX_DEPTH)


def _resolve(data: Any, depth: int) -> Any:
    if isinstance(data, str):
        return html.unescape(data) if "&" in data else data
    if depth == 0:
        return None
    if isinstance(data, list):
        return [_resolve(item, depth - 1) for item in data]
    if isinstance(data, dict):
        return {key: _resolve(item, depth - 1) for key, item in data.items()}
    return data
