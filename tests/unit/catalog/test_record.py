"""An object as a record: paths, currencies, addresses, moments, what is said of a bad value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from connectif_kit.catalog.fields import Context, Mapper, record, usable
from connectif_kit.catalog.price import currencies
from connectif_kit.catalog.spelling import address, availability, moment
from connectif_kit.catalog.values import at, fill, untouched, value
from connectif_kit.core.diagnostics import Diagnostic, Place
from connectif_kit.plan.models import Plan
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.selector import Selector
from connectif_kit.vocabulary import ENTITIES
from connectif_kit.vocabulary.model import Entity, Record
from connectif_kit.vocabulary.product import PRODUCT

STORE = {"id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "environment": "eu5", "url": "https://shop.example/es"}
GOOD = {"product_id": "mug", "name": "Mug", "unit_price": "12.50", "url": "https://shop.example/es/p/mug/"}
LINES = {"product_id": "i", "name": "n", "unit_price": "p", "url": "u", "quantity": "q", "price": "s"}


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
    assert "say which sign is the decimal one" in problem.hint
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


@pytest.mark.parametrize("row", [{"cost": "9", "cost@currency": "USD"}, {"cost_usd": "9"}])
def test_a_price_that_is_taken_as_it_is_says_its_currency_too(row: dict[str, Any]) -> None:
    assert "is in USD" in said({**GOOD, **row}, {"unit_price": next(iter(row))}, currency="EUR")
    ours = {name.replace("usd", "eur"): cell.replace("USD", "EUR") for name, cell in row.items()}
    assert good({**GOOD, **ours}, {"unit_price": next(iter(ours))}, currency="EUR")["unit_price"] == "9"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"price": "12.50 USD"}, "USD"),
        ({"price": "12.50", "currency": "USD"}, "USD"),
        ({"price": "12.50", "g:currency": "USD"}, "USD"),
        ({"price": "12.50", "price@currency": "USD"}, "USD"),
        ({"price_usd": "12.50"}, "USD"),
        ({"money": {"amount": "12.50", "currency": "USD"}}, "USD"),
        ({"price": "12.50 EUR", "currency": "USD"}, ""),
        ({"price": "12.50", "currency": "EUR"}, ""),
        ({"price": "12.50"}, ""),
        ({"price": "12.50", "price@currency": "EUR", "currency": "USD"}, ""),
    ],
)
def test_a_price_in_another_currency_is_refused_wherever_it_says_so(data: dict[str, Any], code: str) -> None:
    row = {name: text for name, text in GOOD.items() if name != "unit_price"} | data
    path = {"money": "money.amount", "price_usd": "price_usd"}.get(next(iter(data)), "price")
    fields = {"unit_price": {"path": path, "number": "auto"}}
    found, problems = read(row, fields, currency="EUR")
    assert [problem.message for problem in problems] == (
        [f"`unit_price` is in {code}, the store's currency is EUR"] if code else []
    )
    assert ("unit_price" in found) == (not code)
    if code:
        assert "catalog.rates: {USD: …}" in problems[0].hint
        assert not usable(problems)
        converted, none = read(row, fields, currency="EUR", rates={"USD": Decimal("0.9")})
        assert (converted["unit_price"], none) == ("11.25", [])


def test_a_sign_of_several_currencies_is_explained_with_the_first_of_them() -> None:
    fields = {"unit_price": {"path": "unit_price", "number": "auto"}}
    [problem] = read({**GOOD, "unit_price": "$12.50"}, fields, currency="EUR")[1]
    assert "`unit_price` is in " in problem.message
    first = min(currencies("$12.50"))
    assert f"`catalog.rates: {{{first}: …}}`" in problem.hint


def test_a_rows_currency_is_heard_beside_a_column_that_says_none() -> None:
    assert "is in USD" in said({**GOOD, "currency": "USD"}, currency="EUR")
    plain = {"unit_price": {"path": "unit_price"}}
    assert "is in USD" in said({**GOOD, "currency": "USD"}, plain, currency="EUR")
    assert good({**GOOD, "currency": "USD"}, currency="USD")


def test_the_column_that_the_plan_names_says_the_currency_and_no_other() -> None:
    row = {**GOOD, "money_of": "USD", "currency": "EUR"}
    assert "is in USD" in said(row, currency="EUR", currency_path="money_of")
    assert good({**GOOD, "money_of": "EUR", "currency": "USD"}, currency="EUR", currency_path="money_of")


def test_an_order_in_another_currency_is_never_converted() -> None:
    order = {"purchase_id": "o", "total_price": "10", "total_quantity": "1", "currency": "USD"}
    problems = read(order, entity=ENTITIES["purchase"], currency="EUR", rates={"USD": Decimal("0.9")})[1]
    assert any("is in USD, the store's currency is EUR" in problem.message for problem in problems)


def test_a_store_without_a_currency_takes_the_first_and_no_second() -> None:
    mapper = Mapper({}, PRODUCT, Context(store_url=STORE["url"]))
    rows = [{**GOOD, "currency": code} for code in ("USD", "USD", "EUR", "USD")]
    problems = [mapper.record(row, Place("p.csv", 1))[1] for row in rows]
    assert [len(each) for each in problems] == [0, 0, 1, 0]
    [foreign] = problems[2]
    assert foreign.message == "`unit_price` is in EUR, rows before it are in USD"
    assert "`currency: EUR` in `store`" in foreign.hint


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
        ({}, "1,234", "say which sign is the decimal one: `unit_price: {path: unit_price, number: comma}`"),
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
