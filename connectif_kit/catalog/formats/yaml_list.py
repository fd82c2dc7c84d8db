"""YAML: a list of mappings, or a mapping that holds one; scalars stay the text that is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from connectif_kit.catalog.formats import Format
from connectif_kit.catalog.row import (
    MAX_DEPTH,
    UNREAD,
    Row,
    key_around_twice,
    keys_twice,
    second_list,
    unread,
)
from connectif_kit.catalog.text import Text
from connectif_kit.core.diagnostics import Place
from connectif_kit.core.messages import say
from connectif_kit.plan.yaml12 import is_too_deep

TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
NULLS = ("", "~", "null", "Null", "NULL")


def read(text: Text) -> Iterator[Row]:
    """Rows, each at the line where it begins; what cannot be read ends the file with a complaint."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    reader = _Reader(text.path, yaml.parse(text, Loader=loader))
    try:
        yield from reader.rows()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = (
            (TOO_DEEP if is_too_deep(error) else None)
            or getattr(error, "problem", None)
            or getattr(error, "reason", None)
            or "a character cannot stand here"
        )
        place = Place(text.path, mark.line + 1, mark.column + 1) if mark else Place(text.path, reader.line)
        yield unread(place, say("invalid YAML: {why}", why=said), UNREAD)
    except ValueError as error:
        yield unread(Place(text.path, reader.line), str(error), UNREAD)


class _Reader:
    """Builds one item at a time from parser events."""

    def __init__(self, path: str, events: Iterator[Any]) -> None:
        self.path = path
        self.events = events
        self.anchors: dict[str, Any] = {}
        self.line = 1
        self.twice: list[str] = []

    def next(self) -> tuple[str, Any]:
        event = next(self.events)
        self.line = event.start_mark.line + 1
        return type(event).__name__.removesuffix("Event"), event

    def rows(self) -> Iterator[Row]:
        kind = self.next()[0]
        while kind not in ("SequenceStart", "MappingStart", "StreamEnd", "Scalar"):
            kind = self.next()[0]
        if kind == "SequenceStart":
            yield from self.items()
        elif kind == "MappingStart":
            yield from self.inside()
        else:
            yield unread(Place(self.path), "no list of products found", "write a list of mappings")

    def items(self) -> Iterator[Row]:
        while (step := self.next())[0] != "SequenceEnd":
            place, self.twice = Place(self.path, self.line), []
            value = self.value(*step, 0)
            if isinstance(value, dict):
                yield Row(place, value, keys_twice(place, self.twice) if self.twice else None)
            else:
                yield unread(place, "a product must be a mapping")

    def inside(self) -> Iterator[Row]:
        """The first list in a mapping."""
        found = False
        keys: set[str] = set()
        while (step := self.next())[0] != "MappingEnd":
            place, key = Place(self.path, self.line), str(self.value(*step, 0))
            if key in keys:
                yield Row(place, {}, key_around_twice(place, key))
            keys.add(key)
            kind, event = self.next()
            if kind == "SequenceStart" and not found:
                found = True
                yield from self.items()
            else:
                other = self.value(kind, event, 0)
                if found and isinstance(other, list) and isinstance(next(iter(other), None), dict):
                    yield Row(place, {}, second_list(place, key))
        if not found:
            yield unread(Place(self.path), "no list of products found", "write a list of mappings")

    def value(self, kind: str, event: Any, depth: int) -> Any:
        if depth > MAX_DEPTH:
            raise ValueError(f"invalid YAML: {TOO_DEEP}")
        if kind == "Alias":
            return self.anchors.get(event.anchor)
        if kind == "Scalar":
            value: Any = None if not event.style and event.value in NULLS else event.value
        elif kind == "SequenceStart":
            value = self.sequence(depth)
        else:
            value = self.mapping(depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = value
        return value

    def sequence(self, depth: int) -> list[Any]:
        items = []
        while (step := self.next())[0] != "SequenceEnd":
            items.append(self.value(*step, depth + 1))
        return items

    def mapping(self, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        while (step := self.next())[0] != "MappingEnd":
            key = str(self.value(*step, depth + 1))
            if key in out:
                self.twice.append(key)
            out[key] = self.value(*self.next(), depth + 1)
        return out


YAML = Format("yaml", (".yaml", ".yml"), "a list of mappings, or a mapping that holds one", read)
