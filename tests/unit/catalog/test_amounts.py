"""Amounts that contradict each other: the one that counts, and a word about the other; never in silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.catalog import Catalogue
from connectif_kit.catalog.fields import Context, record
from connectif_kit.core.diagnostics import Severity
from connectif_kit.vocabulary import ENTITIES
from tests.tools import ROOT
from tests.unit.catalog.records import GOOD, read
from tests.unit.catalog.test_rows_right import catalogue, prices, row

PLAIN = {name: value for name, value in GOOD.items() if name != "unit_price"}
SALE = "id,name,price,sale_price\n"
MAPPED = {"product_id": "id", "unit_price": {"first_of": ["sale_price", "price"], "number": "auto"}}
EACH = {"product_id": "id", "unit_price": [{"path": "sale_price", "number": "auto"}, "price"]}


def told(found: Catalogue) -> list[str]:
    return [problem.message for problem in found.problems]


def as_table(rows: list[dict[str, Any]]) -> str:
    """Rows that stand in a table, which is read many at once."""
    names = list(rows[0])
    return (
        "\n".join([",".join(names), *(",".join(str(each[name]) for name in names) for each in rows)]) + "\n"
    )


TABLE: list[dict[str, Any]] = json.loads((ROOT / "tests/data/cases_amounts.json").read_text("utf-8"))
"""A product's amounts beside each other; the browser and every template language are held to them too."""
FIELDS = {
    "unit_price": ["sale_price", "price"],
    "unit_price_original": "was",
    "unit_price_without_vat": "net",
    "discounted_amount": "less",
    "discounted_percentage": "percent",
    "rating_value": "rating",
}


@pytest.mark.parametrize("case", TABLE, ids=[case["name"] for case in TABLE])
def test_amounts_that_contradict_each_other_are_left_out_and_reported(case: dict[str, Any]) -> None:
    found, problems = read({**PLAIN, **case["data"]}, FIELDS)
    made = {"discounted_amount"} if "less" not in case["data"] else set()
    assert {name: found[name] for name in FIELDS if name in found and name not in made} == case["value"]
    assert [problem.element for problem in problems] == ([case["reported"]] if "reported" in case else [])


@pytest.mark.parametrize("fields", [{}, MAPPED, EACH])
@pytest.mark.parametrize(
    ("sale", "price", "said"),
    [
        ("0", "10.00", "a price of 0 (`sale_price`) is taken as none: `price` counts"),
        ("0.00", "10.00", "a price of 0"),
        (
            "12.00",
            "10.00",
            "the reduced price `sale_price`, 12.00, is more than `price`, 10.00, which counts",
        ),
        ("10.00", "10.00", ""),
        ("8.00", "8.00", ""),
    ],
)
def test_a_reduced_price_that_is_none_counts_nowhere(
    tmp_path: Path, fields: dict[str, Any], sale: str, price: str, said: str
) -> None:
    rows = [
        row(price="10.00", sale_price=sale),
        row(price="20.00", sale_price="") | {"id": "2", "product_id": "2"},
    ]
    for given in (rows, as_table(rows)):
        found = catalogue(tmp_path, given, fields=fields)
        assert prices(found) == [price, "20.00"]
        assert [said in each for each in told(found)] == ([True] if said else [])


def test_a_negative_reduced_price_is_refused(tmp_path: Path) -> None:
    for fields in ({}, MAPPED, EACH):
        found = catalogue(tmp_path, SALE + "1,Mug,10.00,-5\n", fields=fields)
        assert prices(found) == []
        assert [problem.severity for problem in found.problems] == [Severity.ERROR]


def test_what_comes_later_counts_only_where_the_first_is_called_reduced(tmp_path: Path) -> None:
    fields = {"product_id": "id", "unit_price": ["price", "cost"]}
    found = catalogue(tmp_path, "id,name,price,cost\n1,Mug,10.00,7.00\n2,Cup,0,7.00\n", fields=fields)
    assert prices(found) == ["10.00", "7.00"]
    assert told(found) == ["`unit_price`: a price of 0 (`price`) is taken as none: `cost` counts"]


def test_the_price_that_counts_brings_its_own_currency(tmp_path: Path) -> None:
    found = catalogue(tmp_path, [row(price="10.00 USD", sale_price="0 EUR")])
    assert prices(found) == []
    assert any("is in USD" in each for each in told(found))


@pytest.mark.parametrize(
    ("more", "left", "said"),
    [
        ({"unit_price": "0"}, {"unit_price": "0"}, "`unit_price`: the price is 0"),
        ({"unit_price": "0.00"}, {"unit_price": "0.00"}, "`unit_price`: the price is 0"),
        ({"unit_price_original": "9.99"}, {}, "the price before, 9.99, is less than the price, 10.00"),
        ({"unit_price_without_vat": "12.10"}, {}, "without taxes, 12.10, is more than the price, 10.00"),
        (
            {"unit_price_original": "12.00", "discounted_amount": "17"},
            {"unit_price_original": "12.00", "discounted_amount": "2.00"},
            "`discounted_amount`: it is 17, and 12.00 less 10.00 is 2.00, which is taken",
        ),
        (
            {"unit_price_original": "20.00", "discounted_percentage": "10"},
            {"unit_price_original": "20.00", "discounted_amount": "10.00"},
            "it is 10, and from 20.00 to 10.00 it is 50.00",
        ),
        ({"discounted_percentage": "120"}, {}, "expected at most 100, got `120`"),
        ({"discounted_percentage": "-5"}, {}, "got `-5`"),
        ({"rating_value": "7"}, {}, "expected at most 5, got `7`"),
    ],
)
def test_amounts_that_contradict_the_price_are_left_out_and_reported(
    tmp_path: Path, more: dict[str, str], left: dict[str, str], said: str
) -> None:
    data = row(**{"unit_price": "10.00", **more})
    for given in ([data], as_table([data])):
        found = catalogue(tmp_path, given)
        [record] = found.records
        plain = {"url", "name", "product_id"}
        assert {name: value for name, value in record.items() if name not in plain} == {
            "unit_price": "10.00",
            **left,
        }
        [message] = told(found)
        assert said in message


def test_what_agrees_is_not_spoken_of(tmp_path: Path) -> None:
    data = row(
        unit_price="12.50", unit_price_original="15.00", unit_price_without_vat="12.50",
        discounted_amount="2.5", discounted_percentage="17", stock="-3",
    )  # fmt: skip
    fields = {"availability": "stock"}
    for given in ([data], as_table([data])):
        found = catalogue(tmp_path, given, fields=fields)
        [record] = found.records
        assert (record["discounted_percentage"], record["availability"]) == ("17", "OutOfStock")
        assert told(found) == []


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (row(price=["10.00", "12.50"]), {}),
        (row(variants=[{"price": 10}, {"price": 12.5}]), {"unit_price": "variants.price"}),
    ],
)
def test_a_price_that_has_several_values_is_refused(
    tmp_path: Path, data: dict[str, Any], fields: dict[str, Any]
) -> None:
    found = catalogue(tmp_path, [data], fields=fields)
    assert prices(found) == []
    assert "`unit_price` has several values, 10" in told(found)[0]
    assert "nth: 1" in found.problems[0].hint


def test_several_values_that_agree_are_one_price(tmp_path: Path) -> None:
    found = catalogue(tmp_path, [row(price=["10.00", "10.00"])])
    assert (prices(found), told(found)) == (["10.00"], [])


def test_what_binary_fractions_made_of_a_price_is_the_price(tmp_path: Path) -> None:
    data = row(price=19.990000000000002)
    for given in ([data], as_table([data])):
        found = catalogue(tmp_path, given)
        assert (prices(found), told(found)) == (["19.99"], [])


LINE = {"product_id": "a", "name": "A", "url": "/a", "unit_price": "10", "quantity": "3", "price": "30"}
ORDER = {"purchase_id": "1", "cart_id": "c", "total_quantity": "3", "total_price": "30"}


@pytest.mark.parametrize(
    ("line", "order", "said"),
    [
        ({}, {}, []),
        ({"unit_price": "0", "price": "0"}, {"total_price": "0"}, []),
        ({"price": "29.99"}, {"total_price": "29.99"}, []),
        ({"price": "10"}, {"total_price": "10"}, ["the line's `price` is 10, but 3 × 10 = 30"]),
        ({}, {"total_price": "99"}, ["`total_price` is 99, but the lines cost 30"]),
        ({}, {"total_quantity": "9"}, ["`total_quantity` is 9, but the lines have"]),
    ],
)
def test_an_orders_amounts_agree_or_that_is_reported(
    line: dict[str, str], order: dict[str, str], said: list[str]
) -> None:
    data = ORDER | order | {"product_basket_item": [LINE | line]}
    context = Context(store_url="https://shop.example")
    made, told = record(data, {}, ENTITIES["purchase"], context=context)
    assert made["total_price"] == data["total_price"]
    assert [problem.severity for problem in told] == [Severity.WARNING] * len(said)
    assert all(part in problem.message for part, problem in zip(said, told, strict=True))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-01-15T10:20:30+01", "2026-01-15T10:20:30+01:00"),
        ("2026-01-15 10:20:30.5 -05", "2026-01-15T10:20:30.5-05:00"),
        ("2026-01-15", None),
    ],
)
def test_a_moment_is_written_with_a_whole_offset(text: str, written: str | None) -> None:
    data = ORDER | {"product_basket_item": [LINE], "purchase_date": text}
    made, _ = record(data, {}, ENTITIES["purchase"], context=Context(store_url="https://shop.example"))
    assert made.get("purchase_date") == written
