"""Texts for people that stay values: English, with the template and the values that they are made of.

A message is a `str`, and so is whatever knows nothing of languages: caches, baselines, fingerprints and
reports for machines see the English. Whoever prints for people hands it to `core.language`, which puts the
same values into the same template in another language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, SupportsIndex, TypeAlias

Packed: TypeAlias = "str | list[Any]"
"""A message as JSON: the text alone, or template, values, template of the plural, number."""


class Message(str):
    """English that remembers how it was made; equal to a plain text of the same letters.

    `values` are texts, whole numbers and messages; `plural` is empty where no number chooses the form.
    """

    __slots__ = ("number", "plural", "template", "values")
    template: str
    values: Mapping[str, Any]
    plural: str
    number: int

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.template, self.values, self.plural, self.number)

    def __add__(self, other: str) -> Message:
        return joined((self, other), "")

    def __radd__(self, other: str) -> Message:
        return joined((other, self), "")

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        return str(self)[key]

    def changed(self, change: Callable[[str], str]) -> Message:
        """The same template with each text in it changed, in messages inside of it too."""

        def one(value: Any) -> Any:
            if isinstance(value, Message):
                return value.changed(change)
            return change(value) if isinstance(value, str) else value

        return _made(self.template, {k: one(v) for k, v in self.values.items()}, self.plural, self.number)


def say(template: str, /, **values: Any) -> Message:
    """A message: `say("the file has {count:,} bytes", count=12)`. Its template is what translators see.

    Without values the template is the text, braces and all.
    """
    return _made(template, values, "", 0)


def count(number: int, one: str, many: str, /, **values: Any) -> Message:
    """A message in one of two forms: `count(3, "{n:,} file", "{n:,} files")`; `n` is the number."""
    return _made(one, {"n": number, **values}, many, number)


def joined(parts: Iterable[str], separator: str = ", ") -> Message:
    """Messages and plain texts one after another; each is translated by itself."""
    given = {f"part{index}": part for index, part in enumerate(parts)}
    template = "{between}".join(f"{{{name}}}" for name in given)
    return _made(template, {"between": separator, **given} if given else {}, "", 0)


def both(parts: Iterable[str]) -> Message:
    """`a and b and c`."""
    return joined(parts, say(" and "))


def either(parts: Iterable[str]) -> Message:
    """`a or b or c`."""
    return joined(parts, say(" or "))


def packed(text: str) -> Packed:
    """A text as JSON keeps it; `unpacked` takes it back."""
    if not isinstance(text, Message):
        return text
    values = {name: packed(each) if isinstance(each, str) else each for name, each in text.values.items()}
    return [text.template, values, text.plural, text.number]


def unpacked(data: Packed) -> str:
    """A text from its JSON form. ValueError, TypeError, LookupError where it is none of ours."""
    if isinstance(data, str):
        return data
    template, values, plural, number = data
    whole = {name: each if isinstance(each, int) else unpacked(each) for name, each in values.items()}
    return _made(template, whole, plural, number)


def filled(template: str, values: Mapping[str, Any]) -> str:
    """The template with its values; without values as it stands."""
    return template.format_map(values) if values else template


def _made(template: str, values: Mapping[str, Any], plural: str, number: int) -> Message:
    plain = {name: value if isinstance(value, str | int) else str(value) for name, value in values.items()}
    message = Message(filled(plural if plural and number != 1 else template, plain))
    message.template, message.values, message.plural, message.number = template, plain, plural, number
    return message
