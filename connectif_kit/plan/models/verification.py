"""What `verify` is asked in the plan: what our additions may cost, and journeys of the shop's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.plan.shapes import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from connectif_kit.plan.source import Model, Yes, complaint, shown
from connectif_kit.vocabulary import EVENTS

Whole = Annotated[int, Field(strict=True, ge=0)]
Share = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Budget(Model):
    """What our additions may cost a page; the vendor's own client is not counted."""

    bytes: Whole = Field(15_000, description="Compressed bytes of our blocks in the page and our dispatcher.")
    main_thread: Whole = Field(200, description="Milliseconds in which our functions run.")
    layout_shift: Share = Field(
        0.02, description="Layout shift (CLS) that there is with our additions and not without."
    )


SENT = (*EVENTS, "cart", "contact")
"""What a journey can wait for."""


def _expected(value: object) -> object:
    """One name, a list of names, or names with the values that they must have."""
    given = [value] if isinstance(value, str) else value
    found = {str(name): {} for name in given} if isinstance(given, list) else given
    if not isinstance(found, Mapping) or not found:
        raise complaint(f"expected an event such as purchase, got {shown(value)}")
    for name in found:
        if name not in SENT:
            near = did_you_mean(str(name), SENT) or "known: " + ", ".join(SENT)
            raise complaint(f"unknown event {shown(name)}; {near}")
    return {name: inner or {} for name, inner in found.items()}


_NAME: dict[str, Any] = {"enum": list(SENT)}
_Text = Annotated[str, BeforeValidator(lambda value: value if isinstance(value, bool) else str(value))]
_Values = {"type": ["object", "null"], "additionalProperties": {"type": ["string", "number"]}}
Expected = Annotated[
    dict[str, dict[str, _Text]],
    BeforeValidator(_expected),
    WithJsonSchema(
        {
            "anyOf": [
                _NAME,
                {"type": "array", "items": _NAME, "minItems": 1},
                {
                    "type": "object",
                    "propertyNames": _NAME,
                    "additionalProperties": _Values,
                    "minProperties": 1,
                },
            ]
        }
    ),
]
Path = Annotated[str, Field(pattern="^/")]
Selector = Annotated[str, Field(min_length=1)]
_STEPS = ("open", "click", "fill", "submit", "expect", "never", "reload", "back", "tab")


class Step(Model):
    """What a visitor does, or what must have been sent since the last time that was asked: one of these."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    open: Path | None = Field(None, description="Open this path of the site.")
    click: Selector | None = Field(None, description="Click the first element of this selector.")
    fill: dict[str, _Text] | None = Field(None, description="Selector of a field → what is written there.")
    submit: Selector | None = Field(
        None, description="Submit this form; fields that are empty are filled with examples."
    )
    expect: Expected | None = Field(
        None, description="Wait for what must be sent: a name, a list, or a name with its values."
    )
    never: Expected | None = Field(None, description="What must not have been sent.")
    reload: Yes | None = Field(None, description="Load the page again.")
    back: Yes | None = Field(None, description="Go back, and forward again.")
    tab: Yes | None = Field(None, description="Open the same address in a second tab, and go on there.")

    @model_validator(mode="before")
    @classmethod
    def _one(cls, value: object) -> object:
        given = list(value) if isinstance(value, Mapping) else []
        if len(given) != 1:
            raise complaint(f"expected one step such as {{open: /}}, got {shown(value)}")
        if given[0] not in _STEPS:
            near = did_you_mean(str(given[0]), _STEPS) or "known: " + ", ".join(_STEPS)
            raise complaint(f"unknown step {shown(given[0])}; {near}")
        return value


Journey = Annotated[list[Step], Field(min_length=1)]


class Verification(Model):
    """What `verify` holds the pages to, beside the rest of the plan."""

    budget: Budget = Field(Budget.model_construct(), description="What our additions may cost a page.")
