"""What a product costs and whether it can be bought: offers in all their forms.

Which of several offers counts, and which of an offer's amounts is the price, stands in `choosing.CHOICE`,
which `connectif-kit explain offers` shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from connectif_kit.catalog.amounts import why_passed
from connectif_kit.catalog.price import (
    ambiguous,
    contradictory,
    currencies,
    maybe_thousands,
    number,
    without_noise,
)
from connectif_kit.catalog.spelling import availability
from connectif_kit.catalog.structured.choosing import Offer, Say
from connectif_kit.catalog.structured.conditions import exclusion_of, holds_on, is_conditional, is_net
from connectif_kit.catalog.structured.graph import Graph, Thing, addresses, first, items, kinds, prop, word
from connectif_kit.catalog.structured.microdata import short
from connectif_kit.catalog.structured.money import currencies_of, named_either
from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import both, say
from connectif_kit.core.records import dataclass
from connectif_kit.vocabulary.currencies import THREE_DECIMALS

LISTED = ("ListPrice", "RegularPrice")


BEFORE = (*LISTED, "StrikethroughPrice", "MSRP", "SRP")


INSTALMENT = ("billingDuration", "billingIncrement", "billingStart", "priceComponentType")


CHARGES = {"DeliveryChargeSpecification", "PaymentChargeSpecification"}


USED = ("UsedCondition", "RefurbishedCondition", "DamagedCondition", "Used", "Refurbished", "Damaged")


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


def offers(graph: Graph, thing: Thing, note: Say, currency: str, today: date) -> Iterator[Offer]:
    """A thing's offers, those inside an aggregate one by one; `currency` is the store's."""
    for offer in graph.things(thing, "offers"):
        inner = [each for each in graph.things(offer, "offers") if _priced(graph, each)]
        for each in inner or [offer]:
            around = (each, offer, thing)
            yield _Reader(graph, currency, note, today, _named(around, note)).offer(each)


def _named(around: Iterable[Thing], note: Say) -> frozenset[str]:
    """The currency that an offer names, or else what it stands in; several are a contradiction."""
    texts = next((found for thing in around if (found := prop(thing, "priceCurrency"))), [])
    found = [currencies_of(text) for each in texts if (text := word(each))]
    common = frozenset.intersection(*found) if found else frozenset()
    if found and not common:
        several = both(sorted({named_either(each) for each in found}))
        note("unit_price", say("its currency is {several} at once", several=several), Severity.ERROR)
    return common


def _priced(graph: Graph, offer: Thing) -> bool:
    return bool(prop(offer, "price") or prop(offer, "lowPrice") or graph.things(offer, "priceSpecification"))


class _Reader:
    """Reads the offers of one product."""

    def __init__(self, graph: Graph, currency: str, note: Say, today: date, named: frozenset[str]) -> None:
        self.graph = graph
        self.currency = currency
        self.note = note
        self.today = today
        self.named = named

    def offer(self, offer: Thing) -> Offer:
        """One offer; what is doubtful about its price is reported."""
        excluded = exclusion_of(offer)
        specified = self.specified(offer) if not excluded else _Prices()
        written = self.written(offer) if not excluded else None
        now = self.now(specified, written)
        self.compare_shown(offer, written.text if written else "")
        before = specified.before or specified.listed or self.struck(offer)
        reduced = bool(before and now and Decimal(before) > Decimal(now))
        self.compare_before(now, before)
        net = self.net(offer, specified.net, now)
        top = self.amount(offer, "highPrice") if not excluded else None
        if now and top and Decimal(top.text) < Decimal(now):
            self.note("unit_price", _exchanged(now, top.text), Severity.ERROR)
        return Offer(
            now,
            before if reduced else "",
            net,
            specified.top or (top.text if top else ""),
            self.money(written) or specified.money,
            self.stock(offer),
            any(short(word(each)) in USED for each in addresses(offer, "itemCondition", "@id", "name")),
            excluded,
            holds_on(offer, self.today),
        )

    def written(self, offer: Thing) -> Amount | None:
        """`price`, or `lowPrice` of an aggregate; where it has both, they should agree."""
        price, low = self.amount(offer, "price"), self.amount(offer, "lowPrice")
        if price and low and Decimal(price.text) != Decimal(low.text):
            message = say(
                "`price` is {price} and `lowPrice` {low}; {price} is taken", price=price.text, low=low.text
            )
            self.note("unit_price", message, Severity.WARNING)
        return price or low

    def net(self, offer: Thing, specified: str, now: str) -> str:
        """The price without VAT; the price itself may be said to be one."""
        if now and (is_net(offer) or (specified and Decimal(specified) == Decimal(now))):
            message = say("{now} is said to be a price without VAT", now=now)
            self.note("unit_price", message, Severity.NOTICE)
        return specified if specified and now and Decimal(specified) < Decimal(now) else ""

    def money(self, written: Amount | None) -> frozenset[str]:
        """The currencies that an offer may be in; a price that contradicts its offer is refused."""
        named = self.named
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
        self.drop_sale(found, text)
        self.compare(found, text)
        plain = found.sale or text
        if not plain and len({Decimal(each) for each in found.plain}) > 1:
            message = say(
                "it has several prices, {plain}, and nothing says which counts", plain=", ".join(found.plain)
            )
            self.note("unit_price", message, Severity.ERROR)
            return ""
        return plain or next(iter(found.plain), "") or self.last_resort(found)

    def drop_sale(self, found: _Prices, text: str) -> None:
        """A SalePrice of 0, or above the price, counts on no day."""
        names, texts = ("SalePrice", "price"), (found.sale, text or found.listed or found.before)
        if found.sale and (why := why_passed(names, texts)):
            self.note("unit_price", why, Severity.WARNING)
            found.sale = ""

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

    def compare_before(self, now: str, before: str) -> None:
        """Tell of a price before that is less than the price: they may be exchanged."""
        if now and before and 0 < Decimal(before) < Decimal(now):
            message = say("the price before, {before}, is less than the price, {now}", before=before, now=now)
            self.note("unit_price_original", message, Severity.WARNING)

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
            money = currencies(each) if isinstance(each, str) else frozenset()
            if text and self.named and money and not money & self.named:
                message = say(
                    "it is in {named}, and the page shows `{shown}`",
                    named=named_either(self.named),
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
        elif any(kinds(each) & CHARGES for each in self.graph.things(spec, "priceComponent")):
            message = say("{text} includes charges for delivery or payment", text=text)
            self.note("unit_price", message, Severity.ERROR, final=True)
        elif kind in BEFORE:
            out.listed = out.listed or (text if kind in LISTED else "")
            out.before = out.before or ("" if kind in LISTED else text)
        elif kind == "SalePrice":
            out.sale = out.sale or (text if holds_on(spec, self.today) else "")
        elif not kind and is_net(spec):
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
        if several := contradictory(text):
            self.note("unit_price", say("its currency is {several} at once", several=several), Severity.ERROR)
            return None
        money = currencies(text)
        if isinstance(value, dict) and not money:
            money = currencies_of(first(value, "currency") or first(value, "priceCurrency"))
        plain = self.plain(text, currencies_of(first(thing, "priceCurrency")) or self.named or money)
        return Amount(plain, money) if plain else None

    def plain(self, text: str, money: frozenset[str]) -> str:
        """A price as a plain decimal; one that can be read in two ways is reported, not guessed."""
        exact = (money or {self.currency}) & THREE_DECIMALS
        plain = text if maybe_thousands(text) and exact else number(text)
        if plain and not plain.startswith("-"):
            return without_noise(plain)
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


def _exchanged(low: str, high: str) -> str:
    return say("the lowest price, {low}, is more than the highest, {high}", low=low, high=high)
