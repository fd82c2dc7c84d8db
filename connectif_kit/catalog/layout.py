"""How objects with certain keys are read: one column for each property."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from connectif_kit.catalog.amounts import Choice
from connectif_kit.catalog.values import Getter
from connectif_kit.vocabulary.kinds import DATETIME, TEXT, TIMESTAMP, Kind
from connectif_kit.vocabulary.model import Field

PRICES = frozenset(
    (
        "unit_price",
        "unit_price_original",
        "unit_price_without_vat",
        "discounted_amount",
        "price",
        "total_price",
    )
)
"""Properties that are amounts of money."""


class Column(NamedTuple):
    """How one property is read from objects with certain keys; `free` takes any text as it is.

    `quick` is the whole check of a single text, where its kind is all there is to check. `raw` gives a
    price as it was before anything was made of it; `decode` takes the entities out of a text. `keys` are
    those that its value depends on, where it depends on nothing else; `choice` is made where it is one of
    several prices.
    """

    field: Field
    read: Getter
    key: str
    free: bool
    quick: Callable[[str], str] | None
    raw: Getter | None = None
    decode: Callable[[str], str] | None = None
    keys: tuple[str, ...] = ()
    choice: Choice | None = None


Quick: TypeAlias = tuple[str, Getter, Callable[[str], str] | None, Callable[[str], str] | None, "Column"]
"""A column taken apart, for the loop that most of the time is spent in: name, read, quick, decode, whole."""


class Layout(NamedTuple):
    """What is read from objects with certain keys; `currencies` are the keys that name their currency.

    `choice` is the column whose value is one of several prices.
    """

    quick: tuple[Quick, ...]
    currencies: tuple[str, ...] = ()
    money: tuple[Column, ...] = ()
    choice: Column | None = None


def new_column(
    each: Field, read: Getter, key: str, raw: Getter | None = None, keys: tuple[str, ...] = ()
) -> Column:
    """A column, with what can be said of its property beforehand."""
    plain = not (each.choices or each.max_length or each.maximum is not None)
    single = plain and not (each.many or each.kind is DATETIME or each.kind is TIMESTAMP)
    return Column(
        each,
        read,
        key,
        plain and each.kind is TEXT,
        (each.malformed if each.html == "product_id" else each.kind.fault)
        if single and isinstance(each.kind, Kind)
        else None,
        raw if each.html in PRICES else None,
        keys=keys,
    )
