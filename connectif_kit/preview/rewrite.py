"""A page's addresses, edited by their spans in the source: what would leave this machine stays on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from connectif_kit.core.diagnostics import Edit
from connectif_kit.page.html import Source, apply_edits, parse
from connectif_kit.page.hydration import is_payload_text

if TYPE_CHECKING:
    from connectif_kit.page.html import Node, Page
    from connectif_kit.preview.addresses import Places

_LAZY = ("data-lazy", "data-lazy-src", "data-original", "data-bg", "data-background", "data-poster")
_URL = (
    "src",
    "href",
    "action",
    "formaction",
    "poster",
    "data",
    "xlink:href",
    "background",
    "data-src",
    "data-href",
)
_LISTS = ("srcset", "imagesrcset", "data-srcset", "data-lazy-srcset")
# These say where the page lives and are read as data; nobody asks for them.
_SAYING = {"canonical", "alternate", "next", "prev", "shortlink", "author", "license", "me"}
_CANDIDATE = re.compile(r"([\s,]*)(\S+)")
_DESCRIPTORS = re.compile(r"(?:[^,(]|\([^)]*\))*")
_REFRESH = re.compile(r"""(\s*[\d.]*\s*[;,\s]\s*(?:url\s*=\s*)?["']?)([^"'\s][^"']*)""", re.IGNORECASE)


def edits(page: Page, places: Places, read: Collection[tuple[str, str]] = ()) -> Iterator[Edit]:
    """Edits for all addresses of a page.

    `read` is what the plan reads from the page, as (selector, attribute): its values stay as a visitor's are.
    """
    kept = {(_start(node), name) for css, name in read for node in _selected(page, css)}
    for node in page.elements():
        yield from _attributes(node, places, kept)
        if node.tag in ("script", "style"):
            yield from _inside(page, node, places)


def _selected(page: Page, css: str) -> Iterable[Node]:
    try:
        return page.select(css)
    except ValueError:
        return ()


def _start(node: Node) -> int:
    return node.start_tag.start if node.start_tag else -1


def _attributes(node: Node, places: Places, kept: Collection[tuple[int, str]]) -> Iterator[Edit]:
    attributes = node.attributes
    if not attributes or _only_says(node):
        return
    for name in attributes:
        change = _changer(node, name)
        if change is None or (_start(node), name) in kept:
            continue
        new = change(attributes[name], places)
        span = node.attribute_span(name) if new != attributes[name] else None
        if span:
            yield Edit(span.start, span.end, f'{name}="{escape(new)}"')


def _only_says(node: Node) -> bool:
    if node.tag != "link":
        return False
    words = set(node.attributes.get("rel", "").lower().split())
    return bool(words & _SAYING) and "stylesheet" not in words


def _changer(node: Node, name: str) -> Callable[[str, Places], str] | None:
    """How the value of an attribute is rewritten; None where it holds no address."""
    if name in _URL:
        return _plain
    if name in _LAZY:
        return _lazy
    if name == "ping":
        return _blank_separated
    if name in _LISTS:
        return srcset
    if name == "style":
        return _css
    if name == "srcdoc":
        return _document
    refreshes = node.tag == "meta" and node.attributes.get("http-equiv", "").lower() == "refresh"
    return _refresh if name == "content" and refreshes else None


def _plain(value: str, places: Places) -> str:
    local = places.local(value)
    return value if local is None else local


def srcset(value: str, places: Places) -> str:
    """A list of candidates, `a.jpg 1x, b.jpg 2x`.

    An address ends at a blank, less the commas at its end; without those, what describes it goes on to the
    next comma (HTML, parsing a srcset attribute).
    """
    made, at = [], 0
    while found := _CANDIDATE.match(value, at):
        address = found[2].rstrip(",")
        commas, at = found[2][len(address) :], found.end()
        more = _DESCRIPTORS.match(value, at) if not commas else None
        at = more.end() if more else at
        made += [found[1], _plain(address, places), commas, more[0] if more else ""]
    return "".join(made) + value[at:]


def _blank_separated(value: str, places: Places) -> str:
    return " ".join(_plain(each, places) for each in value.split())


def _lazy(value: str, places: Places) -> str:
    """What a script puts into the page later: an address, or a style's `url(…)`."""
    return places.in_css(value) if "(" in value else _plain(value, places)


def _css(text: str, places: Places) -> str:
    return places.in_css(text)


def _document(html: str, places: Places) -> str:
    """A frame's whole document, as an attribute holds it."""
    page = parse(Source("srcdoc", html))
    try:
        return apply_edits(html, list(edits(page, places)))
    finally:
        page.release()


def _refresh(value: str, places: Places) -> str:
    return _REFRESH.sub(lambda m: m[1] + _plain(m[2], places), value)


def _inside(page: Page, node: Node, places: Places) -> Iterator[Edit]:
    """The text of a script or a style."""
    if not (node.start_tag and node.end_tag):
        return
    start, end = node.start_tag.end, node.end_tag.start
    old = page.source.text[start:end]
    is_rules = node.attributes.get("type", "").strip().lower() in ("speculationrules", "importmap")
    if node.tag == "script" and is_payload_text(old):
        return
    change = places.in_css if node.tag == "style" else places.in_rules if is_rules else places.in_code
    new = change(old)
    if new != old:
        yield Edit(start, end, new)
