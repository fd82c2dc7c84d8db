"""What happens on the pages; keys that speak of events are derived from the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.plan.models.types import SomeTexts, Texts, exactly_one, field_type, one_key
from connectif_kit.plan.shapes import (
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    create_model,
    model_validator,
)
from connectif_kit.plan.source import Model, Yes, complaint, shown
from connectif_kit.plan.sources import ObjectSource
from connectif_kit.plan.trigger import TriggerKind
from connectif_kit.plan.triggers import TRIGGERS
from connectif_kit.vocabulary import EVENTS


class TriggerBase(Model):
    """When an event happens; one of these."""

    model_config = ConfigDict(json_schema_extra=exactly_one(TRIGGERS))

    @model_validator(mode="before")
    @classmethod
    def _one(cls, value: object) -> object:
        return one_key(value, tuple(TRIGGERS), "trigger")

    @property
    def how(self) -> TriggerKind:
        """The one that is given."""
        return next(kind for name, kind in TRIGGERS.items() if getattr(self, name) is not None)

    @property
    def kind(self) -> str:
        """The one key that is given."""
        return self.how.name

    @property
    def names(self) -> list[str]:
        """Its selectors or names."""
        value = getattr(self, self.kind)
        return value if isinstance(value, list) else []


def _trigger_fields() -> dict[str, Any]:
    return {
        name: ((Yes if kind.bare else SomeTexts) | None, Field(None, description=kind.doc))
        for name, kind in TRIGGERS.items()
    }


if TYPE_CHECKING:
    Trigger: TypeAlias = TriggerBase
else:
    Trigger = create_model("Trigger", __base__=TriggerBase, __doc__=TriggerBase.__doc__, **_trigger_fields())


OPTIONS = ("cart", "contact")
"""What an event may send besides, or instead of, an event: `sendEvents([], {cart})`."""


ACTIONS = ("push-opt-in",)
"""What an event may make the client do: ask the visitor for push notifications (360014699000)."""


_SENDS = [*(name for name, event in EVENTS.items() if not event.retired), *OPTIONS, *ACTIONS]


def _send(value: object) -> object:
    if isinstance(value, str) and value not in _SENDS:
        near = did_you_mean(value, _SENDS) or "known: " + ", ".join(_SENDS)
        raise complaint(f"unknown event {shown(value)}; {near}")
    return value


Send = Annotated[str, BeforeValidator(_send), WithJsonSchema({"enum": _SENDS})]


class EventBase(Model):
    """Something that happens on a page, and what is sent then."""

    on: Trigger = Field(description="When: " + ", ".join(TRIGGERS) + ".")
    send: Send = Field(
        description="An event type, `cart`, `contact`, or `push-opt-in` to ask for notifications."
    )
    pages: Texts = Field([], description="Only on these pages (their names in `pages`).")
    contact: ObjectSource | None = Field(None, description="Who it is, known with this event.")
    cart: ObjectSource | None = Field(None, description="The cart, known with this event.")

    def given(self) -> dict[str, Any]:
        """The event's own fields, by name."""
        return {name: value for name in _EVENT_FIELDS if (value := getattr(self, name)) is not None}


def _event_fields() -> dict[str, Any]:
    return {
        field.html: (field_type(field) | None, Field(None, description=f"{field.doc} ({event.type})"))
        for event in EVENTS.values()
        if not event.retired
        for field in event.fields
    }


_EVENT_FIELDS = _event_fields()


if TYPE_CHECKING:
    EventRule: TypeAlias = EventBase
else:
    EventRule = create_model("Event", __base__=EventBase, __doc__=EventBase.__doc__, **_EVENT_FIELDS)
