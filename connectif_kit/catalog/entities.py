"""HTML entities in catalogue files: shops export `Salt &amp; Pepper` and mean `Salt & Pepper`."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from connectif_kit.core.patterns import lazily

# Only what ends with its semicolon: in `?a=1&copy=2` there is none.
_ENTITY = lazily(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = lazily(r"<[A-Za-z/!]")


def decoded(text: str) -> str:
    """A text without entities; blanks that HTML alone knows become plain ones."""
    return _ENTITY.sub(_meant, text).replace("\xa0", " ") if "&" in text else text


def _meant(found: re.Match[str]) -> str:
    """What an entity stands for; a name that is none stays, as does what begins like one (`&notable;`)."""
    whole = found[0]
    return unescape(whole) if whole[1] == "#" else html5.get(whole[1:], whole)


def decoded_prose(text: str) -> str:
    """A description: where it is HTML, its entities belong to it."""
    return text if _TAG.search(text) else decoded(text)
