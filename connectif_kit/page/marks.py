"""The marks between which `inject` puts what it adds, and what they tell: whole, edited or broken."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from connectif_kit.core.patterns import lazily

OURS = "<!-- connectif-kit:"
BODY = f"{OURS}begin body "
_MARK = lazily(
    r"<!-- connectif-kit:"
    r"(?:begin (?P<begin>[a-z]+) (?P<hash>[0-9a-f]{12})|end (?P<end>[a-z]+)|[^>]{0,80}?) -->"
)


class Block(NamedTuple):
    """One of our blocks in a page: its span, marks included, and what the marks say."""

    start: int
    end: int
    name: str
    hash: str
    content: str

    @property
    def is_edited(self) -> bool:
        """Whether somebody has changed what stands between the marks."""
        return _digest(plain(self.content)) != self.hash


def marked(name: str, content: str) -> str:
    """Content between our marks; newlines are `\\n`."""
    inside = f"\n{content}\n"
    return f"{OURS}begin {name} {_digest(inside)} -->{inside}<!-- connectif-kit:end {name} -->"


def blocks(text: str) -> tuple[list[Block], list[int]]:
    """The blocks of a text, and where marks stand that have lost their other half; one pass."""
    if text.rfind("connectif-kit:") < 0:  # sooner said than by `in`, where there are none
        return [], []
    found: list[Block] = []
    lost: list[int] = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if opened and mark["end"] == opened["begin"]:
            content = text[opened.end() : mark.start()]
            found.append(Block(opened.start(), mark.end(), mark["end"], opened["hash"], content))
            opened = None
        else:
            lost += [opened.start()] if opened else []
            lost += [] if mark["begin"] else [mark.start()]
            opened = mark if mark["begin"] else None
    return found, lost + ([opened.start()] if opened else [])


def plain(content: str) -> str:
    """Content with every newline as `\\n`."""
    return content.replace("\r\n", "\n").replace("\r", "\n")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
