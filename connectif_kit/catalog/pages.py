"""The product that a page itself tells of: structured data, or sources that built HTML can answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from connectif_kit.catalog.convert import number, text_of
from connectif_kit.catalog.currencies import codes_in
from connectif_kit.catalog.fields import PRICES, Context, Data, Mapper, untouched, usable, value
from connectif_kit.catalog.formats.json_list import DECODER
from connectif_kit.catalog.row import RULE
from connectif_kit.catalog.structured import jsonld, microdata, opengraph, rdfa
from connectif_kit.catalog.structured.breadcrumbs import PageUrls, path_of
from connectif_kit.catalog.structured.graph import Graph, first, kinds
from connectif_kit.catalog.structured.microdata import joined
from connectif_kit.catalog.structured.product import Reading, read
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.messages import either, say
from connectif_kit.page.html import Node, Page
from connectif_kit.page.html.reading import numeral_text, reader_text
from connectif_kit.plan.models import Plan
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.selector import Selector
from connectif_kit.vocabulary.model import DECIMAL, Record
from connectif_kit.vocabulary.price_marks import THREE_DECIMALS
from connectif_kit.vocabulary.product import PRODUCT

MISSING = "missing-product-data"
DISAGREES = "product-data-disagrees"
MALFORMED = "malformed-json-ld"
COMPARED = ("unit_price", "product_id", "availability")


@dataclass(frozen=True, slots=True)
class Found:
    """A page's product, or why there is none."""

    record: Record | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


CALLED = {"json-ld": "JSON-LD", "microdata": "microdata", "rdfa": "RDFa", "open-graph": "Open Graph"}
"""Formats by their names in plans, in the order in which they are named where a page has several."""


def product_on(page: Page, how: str | list[str] | Source, plan: Plan, page_url: str) -> Found:
    """The product on a page, read as the plan says: a format, several in the order that counts, or a source.

    Problems are findings on the page; where there is no usable product, one of them says why.
    """
    if isinstance(how, Source):
        return _by_source(page, how, plan, page_url)
    return _by_format(page, [how] if isinstance(how, str) else how, plan, page_url)


class Told(NamedTuple):
    """The page's one product as one kind of structured data tells it, in our property names.

    `format` is its name in plans; `identity` is the shop's own id of the product (`sku`), `currency`
    that of all its offers; `comma` is a price that is written with a decimal comma.
    """

    page: Page
    format: str
    values: dict[str, str]
    identity: str
    currency: str
    comma: str

    @property
    def source(self) -> str:
        """The format as people call it."""
        return CALLED[self.format]

    @property
    def node(self) -> Node:
        """An element that tells it."""
        return _nodes_of(self.page, self.format)[0]


def told(page: Page, base: str, canonical: str = "") -> list[Told]:
    """What each format says of the page's product, read as for the catalogue.

    A format that tells of several products says nothing of the page's own. Prices of which there is a
    range, and titles that are written for readers, are left out.
    """
    around, text = PageUrls(base, canonical), page.source.text
    named = [name for name in CALLED if text.rfind(_ATTRIBUTES.get(name, "")) >= 0]
    found = ((name, _things_in(page, name, base)) for name in named)
    return [each for name, things in found if things and (each := _told(page, name, Graph(things), around))]


_ATTRIBUTES = {"microdata": "itemscope", "rdfa": "typeof"}
"""What a page's source must hold to tell of a product in a format that any element may carry; saves 3 %."""


def _told(page: Page, name: str, graph: Graph, around: PageUrls) -> Told | None:
    reading = read(graph, around, briefly=True)
    if reading.count != 1:
        return None
    thing = reading.thing
    values = {key: str(value) for key, value in reading.values.items()}
    if _has_range(graph, reading):
        values.pop("unit_price", None)
    if name == "open-graph":
        values.pop("name", None)
    offered = graph.things(thing, "offers")
    urls = [url for each in (thing, *offered) if (url := first(each, "url"))]
    values |= {"url": joined(around.url, urls[0])} if urls else {}
    comma = next((price for each in offered if "," in (price := first(each, "price"))), "")
    currency = next(iter(reading.currencies)) if len(reading.currencies) == 1 else ""
    return Told(page, name, values, first(thing, "sku"), currency, comma)


def _has_range(graph: Graph, reading: Reading) -> bool:
    """Whether the price is one of several, or the lowest: the page may well name another."""
    aggregate = any("AggregateOffer" in kinds(offer) for offer in graph.things(reading.thing, "offers"))
    return aggregate or any(name == "unit_price" for name, _, _ in reading.said)


def _by_format(page: Page, formats: list[str], plan: Plan, page_url: str) -> Found:
    around = _around(page, plan, page_url)
    blocks = list(jsonld.blocks(page))
    readings = {
        name: read(Graph(things), around) if things else Reading()
        for name, things in _things(page, around.url, blocks).items()
    }
    told = _malformed(blocks) if "json-ld" in formats else []
    places = {name: _place(page, name) for name in formats if readings[name].count == 1}
    tried = {name: _read_as(name, page, plan, readings, place, page_url) for name, place in places.items()}
    how = next((name for name in tried if tried[name].record or readings[name].final), None)
    how = how or next(iter(tried), None)
    if how is None:
        how = _counting(formats, readings)
        return Found(None, (*told, _no_one(page, how, formats, readings, _place(page, how))))
    passed = [each for name in tried if name != how for each in _passed_over(name, how, tried)]
    told += [*passed, *tried[how].diagnostics, *_elsewhere(readings[how], around, places[how])]
    told += _disagreements(how, readings, places[how])
    return Found(tried[how].record, tuple(told))


def _read_as(
    how: str, page: Page, plan: Plan, readings: Mapping[str, Reading], place: Place, page_url: str
) -> Found:
    """The one product that a format tells of, and what is wrong with it."""
    reading = readings[how]
    mapped = _mapped(page, how, plan, reading, page_url)
    exact = not mapped.keys() & PRICES or plan.store.currency in THREE_DECIMALS
    mapper = _mapper(plan.store.url, plan.store.time_zone, exact)
    record, problems = mapper.record(reading.values | mapped, place)
    said = [_said(each, place) for each in reading.said if each[0] not in mapped]
    if mapped:
        said += _seams(page, None, plan.catalog.fields)
        said += _foreign(page, None, plan.catalog.fields, plan, reading, place)
    explained = {d.element for d in said}
    told = said + [d for d in problems if d.element not in explained]
    return Found(record if usable(told) else None, tuple(told))


def _passed_over(name: str, how: str, tried: Mapping[str, Found]) -> Iterator[Diagnostic]:
    """Why a format that comes first in the plan is not the one that is used."""
    if list(tried).index(name) < list(tried).index(how):
        for problem in tried[name].diagnostics:
            if problem.severity is Severity.ERROR:
                message = say(
                    "{message}; {called} is used instead of {other}",
                    message=problem.message,
                    called=CALLED[how],
                    other=CALLED[name],
                )
                yield replace(problem, severity=Severity.WARNING, message=message)


def _elsewhere(reading: Reading, around: PageUrls, place: Place) -> Iterator[Diagnostic]:
    """A product whose own address is another page's may be a related one."""
    own = path_of(joined(around.url, reading.address)) if reading.address else ""
    if own and own not in (path_of(around.url), path_of(around.canonical)):
        message = say(
            "this product's own address is {address}, and the page's is {url}",
            address=reading.address[:200],
            url=around.url,
        )
        hint = say("is it a related product? Otherwise give the page a canonical link to that address")
        yield Diagnostic(DISAGREES, Severity.WARNING, message, place, hint, element="url")


def _counting(formats: list[str], readings: Mapping[str, Reading]) -> str:
    """The first that tells of any product, or the first at all."""
    return next((name for name in formats if readings[name].count), formats[0])


def _things(page: Page, base: str, blocks: list[jsonld.Block]) -> dict[str, list[Any]]:
    """What a page tells in each format."""
    others = {name: _things_in(page, name, base) for name in CALLED if name != "json-ld"}
    return {"json-ld": [block.data for block in blocks], **others}


def _things_in(page: Page, name: str, base: str) -> list[Any]:
    """What a page tells in one format."""
    if name == "json-ld":
        return [block.data for block in jsonld.blocks(page)]
    if name == "open-graph":
        return _graph(page)
    return microdata.things(page, base) if name == "microdata" else rdfa.things(page, base)


def _graph(page: Page) -> list[Any]:
    """Open Graph's one thing; a page's only heading tells its name from the site's in the title."""
    found = opengraph.tags(page)
    headings = page.select("h1") if found else []
    graph = opengraph.thing(found, reader_text(headings[0]) if len(headings) == 1 else "")
    return [graph] if graph else []


@lru_cache(maxsize=8)
def _mapper(store_url: str, time_zone: str, exact: bool) -> Mapper:
    """Checks what was read; it is under our own names already."""
    return Mapper({}, PRODUCT, Context(store_url=store_url, time_zone=time_zone, exact=exact))


def _mapped(page: Page, how: str, plan: Plan, reading: Reading, page_url: str) -> dict[str, object]:
    """What the plan's `catalog.fields` take from the thing themselves, where pages are the catalogue."""
    if plan.catalog.source != how:
        return {}
    thing = {name: _single(found) for name, found in reading.thing.items()}
    ask = _ask(page, None, plan.path_of(urlsplit(page_url).path))
    found = {name: value(source, thing, ask) for name, source in plan.catalog.fields.items()}
    return {name: each for name, each in found.items() if each is not None}


def _single(found: Any) -> Any:
    return found[0] if isinstance(found, list) and len(found) == 1 else found


def _around(page: Page, plan: Plan, page_url: str) -> PageUrls:
    """The addresses that a page's own are relative to, and those that name it."""
    base, named = _addresses(page, page_url)
    return PageUrls(base, named, plan.store.url, plan.store.currency, plan.store.language)


def _addresses(page: Page, page_url: str) -> tuple[str, str]:
    """What a page's addresses are relative to, and what it calls itself."""
    hrefs = [node.attributes["href"] for node in page.select("base[href]")[:1]]
    base = joined(page_url, hrefs[0]) if hrefs else page_url
    canonical = [node.attributes["href"] for node in page.select('link[rel~="canonical" i][href]')[:1]]
    named = joined(base, canonical[0]) if canonical and canonical[0].strip() else ""
    return base, named


_WHERE = {
    "json-ld": 'script[type*="ld+json" i]',
    "microdata": '[itemtype*="schema.org/Product"], [itemscope]',
    "rdfa": "[typeof]",
    "open-graph": ", ".join(
        f'meta[{attribute}^="{prefix}" i]'
        for prefix in opengraph.PREFIXES
        for attribute in ("property", "name")
    ),
}


def _place(page: Page, name: str) -> Place:
    """Where a format's data stands, for what is said of the whole of it."""
    found = _nodes_of(page, name)
    return page.place(found[0]) if found else Place(page.source.path)


def _nodes_of(page: Page, name: str) -> list[Node]:
    found = [node for node in page.select(_WHERE[name]) if not node.in_template]
    if name == "json-ld":
        found = [node for node in found if "Product" in node.text] or found
    return found


def _malformed(blocks: list[jsonld.Block]) -> list[Diagnostic]:
    """Scripts that are no JSON, and those that were mended to be read."""
    out = []
    for block in blocks:
        if block.fault:
            message = say("this JSON-LD cannot be read: {fault}", fault=block.fault)
            out.append(Diagnostic(MALFORMED, Severity.WARNING, message, block.place))
        elif block.mended:
            message = say(
                "this JSON-LD is malformed: {mended}; it was mended to be read", mended=block.mended
            )
            out.append(Diagnostic(MALFORMED, Severity.NOTICE, message, block.place))
    return out


def _no_one(
    page: Page, how: str, formats: list[str], readings: Mapping[str, Reading], place: Place
) -> Diagnostic:
    count = readings[how].count
    if count:
        message = say(
            "the {called} tells of {count} products; which one the page shows is not said",
            called=CALLED[how],
            count=count,
        )
        return Diagnostic(
            MISSING,
            Severity.ERROR,
            message,
            place,
            say("give the page's product the page's address as its `url`"),
        )
    others = [name for name in CALLED if readings[name].count == 1]
    hint = say("the page has {others}: `product: {others}`", others=others[0]) if others else ""
    message = say("no product in {called} on this page", called=either(CALLED[name] for name in formats))
    return Diagnostic(MISSING, Severity.ERROR, message, Place(page.source.path), hint)


def _said(each: tuple[str, str, Severity], place: Place) -> Diagnostic:
    name, message, severity = each
    return Diagnostic(RULE, severity, f"`{name}`: {message}", place, element=name)


def _disagreements(how: str, readings: Mapping[str, Reading], place: Place) -> Iterable[Diagnostic]:
    """Where another format on the same page says otherwise."""
    ours = readings[how].values
    for other in CALLED:
        theirs = readings[other].values if other != how else {}
        for name in COMPARED if theirs else ():
            if name in ours and name in theirs and not _alike(ours[name], theirs[name]):
                message = say(
                    "`{name}` is `{ours}` in {called} and `{theirs}` in {other}; {called} counts",
                    name=name,
                    ours=ours[name],
                    called=CALLED[how],
                    theirs=theirs[name],
                    other=CALLED[other],
                )
                yield Diagnostic(DISAGREES, Severity.WARNING, message, place, element=name)


def _alike(one: str, other: str) -> bool:
    if number(one) and number(other):
        return Decimal(number(one)) == Decimal(number(other))
    return one == other


def _by_source(page: Page, how: Source, plan: Plan, page_url: str) -> Found:
    """A source's fields, each found in what the source found, else in the page."""
    found = _nodes(page, None, how.selector) if isinstance(how, Selector) else []
    inside = next(iter(found), None)
    if isinstance(how, Selector) and inside is None:
        message = say("nothing matches `{selector}`, which tells of the product", selector=how.selector)
        return Found(None, (Diagnostic(MISSING, Severity.ERROR, message, Place(page.source.path)),))
    place = page.place(inside) if inside else Place(page.source.path)
    data = _object(how.in_page(InPage(page)))
    path = plan.path_of(urlsplit(page_url).path)
    context = Context(
        store_url=plan.store.url,
        url=plan.catalog.url,
        ask=_ask(page, inside, path),
        time_zone=plan.store.time_zone,
        exact=plan.store.currency in THREE_DECIMALS,
    )
    mapper = Mapper(how.fields or {}, PRODUCT, context)
    around = _around(page, plan, page_url)
    record, told = mapper.record({"url": around.canonical or page_url, **data}, place)
    told = [*told, *_seams(page, inside, how.fields or {}), *_foreign(page, inside, how.fields or {}, plan)]
    return Found(record if usable(told) else None, tuple(told))


def _seams(page: Page, inside: Node | None, fields: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Numbers whose digits stand in several elements: `12<sup>50</sup>` must not be read as 1250."""
    for name, node in _numerals(page, inside, fields):
        if "|" in (text := numeral_text(node)):
            message = say(
                "`{name}`: the digits of `{text}` stand in several elements (`|`)", name=name, text=text[:40]
            )
            hint = say("select the element, or the attribute, that holds the whole number")
            yield Diagnostic(RULE, Severity.ERROR, message, page.place(node), hint, element=name)


def _foreign(
    page: Page,
    inside: Node | None,
    fields: Mapping[str, Source],
    plan: Plan,
    reading: Reading | None = None,
    place: Place | None = None,
) -> Iterator[Diagnostic]:
    """Prices in another currency than the store's: the one that their text names, or else their offers'."""
    own, offered = plan.store.currency, reading.currencies - {""} if reading else set()
    for name, source in fields.items():
        data = reading.thing if reading else {}
        found = untouched(source, data, _ask(page, inside)) if name in PRICES and own else None
        text = text_of(_single(found))
        if text is None:
            continue
        named = codes_in(text) or frozenset(offered)
        if named and own not in named:
            message = say(
                "`{name}`: the price is in {other}, the store's currency is {own}",
                name=name,
                other=either(sorted(named)[:3]),
                own=own,
            )
            nodes = [node for each in _selectors(source) for node in _nodes(page, inside, each.selector)[:1]]
            where = page.place(nodes[0]) if nodes else place or Place(page.source.path)
            yield Diagnostic(RULE, Severity.ERROR, message, where, element=name)


def _numerals(page: Page, inside: Node | None, fields: Mapping[str, Source]) -> Iterator[tuple[str, Node]]:
    """The elements whose text the plan takes for a number, by the property's name."""
    for name, source in fields.items():
        field = PRODUCT.by_html.get(name)
        for each in _selectors(source) if field and field.kind is DECIMAL else ():
            if not each.attribute and not each.property:
                yield from ((name, node) for node in _nodes(page, inside, each.selector)[:1])


def _selectors(source: Source) -> Iterator[Selector]:
    if isinstance(source, Selector):
        yield source
    for each in source.inner():
        yield from _selectors(each)


def _object(found: object) -> dict[str, Any]:
    """The object that a text is, in JSON; an empty one where it is none."""
    try:
        data = DECODER.decode(found) if isinstance(found, str) else None
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _ask(page: Page, inside: Node | None = None, path: str = "") -> Callable[[Source, Data], object]:
    """Answers the sources that look into the page; `path` is the page's own, as `match` has it."""
    built = InPage(page, inside, path)
    return lambda source, _: source.in_page(built)


def texts(page: Page, source: Source, plan: Plan, url_path: str) -> list[str]:
    """What a label's source gives at build time: texts without surrounding or doubled blanks, none empty."""
    found = value(source, {}, _ask(page, None, plan.path_of(url_path)))
    every = found if isinstance(found, list) else [found]
    return [clean for text in every if (clean := " ".join(str(text or "").split()))]


class InPage(NamedTuple):
    """What sources may ask of a built page, or first of one of its elements."""

    page: Page
    inside: Node | None = None
    path: str = ""

    def meta(self, name: str) -> str | None:
        """The content of the first `<meta>` with this name or property."""
        for node in self.page.select("meta[content]"):
            names = (node.attributes.get("name", ""), node.attributes.get("property", ""))
            if name in (each.lower() for each in names):
                return node.attributes["content"]
        return None

    def selected(self, selector: str, attribute: str | None, property_: str | None) -> list[str | None]:
        """What each element that matches says."""
        return [_value(node, attribute, property_) for node in _nodes(self.page, self.inside, selector)]


def _nodes(page: Page, inside: Node | None, selector: str) -> list[Node]:
    """The elements that a selector matches: those inside an element, where there are any."""
    try:
        found = page.select(selector)
    except ValueError:
        return []
    below = [node for node in found if any(each is inside for each in node.ancestors())] if inside else []
    return below or found


def _value(node: Node, attribute: str | None, property_: str | None) -> str | None:
    """An attribute, a form field's value, or the text."""
    if attribute or property_ in ("href", "src", "content", "value"):
        return node.attributes.get(attribute or property_ or "")
    if node.tag == "input":
        return node.attributes.get("value")
    if node.tag == "select":
        options = [each for each in node.descendants() if each.tag == "option"]
        picked = next(
            (each for each in options if "selected" in each.attributes), options[0] if options else None
        )
        return picked.attributes.get("value", picked.text.strip()) if picked else None
    return reader_text(node)
