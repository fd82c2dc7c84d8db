"""Letters with marks, for languages that cannot take the marks off themselves: there is an end to them."""

from __future__ import annotations

import unicodedata
from functools import cache

from connectif_kit.catalog.convert import slug

MARKS = "".join(map(chr, range(0x300, 0x370)))
"""The marks that stand behind a letter on their own."""

_LAST = 0x2200
"""Behind the last letter that is one of a to z with marks: U+212B, a unit's sign."""


@cache
def groups() -> list[str]:
    """Of each letter and digit a text: itself, then every character that a slug makes it of.

    tests/unit/build/test_letters.py looks for others in the whole of Unicode.
    """
    made = {plain: plain for plain in "abcdefghijklmnopqrstuvwxyz0123456789"}
    for mark in map(chr, range(0xA0, _LAST)):
        if unicodedata.decomposition(mark) and (plain := slug(mark)):
            made[plain] += mark
    return list(made.values())
