"""Plan → what the dispatcher's templates print: the parts that this plan uses, and its data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from connectif_kit import __version__
from connectif_kit.build.encode import (
    CART,
    CONTACT,
    LINE,
    PRODUCT,
    PURCHASE,
    VISITED,
    Encoder,
    Page,
    Rule,
    event_rule,
    infos_of,
    pages_of,
    placed,
    reports_of,
)
from connectif_kit.build.loading import consent_data, consent_parts
from connectif_kit.build.minified import joined, keyed
from connectif_kit.build.modules import modules
from connectif_kit.build.places import places_of
from connectif_kit.build.tables import Interface, fields_of, interface, interfaces, promise, tables
from connectif_kit.catalog import price
from connectif_kit.core.records import dataclass
from connectif_kit.plan.models import ACTIONS, OPTIONS, Plan
from connectif_kit.plan.queries import walk
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources import SOURCES
from connectif_kit.plan.values import GA4, speaks_ga4
from connectif_kit.vocabulary import ENTITIES, EVENTS, TAGS
from connectif_kit.vocabulary.kinds import Json
from connectif_kit.vocabulary.model import Entity, Event

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan

CART_ID = "auto"
"""The source that makes an id for a cart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatcher:
    """What the templates of `connectif-events*` read: the parts that a plan needs, and its data as JSON."""

    plan: Plan
    uses: frozenset[str]
    sources: tuple[str, ...]
    entities: dict[str, str]
    own: dict[str, Json]
    events: list[Rule]
    pages: list[Page]
    info: dict[str, Json]
    modules: dict[str, str]
    transforms: frozenset[str]
    options: frozenset[str]
    places: dict[str, str]
    file: str

    @property
    def triggers(self) -> set[str]:
        """Files in `parts/triggers` that hear what the plan waits for."""
        return {rule.on.how.part for rule in self.plan.events.values()} - {""}

    @property
    def custom(self) -> list[str]:
        """The store's own contact fields, as far as the plan maps them."""
        known = ENTITIES[CONTACT].by_html
        sources = [self.plan.contact, *(rule.contact for rule in self.plan.events.values())]
        names = (name for source in sources if source for name in source.fields or {})
        return [name for name in dict.fromkeys(names) if name not in known]

    @property
    def identified(self) -> list[str]:
        """Events that say who it is, or are not sent."""
        sent = dict.fromkeys(rule.send for rule in self.plan.events.values())
        return [name for name in sent if name in EVENTS and EVENTS[name].identifies]

    @property
    def names(self) -> list[str]:
        """Names for `connectifKit.send`."""
        return list(self.plan.events)

    @property
    def types(self) -> list[Interface]:
        """The entities in TypeScript."""
        return [
            interface(ENTITIES[name], fields_of(self.plan, name), bool(name == CONTACT and self.custom))
            for name in interfaces()
        ]

    def parts(self, dev: bool) -> list[str]:
        """Files below `templates/parts`, each taken whole, in the order in which they must stand."""
        named = {
            "shown": self.plan.integration.consent is not None,
            "dispatcher/core": True,
            "dispatcher/vocabulary": True,
            "dispatcher/records": True,
            "dispatcher/kept": bool(KEEPING & self.uses),
            "dispatcher/development": dev,
            "dispatcher/parsed": "parsed" in self.uses,
            "dispatcher/reading": "reading" in self.uses,
            "dispatcher/transform": bool(self.transforms),
            "dispatcher/sending": True,
            "dispatcher/pages": True,
            "dispatcher/parameters": "query" in self.sources or "spa_query" in self.features,
            "dispatcher/bare": "routes" in self.uses or "page" in self.sources,
            **{f"sources/{name}": name not in _WITHOUT_FILE for name in self.sources},
            **{f"dispatcher/{name}": name in self.uses for name in _PARTS},
            "triggers/happened": bool(self.triggers),
            **{f"triggers/{name}": True for name in sorted(self.triggers)},
            "dispatcher/start": True,
            **dict.fromkeys(consent_parts(self.plan), True),
            "dispatcher/gate": self.plan.integration.consent is not None,
            "dispatcher/free": self.plan.integration.consent is None,
        }
        return [name for name, used in named.items() if used]

    @property
    def features(self) -> dict[str, bool]:
        """What `USES` says in the parts: what a plan may do without that is no part of its own."""
        how, rules = self.plan.integration, [*self._all()]
        named = {
            "module": "module" in self.sources,
            "transform": bool(self.transforms),
            "consent_module": bool(how.consent and how.consent.module),
            "custom": bool(self.custom),
            "identified": bool(self.identified),
            "base": bool(self.plan.store.base),
            "gate": how.consent is not None,
            "watch": any("watch" in rule for rule in rules),
            "cart_asked": any(_is_asked(given.get(CART)) for given in (self.own, *self._all())),
            "viewed": bool({"routes", "data_layer", "info"} & self.uses),
            "spa_query": bool(how.spa and how.spa.query),
            "shadows": any("submit" in rule or "change" in rule for rule in rules),
            "tagged": any("tag" in rule for rule in rules),
            "load": any("load" in rule for rule in rules),
            "limited": any("pages" in rule for rule in rules),
            "payload": any("payload" in rule for rule in rules),
            **dict.fromkeys((*self.uses, *self.options), True),
            **{f"transform_{name}": True for name in self.transforms},
        }
        return {name: True for name, used in sorted(named.items()) if used}

    @property
    def minified(self) -> str:
        """The production build's parts, as `build.minified` names what they share."""
        return joined(self.parts(dev=False), self.features)

    @property
    def production(self) -> dict[str, Json]:
        """`needed`, under short keys."""
        return keyed(self.needed)

    @property
    def needed(self) -> dict[str, Json]:
        """The plan's data for production, where nobody asks for the names of most pages."""
        named = {"limited", "info"} & self.features.keys()
        pages = [page if named else [*page[:2], 0, page[3]] for page in self.pages]
        return {**self.data(dev=False), "pages": [*(_trimmed(page) for page in pages)]}

    def data(self, dev: bool) -> dict[str, Json]:
        """The plan as the parts read it."""
        how = self.plan.integration
        made: dict[str, Json] = {
            "version": __version__,
            "origin": _origin(self.plan),
            "base": self.plan.store.base,
            "currency": self.plan.store.currency,
            "layer": how.data_layer_name if self._hears_layer() else "",
            "entities": {**self.entities},
            "custom": [*self.custom],
            "ga4_category": ENTITIES[PRODUCT].by_html["category"].ga4 if "ga4" in self.uses else "",
            "product_url": _product_url(self.plan),
            "number": price.pattern(self.plan.store.currency) if "number" in self.transforms else "",
            "own": self.own,
            "rules": [*self.rules(dev)],
            "pages": [*(placed(page) if dev else page for page in self.pages)],
            "info": self.info,
            "tags": {**dict(_entity_tags())} if "tags" in self.uses else None,
            "identified": [*self.identified],
            "spa": {"query": [*how.spa.query]} if how.spa else None,
            "consent": consent_data(self.plan),
        }
        needed = {name: value for name, value in made.items() if value or name in _ALWAYS}
        return {**needed, "dev": self._development()} if dev else needed

    def _hears_layer(self) -> bool:
        consent = self.plan.integration.consent
        return "data_layer" in self.uses or bool(consent and consent.google)

    def rules(self, dev: bool) -> list[Rule]:
        """The plan's events; the development build also knows where each stands."""
        return [{**rule, "at": f"events/{rule['name']}"} if dev else rule for rule in self.events]

    def _development(self) -> Json:
        return {
            "places": {**self.places},
            "promises": self.promises,
            "labels": {**self.labels},
            "file": self.file,
        }

    @property
    def promises(self) -> dict[str, Json]:
        """Entity or event → property → what it must be, for the development build."""
        sent = [EVENTS[str(rule["send"])] for rule in self._all() if rule.get("send") in EVENTS]
        described: list[Entity | Event] = [*(ENTITIES[n] for n in self.entities if n in ENTITIES), *sent]
        made: dict[str, dict[str, Json]] = {}
        for one in described:
            # `purchase` is an entity and an event.
            made.setdefault(_name(one), {}).update({f.js: promise(f) for f in one.fields if f.js})
        return {**made}

    @property
    def labels(self) -> dict[str, str]:
        """Name in JavaScript → name in the plan, for the development build."""
        described: list[Entity | Event] = [*ENTITIES.values(), *EVENTS.values()]
        return {f.js: f.html for one in described for f in one.fields if f.js and f.js != f.html}

    def _all(self) -> Iterator[Rule]:
        yield from self.events
        yield from reports_of(self.pages)


_ALWAYS = ("version", "entities", "own", "rules", "pages")
"""Data that every part may ask for."""
_PARTS = (
    "info",
    "currency",
    "ga4",
    "memory",
    "amounts",
    "product_url",
    "cart",
    "purchases",
    "cart_id",
    "mirror",
    "data_layer",
    "routes",
    "tags",
    "initialize",
    "push",
)
"""Files in `parts/dispatcher` that `uses` names, in reading order."""
_DOUBTFUL = frozenset({
    *("unit_price_original", "unit_price_without_vat", "rating_value"),
    *("discounted_amount", "discounted_percentage"),
})  # fmt: skip
"""What a price contradicts, or a scale."""
_OBJECTS = frozenset({"path", "storage", "cookie", "global", "detail", "data_layer", "module"})
"""Sources that give an object of the shop's own."""
KEEPING = frozenset({"memory", "cart", "purchases", "cart_id", "mirror"})
"""Parts that keep something for the next page."""
_WITHOUT_FILE = {CART_ID, *(name for name, source in SOURCES.items() if not source.IN_BROWSER)}
"""Sources whose JavaScript stands elsewhere."""


def dispatcher(loaded: LoadedPlan, read_module: Callable[[str], str]) -> Dispatcher:
    """The dispatcher of a plan.

    Raises KitError where the file of a `module:` source is missing or has more than `export default`.
    """
    plan = loaded.plan
    encoder = Encoder(spa=bool(plan.integration.spa))
    own = {name: encoder.source(found, ENTITIES[name]) for name in OPTIONS if (found := getattr(plan, name))}
    events = [event_rule(encoder, plan, name) for name in plan.events]
    pages = pages_of(encoder, plan)
    info = infos_of(encoder, plan)
    uses = _uses(encoder, plan, events, pages)
    entities = tables(plan, [*events, *reports_of(pages)], ga4="ga4" in uses)
    return Dispatcher(
        plan=plan,
        uses=uses,
        sources=tuple(sorted(encoder.used)),
        entities=entities,
        own=own,
        events=events,
        pages=pages,
        info=info,
        modules=modules(loaded, read_module),
        transforms=frozenset(encoder.transforms),
        options=frozenset(encoder.options),
        places=places_of(loaded),
        file=PurePath(loaded.document.path).name,
    )


def _uses(encoder: Encoder, plan: Plan, events: list[Rule], pages: list[Page]) -> frozenset[str]:
    """Which of the parts, and of the data's marks, this plan needs."""
    how = plan.integration
    sent = {str(rule.get("send")) for rule in (*events, *reports_of(pages))}
    called = encoder.parts.union(*(rule.on.how.parts for rule in plan.events.values()))
    layer = "data_layer" in called or "mirror" in encoder.used
    tags = _has_product_tags(plan)
    remembers = tags and _needs_memory(plan, sent)
    carts = plan.cart is not None or any(rule.cart or rule.send == CART for rule in plan.events.values())
    named = {
        "visits": how.activity == "js-events",
        "amounts": _has_amounts(plan),
        "products": remembers or (how.activity == "js-events" and tags),
        "memory": remembers,
        "purchases": PURCHASE in sent,
        "cart": carts or PURCHASE in sent,
        "cart_id": CART_ID in encoder.used,
        "mirror": "mirror" in encoder.used,
        "data_layer": layer,
        "ga4": (layer and any(speaks_ga4(source) for _, source in walk(plan))) or _triggered_by_ga4(plan),
        "product_url": bool(plan.catalog.url),
        "tags": how.activity == "client-tags",
        "routes": how.spa is not None,
        "initialize": not how.auto_initialize,
        "info": any(page.page_info for page in plan.pages.values()),
        "currency": bool(plan.store.currency),
        "push": any(rule.send in ACTIONS for rule in plan.events.values()),
    }
    return frozenset(name for name, used in named.items() if used) | called


def _is_asked(cart: Json) -> bool:
    """Whether a cart's source may find nothing of a cart that is there."""
    return isinstance(cart, list) and cart[0] in ("selector", "attribute", "detail")


def _triggered_by_ga4(plan: Plan) -> bool:
    rules = (rule.on for rule in plan.events.values() if rule.on.kind == "data_layer")
    return any(set(trigger.names) & GA4 for trigger in rules)


def _has_product_tags(plan: Plan) -> bool:
    """Whether pages carry `cn_product_visited`."""
    tag = EVENTS[VISITED].tag
    return any(plan.kind_of(name) == PRODUCT or tag in page.allowed_tags for name, page in plan.pages.items())


def _needs_memory(plan: Plan, sent: set[str]) -> bool:
    """Whether lines of carts and purchases may lack what product pages tell."""
    lines = [source for path, source in walk(plan) if path[-1] in (CART, PURCHASE)]
    if not (lines or PURCHASE in sent):
        return False
    return not lines or any(not _maps_lines(source) for source in lines)


def _has_amounts(plan: Plan) -> bool:
    """Whether a source may give what a product's price contradicts: where it names it, or names nothing."""
    priced = (source for path, source in walk(plan) if path[-1] in (PRODUCT, LINE, CART, PURCHASE))
    return any(_may_doubt(source) for source in priced)


def _may_doubt(source: Source) -> bool:
    if not source.fields:
        return not speaks_ga4(source) and source.NAME in _OBJECTS
    lines = source.fields.get(LINE)
    return not _DOUBTFUL.isdisjoint(source.fields) or bool(lines and not lines.fields)


def _maps_lines(source: Source) -> bool:
    line = (source.fields or {}).get(LINE)
    return bool(line and {"url", "name"} <= set(line.fields or {}))


def _entity_tags() -> Iterator[tuple[str, str]]:
    """Entity → the tag that reports it on its own page or, for contact and cart, on every page."""
    for name, tag in TAGS.items():
        if tag.entity and tag.css_class != EVENTS[VISITED].tag:
            yield tag.entity.name, name


def _trimmed(page: Page) -> Page:
    """A page without the zeros at its end."""
    while not page[-1]:
        page = page[:-1]
    return page


def _origin(plan: Plan) -> str:
    parts = urlsplit(plan.store.url)
    return f"{parts.scheme}://{parts.netloc}"


def _product_url(plan: Plan) -> str:
    template = plan.catalog.url or ""
    known = ENTITIES[PRODUCT].by_html
    named = re.sub(r"\{(\w+)\}", lambda m: f"{{{known[m[1]].js if m[1] in known else m[1]}}}", template)
    return named if not named or re.match(r"https?://", named) else plan.store.url + named


def _name(one: Entity | Event) -> str:
    return one.name if isinstance(one, Entity) else one.type
