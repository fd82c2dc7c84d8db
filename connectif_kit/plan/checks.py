"""What is wrong with a plan although every part of it has the right shape.

Each check is a function from the plan to problems; a problem names its place by its path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from connectif_kit.diagnostics import Severity, did_you_mean
from connectif_kit.model import Entity, Field
from connectif_kit.plan import EXAMPLE_HOST, EXAMPLE_ID, globs
from connectif_kit.plan.models import (
    ENVIRONMENTS,
    OPTIONS,
    PAGE_DATA,
    EventBase,
    EventRule,
    Page,
    PageBase,
    PageInfo,
    Plan,
    builtin,
)
from connectif_kit.plan.sources import DataLayer, Literal, Selector, Source, Template, shown
from connectif_kit.plan.values import (
    like_selector,
    literal_fault,
    literal_text,
    placeholders,
    selector_source,
    speaks_ga4,
    unbalanced,
)
from connectif_kit.plan.variables import faults
from connectif_kit.plan.yaml12 import Path
from connectif_kit.vocabulary import ENTITIES, EVENTS, PAGE_KINDS, TAGS


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the plan, at a path inside it."""

    rule: str
    path: Path
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    at_value: bool = True


Check = Callable[[Plan], Iterator[Problem]]


def check(plan: Plan) -> Iterator[Problem]:
    """Every problem of a plan."""
    for one in _CHECKS:
        yield from one(plan)


def _environment(plan: Plan) -> Iterator[Problem]:
    name = plan.store.environment
    if name not in ENVIRONMENTS:
        hint = did_you_mean(name, ENVIRONMENTS) or "seen so far: " + ", ".join(ENVIRONMENTS)
        message = f"no store is known in an environment `{name}`"
        yield Problem("unknown-environment", ("store", "environment"), message, hint, Severity.WARNING)


def _example_store(plan: Plan) -> Iterator[Problem]:
    """The examples' id in a plan for a shop of one's own: its visits would reach nobody."""
    host = urlsplit(plan.store.url).hostname or ""
    tried = f".{host}".endswith((f".{EXAMPLE_HOST}", ".localhost")) or host.startswith("127.")
    if plan.store.id == EXAMPLE_ID and not tried:
        message = "this is the examples' store id: no store would receive anything"
        hint = "yours is the client id in Store settings › Channels › Web"
        yield Problem("example-store-id", ("store", "id"), message, hint, Severity.WARNING)


def _language(plan: Plan) -> Iterator[Problem]:
    given = plan.store.language
    if given and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", given):
        message = f"{shown(given)} is no language code"
        hint = "write one such as es or es-ES"
        yield Problem("bad-language", ("store", "language"), message, hint, Severity.WARNING)


def _selectors(plan: Plan) -> Iterator[Problem]:
    """Selectors that no browser can read as they were meant, and those that built HTML cannot answer."""
    catalogue: Iterable[tuple[Path, Source]] = (
        (("catalog", "fields", name), source) for name, source in plan.catalog.fields.items()
    )
    given: list[tuple[Path, str, bool]] = [
        ((*path, "selector"), source.selector, _asked_of_html(plan, path))
        for path, source in (*walk(plan), *catalogue)
        if isinstance(source, Selector)
    ]
    for name, rule in plan.events.items():
        if (kind := rule.on.kind) in ("submit", "click", "change"):
            given += [(("events", name, "on", kind, n), css, False) for n, css in enumerate(rule.on.names)]
    for path, css, static in given:
        if said := _fault_of_selector(css, static):
            yield Problem("bad-selector", path, f"{shown(css)} {said}")


_PLAIN = re.compile(
    r"(?:[a-z][a-z0-9]*)?(?:[.#][A-Za-z_][\w-]*|\[[a-z][\w-]*(?:=[a-z]+)?\])*", re.ASCII
).fullmatch


def _fault_of_selector(css: str, static: bool) -> str:
    """The same, but for plain ones without the grammar, which takes its time to load."""
    if css and _PLAIN(css):
        return ""
    if alone := unbalanced(css):
        return f"is no selector: its `{alone}` has no partner"
    from connectif_kit.plan.selectors import selector_fault

    return selector_fault(css, static=static)


def _asked_of_html(plan: Plan, path: Path) -> bool:
    """Whether a source is read at build time: labels, and product data that the HTML holds."""
    if path[0] == "catalog":
        return True
    if path[0] != "pages":
        return False
    labels = {tag.label.html for tag in TAGS.values() if tag.label}
    return path[2] in labels or (
        path[2] == "product" and in_html(product_data(plan, plan.pages[str(path[1])]))
    )


def _domains(plan: Plan) -> Iterator[Problem]:
    """Visits from an origin that is not authorised are dropped without a word (6088128435740)."""
    if not authorised(plan, plan.store.url):
        message = f"{plan.store.url} lies outside the authorised domains: its visits would be dropped"
        yield Problem("unauthorised-url", ("store", "url"), message, "add it to store.domains")


def authorised(plan: Plan, url: str) -> bool:
    """Whether an address lies in an authorised domain; `*.` stands for any sub-domain."""
    if any(url.startswith(f"{domain}/") for domain in plan.store.allowed):  # as most are written
        return True
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    return any(_covers(domain, origin, f"{origin}{parts.path}") for domain in plan.store.allowed)


@lru_cache(maxsize=256)
def _origins(scheme: str, host: str) -> re.Pattern[str]:
    pattern = f"{re.escape(scheme)}://{re.escape(host)}".replace(r"\*", r"[^/@]+")
    return re.compile(pattern, re.IGNORECASE)


def _covers(domain: str, origin: str, url: str) -> bool:
    if "*" not in domain and domain.count("/") == 2:  # most are: an origin and nothing more
        return origin == domain.lower()
    scheme, _, rest = domain.partition("://")
    host, _, path = rest.partition("/")
    inside = _origins(scheme, host).fullmatch(origin) is not None
    folder = f"{origin}/{path}".rstrip("/")
    return inside and (not path or f"{url}/".startswith(f"{folder}/"))


def _page_names(plan: Plan) -> Iterator[Problem]:
    for name, page in plan.pages.items():
        if page.kind is not None and not builtin(page.kind):
            yield _unknown_kind(("pages", name, "kind"), page.kind, "")
        elif not (page.kind or page.tags or builtin(name)):
            own = "for a kind of your own, say what it is with `kind: content` or `tags:`"
            yield _unknown_kind(("pages", name), name, own)


def _unknown_kind(path: Path, name: str, own: str) -> Problem:
    near = did_you_mean(name, PAGE_KINDS) or "known: " + ", ".join(PAGE_KINDS)
    return Problem("unknown-page-kind", path, f"`{name}` is no kind of page; {near}", own, at_value=False)


def _globs(plan: Plan) -> Iterator[Problem]:
    """A glob that an earlier one, or `site.ignore`, swallows whole."""
    ignored, above = _Swallowing(), _Swallowing()
    for glob in plan.site.ignore:
        ignored.add(glob)
    for name, page in plan.pages.items():
        for index, glob in enumerate(page.match):
            path: Path = ("pages", name, "match", index)
            if ignored.whole(glob):
                yield Problem("dead-glob", path, f"`{glob}` can match no page: site.ignore leaves them out")
            elif wide := above.whole(glob):
                hint = "put the narrower one first; the first match counts"
                yield Problem("dead-glob", path, f"`{glob}` can match no page: `{wide}` takes them all", hint)
            above.add(glob)


class _Swallowing:
    """Globs, asked whether one of them means everything that another means.

    Sure for equal ones, for plain paths and for `/folder/**`; other pairs are not compared, and of
    the globs with `*` only the first few: their number squared would be the time.
    """

    COMPARED = 50

    def __init__(self) -> None:
        self.patterns: dict[str, str] = {}
        self.folders: dict[str, str] = {}
        self.wild: list[tuple[re.Pattern[str], str]] = []

    def add(self, glob: str) -> None:
        """One more."""
        pattern = globs.pattern(glob)
        self.patterns.setdefault(pattern, glob)
        plain = globs.normal(glob)
        folder = plain.removesuffix("**")
        if folder != plain and "*" not in folder:
            self.folders.setdefault(folder, glob)
        elif "*" in plain and len(self.wild) < self.COMPARED:
            self.wild.append((re.compile(pattern), glob))

    def whole(self, glob: str) -> str:
        """The glob that leaves nothing to this one, if any."""
        if equal := self.patterns.get(globs.pattern(glob)):
            return equal
        plain = globs.normal(glob)
        steps = plain.rstrip("/").split("/")
        above = ("/".join(steps[:count]) + "/" for count in range(1, len(steps) + 1))
        if folder := next((f for f in above if f in self.folders and "*" not in f), None):
            return self.folders[folder]
        return "" if "*" in plain else next((wide for wild, wide in self.wild if wild.match(plain)), "")


def _sources(plan: Plan) -> Iterator[Problem]:
    """Sources that cannot answer where they stand."""
    for path, source in walk(plan):
        inside = "fields" in path
        if source.NAME in ("path", "template") and not inside:
            message = f"`{source.NAME}` maps an object, and there is none here"
            yield Problem("misplaced-source", path, message, "use it under `fields:`")
        yield from _without_event(plan, path, source)
        if source.fields is not None:
            yield from _mapped(path, source)


_BRINGS_ELEMENT = ("submit", "click", "change", "event", "manual")
_BRINGS_DETAIL = ("event", "data_layer", "manual")


def _without_event(plan: Plan, path: Path, source: Source) -> Iterator[Problem]:
    """`attribute` and `detail` where nothing brings an element or a detail."""
    if source.NAME not in ("attribute", "detail") or (source.NAME == "attribute" and _in_element(plan, path)):
        return
    if path[0] != "events":
        message = f"`{source.NAME}` needs an event that happened; this is read without one"
        yield Problem("misplaced-source", path, message)
        return
    kind = plan.events[str(path[1])].on.kind
    if kind not in (_BRINGS_ELEMENT if source.NAME == "attribute" else _BRINGS_DETAIL):
        thing = "element" if source.NAME == "attribute" else "detail"
        message = f"`{source.NAME}` finds nothing here: a `{kind}` trigger brings no {thing}"
        hint = f"triggers that do: {', '.join(_BRINGS_ELEMENT if thing == 'element' else _BRINGS_DETAIL)}"
        severity = Severity.WARNING if kind == "load" else Severity.ERROR
        yield Problem("misplaced-source", path, message, hint, severity)


def _in_element(plan: Plan, path: Path) -> bool:
    """Whether a source maps an element that a selector found."""
    above = dict(walk(plan)) if "fields" in path else {}
    ends = [n for n, step in enumerate(path) if step == "fields"]
    return any(isinstance(above.get(path[:end]), Selector) for end in ends)


def _mapped(path: Path, source: Source) -> Iterator[Problem]:
    """Properties that the entity being mapped does not have."""
    entity = _entity_at(path)
    if entity is None or entity.open:
        return
    yield from _unknown(path, entity, entity.by_html, source.fields or {})


def _unknown(path: Path, entity: Entity, known: Iterable[str], names: Iterable[str]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or "known: " + ", ".join(known)
            message = f"`{name}` is no property of {entity.name}"
            yield Problem("unknown-property", (*path, "fields", name), message, hint, at_value=False)


_IN_FILES = ("path", "template", "literal")


def _catalog_fields(plan: Plan) -> Iterator[Problem]:
    """Products are read at build time, from a file or from pages: no browser can answer."""
    product = ENTITIES["product"]
    yield from _unknown(("catalog",), product, product.by_name, plan.catalog.fields)
    in_pages = plan.catalog.source in PAGE_DATA
    for name, source in plan.catalog.fields.items():
        if source.NAME not in _IN_FILES and not (in_pages and source.STATIC):
            where = "the pages' HTML" if in_pages else "a file"
            message = f"`{source.NAME}` cannot answer here: the catalogue is read from {where}"
            hint = "use a column's name, `template` or `literal`"
            yield Problem("misplaced-source", ("catalog", "fields", name), message, hint)


def _literals(plan: Plan) -> Iterator[Problem]:
    """Texts that would be sent as they stand: those that cannot be, and selectors that were meant as such."""
    for path, source in walk(plan):
        field = _field_at(plan, path)
        text = literal_text(source) if isinstance(source, Literal) else None
        if text is None or field is None:
            continue
        selector = selector_source(text) if like_selector(text) else ""
        if expected := literal_fault(field, text):
            hint = selector or f"to take it from the page, write a source such as {{selector: .{field.html}}}"
            yield Problem("bad-value", path, f"{field.html}: expected {expected}, got {shown(text)}", hint)
        elif selector:
            message = f"{shown(text)} is sent as it stands, and looks like a selector"
            yield Problem("selector-as-text", path, message, f"did you mean `{selector}`?", Severity.WARNING)


_IDS = {"cart_id": "cart", "purchase_id": "order", "primary_key": "contact"}
"""Properties that tell one from another, and what they tell apart."""


def _constant_ids(plan: Plan) -> Iterator[Problem]:
    """Ids that are the same for everybody: all carts, orders or contacts would be one."""
    for path, source in walk(plan):
        what = _IDS.get(str(path[-1])) if "fields" in path else None
        if what and (constant := _constant(source)):
            message = f"{path[-1]}: {shown(constant)} would be the id of every {what}"
            hint = "map the path of the id" + ("; without one, write `cart_id: auto`" * (what == "cart"))
            yield Problem("bad-value", path, message, hint)


def _constant(source: Source) -> str:
    """What a source always gives, at least where it finds nothing."""
    if isinstance(source, Literal):
        return str(source.literal)
    if isinstance(source, Template) and not placeholders(source.template):
        return source.template
    return "" if source.default is None else str(source.default)


def _incomplete(plan: Plan) -> Iterator[Problem]:
    """Field maps without what the platform requires: unless found by its own name, nothing is sent."""
    for path, source in walk(plan):
        entity = ENTITIES.get(str(path[-1]))
        # GA4's own names are looked for as well, and its items give the totals.
        if not entity or not source.fields or "fields" in path or isinstance(source, DataLayer):
            continue
        missing = [field for field in entity.fields if field.required and field.html not in source.fields]
        missing = [field for field in missing if not _found_otherwise(plan, source, field)]
        if missing:
            yield _never_sent(path, source, entity, missing)


def _found_otherwise(plan: Plan, source: Source, field: Field) -> bool:
    """Whether lines give a total, or `catalog.url` an address."""
    by_lines = field.html in _TOTALS and _LINES in (source.fields or {})
    return by_lines or bool(field.html == "url" and plan.catalog.url)


_LINES = "product_basket_item"
_TOTALS = ("total_quantity", "total_price")


def _never_sent(path: Path, source: Source, entity: Entity, missing: list[Field]) -> Problem:
    in_element = source.NAME == "selector" and not any(getattr(source, n) for n in ("attribute", "property"))
    one = len(missing) == 1
    names = " and ".join(f"`{field.html}`" for field in missing)
    spelt = " and ".join(f"`{field.js}`" for field in missing)
    where = (
        "in elements of that class"
        if in_element
        else f"as {spelt} or by {'that name' if one else 'those names'}"
    )
    unless = f"unless the {'element' if in_element else 'object'} has {'it' if one else 'them'}, {where}"
    message = f"{names} {'is' if one else 'are'} not mapped: {unless}, no {entity.name} is ever sent"
    totals = any(field.html in _TOTALS for field in missing)
    lines = f", or map the lines as `{_LINES}`: the totals are their sums" if totals else ""
    hint = f"add {'it' if one else 'them'} under `fields`{lines}"
    return Problem("incomplete-map", (*path, "fields"), message, hint, Severity.WARNING, at_value=False)


def _field_at(plan: Plan, path: Path) -> Field | None:
    """The property that a source at a path fills in; nothing for names of the store's own."""
    *above, name = (step for step in path if not isinstance(step, int))
    if above[-1:] == ["fields"]:
        entity = _entity_at(path[:-2])
        return entity.by_html.get(name) if entity else None
    if path[0] == "events" and len(path) == 3:
        event = EVENTS.get(plan.events[str(path[1])].send)
        return next((field for field in event.fields if field.html == name), None) if event else None
    return _page_field(str(name)) if path[0] == "pages" else None


def _page_field(name: str) -> Field | None:
    labels = (tag.label for tag in TAGS.values() if tag.label and not tag.retired)
    reported = (field for event in EVENTS.values() for field in event.fields)
    return next((field for field in (*labels, *reported) if field.html == name), None)


def _entity_at(path: Path) -> Any:
    """The entity that a source at a path fills in, by the names along the path."""
    found = None
    for step in path:
        if found is not None and isinstance(step, str) and step in found.by_html:
            found = found.by_html[step].entity or found
        elif step in ENTITIES and isinstance(step, str):
            found = ENTITIES[step]
    return found


def walk(plan: Plan) -> Iterator[tuple[Path, Source]]:
    """Every source in a plan, with its path."""
    for name in ("contact", "cart"):
        if source := getattr(plan, name):
            yield from _below((name,), source)
    for name, page in plan.pages.items():
        yield from _below(("pages", name), page)
    for name, rule in plan.events.items():
        yield from _below(("events", name), rule)


def _below(path: Path, value: Any) -> Iterator[tuple[Path, Source]]:
    if isinstance(value, Source):
        yield path, value
        for name, inner in (value.fields or {}).items():
            yield from _below((*path, "fields", name), inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _below((*path, name), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _below((*path, index), inner)
    elif isinstance(value, PageBase | EventBase | PageInfo):
        for name in type(value).model_fields:
            yield from _below((*path, name), getattr(value, name))


def _static_labels(plan: Plan) -> Iterator[Problem]:
    """Labels are written into the HTML at build time, where no browser can answer."""
    for name, page in plan.pages.items():
        for css_class, values in page.labels().items():
            label = TAGS[css_class].label
            for index, source in enumerate(values):
                if not source.STATIC and label:
                    message = (
                        f"`{source.NAME}` is known in the browser only; {css_class} is written at build time"
                    )
                    hint = "use a text, `selector` or `meta`"
                    yield Problem("browser-only", ("pages", name, label.html, index), message, hint)


def product_data(plan: Plan, page: Page) -> str | list[str] | Source | None:
    """Where a product page's data comes from; the catalogue file where the page does not say."""
    given = getattr(page, "product", None)
    return given or ("catalog" if plan.catalog.source else None)


def in_html(data: str | list[str] | Source | None) -> bool:
    """Whether product data is known at build time."""
    if isinstance(data, Source):
        return data.STATIC or bool(data.fields and all(f.STATIC for f in data.fields.values()))
    return data is not None


def _catalog(plan: Plan) -> Iterator[Problem]:
    """The catalogue's way must be able to work (articles 6078445655324, 16010499)."""
    products = plan.pages_of("product")
    for name in products:
        yield from _product_page(plan, name)
    if plan.integration.catalog == "tags" and not products and plan.pages:
        message = "catalog: tags, but no page of kind product is planned: no product would be verified"
        hint = "add `product: {match: …}`, or choose catalog: feed or api"
        yield Problem("unreachable-catalog", ("integration", "catalog"), message, hint, Severity.WARNING)
    if (
        plan.integration.catalog == "feed"
        and not plan.catalog.source
        and not any(in_html(product_data(plan, plan.pages[name])) for name in products)
    ):
        message = "catalog: feed, but nothing says where the products are"
        yield Problem(
            "unreachable-catalog", ("integration", "catalog"), message, "add `catalog: {source: …}`"
        )


def _product_page(plan: Plan, name: str) -> Iterator[Problem]:
    data = product_data(plan, plan.pages[name])
    if data == "catalog" and not plan.catalog.source:
        message = "`product: catalog`, but `catalog.source` names no file"
        yield Problem(
            "unreachable-catalog", ("pages", name, "product"), message, "add `catalog: {source: …}`"
        )
    by_templates = plan.integration.activity == "server-tags" or plan.templates.product
    rendered_elsewhere = by_templates and data is None
    if plan.integration.catalog == "tags" and not in_html(data) and not rendered_elsewhere:
        message = (
            "catalog: tags, but nothing renders cn_product_visited into the raw HTML of these pages:"
            " the platform's verifier fetches the page and runs no script"
        )
        hint = "take `product: catalog` or `product: json-ld`, or choose catalog: feed or api"
        yield Problem("unreachable-catalog", ("pages", name), message, hint, at_value=False)


def _spa(plan: Plan) -> Iterator[Problem]:
    if plan.integration.spa and plan.integration.activity != "js-events":
        message = (
            f"{plan.integration.activity} reads tags once per page load:"
            " routes of a single-page app would be lost"
        )
        yield Problem("impossible-method", ("integration", "spa"), message, "choose activity: js-events")


def _events(plan: Plan) -> Iterator[Problem]:
    known = {*plan.pages, *map(plan.kind_of, plan.pages)}
    reporters: dict[str, dict[str, str]] = {}
    for name, rule in plan.events.items():
        yield from _event_fields(plan, name, rule)
        yield from _event_pages(known, name, rule)
        yield from _twice(plan, reporters, name, rule)


def _event_fields(plan: Plan, name: str, rule: EventRule) -> Iterator[Problem]:
    event = EVENTS.get(rule.send)
    known = {field.html: field for field in event.fields} if event else {}
    given = rule.given()
    for field in given:
        if field not in known:
            hint = did_you_mean(field, known) or (
                "it has: " + ", ".join(known) if known else "it has no fields"
            )
            yield Problem(
                "unknown-property",
                ("events", name, field),
                f"{rule.send} has no `{field}`",
                hint,
                at_value=False,
            )
    mapped = bool(event and event.ga4 and rule.on.kind == "data_layer" and event.ga4 in rule.on.names)
    for field, known_field in known.items():
        if known_field.required and field not in given and not mapped:
            message = f"{rule.send} needs `{field}`: {known_field.doc}"
            yield Problem("missing-property", ("events", name), message, f"add `{field}: …`", at_value=False)
    if event and event.one_of and not any(field in given for field in event.one_of):
        message = f"{rule.send} needs {' or '.join(f'`{f}`' for f in event.one_of)}"
        yield Problem("missing-property", ("events", name), message, at_value=False)
    if event and event.identifies and not (rule.contact or plan.contact):
        message = f"{rule.send} identifies nobody: no contact is planned"
        hint = "add `contact:` to the event or to the plan, with its primary_key"
        yield Problem("missing-property", ("events", name), message, hint, at_value=False)
    if rule.send in OPTIONS and not (getattr(rule, rule.send) or getattr(plan, rule.send)):
        message = f"`send: {rule.send}`, but no {rule.send} is planned"
        yield Problem("missing-property", ("events", name, "send"), message, f"add `{rule.send}:`")


def _event_pages(known: set[str], name: str, rule: EventRule) -> Iterator[Problem]:
    for index, page in enumerate(rule.pages):
        if page not in known:
            near = did_you_mean(page, known) if len(known) <= MAX_COMPARED else ""
            hint = near or ("planned: " + _some(known) if known else "no page is planned")
            yield Problem(
                "unknown-page-kind", ("events", name, "pages", index), f"no page `{page}` is planned", hint
            )


def _some(names: set[str]) -> str:
    """The first few of many names."""
    return ", ".join(sorted(names)[:MAX_NAMED]) + (", …" if len(names) > MAX_NAMED else "")


MAX_NAMED = 12
MAX_COMPARED = 200


def _twice(plan: Plan, reporters: dict[str, dict[str, str]], name: str, rule: EventRule) -> Iterator[Problem]:
    """One action, one report: a tag and an event are two activities, and both are billed."""
    if rule.send not in EVENTS:
        return
    if rule.send not in reporters:
        reporters[rule.send] = {page: by for page in plan.pages if (by := _reports(plan, page, rule.send))}
    for page, reporter in reporters[rule.send].items():
        if not rule.pages or page in rule.pages or plan.kind_of(page) in rule.pages:
            message = (
                f"{rule.send} would be reported twice on `{page}` pages: by this event and by {reporter}"
            )
            yield Problem("double-report", ("events", name, "send"), message, "keep one of them")
            return
    automatic = plan.integration.activity != "js-events" or plan.integration.spa or rule.on.load
    if rule.send == "page-visit" and automatic:
        message = "page-visit is sent by itself on every page: this event would count each visit twice"
        yield Problem("double-report", ("events", name, "send"), message, "leave the event out")


def _reports(plan: Plan, page: str, event: str) -> str:
    """What else reports an event on a page's view, in words; nothing where nothing does."""
    tag = EVENTS[event].tag
    entry = plan.pages[page]
    if tag in entry.tags and plan.integration.activity != "js-events":
        return f"the tag {tag}"
    if event == "product-visited" and plan.kind_of(page) == "product":
        return "the tag cn_product_visited"
    return f"pages.{page}" if event in entry.reports() else ""


def _tags_and_reports(plan: Plan) -> Iterator[Problem]:
    """A page that carries a tag and also reports its event, under automatic sending."""
    if plan.integration.activity == "js-events":
        return
    for name, page in plan.pages.items():
        for event in page.reports():
            if EVENTS[event].tag in page.tags and event != "product-visited":
                message = (
                    f"{event} would be reported twice: by the tag {EVENTS[event].tag} and by the dispatcher"
                )
                yield Problem("double-report", ("pages", name, "tags"), message, "keep one of them")


def _retired(plan: Plan) -> Iterator[Problem]:
    for name, page in plan.pages.items():
        for index, css_class in enumerate(page.tags):
            if TAGS[css_class].retired:
                message = f"{css_class}: {TAGS[css_class].retired}"
                yield Problem("retired-tag", ("pages", name, "tags", index), message)


def _catalog_url(plan: Plan) -> Iterator[Problem]:
    """`catalog.url` must differ from product to product; the browser fills it from a product's properties."""
    if plan.catalog.url is None:
        return
    path, known = ("catalog", "url"), ENTITIES["product"].by_html
    named = placeholders(plan.catalog.url)
    for name in named:
        if name not in known:
            near = did_you_mean(name, known) or "did you mean `{product_id}`?"
            column = f'; a column\'s name goes under `fields:`, `url: {{template: "/p/{{{name}}}/"}}`'
            hint = near + (column if plan.catalog.source else "")
            yield Problem("bad-url-template", path, f"`{{{name}}}` is no property of a product", hint)
    if not named:
        message = f"{shown(plan.catalog.url)} gives every product the same address"
        yield Problem("bad-url-template", path, message, 'write `url: "/p/{product_id}/"`')


def _ga4_urls(plan: Plan) -> Iterator[Problem]:
    """GA4 items have no address, and the platform wants one for every line."""
    for path, source in walk(plan):
        last = path[-1]
        if (
            speaks_ga4(source)
            and not source.fields
            and last in ("cart", "purchase", "product")
            and not plan.catalog.url
        ):
            message = "GA4 items have no address: lines of products not seen in this visit would be left out"
            hint = 'under `catalog:` add `url: "/p/{product_id}/"`, as your products\' addresses are'
            yield Problem("missing-url", path, message, hint, Severity.WARNING)


def _templates(plan: Plan) -> Iterator[Problem]:
    for fault in faults(plan.templates):
        near = did_you_mean(str(fault.path[-1]), fault.known) if fault.known else ""
        hint = near or ("known: " + ", ".join(fault.known) if fault.known else "")
        rule = "unknown-property" if "fields" in fault.path else "bad-variable"
        yield Problem(rule, ("templates", *fault.path), fault.message, hint, at_value=False)


def _folder_twice(plan: Plan) -> Iterator[Problem]:
    """Paths that name the shop's folder, which is no part of them."""
    base = plan.store.base
    paths: list[tuple[Path, str]] = [
        (("pages", name, "match", index), glob)
        for name, page in plan.pages.items()
        for index, glob in enumerate(page.match)
    ]
    for path, text in [*paths, (("catalog", "url"), plan.catalog.url or "")]:
        if base and f"{text}/".startswith(f"{base}/"):
            message = f"paths start after store.url's `{base}`, and `{text}` begins with it again"
            hint = f"write `{text[len(base) :] or '/'}`"
            yield Problem("folder-twice", path, message, hint, Severity.WARNING)


def _conflicting_paths(plan: Plan) -> Iterator[Problem]:
    worker = plan.service_worker
    if (
        worker
        and plan.store.url.startswith("http://")
        and not re.match(r"http://(localhost|127\.)", plan.store.url)
    ):
        message = "web push needs HTTPS, and store.url begins with http://"
        yield Problem(
            "insecure-worker", ("service_worker",), message, severity=Severity.WARNING, at_value=False
        )
    for index, script in enumerate(worker.import_ if worker else []):
        if re.search(r"[\s\"'<>]", script):
            yield Problem(
                "bad-import", ("service_worker", "import", index), f"`{script}` is no script's address"
            )


_CHECKS: tuple[Check, ...] = (
    _environment,
    _language,
    _selectors,
    _example_store,
    _domains,
    _page_names,
    _globs,
    _sources,
    _static_labels,
    _literals,
    _constant_ids,
    _incomplete,
    _catalog_fields,
    _catalog,
    _spa,
    _events,
    _tags_and_reports,
    _retired,
    _catalog_url,
    _ga4_urls,
    _templates,
    _folder_twice,
    _conflicting_paths,
)
