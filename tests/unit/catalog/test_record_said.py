"""What a record keeps of an object, and what is said of a bad value."""

from __future__ import annotations

from typing import Any

import pytest

from connectif_kit.catalog.fields import Context, record
from connectif_kit.plan.models import Plan
from connectif_kit.vocabulary import ENTITIES
from tests.unit.catalog.records import GOOD, STORE, good, read, said, sources


def test_the_first_column_that_is_filled_counts() -> None:
    row = {name: text for name, text in GOOD.items() if name != "unit_price"}
    assert good({**row, "unitPrice": "", "price": "9.90"})["unit_price"] == "9.90"
    assert good({**row, "unit_price": None, "g:price": "9.90 EUR"})["unit_price"] == "9.90"
    assert "unit_price" not in read({**row, "unitPrice": "", "price": ""})[0]


def test_a_sale_price_makes_the_other_one_the_original() -> None:
    row = {name: text for name, text in GOOD.items() if name != "unit_price"}
    alone = good({**row, "price": "20.00"})
    assert (alone["unit_price"], alone.get("unit_price_original")) == ("20.00", None)
    both = good({**row, "price": "20.00", "sale_price": "15.00"})
    assert (both["unit_price"], both["unit_price_original"], both["discounted_amount"]) == (
        "15.00",
        "20.00",
        "5.00",
    )


def test_lists_are_kept_without_doubles_and_single_values_are_first() -> None:
    found = good({**GOOD, "tags": ["a", "b", "a", ""], "brand": ["Barro", "Acme"]})
    assert (found["tag"], found["brand"]) == (("a", "b"), "Barro")
    assert good({**GOOD, "categories": "Kitchen > Mugs|/A|B"})["category"] == ("/Kitchen/Mugs", "/A", "/B")


def test_a_text_is_on_one_line_and_blanks_around_it_are_gone() -> None:
    assert good({**GOOD, "name": " Mug\r\nof\tclay "})["name"] == "Mug of clay"
    assert good({**GOOD, "brand": {"path": "x"}, "name": "Mug"})["name"] == "Mug"


@pytest.mark.parametrize(("cell", "text"), [("M&amp;M", "M&M"), ("a & b", "a & b"), ("a; b & c", "a; b & c")])
def test_entities_are_read_where_the_export_has_them(cell: str, text: str) -> None:
    assert good({**GOOD, "name": cell}, entities=True)["name"] == text
    assert good({**GOOD, "name": cell})["name"] == cell
    assert good({**GOOD, "tags": [cell]}, entities=True)["tag"] == (text,)


def test_an_address_is_made_where_there_is_none() -> None:
    row = {name: text for name, text in GOOD.items() if name != "url"}
    assert good(row, url="/p/{product_id}/")["url"] == GOOD["url"]
    assert good({**row, "slug": "blue"}, url="/p/{slug}/")["url"] == "https://shop.example/es/p/blue/"
    assert good(GOOD, url="/q/{product_id}/")["url"] == GOOD["url"]
    [lacking] = read(row, url="/p/{none}/")[1]
    assert (lacking.message, "say where the pages are" in lacking.hint) == ("`url` is missing", True)


def test_what_is_wrong_is_said_once_and_not_again_as_missing() -> None:
    assert said({**GOOD, "unit_price": "soon"}) == (
        "error `unit_price`: expected a number such as 1234.50, got `soon`"
    )


@pytest.mark.parametrize(
    ("fields", "cell", "hint"),
    [
        ({}, "12,50", "declare `unit_price: {path: unit_price, number: auto}`"),
        ({"unit_price": "cost"}, "12,50", "declare `unit_price: {path: cost, number: auto}`"),
        (
            {},
            "1,234",
            "say which sign is the decimal separator: `unit_price: {path: unit_price, number: comma}`",
        ),
        ({}, "soon", ""),
    ],
)
def test_a_price_that_is_refused_says_how_to_declare_it(fields: dict[str, Any], cell: str, hint: str) -> None:
    row = {**GOOD, "unit_price": cell, "cost": cell}
    [problem] = read(row, fields)[1]
    assert problem.hint == hint
    assert ("(`cost`)" in problem.message) == bool(fields)


def test_a_word_that_is_refused_says_how_to_map_it() -> None:
    [problem] = read({**GOOD, "availability": "perhaps tomorrow or the day after"})[1]
    declared = "availability: {path: availability, map: {perhaps tomorrow or : …}}"
    assert problem.hint == f"declare `{declared}`, with InStock or OutOfStock"


def test_a_long_value_is_cut_where_it_is_shown() -> None:
    assert f"got `{'x' * 60}`" in said({**GOOD, "unit_price": "x" * 60})
    assert f"got `{'x' * 60}…`" in said({**GOOD, "unit_price": "x" * 61})


def test_a_mapped_column_that_is_not_there_is_missing() -> None:
    assert said({**GOOD, "x": "1"}, {"unit_price": "cost"}) == "error `unit_price` is missing"


def test_fields_of_the_stores_own_go_with_a_contact_and_with_no_product() -> None:
    contact = {"primary_key": "ana@shop.example", "size": 38, "likes": ["mugs", "jugs"], "none": ""}
    plan = Plan.model_validate(
        {
            "store": STORE,
            "contact": {
                "storage": "user",
                "fields": {"primary_key": "primary_key", **dict.fromkeys(("a",), "size")},
            },
        }
    )
    assert plan.contact
    assert plan.contact.fields
    fields = {**plan.contact.fields, **sources({"likes": "likes", "none": "none"})}
    found, problems = record(contact, fields, ENTITIES["contact"], context=Context())
    assert problems == []
    assert found == {"primary_key": "ana@shop.example", "a": "38", "likes": ("mugs", "jugs")}
    assert "likes" not in good({**GOOD, "likes": "x"}, {"likes": "likes"})


def test_a_line_that_is_no_object_or_lacks_something_is_left_out() -> None:
    line = {**GOOD, "quantity": "1", "price": "12.50"}
    data = {"cart_id": "c", "total_quantity": "1", "total_price": "12.50"}
    found, problems = read(
        {**data, "products": [line, "x", None, {"name": "no more"}]}, entity=ENTITIES["cart"]
    )
    assert len(found["product_basket_item"]) == 1
    assert {problem.element for problem in problems} >= {"quantity", "product_id"}
    none, _ = read({**data, "products": ["x"]}, entity=ENTITIES["cart"])
    assert "product_basket_item" not in none
    one, _ = read({**data, "products": line}, entity=ENTITIES["cart"])
    assert len(one["product_basket_item"]) == 1
