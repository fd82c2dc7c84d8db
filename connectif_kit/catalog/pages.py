"""The product that a page itself tells of: structured data, or sources that built HTML can answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from connectif_kit.catalog.convert import number
from connectif_kit.catalog.fields import Context, Data, Mapper, usable, value
from connectif_kit.catalog.formats.json_list import DECODER
from connectif_kit.catalog.row import RULE
from connectif_kit.catalog.structured import jsonld, microdata, opengraph, rdfa
from connectif_kit.catalog.structured.graph import Graph
from connectif_kit.catalog.structured.product import Around, Reading, read
from connectif_kit.diagnostics import Diagnostic, Place, Severity
from connectif_kit.html import Node, Page
from connectif_kit.model import Record
from connectif_kit.plan.models import Plan
from connectif_kit.plan.sources import Literal, Meta, PagePath, Selector, Source
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


def _by_format(page: Page, formats: list[str], plan: Plan, page_url: str) -> Found:
    around = _around(page, plan, page_url)
    blocks = list(jsonld.blocks(page))
    readings = {
        name: read(Graph(things), around) if things else Reading()
        for name, things in _things(page, around.url, blocks).items()
    }
    how = _counting(formats, readings)
    reading = readings[how]
    told = _malformed(blocks) if "json-ld" in formats else []
    place = _place(page, how)
    if reading.count != 1:
        return Found(None, (*told, _no_one(page, how, formats, readings, place)))
    mapped = _mapped(page, how, plan, reading, page_url)
    record, problems = _mapper(plan.store.url, plan.store.time_zone).record(reading.values | mapped, place)
    said = [_said(each, place) for each in reading.said if each[0] not in mapped]
    explained = {d.element for d in said}
    told += said + [d for d in problems if d.element not in explained]
    told += _disagreements(how, readings, place)
    return Found(record if usable(told) else None, tuple(told))


def _counting(formats: list[str], readings: Mapping[str, Reading]) -> str:
    """The first that tells of one product; else the first that tells of any, or the first at all."""
    one = (name for name in formats if readings[name].count == 1)
    return next(one, next((name for name in formats if readings[name].count), formats[0]))


def _things(page: Page, base: str, blocks: list[jsonld.Block]) -> dict[str, list[Any]]:
    """What a page tells in each format."""
    graph = opengraph.thing(opengraph.tags(page))
    return {
        "json-ld": [block.data for block in blocks],
        "microdata": microdata.things(page, base),
        "rdfa": rdfa.things(page, base),
        "open-graph": [graph] if graph else [],
    }


@lru_cache(maxsize=8)
def _mapper(store_url: str, time_zone: str) -> Mapper:
    """Checks what was read; it is under our own names already."""
    return Mapper({}, PRODUCT, Context(store_url=store_url, time_zone=time_zone))


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


def _around(page: Page, plan: Plan, page_url: str) -> Around:
    """The addresses that a page's own are relative to, and those that name it."""
    hrefs = [node.attributes["href"] for node in page.select("base[href]")[:1]]
    base = microdata.joined(page_url, hrefs[0]) if hrefs else page_url
    canonical = [node.attributes["href"] for node in page.select('link[rel~="canonical" i][href]')[:1]]
    named = microdata.joined(base, canonical[0]) if canonical and canonical[0].strip() else ""
    return Around(base, named, plan.store.url, plan.store.currency)


_WHERE = {
    "json-ld": 'script[type*="ld+json" i]',
    "microdata": '[itemtype*="schema.org/Product"], [itemscope]',
    "rdfa": "[typeof]",
    "open-graph": 'meta[property^="product:"], meta[property^="og:"]',
}


def _place(page: Page, name: str) -> Place:
    """Where a format's data stands, for what is said of the whole of it."""
    found = page.select(_WHERE[name])
    if name == "json-ld":
        found = [node for node in found if "Product" in node.text] or found
    return page.place(found[0]) if found else Place(page.source.path)


def _malformed(blocks: list[jsonld.Block]) -> list[Diagnostic]:
    """Scripts that are no JSON, and those that were mended to be read."""
    out = []
    for block in blocks:
        if block.fault:
            message = f"this JSON-LD cannot be read: {block.fault}"
            out.append(Diagnostic(MALFORMED, Severity.WARNING, message, block.place))
        elif block.mended:
            message = f"this JSON-LD is malformed: {block.mended}; it was mended to be read"
            out.append(Diagnostic(MALFORMED, Severity.NOTICE, message, block.place))
    return out


def _no_one(
    page: Page, how: str, formats: list[str], readings: Mapping[str, Reading], place: Place
) -> Diagnostic:
    count = readings[how].count
    if count:
        message = f"the {CALLED[how]} tells of {count} products; which one the page shows is not said"
        return Diagnostic(
            MISSING, Severity.ERROR, message, place, "give the page's product the page's address as its `url`"
        )
    others = [name for name in CALLED if readings[name].count == 1]
    hint = f"the page has {others[0]}: `product: {others[0]}`" if others else ""
    message = f"no product in {' or '.join(CALLED[name] for name in formats)} on this page"
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
                message = (
                    f"`{name}` is `{ours[name]}` in {CALLED[how]} and `{theirs[name]}` in {CALLED[other]}; "
                    f"{CALLED[how]} counts"
                )
                yield Diagnostic(DISAGREES, Severity.WARNING, message, place, element=name)


def _alike(one: str, other: str) -> bool:
    if number(one) and number(other):
        return Decimal(number(one)) == Decimal(number(other))
    return one == other


def _by_source(page: Page, how: Source, plan: Plan, page_url: str) -> Found:
    """A source's fields, each found in what the source found, else in the page."""
    inside = _nodes(page, None, how)[0] if isinstance(how, Selector) and _nodes(page, None, how) else None
    if isinstance(how, Selector) and inside is None:
        message = f"nothing matches `{how.selector}`, which tells of the product"
        return Found(None, (Diagnostic(MISSING, Severity.ERROR, message, Place(page.source.path)),))
    place = page.place(inside) if inside else Place(page.source.path)
    data = _object(_static(page, None, how))
    path = plan.path_of(urlsplit(page_url).path)
    context = Context(
        store_url=plan.store.url,
        url=plan.catalog.url,
        ask=_ask(page, inside, path),
        time_zone=plan.store.time_zone,
    )
    mapper = Mapper(how.fields or {}, PRODUCT, context)
    around = _around(page, plan, page_url)
    record, told = mapper.record({"url": around.canonical or page_url, **data}, place)
    return Found(record if usable(told) else None, tuple(told))


def _object(found: object) -> dict[str, Any]:
    """The object that a text is, in JSON; an empty one where it is none."""
    try:
        data = DECODER.decode(found) if isinstance(found, str) else None
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _ask(page: Page, inside: Node | None = None, path: str = "") -> Callable[[Source, Data], object]:
    """Answers the sources that look into the page; `path` is the page's own, as `match` has it."""
    return lambda source, _: _static(page, inside, source, path)


def texts(page: Page, source: Source, plan: Plan, url_path: str) -> list[str]:
    """What a label's source gives at build time: texts without surrounding or doubled blanks, none empty."""
    found = value(source, {}, _ask(page, None, plan.path_of(url_path)))
    every = found if isinstance(found, list) else [found]
    return [clean for text in every if (clean := " ".join(str(text or "").split()))]


def _static(page: Page, inside: Node | None, source: Source, path: str = "") -> object:
    """What built HTML alone says of a source; nothing for those that want a browser."""
    if isinstance(source, PagePath):
        return path
    if isinstance(source, Literal):
        return source.literal
    if isinstance(source, Meta):
        return _meta(page, source.meta.lower())
    if not isinstance(source, Selector):
        return None
    found = [_value(node, source) for node in _nodes(page, inside, source)]
    return found if source.all else next(iter(found), None)


def _meta(page: Page, wanted: str) -> str | None:
    for node in page.select("meta[content]"):
        names = (node.attributes.get("name", ""), node.attributes.get("property", ""))
        if wanted in (name.lower() for name in names):
            return node.attributes["content"]
    return None


def _nodes(page: Page, inside: Node | None, source: Selector) -> list[Node]:
    """The elements that a selector matches: those inside an element, where there are any."""
    try:
        found = page.select(source.selector)
    except ValueError:
        return []
    below = [node for node in found if any(each is inside for each in node.ancestors())] if inside else []
    return below or found


def _value(node: Node, source: Selector) -> str | None:
    """An attribute, a form field's value, or the text."""
    if source.attribute or source.property in ("href", "src", "content", "value"):
        return node.attributes.get(source.attribute or source.property or "")
    if node.tag == "input":
        return node.attributes.get("value")
    if node.tag == "select":
        options = [each for each in node.descendants() if each.tag == "option"]
        picked = next(
            (each for each in options if "selected" in each.attributes), options[0] if options else None
        )
        return picked.attributes.get("value", picked.text.strip()) if picked else None
    return " ".join(node.text.split())
