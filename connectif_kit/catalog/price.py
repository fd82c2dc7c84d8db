"""A price or another number as people write it → a plain decimal, or nothing where there is a doubt.

The browser has the same in `templates/parts/dispatcher/transform.js`; tests/data/cases_fields.json holds both
to one behaviour. So nothing here uses what JavaScript does otherwise: digits are ASCII, blanks are named.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from connectif_kit.core.messages import both
from connectif_kit.core.patterns import lazily
from connectif_kit.vocabulary.currencies import ABBREVIATED, MARK_PATTERN, MARKS

BLANKS = " \t\r\n\f\v\u00a0\u2009\u202f\ufeff"
MAX_NUMBER = 40
MOST_DECIMALS = 8

_GAP = rf"[{BLANKS}\u200e\u200f]"
_LABEL = r"(?:(?:[Pp]rice|[Pp]recio|[Pp]reis|[Pp]rix|[Pp]rezzo|PVP)\b:?)?"


def pattern(currency: str = "") -> str:
    """One number and what may stand beside it, as Python and JavaScript read it alike: sign, digits, `,-`.

    Of the currencies that may be the one that is given, where one is: any other mark refuses the text.
    """
    marks = [mark for mark in MARKS if currency in MARKS[mark] or not currency]
    either = "|".join(re.escape(mark) for mark in sorted(marks, key=lambda mark: (-len(mark), mark)))
    dotted = "|".join(mark for mark in ABBREVIATED if mark in marks)
    # A currency that is only known by its code has no mark, and an empty choice would match anything.
    mark, point = (f"(?:{each})" if each else "(?!)" for each in (either, dotted))
    beside = rf"(?:{_GAP}|{point}\.|{mark}:?)*"
    return (
        rf"{_GAP}*{_LABEL}{beside}(?:([-\u2212])(?:{mark}{_GAP}*)?)?"
        r"([.,]?[0-9](?:[0-9.,'\u2019 \u00a0\u2009\u202f]*[0-9])?)(?:([.,])[-\u2013\u2014]{1,2})?"
        rf"{beside}\.?\*?{_GAP}*"
    )


_ONE_NUMBER = lazily(pattern()).fullmatch
_PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?").fullmatch
_MAYBE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}").fullmatch
_FRACTION = lazily(r"[.,]([0-9]{1,2})").fullmatch
_LAKH = r"|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"
_GROUPED = {
    style: lazily(
        rf"([0-9]+|[1-9][0-9]{{0,2}}([{groups}'’ \u00a0\u2009\u202f])[0-9]{{3}}(?:\2[0-9]{{3}})*{lakh})"
        rf"(?:{re.escape(sign)}([0-9]+))?"
    ).fullmatch
    for style, groups, sign, lakh in (("point", ",", ".", _LAKH), ("comma", ".", ",", ""))
}
_FIND_MARK = lazily(rf"(?<![^\W0-9])(?:{MARK_PATTERN})(?![^\W0-9])").findall


def number(text: str, style: str = "auto") -> str:
    """`1.234,56 €` → `1234.56`; empty where there is no one way to read it.

    `auto` takes a plain decimal as it is, and refuses `1,234` and `1.234`, which may mean either.
    Beside the number may stand a currency and the word *price*, nothing else: `40% OFF`, `From £10`,
    `July, 2004` and `12.50 €/kg` are not prices.
    """
    if style == "auto" and _PLAIN(text) and not _MAYBE_THOUSANDS(text):
        return text
    found = _ONE_NUMBER(text) if len(text) <= MAX_NUMBER else None
    if not found:
        return ""
    sign = "-" if found[1] else ""
    # What begins with its decimal sign has two decimals at most: three may be the end of a thousand.
    if (fraction := _FRACTION(found[2])) and not found[3]:
        return f"{sign}0.{fraction[1]}"
    styles = ("point", "comma") if style == "auto" else (style,)
    readings = {reading for each in styles if (reading := _ungrouped(found[2], each))}
    # In `1.299,-` the dash stands for the decimals: there are no others.
    if found[3]:
        readings = {reading for reading in readings if "." not in reading}
    return sign + readings.pop() if len(readings) == 1 else ""


def without_noise(plain: str) -> str:
    """`19.990000000000002` is what binary fractions made of 19.99; the browser takes it so too."""
    if len(plain.partition(".")[2]) <= MOST_DECIMALS or not _PLAIN(plain):
        return plain
    return format(round(Decimal(plain), 6).normalize(), "f")


def ambiguous(text: str) -> bool:
    """Whether a number can be read in two ways."""
    return not number(text) and bool(number(text, "point")) and bool(number(text, "comma"))


def maybe_thousands(text: str) -> bool:
    """Whether a plain decimal such as `1.299` may be somebody's 1299: it has three decimals."""
    return _MAYBE_THOUSANDS(text) is not None


@lru_cache(maxsize=256)  # few notations, many products
def currencies(text: str) -> frozenset[str]:
    """The currencies that a text can mean, `{"EUR"}` for `12,50 €` and `euro`; empty where it names none."""
    found = [MARKS[mark] for mark in _FIND_MARK(text)]
    return frozenset.intersection(*found) or frozenset().union(*found) if found else frozenset()


@lru_cache(maxsize=256)
def contradictory(text: str) -> str:
    """The marks of a text that names several currencies at once: `€ and USD`; empty where it does not."""
    marks = list(dict.fromkeys(_FIND_MARK(text)))
    meant = [MARKS[mark] for mark in marks]
    return both(marks) if len(marks) > 1 and not frozenset.intersection(*meant) else ""


def _ungrouped(text: str, style: str) -> str:
    found = _GROUPED[style](text)
    if not found:
        return ""
    whole = re.sub("[^0-9]", "", found[1])
    return f"{whole}.{found[3]}" if found[3] else whole
