"""Words are found where they stand, whichever way they are looked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from connectif_kit.core.rare import TRIES, from_behind

PIECES = st.sampled_from(["<!--", "<!-", "!", "!" * (TRIES + 2), "--", "<", "x", "é", "<!--!--"])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_place_of_a_word_is_found_from_the_end(text: str) -> None:
    places = [at for at in range(len(text)) if text.startswith("<!--", at)]
    assert list(from_behind(text, "<!--", "!")) == places[::-1]


@given(st.integers(0, TRIES * 2), st.booleans())
def test_a_word_is_found_behind_as_many_of_its_signs_as_there_are(signs: int, there: bool) -> None:
    text = ("apiKey x" if there else "apiKeyx") + "K" * signs
    assert list(from_behind(text, "apiKey ", "K")) == ([0] if there else [])
