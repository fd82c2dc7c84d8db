"""What sources say of an object: paths, templates, the first that is filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from connectif_kit.catalog import convert
from connectif_kit.plan.source import Source

Data: TypeAlias = Mapping[str, Any]


Getter: TypeAlias = Callable[[Data], object]


Ask: TypeAlias = Callable[[Source, Data], object]


def ask_nobody(_: Source, __: Data) -> object:
    """Where there is no page, nothing answers."""
    return None


def at(data: object, path: str) -> object:
    """What a dotted path leads to: a key that is spelt so, else step by step; lists by number or all."""
    if not path or data is None:
        return data
    if isinstance(data, Mapping):
        if path in data:
            return data[path]
        step, dot, rest = path.partition(".")
        return at(data.get(step), rest) if dot else None
    if not isinstance(data, list | tuple):
        return None
    step, _, rest = path.partition(".")
    if step.isdecimal() and step.isascii():
        return at(data[int(step)], rest) if len(step) < 7 and int(step) < len(data) else None
    found = [value for item in data if (value := at(item, path)) is not None]
    return found or None


def fill(template: str, data: object) -> str | None:
    """A template's text; nothing where one of its places is empty."""
    parts = re.split(r"\{([^{}]*)\}", template)
    values = [convert.text_of(at(data, path)) for path in parts[1::2]]
    if any(value is None for value in values):
        return None
    filled = iter(values)
    return "".join(part if number % 2 == 0 else next(filled) or "" for number, part in enumerate(parts))


def value(source: Source, data: Data, ask: Ask = ask_nobody) -> object:
    """What a source says of an object, after its declared conversions."""
    return convert.apply(source, source.in_object(InObject(data, ask)))


class InObject(NamedTuple):
    """What sources may ask of an object, and of the page it stands in."""

    data: Data
    asked: Ask = ask_nobody

    def at(self, path: str) -> object:
        """What a dotted path leads to."""
        return at(self.data, path)

    def fill(self, template: str) -> str | None:
        """A template's text; nothing where one of its places is empty."""
        return fill(template, self.data)

    def value(self, source: Source) -> object:
        """What another source says of the same object."""
        return value(source, self.data, self.asked)

    def ask(self, source: Source) -> object:
        """What the page says."""
        return self.asked(source, self.data)


def untouched(source: Source, data: Data, ask: Ask = ask_nobody) -> object:
    """What a source finds in an object, before its declared conversions."""
    if tried := source.inner():
        found = (untouched(each, data, ask) for each in tried if value(each, data, ask) is not None)
        return next(found, None)
    return source.in_object(InObject(data, ask))


def single(found: Any) -> Any:
    """What stands alone in a list."""
    return found[0] if isinstance(found, list) and len(found) == 1 else found
