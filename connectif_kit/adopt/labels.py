"""What a category's pages are called: a text that the platform keeps whole, on all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connectif_kit.adopt.line import counted
from connectif_kit.plan import globs
from connectif_kit.vocabulary.page_category import PAGE_CATEGORY

PLACES = ("main h1", "h1", "main h2", "h2", "title")
"""Where a page says what it is called, the surest first."""
_SIGNS = (" | ", " – ", " — ", " · ", " » ", " - ", ": ")
"""What parts a page's title from the shop's name."""
_MOST = (PAGE_CATEGORY.label.max_length if PAGE_CATEGORY.label else 0) or 0

Texts = Mapping[str, str]
"""Place → its text, of one page."""


def label(pages: Mapping[str, Texts]) -> tuple[dict[str, Any], str]:
    """The plan's `page_category` for some pages, by path, and what there is to know of it."""
    ways = list(_ways(pages))
    if fitting := next((source for source, texts in ways if all(0 < len(t) <= _MOST for t in texts)), None):
        return {"page_category": fitting}, ""
    if not ways:
        return {}, ""
    source, texts = ways[0]
    long = [path for path, text in zip(pages, texts, strict=True) if len(text) > _MOST]
    where = f"{counted(len(long), 'page')}, such as {long[0]}"
    return {"page_category": source}, f"; more than the {_MOST} characters that are kept, on {where}"


def _ways(pages: Mapping[str, Texts]) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Sources that give every page a text of its own, each with the texts; last the address's last step."""
    there = [css for css in PLACES if all(css in texts for texts in pages.values())]
    steps = [globs.normal(path).rpartition("/")[2] for path in pages]
    found: list[tuple[dict[str, Any], list[str]]] = [
        ({"selector": css}, [texts[css] for texts in pages.values()]) for css in there
    ]
    found += [
        ({"selector": css, "split": sign, "first": True}, [_before(sign, t[css]) for t in pages.values()])
        for css in there
        for sign in _SIGNS
    ]
    found.append(({"page": "path", "split": "/", "nth": -1}, steps))
    return ((source, texts) for source, texts in found if len(texts) == 1 or len(set(texts)) > 1)


def _before(sign: str, text: str) -> str:
    return text.split(sign)[0].strip()
