"""An object as a record: paths, currencies, addresses, moments, what is said of a bad value."""

from __future__ import annotations

from typing import Any

import pytest

from connectif_kit.catalog.fields import Context, record
from connectif_kit.catalog.spelling import address, availability, moment
from connectif_kit.catalog.values import at, fill, untouched, value
from connectif_kit.plan.models import Plan
from connectif_kit.plan.sources.selector import Selector
from connectif_kit.vocabulary import ENTITIES
from tests.unit.catalog.records import GOOD, STORE, good, read, said, sources

LINES = {"product_id": "i", "name": "n", "unit_price": "p", "url": "u", "quantity": "q", "price": "s"}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", "whole"),
        ("a", 1),
        ("b.c", 2),
        ("d.e", "spelt with its dot"),
        ("b", {"c": 2}),
        ("b.x", None),
        ("x.c", None),
        ("a.c", None),
        ("l.0.i", 3),
        ("l.1.i", 4),
        ("l.2.i", None),
        ("l.i", [3, 4]),
        ("l.i.0", None),
        ("l.x", None),
        ("l.j", [5]),
        ("l.9999999.i", None),
        ("l.-1.i", None),
        ("l.²", None),
        ("t.0", "x"),
        ("n", None),
        ("n.x", None),
    ],
)
def test_where_a_dotted_path_leads(path: str, found: object) -> None:
    lines = [{"i": 3, "j": 5}, {"i": 4}]
    data = {
        "a": 1,
        "b": {"c": 2},
        "d.e": "spelt with its dot",
        "d": {"e": "by steps"},
        "l": lines,
        "t": ("x",),
        "n": None,
    }
    assert at(data, path) == (data if found == "whole" else found)


def test_a_mapped_path_to_a_list_of_objects_gives_its_lines() -> None:
    entity = ENTITIES["cart"]
    fields = {"cart_id": "id", "product_basket_item": {"path": "basket.lines", "fields": LINES}}
    line = {"i": "mug", "n": "Mug", "p": "12.50", "u": "/p/mug/", "q": 2, "s": "25.00"}
    plan = Plan.model_validate({"store": STORE, "cart": {"storage": "cart", "fields": fields}})
    assert plan.cart
    assert plan.cart.fields
    data = {"id": "c1", "basket": {"lines": [line, {**line, "i": "cup"}]}}
    context = Context(store_url=STORE["url"])
    found, _ = record(data, plan.cart.fields, entity, context=context)
    products: Any = found["product_basket_item"]
    assert [one["product_id"] for one in products] == ["mug", "cup"]
    assert products[0]["quantity"] == "2"


def test_a_template_is_filled_or_gives_nothing() -> None:
    assert fill("/p/{id}-{a.b}/", {"id": 7, "a": {"b": " x "}}) == "/p/7-x/"
    assert fill("/p/{id}-{none}/", {"id": 7}) is None
    assert fill("plain", {}) == "plain"
    assert fill("{id}{id}", {"id": "a"}) == "aa"


def test_each_kind_of_source_says_what_it_finds() -> None:
    data = {"a": "1", "b": " 2 ", "empty": ""}
    made = sources(
        {
            "name": {"literal": "x"},
            "brand": {"template": "{a}-{b}"},
            "description": ["empty", "b"],
            "image_url": ["empty", "none"],
        }
    )
    assert [value(made[name], data) for name in made] == ["x", "1-2", "2", None]
    assert value(Selector(selector="h1"), data, lambda source, given: [source.NAME, str(len(given))]) == [
        "selector",
        "3",
    ]
    assert value(Selector(selector="h1"), data) is None


def test_what_a_source_finds_before_anything_is_made_of_it() -> None:
    made = sources(
        {
            "name": {"path": "a", "prefix": "x"},
            "brand": {"template": "{a}!", "prefix": "x"},
            "description": [{"path": "none"}, {"path": "b", "map": {"2": "two"}}],
            "image_url": {"literal": "x"},
        }
    )
    data = {"a": "1", "b": "2"}
    assert [untouched(made[name], data) for name in made] == ["1", "1!", "2", "x"]


@pytest.mark.parametrize(
    ("store", "text", "made"),
    [
        ("https://shop.example/es", "/p/", "https://shop.example/es/p/"),
        ("https://shop.example/es/", "/p/", "https://shop.example/es/p/"),
        ("https://shop.example/es", "/es/p/", "https://shop.example/es/p/"),
        ("https://shop.example/es", "/especial/", "https://shop.example/es/especial/"),
        ("https://shop.example/es", "//cdn.example/p/", "https://cdn.example/p/"),
        ("https://shop.example/es", "p/", "https://shop.example/es/p/"),
        ("https://shop.example/es", "https://x.example/", "https://x.example/"),
        ("https://shop.example", "/p/", "https://shop.example/p/"),
        ("https://shop.example", "//cdn.example/p/", "https://cdn.example/p/"),
    ],
)
def test_an_address_of_the_shop_keeps_the_shops_folder_once(store: str, text: str, made: str) -> None:
    assert address(store, text) == made


def test_an_address_of_another_host_is_completed_with_the_shops_scheme_only() -> None:
    assert good({**GOOD, "image_url": "//cdn.example/mug.jpg"})["image_url"] == "https://cdn.example/mug.jpg"


@pytest.mark.parametrize("price", ["0.125", "1299.999", "12.5055", "12.50"])
def test_a_price_keeps_all_its_decimals(price: str) -> None:
    assert good({**GOOD, "unit_price": price})["unit_price"] == price
    assert good({**GOOD, "unit_price": f"{price} EUR"})["unit_price"] == price


@pytest.mark.parametrize("price", ["12.505", "1.299", "999.999"])
def test_three_decimals_that_may_be_thousands_want_a_word(price: str) -> None:
    [problem] = read({**GOOD, "unit_price": price})[1]
    assert "say which sign is the decimal separator" in problem.hint
    for style, kept in (("point", price), ("comma", price.replace(".", ""))):
        fields = {"unit_price": {"path": "unit_price", "number": style}}
        assert good({**GOOD, "unit_price": price}, fields)["unit_price"] == kept


def test_a_discount_is_exact_to_its_last_decimal() -> None:
    found = good({**GOOD, "unit_price": "12.5055", "unit_price_original": "20"})
    assert (found["unit_price_original"], found["discounted_amount"]) == ("20", "7.4945")
    little = good({**GOOD, "unit_price": "12.50", "unit_price_original": "12.51"})
    assert little["discounted_amount"] == "0.01"
    own = good({**GOOD, "unit_price": "12.5055", "unit_price_original": "20", "discounted_amount": "7"})
    assert own["discounted_amount"] == "7"
    for before in ("12.5055", "0", "0.00"):
        same = good({**GOOD, "unit_price": "12.5055", "unit_price_original": before})
        assert not {"unit_price_original", "discounted_amount"} & same.keys()


@pytest.mark.parametrize(
    ("text", "zone", "day", "made"),
    [
        ("2026-01-15T10:20:30+01:00", "", False, "2026-01-15T10:20:30+01:00"),
        ("2026-01-15T10:20:30Z", "", False, "2026-01-15T10:20:30Z"),
        ("2026-01-15T10:20:30", "", False, ""),
        ("2026-01-15T10:20:30", "", True, ""),
        ("2026-01-15", "", True, "2026-01-15T00:00:00Z"),
        ("2026-01-15", "", False, ""),
        ("2026-07-15T10:20:30", "Europe/Madrid", False, "2026-07-15T10:20:30+02:00"),
        ("2026-01-15", "Europe/Madrid", True, "2026-01-15T00:00:00+01:00"),
        ("1768472430000", "", False, "1768472430000"),
    ],
)
def test_a_moment_has_its_offset_or_is_none(text: str, zone: str, day: bool, made: str) -> None:
    assert moment(text, zone, day) == made


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("14", "InStock"),
        ("1", "InStock"),
        ("0", "OutOfStock"),
        ("0.00", "OutOfStock"),
        ("0,0", "OutOfStock"),
        ("-3", "OutOfStock"),
        ("−3", "OutOfStock"),
        ("0,5", "InStock"),
        (" 100 ", "InStock"),
        ("https://schema.org/InStock", "InStock"),
        ("https://schema.org/OutOfStock/", "OutOfStock"),
        ("in stock", "InStock"),
        ("perhaps", ""),
        ("", ""),
    ],
)
def test_units_and_words_say_whether_a_product_can_be_had(text: str, word: str) -> None:
    assert availability(text) == word


def test_a_choice_is_spelt_as_the_platform_does_and_another_word_is_refused() -> None:
    assert good({**GOOD, "availability": "INSTOCK"})["availability"] == "InStock"
    assert said({**GOOD, "availability": "perhaps"}).startswith("warning `availability`: expected")
