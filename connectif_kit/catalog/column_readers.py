"""How a property is read from a row: as the plan maps it, or under the names that it is known by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter

from connectif_kit.catalog import convert
from connectif_kit.catalog.amounts import Choice
from connectif_kit.catalog.layout import Column, new_column
from connectif_kit.catalog.spelling import first_filled, plain_value, spelt_alike
from connectif_kit.catalog.values import Ask, untouched, value
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.path import Path
from connectif_kit.vocabulary.kinds import DECIMAL
from connectif_kit.vocabulary.model import Field


def declared(each: Field, source: Source, keys: tuple[str, ...], ask: Ask) -> Column | None:
    """A property as the plan maps it; nothing where its column is not there."""
    key = source.path if isinstance(source, Path) else ""
    if isinstance(source, Path) and "." not in key and not convert.declared(source):
        return new_column(each, itemgetter(key), key, keys=(key,)) if key in keys else None
    if each.html == "unit_price" and len(tried := source.inner()) > 1:
        names = [one.path if isinstance(one, Path) else one.NAME for one in tried]
        return _chosen(
            each,
            Choice(
                names,
                lambda data: [convert.apply(source, value(one, data, ask)) for one in tried],
                lambda data: [untouched(one, data) for one in tried],
            ),
        )
    return new_column(
        each,
        lambda data: value(source, data, ask),
        key,
        lambda data: untouched(source, data),
        (key,) if key in keys else (),
    )


def found_in(each: Field, spelt: Mapping[str, str], names: Iterable[str]) -> Column | None:
    """A property under the names that the platform knows it by, in the order that counts."""
    keys = [spelt[name] for name in names if name in spelt]
    if each.html == "unit_price_original" and "saleprice" not in spelt:
        keys = [key for key in keys if spelt_alike(key) != "price"]
    if not keys:
        return None
    first, rest = keys[0], keys[1:]
    if rest and each.html == "unit_price":
        made = Choice(
            keys,
            lambda data: [plain_value(each, data.get(key)) for key in keys],
            lambda data: [data.get(key) for key in keys],
        )
        return _chosen(each, made, first, tuple(keys))
    if rest:
        return new_column(
            each,
            lambda data: plain_value(each, first_filled(data, keys)),
            first,
            lambda data: first_filled(data, keys),
            tuple(keys),
        )
    if each.many or each.kind is DECIMAL:
        return new_column(
            each, lambda data: plain_value(each, data[first]), first, itemgetter(first), (first,)
        )
    return new_column(each, itemgetter(first), first, keys=(first,))


def _chosen(each: Field, choice: Choice, key: str = "", keys: tuple[str, ...] = ()) -> Column:
    """A column of several prices."""
    made = new_column(each, choice.read, key, choice.untouched, keys)
    return made._replace(choice=choice)


def says_which(source: Source) -> bool:
    """Whether the plan says which sign is the decimal one."""
    return source.number is not None or source.NAME == "literal" or any(map(says_which, source.inner()))
