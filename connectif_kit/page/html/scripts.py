"""Which scripts a browser runs, and what of them is code."""

from __future__ import annotations

import re

from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.page.html.node import Node

# Beside JavaScript's own: the types by which consent managers and caches put a script off.
_RUN = lazily(
    r"|module|text/partytown|(?:.*[/-])?(?:x-)?(?:java|ecma|j|live)script[\d.]*|[a-z]*lazyloadscript",
    re.IGNORECASE,
)
_PUT_OFF = ("text/plain", "text/template")

# What may hold the marks of a comment without being one; every part ends somewhere, so this is linear.
_COMMENT = lazily(
    r"""
    ( "(?:[^"\\\n]|\\.)*+"? | '(?:[^'\\\n]|\\.)*+'? | `(?:[^`\\]|\\.)*+`? | \\.
    | (?:[(,=:\[!&|?{;]|\breturn)\s*+/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^]\\\n]|\\.)*+]?)*+/? )
    | //[^\n]* | /\*.*?(?:\*/|\Z)
    """,
    re.DOTALL | re.VERBOSE,
)


def without_comments(code: str) -> str:
    """JavaScript without its comments; a `//` in a string stays."""
    return _COMMENT.sub(lambda found: found[1] or " ", code)


def hindrance(script: Node) -> str:
    """Why a browser never runs a script; nothing where it does, at once or after a visitor's consent."""
    attributes = script.attributes
    if script.in_template:
        return say("it stands in a <template>")
    if not is_code(script):
        return say('type="{attributes}" is not JavaScript', attributes=attributes["type"][:40])
    if "nomodule" in attributes and attributes.get("type", "").strip().lower() != "module":
        return say("with `nomodule`, no browser of today runs it")
    source = attributes.get("src")
    code = (script.text if source is None else source).strip()
    if source is None and code.startswith("/"):  # what begins otherwise is more than comments
        code = without_comments(code).strip()
    return "" if code else say("it is empty")


def is_code(script: Node) -> bool:
    """Whether a script's type is one that runs.

    Consent managers write `text/plain` and mark the script by a `data-` attribute or a class.
    """
    kind = script.attributes.get("type", "").strip().lower()
    return kind == "" or _RUN.fullmatch(kind) is not None or (kind in _PUT_OFF and _is_marked(script))


def _is_marked(script: Node) -> bool:
    return any(name == "class" or name.startswith("data-") for name in script.attributes)
