"""What is wrong with a value, in one word: each word has its own rule, and no value breaks two of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from connectif_kit.audit.context import PageContext, Part, Value
from connectif_kit.core.patterns import lazily
from connectif_kit.page.html import Node
from connectif_kit.vocabulary.currencies import MARKS, SIGNS
from connectif_kit.vocabulary.kinds import DECIMAL, INTEGER, URL
from connectif_kit.vocabulary.model import Entity, Field

_BLANKS = " \u00a0\u2009\u202f"
_GROUPED = lazily(rf"\d{{1,3}}(?:([.,'’{_BLANKS}])\d{{3}})(?:\1\d{{3}})*(?:[.,]\d+)?")
_NUMBER = lazily(rf"\d[\d.,'’{_BLANKS}]*")
_SIGN = "|".join(re.escape(sign) for sign in sorted({*MARKS, *SIGNS}, key=lambda sign: (-len(sign), sign)))
_CURRENCY = lazily(
    rf"(?:[A-Z]{{2,3}}\s?)?[{''.join(sign for sign in SIGNS if len(sign) == 1 and not sign.isalpha())}]"
    rf"|(?<![^\W\d_])(?:[A-Z]{{3}}|(?:{_SIGN})\.?)(?![^\W\d_])"
)
_NOTHING = {
    "nan",
    "-nan",
    "infinity",
    "-infinity",
    "inf",
    "undefined",
    "null",
    "none",
    "false",
    "true",
    "n/a",
}


def fault_of(field: Field, text: str) -> str:
    """The name of the rule that a value breaks by its form; `malformed-value` where none is nearer."""
    if not text or isinstance(field.kind, Entity) or field.choices:
        return ""
    if not field.malformed(text):
        return "malformed-value" if field.max_length and field.beyond(text) else ""
    if field.kind in (DECIMAL, INTEGER):
        return number_fault(text, whole=field.kind is INTEGER)
    if field.kind is URL and re.fullmatch(r"(?!https?:)[^\s:<>\"]+", text):
        return "relative-url"
    return "malformed-value"


def number_fault(text: str, *, whole: bool = False) -> str:
    """Why a text is not a plain number."""
    if text.lower() in _NOTHING:
        return "not-a-number"
    bare = text.replace("%", "", 1).strip()
    if "%" in text and _NUMBER.fullmatch(bare):
        return "percent-sign"
    bare = _CURRENCY.sub("", text, count=1).strip()
    if bare != text and re.fullmatch(rf"[-−]?\s*{_NUMBER.pattern}", bare):
        return "currency-sign"
    if text[0] in "-−" and _NUMBER.fullmatch(text[1:].strip()):
        return "negative-number"
    if _GROUPED.fullmatch(text):
        return "thousands-separator"
    return "decimal-comma" if re.fullmatch(r"\d*,\d+", text) and not whole else "malformed-value"


def broken(context: PageContext, fault: str) -> Sequence[tuple[Part, Value]]:
    """The values of a page that break one rule by their form."""
    found: dict[str, list[tuple[Part, Value]]] | None = context.memo.get("broken")
    if found is None:
        found = context.memo["broken"] = {}
        for part in context.parts:
            for value in part.values:
                if value.field and (name := fault_of(value.field, value.text)):
                    found.setdefault(name, []).append((part, value))
    return found.get(fault, ())


def decimal(part: Part, name: str) -> Decimal | None:
    """A property as a number; nothing where it is missing or no number (another rule says so)."""
    value = part.first(name)
    try:
        number = Decimal(value.text) if value and value.text else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number) < 10**15 else None


def sound(part: Part, name: str) -> Value | None:
    """The property that counts, where it has a value of the right form."""
    value = part.first(name)
    known = value is not None and value.field is not None and bool(value.text)
    return value if value and value.field and known and not value.field.fault(value.text) else None


def short(text: str) -> str:
    """A value as a message shows it."""
    return text if len(text) <= 60 else text[:57] + "…"


def texts(context: PageContext) -> list[tuple[str, Node, str]]:
    """Name, element and text of every value: of properties, and of tags whose text is the value."""
    found: list[tuple[str, Node, str]] | None = context.memo.get("texts")
    if found is None:
        found = context.memo["texts"] = list(_texts(context))
    return found


def _texts(context: PageContext) -> Iterator[tuple[str, Node, str]]:
    for use in context.tags:
        if use.tag.label:
            yield use.tag.css_class, use.node, use.text
        for part in use.parts:
            yield from [(value.name, value.node, value.text) for value in part.values if value.field]
