"""Which currency a price is in, as far as its text tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from connectif_kit.catalog.price import contradictory, currencies
from connectif_kit.core.patterns import lazily
from connectif_kit.vocabulary.currencies import CODES, DECIMALS, SIGNS

Codes = frozenset[str]
NONE: Codes = frozenset()

_CODE = re.compile("[A-Z]{3,5}").fullmatch
_NO_WORD = lazily(r"[^A-Za-z]+")
_SMALL = frozenset(
    ("eur", "usd", "gbp", "chf", "mxn", "brl", "pln", "sek", "dkk", "nok", "huf", "czk", "jpy", "cad", "aud")
)
"""Codes that are written in small letters too; others (`all`, `try`, `top`) are words."""
_CURRENCY_NAMES = (
    "currency",
    "currencycode",
    "pricecurrency",
    "currencyiso",
    "currencyisocode",
    "isocurrency",
)
_LETTERS = re.compile(r"[^0-9a-z]").sub
_INSIDE = lazily(r"[/:;&()*|]")
_BETWEEN = lazily(r"[0-9\s\u00a0\u202f\u2009.,'’+-]+")


def named(key: str) -> bool:
    """Whether a column of this name tells the currency of its row."""
    return _LETTERS("", key.lower().removeprefix("g:")) in _CURRENCY_NAMES


def in_name(key: str) -> Codes:
    """The currency that a column of prices has in its name: `Price (USD)`, `price_eur`."""
    words = _NO_WORD.split(key)
    return frozenset(
        word.upper() for word in words if word.lower() in _SMALL and word in (word.upper(), word.lower())
    )


def codes_in(text: str) -> Codes:
    """The currencies that a price may be in; none where it does not tell.

    `12 EUR` → EUR; `$12` → USD, CAD, MXN …; words that are not a currency tell nothing. What names several
    at once is in none that there is.
    """
    if several := contradictory(text):
        return frozenset((several,))
    words = map(_of_word, filter(None, _BETWEEN.split(text.strip())))
    found, beside = next(filter(None, words), NONE), currencies(text)
    # `US $12` is in two words a dollar of any kind, and beside a price the dollar of the States.
    return found & beside or found or beside


def of_column(text: str) -> tuple[Codes, bool]:
    """The currencies that a column of currencies names, and whether it is a word that we do not know.

    What looks like a code is one, and in no store's currency: `BTC`.
    """
    found = codes_in(text) or (frozenset((text.strip(),)) if _CODE(text.strip()) else NONE)
    return found, bool(text.strip()) and not found


def _of_word(word: str) -> Codes:
    """A word's own meaning, or that of a part of it: `€*`, `EUR/kg`, `(€)`."""
    whole = SIGNS.get(word.lower(), NONE)
    return whole or next(filter(None, map(_of_part, _INSIDE.split(word))), NONE)


def _of_part(part: str) -> Codes:
    code = part.upper() if part in _SMALL else part
    return SIGNS.get(part.lower(), NONE) or frozenset({code} & CODES)


def converted(text: str, rate: Decimal, currency: str | None) -> str:
    """A price in the store's currency, with as many decimals as that has; two where the plan has none."""
    unit = Decimal(1).scaleb(-DECIMALS.get(currency or "", 2))
    return str((Decimal(text) * rate).quantize(unit, ROUND_HALF_UP))


def listed(codes: Iterable[str]) -> str:
    """`USD`, or the first few of those that it may be."""
    some = sorted(codes)
    return some[0] if len(some) == 1 else ", ".join(some[:4]) + (" …" if len(some) > 4 else "")
