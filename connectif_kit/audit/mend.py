"""Edits that mend a page where the cure is certain."""

from __future__ import annotations

import re

from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Edit
from connectif_kit.html import Node

_LONGEST = 2_000  # no `class` that somebody wrote is longer


def replace_text(view: View, node: Node, new: str) -> tuple[Edit, ...]:
    """The element's text as `new`; nothing where it holds elements, references or comments."""
    start, end = node.start_tag, node.end_tag
    if start is None or end is None or re.search(r"[<>&]", new):
        return ()
    raw = view.text[start.end : end.start]
    if re.search(r"[<&]", raw) or raw.strip() != node.text.strip():
        return ()
    return (Edit(start.end, end.start, new),)


def replace_class(view: View, node: Node, old: str, new: str) -> tuple[Edit, ...]:
    """One word of the element's `class` as another."""
    span = node.attribute_span("class")
    if span is None or span.end - span.start > _LONGEST:
        return ()
    written = view.text[span.start : span.end]
    found = re.search(rf"(?<![\w-]){re.escape(old)}(?![\w-])", written)
    if not found or written.count(old) != 1:
        return ()
    return (Edit(span.start + found.start(), span.start + found.end(), new),)
