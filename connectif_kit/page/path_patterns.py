"""The patterns of hosts' files as regular expressions: those of path-to-regexp, and globs."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"\\(?P<escaped>.)"
    r"|(?P<prefix>[/.]?)(?::(?P<name>\w+))(?P<own>\()?"
    r"|(?P<before>[/.]?)(?P<group>\()"
    r"|(?P<braces>[{}])"
    r"|(?P<plain>.)",
    re.DOTALL,
)


def compiled(source: str) -> re.Pattern[str]:
    """A pattern of path-to-regexp 6, which Vercel takes: `/p/:slug`, `/:path*`, `/(.*)`, `/((?!api).*)`.

    A slash more at the end is let pass, as what is built for Vercel does.
    Raises ValueError and re.error for what is none, and for groups in braces.
    """
    return re.compile("".join(_parts(source)) + "/?")


def _parts(source: str) -> Iterator[str]:
    at = 0
    while found := _TOKEN.match(source, at):
        at = found.end()
        if found["braces"]:
            raise ValueError(source)
        if found["escaped"] or found["plain"]:
            yield re.escape(found["escaped"] or found["plain"])
            continue
        wanted = "[^/#?]+?"
        if found["own"] or found["group"]:
            end = _closing(source, at)
            wanted, at = source[at:end], end + 1
        modifier = source[at : at + 1] if source[at : at + 1] in tuple("?*+") else ""
        at += len(modifier)
        yield _group(re.escape(found["prefix"] or found["before"] or ""), wanted, modifier)


def _group(prefix: str, wanted: str, modifier: str) -> str:
    if modifier in ("*", "+"):
        again = f"{prefix}(?:{wanted})(?:{prefix}(?:{wanted}))*"
        return f"(?:{again})?" if modifier == "*" else f"(?:{again})"
    return f"(?:{prefix}(?:{wanted})){modifier}"


def _closing(source: str, at: int) -> int:
    """Where the group ends whose content begins at a place. Raises ValueError where it does not."""
    depth, escaped = 1, False
    for index in range(at, len(source)):
        letter = source[index]
        if escaped or letter == "\\":
            escaped = not escaped
            continue
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return index
    raise ValueError(source)


_GLOB = re.compile(
    r"(?P<any_folders>(?<![^/])\*\*/)"
    r"|(?P<rest>(?<![^/])\*\*$)"
    r"|(?P<extended>[@?+*!])\("
    r"|(?P<class>\[[^\]]+\])"
    r"|(?P<mark>[*?{},|)])"
    r"|\\(?P<escaped>.)"
    r"|(?P<plain>.)",
    re.DOTALL,
)
_SIMPLE = {"*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")"}


def glob(source: str) -> re.Pattern[str]:
    """A glob with `**`, braces and `@(a|b)`. Raises ValueError for `!`, and re.error for what is none."""
    made, depth, closers = "", 0, list[str]()
    for found in _GLOB.finditer(source):
        if found["any_folders"]:
            made += "(?:.*/)?"
        elif found["rest"]:
            made += ".*"
        elif found["extended"]:
            if found["extended"] == "!":
                raise ValueError(source)
            closers.append({"@": ")", "?": ")?", "+": ")+", "*": ")*"}[found["extended"]])
            made += "(?:"
        elif found["class"]:
            made += found["class"].replace("[!", "[^", 1)
        elif mark := found["mark"]:
            depth += (mark == "{") - (mark == "}")
            if mark == ")" and closers:
                made += closers.pop()
            elif (mark == "," and depth) or (mark == "|" and closers):
                made += "|"
            else:
                made += _SIMPLE.get(mark, re.escape(mark))
        else:
            made += re.escape(found["escaped"] or found["plain"])
    return re.compile(made)
