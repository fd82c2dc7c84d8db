"""Records → the hidden HTML elements that the client script reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from connectif_kit.core.records import dataclass
from connectif_kit.core.templates import environment
from connectif_kit.vocabulary.model import Entity, Record, Tag, Value


@dataclass(frozen=True, slots=True)
class Child:
    """A property as the template prints it: a text, a list of options, or further children."""

    name: str
    text: str = ""
    options: tuple[str, ...] | None = None
    items: tuple[Child, ...] | None = None


def tag(described: Tag, value: Value) -> str:
    """A tag's HTML: its record as child elements, or its text.

    `value` is a record for tags with an entity, a text for labels, an empty record for tags that
    report by being there.
    """
    if described.label:
        return str(_macros().label(described.css_class, value))
    record = value if isinstance(value, Mapping) else {}
    children = _children(described.entity, record) if described.entity else ()
    return str(_macros().element(described.css_class, children))


@cache
def _macros() -> Any:
    return environment().get_template("parts/tag.html.j2").module


def _children(entity: Entity, record: Record) -> tuple[Child, ...]:
    return tuple(child for name, value in record.items() for child in _child(entity, name, value))


def _child(entity: Entity, name: str, value: Value) -> tuple[Child, ...]:
    """One element for each value; a list of an unknown property is a checkbox list (360014701399)."""
    field = entity.by_html.get(name)
    if isinstance(value, Mapping):
        value = (value,)
    if not isinstance(value, tuple):
        return (Child(name, value),) if value else ()
    if field is None:
        return (Child(name, options=tuple(str(item) for item in value)),)
    return tuple(
        Child(name, items=_children(field.entity, item))
        if isinstance(item, Mapping) and field.entity
        else Child(name, str(item))
        for item in value
    )
