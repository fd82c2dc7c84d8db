"""Edits that fix a page where the cure is certain; elsewhere none."""

from __future__ import annotations

import re

from connectif_kit.audit.context import PageContext, Part, Value
from connectif_kit.core.diagnostics import Edit
from connectif_kit.page.certainty import is_meant, is_used_elsewhere, may_be_rewritten
from connectif_kit.page.html import Node
from connectif_kit.vocabulary.model import Tag

_LONGEST = 2_000  # no `class` that somebody wrote is longer


def replace_text(context: PageContext, part: Part, value: Value, new: str) -> tuple[Edit, ...]:
    """A value's text as `new`; nothing where it holds elements, references or comments.

    Nor where the element might be no tag, or visitors see it, or `inject` has written it.
    """
    start, end = value.node.start_tag, value.node.end_tag
    if start is None or end is None or re.search(r"[<>&]", new):
        return ()
    raw = context.text[start.end : end.start]
    if re.search(r"[<&]", raw) or raw.strip() != value.node.text.strip():
        return ()
    return (Edit(start.end, end.start, new),) if _is_ours_to_change(context, part) else ()


def _is_ours_to_change(context: PageContext, part: Part) -> bool:
    parts: set[int] | None = context.memo.get("changeable")
    if parts is None:
        uses = [use for use in context.tags if may_be_rewritten(context, use)]
        parts = context.memo["changeable"] = {id(part.node) for use in uses for part in use.parts}
    return id(part.node) in parts


def replace_class(context: PageContext, node: Node, old: str, new: str, tag: Tag) -> tuple[Edit, ...]:
    """One word of the class of an element that is, or is in, a tag; nothing where that is not certain."""
    span = node.attribute_span("class")
    if span is None or span.end - span.start > _LONGEST or context.is_ours(node):
        return ()
    written = context.text[span.start : span.end]
    found = re.search(rf"(?<![\w-]){re.escape(old)}(?![\w-])", written)
    if not found or written.count(old) != 1 or is_used_elsewhere(context, old):
        return ()
    return (
        (Edit(span.start + found.start(), span.start + found.end(), new),)
        if _is_sure(context, node, tag)
        else ()
    )


def _is_sure(context: PageContext, node: Node, tag: Tag) -> bool:
    around = (each for each in (node, *node.near()) if is_meant(context, tag, each))
    return next(around, None) is not None
