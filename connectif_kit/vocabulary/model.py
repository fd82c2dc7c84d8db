"""The shapes in which the vocabulary is written: Kind, Field, Entity, Tag, Event, PageKind.

A value on its way through the kit stays text until JSON is written, so a price is never rounded
by binary floating point. A *record* maps the fields' HTML names to text, to a tuple of texts, to
a record or to a tuple of records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field as default
from decimal import Decimal
from typing import TypeAlias

from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.vocabulary.kinds import TEXT, Json, Kind

Value: TypeAlias = "str | tuple[str, ...] | Mapping[str, Value] | tuple[Mapping[str, Value], ...]"


Record: TypeAlias = Mapping[str, Value]


_BREAKS = re.compile(r"[ \t]*[\t\r\n\f\v]+[ \t\r\n\f\v]*")
_CHANGED = re.compile(r'=".*"|[0-9][.,][0-9]+E\+[0-9]+').fullmatch
"""An id that is a formula, `="007"`, or has been taken for a number: `1.05E+12`."""
MAY_BE_CHANGED = ('="', "E+")
"""One of these is in every such id, for who looks at many of them at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One property, with a name for each face of the platform.

    `html` is the class in a tag (and the kit's own name in plans), `js` the key in `sendEvents`,
    `api` the key in the HTTP API and the CSV column, `ga4` the key in GA4's ecommerce vocabulary;
    an empty name means that this face does not have the property. `choices` are compared letter by
    letter unless they are `any_case`. `maximum` and `max_length` are what the platform keeps; `lines`
    says that its text may have several.
    """

    html: str
    js: str
    api: str = ""
    ga4: str = ""
    kind: Kind | Entity = TEXT
    doc: str
    example: str | tuple[str, ...] = ""
    required: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    api_choices: tuple[str, ...] = ()
    any_case: bool = False
    maximum: int | None = None
    max_length: int | None = None
    lines: bool = False

    @property
    def name(self) -> str:
        """The kit's own name: the one in tags, or the API's where no tag has it."""
        return self.html or self.api

    @property
    def entity(self) -> Entity | None:
        """The nested entity, where the field holds one."""
        return self.kind if isinstance(self.kind, Entity) else None

    @property
    def sample(self) -> Value:
        """The example in a record's form: nested entities give their own examples."""
        if isinstance(self.kind, Entity):
            return (self.kind.example(),) if self.many else self.kind.example()
        return self.example

    def fault(self, text: str) -> str:
        """What was expected where `text` cannot be this field's value, its limits included; else nothing."""
        return self.malformed(text) or self.beyond(text)

    def beyond(self, text: str) -> str:
        """The limit that a well-formed text goes beyond; else nothing."""
        if self.max_length is not None and len(text) > self.max_length:
            return say("at most {max_length} characters", max_length=self.max_length)
        if self.maximum is not None and Decimal(text) > self.maximum:
            return say("at most {maximum}", maximum=self.maximum)
        return ""

    def on_one_line(self, text: str) -> str:
        """The text without line breaks and tabs, unless the field may have them; single blanks stay."""
        return text if self.lines or text.isprintable() else _BREAKS.sub(" ", text)

    def malformed(self, text: str) -> str:
        """What form was expected where `text` has another; else nothing."""
        if isinstance(self.kind, Entity):
            return ""
        if text in self.choices:
            return ""
        if self.choices:
            known = {self._word(choice) for choice in self.choices}
            return (
                "" if self._word(text) in known else say("one of {choices}", choices=", ".join(self.choices))
            )
        if self.html == "product_id" and _CHANGED(text):
            return say("the id as the shop has it, before a spreadsheet changed it")
        return self.kind.fault(text)

    def choice(self, text: str, face: str) -> str:
        """An allowed value as a face spells it; an unknown one stays."""
        spelt = self.api_choices if face == "api" and self.api_choices else self.choices
        words = dict(zip(map(self._word, self.choices), spelt, strict=True))
        return words.get(self._word(text), text)

    def _word(self, text: str) -> str:
        return text.lower() if self.any_case else text


@dataclass(frozen=True, slots=True)
class Entity:
    """A named group of fields: a product, a cart, a contact.

    `open` entities take further fields whose names the store decides (a contact's custom fields).
    `api_only` fields exist in the HTTP API and in imports and have no name in tags and JavaScript.
    `interface` is its name in the TypeScript declarations, where a page's own code meets it.
    """

    name: str
    doc: str
    article: int
    fields: tuple[Field, ...]
    open: bool = False
    api_only: tuple[Field, ...] = ()
    interface: str = ""
    by_name: Mapping[str, Field] = default(init=False, repr=False, compare=False)
    by_html: Mapping[str, Field] = default(init=False, repr=False, compare=False)
    by_js: Mapping[str, Field] = default(init=False, repr=False, compare=False)
    nested: Mapping[str, Entity] = default(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {f.name: f for f in (*self.fields, *self.api_only)})
        object.__setattr__(self, "by_html", {f.html: f for f in self.fields if f.html})
        object.__setattr__(self, "by_js", {f.js: f for f in self.fields if f.js})
        nested = {f.html: f.entity for f in self.fields if f.html and f.entity}
        object.__setattr__(self, "nested", nested)

    def example(self, *, full: bool = True) -> dict[str, Value]:
        """A valid record: every field, or only the required ones and the lines that its totals count."""
        kept = (f for f in self.fields if full or f.required or (f.many and f.entity))
        return {f.html: f.sample for f in kept if f.html and f.sample}

    def __hash__(self) -> int:
        return hash((self.name, self.article))


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page that every shop has."""

    name: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A hidden HTML element that the client script reads.

    `entity` describes children, `label` the element's own text. `pages` are the page kinds where
    it may stand (`*` is every page), `required_on` those that must carry it in the raw HTML.
    `personal` tags speak of one visitor and never belong in HTML that everybody gets; `one_shot`
    tags report by mere presence and may be there only once. Tags with a `retired` text are
    recognised and never generated.
    """

    css_class: str
    doc: str
    article: int
    entity: Entity | None = None
    label: Field | None = None
    event: str = ""
    pages: tuple[str, ...] = ("*",)
    required_on: tuple[str, ...] = ()
    first_only: bool = False
    personal: bool = False
    one_shot: bool = False
    at_most: int | None = None
    retired: str = ""

    @property
    def name(self) -> str:
        """The class without its prefix, with hyphens: `product-visited`."""
        return self.css_class.removeprefix("cn_").replace("_", "-")

    def example(self, *, full: bool = True) -> Value:
        """A valid value: a record, or the element's own text."""
        if self.entity:
            return self.entity.example(full=full)
        return self.label.example if self.label else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What `connectif.managed.sendEvents` takes in its first argument.

    `fields` stand beside `type` in the event; `tag` is the HTML tag that reports the same action
    (one of both, never both); `ga4` the dataLayer event of the same meaning; `identifies` says
    that it wants the contact's email in `entityInfo`. `turn` is its place in the order in which the
    client collects events from tags; a page visit follows last.
    """

    type: str
    doc: str
    article: int
    fields: tuple[Field, ...] = ()
    one_of: tuple[str, ...] = ()
    tag: str = ""
    ga4: str = ""
    identifies: bool = False
    turn: int = 99
    example: Mapping[str, Json] = default(default_factory=dict)
    retired: str = ""

    def __hash__(self) -> int:
        return hash(self.type)


def to_json(entity: Entity, record: Record, face: str = "js") -> dict[str, Json]:
    """A record under its JavaScript (`face="js"`) or HTTP (`face="api"`) names and JSON types.

    Texts must be faultless for their fields. Names that the entity does not know stay; fields that
    the face lacks are left out.
    """
    out: dict[str, Json] = {}
    for name, value in record.items():
        known = entity.by_name.get(name)
        key = getattr(known, face) if known else name
        if key:
            out[key] = _value_to_json(known, value, face)
    return out


def _value_to_json(field: Field | None, value: Value, face: str) -> Json:
    if isinstance(value, tuple):
        return [_value_to_json(field, item, face) for item in value]
    if isinstance(value, Mapping):
        return to_json(field.entity, value, face) if field and field.entity else dict(_plain(value))
    if field is None or isinstance(field.kind, Entity):
        return value
    return field.choice(value, face) if field.choices else field.kind.to_json(value)


def _plain(record: Record) -> Iterable[tuple[str, Json]]:
    return ((name, _value_to_json(None, value, "js")) for name, value in record.items())
