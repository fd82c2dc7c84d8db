"""What is wrong with a CSS selector, by Selectors 4, before any parser or browser stumbles over it.

Browsers know more pseudo-classes than any parser of ours: where a browser asks, any name may stand.
"""

from __future__ import annotations

import re

from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass

_ESCAPE = r"\\(?:[0-9a-fA-F]{1,6}\s?|[^\n0-9a-fA-F])"
_IDENT = rf"(?:--|-?(?:[A-Za-z_]|[^\x00-\x7f]|{_ESCAPE}))(?:[\w-]|[^\x00-\x7f]|{_ESCAPE})*"
_STRING = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
_TYPE = re.compile(rf"(?:\*\|)?(?:{_IDENT}|\*)").match
_ATTRIBUTE = rf"\[\s*(?:\*\|)?{_IDENT}\s*(?:[~|^$*]?=\s*(?:{_IDENT}\s*|(?:{_STRING})\s*)(?:[iIsS]\s*)?)?\]"
_PART = re.compile(rf"[#.]{_IDENT}|{_ATTRIBUTE}|(?P<pseudo>::?{_IDENT})(?P<opens>\()?").match
_COMBINATOR = re.compile(r"\s*[>+~]\s*|\s+(?=[^\s,)])").match
_RELATIVE = re.compile(r"\s*[>+~]").match
_BLANKS = re.compile(r"\s*").match
_NTH = re.compile(
    r"\s*(?:even|odd|[-+]?[0-9]*n(?:\s*[-+]\s*[0-9]+)?|[-+]?[0-9]+)(?:\s+(of)\b|\s*)", re.I
).match
_SOME_WORDS = re.compile(rf"\s*(?:{_IDENT}|{_STRING})(?:\s*,\s*(?:{_IDENT}|{_STRING}))*\s*").match
_INSIDE = re.compile(rf"{_STRING}|\\.|[()]", re.DOTALL)
_COMMENT = re.compile(r"(?:^|(?<=\s))/\*(?:[^*]|\*(?!/))*\*/(?=\s|$)")
_MOST_BRACKETS = 50

LISTS = frozenset({"is", "where", "not", "has"})
COUNTS = frozenset({"nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"})
# Of other directions a browser says that nothing has them, and an older soupsieve that it knows none.
WORDS = {"lang": _SOME_WORDS, "dir": re.compile(r"\s*(?:ltr|rtl)\s*", re.I).match}
STATIC = (
    LISTS
    | COUNTS
    | WORDS.keys()
    | {"any-link", "checked", "default", "defined", "disabled", "empty", "enabled", "link"}
    | {"first-child", "first-of-type", "last-child", "last-of-type", "only-child", "only-of-type"}
    | {"optional", "read-only", "read-write", "required", "root", "scope"}
    | {"active", "focus", "focus-visible", "focus-within", "hover", "target", "visited"}
)
"""Pseudo-classes that both parsers of built HTML know, so that a page says the same to each."""


class _Fault(Exception):  # noqa: N818 - no error of a program: it carries words out of the depth
    """What cannot stand where it does."""


def selector_fault(selector: str, *, static: bool) -> str:
    """Why a text is not a selector, in words that follow it; nothing where it is one.

    `static` where built HTML is asked, which has no states and no pseudo-elements.
    """
    text = _COMMENT.sub(" ", selector)
    if text.count("(") > _MOST_BRACKETS:
        return say("is nested too deeply")
    try:
        end = _Reader(text, static).selectors(0)
        return "" if end == len(text) else _stray(text, end)
    except _Fault as found:
        return str(found)


def _stray(text: str, at: int) -> str:
    if at >= len(text):
        return (
            say("is not a selector: it ends too early")
            if text.strip()
            else say("is not a selector: it is empty")
        )
    return say("is not a selector: `{text}` cannot stand there", text=text[at : at + 12])


@dataclass(frozen=True, slots=True)
class _Reader:
    """Goes through a text; each method takes a position and gives the one after what it read."""

    text: str
    static: bool

    def selectors(self, at: int, inside: str = "") -> int:
        """A list, parted by commas."""
        while True:
            at = self.complex(at, inside)
            if self.text[at : at + 1] != ",":
                return at
            at += 1

    def complex(self, at: int, inside: str) -> int:
        """Compounds and what combines them; in `:has(…)` it may begin with a combinator."""
        if inside == "has" and (found := _RELATIVE(self.text, at)):
            at = found.end()
        at = self.compound(self.blanks(at), inside)
        while found := _COMBINATOR(self.text, at):
            at = self.compound(found.end(), inside)
        return self.blanks(at)

    def compound(self, at: int, inside: str) -> int:
        """A name and what narrows it."""
        start = at
        if found := _TYPE(self.text, at):
            at = found.end()
        while found := _PART(self.text, at):
            at = found.end()
            if found["pseudo"]:
                at = self.pseudo(found["pseudo"].lower(), at if found["opens"] else 0, at, inside)
        if at == start:
            raise _Fault(_stray(self.text, at))
        return at

    def pseudo(self, name: str, opened: int, at: int, inside: str) -> int:
        """A pseudo-class or -element, with what stands in its brackets."""
        bare = name.lstrip(":")
        if self.static and (name.startswith("::") or bare not in STATIC):
            raise _Fault(
                say("asks for `{name}`, which a browser may know and built HTML does not", name=name)
            )
        known = bare in STATIC and not name.startswith("::")
        if known and (bare in LISTS | COUNTS | WORDS.keys()) != bool(opened):
            raise _Fault(
                say("is not a selector: `{name}` takes no brackets", name=name)
                if opened
                else say("is not a selector: `{name}` lacks its brackets", name=name)
            )
        if bare == "has" == inside:
            raise _Fault(say("is not a selector: `:has` cannot stand in another"))
        return self.arguments(bare, opened) if opened else at

    def arguments(self, name: str, at: int) -> int:
        """What stands in brackets, and the closing one."""
        if name in LISTS:
            at = self.selectors(at, name)
        elif name in COUNTS:
            found = _NTH(self.text, at)
            if not found or (found[1] and "type" in name):
                raise _Fault(_stray(self.text, at))
            at = self.selectors(found.end(), name) if found[1] else found.end()
        elif name in WORDS:
            if not (found := WORDS[name](self.text, at)):
                raise _Fault(_stray(self.text, at))
            at = found.end()
        else:
            at = self.closing(at)
        if self.text[at : at + 1] != ")":
            raise _Fault(_stray(self.text, at))
        return at + 1

    def closing(self, at: int) -> int:
        """The bracket that closes what is open."""
        depth = 0
        for found in _INSIDE.finditer(self.text, at):
            depth += {"(": 1, ")": -1}.get(found[0], 0)
            if depth < 0:
                return found.start()
        return len(self.text)

    def blanks(self, at: int) -> int:
        """After blanks."""
        found = _BLANKS(self.text, at)
        return found.end() if found else at
