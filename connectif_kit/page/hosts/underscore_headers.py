"""`_headers` of Netlify and Cloudflare Pages.

https://docs.netlify.com/manage/routing/headers, https://developers.cloudflare.com/pages/configuration/headers
"""

from __future__ import annotations

import re
from collections.abc import Callable

from connectif_kit.core.messages import say
from connectif_kit.page.host_headers import (
    Header,
    HostFile,
    Parsed,
    Request,
    Rule,
    Unread,
    names_policy,
)

_ABSOLUTE = re.compile(r"https?://([^/]*)(/.*)?", re.IGNORECASE)
_PLACEHOLDER = re.compile(r":[A-Za-z]\w*")


def parse(text: str) -> Parsed:
    """The rules; a header before the first path, or a line that is neither, is not understood."""
    rules: list[Rule] = []
    unread: list[Unread] = []
    waiting: list[Header] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        if is_path(written):
            waiting = []
            rules.append(Rule(matcher(written), ()))
        elif waiting is not None and (header := _header(written, number)):
            waiting.append(header)
            rules[-1] = rules[-1]._replace(headers=tuple(waiting))
        elif names_policy(written):
            unread.append(Unread(number, say("this line is under no path, or is no header")))
    return Parsed(tuple(rules), tuple(unread))


def is_path(written: str) -> bool:
    """Whether a line begins a rule."""
    return written.startswith("/") or _ABSOLUTE.fullmatch(written) is not None


def _header(written: str, number: int) -> Header | None:
    """`Name: value`, or `! Name`, by which Cloudflare takes away what earlier rules have said."""
    if written.startswith("!"):
        return Header(written[1:].strip().lower(), "", number, "unset")
    name, colon, value = written.partition(":")
    return Header(name.strip().lower(), value.strip(), number) if colon and name.strip() else None


def matcher(pattern: str) -> Callable[[Request], bool]:
    """Who matches `/p/*`, `/:lang/about` or, on Cloudflare, `https://shop.example/*`.

    Netlify takes a path with and without its last slash, in whatever case; the wider reading counts.
    """
    absolute = _ABSOLUTE.fullmatch(pattern)
    host = (
        re.compile(_PLACEHOLDER.sub("[^.]+", re.escape(absolute[1]).replace(r"\*", ".*")))
        if absolute
        else None
    )
    path = (absolute[2] or "/") if absolute else pattern
    parts = [_part(part.strip()) for part in path.split("/") if part.strip()]
    wanted = re.compile("".join(parts) + "/?", re.IGNORECASE)

    def matches(request: Request) -> bool:
        if host and request.host and not host.fullmatch(request.host.lower()):
            return False
        return wanted.fullmatch(request.path) is not None

    return matches


def _part(part: str) -> str:
    """One part of a path with the slash before it, which may be missing where a `*` stands alone."""
    if part == "*":
        return "(?:/.*)?"
    return "/" + _pattern(part, "[^/]+")


def _pattern(written: str, placeholder: str) -> str:
    return _PLACEHOLDER.sub(placeholder, re.escape(written).replace(r"\*", ".*"))


HEADERS = HostFile("_headers", "_headers", parse, published=True)
