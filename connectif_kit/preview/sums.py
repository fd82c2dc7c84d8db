"""Whether a cart or an order adds up: its totals are the sums of its lines, and an order has lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from connectif_kit.core.messages import say

QUANTITY, PRICE, LINES = "total_quantity", "total_price", "product_basket_item"
CENT = Decimal("0.01")


class Line(NamedTuple):
    """A line's units and what it costs; None where that is not a number."""

    quantity: Decimal | None
    price: Decimal | None


class Total(NamedTuple):
    """What a cart or an order says of itself."""

    quantity: Decimal | None
    price: Decimal | None
    lines: tuple[Line, ...]


class Wrong(NamedTuple):
    """A property by its name in tags, and what was expected of it."""

    name: str
    expected: str


def wrong_sums(entity: str, total: Total) -> Iterator[Wrong]:
    """What of a `cart` or a `purchase` does not add up."""
    if not total.lines:
        if entity == "purchase":
            yield Wrong(LINES, say("at least one line: an order needs products"))
        elif total.quantity or total.price:
            yield Wrong(LINES, say("its lines: the totals say that the cart is not empty"))
        return
    units = _sum(line.quantity for line in total.lines)
    if units is not None and total.quantity is not None and units != total.quantity:
        yield Wrong(QUANTITY, say("{text}, the sum of the lines' quantities", text=_text(units)))
    cost = _sum(line.price for line in total.lines)
    if cost is not None and total.price is not None and abs(cost - total.price) > CENT:
        yield Wrong(PRICE, say("{text}, the sum of the lines' prices", text=_text(cost)))


def _sum(numbers: Iterator[Decimal | None]) -> Decimal | None:
    found = list(numbers)
    return None if None in found else sum((one for one in found if one is not None), Decimal(0))


def _text(number: Decimal) -> str:
    return format(number.normalize(), "f")


def of_json(value: Mapping[str, Any]) -> Total:
    """The numbers of an object as it was sent."""
    items = value.get("products")
    lines = [item for item in items if isinstance(item, Mapping)] if isinstance(items, list) else []
    return Total(
        number(value.get("totalQuantity")),
        number(value.get("totalPrice")),
        tuple(Line(number(one.get("quantity")), number(one.get("price"))) for one in lines),
    )


def of_tag(values: list[tuple[str, str]]) -> Total:
    """The numbers of a live tag, `(class, text)` in document order; a line's are `item[n].class`."""
    first: dict[str, str] = {}
    for path, text in values:
        first.setdefault(path, text)
    prefixes = dict.fromkeys(path.rpartition(".")[0] for path in first if path.startswith(f"{LINES}["))
    lines = (Line(number(first.get(f"{p}.quantity")), number(first.get(f"{p}.price"))) for p in prefixes)
    return Total(number(first.get(QUANTITY)), number(first.get(PRICE)), tuple(lines))


def number(value: Any) -> Decimal | None:
    """A number, or a text that is one; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
