"""What a rule's sources say, read from the page before its trigger is pulled, and held against what came."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from connectif_kit.verify.acts import ask
from connectif_kit.verify.page_checks import alike
from connectif_kit.vocabulary import EVENTS

if TYPE_CHECKING:
    from playwright.async_api import Page

    from connectif_kit.plan.models import EventRule
    from connectif_kit.plan.source import Source

_PLAIN = ("split", "first", "nth", "map", "levels", "number", "divide", "slug", "prefix", "base", "default")
"""Options that change a value: what they make of it is the dispatcher's own business."""


async def expected_values(page: Page, rule: EventRule) -> dict[str, str]:
    """JavaScript name (`email`, `payload.productId`) → the text that the plan's source has in the page."""
    event = EVENTS.get(rule.send)
    names = {field.html: field.js for field in event.fields} if event else {}
    found = {}
    for path, source in _sources(rule.given(), names):
        value = await _read(page, source, rule.on.names[0] if rule.on.names else "")
        if value not in (None, ""):
            found[path] = str(value)
    return found


def _sources(given: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[tuple[str, Source]]:
    for name, source in given.items():
        if isinstance(source, dict):
            yield from ((f"{names.get(name, name)}.{key}", inner) for key, inner in source.items())
        else:
            yield names.get(name, name), source


async def _read(page: Page, source: Source, at: str) -> Any:
    if any(getattr(source, option) is not None for option in _PLAIN):
        return None
    kind = source.NAME
    if kind == "literal":
        return source.literal  # type: ignore[attr-defined]  # a Literal
    if kind == "attribute" and at:
        return await ask(page, "read", at=at, attribute=source.attribute)  # type: ignore[attr-defined]  # an Attribute
    if kind == "selector" and not source.all:  # type: ignore[attr-defined]  # a Selector
        options = {name: getattr(source, name) for name in ("selector", "attribute", "property")}
        return await ask(page, "read", at=at, **{name: value for name, value in options.items() if value})
    return None


def differences(expected: Mapping[str, str], event: Mapping[str, Any]) -> Iterator[tuple[str, str, object]]:
    """Where an event is not what the sources said: path, what they said, what came."""
    for path, wanted in expected.items():
        got: Any = event
        for step in path.split("."):
            got = got.get(step) if isinstance(got, Mapping) else None
        if got is None or not alike(wanted, got):
            yield path, wanted, got
