"""A row of a catalogue file: one product as somebody else's program wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity

RULE = "bad-product"
MAX_DEPTH = 30


class Row(NamedTuple):
    """Where a row begins and what it says; `data` is empty where it cannot be read.

    `origin` is what the file itself says, where a preset has added to it.
    """

    place: Place
    data: Mapping[str, Any]
    problem: Diagnostic | None = None
    origin: Mapping[str, Any] | None = None


def bad(place: Place, message: str, hint: str = "", severity: Severity = Severity.ERROR) -> Diagnostic:
    """A complaint about a row."""
    return Diagnostic(RULE, severity, message, place, hint)


def unread(place: Place, message: str, hint: str = "") -> Row:
    """A row, or the rest of a file, that cannot be read."""
    return Row(place, {}, bad(place, message, hint))
