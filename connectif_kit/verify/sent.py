"""What was sent, as the plan speaks of it: for journeys and for a shop's own tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from connectif_kit.build.testing import client_names
from connectif_kit.verify.page_checks import alike

if TYPE_CHECKING:
    from connectif_kit.verify.recorder import Recorder


def sent(recorder: Recorder, since: int) -> Iterator[dict[str, Any]]:
    """Everything that was sent, carts and contacts as `{"type": "cart", …}`."""
    for tell in recorder.of(None, "sent", since=since):
        yield from (dict(event["event"]) for event in tell.events)
        for name in ("cart", "contact"):
            if option := tell.option(name):
                yield {"type": name, **option["value"]}


def has_values(one: Mapping[str, Any], values: Mapping[str, object]) -> bool:
    """Whether something that was sent has these values, by the plan's names or the client's."""
    return all(any(alike(value, got) for got in _values(one, key)) for key, value in values.items())


def _values(one: Mapping[str, Any], name: str) -> Iterator[object]:
    """What a name stands for: a property of the event, or of the one object that it brings."""
    names = {name, *client_names().get(name, ())}
    for inside in (one, *(value for value in one.values() if isinstance(value, Mapping))):
        yield from (inside[key] for key in names if key in inside)
