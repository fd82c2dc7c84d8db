"""Objects, and the records that are made of them."""

from __future__ import annotations

from typing import Any

from connectif_kit.catalog.fields import Context, record
from connectif_kit.core.diagnostics import Diagnostic, Place
from connectif_kit.plan.models import Plan
from connectif_kit.plan.source import Source
from connectif_kit.vocabulary.model import Entity, Record
from connectif_kit.vocabulary.product import PRODUCT

STORE = {"id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "environment": "eu5", "url": "https://shop.example/es"}
GOOD = {"product_id": "mug", "name": "Mug", "unit_price": "12.50", "url": "https://shop.example/es/p/mug/"}


def sources(fields: dict[str, Any]) -> dict[str, Source]:
    return Plan.model_validate({"store": STORE, "catalog": {"fields": fields}}).catalog.fields


def read(
    data: dict[str, Any], fields: dict[str, Any] | None = None, entity: Entity = PRODUCT, **how: Any
) -> tuple[Record, list[Diagnostic]]:
    context = Context(Place("products.csv", 3), store_url=STORE["url"], **how)
    return record(data, sources(fields or {}), entity, context=context)


def good(data: dict[str, Any], *given: Any, **how: Any) -> Record:
    """A record that there is nothing to say of."""
    found, problems = read(data, *given, **how)
    assert problems == []
    return found


def said(data: dict[str, Any], *given: Any, **how: Any) -> str:
    """The one thing that there is to say of an object."""
    [problem] = read(data, *given, **how)[1]
    return f"{problem.severity} {problem.message}"
