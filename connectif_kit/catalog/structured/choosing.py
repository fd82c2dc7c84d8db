"""Which of several offers counts, and which of an offer's amounts is the price."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Protocol

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import both, say
from connectif_kit.core.records import dataclass

CHOICE = """\
Of an offer's amounts the price is
  1. a SalePrice in `priceSpecification`: it is what is charged now;
  2. else `price`, or `lowPrice` of an AggregateOffer;
  3. else the one specification without a type and a condition.
ListPrice, StrikethroughPrice, MSRP, and what is struck out with <del> or <s>, is the price before.
Charges for delivery and payment, instalments and subscriptions (billingDuration, priceComponentType),
deposits, invoice prices, and prices for members, for a kilogram or for ten are never the price.

Of several offers counts
  1. one that sells the product to anybody: no lease, no rental, no price for members, resellers or packs;
  2. new before used, since a visitor who reads no condition expects a new product;
  3. the store's currency: an amount in another one would be read as the store's;
  4. what can be bought before what is sold out, since its price is the one that is paid;
  5. a price before 0, which shops write where they have none;
  6. the lowest, as in "from 12.50"; that there are others is reported.
What holds on other days only (validFrom, validThrough, priceValidUntil) gives way to what holds today; a
SalePrice of 0, or above the `price`, counts on no day.

An offer whose `price` has two different values is refused, and so is a price that can be read in two ways."""


class Say(Protocol):
    """Tell of a property (its HTML name) what is wrong, and how bad that is.

    `final`: what the page offers is understood and is not a price of this shop; no other format is asked.
    """

    def __call__(self, name: str, message: str, severity: Severity, *, final: bool = False) -> None:
        """Tell it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Prices as plain decimals, empty where not given; `top` is the other end of a range.

    `money` holds the currencies that are named, `excluded` why it is not a sale to everybody; `holds`
    whether its price is one of today.
    """

    now: str = ""
    before: str = ""
    without_vat: str = ""
    top: str = ""
    money: frozenset[str] = frozenset()
    stock: str = ""
    used: bool = False
    excluded: str = ""
    holds: bool = True

    @property
    def currency(self) -> str:
        """The one currency that is named; empty where there is none or a sign of several."""
        return next(iter(self.money)) if len(self.money) == 1 else ""


def chosen(found: list[Offer], currency: str, note: Say) -> Offer:
    """The offer that counts, as `CHOICE` says; availability alone where none has a price."""
    sold = [offer for offer in found if not offer.excluded]
    if found and not sold:
        reasons = both(dict.fromkeys(offer.excluded for offer in found))
        note("unit_price", say("the only price is {reasons}", reasons=reasons), Severity.ERROR, final=True)
        return Offer()
    priced = _preferred([offer for offer in sold if offer.now], lambda offer: not offer.used)
    priced = _in_currency(priced, currency, note)
    priced = _preferred(priced, lambda offer: offer.holds)
    priced = _preferred(priced, lambda offer: offer.stock != "OutOfStock")
    priced = _preferred(priced, lambda offer: Decimal(offer.now) != 0)
    if not priced:
        return Offer(stock=_stock_of(sold))
    return replace(_lowest(priced, note), stock=_stock_of(priced))


def _preferred(found: list[Offer], good: Any) -> list[Offer]:
    return [offer for offer in found if good(offer)] or found


def _stock_of(found: list[Offer]) -> str:
    return next((each for each in ("InStock", "OutOfStock") if any(o.stock == each for o in found)), "")


def _lowest(priced: list[Offer], note: Say) -> Offer:
    lowest = min(priced, key=lambda offer: Decimal(offer.now))
    highest = max((text for offer in priced for text in (offer.now, offer.top) if text), key=Decimal)
    if Decimal(highest) != Decimal(lowest.now):
        note(
            "unit_price",
            say("prices from {now} to {highest}; the lowest is taken", now=lowest.now, highest=highest),
            Severity.WARNING,
        )
    if not lowest.holds:
        note("unit_price", say("it holds on other days than today; it is taken"), Severity.NOTICE)
    if Decimal(lowest.now) == 0:
        note("unit_price", say("the price is 0"), Severity.WARNING)
    return replace(lowest, top=highest)


def _in_currency(priced: list[Offer], currency: str, note: Say) -> list[Offer]:
    """The offers in the store's currency; those that name none are taken for it."""
    named = sorted({"/".join(sorted(offer.money)[:3]) for offer in priced if offer.money})
    if currency:
        same = [offer for offer in priced if not offer.money or currency in offer.money]
        if priced and not same:
            message = say(
                "the price is in {named}, the store's currency is {currency}",
                named=both(named),
                currency=currency,
            )
            note("unit_price", message, Severity.ERROR, final=True)
        return same
    if len(named) > 1:
        message = say("prices in {named}; `store.currency` must say which is the shop's", named=both(named))
        note("unit_price", message, Severity.ERROR, final=True)
        return []
    return priced
