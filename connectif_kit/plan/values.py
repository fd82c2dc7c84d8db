"""What is doubtful in a single value of a plan: a text for a selector, an address, a code.

Each function is from values to what is to be said, nothing where all is well.
"""

from __future__ import annotations

import json
import re

from connectif_kit.core.patterns import lazily
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.data_layer import DataLayer
from connectif_kit.plan.sources.literal import Literal
from connectif_kit.vocabulary import EVENTS
from connectif_kit.vocabulary.kinds import URL
from connectif_kit.vocabulary.model import Field

MIRRORED = frozenset({"add_to_cart", "remove_from_cart", "view_cart"})
"""GA4's events that tell of a cart without showing it whole."""

GA4 = MIRRORED | {event.ga4 for event in EVENTS.values() if event.ga4}

_MENDS = ("split", "map", "levels", "number", "base")
_TAG = (
    "a|article|aside|b|body|button|dd|div|dl|dt|em|footer|form|h[1-6]|header|html|i|img|input|label|li"
    "|link|main|meta|nav|ol|option|p|section|select|span|strong|table|tbody|td|textarea|th|time|title|tr|ul"
)
_NAME = r"[A-Za-z_][\w-]*"
_MARK = rf"[.#]{_NAME}|\[{_NAME}([~|^$*]?=[^\]]*)?\]"
_COMPOUND = rf"((?:{_TAG}|\*)({_MARK}|::?{_NAME}(\([^)]*\))?)*|({_MARK}|::?{_NAME}(\([^)]*\))?)+)"
_SELECTOR = lazily(rf"{_COMPOUND}((\s*[>+~]\s*|\s+){_COMPOUND})*").fullmatch
_HEADING = lazily("h[1-6]|title").fullmatch
_WORDS = lazily(r"[\w-]+( [\w-]+)*").fullmatch


def like_selector(text: str) -> bool:
    """Whether a text that stands for itself looks like a CSS selector: `h1`, `.price`, `a > b`.

    Other elements' names alone (`main`, `footer`) are words that a shop may mean.
    """
    return bool(_HEADING(text) or (not _WORDS(text) and len(text) < 200 and _SELECTOR(text)))


def selector_source(text: str) -> str:
    """A selector as it is written in a plan: `{selector: h1}`."""
    if re.fullmatch(_NAME, text):
        return f"{{selector: {text}}}"
    quoted = f"'{text}'" if '"' in text and "'" not in text else json.dumps(text, ensure_ascii=False)
    return f"{{selector: {quoted}}}"


def literal_text(source: Literal) -> str | None:
    """A literal as text; nothing where it is transformed before it is sent."""
    if any(getattr(source, name) is not None for name in _MENDS):
        return None
    value = source.literal
    return value.strip() if isinstance(value, str) else json.dumps(value)


def literal_fault(field: Field, text: str) -> str:
    """What a property expects where a text cannot be its value; addresses may begin with `/`.

    A text that is too long is cut by the platform and sent all the same: another check warns.
    """
    if field.kind is URL and re.match(r"/(?!/)", text):
        return ""
    return field.malformed(text) or ("" if field.max_length else field.beyond(text))


def layer_names(source: DataLayer) -> list[str]:
    """The events that a source of the dataLayer looks for."""
    return [source.data_layer] if isinstance(source.data_layer, str) else source.data_layer


def speaks_ga4(source: Source) -> bool:
    """Whether a source reads GA4's own events."""
    return isinstance(source, DataLayer) and bool(set(layer_names(source)) & GA4)


def placeholders(template: str) -> list[str]:
    """The names in braces, in an address's template."""
    return re.findall(r"\{([^{}]*)\}", template)


def unbalanced(selector: str) -> str:
    """The bracket or quote of a selector that has no partner; nothing where all have one."""
    open_: list[str] = []
    for char in map(str, re.findall(r"\\.|[\[\]()\"']", selector)):
        if open_ and char == open_[-1]:
            open_.pop()
        elif (open_ and open_[-1] in "\"'") or len(char) > 1:
            continue
        elif char in "])":
            return char
        else:
            open_.append({"[": "]", "(": ")"}.get(char, char))
    return {"]": "[", ")": "("}.get(open_[-1], open_[-1]) if open_ else ""
