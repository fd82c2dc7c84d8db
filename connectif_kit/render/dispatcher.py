"""Plan → what the dispatcher's templates print: tables of data, and the parts that this plan uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from connectif_kit import __version__
from connectif_kit.model import Entity, Event, Json
from connectif_kit.plan.models import OPTIONS, Plan
from connectif_kit.plan.queries import walk
from connectif_kit.plan.sources import Source
from connectif_kit.plan.values import GA4, speaks_ga4
from connectif_kit.render.encode import (
    CART,
    CONTACT,
    DOM,
    LINE,
    PARSED,
    PRODUCT,
    PURCHASE,
    VISITED,
    Encoder,
    Page,
    Rule,
    event_rule,
    field_names,
    pages_of,
    placed,
    reports_of,
)
from connectif_kit.render.modules import modules
from connectif_kit.render.tables import INTERFACES, Interface, Table, fields_of, interface, promise, tables
from connectif_kit.vocabulary import ENTITIES, EVENTS, TAGS

if TYPE_CHECKING:
    from connectif_kit.diagnostics import Place
    from connectif_kit.plan import Loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatcher:
    """Everything that the templates of `connectif-events*` read. `uses` names the parts' conditions."""

    plan: Plan
    uses: frozenset[str]
    sources: tuple[str, ...]
    entities: dict[str, Table]
    own: dict[str, Json]
    events: list[Rule]
    pages: list[Page]
    modules: dict[str, str]
    mends: frozenset[str]
    places: dict[str, str]
    file: str
    tags: Mapping[str, str] = default(default_factory=lambda: dict(_entity_tags()))
    version: str = __version__
    line: str = LINE
    visited: str = VISITED

    @property
    def triggers(self) -> list[str]:
        """Kinds of trigger in the plan."""
        return list(dict.fromkeys(rule.on.kind for rule in self.plan.events.values()))

    @property
    def dom_triggers(self) -> list[str]:
        """Those that are the browser's own events."""
        return [kind for kind in DOM if kind in self.triggers]

    @property
    def listened(self) -> list[str]:
        """Files in `parts/triggers`."""
        return [*(["dom"] if self.dom_triggers else []), *(["event"] if "event" in self.triggers else [])]

    @property
    def parses(self) -> bool:
        """Whether a source reads JSON."""
        return bool(PARSED & set(self.sources))

    @property
    def custom(self) -> list[str]:
        """The store's own contact fields, as far as the plan maps them."""
        known = ENTITIES[CONTACT].by_html
        sources = [self.plan.contact, *(rule.contact for rule in self.plan.events.values())]
        names = (name for source in sources if source for name in source.fields or {})
        return [name for name in dict.fromkeys(names) if name not in known]

    @property
    def decodes(self) -> bool:
        """Whether an address in the plan has more than ASCII in it."""
        return not all(str(page[0]).isascii() for page in self.pages)

    @property
    def origin(self) -> str:
        """What an address without origin belongs to."""
        return _origin(self.plan)

    @property
    def base(self) -> str:
        """The folder that globs do not mention."""
        return self.plan.store.base

    @property
    def ga4_category(self) -> str:
        """GA4's name of the first level of a category."""
        return ENTITIES[PRODUCT].by_html["category"].ga4

    @property
    def product_url(self) -> str:
        """The catalogue's address template, under the names that the browser uses."""
        return _product_url(self.plan)

    @property
    def identified(self) -> list[str]:
        """Events that say who it is, or are not sent."""
        sent = dict.fromkeys(rule.send for rule in self.plan.events.values())
        return [name for name in sent if name in EVENTS and EVENTS[name].identifies]

    @property
    def payloads(self) -> bool:
        """Whether an event carries values of the store's own."""
        return any("payload" in rule for rule in self.events)

    @property
    def entity_fields(self) -> bool:
        """Whether an event carries an entity."""
        return any(name in self.entities for rule in self._all() for name in field_names(rule))

    @property
    def optional(self) -> bool:
        """Whether an event may be sent without one of its fields."""
        return any("may" in rule for rule in self._all())

    @property
    def limited(self) -> bool:
        """Whether an event is for some pages only."""
        return any("pages" in rule for rule in self.events)

    @property
    def tagged(self) -> bool:
        """Whether a tag in the page may have reported already."""
        return any("tag" in rule for rule in self._all())

    @property
    def override(self) -> bool:
        """Whether an event brings its own contact or cart."""
        return any(name in rule for rule in self.events for name in OPTIONS)

    @property
    def asked(self) -> bool:
        """Whether an event sends a contact or a cart and nothing else."""
        return any("asks" in rule for rule in self.events)

    @property
    def names(self) -> list[str]:
        """Names for `connectifKit.send`."""
        return list(self.plan.events)

    @property
    def types(self) -> list[Interface]:
        """The entities in TypeScript."""
        return [
            interface(ENTITIES[name], fields_of(self.plan, name), bool(name == CONTACT and self.custom))
            for name in INTERFACES
        ]

    def parts(self, dev: bool) -> list[str]:
        """Files in `parts/dispatcher`, in reading order."""
        named = {
            "development": dev,
            "mend": bool(self.mends),
            "records": True,
            "memory": "memory" in self.uses,
            "purchases": "purchases" in self.uses,
            "sending": True,
            "mirror": "mirror" in self.uses,
            "data_layer": "layer" in self.uses,
            "pages": True,
            "tags": "write" in self.uses,
            "routes": "spa" in self.uses,
        }
        return [name for name, used in named.items() if used]

    def rules(self, dev: bool) -> list[Rule]:
        """The plan's events; the development build also knows where each stands."""
        return [{**rule, "at": f"events/{rule['name']}"} if dev else rule for rule in self.events]

    def pages_for(self, dev: bool) -> list[Page]:
        """The plan's pages, as far as something depends on them, with their names where they are used."""
        named = dev or self.limited
        return [placed(page) if dev else page[: 3 if named else 2] for page in self.pages]

    @property
    def promises(self) -> dict[str, Json]:
        """Entity or event → property → what it must be, for the development build."""
        sent = [EVENTS[str(rule["send"])] for rule in self._all() if "send" in rule]
        described: list[Entity | Event] = [*(ENTITIES[name] for name in self.entities), *sent]
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


def dispatcher(loaded: Loaded, read_module: Callable[[str], str]) -> Dispatcher:
    """The dispatcher of a plan.

    Raises KitError where the file of a `module:` source is missing or has more than `export default`.
    """
    plan = loaded.plan
    encoder = Encoder()
    own = {name: encoder.source(found, ENTITIES[name]) for name in OPTIONS if (found := getattr(plan, name))}
    events = [event_rule(encoder, plan, name) for name in plan.events]
    pages = pages_of(encoder, plan)
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
        modules=modules(loaded, read_module),
        mends=frozenset(encoder.mends),
        places=_places(loaded),
        file=loaded.document.path,
    )


def _uses(encoder: Encoder, plan: Plan, events: list[Rule], pages: list[Page]) -> frozenset[str]:
    """Which of the conditional parts this plan needs."""
    how = plan.integration
    sent = {str(rule.get("send")) for rule in (*events, *reports_of(pages))}
    layer = (
        "data_layer" in encoder.used or "mirror" in encoder.used or any("layer" in rule for rule in events)
    )
    products = how.activity == "js-events" and _has_product_tags(plan)
    remembers = _has_product_tags(plan) and _needs_memory(plan, sent)
    named = {
        "visits": how.activity == "js-events",
        "elements": remembers or products,
        "products": remembers or products,
        "memory": remembers,
        "reports": bool(reports_of(pages)),
        "purchases": PURCHASE in sent,
        "purchase's cart": PURCHASE in sent and plan.cart is not None and _names_no_cart(plan),
        "mirror": "mirror" in encoder.used,
        "layer": layer,
        "ga4": (layer and any(speaks_ga4(source) for _, source in walk(plan))) or _triggered_by_ga4(plan),
        "write": how.activity == "client-tags",
        "spa": how.spa,
    }
    return frozenset(name for name, used in named.items() if used) | encoder.uses


def _triggered_by_ga4(plan: Plan) -> bool:
    rules = (rule.on for rule in plan.events.values() if rule.on.kind == "data_layer")
    return any(set(trigger.names) & GA4 for trigger in rules)


def _has_product_tags(plan: Plan) -> bool:
    """Whether pages carry `cn_product_visited`."""
    tag = EVENTS[VISITED].tag
    return any(plan.kind_of(name) == PRODUCT or tag in page.tags for name, page in plan.pages.items())


def _needs_memory(plan: Plan, sent: set[str]) -> bool:
    """Whether lines of carts and purchases may lack what product pages tell."""
    lines = [source for path, source in walk(plan) if path[-1] in (CART, PURCHASE)]
    if not (lines or PURCHASE in sent):
        return False
    return not lines or any(not _maps_lines(source) for source in lines)


def _names_no_cart(plan: Plan) -> bool:
    """Whether an order may come without its cart's id."""
    told = [source for path, source in walk(plan) if path[-1] == PURCHASE]
    by_trigger = any(rule.send == PURCHASE and PURCHASE not in rule.given() for rule in plan.events.values())
    return by_trigger or any("cart_id" not in (source.fields or {}) for source in told)


def _maps_lines(source: Source) -> bool:
    line = (source.fields or {}).get(LINE)
    return bool(line and {"url", "name"} <= set(line.fields or {}))


def _entity_tags() -> Iterator[tuple[str, str]]:
    """Entity → the tag that reports it on its own page or, for contact and cart, on every page."""
    for name, tag in TAGS.items():
        if tag.entity and tag.css_class != EVENTS[VISITED].tag:
            yield tag.entity.name, name
    yield PRODUCT, EVENTS[VISITED].tag


def _origin(plan: Plan) -> str:
    parts = urlsplit(plan.store.url)
    return f"{parts.scheme}://{parts.netloc}"


def _product_url(plan: Plan) -> str:
    template = plan.catalog.url or ""
    known = ENTITIES[PRODUCT].by_html
    named = re.sub(r"\{(\w+)\}", lambda m: f"{{{known[m[1]].js if m[1] in known else m[1]}}}", template)
    return named if not named or re.match(r"https?://", named) else plan.store.url + named


def _places(loaded: Loaded) -> dict[str, str]:
    """Part of the plan → `connectif.yaml:41:9`."""
    plan = loaded.plan
    paths: list[tuple[str | int, ...]] = [("pages",), ("events",), *((name,) for name in OPTIONS)]
    paths += [("events", name) for name in plan.events] + [("pages", name) for name in plan.pages]
    paths += [path for path, _ in walk(plan)]
    return {"/".join(str(s) for s in path if s != "fields"): _named(loaded.place(*path)) for path in paths}


def _named(place: Place) -> str:
    """A place by the plan's name alone: the folder we were started in is no part of an output."""
    return f"{PurePath(place.path).name}:{place.line}:{place.column}"


def _name(one: Entity | Event) -> str:
    return one.name if isinstance(one, Entity) else one.type
