"""The product of a page by the plan's sources: what built HTML alone can answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from connectif_kit.catalog.convert import text_of
from connectif_kit.catalog.currencies import codes_in
from connectif_kit.catalog.fields import Context, Mapper, usable
from connectif_kit.catalog.formats.json_list import DECODER
from connectif_kit.catalog.found import MISSING, Found, addresses_around
from connectif_kit.catalog.layout import PRICES
from connectif_kit.catalog.row import RULE
from connectif_kit.catalog.structured.product import Reading
from connectif_kit.catalog.values import Data, single, untouched, value
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.messages import either, say
from connectif_kit.page.html import Node, Page
from connectif_kit.page.html.reading import numeral_text, reader_text
from connectif_kit.plan.models import Plan
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.selector import Selector
from connectif_kit.vocabulary.currencies import THREE_DECIMALS
from connectif_kit.vocabulary.kinds import DECIMAL
from connectif_kit.vocabulary.product import PRODUCT


def by_source(page: Page, how: Source, plan: Plan, page_url: str) -> Found:
    """A source's fields, each found in what the source found, else in the page."""
    found = _nodes(page, None, how.selector) if isinstance(how, Selector) else []
    inside = next(iter(found), None)
    if isinstance(how, Selector) and inside is None:
        message = say("nothing matches `{selector}`, from which the product is read", selector=how.selector)
        return Found(None, (Diagnostic(MISSING, Severity.ERROR, message, Place(page.source.path)),))
    place = page.place(inside) if inside else Place(page.source.path)
    data = _object(how.in_page(InPage(page)))
    path = plan.path_of(urlsplit(page_url).path)
    context = Context(
        store_url=plan.store.url,
        url=plan.catalog.url,
        ask=ask_page(page, inside, path),
        time_zone=plan.store.time_zone,
        exact=plan.store.currency in THREE_DECIMALS,
    )
    mapper = Mapper(how.fields or {}, PRODUCT, context)
    around = addresses_around(page, plan, page_url)
    record, reported = mapper.record({"url": around.canonical or page_url, **data}, place)
    reported = [
        *reported,
        *seams(page, inside, how.fields or {}),
        *foreign(page, inside, how.fields or {}, plan),
    ]
    return Found(record if usable(reported) else None, tuple(reported))


def seams(page: Page, inside: Node | None, fields: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Numbers whose digits stand in several elements: `12<sup>50</sup>` must not be read as 1250."""
    for name, node in _numerals(page, inside, fields):
        if "|" in (text := numeral_text(node)):
            message = say(
                "`{name}`: the digits of `{text}` stand in several elements (`|`)", name=name, text=text[:40]
            )
            hint = say("select the element, or the attribute, that holds the whole number")
            yield Diagnostic(RULE, Severity.ERROR, message, page.place(node), hint, element=name)


def foreign(
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
        found = untouched(source, data, ask_page(page, inside)) if name in PRICES and own else None
        text = text_of(single(found))
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


def ask_page(page: Page, inside: Node | None = None, path: str = "") -> Callable[[Source, Data], object]:
    """Answers the sources that look into the page; `path` is the page's own, as `match` has it."""
    built = InPage(page, inside, path)
    return lambda source, _: source.in_page(built)


def texts(page: Page, source: Source, plan: Plan, url_path: str) -> list[str]:
    """What a label's source gives at build time: texts without surrounding or doubled blanks, none empty."""
    found = value(source, {}, ask_page(page, None, plan.path_of(url_path)))
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
