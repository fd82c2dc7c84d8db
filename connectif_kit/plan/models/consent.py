"""What must hold before anything loads."""

from __future__ import annotations

from typing import Annotated, Any

from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.plan.models.types import SomeTexts, one_key
from connectif_kit.plan.shapes import (
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)
from connectif_kit.plan.source import Model, complaint, shown

_STATES = ("cookie", "storage", "global", "google", "module")


GOOGLE = (
    "ad_storage",
    "analytics_storage",
    "ad_user_data",
    "ad_personalization",
    "functionality_storage",
    "personalization_storage",
    "security_storage",
)
"""The consent types of Google's Consent Mode."""


def _google(value: object) -> object:
    if isinstance(value, str) and value not in GOOGLE:
        near = did_you_mean(value, GOOGLE) or "known: " + ", ".join(GOOGLE)
        raise complaint(f"unknown consent type {shown(value)}; {near}")
    return value


GoogleType = Annotated[str, BeforeValidator(_google), WithJsonSchema({"enum": list(GOOGLE)})]


GoogleTypes = Annotated[
    list[GoogleType], Field(min_length=1), BeforeValidator(lambda v: v if isinstance(v, list) else [v])
]


def _consent_schema() -> dict[str, Any]:
    """An event, a state, or both; and which option may stand beside what."""
    something: dict[str, Any] = {"not": {"type": "null"}}

    def given(key: str) -> dict[str, Any]:
        return {"required": [key], "properties": {key: something}}

    state = {"oneOf": [given(key) for key in _STATES]}
    alone = {"allOf": [given("event"), *({"not": given(key)} for key in _STATES)]}
    rules = [
        {"anyOf": [state, alone]},
        *(
            {"anyOf": [{"not": given(option)}, *map(given, beside)]}
            for option, beside in _CONSENT_OPTIONS.items()
        ),
        {"not": {"allOf": [given("detail"), state]}},
    ]
    return {"allOf": rules}


_CONSENT_OPTIONS = {
    "value": ("cookie", "storage", "global", "detail"),
    "path": ("cookie", "storage"),
    "detail": ("event",),
    "withdrawn": ("event",),
}
"""What each option may stand beside."""


_CONSENT_HINTS = {
    "value": "an event has no value: name the state that must hold beside it (cookie, storage, global), or"
    " the path in the event's detail: `detail: …`",
    "path": "a path leads into a cookie or a storage key; a global has its own, such as `global: a.b`",
    "detail": "`detail` is a path in what the event brings: name the event",
    "withdrawn": "`withdrawn` names the event that takes back what `event` has given",
}


class Consent(Model):
    """What must hold before anything loads, and as long as anything is sent.

    A state that can be looked up (cookie, storage, global, google or module), an event, or both: with both,
    the event must have happened and the state must hold.
    """

    model_config = ConfigDict(json_schema_extra=_consent_schema())

    event: SomeTexts | None = Field(None, description="A DOM event on document or window, or several.")
    withdrawn: SomeTexts | None = Field(None, description="The DOM event that takes it back.")
    detail: str | None = Field(None, description="A path in the event's `detail` that must say yes.")
    cookie: str | None = Field(None, description="A cookie that says yes.")
    storage: str | None = Field(None, description="A localStorage key that says yes.")
    path: str | None = Field(
        None, min_length=1, description="A dotted path in the cookie or key: JSON, or `a=b&c=d`."
    )
    global_: str | None = Field(None, alias="global", description="A dotted path from window that says yes.")
    google: GoogleTypes | None = Field(
        None, description="Types of Google's Consent Mode that must all be granted on the dataLayer."
    )
    module: str | None = Field(
        None, description="A file with `export default function () {…}` that returns true or false."
    )
    value: str | None = Field(
        None,
        min_length=1,
        description="What means yes: the whole text, one word of a list, or a key that is true.",
    )

    @model_validator(mode="before")
    @classmethod
    def _meant(cls, value: object) -> object:
        if not isinstance(value, dict):
            return one_key(value, ("event", *_STATES), "consent")
        given = {key: one for key, one in value.items() if one is not None}
        states = [key for key in _STATES if key in given]
        if "event" not in given or len(states) > 1:
            one_key(
                value if not states else {key: value[key] for key in states}, ("event", *_STATES), "consent"
            )
        for option, beside in _CONSENT_OPTIONS.items():
            if option in given and not any(key in given for key in beside):
                said = f"`{option}` means nothing beside {_listed(given, option)}"
                raise complaint(said, _consent_hint(option, states))
        if "detail" in given and states:
            raise complaint(f"`detail` and `{states[0]}` are two states at once", "keep one of them")
        return value


def _consent_hint(option: str, states: list[str]) -> str:
    if option == "value" and states:
        says = {"google": "each type must be granted", "module": "the module returns true or false"}
        return f"leave it out: {says[states[0]]}"
    return _CONSENT_HINTS[option]


def _listed(given: dict[Any, object], option: str) -> str:
    others = [f"`{key}`" for key in given if key != option]
    return " and ".join(others) or "nothing"
