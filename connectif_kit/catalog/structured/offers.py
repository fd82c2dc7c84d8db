"""What a product costs and whether it can be bought: offers in all their forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from connectif_kit.catalog import convert
from connectif_kit.catalog.fields import availability
from connectif_kit.catalog.structured.graph import Graph, Thing, first, kinds, name_of, word
from connectif_kit.catalog.structured.microdata import short
from connectif_kit.diagnostics import Severity

Say: TypeAlias = Callable[[str, str, Severity], None]
"""Tell of a property (its HTML name) what is wrong, and how bad that is."""

LIST_PRICES = ("ListPrice", "StrikethroughPrice", "MSRP", "SRP", "RegularPrice")
CONDITIONAL = ("validForMemberTier", "referenceQuantity", "eligibleQuantity")
"""Prices for members, for a kilogram, for ten: not what one unit costs everybody."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Prices as plain decimals, empty where not given; `top` is the other end of a range."""

    now: str = ""
    before: str = ""
    without_vat: str = ""
    top: str = ""
    currency: str = ""
    stock: str = ""


def offers(graph: Graph, thing: Thing, say: Say) -> Iterator[Offer]:
    """A thing's offers, those inside an aggregate one by one."""
    for offer in graph.things(thing, "offers"):
        inner = [each for each in graph.things(offer, "offers") if _priced(graph, each)]
        if inner and "AggregateOffer" in kinds(offer):
            yield from (_offer(graph, each, say) for each in inner)
        else:
            yield _offer(graph, offer, say)


def chosen(found: list[Offer], currency: str, say: Say) -> Offer:
    """What to say of several offers: the lowest price in the shop's currency, and in stock if any is."""
    stock = next((word for word in ("InStock", "OutOfStock") if any(o.stock == word for o in found)), "")
    priced = [offer for offer in found if offer.now]
    priced = _in_currency(priced, currency, say)
    if not priced:
        return Offer(stock=stock)
    lowest = min(priced, key=lambda offer: Decimal(offer.now))
    highest = max((text for offer in priced for text in (offer.now, offer.top) if text), key=Decimal)
    if Decimal(highest) != Decimal(lowest.now):
        say("unit_price", f"prices from {lowest.now} to {highest}; the lowest is taken", Severity.WARNING)
    return Offer(lowest.now, lowest.before, lowest.without_vat, highest, lowest.currency, stock)


def _in_currency(priced: list[Offer], currency: str, say: Say) -> list[Offer]:
    named = sorted({offer.currency for offer in priced if offer.currency})
    if currency:
        same = [offer for offer in priced if offer.currency in ("", currency)]
        if priced and not same:
            message = f"the price is in {' and '.join(named)}, the store's currency is {currency}"
            say("unit_price", message, Severity.ERROR)
        return same
    if len(named) > 1:
        message = f"prices in {' and '.join(named)}; `store.currency` must say which is the shop's"
        say("unit_price", message, Severity.ERROR)
        return []
    return priced


def _priced(graph: Graph, offer: Thing) -> bool:
    return bool(
        first(offer, "price") or first(offer, "lowPrice") or graph.things(offer, "priceSpecification")
    )


def _offer(graph: Graph, offer: Thing, say: Say) -> Offer:
    specified = [
        spec
        for spec in graph.things(offer, "priceSpecification")
        if not any(name in spec for name in CONDITIONAL)
    ]
    written = first(offer, "price") or first(offer, "lowPrice")
    now, before, without_vat, top = _prices(specified, written, say)
    currencies = [first(each, "priceCurrency") for each in (offer, *specified)]
    return Offer(
        now,
        before,
        without_vat,
        top or _amount(first(offer, "highPrice"), say),
        next(filter(None, currencies), "").upper(),
        _stock(offer, say),
    )


def _prices(specified: list[Thing], written: str, say: Say) -> tuple[str, str, str, str]:
    """What is charged now, what was before, what it is without taxes, and the end of a range."""
    listed = sale = plain = net = top = ""
    for spec in specified:
        kind = short(word(first(spec, "priceType")))
        amount = _amount(first(spec, "price") or first(spec, "minPrice"), say)
        top = top or _amount(first(spec, "maxPrice"), say)
        if kind in LIST_PRICES:
            listed = listed or amount
        elif kind == "SalePrice":
            sale = sale or amount
        elif first(spec, "valueAddedTaxIncluded").lower() in ("false", "0"):
            net = net or amount
        else:
            plain = plain or amount
    now = sale or (_amount(written, say) if written else "") or plain or net or listed
    reduced = bool(listed and now and Decimal(listed) > Decimal(now))
    without_vat = net if net and now and Decimal(net) < Decimal(now) else ""
    return now, listed if reduced else "", without_vat, top


def _amount(text: str, say: Say) -> str:
    """A price as a plain decimal; one that can be read in two ways is told, not guessed."""
    if not text:
        return ""
    number = convert.number(text)
    if number and not number.startswith("-"):
        return number
    why = "may mean two different prices" if convert.ambiguous(text) else "is no price"
    say("unit_price", f"`{text[:40]}` {why}; expected a number such as 1234.50", Severity.ERROR)
    return ""


def _stock(offer: Thing, say: Say) -> str:
    text = first(offer, "availability", "@id", "name") or _named(offer)
    found = availability(text)
    if text and not found:
        say("availability", f"`{text[:60]}` is no availability; it is left out", Severity.WARNING)
    return found


def _named(offer: Thing) -> str:
    """An availability that is written as a reference, `{"@id": "https://schema.org/InStock"}`."""
    value = offer.get("availability")
    return name_of(value) if isinstance(value, dict) else ""
