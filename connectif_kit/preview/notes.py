"""What is said beside a request: why something was not sent, what the client has dropped or repaired.

A note is `{level, message}` and, where its text can be said in another language, `said`: the message as
`core.messages.packed` has it. The stand-in sends its notes so; the dispatcher writes plain English to the
console, and its sentences are recognised by their templates.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Any

from connectif_kit.core.messages import Message, joined, packed, say, unpacked
from connectif_kit.vocabulary import ENTITIES, EVENTS
from connectif_kit.vocabulary.model import Entity, Event

LEVELS = ("info", "warning", "error", "blocked", "refused", "missing")
MAX_NOTES = 100
MAX_LENGTH = 500
MAX_DEPTH = 4
_PLACE = re.compile(r"(?P<place>\S+:\d+:\d+|[\w./-]+\.ya?ml): (?P<said>.*)", re.DOTALL)

NOT_SENT = say("{name} was not sent; {plan} requires it")
SENTENCES = (
    NOT_SENT,
    say("view {path}: {parts}"),
    say("later, after {age}: {events}"),
    say("sent {events} after {age}"),
    say("{name} came after {age}"),
    say("without {name} (the visitor left): {why}"),
    say("without {name} (it was asked for at once): {why}"),
    say("without {name} (nothing came in time): {why}"),
    say("{name} is left out ({plan}): {why}"),
    say("the page's kind promises one, and neither a tag nor the plan's source gave this page's"),
    say("it was not set for this address"),
    say("the page was still changing"),
    say("what was found is the last view's"),
    say("nothing was found"),
    say("nothing"),
    say("purchase {id} is left out: it was reported before"),
    say("{name} is left out: expected {what}, got {got}; without it no {entity} is sent"),
    say("{name} is left out: {source} is no JSON"),
    say("{name} is left out: {source} is no object"),
    say("{name} is left out: its prices are in {currency}, the store's currency is {ours}"),
    say("{name} is left out: expected {what}, got {got}"),
    say("{name} is left out, {properties} are missing in {object}"),
    say("{name} is left out, {properties} is missing: expected {what}, got nothing in {object}"),
    say("{name} is not sent, {properties} is missing: expected {what}, got {got}"),
    say("{name} is not sent: expected a contact with primary_key, got nothing"),
    say("{name} is not sent: expected a {what}, got nothing"),
    say("{n} of {all} {names} left out"),
    say("send: expected {names}, got {got}"),
    say("{name}: expected {what}, got {got}"),
    say("the address became {path} without a new page: with `spa: true` its routes are views"),
    say("{what} is taken as none, the next counts: {got}"),
    say("the price is 0"),
    say("{name} {got} contradicts unit_price {price}"),
)
"""What the dispatcher's development build says (`parts/dispatcher/development.js`); the first counts."""
EXPECTED = (
    *(say("one of {choices}"), say("a value"), say("a price of 0")),
    *(say("a reduced price above the regular one"), say("a {entity}")),
)
_INNER = ("got", "why", "events")
"""Values that are sentences, or words, of their own."""


def note(level: str, message: str) -> dict[str, Any]:
    """A note as it is kept, sent and exported."""
    made: dict[str, Any] = {"level": level, "message": message}
    return {**made, "said": packed(message)} if isinstance(message, Message) else made


def notes(value: Any) -> list[dict[str, Any]]:
    """The notes of a request or of an exported session."""
    given = [one for one in value[:MAX_NOTES] if isinstance(one, Mapping)] if isinstance(value, list) else []
    return [note(_level(one), _message(one)) for one in given]


def _level(given: Mapping[str, Any]) -> str:
    level = str(given.get("level"))
    return level if level in LEVELS else LEVELS[0]


def _message(given: Mapping[str, Any]) -> str:
    text = str(given.get("message", ""))[:MAX_LENGTH]
    said = given.get("said")
    if not (isinstance(said, list) and _is_packed(said, 0)):
        return understood(text)
    made = unpacked(said)
    return made if len(made) <= MAX_LENGTH else text


def _is_packed(value: Any, depth: int) -> bool:
    """Whether a page's value is a packed message that asks for nothing but its own values."""
    if not (isinstance(value, list) and len(value) == 4 and depth <= MAX_DEPTH):
        return False
    template, values, plural, number = value
    if not (isinstance(template, str) and isinstance(values, dict) and plural == "" and number == 0):
        return False
    inner = all(
        isinstance(one, str) or type(one) is int or _is_packed(one, depth + 1) for one in values.values()
    )
    return inner and _fields(template) <= values.keys()


def _fields(template: str) -> set[str]:
    """The names in a template; `{` where it holds anything but plain names."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        return {"{"}
    return {
        name if name.isidentifier() and not spec and not conversion else "{"
        for _, name, spec, conversion in parts
        if name is not None
    }


def understood(text: str) -> str:
    """An English sentence of the dispatcher as a message; any other text as it is."""
    placed = _PLACE.fullmatch(text)
    if placed:
        found = _sentence(placed["said"])
        return joined((placed["place"], found), ": ") if isinstance(found, Message) else text
    return _sentence(text)


def _sentence(text: str) -> str:
    return _by_template(text, SENTENCES)


def _by_template(text: str, templates: tuple[Message, ...]) -> str:
    for template, pattern in _patterns(templates):
        if match := pattern.fullmatch(text):
            return say(template, **{name: _value(name, found) for name, found in match.groupdict().items()})
    return text


def _value(name: str, text: str) -> str:
    if name == "parts":
        return joined([_sentence(one) for one in text.split("; ")], "; ")
    if name == "what":
        return _kinds().get(text) or _by_template(text, EXPECTED)
    return _sentence(text) if name in _INNER else text


@cache
def _patterns(templates: tuple[Message, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((str(one), re.compile(_pattern(str(one)), re.DOTALL)) for one in templates)


def _pattern(template: str) -> str:
    pieces = re.split(r"\{(\w+)\}", template)
    return "".join(f"(?P<{one}>.+?)" if i % 2 else re.escape(one) for i, one in enumerate(pieces))


@cache
def _kinds() -> dict[str, str]:
    """What texts of each kind must be, which the dispatcher quotes as what it expected."""
    owners: tuple[Entity | Event, ...] = (*ENTITIES.values(), *EVENTS.values())
    fields = [field for owner in owners for field in owner.fields]
    return {str(field.kind.doc): field.kind.doc for field in fields}
