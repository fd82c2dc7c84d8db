"""The shape of `connectif.yaml`. Keys that speak of tags and events are derived from the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, create_model, model_validator

from connectif_kit.diagnostics import did_you_mean
from connectif_kit.model import MAPPING, Event
from connectif_kit.model import Field as Property
from connectif_kit.plan import globs
from connectif_kit.plan.sources import FieldSource, Model, Source, ValueSource, complaint, shown
from connectif_kit.vocabulary import EVENTS, PAGE_KINDS, TAGS

ENVIRONMENTS = (*(f"eu{n}" for n in range(1, 9)), "am1", "cl1", "stage")
"""Environments seen so far; others are accepted with a warning (360014628900)."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _uuid(value: object) -> object:
    if isinstance(value, str) and not _UUID.fullmatch(value):
        raise complaint(
            f"expected a UUID such as 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, got {shown(value)}",
            "it is the client id in Store settings › Channels › Web",
        )
    return value.lower() if isinstance(value, str) else value


def _origin(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"https?://[^/\s?#]+(/[^\s?#]*)?", value):
        raise complaint(f"expected an address such as https://shop.example, got {shown(value)}")
    return value.rstrip("/") if isinstance(value, str) else value


def _glob(value: object) -> object:
    if isinstance(value, str) and (fault := globs.fault(value)):
        raise complaint(f"`{value}` can match no page: {fault}")
    return value


def _tag_class(value: object) -> object:
    if isinstance(value, str) and value not in TAGS:
        raise complaint(f"`{value}` is no tag; {did_you_mean(value, TAGS) or 'known: ' + ', '.join(TAGS)}")
    return value


def _worker_path(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"(/[\w.~-]+)*/[\w.~-]+\.js", value):
        raise complaint(f"expected a path such as /service-worker.js, got {shown(value)}")
    return value


def _one_key(value: object, keys: tuple[str, ...], what: str) -> object:
    """A mapping with exactly one of some keys."""
    if not isinstance(value, dict):
        raise complaint(f"expected a {what} such as {{{keys[0]}: …}}, got {shown(value)}")
    named = [key for key in keys if key in value]
    if len(named) > 1:
        raise complaint(f"two {what}s at once: {' and '.join(named)}", "write one event for each")
    if not named:
        given = str(next(iter(value), ""))
        near = did_you_mean(given, keys) or "known: " + ", ".join(keys)
        raise complaint(f"no {what}; {near}" if not given else f"`{given}` is no {what}; {near}")
    return value


Uuid = Annotated[str, BeforeValidator(_uuid)]
Origin = Annotated[str, BeforeValidator(_origin)]
Glob = Annotated[str, BeforeValidator(_glob)]
Globs = Annotated[list[Glob], BeforeValidator(_as_list)]
Texts = Annotated[list[str], BeforeValidator(_as_list)]
Values = Annotated[list[ValueSource], BeforeValidator(_as_list)]
TagClass = Annotated[str, BeforeValidator(_tag_class)]


class Store(Model):
    """The store as its settings know it."""

    id: Uuid = Field(description="Public client id of the loader, a UUID.")
    environment: str = Field(description="The part of the CDN address before `/client-script/`, such as eu5.")
    url: Origin = Field(description="Address of the shop, with the folder it lives in, if any.")
    domains: list[str] = Field([], description="Authorised domains; default: the shop's own.")
    language: str = Field("", description="Language of the shop, for the reader.")
    currency: str = Field("", pattern=r"^([A-Z]{3})?$", description="ISO 4217 code, such as EUR.")

    @property
    def base(self) -> str:
        """The folder the shop lives in, `` or `/shop`."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def allowed(self) -> list[str]:
        """The authorised domains, with the shop's own where none are named."""
        parts = urlsplit(self.url)
        return self.domains or [f"{parts.scheme}://{parts.netloc}"]


_CONSENT = ("event", "cookie", "storage", "global")


class Consent(Model):
    """What must happen before anything loads; one of four, with the value that means yes."""

    event: str | None = Field(None, description="A DOM event on document or window.")
    cookie: str | None = Field(None, description="A cookie that is there.")
    storage: str | None = Field(None, description="A localStorage key that is there.")
    global_: str | None = Field(None, alias="global", description="A dotted path from window that is truthy.")
    value: str | None = Field(None, description="A text that must be part of the cookie, key or global.")

    @model_validator(mode="before")
    @classmethod
    def _one(cls, value: object) -> object:
        return _one_key(value, _CONSENT, "consent")


class Integration(Model):
    """How the shop reports to the platform (article 360017857779)."""

    activity: Literal["server-tags", "client-tags", "js-events"] = Field(
        "js-events", description="How visits, carts and purchases are reported."
    )
    catalog: Literal["tags", "feed", "api"] = Field("tags", description="How products reach the platform.")
    spa: bool = Field(
        False, description="Pages change without loading: send a visit on each change of route."
    )
    auto_initialize: bool = Field(
        True, description="The store setting; false: the dispatcher initialises the client."
    )
    consent: Consent | None = Field(None, description="Nothing loads before it.")
    nonce: str | None = Field(
        None, description="CSP nonce of the inline loader, or your server's placeholder."
    )


class Site(Model):
    """The built site."""

    root: str = Field("public", description="Folder of the built HTML, from the plan's folder.")
    ignore: Globs = Field([], description="Paths that are left alone.")
    assets: str = Field(
        "/connectif", pattern=r"^(/[\w.~-]+)+$", description="Folder for our files in the site."
    )


class Catalog(Model):
    """Where products live when they are not in the pages."""

    source: str | None = Field(None, description="A file: csv, json, jsonl or yaml.")
    fields: dict[str, FieldSource] = Field({}, description="Property → column or dotted path in the file.")
    url: str | None = Field(
        None, description="`/p/{product_id}/`: a product's page, where no column says it."
    )


class ServiceWorker(Model):
    """The worker for web push (article 360014660000)."""

    path: Annotated[str, BeforeValidator(_worker_path)] = "/service-worker.js"
    import_: list[str] = Field([], alias="import", description="Further scripts for the same worker.")


PAGE_DATA = ("catalog", "json-ld", "microdata", "open-graph")
"""Where a product page's data may come from, besides sources."""


def _product(value: object) -> object:
    if value in PAGE_DATA:
        return value
    if isinstance(value, str):
        raise complaint(
            f"`{value}` is no place for product data; "
            + (did_you_mean(value, PAGE_DATA) or "known: " + ", ".join(PAGE_DATA))
        )
    return value


if TYPE_CHECKING:
    ProductData: TypeAlias = str | Source
else:
    ProductData = Annotated[Literal[PAGE_DATA] | ValueSource, BeforeValidator(_product)]


class PageBase(Model):
    """A kind of page: where it is, and what it carries."""

    match: Globs = Field(description="Paths of these pages; `*` one step, `**` any number.")
    kind: str | None = Field(None, description="The built-in kind, where the name is your own.")
    tags: list[TagClass] = Field([], description="Tags that these pages must carry in their HTML.")

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


TRIGGERS: dict[str, str] = {
    "submit": "A form that matches is sent.",
    "click": "An element that matches is clicked.",
    "change": "A form field that matches is changed.",
    "event": "The page dispatches a DOM event of this name.",
    "data_layer": "The dataLayer receives an entry with this event name.",
    "load": "A page is seen (true).",
    "manual": "Only `connectifKit.send(name)` (true).",
}


class Trigger(Model):
    """When an event happens; one of these."""

    submit: Texts | None = Field(None, description=TRIGGERS["submit"])
    click: Texts | None = Field(None, description=TRIGGERS["click"])
    change: Texts | None = Field(None, description=TRIGGERS["change"])
    event: Texts | None = Field(None, description=TRIGGERS["event"])
    data_layer: Texts | None = Field(None, description=TRIGGERS["data_layer"])
    load: Literal[True] | None = Field(None, description=TRIGGERS["load"])
    manual: Literal[True] | None = Field(None, description=TRIGGERS["manual"])

    @model_validator(mode="before")
    @classmethod
    def _one(cls, value: object) -> object:
        return _one_key(value, tuple(TRIGGERS), "trigger")

    @property
    def kind(self) -> str:
        """The one key that is given."""
        return next(name for name in TRIGGERS if getattr(self, name) is not None)

    @property
    def names(self) -> list[str]:
        """Its selectors or names."""
        value = getattr(self, self.kind)
        return value if isinstance(value, list) else []


OPTIONS = ("cart", "contact")
"""What an event may send besides, or instead of, an event: `sendEvents([], {cart})`."""


def _send(value: object) -> object:
    known = [*(name for name, event in EVENTS.items() if not event.retired), *OPTIONS]
    if isinstance(value, str) and value not in known:
        raise complaint(
            f"`{value}` is no event; {did_you_mean(value, known) or 'known: ' + ', '.join(known)}"
        )
    return value


class EventBase(Model):
    """Something that happens on a page, and what is sent then."""

    on: Trigger = Field(description="When.")
    send: Annotated[str, BeforeValidator(_send)] = Field(description="An event type, `cart` or `contact`.")
    pages: Texts = Field([], description="Only on these pages (their names in `pages`).")
    contact: ValueSource | None = Field(None, description="Who it is, known with this event.")
    cart: ValueSource | None = Field(None, description="The cart, known with this event.")

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
    return dict[str, ValueSource] if field.kind is MAPPING else ValueSource


def _page_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {
        tag.label.html: (Values, Field([], description=tag.doc)) for tag in _label_tags() if tag.label
    }
    for event in _page_events():
        for field in event.fields:
            type_ = ProductData if field.entity and field.entity.name == "product" else ValueSource
            fields[field.html] = (type_ | None, Field(None, description=f"{field.doc} ({event.type})"))
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

    version: Literal[1] = Field(1, description="Version of this format.")
    store: Store
    integration: Integration = Integration()
    site: Site = Site()
    catalog: Catalog = Catalog()
    pages: dict[str, Page] = Field(
        {}, description="Kinds of page, built-in or your own; the first match counts."
    )
    contact: ValueSource | None = Field(None, description="Who the visitor is.")
    cart: ValueSource | None = Field(None, description="The visitor's cart.")
    events: dict[str, EventRule] = Field({}, description="What happens on the pages.")
    service_worker: ServiceWorker | None = None

    def kind_of(self, name: str) -> str:
        """The built-in kind of a page name; an own kind is its own."""
        return self.pages[name].kind or name

    def page_at(self, url_path: str) -> str | None:
        """The name of the first page in the plan that an address's path matches."""
        path = url_path.removeprefix(self.store.base) if self.store.base else url_path
        for name, page in self.pages.items():
            if any(globs.matches(glob, path) for glob in page.match):
                return name
        return None

    def ignored(self, url_path: str) -> bool:
        """Whether `site.ignore` leaves an address alone."""
        return any(globs.matches(glob, url_path) for glob in self.site.ignore)

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
