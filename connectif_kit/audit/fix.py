"""Fix a page's text where the cure is certain."""

from __future__ import annotations

from collections.abc import Iterable

from connectif_kit.core.diagnostics import Diagnostic, Edit
from connectif_kit.page.html import apply_edits


def fixed(text: str, findings: Iterable[Diagnostic]) -> tuple[str, int]:
    """The text with the findings' edits, and how many findings that fixes.

    Of two that want the same place the first is fixed; the next round takes care of the other.
    """
    edits: list[Edit] = []
    number = 0
    for finding in findings:
        if finding.edits and not any(_touch(new, old) for new in finding.edits for old in edits):
            edits += finding.edits
            number += 1
    return apply_edits(text, edits), number


def _touch(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end
