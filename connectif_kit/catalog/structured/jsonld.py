"""JSON-LD in `<script type="application/ld+json">`; what is safe is corrected, the rest reported."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from connectif_kit.catalog.formats.json_list import DECODER, Decoder
from connectif_kit.core.diagnostics import Place
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.page.html import Node, Page

MAX_TEXT = 2_000_000
MAX_DEPTH = 40

_WRAPS = (("//", ""), ("<!--", "-->"), ("<![CDATA[", "]]>"))
_SLIPS = lazily(
    r"""(?P<double>"(?:[^"\\]|\\(?:.|\Z))*+(?:"|\Z))"""
    r"""|(?P<single>'(?:[^'\\]|\\.)*+')"""
    r"|(?P<comment>/\*.*?(?:\*/|\Z)|//[^\n]*)"
    r"|(?P<comma>,(?=\s*[}\]]))"
    r"|(?P<blank>[\u00a0\u2000-\u200b\u202f\u3000\ufeff]+)"
    r"|(?P<word>\b(?:None|True|False|undefined)\b)",
    re.DOTALL,
)
_WORDS = {"None": "null", "undefined": "null", "True": "true", "False": "false"}
_ODD_ESCAPE = lazily(r"\\(?:x([0-9a-fA-F]{2})|(')|(.))", re.DOTALL)
_QUOTE_THAT_ENDS = lazily(r'"(?=\s*(?:[:}\]]|\Z|,\s*(?:["{\[}\]]|-?[0-9]|true|false|null)))')


class Block(NamedTuple):
    """One script's data, or why it cannot be read; `repaired` says what was wrong with it."""

    place: Place
    data: Any
    fault: str = ""
    repaired: str = ""


def blocks(page: Page) -> Iterator[Block]:
    """Every JSON-LD script of a page, in document order."""
    return (read(node.text, page.place(node)) for node in _scripts(page))


def data(page: Page) -> list[Any]:
    """The data of each block, without its place."""
    nowhere = Place(page.source.path)
    return [read(node.text, nowhere).data for node in _scripts(page)]


def _scripts(page: Page) -> list[Node]:
    return [node for node in page.select('script[type*="ld+json" i]') if not node.in_template]


def read(text: str, place: Place) -> Block:
    """A script's text as data: numbers stay as written, entities in its texts are resolved."""
    if len(text) > MAX_TEXT:
        return Block(place, None, say("it has {length:,} characters", length=len(text)))
    if not text.strip():
        return Block(place, None, say("it is empty"))
    data, fault = _parsed(text)
    if not fault:
        return Block(place, _resolved(data) if "&" in text else data)
    for repair, what in _REPAIRS:
        repaired = repair(text)
        if repaired != text:
            data, again = _parsed(repaired)
            if not again:
                return Block(place, _resolved(data), repaired=what)
    return Block(place, None, fault)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key that is there twice keeps both of its values, since nobody knows which is meant."""
    out: dict[str, Any] = {}
    for key, value in pairs:
        out[key] = [*_listed(out[key]), *_listed(value)] if out.get(key, value) != value else value
    return out


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


_DECODER = Decoder(
    object_pairs_hook=_object,
    parse_float=DECODER.parse_float,
    parse_int=str,
    parse_constant=str,
    strict=False,
)


def _parsed(text: str) -> tuple[Any, str]:
    try:
        return _DECODER.decode(text), ""
    except RecursionError:
        return None, say("it is nested too deep")
    except ValueError as error:
        return None, str(error).lower()


def _unslipped(text: str) -> str:
    return _SLIPS.sub(_without_slip, _unwrapped(text)).strip().rstrip("; \t\r\n")


def _without_slip(slip: re.Match[str]) -> str:
    """What JSON would have for a piece that other languages allow."""
    if slip["double"]:
        return _ODD_ESCAPE.sub(_escape, slip["double"]) if "\\" in slip["double"] else slip["double"]
    if slip["single"]:
        inner = _ODD_ESCAPE.sub(_escape, slip["single"][1:-1])
        return '"' + re.sub(r'(?<!\\)"', r"\"", inner) + '"'
    return _WORDS.get(slip["word"] or "", " " if slip["blank"] else "")


def _escape(found: re.Match[str]) -> str:
    if found[1]:
        return f"\\u00{found[1]}"
    return found[2] or found[0]


def _unwrapped(text: str) -> str:
    """The text without the comment or CDATA marks that old pages put around it."""
    text = text.strip().removeprefix("\ufeff")
    for begin, end in _WRAPS:
        text = text.strip().removeprefix(begin)
        text = text.removesuffix(end).rstrip().removesuffix("//") if end else text
    return text


def _unescaped(text: str) -> str:
    return _unslipped(html.unescape(text)) if "&quot;" in text and '"' not in text else text


def _requoted(text: str) -> str:
    """The text with the quotes escaped that stand inside its strings: `"5" pan"`."""
    text = _unwrapped(text)
    out: list[str] = []
    at = 0
    while (start := text.find('"', at)) >= 0:
        end = _QUOTE_THAT_ENDS.search(text, start + 1)
        if end is None:
            return text
        inner = re.sub(r'(?<!\\)"', r"\"", text[start + 1 : end.start()])
        out += [text[at : start + 1], inner, '"']
        at = end.end()
    return _unslipped("".join([*out, text[at:]]))


def _together(text: str) -> str:
    """Several objects in one script as a list."""
    return "[" + re.sub(r"}\s*,?\s*{", "},{", _unslipped(text)) + "]"


_REPAIRS = (
    (_unslipped, "it has comments, commas, quotes or words that JSON does not allow"),
    (_unescaped, "its quotes are written as `&quot;`"),
    (_together, "it has several objects side by side"),
    (_requoted, "a text in it has quotes that are not escaped"),
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
