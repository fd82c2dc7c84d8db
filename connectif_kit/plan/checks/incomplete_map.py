"""A field map without what the platform requires."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import Message, both, count
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.document import Path
from connectif_kit.plan.models import Plan
from connectif_kit.plan.queries import walk
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.data_layer import DataLayer
from connectif_kit.plan.values import placeholders
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
    message = count(
        len(missing),
        "{names} is not mapped: {unless}, no {entity} is ever sent",
        "{names} are not mapped: {unless}, no {entity} is ever sent",
        names=both(f"`{field.html}`" for field in missing),
        unless=_unless(source, missing),
        entity=entity.name,
    )
    if any(field.html in _TOTALS for field in missing):
        hint = count(
            len(missing),
            "add it under `fields`, or map the lines as `{lines}`: the totals are their sums",
            "add them under `fields`, or map the lines as `{lines}`: the totals are their sums",
            lines=_LINES,
        )
    else:
        hint = count(len(missing), "add it under `fields`", "add them under `fields`")
    return Problem((*path, "fields"), message, hint, at_value=False)


def _unless(source: Source, missing: list[Field]) -> Message:
    """Where a browser finds what is not mapped: in the object's own properties, or in an element's."""
    in_element = source.NAME == "selector" and not any(getattr(source, n) for n in ("attribute", "property"))
    if in_element:
        return count(
            len(missing),
            "unless the element has it, in elements of that class",
            "unless the element has them, in elements of that class",
        )
    spelt = both(f"`{field.js}`" for field in missing)
    return count(
        len(missing),
        "unless the object has it, as {spelt} or by that name",
        "unless the object has them, as {spelt} or by those names",
        spelt=spelt,
    )
