"""Objects → records: where values are found, what is transformed, what is reported."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectif_kit.catalog import convert
from connectif_kit.catalog.fields import Context, record
from connectif_kit.catalog.values import value
from connectif_kit.core.diagnostics import Diagnostic, Place
from connectif_kit.plan.models import Plan
from connectif_kit.plan.source import Source
from connectif_kit.vocabulary import ENTITIES
from connectif_kit.vocabulary.model import Entity, Record
from connectif_kit.vocabulary.product import PRODUCT
from tests.tools import ROOT

TABLE = json.loads((ROOT / "tests/data/cases_fields.json").read_text("utf-8"))
CASES = [case for case in TABLE if "property" not in case]
PRICES = [case for case in TABLE if "property" in case]
STORE = {"id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "environment": "eu5", "url": "https://shop.example/es"}
GOOD = {"product_id": "mug", "name": "Mug", "unit_price": "12.50", "url": "https://shop.example/es/p/mug/"}


def sources(fields: dict[str, Any]) -> dict[str, Source]:
    return Plan.model_validate({"store": STORE, "catalog": {"fields": fields}}).catalog.fields


def read(
    data: dict[str, Any],
    fields: dict[str, Any] | None = None,
    entity: Entity = PRODUCT,
    url: str | None = None,
) -> tuple[Record, list[Diagnostic]]:
    context = Context(Place("products.csv", 3), store_url=STORE["url"], url=url)
    return record(data, sources(fields or {}), entity, context=context)


def said(problems: list[Diagnostic]) -> list[str]:
    return [f"{d.severity} {d.message}" for d in problems]


@pytest.mark.parametrize("case", PRICES, ids=[case["name"] for case in PRICES])
def test_a_price_of_several_places(case: dict[str, Any]) -> None:
    found, _ = read({**GOOD, "unit_price": None, **case["data"]}, {"unit_price": case["source"]})
    assert found["unit_price"] == case["value"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_source_and_its_conversions(case: dict[str, Any]) -> None:
    source = sources({"name": case["source"]})["name"]
    assert value(source, case["data"]) == case["value"]


@pytest.mark.parametrize("face", ["html", "js", "api"])
def test_each_face_of_the_vocabulary_is_found_without_a_mapping(face: str) -> None:
    example = PRODUCT.example()
    data = {getattr(f, face): example[f.html] for f in PRODUCT.fields if getattr(f, face)}
    assert read({k: list(v) if isinstance(v, tuple) else v for k, v in data.items()}) == (example, [])


def test_ga4_names_are_found() -> None:
    found, problems = read(
        {"item_id": "mug", "item_name": "Mug", "price": "12.50", "item_brand": "Barro"},
        url="/p/{product_id}/",
    )
    assert (found, problems) == ({**GOOD, "brand": "Barro"}, [])


def test_googles_feed_is_read_as_the_platform_reads_it() -> None:
    found, problems = read(
        {
            "g:id": "mug",
            "g:title": "Mug",
            "g:link": GOOD["url"],
            "g:price": "15.00 EUR",
            "g:sale_price": "12.50 EUR",
            "g:availability": "in_stock",
            "g:product_type": ["Kitchen > Mugs", "Gifts"],
            "g:image_link": "https://shop.example/mug.jpg",
        }
    )
    assert problems == []
    assert found == {
        **GOOD,
        "unit_price_original": "15.00",
        "discounted_amount": "2.50",
        "availability": "InStock",
        "category": ("/Kitchen/Mugs", "/Gifts"),
        "image_url": "https://shop.example/mug.jpg",
    }


def test_a_price_keeps_its_written_digits() -> None:
    assert read({**GOOD, "unit_price": "60.10"})[0]["unit_price"] == "60.10"


def test_headers_may_be_written_with_blanks_and_capitals() -> None:
    data = {"Product ID": "mug", "Name": "Mug", "Unit price": "12.50", "URL": GOOD["url"], "Stock": "3"}
    assert read(data) == (GOOD, [])


def test_lists_may_be_joined_by_a_bar() -> None:
    assert read({**GOOD, "tags": "gift | handmade|", "categories": "/A/B|C"})[0] == {
        **GOOD,
        "tag": ("gift", "handmade"),
        "category": ("/A/B", "/C"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [("/p/mug/", "/es/p/mug/"), ("/es/p/mug/", "/es/p/mug/"), ("p/mug/", "/es/p/mug/")],
)
def test_an_address_is_completed_with_the_shops_own(text: str, expected: str) -> None:
    assert read({**GOOD, "url": text})[0]["url"] == "https://shop.example" + expected


def test_a_missing_address_is_made_from_the_plans_template() -> None:
    data = {key: text for key, text in GOOD.items() if key != "url"}
    assert read(data, url="/p/{product_id}/") == (GOOD, [])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("in stock", "InStock"),
        ("https://schema.org/PreOrder", "InStock"),
        ("instock", "InStock"),
        ("OUT_OF_STOCK", "OutOfStock"),
        ("http://schema.org/Discontinued/", "OutOfStock"),
    ],
)
def test_words_for_availability(word: str, expected: str) -> None:
    assert read({**GOOD, "availability": word})[0]["availability"] == expected


def test_an_original_price_that_is_not_higher_is_no_discount() -> None:
    assert read({**GOOD, "unit_price_original": "12.5"}) == (GOOD, [])


def test_a_required_value_that_is_wrong_is_an_error_with_a_cure() -> None:
    found, problems = read({**GOOD, "unit_price": "12,50"})
    assert "unit_price" not in found
    assert said(problems) == ["error `unit_price`: expected a number such as 1234.50, got `12,50`"]
    assert problems[0].hint == "declare `unit_price: {path: unit_price, number: auto}`"
    assert str(problems[0].place) == "products.csv:3:1"


def test_a_plain_price_of_three_decimals_may_be_a_thousand() -> None:
    found, problems = read({**GOOD, "unit_price": "1.299"})
    assert "unit_price" not in found
    assert said(problems) == [
        "error `unit_price`: expected a number that cannot be thousands too, got `1.299`"
    ]
    assert "number: comma" in problems[0].hint
    for price in ("1.2990", "0.125", "1299.123"):
        assert read({**GOOD, "unit_price": price})[0]["unit_price"] == price
    declared = {"unit_price": {"path": "unit_price", "number": "point"}}
    assert read({**GOOD, "unit_price": "1.299"}, declared)[0]["unit_price"] == "1.299"
    assert read({**GOOD, "rating_value": "4.125"})[0]["rating_value"] == "4.125"


def test_an_ambiguous_price_is_not_guessed_even_when_asked_to_read_it() -> None:
    _, problems = read({**GOOD, "p": "1,234"}, {"unit_price": {"path": "p", "number": "auto"}})
    assert said(problems) == ["error `unit_price` (`p`): expected a number such as 1234.50, got `1,234`"]
    assert "number: comma" in problems[0].hint


def test_a_wrong_value_that_is_not_required_is_left_out_with_a_warning() -> None:
    found, problems = read({**GOOD, "rating_value": "7", "review_count": "many"})
    assert found == GOOD
    assert said(problems) == [
        "warning `review_count`: expected a whole number such as 3, got `many`; it is left out",
        "warning `rating_value`: expected at most 5, got `7`; it is left out",
    ]


def test_each_missing_property_is_named() -> None:
    assert said(read({})[1]) == [
        f"error `{name}` is missing" for name in ("url", "product_id", "name", "unit_price")
    ]


def test_nested_lines_are_records_too_and_a_bad_one_is_left_out() -> None:
    entity = next(
        e for e in ENTITIES.values() if "product_basket_item" in e.by_html and "cart_id" in e.by_html
    )
    line = {**GOOD, "quantity": 2, "price": "25.00"}
    found, problems = read(
        {"cart_id": "c1", "total_quantity": 2, "total_price": "25.00", "products": [line, {"name": "x"}]},
        entity=entity,
    )
    assert found["product_basket_item"] == ({**GOOD, "quantity": "2", "price": "25.00"},)
    assert "`quantity` is missing" in problems[0].message


def test_a_long_hostile_value_is_shown_in_part() -> None:
    _, problems = read({**GOOD, "unit_price": "x" * 100_000})
    assert len(problems[0].message) < 200


@given(st.text(max_size=60))
def test_numbers_are_plain_or_nothing(text: str) -> None:
    for style in ("point", "comma", "auto"):
        found = convert.number(text, style)
        assert found == "" or convert.number(found, "point") == found


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_a_price_written_in_either_manner_is_read_back(price: Any) -> None:
    written = f"{price:,.2f}"
    assert convert.number(written + " €", "point") == f"{price:.2f}"
    assert convert.number(written.translate(str.maketrans(",.", ".,")), "comma") == f"{price:.2f}"


def test_a_part_that_is_wrong_is_reported_with_the_cell_that_it_is_of() -> None:
    price = {"path": "price", "map": {"free": "none at all"}}
    _, problems = read({**GOOD, "price": "Free"}, {"unit_price": price})
    assert "got `none at all` of `Free`" in problems[0].message
