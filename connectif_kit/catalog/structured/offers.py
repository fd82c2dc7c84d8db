"""What a product costs and whether it can be bought: offers in all their forms.

Which of several offers counts, and which of an offer's amounts is the price, stands in `CHOICE`,
which `connectif-kit explain offers` shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from connectif_kit.catalog.price import ambiguous, currencies, maybe_thousands, number
from connectif_kit.catalog.spelling import availability
from connectif_kit.catalog.structured.conditions import exclusion_of, is_conditional
from connectif_kit.catalog.structured.graph import Graph, Thing, addresses, first, items, kinds, prop, word
from connectif_kit.catalog.structured.microdata import short
from connectif_kit.catalog.structured.money import currencies_of, named_either
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import both, say
from connectif_kit.core.records import dataclass
from connectif_kit.vocabulary.currencies import THREE_DECIMALS

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

An offer whose `price` has two different values is refused, and so is a price that can be read in two ways."""


LISTED = ("ListPrice", "RegularPrice")


BEFORE = (*LISTED, "StrikethroughPrice", "MSRP", "SRP")


INSTALMENT = ("billingDuration", "billingIncrement", "billingStart", "priceComponentType")


CHARGES = {"DeliveryChargeSpecification", "PaymentChargeSpecification"}


USED = ("UsedCondition", "RefurbishedCondition", "DamagedCondition", "Used", "Refurbished", "Damaged")
MOST_DECIMALS = 8


class Say(Protocol):
    """Tell of a property (its HTML name) what is wrong, and how bad that is.

    `final`: what the page offers is understood and is not a price of this shop; no other format is asked.
    """

    def __call__(self, name: str, message: str, severity: Severity, *, final: bool = False) -> None:
        """Tell it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Prices as plain decimals, empty where not given; `top` is the other end of a range.

    `money` holds the currencies that are named, `excluded` why it is not a sale to everybody.
    """

    now: str = ""
    before: str = ""
    without_vat: str = ""
    top: str = ""
    money: frozenset[str] = frozenset()
    stock: str = ""
    used: bool = False
    excluded: str = ""

    @property
    def currency(self) -> str:
        """The one currency that is named; empty where there is none or a sign of several."""
        return next(iter(self.money)) if len(self.money) == 1 else ""


class Amount(NamedTuple):
    """One amount as it is written, and the currencies that stand with it."""

    text: str
    money: frozenset[str]


@dataclass(slots=True)
class _Prices:
    """The amounts of an offer's specifications by what they are; `charges` are instalments and deposits."""

    before: str = ""
    listed: str = ""
    sale: str = ""
    net: str = ""
    top: str = ""
    plain: list[str] = field(default_factory=list)
    charges: list[str] = field(default_factory=list)
    money: frozenset[str] = frozenset()


def offers(graph: Graph, thing: Thing, note: Say, currency: str = "") -> Iterator[Offer]:
    """A thing's offers, those inside an aggregate one by one; `currency` is the store's."""
    reader = _Reader(graph, currency, note)
    for offer in graph.things(thing, "offers"):
        inner = [each for each in graph.things(offer, "offers") if _priced(graph, each)]
        for each in inner or [offer]:
            yield reader.offer(each)


def chosen(found: list[Offer], currency: str, note: Say) -> Offer:
    """The offer that counts, as `CHOICE` says; availability alone where none has a price."""
    sold = [offer for offer in found if not offer.excluded]
    if found and not sold:
        reasons = both(dict.fromkeys(offer.excluded for offer in found))
        note("unit_price", say("the only price is {reasons}", reasons=reasons), Severity.ERROR, final=True)
        return Offer()
    priced = _preferred([offer for offer in sold if offer.now], lambda offer: not offer.used)
    priced = _in_currency(priced, currency, note)
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


def _priced(graph: Graph, offer: Thing) -> bool:
    return bool(prop(offer, "price") or prop(offer, "lowPrice") or graph.things(offer, "priceSpecification"))


class _Reader:
    """Reads the offers of one product."""

    def __init__(self, graph: Graph, currency: str, note: Say) -> None:
        self.graph = graph
        self.currency = currency
        self.note = note

    def offer(self, offer: Thing) -> Offer:
        """One offer; what is doubtful about its price is reported."""
        excluded = exclusion_of(offer)
        specified = self.specified(offer) if not excluded else _Prices()
        written = self.amount(offer, "price") or self.amount(offer, "lowPrice") if not excluded else None
        now = self.now(specified, written)
        self.compare_shown(offer, written.text if written else "")
        before = specified.before or specified.listed or self.struck(offer)
        reduced = bool(before and now and Decimal(before) > Decimal(now))
        net = specified.net if specified.net and now and Decimal(specified.net) < Decimal(now) else ""
        top = self.amount(offer, "highPrice") if not excluded else None
        return Offer(
            now,
            before if reduced else "",
            net,
            specified.top or (top.text if top else ""),
            self.money(offer, written) or specified.money,
            self.stock(offer),
            any(short(word(each)) in USED for each in addresses(offer, "itemCondition", "@id", "name")),
            excluded,
        )

    def money(self, offer: Thing, written: Amount | None) -> frozenset[str]:
        """The currencies that an offer may be in; a price that contradicts its offer is refused."""
        named = currencies_of(first(offer, "priceCurrency"))
        own = written.money if written else frozenset()
        if named and own and not named & own:
            self.note(
                "unit_price",
                say("the price is in {own} and in {named}", own=named_either(own), named=named_either(named)),
                Severity.ERROR,
            )
        return named & own or named or own

    def now(self, found: _Prices, written: Amount | None) -> str:
        """What is charged now."""
        text = written.text if written else ""
        if text and found.charges and (Decimal(text) == 0 or text in found.charges):
            message = say("`{text}` is what is paid at once or each time, not the price", text=text)
            self.note("unit_price", message, Severity.ERROR, final=True)
            return ""
        self.compare(found, text)
        plain = found.sale or text
        if not plain and len({Decimal(each) for each in found.plain}) > 1:
            message = say(
                "it has several prices, {plain}, and nothing says which counts", plain=", ".join(found.plain)
            )
            self.note("unit_price", message, Severity.ERROR)
            return ""
        return plain or next(iter(found.plain), "") or self.last_resort(found)

    def compare(self, found: _Prices, text: str) -> None:
        """Tell of a `price` that its specifications contradict; the price before may stand there too."""
        known = [found.sale, found.before, found.listed, *([] if found.sale else found.plain)]
        against = found.sale or next(iter(found.plain), "")
        if text and against and all(Decimal(text) != Decimal(each) for each in known if each):
            taken = found.sale or text
            message = say(
                "`price` is {text} and its specification {against}; {taken} is taken",
                text=text,
                against=against,
                taken=taken,
            )
            self.note("unit_price", message, Severity.WARNING)

    def compare_shown(self, offer: Thing, text: str) -> None:
        """Tell of a price that is another number to readers than to machines."""
        for each in items(offer.get("@shown")):
            shown = number(each) if isinstance(each, str) else ""
            if text and shown and Decimal(shown) != Decimal(text):
                message = say(
                    "`price` is {text}, and the page shows `{shown}`; {text} is taken",
                    text=text,
                    shown=each[:40],
                )
                self.note("unit_price", message, Severity.WARNING)

    def last_resort(self, found: _Prices) -> str:
        """Where an offer has no price of the usual kind."""
        if found.net:
            self.note(
                "unit_price",
                say("{net} is a price without VAT; it is taken", net=found.net),
                Severity.WARNING,
            )
        elif found.listed:
            self.note(
                "unit_price",
                say("{listed} is a list price; it is taken", listed=found.listed),
                Severity.WARNING,
            )
        elif found.charges:
            self.note("unit_price", say("there are only instalments or charges"), Severity.ERROR, final=True)
        elif found.before:
            self.note(
                "unit_price",
                say("{before} is the price before, and there is none now", before=found.before),
                Severity.ERROR,
            )
        return found.net or found.listed

    def specified(self, offer: Thing) -> _Prices:
        """The amounts of `priceSpecification`, those in another currency aside."""
        out = _Prices()
        found = []
        for spec in self.graph.things(offer, "priceSpecification"):
            money = currencies_of(first(spec, "priceCurrency"))
            foreign = money and self.currency and self.currency not in money
            found.append((foreign, spec, money))
        kept = [each for each in found if not each[0]] or found
        for _, spec, money in kept:
            out.money = out.money or money
            self.sort(spec, out)
        return out

    def sort(self, spec: Thing, out: _Prices) -> None:
        """Put an amount to what it is."""
        amount = self.amount(spec, "price") or self.amount(spec, "minPrice")
        text = amount.text if amount else ""
        kind = short(next(iter(addresses(spec, "priceType", "@id", "name")), ""))
        if any(prop(spec, name) for name in INSTALMENT):
            out.charges += [text] if text else []
        elif not text or kinds(spec) & CHARGES or is_conditional(spec):
            return
        elif kind in BEFORE:
            out.listed = out.listed or (text if kind in LISTED else "")
            out.before = out.before or ("" if kind in LISTED else text)
        elif kind == "SalePrice":
            out.sale = out.sale or text
        elif not kind and first(spec, "valueAddedTaxIncluded").lower() in ("false", "0"):
            out.net = out.net or text
        elif not kind:
            out.plain.append(text)
            top = self.amount(spec, "maxPrice")
            out.top = out.top or (top.text if top else "")

    def struck(self, offer: Thing) -> str:
        """What is struck out on the page."""
        texts = (number(text) for text in items(offer.get("@struck")) if isinstance(text, str))
        return next(filter(None, texts), "")

    def amount(self, thing: Thing, name: str) -> Amount | None:
        """A property's one amount; nothing where there is none, or where it cannot be relied on."""
        read = [each for value in prop(thing, name) if (each := self.value(value, thing))]
        different = list(dict.fromkeys(each.text for each in read))
        if len({Decimal(text) for text in different}) > 1:
            message = say(
                "`{name}` has several values, {different}, and nothing says which counts",
                name=name,
                different=", ".join(different),
            )
            self.note("unit_price", message, Severity.ERROR)
            return None
        return read[0] if read else None

    def value(self, value: Any, thing: Thing) -> Amount | None:
        """A value as an amount: a text, a number, or a MonetaryAmount."""
        text = word(value, "value", "price")
        if not text:
            return None
        money = currencies(text)
        if isinstance(value, dict) and not money:
            money = currencies_of(first(value, "currency") or first(value, "priceCurrency"))
        plain = self.plain(text, currencies_of(first(thing, "priceCurrency")) or money)
        return Amount(plain, money) if plain else None

    def plain(self, text: str, money: frozenset[str]) -> str:
        """A price as a plain decimal; one that can be read in two ways is reported, not guessed."""
        exact = (money or {self.currency}) & THREE_DECIMALS
        plain = text if maybe_thousands(text) and exact else number(text)
        if plain and not plain.startswith("-"):
            return _rounded(plain)
        shown = text[:40]
        why = (
            say("`{text}` may mean two different prices; expected a number such as 1234.50", text=shown)
            if ambiguous(text)
            else say("`{text}` is not a price; expected a number such as 1234.50", text=shown)
        )
        self.note("unit_price", why, Severity.ERROR)
        return ""

    def stock(self, offer: Thing) -> str:
        """Whether it can be bought; several words must agree."""
        texts = addresses(offer, "availability", "@id", "name")
        words = {availability(text): text for text in texts}
        if len(words) > 1:
            said = both(f"`{text[:60]}`" for text in words.values())
            self.note("availability", say("it is {said}; it is left out", said=said), Severity.WARNING)
            return ""
        if "" in words:
            message = say("`{words}` is not an availability; it is left out", words=words[""][:60])
            self.note("availability", message, Severity.WARNING)
        return next(iter(words), "")


def _rounded(plain: str) -> str:
    """`19.990000000000002` is what binary fractions made of 19.99; the browser takes it so too."""
    if len(plain.partition(".")[2]) <= MOST_DECIMALS:
        return plain
    return format(round(Decimal(plain), 6).normalize(), "f")
