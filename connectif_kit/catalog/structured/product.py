"""The one product that a page's things describe, in the vocabulary's names; doubts are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from connectif_kit.catalog import convert
from connectif_kit.catalog.structured.graph import Graph, Thing, first, kinds, name_of, prop, word
from connectif_kit.catalog.structured.microdata import joined
from connectif_kit.catalog.structured.offers import Offer, chosen, offers
from connectif_kit.diagnostics import Severity
from connectif_kit.plan.globs import normal

PRODUCTS = {"Product", "IndividualProduct", "ProductModel", "SomeProducts", "Vehicle", "Car"}
IDS = ("sku", "productID", "identifier", "mpn", "gtin13", "gtin14", "gtin12", "gtin8", "gtin")
KEYS = ("productGroupID", "sku", "productID")
MAX_PRODUCTS = 200


@dataclass(slots=True)
class Reading:
    """A product's values by HTML name, and what was said while reading: name, message, severity."""

    values: dict[str, Any] = field(default_factory=dict)
    said: list[tuple[str, str, Severity]] = field(default_factory=list)
    thing: Thing = field(default_factory=dict)
    count: int = 0
    currencies: set[str] = field(default_factory=set)

    def say(self, name: str, message: str, severity: Severity) -> None:
        """Told once each."""
        if (name, message, severity) not in self.said:
            self.said.append((name, message, severity))


@dataclass(frozen=True, slots=True)
class Around:
    """What the page itself knows: its address, its canonical one, the shop's address and currency."""

    url: str
    canonical: str = ""
    store_url: str = ""
    currency: str = ""


def read(graph: Graph, around: Around, *, briefly: bool = False) -> Reading:
    """The product that a page is about; `count` is how many there are, and only one can be read.

    `briefly` reads name, price and availability alone.
    """
    reading = Reading()
    found = _distinct(_candidates(graph))
    if len(found) > 1:
        same = [thing for thing in found if _path(_url(graph, thing)) == _path(around.url)]
        found = same if len(same) == 1 else found
    reading.count = len(found)
    if reading.count == 1:
        thing, variants = _variant(graph, found[0], around)
        reading.thing = thing
        found_in = _few_values if briefly else _values
        reading.values = {
            name: value for name, value in found_in(graph, thing, variants, around, reading) if value
        }
    return reading


def _candidates(graph: Graph) -> list[Thing]:
    """Products and groups that stand by themselves; a group stands for its variants."""
    groups = [thing for thing in graph.top if "ProductGroup" in kinds(thing)]
    products = [
        thing for thing in graph.top if kinds(thing) & PRODUCTS and "ProductGroup" not in kinds(thing)
    ]
    inside = {_key(each) for group in groups for each in graph.things(group, "hasVariant")}
    left = [each for each in products if _key(each) not in inside]
    parents = [parent for each in left for parent in _group_of(graph, each)]
    return [*groups, *parents, *(each for each in left if not _group_of(graph, each))]


def _key(thing: Thing) -> str:
    return name_of(thing) or str(id(thing))


def _group_of(graph: Graph, thing: Thing) -> list[Thing]:
    return [parent for parent in graph.things(thing, "isVariantOf") if len(parent) > 1]


def _distinct(things: list[Thing]) -> list[Thing]:
    """The things, those that two scripts tell of in one; what the first one says counts."""
    out: list[Thing] = []
    for thing in things[:MAX_PRODUCTS]:
        known = next((number for number, each in enumerate(out) if _same(each, thing)), None)
        if known is None:
            out.append(thing)
        elif out[known] is not thing:
            both = [*prop(out[known], "offers"), *prop(thing, "offers")]
            out[known] = {**thing, **out[known], **({"offers": both} if both else {})}
    return out


def _same(one: Thing, other: Thing) -> bool:
    """Whether two things are one product: a name in common, and no two different ids."""
    ids = [(first(one, name), first(other, name)) for name in KEYS]
    others = [(first(one, name), first(other, name)) for name in ("@id", "url", "name")]
    return one is other or (
        any(a and a == b for a, b in (*ids, *others)) and not any(a and b and a != b for a, b in ids)
    )


def _variant(graph: Graph, thing: Thing, around: Around) -> tuple[Thing, list[Thing]]:
    """The variant that has this very address, with what its group says of all; else the whole group."""
    variants = graph.things(thing, "hasVariant") or [
        each for each in graph.top if any(_same(parent, thing) for parent in _group_of(graph, each))
    ]
    urls = {around.url, around.canonical} - {""}
    here = [each for each in variants if _absolute(_url(graph, each), around) in urls]
    if len(here) == 1 and len(variants) > 1:
        return {**thing, **here[0], "@type": "Product"}, []
    return thing, variants


def _url(graph: Graph, thing: Thing) -> str:
    return first(thing, "url") or next((first(each, "url") for each in graph.things(thing, "offers")), "")


def _offer(graph: Graph, thing: Thing, variants: list[Thing], around: Around, reading: Reading) -> Offer:
    own = list(offers(graph, thing, reading.say))
    found = own or [offer for each in variants for offer in offers(graph, each, reading.say)]
    reading.currencies = {offer.currency for offer in found}
    return chosen(found, around.currency, reading.say)


def _few_values(
    graph: Graph, thing: Thing, variants: list[Thing], around: Around, reading: Reading
) -> Iterator[tuple[str, str]]:
    offer = _offer(graph, thing, variants, around, reading)
    yield from (("name", first(thing, "name")), ("unit_price", offer.now), ("availability", offer.stock))


def _values(
    graph: Graph, thing: Thing, variants: list[Thing], around: Around, reading: Reading
) -> Iterator[tuple[str, Any]]:
    """Property → text or list, in the vocabulary's names."""
    offer = _offer(graph, thing, variants, around, reading)
    yield "url", around.canonical or _absolute(first(thing, "url"), around) or around.url
    yield "product_id", _id(graph, thing, variants)
    yield "name", first(thing, "name")
    yield "unit_price", offer.now
    yield "unit_price_original", offer.before
    yield "unit_price_without_vat", offer.without_vat
    yield "availability", offer.stock
    yield "description", first(thing, "description")
    yield "brand", next(filter(None, _named(graph, thing, "brand")), "")
    yield "image_url", _image(graph, (thing, *variants), around)
    yield "thumbnail_url", _absolute(first(thing, "thumbnailUrl"), around)
    yield "category", list(dict.fromkeys(_crumbs(graph, thing, around))) or _categories(thing)
    yield from _rating(graph, thing, reading)
    yield (
        "related_external_product_id",
        [first(each, "sku") for name in ("isRelatedTo", "isSimilarTo") for each in graph.things(thing, name)],
    )


def _id(graph: Graph, thing: Thing, variants: list[Thing]) -> str:
    if variants and (group := first(thing, "productGroupID")):
        return group
    named = (first(thing, name, "value", "@id") for name in (*IDS, "productGroupID"))
    offered = (first(each, name) for each in graph.things(thing, "offers") for name in IDS[:1])
    return next(filter(None, (*named, *offered)), "")


def _named(graph: Graph, thing: Thing, name: str) -> list[str]:
    """Names of things, or the plain texts that stand for them."""
    whole = [graph.whole(value) if isinstance(value, dict) else value for value in prop(thing, name)]
    return [word(value, "name") for value in whole]


def _image(graph: Graph, things: tuple[Thing, ...], around: Around) -> str:
    for thing in things:
        for value in prop(thing, "image"):
            whole = graph.whole(value) if isinstance(value, dict) else value
            if text := word(whole, "url", "contentUrl", "@id"):
                return _absolute(text, around)
    return ""


def _absolute(text: str, around: Around) -> str:
    return joined(around.url, text) if text else ""


def _rating(graph: Graph, thing: Thing, reading: Reading) -> Iterator[tuple[str, str]]:
    for rating in graph.things(thing, "aggregateRating")[:1]:
        yield "review_count", first(rating, "reviewCount")
        yield "rating_count", first(rating, "ratingCount")
        yield "rating_value", _scaled(first(rating, "ratingValue"), first(rating, "bestRating"), reading)


def _scaled(text: str, best: str, reading: Reading) -> str:
    """A rating on the scale that ends at 5."""
    if not text:
        return ""
    value, top = convert.number(text), convert.number(best) if best else "5"
    if not value or not top or Decimal(top) == 0 or len(value) + len(top) > convert.MAX_NUMBER:
        reading.say("rating_value", f"`{text[:40]}` is no rating; it is left out", Severity.WARNING)
        return ""
    if Decimal(top) == 5:
        return value
    scaled = Decimal(value) * 5 / Decimal(top)
    return format(scaled.quantize(Decimal("0.01")).normalize(), "f")


def _categories(thing: Thing) -> list[str]:
    """Paths from the product's own `category`; a taxonomy's address is none."""
    texts = [word(value, "name") for value in prop(thing, "category")]
    return [_levels(text) for text in texts if text and "://" not in text]


def _levels(text: str) -> str:
    return convert.levels(text, ">" if ">" in text else "/")


def _crumbs(graph: Graph, thing: Thing, around: Around) -> Iterator[str]:
    """`/A/B` for each trail: without the shop's start, and without the product itself at the end."""
    lists = [each for each in graph.top if "BreadcrumbList" in kinds(each)]
    lists += [each for top in graph.top for each in graph.things(top, "breadcrumb")]
    for each in lists:
        crumbs = sorted(graph.things(each, "itemListElement"), key=_position)
        steps = [(_crumb_name(crumb, graph), _crumb_url(crumb)) for crumb in crumbs]
        if steps and _is_start(steps[0][1], around):
            steps = steps[1:]
        if steps and _is_product(*steps[-1], first(thing, "name"), around):
            steps = steps[:-1]
        yield "".join(f"/{name.replace('/', '-')}" for name, _ in steps if name)


def _position(crumb: Thing) -> int:
    text = first(crumb, "position")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _crumb_name(crumb: Thing, graph: Graph) -> str:
    inside = (first(item, "name") for item in graph.things(crumb, "item"))
    return first(crumb, "name") or next(filter(None, inside), "")


def _crumb_url(crumb: Thing) -> str:
    return first(crumb, "item", "@id", "url") or first(crumb, "url")


def _is_start(url: str, around: Around) -> bool:
    return bool(url) and joined(around.url, url).rstrip("/") == around.store_url.rstrip("/")


def _is_product(name: str, url: str, product: str, around: Around) -> bool:
    if not url:
        return True
    return name == product or _path(joined(around.url, url)) in (_path(around.url), _path(around.canonical))


def _path(url: str) -> str:
    path = "/" + url.partition("://")[2].partition("/")[2] if "://" in url else url
    return normal(path) if path else ""
