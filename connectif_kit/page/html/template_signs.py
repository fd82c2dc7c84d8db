"""Whether a file is a template: code of a server or a generator that has not run yet."""

from __future__ import annotations

import re
from typing import NamedTuple

from connectif_kit.core.patterns import lazily

_TOKENS = ("{{", "{%", "<%", "<?php", "<?=", "%sveltekit.", "%PUBLIC_URL%")
_MARKED = ("{{", "{%", "%sveltekit.", "%PUBLIC_URL%", "?php", "?=")
_MANY = 200
# What a page shows of such code, or brings for its own scripts, is not a server's code.
_SHOWN = lazily(
    r"<!--|<(pre|code|samp|kbd|script|style|textarea|template|xmp|noscript)(?=[\s/>])", re.IGNORECASE
)
_FRONT_MATTER = lazily(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n")
_NEVER = lazily(r"<\?(?:php\b|=)|%sveltekit\.|%PUBLIC_URL%")
_CODE = lazily(
    r"<%[-=@#!]?\s[^%]*%>|\{%-?\s*\w[^%]*%\}"
    r"|\{\{-?\s*(?:\.\w|[#>]\s*\w|(?:define|block|partial|template|range|with|if|end)\b)[^{}]*\}\}"
)
_STRUCTURE = lazily(
    r"<%[-=@]|\{\{[#>]\s*\w|\{\{-?\s*(?:define|block|partial|template|range|with|if|end)\b"
    r"|\{%-?\s*(?:extends|include|block|render|layout|import)\b"
)
_ANY = lazily(r"\{\{[^{}]*\}\}")
_IN_BROWSER = lazily(r"\b(?:ng-app|ng-version|v-cloak|v-app|x-data|data-ng-app|vue)\b", re.IGNORECASE)
_NEAR = 500
_BODY = lazily(r"<body(?=[\s/>])", re.IGNORECASE)


class TemplateSign(NamedTuple):
    """Where code that has not run stands in a text, and its beginning."""

    offset: int
    code: str


def template_sign(text: str) -> TemplateSign | None:
    """The code of a server or a generator in a page; nothing where it is a built one.

    Not counted is what stands in code samples, comments and scripts, what an author may have written in a
    paragraph about such code, and `{{ }}` in pages whose own scripts fill it in.
    """
    if front := _FRONT_MATTER.match(text):
        return TemplateSign(0, front[1])
    if not _has_token(text):
        return None
    bare = _without_shown(text)
    body = _BODY.search(bare)
    head = body.start() if body else len(bare)
    found = _NEVER.search(bare) or _CODE.search(bare, 0, head) or (body and _in_body(bare, body.end()))
    if not found and body and not _IN_BROWSER.search(text):
        found = _ANY.search(bare, 0, head)
    return TemplateSign(found.start(), found[0][:60]) if found else None


def _has_token(text: str) -> bool:
    """Whether one of the tokens stands in a text.

    One character is found far sooner than two, and pages have few of these: a fifth of the time of `inject`.
    """
    return any(_has_token_with(character, text) for character in "{%?")


def _has_token_with(character: str, text: str) -> bool:
    at = text.find(character)
    for _ in range(_MANY):
        if at < 0:
            return False
        if text.startswith(_MARKED, at) or text[at - 1 : at + 1] == "<%":
            return any(token in text for token in _TOKENS)
        at = text.find(character, at + 1)
    return any(token in text for token in _TOKENS)


def _in_body(bare: str, start: int) -> re.Match[str] | None:
    """Code that builds the page, or stands in a tag: text about code does neither."""
    if found := _STRUCTURE.search(bare, start):
        return found if not _in_paragraph(bare, found.start()) else None
    return next((found for found in _CODE.finditer(bare, start) if _in_tag(bare, found.start())), None)


def _in_tag(bare: str, offset: int) -> bool:
    near = max(0, offset - _NEAR)
    opened = bare.rfind("<", near, offset)
    return opened > bare.rfind(">", near, offset) and bare[opened + 1 : opened + 2].isalpha()


def _in_paragraph(bare: str, offset: int) -> bool:
    """Whether text stands right before the code, as in a sentence about it."""
    near = max(0, offset - _NEAR)
    before = bare[max(near, bare.rfind(">", near, offset) + 1) : offset].strip()
    return before[-1:].isalpha() or before.endswith((",", ":", "(", "“", '"'))


def _without_shown(text: str) -> str:
    """The text with blanks for what is only shown, of the same length; one pass."""
    kept, done = [], 0
    while shown := _SHOWN.search(text, done):
        close = f"</{shown[1].lower()}" if shown[1] else "-->"
        end = _close(text, close, shown.end())
        kept += [text[done : shown.start()], " " * (end - shown.start())]
        done = end
    return "".join([*kept, text[done:]])


def _close(text: str, close: str, start: int) -> int:
    if close == "-->":
        found = text.find(close, start)
        return found + len(close) if found >= 0 else len(text)
    closing = re.compile(re.escape(close), re.IGNORECASE).search(text, start)
    return closing.end() if closing else len(text)
