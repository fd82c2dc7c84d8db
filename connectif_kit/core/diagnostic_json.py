"""Diagnostics as JSON and back, with what their messages are made of.

The name of the file that they are about is left out, so that they do not depend on the folder that we run in.
"""

from __future__ import annotations

from typing import Any

from connectif_kit.core.diagnostics import Diagnostic, Edit, Place, Severity
from connectif_kit.core.messages import packed, unpacked


def dumped(found: Diagnostic, name: str = "") -> list[Any]:
    """A finding as JSON, on the page of that name; `diagnostic` takes it back."""
    return [
        found.rule,
        found.severity.value,
        packed(found.message),
        _place(found.place, name),
        packed(found.hint),
        _place(found.plan, name) if found.plan else None,
        found.element,
        [[edit.start, edit.end, edit.new] for edit in found.edits],
    ]


def diagnostic(data: list[Any], name: str = "") -> Diagnostic:
    """A finding from its JSON form, on the page of that name."""
    rule, severity, message, place, hint, plan, element, edits = data
    return Diagnostic(
        rule,
        Severity(severity),
        unpacked(message),
        _place_from(place, name),
        unpacked(hint),
        _place_from(plan, name) if plan else None,
        element,
        tuple(Edit(*edit) for edit in edits),
    )


def _place(place: Place, name: str) -> list[Any]:
    path = None if place.path == name else place.path
    return [path, place.line, place.column, place.end_line, place.end_column]


def _place_from(data: list[Any], name: str) -> Place:
    path, *numbers = data
    return Place(name if path is None else path, *numbers)
