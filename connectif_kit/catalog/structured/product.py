"""The one product that a page's things describe, in the vocabulary's names; doubts are reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from decimal import Decimal
from typing import Any

from connectif_kit.catalog import convert
from connectif_kit.catalog.structured.breadcrumbs import PageUrls as PageUrls
from connectif_kit.catalog.structured.breadcrumbs import path_of, trails
from connectif_kit.catalog.structured.choosing import Offer, chosen
from connectif_kit.catalog.structured.graph import (
    Graph,
    Thing,
    address,
    first,
    kinds,
    name_of,
    prop,
    word,
)
from connectif_kit.catalog.structured.microdata import Link, joined
from connectif_kit.catalog.structured.offers import offers
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.core.records import dataclass

PRODUCTS = {"Product", "IndividualProduct", "ProductModel", "SomeProducts", "Vehicle", "Car"}
WORKS = {
    *("Book", "Audiobook", "ComicIssue", "SheetMusic", "Map", "Atlas", "Poster"),
    *("MusicAlbum", "MusicRelease", "Movie", "VideoGame"),
    *("VisualArtwork", "Painting", "Photograph", "Drawing", "Sculpture"),
}
"""Works that schema.org counts among none of its products; one with an offer is for sale all the same."""
IDS = ("sku", "productID", "identifier", "mpn", "isbn", "gtin13", "gtin14", "gtin12", "gtin8", "gtin")
KEYS = ("productGroupID", "sku", "productID")
RELATED = ("isRelatedTo", "isSimilarTo", "isAccessoryOrSparePartFor", "isConsumableFor")
MAX_PRODUCTS = 200
MAX_RATING = 20
PROPERTIES = {"name": "name", "reviewCount": "review_count", "ratingCount": "rating_count"}

_SCHEME = lazily(r"^(sku|mpn|gtin\d*|ean\d*|upc|isbn|asin|productid|id)\s*:\s*", re.IGNORECASE)
_COUNT = re.compile(r"([0-9]+|[0-9]{1,3}(?:[,' \u00a0\u202f][0-9]{3})+)(?:\.0+)?").fullmatch
_RATING = re.compile(r"[0-9]{1,3}([.,][0-9]{1,60})?").fullmatch
_MARKUP = lazily(
    r"</?(?:a|abbr|b|big|br|div|em|font|h[1-6]|i|img|li|mark|p|s|small|span|strong|sub|sup|u|ul)\b[^>]*>",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Reading:
    """A product's values by HTML name, and what was said while reading: name, message, severity."""

    values: dict[str, Any] = field(default_factory=dict)
    said: list[tuple[str, str, Severity]] = field(default_factory=list)
    thing: Thing = field(default_factory=dict)
    count: int = 0
    address: str = ""
    currencies: set[str] = field(default_factory=set)

    final: bool = False

    def note(self, name: str, message: str, severity: Severity, *, final: bool = False) -> None:
        """Reported once each; `final` where what the page offers is understood and not this shop's price."""
        self.final = self.final or final
        if (name, message, severity) not in self.said:
            self.said.append((name, message, severity))


def read(graph: Graph, around: PageUrls, *, briefly: bool = False) -> Reading:
    """The product that a page is about; `count` is how many there are, and only one can be read.

    `briefly` reads name, price and availability alone.
    """
    reading = Reading()
    found = _distinct(_candidates(graph))
    if len(found) > 1:
        same = [
            thing for thing in found if path_of(joined(around.url, _url(graph, thing))) == path_of(around.url)
        ]
        found = same if len(same) == 1 else found
    reading.count = len(found)
    if reading.count == 1:
        thing, variants = _variant(graph, found[0], around)
        reading.thing = thing
        reading.address = address(thing, "url")
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
    if not groups and not products:
        products = [thing for thing in graph.top if kinds(thing) & WORKS and prop(thing, "offers")]
    inside = {_key(each) for group in groups for each in graph.things(group, "hasVariant")}
    left = [each for each in products if _key(each) not in inside]
    named = {name for each in (*groups, *left) for name in _related(each)}
    left = [each for each in left if name_of(each) not in named] or left
    parents = [parent for each in left for parent in _group_of(graph, each)]
    return [*groups, *parents, *(each for each in left if not _group_of(graph, each))]


def _related(thing: Thing) -> Iterator[str]:
    """The products that a thing names as related ones: they are not what the page shows."""
    for relation in RELATED:
        for each in prop(thing, relation):
            if isinstance(each, dict) and name_of(each) and name_of(each) != name_of(thing):
                yield name_of(each)


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
    others = [(address(one, name), address(other, name)) for name in ("@id", "url")]
    others.append((first(one, "name").casefold(), first(other, "name").casefold()))
    return one is other or (
        any(a and a == b for a, b in (*ids, *others)) and not any(a and b and a != b for a, b in ids)
    )


def _variant(graph: Graph, thing: Thing, around: PageUrls) -> tuple[Thing, list[Thing]]:
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
    offered = (address(each, "url") for each in graph.things(thing, "offers"))
    return address(thing, "url") or next(offered, "")


def _offer(graph: Graph, thing: Thing, variants: list[Thing], around: PageUrls, reading: Reading) -> Offer:
    def of(each: Thing) -> list[Offer]:
        return list(offers(graph, each, reading.note, around.currency, around.today))

    found = of(thing) or [offer for each in variants for offer in of(each)]
    reading.currencies = {offer.currency for offer in found}
    return chosen(found, around.currency, reading.note)


def _few_values(
    graph: Graph, thing: Thing, variants: list[Thing], around: PageUrls, reading: Reading
) -> Iterator[tuple[str, str]]:
    offer = _offer(graph, thing, variants, around, reading)
    yield from (("name", first(thing, "name")), ("unit_price", offer.now), ("availability", offer.stock))


def _values(
    graph: Graph, thing: Thing, variants: list[Thing], around: PageUrls, reading: Reading
) -> Iterator[tuple[str, Any]]:
    """Property → text or list, in the vocabulary's names."""
    offer = _offer(graph, thing, variants, around, reading)
    yield "url", around.canonical or _absolute(address(thing, "url"), around) or around.url
    yield "product_id", _id(graph, thing, variants, reading)
    yield "name", _plain_text(_single(thing, "name", around, reading), reading)
    yield "unit_price", offer.now
    yield "unit_price_original", offer.before
    yield "unit_price_without_vat", offer.without_vat
    yield "availability", offer.stock
    yield "description", _description(thing)
    yield "brand", _brand(graph, thing, reading)
    yield "image_url", _image(graph, (thing, *variants), around)
    yield "thumbnail_url", _absolute(address(thing, "thumbnailUrl"), around)
    yield "category", list(dict.fromkeys(trails(graph, thing, around))) or _categories(graph, thing)
    yield from _rating(graph, thing, reading)
    yield (
        "related_external_product_id",
        [first(each, "sku") for name in ("isRelatedTo", "isSimilarTo") for each in graph.things(thing, name)],
    )


def _single(thing: Thing, name: str, around: PageUrls, reading: Reading) -> str:
    """A property that a product has once: in the shop's language where there are several, else reported."""
    values = prop(thing, name)
    spoken = [
        each
        for each in values
        if isinstance(each, dict) and first(each, "@language")[:2].lower() == around.language[:2].lower()
    ]
    texts = list(dict.fromkeys(text for each in spoken or values if (text := word(each, "value", "name"))))
    by_language = any(isinstance(each, dict) and "@language" in each for each in values)
    if len(texts) > 1 and not by_language:
        shown = ", ".join(f"`{text[:60]}`" for text in texts[:3])
        reading.note(
            PROPERTIES[name],
            say("there are several, {shown}; the first is taken", shown=shown),
            Severity.WARNING,
        )
    return texts[0] if texts else ""


def _plain_text(text: str, reading: Reading) -> str:
    """A name without markup, which would be read as text."""
    plain = " ".join(_MARKUP.sub(" ", text).split()) if "<" in text else text
    if plain != text:
        reading.note(
            "name", say("`{text}` holds HTML; it is taken without", text=text[:60]), Severity.WARNING
        )
    return plain


def _description(thing: Thing) -> str:
    """A description as it is written: its line breaks may mean something."""
    texts = (each.strip() if type(each) is str else word(each) for each in prop(thing, "description"))
    return next(filter(None, texts), "")


def _id(graph: Graph, thing: Thing, variants: list[Thing], reading: Reading) -> str:
    if variants and (group := first(thing, "productGroupID")):
        return group
    for name in (*IDS, "productGroupID"):
        texts = list(dict.fromkeys(_without_prefix(each) for each in prop(thing, name)))
        texts = [text for text in texts if text]
        if len(texts) > 1 and name in KEYS:
            shown = ", ".join(f"`{text[:60]}`" for text in texts[:3])
            reading.note(
                "product_id",
                say("`{name}` has several values, {shown}", name=name, shown=shown),
                Severity.ERROR,
            )
        if texts:
            return texts[0]
    return _of_offers(graph, thing, reading)


def _of_offers(graph: Graph, thing: Thing, reading: Reading) -> str:
    """The id that only its offers have; several are variants' own, and the price may be another's."""
    offered = (first(each, name) for each in graph.things(thing, "offers") for name in IDS[:1])
    texts = list(dict.fromkeys(filter(None, offered)))
    if len(texts) > 1:
        shown = ", ".join(f"`{text[:60]}`" for text in texts[:3])
        message = say("its offers have several ids, {shown}; the first is taken", shown=shown)
        reading.note("product_id", message, Severity.WARNING)
    return texts[0] if texts else ""


def _without_prefix(value: Any) -> str:
    """An identifier without the scheme before it, as schema.org writes `mpn:925872`."""
    text = word(value, "value", "@id")
    return _SCHEME.sub("", text).strip() or text


def _brand(graph: Graph, thing: Thing, reading: Reading) -> str:
    """The brand's name; a link or a logo is none, unless it shows a text."""
    for value in prop(thing, "brand"):
        whole = graph.whole(value) if isinstance(value, dict) else value
        text = word(whole, "name", "legalName")
        if not text and isinstance(whole, dict):
            text = next((each.text for each in prop(whole, "logo") if isinstance(each, Link)), "")
        if "://" in text:
            reading.note(
                "brand",
                say("`{text}` is an address, not a name; it is left out", text=text[:60]),
                Severity.WARNING,
            )
        elif text:
            return text
        elif isinstance(value, Link):
            message = say("`{value}` is a link without a text; it is left out", value=value[:60])
            reading.note("brand", message, Severity.WARNING)
    return ""


def _image(graph: Graph, things: tuple[Thing, ...], around: PageUrls) -> str:
    for thing in things:
        for value in prop(thing, "image"):
            whole = graph.whole(value) if isinstance(value, dict) else value
            text = str(whole).strip() if isinstance(whole, str) else _picture(whole)
            if text:
                return _absolute(text, around)
    return ""


def _picture(thing: Any) -> str:
    if not isinstance(thing, dict):
        return ""
    found = (address(thing, name) for name in ("url", "contentUrl", "@id"))
    return next(filter(None, found), "")


def _absolute(text: str, around: PageUrls) -> str:
    return joined(around.url, text) if text else ""


def _rating(graph: Graph, thing: Thing, reading: Reading) -> Iterator[tuple[str, str]]:
    found = graph.things(thing, "aggregateRating")
    if len({first(each, "ratingValue") for each in found}) > 1:
        message = say("there are several ratings; the first is taken")
        reading.note("rating_value", message, Severity.WARNING)
    for rating in found[:1]:
        yield "review_count", _count(rating, "reviewCount", reading)
        yield "rating_count", _count(rating, "ratingCount", reading)
        yield "rating_value", _scaled(rating, reading)


def _count(rating: Thing, name: str, reading: Reading) -> str:
    """A whole number, also as `1,234` and `3.0`; `1.234` may be either and is reported."""
    text = first(rating, name)
    found = _COUNT(text)
    if text and not found:
        message = say("`{text}` is not a whole number; it is left out", text=text[:40])
        reading.note(PROPERTIES[name], message, Severity.WARNING)
    return re.sub("[^0-9]", "", found[1]) if found else ""


def _scaled(rating: Thing, reading: Reading) -> str:
    """A rating on the scale that ends at 5."""
    text, best, worst = (first(rating, name) for name in ("ratingValue", "bestRating", "worstRating"))
    value, top = _decimal(text), _decimal(best) if best else Decimal(5)
    if text and (value is None or not top or not _is_scale(value, top, worst)):
        message = say(
            "`{text}` is not a rating from {worst} to {best}; it is left out",
            text=text[:40],
            worst=worst[:9] or 0,
            best=best[:9] or 5,
        )
        reading.note("rating_value", message, Severity.WARNING)
        return ""
    if value is None or top is None:
        return ""
    if top == 5 and len(text) <= MAX_RATING:
        return text.replace(",", ".")
    return format((value * 5 / top).quantize(Decimal("0.01")).normalize(), "f")


def _is_scale(value: Decimal, top: Decimal, worst: str) -> bool:
    """Whether a scale begins at 0 or 1 and has a value; 4.5 of 100 is 4.5 of 5 beside a wrong end."""
    begins = _decimal(worst) if worst else Decimal(0)
    return begins is not None and begins <= 1 and value <= top and not (top >= 50 and 0 < value <= 5)


def _decimal(text: str) -> Decimal | None:
    """A small number with a point or a comma; it has no thousands, so `4.956` is plain."""
    return Decimal(text.replace(",", ".")) if _RATING(text) else None


def _categories(graph: Graph, thing: Thing) -> list[str]:
    """Paths from the product's own `category`; a taxonomy's address is none."""
    values = (graph.whole(value) if isinstance(value, dict) else value for value in prop(thing, "category"))
    texts = [word(value, "name") for value in values]
    return [_levels(text) for text in texts if text and "://" not in text]


def _levels(text: str) -> str:
    return convert.levels(text, ">" if ">" in text else "/")
