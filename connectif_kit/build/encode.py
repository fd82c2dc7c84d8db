"""The plan's events, pages and sources as the browser evaluates them: plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from connectif_kit.catalog.amounts import is_reduced
from connectif_kit.catalog.convert import OPTIONS as CONVERSIONS
from connectif_kit.plan import globs
from connectif_kit.plan.models import ACTIONS, OPTIONS, Plan, Trigger
from connectif_kit.plan.queries import in_html, product_data
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.data_layer import DataLayer
from connectif_kit.plan.sources.path import Path
from connectif_kit.plan.sources.selector import Selector
from connectif_kit.plan.values import GA4, MIRRORED, layer_names, speaks_ga4
from connectif_kit.vocabulary import ENTITIES, EVENTS, TAGS
from connectif_kit.vocabulary.kinds import DATETIME, DECIMAL, EMAIL, INTEGER, MAPPING, TIMESTAMP, URL, Json
from connectif_kit.vocabulary.model import Entity, Event, Field

CART = "cart"
CONTACT = "contact"
LINE = "product_basket_item"
PRICE = "unit_price"
PRODUCT = "product"
PURCHASE = "purchase"
VISITED = "product-visited"

MARKS = {
    DECIMAL.name: "#",
    INTEGER.name: "#",
    URL.name: "@",
    EMAIL.name: "%",
    DATETIME.name: "~",
    TIMESTAMP.name: "~",
}
"""Kinds that the browser tells apart, as its tables mark them."""

Rule = dict[str, Json]
Page = list[Json]
"""Pattern of the address, what a view of it reports, name, whether it promises a product."""


class Encoder:
    """Sources as the browser evaluates them: a path, or `[name, key, fields, option, transform]`."""

    def __init__(self, *, spa: bool) -> None:
        self.spa = spa
        self.used = {"literal"}
        """Names of sources."""
        self.parts: set[str] = set()
        """Files of `parts/dispatcher` that those sources call."""
        self.transforms: set[str] = set()
        self.options: set[str] = set()
        """What its selectors take beside the text, as `USES` names it."""

    def source(self, source: Source, entity: Entity | None = None, *, numeral: bool = False) -> Json:
        """One source; `entity` is what it gives, where it gives an object, or it is taken for a number."""
        numeral = numeral or source.number is not None
        transform, option = _transform(source), _option(source, entity, numeral)
        self.transforms |= transform.keys()
        if isinstance(source, Selector):
            self.options |= source.options() | ({"selector_fields"} if source.fields else set())
        if source.NAME == "path" and not (source.fields or transform):
            return str(source.path)  # type: ignore[attr-defined]  # only Path has this name
        if _is_mirror(source, entity):
            self.used.add("mirror")
            fields = self.fields(source.fields, entity) if source.fields else None
            return ["mirror", source.key(), fields] if fields else ["mirror"]
        self.used.add(source.NAME)
        self.parts |= {*source.parts()}
        fields = self.fields(source.fields, entity) if source.fields else None
        inner = [self.source(each, entity, numeral=numeral) for each in source.inner()]
        encoded = [source.NAME, inner or source.key(), fields, option, transform or None]
        while encoded[-1] is None:
            encoded.pop()
        return encoded

    def fields(self, fields: Mapping[str, Source], entity: Entity | None) -> dict[str, Json]:
        """Property → source, under the names that JavaScript uses."""
        known = entity.by_html if entity else {}
        pairs = ((name, known.get(name), source) for name, source in fields.items())
        return {
            (field.js if field else name): self._field(name, source, field)
            for name, field, source in pairs
            if field is None or field.js
        }

    def _field(self, name: str, source: Source, field: Field | None) -> Json:
        if is_made_id(name, source):
            self.used.add("auto")
            return ["auto"]
        numeral = field is not None and MARKS.get(field.kind.name) == "#"
        made = self.source(source, field.entity if field else None, numeral=numeral)
        return _priced(made, source) if field is not None and field.html == PRICE else made


def _priced(made: Json, source: Source) -> Json:
    """Several places of a price: in the place of the option which of them are called as reduced prices."""
    if not isinstance(made, list) or made[0] != "first_of":
        return made
    name, tried, fields, _, transform = [*made, None, None, None][:5]
    names = (each.path if isinstance(each, Path) else "" for each in source.inner())
    reduced: list[Json] = [int(is_reduced(each)) for each in names]
    return [name, tried, fields, reduced, transform] if transform else [name, tried, fields, reduced]


def is_made_id(name: str, source: Source) -> bool:
    """Whether a cart's id is to be made here: `cart_id: auto`."""
    return name == "cart_id" and source.NAME == "path" and source.path == "auto"  # type: ignore[attr-defined]  # Path


def _option(source: Source, entity: Entity | None, numeral: bool) -> Json:
    """What stands beside the key; GA4's events have their product in a place of its own."""
    if numeral and isinstance(source, Selector) and not (source.attribute or source.property):
        return {"numeral": 1, **({"all": True} if source.all else {})}
    if isinstance(source, DataLayer) and source.path is None and entity is ENTITIES[PRODUCT]:
        return "items.0" if set(layer_names(source)) <= GA4 else None
    return source.option()


def _transform(source: Source) -> dict[str, Json]:
    """What is done to the text that is found."""
    named = {name: getattr(source, name) for name in CONVERSIONS if name not in ("first", "nth")}
    named["nth"] = source.position
    transform: dict[str, Json] = {name: value for name, value in named.items() if value is not None}
    if source.map is not None:
        transform["map"] = [[old, new] for old, new in source.map.items()]
    return transform


def _is_mirror(source: Source, entity: Entity | None) -> bool:
    """Whether GA4's events tell of the cart."""
    plain = isinstance(source, DataLayer) and source.path is None
    return plain and entity is ENTITIES[CART] and set(layer_names(source)) <= MIRRORED  # type: ignore[arg-type]  # plain


def event_rule(encoder: Encoder, plan: Plan, name: str) -> Rule:
    """One of the plan's events."""
    rule = plan.events[name]
    event = EVENTS.get(rule.send)
    made: Rule = {"name": name, **_trigger(rule.on), **_sent(rule.send)}
    if rule.pages:
        wanted = set(rule.pages)
        made["pages"] = [page for page in plan.pages if wanted & {page, plan.kind_of(page)}]
    for option in OPTIONS:
        if source := getattr(rule, option):
            # What an event brings has the shape of what the plan describes, unless it says otherwise.
            made[option] = encoder.source(described(source, getattr(plan, option)), ENTITIES[option])
    if rule.send == CART and rule.on.how.selectors:
        made["watch"] = 1
    if event:
        made.update(_content(encoder, event, {**_ga4(event, rule.on.kind, rule.on.names), **rule.given()}))
        if rule.on.kind == "load" and event.tag and plan.integration.activity != "js-events":
            made["tag"] = event.tag
    return made


def _sent(send: str) -> Rule:
    return {"asks" if send in (*OPTIONS, *ACTIONS) else "send": send}


def described(source: Source, general: Source | None) -> Source:
    """A source that borrows the plan's own field map where it has none."""
    fields = general.fields if general else None
    speaks = source.fields is not None or speaks_ga4(source)
    return source if speaks else source.model_copy(update={"fields": fields})


def _trigger(on: Trigger) -> Rule:
    if not on.how.key:
        return {}
    return {on.how.key: ", ".join(on.names) if on.how.selectors else [*on.names] or 1}


def _ga4(event: Event, kind: str, names: list[str]) -> dict[str, Source]:
    """Sources for an event whose trigger is GA4's event of the same meaning."""
    if kind != "data_layer" or not event.ga4 or event.ga4 not in names:
        return {}
    return {
        field.html: DataLayer(data_layer=event.ga4, path=None if field.entity else field.ga4 or field.html)
        for field in event.fields
    }


def _content(encoder: Encoder, event: Event, given: Mapping[str, Any]) -> Rule:
    """An event's fields, and those without which it is sent all the same."""
    made: Rule = {}
    fields: dict[str, Json] = {}
    kinds: dict[str, Json] = {}
    for field in event.fields:
        if (value := given.get(field.html)) is None:
            continue
        if field.kind is MAPPING:
            made[field.js] = {name: encoder.source(source) for name, source in value.items()}
            continue
        mark = "" if field.entity else MARKS.get(field.kind.name, "")
        fields[field.js] = encoder.source(value, field.entity, numeral=mark == "#")
        mark += "" if field.required or field.html in event.one_of else "?"
        if mark:
            kinds[field.js] = mark
    named: Rule = {"fields": fields, "kinds": kinds}
    return {**made, **{name: value for name, value in named.items() if value}}


def pages_of(encoder: Encoder, plan: Plan) -> list[Page]:
    """The plan's pages that something depends on, and those that may come before one; the first counts."""
    limited = {name for rule in plan.events.values() for name in rule.pages}
    made: list[tuple[Page, list[str], bool]] = []
    for name, page in plan.pages.items():
        pattern = "|".join(globs.pattern(glob) for glob in page.match)
        reports = _page_reports(encoder, plan, name)
        promise = _promises_product(plan, name)
        needed = bool(reports or promise or page.page_info or limited & {name, plan.kind_of(name)})
        made.append(([pattern, reports or 0, name, int(promise)], page.match, needed))
    later = [
        {glob for _, match, needed in made[place:] if needed for glob in match} for place in range(len(made))
    ]
    return [
        page
        for (page, match, needed), after in zip(made, later, strict=True)
        if needed or any(globs.overlap(one, other) for one in match for other in after)
    ]


def _promises_product(plan: Plan, name: str) -> bool:
    """Whether a view of the page waits for its product; not where an event of the plan tells of it."""
    by_event = any(rule.send == VISITED for rule in plan.events.values())
    return plan.integration.activity == "js-events" and plan.kind_of(name) == PRODUCT and not by_event


def infos_of(encoder: Encoder, plan: Plan) -> dict[str, Json]:
    """Page → what the plan says of it in place of the document's own words."""
    made: dict[str, Json] = {}
    for name, page in plan.pages.items():
        if page.page_info:
            given = {key: value for key, value in page.page_info if value}
            made[name] = {key: _several(encoder, value) for key, value in given.items()}
    return made


def _several(encoder: Encoder, value: Source | list[Source]) -> Json:
    return encoder.source(value) if isinstance(value, Source) else [encoder.source(one) for one in value]


STRUCTURED = ("json-ld", "microdata")
"""Formats of product data that a browser reads too, where routes bring no tag."""


def _structured(encoder: Encoder, plan: Plan, name: str) -> list[Json]:
    """The product of a single-page app's route, from the formats that the plan names for the build."""
    data = product_data(plan, plan.pages[name]) if plan.kind_of(name) == PRODUCT else None
    formats = [data] if isinstance(data, str) else data if isinstance(data, list) else []
    if formats == ["catalog"] and plan.catalog.source:
        formats = [plan.catalog.source]
    known: list[Json] = [one for one in formats if one in STRUCTURED]
    if not known or not encoder.spa:
        return []
    encoder.used.add("structured")
    encoder.parts.add("reading")
    return [{"send": VISITED, "fields": {"product": ["structured", known]}}]


def _page_reports(encoder: Encoder, plan: Plan, name: str) -> list[Json]:
    """What a view of the page reports; product data that is in the HTML is read from its tag."""
    made = _structured(encoder, plan, name)
    for type_, fields in plan.pages[name].reports().items():
        given = {name: value for name, value in fields.items() if isinstance(value, Source)}
        static = type_ == VISITED and any(in_html(value) for value in given.values())
        if not given or (static and not encoder.spa):
            continue
        event = EVENTS[type_]
        rule: Rule = {"send": type_, **_content(encoder, event, given)}
        if plan.integration.activity != "js-events" or (type_ == VISITED and not encoder.spa):
            rule["tag"] = event.tag
        if plan.integration.activity == "client-tags":
            entity = TAGS[event.tag].entity
            rule["writes"] = entity.name if entity else type_
        made.append(rule)
    return made


def reports_of(pages: Iterable[Page]) -> list[Rule]:
    """What the pages report by being seen."""
    return [rule for page in pages for rule in page[1] or ()]  # type: ignore[union-attr, misc]  # JSON by shape


def placed(page: Page) -> Page:
    """A page whose reports know where in the plan they stand."""
    reports: list[Json] = [{**rule, "at": f"pages/{page[2]}"} for rule in reports_of([page])]
    return [page[0], reports, *page[2:]]


def field_names(rule: Rule) -> Iterable[str]:
    """The fields that an event carries, by their names in JavaScript."""
    fields = rule.get("fields")
    return fields if isinstance(fields, dict) else ()
