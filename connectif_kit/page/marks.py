"""The marks between which `inject` puts what it adds, and what they tell: whole, edited or broken."""

from __future__ import annotations

import hashlib
import re
from itertools import islice
from typing import NamedTuple

OURS = "<!-- connectif-kit:"
BODY = f"{OURS}begin body "
SIGN = "connectif-kit:"
"""What every mark holds, damaged ones included."""
_MARK = re.compile(
    r"<!-- connectif-kit:"
    r"(?:begin (?P<begin>[a-z]+) (?P<hash>[0-9a-f]{12})|end (?P<end>[a-z]+)) -->"
    r"|<!--\s*connectif-kit:(?! generated from )[^>]{0,80}?-->"  # `build` begins its includes so
)
_HALVES = re.compile(r"<!-{0,2}\s*connectif-kit:\s*(begin|end)\b[^>]{0,80}(?:>|$)", re.IGNORECASE)
_LONGEST_MARK = len(SIGN) + 1_000
_MOST_HALVES, _LONGEST_BLOCK = 200, 50_000
_FIRST_OF_OURS = re.compile(r"<script[^>]{0,300}\bid=[\"']?__cn_generic_script__")
_LAST_OF_OURS = re.compile(r"<script[^>]{0,300}/connectif-events[^>]{0,300}></script>\s*")


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
    last = text.rfind(SIGN)  # sooner said than by `in`, where there are none
    if last < 0:
        return [], []
    # Only from the first sign to the last: the pattern is tried at each `<`, a twentieth of `inject`.
    first = max(text.rfind("<!--", 0, text.find(SIGN)), 0)
    found: list[Block] = []
    lost: list[int] = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text, first, last + _LONGEST_MARK):
        if opened and mark["end"] == opened["begin"]:
            content = text[opened.end() : mark.start()]
            found.append(Block(opened.start(), mark.end(), mark["end"], opened["hash"], content))
            opened = None
        else:
            lost += [opened.start()] if opened else []
            lost += [] if mark["begin"] else [mark.start()]
            opened = mark if mark["begin"] else None
    return found, lost + ([opened.start()] if opened else [])


def remains(text: str) -> list[tuple[int, int]]:
    """Where our blocks stand, those whose marks are damaged included, as far as can be told.

    A body's block begins with the loader and ends with the dispatcher's script: so far reaches one whose
    other mark is lost.
    """
    found: list[tuple[int, int]] = []
    opened: re.Match[str] | None = None
    for half in islice(_HALVES.finditer(text), _MOST_HALVES):
        if half[1].lower() == "end" and opened:
            found.append((opened.start(), half.end()))
            opened = None
        else:
            found += [_without_end(text, opened)] if opened else []
            opened = half if half[1].lower() == "begin" else None
            found += [] if opened else [_without_begin(text, half, found[-1][1] if found else 0)]
    return found + ([_without_end(text, opened)] if opened else [])


def _without_end(text: str, begin: re.Match[str]) -> tuple[int, int]:
    last = _LAST_OF_OURS.search(text, begin.end(), begin.end() + _LONGEST_BLOCK)
    return begin.start(), last.end() if last else begin.end()


def _without_begin(text: str, end: re.Match[str], after: int) -> tuple[int, int]:
    first = _FIRST_OF_OURS.search(text, after, end.start())
    return first.start() if first else end.start(), end.end()


def without_blocks(text: str) -> str:
    """A text in which blanks stand for our blocks, so that every place is where it was."""
    for block in blocks(text)[0]:
        inside = re.sub(r"[^\r\n]", " ", text[block.start : block.end])
        text = f"{text[: block.start]}{inside}{text[block.end :]}"
    return text


def plain(content: str) -> str:
    """Content with every newline as `\\n`."""
    return content.replace("\r\n", "\n").replace("\r", "\n")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
