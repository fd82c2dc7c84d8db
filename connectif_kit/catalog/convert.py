"""The small conversions that a source may declare, from text to text: the Python face.

The browser has the same, and tests/data/cases_fields.json holds both to one behaviour. So nothing here
uses what JavaScript does otherwise: digits are ASCII, blanks are named, addresses are joined plainly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from connectif_kit.catalog.price import BLANKS, MAX_NUMBER, ambiguous, maybe_thousands, number
from connectif_kit.core.patterns import lazily
from connectif_kit.plan.source import Source

__all__ = ["BLANKS", "MAX_NUMBER", "OPTIONS", "ambiguous", "apply", "number"]

OPTIONS = ("split", "first", "nth", "map", "levels", "number", "divide", "slug", "prefix", "base", "default")
"""What a source may declare, in the order in which it is done."""

_MARKS = lazily("[\u0300-\u036f]").sub
_WHOLE = lazily(r"([0-9]+)(?:\.0+)?").fullmatch
_DECIMAL = lazily(r"[0-9.]+").fullmatch
_NO_SLUG = lazily("[^a-z0-9]+").sub


def text_of(value: object) -> str | None:
    """A scalar as text, blanks around it gone; nothing for emptiness and for what is not a scalar."""
    if isinstance(value, str):
        return value.strip(BLANKS) or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float | Decimal):
        return plain_number(str(value))
    return None


def plain_number(text: str) -> str:
    """A JSON number as it is written; only an exponent is written out, within reason."""
    if "e" not in text and "E" not in text:
        return text
    number = Decimal(text)
    exponent = number.adjusted() if number else 0
    return format(number, "f") if abs(exponent) < MAX_NUMBER else text


def join(base: str, address: str) -> str:
    """An address made absolute; nothing is encoded, no `..` resolved."""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", address):
        return address
    scheme, _, rest = base.partition("://")
    if address.startswith("//"):
        return f"{scheme}:{address}"
    if address.startswith("/"):
        return f"{scheme}://{rest.split('/', 1)[0]}{address}"
    return f"{base.rstrip('/')}/{address.removeprefix('./')}"


def levels(text: str, separator: str) -> str:
    """`Kitchen > Mugs` → `/Kitchen/Mugs`."""
    steps = [step.strip(BLANKS) for step in text.split(separator)]
    return "".join(f"/{step}" for step in steps if step)


def apply(source: Source, value: object) -> object:
    """What a source found, transformed as it declares: a text, a list of texts, nothing, or an object."""
    if type(value) is not str and _holds_objects(value):
        return value
    many = isinstance(value, list | tuple) or source.split is not None
    texts = [text for item in _items(value) if (text := text_of(item)) is not None]
    if source.split is not None:
        texts = [part for text in texts for part in _parts(text, source.split)]
    if source.position is not None:
        many, texts = False, nth(texts, source.position)
    texts = [new for text in texts if (new := _mended(source, text))]
    if not texts:
        return text_of(source.default)
    return texts if many else texts[0]


def _items(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else [value]


def _holds_objects(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list | tuple) and any(map(_nested, value)))


def _nested(value: object) -> bool:
    return isinstance(value, dict | list | tuple)


def _parts(text: str, separator: str) -> list[str]:
    return [part for piece in text.split(separator) if (part := piece.strip(BLANKS))]


def _mended(source: Source, text: str) -> str:
    if source.map is not None:
        text = mapped(source.map, text)
    if source.levels is not None:
        text = levels(text, source.levels)
    if source.number is not None:
        text = number(text, source.number) or _unread(source.number, text)
    if source.divide is not None:
        text = divided(text)
    if source.slug:
        text = slug(text)
    if source.prefix is not None and text:
        text = source.prefix + text
    if source.base is not None and text:
        text = join(source.base, text)
    return text


def _unread(style: str, text: str) -> str:
    """A text that is not a number stays, to be refused; `1.299?` would otherwise pass as a plain decimal."""
    return f"{text}?" if style == "auto" and maybe_thousands(text) else text


def divided(cents: str) -> str:
    """`1999` → `19.99`; what is not a whole number stays, and a decimal is marked to be refused."""
    whole = _WHOLE(cents)
    if not whole:
        return f"{cents}?" if _DECIMAL(cents) else cents
    digits = whole[1].zfill(3)
    return f"{digits[:-2]}.{digits[-2:]}"


def nth(texts: list[str], position: int) -> list[str]:
    """One of a list, counted from 1, or from -1 at its end; none where the list is too short."""
    if abs(position) > len(texts):
        return []
    return [texts[position - 1 if position > 0 else position]]


def slug(text: str) -> str:
    """`Café Olé!` → `cafe-ole`: marks taken off letters, all but a-z and 0-9 made hyphens."""
    bare = _MARKS("", unicodedata.normalize("NFD", text)).lower()
    return _NO_SLUG("-", bare).strip("-")


def mapped(words: dict[str, str], text: str) -> str:
    """The word that stands for a text, in any case; a text without one stays."""
    if text in words:
        return words[text]
    lower = text.lower()
    return next((new for old, new in words.items() if old.lower() == lower), text)


def declared(source: Source) -> bool:
    """Whether a source transforms what it finds."""
    return any(getattr(source, option) is not None for option in OPTIONS)
