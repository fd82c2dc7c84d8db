"""Bodies against the vocabulary, as the API's reference types them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from connectif_kit.vocabulary.kinds import (
    BOOLEAN,
    DATE,
    DATETIME,
    DECIMAL,
    EMAIL,
    INTEGER,
    PHONE,
    TIMESTAMP,
    Kind,
)
from connectif_kit.vocabulary.model import Entity, Field

Faults = dict[str, str]

_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})",
    re.IGNORECASE,
).fullmatch
MAX_TEXT = 5000
MAX_OPTION = 150
_KINDS: dict[str, Kind] = {
    "email": EMAIL,
    "phone": PHONE,
    "date": DATE,
    "boolean": BOOLEAN,
    "decimal": DECIMAL,
}
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)").fullmatch
NEVER_EMPTY = ("phone", "date", "integer", "decimal", "radio")
"""Types of contact fields whose column of an import may have no empty cell (360014217640)."""


def fields_of(entity: Entity, extra: Iterable[Field] = ()) -> dict[str, Field]:
    """API name → field."""
    return {each.api: each for each in (*entity.fields, *extra) if each.api}


def faults(body: Any, fields: Mapping[str, Field], *, open_to: Iterable[str] = (), at: str = "") -> Faults:
    """Path → reason, for each member that the API would refuse."""
    if not isinstance(body, dict):
        return {at or "/": "Body is not an object"}
    own, found = set(open_to), Faults()
    for name, value in body.items():
        path = f"{at}/{name}"
        if name in fields:
            found |= _member(fields[name], value, path)
        elif name not in own:
            found[path] = "Unknown property"
    return found


def _member(field: Field, value: Any, path: str) -> Faults:
    if field.many:
        if not isinstance(value, list):
            return {path: "Value is not an array"}
        found: Faults = {}
        for index, item in enumerate(value):
            found |= _item(field, item, f"{path}/{index}")
        return found
    return _item(field, value, path)


def _item(field: Field, value: Any, path: str) -> Faults:
    if field.entity:
        inner = fields_of(field.entity)
        lacking = {f"{path}/{f.api}": "Value is required" for f in inner.values() if f.required}
        lacking = {at: why for at, why in lacking.items() if at.rsplit("/", 1)[-1] not in (value or {})}
        return faults(value, inner, at=path) | lacking
    reason = _reason(field, value)
    return {path: reason} if reason else {}


def _reason(field: Field, value: Any) -> str:
    """What is wrong with one scalar, in the vendor's tone."""
    wanted = field.kind
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if wanted in (DECIMAL, INTEGER):
        return "" if number and (wanted is DECIMAL or isinstance(value, int)) else "Value is not a number"
    if wanted is BOOLEAN:
        return "" if isinstance(value, bool) else "Value is not a boolean"
    if not isinstance(value, str):
        return "Value is not a string"
    choices = field.api_choices or field.choices
    if choices:
        return "" if value in choices else "Value is not valid"
    if wanted in (DATETIME, TIMESTAMP) and not _DATE_TIME(value):
        return "Value is not a date-time"
    if field.malformed(value):
        return "Value is not valid"
    return "Value is too long" if field.beyond(value) else ""


def custom_cell(type_: str, text: str) -> tuple[Any, str]:
    """A CSV cell as the importer types a field of the store's own, or why it cannot.

    A wrong cell fails its row and is in the report (360014588839, 360014217640).
    """
    if type_ == "checkbox":
        return [part for part in text.split("|") if part], ""
    if type_ == "integer":
        return (int(text), "") if _WHOLE(text) else (text, "Value is not an integer")
    if type_ == "decimal":
        bare = text.removeprefix("-")
        return (float(text), "") if not DECIMAL.fault(bare) else (text, "Value is not a number")
    if type_ in _KINDS:
        kind = _KINDS[type_]
        wrong = kind.fault(text) or (type_ == "date" and len(text) != 10)
        return (text, f"Value is not a valid {type_}") if wrong else (kind.to_json(text), "")
    longest = MAX_OPTION if type_ == "radio" else MAX_TEXT
    return text, "Value is too long" if len(text) > longest else ""


def cell(field: Field | None, text: str) -> Any:
    """A CSV cell as the importer would type it; what it cannot type stays text and is refused."""
    if field is None:
        return text
    if field.many:
        return [part for part in text.split("|") if part]
    if field.kind in (DECIMAL, INTEGER, BOOLEAN) and not field.fault(text):
        return field.kind.to_json(text)
    return text
