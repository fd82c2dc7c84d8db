"""Words in long texts, looked for by their rarest sign."""

from __future__ import annotations

from collections.abc import Iterator

TRIES = 40
"""Signs that are looked at before the word itself is looked for."""


def from_behind(text: str, word: str, sign: str) -> Iterator[int]:
    """Where a word stands in a text, from its end: `sign` is one of its signs that few texts have.

    CPython finds one sign ten times sooner than a word: 3 % of an audit. The word may not begin as it ends.
    """
    offset, end = word.index(sign), len(text)
    for _ in range(TRIES):
        end = text.rfind(sign, 0, end)
        if end < 0:
            return
        if end >= offset and text.startswith(word, end - offset):
            yield end - offset
    start = min(end - offset + len(word) - 1, len(text))
    while (start := text.rfind(word, 0, start)) >= 0:
        yield start
