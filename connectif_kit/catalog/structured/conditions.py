"""Offers and amounts that are not what everybody pays for one piece."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from connectif_kit.catalog.price import number
from connectif_kit.catalog.structured.graph import Thing, addresses, first, kinds, prop, word
from connectif_kit.catalog.structured.microdata import short
from connectif_kit.core.messages import say

CONDITIONAL = ("validForMemberTier", "eligibleTransactionVolume")


TRADE = ("Business", "Reseller", "PublicInstitution")


PIECES = ("", "C62", "H87", "EA", "PCE", "NMP")


def exclusion_of(offer: Thing) -> str:
    """Why an offer is not a sale of one piece to everybody; empty where it is one."""
    if "Demand" in kinds(offer):
        return say("what somebody wants to buy it for")
    function = next(iter(addresses(offer, "businessFunction", "@id", "name")), "").rpartition("#")[2]
    if "OfferForLease" in kinds(offer) or short(function) not in ("", "Sell", "ProvideService"):
        return say("for a lease or a rental")
    if prop(offer, "validForMemberTier"):
        return say("for members")
    customers = [short(each) for each in addresses(offer, "eligibleCustomerType", "@id", "name")]
    if customers and all(each.rpartition("#")[2] in TRADE for each in customers):
        return say("for business customers")
    return say("for several pieces") if _several(offer) else ""


def is_conditional(spec: Thing) -> bool:
    """Whether an amount is for members, for a kilogram, for ten: not what one unit costs everybody."""
    return any(prop(spec, name) for name in CONDITIONAL) or _several(spec) or _per_unit(spec)


def _several(thing: Thing) -> bool:
    for quantity in prop(thing, "eligibleQuantity"):
        least = number(word(quantity, "minValue", "value"))
        if least and Decimal(least) > 1:
            return True
    return False


def _per_unit(spec: Thing) -> bool:
    """A price per kilogram; with a `valueReference` it is that of the whole product, as Google has it."""
    for reference in prop(spec, "referenceQuantity"):
        if isinstance(reference, dict) and not prop(reference, "valueReference"):
            amount, unit = word(reference, "value"), first(reference, "unitCode").upper()
            return unit not in PIECES or amount not in ("", "1", "1.0")
    return False


def is_net(thing: Thing) -> bool:
    """Whether an amount is said to be without VAT."""
    return short(first(thing, "valueAddedTaxIncluded")).lower() in ("false", "0")


def holds_on(thing: Thing, today: date) -> bool:
    """Whether a price that is for some days only holds today; a day that cannot be read does not count."""
    begins, ends = _day(thing, "validFrom"), _day(thing, "validThrough") or _day(thing, "priceValidUntil")
    return (begins is None or begins <= today) and (ends is None or today <= ends)


def _day(thing: Thing, name: str) -> date | None:
    try:
        return date.fromisoformat(first(thing, name)[:10])
    except ValueError:
        return None
