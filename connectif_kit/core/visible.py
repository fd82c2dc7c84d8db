"""Text that a page or a file brings, so that it cannot reorder or hide what stands around it."""

from __future__ import annotations

from connectif_kit.core.patterns import lazily

_UNSEEN = lazily(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Control characters, and those that change the direction of a text or take no room (Unicode UAX #9)."""


def visible(text: str) -> str:
    """A text in which characters that nobody sees are shown by their number, such as `‹U+202E›`."""
    return _UNSEEN.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)
