"""What the text of a field may be: numbers, dates, addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field's text may be.

    `fault` returns what is wrong with a text, or nothing; `to_json` turns a faultless text into
    the JSON that the JavaScript and HTTP faces carry.
    """

    name: str
    doc: str
    fault: Callable[[str], str]
    to_json: Callable[[str], Json]
    schema: Mapping[str, Json]
    typescript: str


class Matching:
    """The fault of a text that a pattern does not match; `matches` for who has many texts to ask about.

    `doubtful` is said instead of a text that `at_least` would take.
    """

    __slots__ = ("at_least", "doubtful", "matches", "otherwise")

    def __init__(
        self, pattern: str, otherwise: str, doubtful: str = "", at_least: Callable[[str], str] | None = None
    ) -> None:
        self.matches = re.compile(pattern).fullmatch
        self.otherwise = otherwise
        self.doubtful = doubtful
        self.at_least = at_least

    def __call__(self, text: str) -> str:
        """What was expected instead; nothing where the text matches."""
        if self.matches(text):
            return ""
        return self.doubtful if self.at_least and not self.at_least(text) else self.otherwise


def _iso(parse: Callable[[str], object], otherwise: str) -> Callable[[str], str]:
    def fault(text: str) -> str:
        try:
            parse(text)
        except ValueError:
            return otherwise
        return ""

    return fault


def _moment(text: str) -> object:
    if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]|$)", text):
        raise ValueError(text)
    return datetime.fromisoformat(_strict(text))


def _strict(text: str) -> str:
    """ISO 8601 as we write it, from what is accepted: a blank for the `T`, an offset apart or plain."""
    whole = text[:10] + text[10:].replace(" ", "T", 1)
    whole = re.sub(r"(T[0-9:.]+) ?([+-][0-9]{2})$", r"\1\2:00", whole)
    return re.sub(r" ?([+-][0-9]{2}):?([0-9]{2})$", r"\1:\2", whole)


def _day(text: str) -> object:
    if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}$", text[:10]):
        raise ValueError(text)
    return date.fromisoformat(text) if len(text) == 10 else _moment(text)


_is_milliseconds = re.compile(r"[0-9]{12,14}").fullmatch


def _moment_or_milliseconds(text: str) -> object:
    return _moment_of(text) if _is_milliseconds(text) else _moment(text)


def _moment_of(milliseconds: str) -> str:
    moment = datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _json_number(text: str) -> Json:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)


TEXT = Kind("text", say("any text"), lambda _: "", str, {"type": "string"}, "string")


DECIMAL = Kind(
    "decimal",
    say("a number with a point: no thousands separator, no currency, not negative"),
    Matching(r"[0-9]{1,15}(\.[0-9]+)?", say("a number such as 1234.50")),
    _json_number,
    {"type": "number", "minimum": 0},
    "number",
)


AMOUNT = replace(
    DECIMAL,
    fault=Matching(
        r"(?![1-9][0-9]{0,2}\.[0-9]{3}$)[0-9]{1,15}(\.[0-9]{1,8})?",
        say("a number such as 1234.50"),
        say("a number that cannot be thousands too"),
        DECIMAL.fault,
    ),
)
"""A decimal in somebody's file, where nothing says that `1.299` is not 1299."""


INTEGER = Kind(
    "integer",
    say("a whole number, not negative"),
    Matching(r"[0-9]{1,15}", say("a whole number such as 3")),
    int,
    {"type": "integer", "minimum": 0},
    "number",
)


DATETIME = Kind(
    "datetime",
    say("ISO 8601 with time and offset, such as 2026-01-15T10:20:30Z"),
    _iso(_moment, say("a moment such as 2026-01-15T10:20:30Z")),
    _strict,
    {"type": "string", "format": "date-time"},
    "string",
)


TIMESTAMP = Kind(
    "timestamp",
    say("ISO 8601 with time and offset, such as 2026-01-15T10:20:30Z, or Unix milliseconds"),
    _iso(_moment_or_milliseconds, say("a moment such as 2026-01-15T10:20:30Z")),
    lambda text: _moment_of(text) if _is_milliseconds(text) else _strict(text),
    {"type": "string", "format": "date-time"},
    "string",
)


DATE = Kind(
    "date",
    say("a day, such as 2026-01-15"),
    _iso(_day, say("a day such as 2026-01-15")),
    str,
    {"type": "string", "format": "date"},
    "string",
)


URL = Kind(
    "url",
    say("an absolute http(s) address, not percent-encoded"),
    Matching(r"https?://[^\s<>\"]+", say("an absolute address such as https://shop.example/p/mug")),
    str,
    {"type": "string", "format": "uri"},
    "string",
)


EMAIL = Kind(
    "email",
    say("an email address"),
    Matching(r"[^@\s<>\"]+@[^@\s<>\".]+(\.[^@\s<>\".]+)+", say("an address such as ana@example.org")),
    str,
    {"type": "string", "format": "email"},
    "string",
)


PHONE = Kind(
    "phone",
    say("a number in international form, without blanks"),
    Matching(r"\+?[0-9]{6,15}", say("a number such as +34651234567")),
    str,
    {"type": "string"},
    "string",
)


OBJECT_ID = Kind(
    "object id",
    say("24 hexadecimal digits"),
    Matching(r"[0-9a-fA-F]{24}", say("24 hexadecimal digits such as 64a0c1d2e3f4a5b6c7d8e9f0")),
    str,
    {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"},
    "string",
)


BOOLEAN = Kind(
    "boolean",
    say("true or false"),
    Matching(r"true|false", say("true or false")),
    lambda text: text == "true",
    {"type": "boolean"},
    "boolean",
)


MAPPING = Kind(
    "mapping", say("names with values of any kind"), lambda _: "", str, {"type": "object"}, "Payload"
)
