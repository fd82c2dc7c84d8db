"""Plan → what the dispatcher's templates print: tables of data, and the parts that this plan uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectif_kit import __version__
from connectif_kit.diagnostics import KitError, Place
from connectif_kit.model import DECIMAL, INTEGER, MAPPING, URL, Entity, Event, Field, Json
from connectif_kit.plan import globs
from connectif_kit.plan.checks import in_html, walk
from connectif_kit.plan.models import OPTIONS, Plan
from connectif_kit.plan.sources import DataLayer, Source
from connectif_kit.vocabulary import ENTITIES, EVENTS, TAGS

if TYPE_CHECKING:
    from connectif_kit.plan import Loaded

CART = "cart"
CONTACT = "contact"
LINE = "product_basket_item"
PRODUCT = "product"
PURCHASE = "purchase"
VISITED = "product-visited"

MIRRORED = frozenset({"add_to_cart", "remove_from_cart", "view_cart"})
"""GA4's events that tell of a cart without showing it whole."""

_GA4 = MIRRORED | {event.ga4 for event in EVENTS.values() if event.ga4}
_DOM = ("submit", "click", "change")
_MARKS = {DECIMAL.name: "#", INTEGER.name: "#", URL.name: "@"}
_PARSED = frozenset({"storage", "cookie"})
_INTERFACES = {PRODUCT: "Product", LINE: "BasketItem", CART: "Cart", PURCHASE: "Purchase", CONTACT: "Contact"}
_CONTACT = frozenset({"primary_key", "_name", "_surname", "_newsletter_subscription_status"})
"""What the article on contacts in events names (360014775379); the rest is sent where a plan maps it."""

_COMPUTED = frozenset({"totalQuantity", "totalPrice", "price"})

Rule = dict[str, Json]
Page = list[Json]
"""Pattern of the address, what a view of it reports, name."""


@dataclass(frozen=True, slots=True)
class Table:
    """An entity as the browser knows it; `base` is the entity whose rows come first."""

    base: str
    rows: str


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a TypeScript interface."""

    name: str
    type: str
    doc: str
    required: bool


@dataclass(frozen=True, slots=True)
class Interface:
    """A TypeScript interface."""

    name: str
    doc: str
    fields: list[Property]
    open: bool


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
        return [kind for kind in _DOM if kind in self.triggers]

    @property
    def listened(self) -> list[str]:
        """Files in `parts/triggers`."""
        return [*(["dom"] if self.dom_triggers else []), *(["event"] if "event" in self.triggers else [])]

    @property
    def parses(self) -> bool:
        """Whether a source reads JSON."""
        return bool(_PARSED & set(self.sources))

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
        return any(name in self.entities for rule in self._all() for name in _fields(rule))

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
        return [_interface(ENTITIES[name]) for name in _INTERFACES]

    def parts(self, dev: bool) -> list[str]:
        """Files in `parts/dispatcher`, in reading order."""
        named = {
            "development": dev,
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
        return [_placed(page) if dev else page[: 3 if named else 2] for page in self.pages]

    @property
    def promises(self) -> dict[str, Json]:
        """Entity or event → property → what it must be, for the development build."""
        sent = [EVENTS[str(rule["send"])] for rule in self._all() if "send" in rule]
        described: list[Entity | Event] = [*(ENTITIES[name] for name in self.entities), *sent]
        return {_name(one): {f.js: _promise(f) for f in one.fields if f.js} for one in described}

    @property
    def labels(self) -> dict[str, str]:
        """Name in JavaScript → name in the plan, for the development build."""
        described: list[Entity | Event] = [*ENTITIES.values(), *EVENTS.values()]
        return {f.js: f.html for one in described for f in one.fields if f.js and f.js != f.html}

    def _all(self) -> Iterator[Rule]:
        yield from self.events
        yield from _reports(self.pages)


def dispatcher(loaded: Loaded, read_module: Callable[[str], str]) -> Dispatcher:
    """The dispatcher of a plan.

    Raises KitError where the file of a `module:` source is missing or has more than `export default`.
    """
    plan = loaded.plan
    encoder = _Encoder()
    own = {name: encoder.source(found, ENTITIES[name]) for name in OPTIONS if (found := getattr(plan, name))}
    events = [_event_rule(encoder, plan, name) for name in plan.events]
    pages = _pages(encoder, plan)
    uses = _uses(encoder, plan, events, pages)
    entities = _entities(plan, [*events, *_reports(pages)], ga4="ga4" in uses)
    return Dispatcher(
        plan=plan,
        uses=uses,
        sources=tuple(sorted(encoder.used)),
        entities=entities,
        own=own,
        events=events,
        pages=pages,
        modules=_modules(loaded, read_module),
        places=_places(loaded),
        file=loaded.document.path,
    )


class _Encoder:
    """Sources as the browser evaluates them: a path, or `[name, key, fields, option]`."""

    def __init__(self) -> None:
        self.used = {"literal"}
        self.options = False
        self.markup = False
        self.layer_path = False
        self.paths = False

    def source(self, source: Source, entity: Entity | None = None) -> Json:
        """One source; `entity` is what it gives, where it gives an object."""
        if source.NAME == "path" and not source.fields:
            return str(source.path)  # type: ignore[attr-defined]  # only Path has this name
        if _is_mirror(source, entity):
            self.used.add("mirror")
            return ["mirror"]
        self.used.add(source.NAME)
        if source.NAME == "selector":
            self.markup |= source.fields is not None
            self.options |= source.fields is not None or _option(source, entity) is not None
        self.paths |= source.NAME in _PARSED and _option(source, entity) is not None
        self.layer_path |= source.NAME == "data_layer" and _option(source, entity) is not None
        fields = self.fields(source.fields, entity) if source.fields else None
        encoded = [source.NAME, _key(source), fields, _option(source, entity)]
        while encoded[-1] is None:
            encoded.pop()
        return encoded

    def fields(self, fields: Mapping[str, Source], entity: Entity | None) -> dict[str, Json]:
        """Property → source, under the names that JavaScript uses."""
        known = entity.by_html if entity else {}
        pairs = ((name, known.get(name), source) for name, source in fields.items())
        return {
            (field.js if field else name): self.source(source, field.entity if field else None)
            for name, field, source in pairs
            if field is None or field.js
        }


def _key(source: Source) -> Json:
    value = getattr(source, "global_" if source.NAME == "global" else source.NAME)
    return [value] if isinstance(source, DataLayer) and isinstance(value, str) else value  # type: ignore[no-any-return]


def _option(source: Source, entity: Entity | None) -> Json:
    """What stands beside the key: a path, or a selector's options."""
    if source.NAME == "selector":
        named = {name: getattr(source, name) for name in ("attribute", "property", "all")}
        return {name: value for name, value in named.items() if value} or None
    if isinstance(source, DataLayer) and source.path is None and entity is ENTITIES[PRODUCT]:
        return "items.0" if set(_names(source)) <= _GA4 else None
    return getattr(source, "path", None) if source.NAME != "path" else None


def _names(source: DataLayer) -> list[str]:
    return [source.data_layer] if isinstance(source.data_layer, str) else source.data_layer


def _is_mirror(source: Source, entity: Entity | None) -> bool:
    """Whether GA4's events tell of the cart."""
    plain = isinstance(source, DataLayer) and not source.fields and source.path is None
    return plain and entity is ENTITIES[CART] and set(_names(source)) <= MIRRORED  # type: ignore[arg-type]


def _event_rule(encoder: _Encoder, plan: Plan, name: str) -> Rule:
    """One of the plan's events."""
    rule = plan.events[name]
    event = EVENTS.get(rule.send)
    made: Rule = {"name": name, **_trigger(rule.on.kind, rule.on.names), **_sent(rule.send)}
    if rule.pages:
        wanted = set(rule.pages)
        made["pages"] = [page for page in plan.pages if wanted & {page, plan.kind_of(page)}]
    for option in OPTIONS:
        if source := getattr(rule, option):
            # What an event brings has the shape of what the plan describes, unless it says otherwise.
            made[option] = encoder.source(_described(source, getattr(plan, option)), ENTITIES[option])
    if event:
        made.update(_content(encoder, event, {**_ga4(event, rule.on.kind, rule.on.names), **rule.given()}))
        if rule.on.kind == "load" and event.tag and plan.integration.activity != "js-events":
            made["tag"] = event.tag
    return made


def _sent(send: str) -> Rule:
    return {"asks" if send in OPTIONS else "send": send}


def _described(source: Source, general: Source | None) -> Source:
    fields = general.fields if general else None
    speaks = source.fields is not None or _speaks_ga4(source)
    return source if speaks else source.model_copy(update={"fields": fields})


def _trigger(kind: str, names: list[str]) -> Rule:
    if kind in _DOM:
        return {kind: ", ".join(names)}
    if kind == "manual":
        return {}
    return {"layer": [*names]} if kind == "data_layer" else {kind: [*names] if names else 1}


def _ga4(event: Event, kind: str, names: list[str]) -> dict[str, Source]:
    """Sources for an event whose trigger is GA4's event of the same meaning."""
    if kind != "data_layer" or not event.ga4 or event.ga4 not in names:
        return {}
    return {
        field.html: DataLayer(data_layer=event.ga4, path=None if field.entity else field.ga4 or field.html)
        for field in event.fields
    }


def _content(encoder: _Encoder, event: Event, given: Mapping[str, Any]) -> Rule:
    """An event's fields, and those without which it is sent all the same."""
    made: Rule = {}
    fields: dict[str, Json] = {}
    may: list[Json] = []
    for field in event.fields:
        if (value := given.get(field.html)) is None:
            continue
        if field.kind is MAPPING:
            made[field.js] = {name: encoder.source(source) for name, source in value.items()}
            continue
        fields[field.js] = encoder.source(value, field.entity)
        if not (field.required or field.html in event.one_of):
            may.append(field.js)
    named: Rule = {"fields": fields, "may": may}
    return {**made, **{name: value for name, value in named.items() if value}}


def _pages(encoder: _Encoder, plan: Plan) -> list[Page]:
    """The plan's pages that something depends on, and those that may come before one; the first counts."""
    limited = {name for rule in plan.events.values() for name in rule.pages}
    made: list[Page] = []
    needed: list[str] = []
    for name, page in plan.pages.items():
        pattern = "|".join(globs.pattern(glob) for glob in page.match)
        reports = _page_reports(encoder, plan, name)
        made.append([pattern, reports or 0, name])
        if reports or limited & {name, plan.kind_of(name)}:
            needed += page.match
    return [page for page in made if any(_concerns(str(page[0]), glob) for glob in needed)]


def _concerns(pattern: str, glob: str) -> bool:
    """Whether a pattern may match what a glob means; sure only for globs that mean one page."""
    return "*" in glob or re.search(pattern, globs.normal(glob)) is not None


def _page_reports(encoder: _Encoder, plan: Plan, name: str) -> list[Json]:
    """What a view of the page reports; product data that is in the HTML is read from its tag."""
    made: list[Json] = []
    for type_, fields in plan.pages[name].reports().items():
        given = {name: value for name, value in fields.items() if isinstance(value, Source)}
        if not given or (type_ == VISITED and any(in_html(value) for value in given.values())):
            continue
        event = EVENTS[type_]
        rule: Rule = {"send": type_, **_content(encoder, event, given)}
        if plan.integration.activity != "js-events" or type_ == VISITED:
            rule["tag"] = event.tag
        if plan.integration.activity == "client-tags":
            entity = TAGS[event.tag].entity
            rule["writes"] = entity.name if entity else ""
        made.append(rule)
    return made


def _reports(pages: Iterable[Page]) -> list[Rule]:
    return [rule for page in pages for rule in page[1] or ()]  # type: ignore[union-attr, misc]


def _placed(page: Page) -> Page:
    reports: list[Json] = [{**rule, "at": f"pages/{page[2]}"} for rule in _reports([page])]
    return [page[0], reports, page[2]]


def _fields(rule: Rule) -> Iterable[str]:
    fields = rule.get("fields")
    return fields if isinstance(fields, dict) else ()


def _uses(encoder: _Encoder, plan: Plan, events: list[Rule], pages: list[Page]) -> frozenset[str]:
    """Which of the conditional parts this plan needs."""
    how = plan.integration
    sent = {str(rule.get("send")) for rule in (*events, *_reports(pages))}
    layer = (
        "data_layer" in encoder.used or "mirror" in encoder.used or any("layer" in rule for rule in events)
    )
    products = how.activity == "js-events" and _has_product_tags(plan)
    remembers = _has_product_tags(plan) and _needs_memory(plan, sent)
    named = {
        "visits": how.activity == "js-events",
        "elements": remembers or products or encoder.markup,
        "selector options": encoder.options,
        "data_layer path": encoder.layer_path,
        "paths": encoder.paths,
        "products": remembers or products,
        "memory": remembers,
        "reports": bool(_reports(pages)),
        "purchases": PURCHASE in sent,
        "mirror": "mirror" in encoder.used,
        "layer": layer,
        "ga4": (layer and any(_speaks_ga4(source) for _, source in walk(plan))) or _triggered_by_ga4(plan),
        "write": how.activity == "client-tags",
        "spa": how.spa,
    }
    return frozenset(name for name, used in named.items() if used)


def _speaks_ga4(source: Source) -> bool:
    return isinstance(source, DataLayer) and bool(set(_names(source)) & _GA4)


def _triggered_by_ga4(plan: Plan) -> bool:
    rules = (rule.on for rule in plan.events.values() if rule.on.kind == "data_layer")
    return any(set(trigger.names) & _GA4 for trigger in rules)


def _has_product_tags(plan: Plan) -> bool:
    """Whether pages carry `cn_product_visited`."""
    tag = EVENTS[VISITED].tag
    return any(plan.kind_of(name) == PRODUCT or tag in page.tags for name, page in plan.pages.items())


def _needs_memory(plan: Plan, sent: set[str]) -> bool:
    """Whether lines of carts and purchases may lack what product pages tell."""
    lines = [source for path, source in walk(plan) if path[-1] in (CART, PURCHASE)]
    if plan.catalog.url or not (lines or PURCHASE in sent):
        return False
    return not lines or any(not _maps_lines(source) for source in lines)


def _maps_lines(source: Source) -> bool:
    line = (source.fields or {}).get(LINE)
    return bool(line and {"url", "name"} <= set(line.fields or {}))


def _entities(plan: Plan, rules: list[Rule], *, ga4: bool) -> dict[str, Table]:
    """Tables of the entities that can be sent: those of the public functions, and what events carry."""
    wanted = [PRODUCT, LINE, CART, CONTACT, *(name for rule in rules for name in _fields(rule))]
    wanted += [str(rule["writes"]) for rule in rules if "writes" in rule]
    made: dict[str, Table] = {}
    spelt = _spelt(plan)
    for name in dict.fromkeys(wanted):
        if name in ENTITIES:
            base = PRODUCT if name == LINE else ""
            known = ENTITIES[base].by_html if base else {}
            fields = [field for field in _fields_of(plan, name) if field.html not in known]
            made[name] = Table(base, " ".join(_row(f, ga4=ga4, spelt=f.html in spelt) for f in fields))
    return made


def _fields_of(plan: Plan, entity: str) -> list[Field]:
    """An entity's fields that this plan can send; of a mapped contact only what the plan or the article names."""
    named = [field for field in ENTITIES[entity].fields if field.js]
    general = [plan.contact] if plan.contact else []
    own = [_described(rule.contact, plan.contact) for rule in plan.events.values() if rule.contact]
    sources = [*general, *own]
    if entity != CONTACT or any(not source.fields for source in sources):
        return named
    wanted = _CONTACT.union(*(source.fields or {} for source in sources))
    return [field for field in named if field.html in wanted]


def _spelt(plan: Plan) -> set[str]:
    """Properties whose values stand in the plan itself: no need to look at their spelling in the browser."""
    mapped = [(path[-1], source.NAME == "literal") for path, source in walk(plan)]
    return {str(name) for name, literal in mapped if literal} - {
        name for name, literal in mapped if not literal
    }


def _row(field: Field, *, ga4: bool, spelt: bool) -> str:
    """`unitPrice!#==price`: name in JavaScript, marks, `=` name in tags, in GA4, allowed words."""
    marks = "!" * field.required + "*" * field.many + ("^" if field.entity else "")
    marks += "" if isinstance(field.kind, Entity) else _MARKS.get(field.kind.name, "")
    usual = re.sub(r"[A-Z]+|\d", lambda found: "_" + found[0].lower(), field.js)
    html = "" if field.html == usual else field.html
    names = [html, field.ga4] if ga4 else [html]
    words = () if spelt else field.choices
    return "=".join([field.js + marks, *names, "|".join(words)]).rstrip("=")


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
    return {"/".join(str(s) for s in path if s != "fields"): str(loaded.place(*path)) for path in paths}


def _name(one: Entity | Event) -> str:
    return one.name if isinstance(one, Entity) else one.type


def _promise(field: Field) -> Json:
    """What a property must be: in words, as limits, and whether it must be there."""
    limits = {"maximum": field.maximum, "maxLength": field.max_length}
    rule: dict[str, Json] = {name: value for name, value in limits.items() if value is not None}
    if isinstance(field.kind, Entity):
        words = f"a {field.kind.name}"
    elif field.choices:
        words = "one of " + ", ".join(field.choices)
    else:
        words = field.kind.doc
        rule |= {name: field.kind.schema[name] for name in ("format", "pattern") if name in field.kind.schema}
        rule |= {"integer": True} if field.kind is INTEGER else {}
    return [words, rule, field.required]


def _interface(entity: Entity) -> Interface:
    fields = [
        Property(field.js, _typescript(field), field.doc, field.required and field.js not in _COMPUTED)
        for field in entity.fields
        if field.js
    ]
    return Interface(_INTERFACES[entity.name], entity.doc, fields, entity.open)


def _typescript(field: Field) -> str:
    if field.choices:
        one = " | ".join(f'"{choice}"' for choice in field.choices)
        return f"({one})[]" if field.many else one
    one = _INTERFACES[field.kind.name] if isinstance(field.kind, Entity) else field.kind.typescript
    return f"{one}[]" if field.many else one


_QUIET = re.compile(
    r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`", re.DOTALL
)
_DEFAULT = re.compile(r"^[ \t]*export[ \t]+default\b", re.MULTILINE)
_OTHER = re.compile(r"^[ \t]*(?:import\b(?!\s*[.(])|export\b)", re.MULTILINE)


def _modules(loaded: Loaded, read_module: Callable[[str], str]) -> dict[str, str]:
    """Path of a `module:` source → an expression that gives what the file exports."""
    made: dict[str, str] = {}
    for path, source in walk(loaded.plan):
        if source.NAME == "module":
            name: str = source.module  # type: ignore[attr-defined]  # only Module has this name
            made.setdefault(name, module_expression(read_module(name), loaded.place(*path), name))
    return made


def module_expression(text: str, place: Place, name: str) -> str:
    """A module's text as an expression that gives its default export; ASCII only.

    Raises KitError where the file imports, or exports anything else.
    """
    masked = _QUIET.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    found = list(_DEFAULT.finditer(masked))
    rest = _DEFAULT.sub("", masked)
    if len(found) != 1 or _OTHER.search(rest):
        said = "imports or exports something else" if found else "has no `export default`"
        hint = "write one `export default function (context) {…}` and nothing to import"
        raise KitError.at(place, "bad-module", f"{name} {said}", hint)
    start, end = found[0].span()
    body = f"{text[:start]}const exported ={text[end:].rstrip().rstrip(';')};"
    ascii_body = "".join(_escaped(char) for char in body)
    return f"(function () {{\n{ascii_body}\nreturn exported;\n}})()"


def _escaped(char: str) -> str:
    """A character as JavaScript may carry it in a string or a name; the file stays ASCII."""
    if ord(char) < 128:
        return char
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
