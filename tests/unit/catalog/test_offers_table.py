"""Offers, ratings and ids of a page's structured data: the one table that the browser is held to as well."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.tools import ROOT
from tests.unit.catalog.product_markup import page, script

TABLE: list[dict[str, Any]] = json.loads((ROOT / "tests/data/cases_offers.json").read_text("utf-8"))
"""`value`: what a record has, nothing where the product is refused; `browser`: null where it is quieter."""
PRODUCT: dict[str, Any] = {"@context": "https://schema.org", "@type": "Product", "sku": "v-1", "name": "Vase"}


def markup(case: dict[str, Any]) -> str:
    """A row's page."""
    given: str = case["html"] if "html" in case else script({**PRODUCT, **case["thing"]})
    return given


def alike(found: Any, wanted: str | None) -> bool:
    """Whether a value is the one that is wanted; of numbers the amount counts."""
    try:
        return Decimal(str(found)) == Decimal(str(wanted))
    except ArithmeticError:
        return bool(found == wanted)


@pytest.mark.parametrize("case", TABLE, ids=[case["name"] for case in TABLE])
def test_a_page_says_what_the_table_says(case: dict[str, Any]) -> None:
    found = page(markup(case), "microdata" if "html" in case else "json-ld").record
    assert (found is None) == (case["value"] is None)
    for name, wanted in (case["value"] or {}).items():
        assert alike((found or {}).get(name), wanted), name
