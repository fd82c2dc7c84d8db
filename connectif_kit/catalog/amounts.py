"""A product's amounts beside each other: the one of several that is its price, and what contradicts it.

A price of 0 is what shops write where they have none, and a reduced price above the regular one counts
in no shop system. So the next place that has a price is asked, and that is reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from connectif_kit.catalog.values import Data
from connectif_kit.core.messages import say
from connectif_kit.vocabulary.model import Value

_ROUNDED = Decimal("0.5")
"""A shop that rounds its discounts to whole units is not wrong."""
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]+)?").fullmatch
_REDUCED = re.compile(
    r"sale|special|offer(?!s\b)|promo|reduced|discount|deal|clearance|oferta|rebaj|angebot|sonderpreis|aktion"
    r"|solde|scont|aanbieding",
    re.IGNORECASE,
)


def is_zero(text: object) -> bool:
    """Whether a plain decimal is 0."""
    return isinstance(text, str) and text[:1] == "0" and not text.strip("0.")


class Choice:
    """The one of several places that has a product's price; `names` are what they are called."""

    def __init__(
        self, names: Sequence[str], made: Callable[[Data], list[object]], raw: Callable[[Data], list[object]]
    ) -> None:
        self.names = names
        self.made = made
        self.raw = raw

    def read(self, data: Data) -> object:
        """The price."""
        texts = self.made(data)
        return texts[_taken(self.names, texts)]

    def untouched(self, data: Data) -> object:
        """The same, before anything was made of it."""
        return self.raw(data)[_taken(self.names, self.made(data))]

    def passed(self, data: Data) -> str:
        """Why the first that is filled does not count; empty where it does."""
        return why_passed(self.names, self.made(data))


def why_passed(names: Sequence[str], texts: Sequence[object]) -> str:
    """Why the first of several prices that is filled does not count; empty where it does."""
    first, taken = _first(texts), _taken(names, texts)
    if first == taken:
        return ""
    one, other = names[first], names[taken]
    if is_zero(texts[first]):
        return say("a price of 0 (`{one}`) is taken as none: `{other}` counts", one=one, other=other)
    return say(
        "the reduced price `{one}`, {high}, is more than `{other}`, {low}, which counts",
        one=one,
        high=texts[first],
        other=other,
        low=texts[taken],
    )


@lru_cache(maxsize=256)  # few names, many products
def is_reduced(name: str) -> bool:
    """Whether a place is called as a reduced price is: `sale_price`."""
    return _REDUCED.search(name) is not None


def _taken(names: Sequence[str], texts: Sequence[object]) -> int:
    """The first price that is no reduced one above a regular one; what is no price is refused later."""
    first = _first(texts)
    is_none = is_zero(texts[first])
    if not is_none and not (is_reduced(names[first]) and _is_price(texts[first])):
        return first
    for place in range(first, len(texts)):
        if _is_price(texts[place]) and not _is_above(place, names, texts):
            return place
    return first


def _is_above(place: int, names: Sequence[str], texts: Sequence[object]) -> bool:
    """Whether a price is called a reduced one, and is more than a regular one that comes after it."""
    if not is_reduced(names[place]):
        return False
    for other in range(place + 1, len(texts)):
        regular = texts[other]
        if not is_reduced(names[other]) and _is_price(regular) and less(str(regular), str(texts[place])):
            return True
    return False


def _first(texts: Sequence[object]) -> int:
    return next((n for n, text in enumerate(texts) if text not in (None, "")), 0)


def _is_price(text: object) -> bool:
    return isinstance(text, str) and _PLAIN(text) is not None and not is_zero(text)


def settle(out: dict[str, Value]) -> Sequence[tuple[str, str]]:
    """Take out what contradicts a product's price, and add the discount; what is to be said, by property."""
    now = out.get("unit_price")
    if type(now) is not str:
        return ()
    before, net = out.get("unit_price_original"), out.get("unit_price_without_vat")
    said: list[tuple[str, str]] = [("unit_price", say("the price is 0"))] if is_zero(now) else []
    if type(before) is str:
        if "discounted_percentage" in out or "discounted_amount" in out or not (more := less(now, before)):
            said += _compare(out, now, before)
        else:
            out["discounted_amount"] = more
    if type(net) is str and less(now, net):
        del out["unit_price_without_vat"]
        message = say("the price without taxes, {net}, is more than the price, {now}", net=net, now=now)
        said.append(("unit_price_without_vat", message))
    return said


def _compare(out: dict[str, Value], now: str, before: str) -> Iterator[tuple[str, str]]:
    """The difference of both prices, exact; a price that is not reduced has no original."""
    difference = less(now, before)
    if not difference:
        del out["unit_price_original"]
        if not is_zero(before) and less(before, now):
            message = say("the price before, {before}, is less than the price, {now}", before=before, now=now)
            yield "unit_price_original", message
        return
    given = out.setdefault("discounted_amount", difference)
    if given != difference and abs(Decimal(str(given)) - Decimal(difference)) > _ROUNDED:
        out["discounted_amount"] = difference
        message = say(
            "it is {given}, and {before} less {now} is {difference}, which is taken",
            given=given,
            before=before,
            now=now,
            difference=difference,
        )
        yield "discounted_amount", message
    yield from _compare_percentage(out, now, before)


def _compare_percentage(out: dict[str, Value], now: str, before: str) -> Iterator[tuple[str, str]]:
    """A percentage that is rounded is right; one that is another is not."""
    given = out.get("discounted_percentage")
    real = 100 * (1 - Decimal(now) / Decimal(before))
    if isinstance(given, str) and abs(Decimal(given) - real) > 1:
        del out["discounted_percentage"]
        message = say(
            "it is {given}, and from {before} to {now} it is {real}",
            given=given,
            before=before,
            now=now,
            real=f"{real:.2f}",
        )
        yield "discounted_percentage", message


@lru_cache(maxsize=10_000)  # few prices, many products
def less(one: str, other: str) -> str:
    """By how much a price is less than another, exact; empty where it is not."""
    difference = Decimal(other) - Decimal(one)
    return format(difference, "f") if difference > 0 else ""


def of_line(out: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """What is wrong with what a line of a cart or an order costs: it is its quantity times its unit price."""
    quantity, unit, price = (_decimal(out.get(name)) for name in ("quantity", "unit_price", "price"))
    if quantity is None or unit is None or price is None:
        return
    if abs(quantity * unit - price) > Decimal("0.005") * (quantity + 1):
        message = say(
            "the line's `price` is {price}, but {quantity} × {unit} = {whole}",
            price=price,
            quantity=quantity,
            unit=unit,
            whole=quantity * unit,
        )
        yield "price", message


def of_lines(out: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """What is wrong with the totals of a cart or an order beside its lines."""
    found = out.get("product_basket_item")
    lines = [line for line in found if isinstance(line, Mapping)] if isinstance(found, tuple) else []
    total, pieces = _decimal(out.get("total_price")), _decimal(out.get("total_quantity"))
    count = _sum(lines, "quantity")
    if count is not None and pieces is not None and count != pieces:
        message = say(
            "`total_quantity` is {total}, but the lines have {count} pieces", total=pieces, count=count
        )
        yield "total_quantity", message
    cost = _sum(lines, "price")
    if cost is not None and total is not None and abs(cost - total) > Decimal("0.01"):
        message = say("`total_price` is {total}, but the lines cost {cost}", total=total, cost=cost)
        yield "total_price", message


def _sum(lines: Sequence[Mapping[str, Value]], name: str) -> Decimal | None:
    """What the lines come to; nothing where one does not say."""
    amounts = [_decimal(line.get(name)) for line in lines]
    return sum(filter(None, amounts), Decimal()) if lines and None not in amounts else None


def _decimal(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) and _PLAIN(value) else None
