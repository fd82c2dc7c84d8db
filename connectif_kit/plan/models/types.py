"""The forms of single values, each said once for the check and for the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, Literal

from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.core.records import dataclass
from connectif_kit.plan import globs
from connectif_kit.plan.example import EXAMPLE_ID
from connectif_kit.plan.shapes import (
    AfterValidator,
    BeforeValidator,
    Field,
    WithJsonSchema,
    core_schema,
)
from connectif_kit.plan.source import as_list, complaint, shown
from connectif_kit.plan.sources import ObjectSource, ValueSource
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.kinds import MAPPING
from connectif_kit.vocabulary.model import Field as Property


@dataclass(frozen=True, slots=True)
class Like:
    """A text of a certain form, said once for the check and for the JSON Schema."""

    pattern: str
    expected: str
    hint: str = ""

    def check(self, value: object) -> object:
        """The value, where it has the form or is not text at all."""
        if isinstance(value, str) and not re.fullmatch(self.pattern, value):
            raise complaint(f"expected {self.expected}, got {shown(value)}", self.hint)
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return core_schema.no_info_before_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        return {**handler(core), "pattern": f"^(?:{self.pattern})$"}


_HEX = "[0-9a-fA-F]"


_STEP = r"(\*\*|(?=[^/])(?!\.\.?(/|$))[^/*?#\\\s]*(\*[^/*?#\\\s]+)*\*?)"


def _glob(value: object) -> object:
    if isinstance(value, str) and (fault := globs.fault(value)):
        raise complaint(f"{shown(value)} can match no page: {fault}")
    return value


def _tag_class(value: object) -> object:
    if isinstance(value, str) and value not in TAGS:
        raise complaint(
            f"unknown tag {shown(value)}; {did_you_mean(value, TAGS) or 'known: ' + ', '.join(TAGS)}"
        )
    return value


def one_key(value: object, keys: tuple[str, ...], what: str) -> object:
    """A mapping with exactly one of some keys."""
    if not isinstance(value, dict):
        raise complaint(f"expected a {what} such as {{{keys[0]}: …}}, got {shown(value)}")
    named = [key for key in value if key in keys]
    if len(named) > 1:
        raise complaint(f"two {what}s at once: {' and '.join(named)}", "keep one of them")
    if not named:
        given = next(iter(value), "")
        near = did_you_mean(given, keys) or "known: " + ", ".join(keys)
        raise complaint(f"unknown {what} {shown(given)}; {near}" if given else f"no {what}; {near}")
    if value[named[0]] is None:
        raise complaint(f"`{named[0]}` says nothing", f"write `{named[0]}: …`")
    return value


def _time_zone(value: str) -> str:
    """A zone's name in the IANA database."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return value and ZoneInfo(value).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise complaint(f"unknown time zone {shown(value)}", "write one such as Europe/Madrid") from None


def _one(value: object) -> object:
    if value is True:
        raise complaint(f"expected 1, got {shown(value)}")
    return value


Version = Annotated[Literal[1], BeforeValidator(_one)]


Uuid = Annotated[
    str,
    Like(
        f"{_HEX}{{8}}-({_HEX}{{4}}-){{3}}{_HEX}{{12}}",
        f"a UUID such as {EXAMPLE_ID}",
        "it is the client id in Store settings › Channels › Web",
    ),
    AfterValidator(str.lower),
]


Environment = Annotated[
    str, Like(r"[a-z0-9-]+", "an environment such as eu5: small letters, digits and hyphens")
]


Origin = Annotated[
    str,
    Like(r"https?://[\w.-]+(:[0-9]+)?(/[^\s?#]*)?", "an address such as https://shop.example"),
    AfterValidator(lambda address: address.rstrip("/")),
]


Domain = Annotated[
    str,
    Like(
        r"https?://(\*\.)?[\w.-]+(:[0-9]+)?(/[^\s?#]*)?",
        "an authorised domain such as https://*.shop.example",
        "write it with https://",
    ),
]


Currency = Annotated[str, Like(r"([A-Z]{3})?", "an ISO 4217 code such as EUR")]


TimeZone = Annotated[str, AfterValidator(_time_zone)]


Folder = Annotated[str, Like(r"(/(?!\.\.?(/|$))[\w.~-]+)+", "a folder of the site such as /connectif")]


Nonce = Annotated[
    str,
    Like(
        r"[^<>\"'&]+",
        "a nonce, or a placeholder without <, >, & and quotes",
        "such as {{ nonce }}; where your server writes <?= … ?>, let it rewrite a word of your own",
    ),
]


WorkerPath = Annotated[str, Like(r"(/(?!\.\.?/)[\w.~-]+)*/[\w.~-]+\.js", "a path such as /service-worker.js")]


Glob = Annotated[
    str, BeforeValidator(_glob), WithJsonSchema({"type": "string", "pattern": f"^(?=/)(/{_STEP})*/?$"})
]


Globs = Annotated[list[Glob], BeforeValidator(as_list)]


SomeGlobs = Annotated[Globs, Field(min_length=1)]


Texts = Annotated[list[str], BeforeValidator(as_list)]


SomeTexts = Annotated[Texts, Field(min_length=1)]


Values = Annotated[list[ValueSource], BeforeValidator(as_list)]


TagClass = Annotated[str, BeforeValidator(_tag_class), WithJsonSchema({"enum": list(TAGS)})]


TagClasses = Annotated[list[TagClass], BeforeValidator(as_list)]


Domains = Annotated[list[Domain], BeforeValidator(as_list)]


def exactly_one(keys: Iterable[str]) -> dict[str, Any]:
    """A mapping with one of some keys, for the JSON Schema."""
    something: dict[str, Any] = {"not": {"type": "null"}}
    return {"oneOf": [{"required": [key], "properties": {key: something}} for key in keys]}


LayerName = Annotated[
    str, Like(r"[A-Za-z_$][\w$]*", "a name such as dataLayer", "the name that your GTM snippet ends with")
]


_AMOUNT = r"^[0-9]{1,9}(\.[0-9]{1,12})?$"


def _amount(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise complaint(f"expected a number, got {shown(value)}")
    if not re.match(_AMOUNT, str(value)):
        raise complaint(f"expected a number such as 0.92, got {shown(value)}")
    return str(value)


Amount = Annotated[
    Decimal,
    BeforeValidator(_amount),
    WithJsonSchema({"type": ["number", "string"], "minimum": 0, "pattern": _AMOUNT}),
]


Code = Annotated[str, Like(r"[A-Z]{3}", "an ISO 4217 code such as USD")]


def field_type(field: Property) -> Any:
    """What a plan may say of a property."""
    if field.kind is MAPPING:
        return dict[str, ValueSource]
    return ObjectSource if field.entity else ValueSource
