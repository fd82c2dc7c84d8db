"""The product of a page by its structured data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from connectif_kit.catalog.convert import number
from connectif_kit.catalog.fields import Context, Mapper, usable
from connectif_kit.catalog.found import DISAGREES, MALFORMED, MISSING, Found, addresses_around
from connectif_kit.catalog.layout import PRICES
from connectif_kit.catalog.page_sources import ask_page, foreign, seams
from connectif_kit.catalog.row import RULE
from connectif_kit.catalog.structured import jsonld, microdata, opengraph, plain, rdfa
from connectif_kit.catalog.structured.breadcrumbs import PageUrls, path_of
from connectif_kit.catalog.structured.graph import Graph, first, kinds
from connectif_kit.catalog.structured.microdata import joined
from connectif_kit.catalog.structured.product import Reading, read
from connectif_kit.catalog.values import single, value
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.messages import either, say
from connectif_kit.page.html import Node, Page
from connectif_kit.page.html.reading import reader_text
from connectif_kit.plan.models import Plan
from connectif_kit.vocabulary.currencies import THREE_DECIMALS
from connectif_kit.vocabulary.product import PRODUCT

COMPARED = ("unit_price", "product_id", "availability")


CALLED = {"json-ld": "JSON-LD", "microdata": "microdata", "rdfa": "RDFa", "open-graph": "Open Graph"}
"""Formats by their names in plans, in the order in which they are named where a page has several."""


class Statement(NamedTuple):
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


def statements(page: Page, base: str, has: Callable[[str], object], canonical: str = "") -> list[Statement]:
    """What each format says of the page's product, read as for the catalogue.

    `has` says of `itemscope` and `typeof` whether any element of the page has that attribute.

    A format that tells of several products says nothing of the page's own. Prices of which there is a
    range, and titles that are written for readers, are left out.
    """
    around = PageUrls(base, canonical)
    named = [name for name in CALLED if name not in _ATTRIBUTES or has(_ATTRIBUTES[name])]
    found = ((name, _things_in(page, name, base)) for name in named)
    return [each for name, things in found if things and (each := read_things(page, name, things, around))]


def read_things(page: Page, name: str, things: list[Any], around: PageUrls) -> Statement | None:
    """What the things of one format tell of the page's product; the plainest are read at once."""
    one = plain.product(things[0]) if len(things) == 1 else None
    if one is None:
        return read_whole(page, name, Graph(things), around)
    url = {"url": joined(around.url, one.url)} if one.url else {}
    return Statement(page, name, {**plain.values(one), **url}, one.sku, one.currency, "")


_ATTRIBUTES = {"microdata": "itemscope", "rdfa": "typeof"}
"""The attribute without which a page tells of nothing in a format that any element may carry."""


def read_whole(page: Page, name: str, graph: Graph, around: PageUrls) -> Statement | None:
    """The same, however it is written."""
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
    return Statement(page, name, values, first(thing, "sku"), currency, comma)


def _has_range(graph: Graph, reading: Reading) -> bool:
    """Whether the price is one of several, or the lowest: the page may well name another."""
    aggregate = any("AggregateOffer" in kinds(offer) for offer in graph.things(reading.thing, "offers"))
    return aggregate or any(name == "unit_price" for name, _, _ in reading.said)


def by_format(page: Page, formats: list[str], plan: Plan, page_url: str) -> Found:
    """The product that one of several formats tells of, in the order that counts."""
    around = addresses_around(page, plan, page_url)
    blocks = list(jsonld.blocks(page))
    readings = {
        name: read(Graph(things), around) if things else Reading()
        for name, things in _things(page, around.url, blocks).items()
    }
    reported = _malformed(blocks) if "json-ld" in formats else []
    places = {name: _place(page, name) for name in formats if readings[name].count == 1}
    tried = {name: _read_as(name, page, plan, readings, place, page_url) for name, place in places.items()}
    how = next((name for name in tried if tried[name].record or readings[name].final), None)
    how = how or next(iter(tried), None)
    if how is None:
        how = _counting(formats, readings)
        return Found(None, (*reported, _no_one(page, how, formats, readings, _place(page, how))))
    passed = [each for name in tried if name != how for each in _passed_over(name, how, tried)]
    reported += [*passed, *tried[how].diagnostics, *_elsewhere(readings[how], around, places[how])]
    reported += _disagreements(how, readings, places[how])
    return Found(tried[how].record, tuple(reported))


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
        said += seams(page, None, plan.catalog.fields)
        said += foreign(page, None, plan.catalog.fields, plan, reading, place)
    explained = {d.element for d in said}
    reported = said + [d for d in problems if d.element not in explained]
    return Found(record if usable(reported) else None, tuple(reported))


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
        return jsonld.data(page)
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
    thing = {name: single(found) for name, found in reading.thing.items()}
    ask = ask_page(page, None, plan.path_of(urlsplit(page_url).path))
    found = {name: value(source, thing, ask) for name, source in plan.catalog.fields.items()}
    return {name: each for name, each in found.items() if each is not None}


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
    """Scripts that are no JSON, and those that were corrected to be read."""
    out = []
    for block in blocks:
        if block.fault:
            message = say("this JSON-LD cannot be read: {fault}", fault=block.fault)
            out.append(Diagnostic(MALFORMED, Severity.WARNING, message, block.place))
        elif block.repaired:
            message = say(
                "this JSON-LD is malformed: {fault}; it was corrected to be read", fault=block.repaired
            )
            out.append(Diagnostic(MALFORMED, Severity.NOTICE, message, block.place))
    return out


def _no_one(
    page: Page, how: str, formats: list[str], readings: Mapping[str, Reading], place: Place
) -> Diagnostic:
    count = readings[how].count
    if count:
        message = say(
            "the {called} describes {count} products and does not say which one the page shows",
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
