"""The shape of `connectif.yaml`. Keys that speak of tags and events are derived from the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias
from urllib.parse import unquote, urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    create_model,
    field_validator,
    model_validator,
)
from pydantic_core import core_schema

from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.plan import globs
from connectif_kit.plan.example import EXAMPLE_ID
from connectif_kit.plan.source import Flag, Model, Source, Yes, complaint, shown
from connectif_kit.plan.sources import FieldSource, ObjectSource, ValueSource
from connectif_kit.plan.trigger import TriggerKind
from connectif_kit.plan.triggers import TRIGGERS
from connectif_kit.plan.variables import Templates
from connectif_kit.plan.verification import Journey, Verification
from connectif_kit.vocabulary import EVENTS, PAGE_KINDS, TAGS
from connectif_kit.vocabulary.model import MAPPING, Event
from connectif_kit.vocabulary.model import Field as Property
from connectif_kit.vocabulary.shop_exports import SHOP_EXPORTS

ENVIRONMENTS = (*(f"eu{n}" for n in range(1, 9)), "am1", "cl1", "stage")
"""Environments seen so far; others are accepted with a warning (360014628900)."""


@dataclass(frozen=True, slots=True)
class Like:
    """A text of a certain form, said once for the check and for the JSON Schema."""

    pattern: str
    expected: str
    hint: str = ""

    def check(self, value: object) -> object:
        """The value, where it has the form or is no text at all."""
        if isinstance(value, str) and not re.fullmatch(self.pattern, value):
            raise complaint(f"expected {self.expected}, got {shown(value)}", self.hint)
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return core_schema.no_info_before_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
        return {**handler(core), "pattern": f"^(?:{self.pattern})$"}


_HEX = "[0-9a-fA-F]"
_STEP = r"(\*\*|(?=[^/])(?!\.\.?(/|$))[^/*?#\\\s]*(\*[^/*?#\\\s]+)*\*?)"


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _glob(value: object) -> object:
    if isinstance(value, str) and (fault := globs.fault(value)):
        raise complaint(f"{shown(value)} can match no page: {fault}")
    return value


def _tag_class(value: object) -> object:
    if isinstance(value, str) and value not in TAGS:
        raise complaint(
            f"{shown(value)} is no tag; {did_you_mean(value, TAGS) or 'known: ' + ', '.join(TAGS)}"
        )
    return value


def _one_key(value: object, keys: tuple[str, ...], what: str) -> object:
    """A mapping with exactly one of some keys."""
    if not isinstance(value, dict):
        raise complaint(f"expected a {what} such as {{{keys[0]}: …}}, got {shown(value)}")
    named = [key for key in value if key in keys]
    if len(named) > 1:
        raise complaint(f"two {what}s at once: {' and '.join(named)}", "keep one of them")
    if not named:
        given = next(iter(value), "")
        near = did_you_mean(given, keys) or "known: " + ", ".join(keys)
        raise complaint(f"{shown(given)} is no {what}; {near}" if given else f"no {what}; {near}")
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
Globs = Annotated[list[Glob], BeforeValidator(_as_list)]
SomeGlobs = Annotated[Globs, Field(min_length=1)]
Texts = Annotated[list[str], BeforeValidator(_as_list)]
SomeTexts = Annotated[Texts, Field(min_length=1)]
Values = Annotated[list[ValueSource], BeforeValidator(_as_list)]
TagClass = Annotated[str, BeforeValidator(_tag_class), WithJsonSchema({"enum": list(TAGS)})]
TagClasses = Annotated[list[TagClass], BeforeValidator(_as_list)]
Domains = Annotated[list[Domain], BeforeValidator(_as_list)]


class Store(Model):
    """The store as its settings know it."""

    id: Uuid = Field(description="Public client id of the loader, a UUID.")
    environment: Environment = Field(
        description="The part of the CDN address before `/client-script/`, such as eu5."
    )
    url: Origin = Field(description="Address of the shop, with the folder it lives in, if any.")
    domains: Domains = Field([], description="Authorised domains; default: the shop's own.")
    language: str = Field("", description="Language of the shop, for the reader.")
    currency: Currency = Field("", description="ISO 4217 code, such as EUR.")
    time_zone: TimeZone = Field(
        "", description="Zone of dates without an offset, such as Europe/Madrid; without it they are refused."
    )

    @property
    def base(self) -> str:
        """The folder the shop lives in, `` or `/shop`."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def allowed(self) -> list[str]:
        """The authorised domains, with the shop's own where none are named."""
        parts = urlsplit(self.url)
        return self.domains or [f"{parts.scheme}://{parts.netloc}"]


def _exactly_one(keys: Iterable[str]) -> dict[str, Any]:
    something: dict[str, Any] = {"not": {"type": "null"}}
    return {"oneOf": [{"required": [key], "properties": {key: something}} for key in keys]}


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
            return _one_key(value, ("event", *_STATES), "consent")
        given = {key: one for key, one in value.items() if one is not None}
        states = [key for key in _STATES if key in given]
        if "event" not in given or len(states) > 1:
            _one_key(
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


def _spa(value: object) -> object:
    """`true` for an app whose routes are its paths; a mapping says more."""
    if isinstance(value, bool):
        return {} if value else None
    if value is None or isinstance(value, dict | Model):
        return value
    raise complaint(f"expected true or false, got {shown(value)}")


class SpaOptions(Model):
    """A single-page app: what makes a view beside the path."""

    query: Texts = Field([], description="Parameters of the address whose change is a new view.")


LayerName = Annotated[
    str, Like(r"[A-Za-z_$][\w$]*", "a name such as dataLayer", "the name that your GTM snippet ends with")
]
Spa = Annotated[SpaOptions | None, BeforeValidator(_spa)]


class Integration(Model):
    """How the shop reports to the platform (article 360017857779)."""

    activity: Literal["server-tags", "client-tags", "js-events"] = Field(
        "js-events", description="How visits, carts and purchases are reported."
    )
    catalog: Literal["tags", "feed", "api"] = Field("tags", description="How products reach the platform.")
    spa: Spa = Field(None, description="Pages change without loading: send a visit on each change of route.")
    data_layer_name: LayerName = Field("dataLayer", description="The dataLayer's name on `window`.")
    auto_initialize: Flag = Field(
        True, description="The store setting; false: the dispatcher initialises the client."
    )
    consent: Consent | None = Field(None, description="Nothing loads before it.")
    nonce: Nonce | None = Field(
        None, description="CSP nonce of the inline loader, or your server's placeholder."
    )


class Site(Model):
    """The built site."""

    root: str = Field("public", description="Folder of the built HTML, from the plan's folder.")
    ignore: Globs = Field([], description="Paths that are left alone.")
    assets: Folder = Field("/connectif", description="Folder for our files in the site.")


def _condition(value: object) -> object:
    return value if isinstance(value, dict) else {"is": "" if value is None else value}


def _words(value: object) -> object:
    """Scalars as a row's cells have them; nothing is an empty cell."""
    given = value if isinstance(value, list) else [value]
    if any(isinstance(each, dict | list) for each in given):
        raise complaint(f"expected a text, or a list of them, got {shown(value)}")
    return [
        "" if each is None else str(each).lower() if isinstance(each, bool) else str(each) for each in given
    ]


_SCALAR = {"type": ["string", "number", "boolean", "null"]}
_Words = Annotated[
    list[str],
    BeforeValidator(_words),
    Field(min_length=1),
    WithJsonSchema({"type": "array", "items": _SCALAR, "minItems": 1}),
]


class Condition(Model):
    """What a column must say; several at once must all hold. Compared in any case."""

    is_: _Words | None = Field(None, alias="is", description="One of these texts; empty: an empty cell.")
    not_: _Words | None = Field(None, alias="not", description="None of these texts.")
    contains: str | None = Field(None, min_length=1, description="A text that is part of it.")

    @property
    def wanted(self) -> list[str]:
        """The texts of `is`, as they are compared."""
        return [text.strip().lower() for text in self.is_ or ()]

    @property
    def unwanted(self) -> list[str]:
        """The texts of `not`, as they are compared."""
        return [text.strip().lower() for text in self.not_ or ()]

    @model_validator(mode="after")
    def _some(self) -> Condition:
        if self.is_ is None and self.not_ is None and self.contains is None:
            raise complaint("an empty condition", "say `is`, `not` or `contains`")
        return self


if TYPE_CHECKING:
    Where: TypeAlias = Condition
else:

    class _Scalar:
        """A text, a number, true or a list of them is what the column must say."""

        def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
            return core_schema.no_info_before_validator_function(_condition, handler(source))

        def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> Any:
            several = {"type": "array", "items": _SCALAR, "minItems": 1}
            return {"anyOf": [handler(core), _SCALAR, several]}

    Where = Annotated[Condition, _Scalar()]


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


class Catalog(Model):
    """Where products live when they are not in the pages."""

    source: str | None = Field(
        None, description="A file: csv, json, jsonl, yaml or xml; or json-ld …: read from the pages."
    )
    preset: str | None = Field(
        None,
        description="The shop system whose export the file is: its columns are known.",
        json_schema_extra={"enum": [*SHOP_EXPORTS, None]},
    )
    variants: Literal["each", "first"] = Field(
        "each", description="With a preset: each variant is a product, or the first for all of them."
    )
    vat: Amount | dict[str, Amount] | None = Field(
        None,
        description="Percent of taxes on prices without them (prestashop); one, or one for each tax rule.",
    )
    where: dict[str, Where] = Field(
        {}, description="Column → what it must say: a text, a list, {not: …}, {contains: …}; else left out."
    )
    fields: dict[str, FieldSource] = Field({}, description="Property → column or dotted path in the file.")
    url: str | None = Field(
        None, description="`/p/{product_id}/`: a product's page, where no column says it."
    )
    currency: str | None = Field(
        None, description="Column with each row's own currency, where its name does not tell."
    )
    rates: dict[Code, Amount] = Field(
        {},
        description="Currency → what one of it is worth in the store's: such prices are converted.",
        json_schema_extra={"propertyNames": {"pattern": "^[A-Z]{3}$"}},
    )

    @field_validator("preset")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if value is not None and value not in SHOP_EXPORTS:
            near = did_you_mean(value, SHOP_EXPORTS) or "known: " + ", ".join(SHOP_EXPORTS)
            raise complaint(f"unknown preset {shown(value)}; {near}")
        return value


class ServiceWorker(Model):
    """The worker for web push (article 360014660000)."""

    path: WorkerPath = Field("/service-worker.js", description="The worker's path in the site.")
    import_: Texts = Field([], alias="import", description="Further scripts for the same worker.")


PAGE_DATA = ("catalog", "json-ld", "microdata", "rdfa", "open-graph")
"""Where a product page's data may come from, besides sources."""
PAGE_FORMATS = PAGE_DATA[1:]
"""Those that are in the page itself, of which several may be named in the order that counts."""


def _product(value: object) -> object:
    if isinstance(value, str) and value not in PAGE_DATA:
        raise complaint(
            f"{shown(value)} is no place for product data; "
            + (did_you_mean(value, PAGE_DATA) or "known: " + ", ".join(PAGE_DATA))
        )
    return value


def _page_format(value: object) -> object:
    if value not in PAGE_FORMATS:
        near = did_you_mean(value, PAGE_FORMATS) if isinstance(value, str) else ""
        raise complaint(
            f"{shown(value)} is no format that a page has; {near or 'known: ' + ', '.join(PAGE_FORMATS)}"
        )
    return value


if TYPE_CHECKING:
    ProductData: TypeAlias = str | list[str] | Source
else:
    _Format = Annotated[str, BeforeValidator(_page_format), WithJsonSchema({"enum": list(PAGE_FORMATS)})]
    _Formats = Annotated[list[_Format], Field(min_length=1)]
    # In the schema a list's item may stand for the list, and so says the formats for both.
    _Place = Annotated[Literal[PAGE_DATA], WithJsonSchema({"enum": [PAGE_DATA[0]]})]
    ProductData = Annotated[
        Annotated[_Place, Tag("<place>")]
        | Annotated[_Formats, Tag("<places>")]
        | Annotated[ObjectSource, Tag("<source>")],
        Discriminator(lambda value: {str: "<place>", list: "<places>"}.get(type(value), "<source>")),
        BeforeValidator(_product),
    ]


class PageInfo(Model):
    """Words on a page in place of its own (360014710840)."""

    title: ValueSource | None = Field(None, description="In place of the document's title.")
    keywords: Values = Field([], description="In place of `<meta name=keywords>`.")
    tags: Values = Field([], description="In place of the page's cn_page_tag.")
    categories: Values = Field([], description="In place of the page's cn_page_category.")


class PageBase(Model):
    """A kind of page: where it is, and what it carries."""

    match: SomeGlobs = Field(description="Paths of these pages; `*` one step, `**` any number.")
    kind: str | None = Field(
        None,
        description="The built-in kind, where the name is your own.",
        json_schema_extra={"enum": [*PAGE_KINDS, None]},
    )
    tags: TagClasses = Field([], description="Tags that these pages must carry in their HTML.")
    optional_tags: TagClasses = Field(
        [], description="Tags that these pages may carry, such as cn_login after a login."
    )
    page_info: PageInfo | None = Field(None, description="Words on the page in place of its own.")

    @property
    def allowed_tags(self) -> list[str]:
        """Tags that these pages must or may carry, whatever their kind."""
        return [*self.tags, *self.optional_tags]

    def labels(self) -> dict[str, list[Source]]:
        """Tag class → its texts, for tags whose text is the value."""
        named = {tag.css_class: getattr(self, tag.label.html, None) for tag in _label_tags() if tag.label}
        return {css_class: values for css_class, values in named.items() if values}

    def reports(self) -> dict[str, dict[str, Source | str]]:
        """Event type → its fields, for what a view of the page itself reports."""
        found: dict[str, dict[str, Source | str]] = {}
        for event in _page_events():
            for field in event.fields:
                if (value := getattr(self, field.html, None)) is not None:
                    found.setdefault(event.type, {})[field.html] = value
        return found


class TriggerBase(Model):
    """When an event happens; one of these."""

    model_config = ConfigDict(json_schema_extra=_exactly_one(TRIGGERS))

    @model_validator(mode="before")
    @classmethod
    def _one(cls, value: object) -> object:
        return _one_key(value, tuple(TRIGGERS), "trigger")

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
        raise complaint(f"{shown(value)} is no event; {near}")
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


def _label_tags() -> Iterator[Any]:
    return (tag for tag in TAGS.values() if tag.label and not tag.retired)


def _page_events() -> Iterator[Event]:
    """Events that seeing a certain kind of page reports."""
    for event in EVENTS.values():
        tag = TAGS.get(event.tag)
        if tag and not event.retired and "*" not in tag.pages:
            yield event


def _field_type(field: Property) -> Any:
    if field.kind is MAPPING:
        return dict[str, ValueSource]
    return ObjectSource if field.entity else ValueSource


_IN_ORDER = "of several formats, [json-ld, microdata], the first that tells of a product counts."


def _page_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {
        tag.label.html: (Values, Field([], description=tag.doc)) for tag in _label_tags() if tag.label
    }
    for event in _page_events():
        for field in event.fields:
            product = field.entity and field.entity.name == "product"
            type_ = ProductData if product else _field_type(field)
            doc = f"{field.doc} ({event.type})" + (f"; {_IN_ORDER}" if product else "")
            fields[field.html] = (type_ | None, Field(None, description=doc))
    return fields


def _event_fields() -> dict[str, Any]:
    return {
        field.html: (_field_type(field) | None, Field(None, description=f"{field.doc} ({event.type})"))
        for event in EVENTS.values()
        if not event.retired
        for field in event.fields
    }


_EVENT_FIELDS = _event_fields()
if TYPE_CHECKING:
    Page: TypeAlias = PageBase
    EventRule: TypeAlias = EventBase
else:
    Page = create_model("Page", __base__=PageBase, __doc__=PageBase.__doc__, **_page_fields())
    EventRule = create_model("Event", __base__=EventBase, __doc__=EventBase.__doc__, **_EVENT_FIELDS)


class Plan(Model):
    """A store's pages and events: the whole of `connectif.yaml`."""

    version: Version = Field(1, description="Version of this format.")
    store: Store
    # Made without a check: that would build each of these, before the plan builds all of them at once.
    integration: Integration = Integration.model_construct()
    site: Site = Site.model_construct()
    catalog: Catalog = Catalog.model_construct()
    pages: dict[str, Page] = Field(
        {}, description="Kinds of page, built-in or your own; the first match counts."
    )
    contact: ObjectSource | None = Field(None, description="Who the visitor is.")
    cart: ObjectSource | None = Field(None, description="The visitor's cart.")
    events: dict[str, EventRule] = Field({}, description="What happens on the pages.")
    service_worker: ServiceWorker | None = None
    verify: Verification = Field(
        Verification.model_construct(), description="What `connectif-kit verify` holds the pages to."
    )
    journeys: dict[str, Journey] = Field(
        {}, description="What visitors do in the shop, step by step, and what must be sent: for `verify`."
    )
    templates: Templates = Field(
        default_factory=Templates, description="Where the site's own templates have what the tags need."
    )
    extends: str | None = Field(
        None, description="A plan with what several stores share; this one's own keys count before its keys."
    )

    def kind_of(self, name: str) -> str:
        """The built-in kind of a page name; an own kind is its own."""
        return self.pages[name].kind or name

    def page_at(self, url_path: str) -> str | None:
        """The name of the first page in the plan that an address's path matches."""
        path = self._inside(url_path)
        for name, page in self.pages.items():
            if any(globs.matches(glob, path) for glob in page.match):
                return name
        return None

    def ignored(self, url_path: str) -> bool:
        """Whether `site.ignore` leaves an address alone."""
        path = self._inside(url_path)
        return any(globs.matches(glob, path) for glob in self.site.ignore)

    def path_of(self, url_path: str) -> str:
        """An address's path as `match` has it: below the shop's folder, in its one form."""
        return globs.normal(unquote(self._inside(url_path)))

    def _inside(self, url_path: str) -> str:
        """The path below the shop's own folder; a folder whose name only begins alike is another."""
        base = self.store.base
        return url_path[len(base) :] if f"{url_path}/".startswith(f"{base}/") else url_path

    def pages_of(self, kind: str) -> list[str]:
        """Names of the pages that are of a built-in kind."""
        return [name for name in self.pages if self.kind_of(name) == kind]

    def at(self, url_path: str) -> tuple[str | None, Page | None]:
        """The page's name and what the plan says of it."""
        name = self.page_at(url_path)
        return name, self.pages[name] if name else None


def builtin(name: str) -> bool:
    """Whether a page name is a built-in kind."""
    return name in PAGE_KINDS
