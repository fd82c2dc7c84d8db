"""The letters with marks that every template language is given."""

from __future__ import annotations

import sys

from connectif_kit.build.targets.letters import MARKS, groups
from connectif_kit.catalog.convert import slug


def test_they_are_all_that_a_slug_takes_for_a_letter() -> None:
    plain = {each: group[0] for group in groups() for each in group}
    others = map(chr, [*range(0x80, 0xD800), *range(0xE000, sys.maxunicode + 1)])
    assert all(slug(each) == plain.get(each, "") for each in others)


def test_marks_part_no_word() -> None:
    assert {slug(f"a{mark}b") for mark in MARKS} == {"ab"}
