"""A field map without what the platform requires."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.plan.queries import walk
from connectif_kit.plan.sources import DataLayer, Source
from connectif_kit.plan.values import placeholders
from connectif_kit.plan.yaml12 import Path
from connectif_kit.vocabulary import ENTITIES
from connectif_kit.vocabulary.model import Entity, Field

_LINES = "product_basket_item"
_TOTALS = ("total_quantity", "total_price")


@check(
    Severity.WARNING,
    bad="cart: {storage: cart, fields: {product_basket_item: lines}}",
    good="cart: {storage: cart, fields: {cart_id: id, product_basket_item: lines}}",
    rests_on={"catalog"},
)
def incomplete_map(plan: Plan) -> Iterator[Problem]:
    """A field map leaves out what the platform requires.

    Unless the object has the property by its own name, nothing is sent, for no visitor, ever.
    """
    for path, source in walk(plan):
        entity = ENTITIES.get(str(path[-1]))
        # GA4's own names are looked for as well, and its items give the totals.
        if not entity or not source.fields or "fields" in path or isinstance(source, DataLayer):
            continue
        missing = [field for field in entity.fields if field.required and field.html not in source.fields]
        missing = [field for field in missing if not _found_otherwise(plan, source, field)]
        if missing:
            yield _never_sent(path, source, entity, missing)


def _found_otherwise(plan: Plan, source: Source, field: Field) -> bool:
    """Whether lines give a total, or `catalog.url` an address."""
    by_lines = field.html in _TOTALS and _LINES in (source.fields or {})
    # A browser knows a product's properties, not the columns of a shop system's export.
    known = set(placeholders(plan.catalog.url or "")) <= set(ENTITIES["product"].by_html)
    return by_lines or bool(field.html == "url" and plan.catalog.url and known)


def _never_sent(path: Path, source: Source, entity: Entity, missing: list[Field]) -> Problem:
    one = len(missing) == 1
    names = " and ".join(f"`{field.html}`" for field in missing)
    unless = _where_found(source, missing)
    message = f"{names} {'is' if one else 'are'} not mapped: {unless}, no {entity.name} is ever sent"
    totals = any(field.html in _TOTALS for field in missing)
    lines = f", or map the lines as `{_LINES}`: the totals are their sums" if totals else ""
    hint = f"add {'it' if one else 'them'} under `fields`{lines}"
    return Problem((*path, "fields"), message, hint, at_value=False)


def _where_found(source: Source, missing: list[Field]) -> str:
    in_element = source.NAME == "selector" and not any(getattr(source, n) for n in ("attribute", "property"))
    one = len(missing) == 1
    spelt = " and ".join(f"`{field.js}`" for field in missing)
    names = "that name" if one else "those names"
    where = "in elements of that class" if in_element else f"as {spelt} or by {names}"
    return f"unless the {'element' if in_element else 'object'} has {'it' if one else 'them'}, {where}"
