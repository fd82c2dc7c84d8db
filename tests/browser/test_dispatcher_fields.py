"""What a source declares is done alike here and in the browser: tests/data/cases_fields.json."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from connectif_kit.catalog import convert
from connectif_kit.page.html import decode, parse
from connectif_kit.page.html.reading import numeral_text, reader_text
from connectif_kit.plan.sources.path import Path as Plain
from connectif_kit.vocabulary.product import PRODUCT
from tests.browser.shop import STORE, Shop
from tests.tools import ROOT
from tests.unit.catalog.test_amounts import FIELDS as AMOUNT_FIELDS

TABLE: list[dict[str, Any]] = json.loads((ROOT / "tests/data/cases_fields.json").read_text("utf-8"))
CASES = [case for case in TABLE if "property" not in case]
PRICES = [case for case in TABLE if "property" in case]


def test_every_case_of_the_catalogue_holds_in_the_browser(shop: Shop) -> None:
    fields = {f"case {number}": source for number, source in placed_cases()}
    shop.plan({"contact": {"global": "who", "fields": {"primary_key": "email", **fields}}})
    data = {f"d{number}": case["data"] for number, case in enumerate(CASES)}
    (shop.folder / "data.js").write_text(f"window.who = {json.dumps({'email': 'ana@shop.example', **data})}")
    shop.write("index.html", "<script src=data.js></script>")
    [visit] = shop.open()
    found = visit["options"]["entityInfo"]
    for number, _ in placed_cases():
        # A custom field that nothing transforms is sent as it is; the catalogue's face is its text.
        value = convert.apply(Plain(path="x"), found.get(f"case {number}"))
        assert value == CASES[number]["value"], CASES[number]["name"]


@pytest.mark.parametrize("number", [{}, {"number": "auto"}])
def test_a_price_of_several_places_is_the_one_of_the_catalogue(shop: Shop, number: dict[str, str]) -> None:
    fields = {"product_id": "sku", "unit_price": {**PRICES[0]["source"], **number}}
    lines = {"path": "lines", "fields": fields}
    shop.plan({"cart": {"global": "cart", "fields": {"cart_id": "id", "product_basket_item": lines}}})
    told = [
        {"name": "Mug", "url": "https://shop.example/p/", "quantity": 1, "sku": f"p{number}", **case["data"]}
        for number, case in enumerate(PRICES)
    ]
    (shop.folder / "data.js").write_text(f"window.cart = {json.dumps({'id': 'c', 'lines': told})}")
    shop.write("index.html", "<script src=data.js></script>")
    [visit] = shop.open()
    found = [line["unitPrice"] for line in visit["options"]["cart"]["products"]]
    assert found == [float(case["value"]) for case in PRICES]


AMOUNTS: list[dict[str, Any]] = json.loads((ROOT / "tests/data/cases_amounts.json").read_text("utf-8"))


def test_amounts_that_contradict_each_other_are_left_out_as_in_the_catalogue(shop: Shop) -> None:
    line = {"path": "lines", "fields": {"product_id": "sku", **AMOUNT_FIELDS}}
    totals = {"total_quantity": "n", "total_price": "n"}
    cart = {"global": "cart", "fields": {"cart_id": "id", "product_basket_item": line, **totals}}
    shop.plan({"cart": cart})
    mug = {"name": "Mug", "url": "https://shop.example/p/", "quantity": 1}
    told = [{**mug, "sku": f"p{number}", **case["data"]} for number, case in enumerate(AMOUNTS)]
    (shop.folder / "data.js").write_text(f"window.cart = {json.dumps({'id': 'c', 'lines': told, 'n': 1})}")
    shop.write("index.html", "<script src=data.js></script>")
    [visit] = shop.open()
    names = {PRODUCT.by_html[name].js: name for name in AMOUNT_FIELDS}
    found = [
        {names[name]: Decimal(str(each)) for name, each in line.items() if name in names}
        for line in visit["options"]["cart"]["products"]
    ]
    assert found == [{name: Decimal(text) for name, text in case["value"].items()} for case in AMOUNTS]


def test_a_price_that_names_another_currency_than_the_stores_is_not_sent(shop: Shop) -> None:
    texts = {"a": "12,50 €", "b": "EUR 12.50", "c": "12.50", "d": "$12.50", "e": "12.50 USD EUR", "f": "£12"}
    line = {"product_id": "sku", "unit_price": {"path": "price", "number": "auto"}, "price": "total"}
    lines = {"path": "lines", "fields": line}
    totals = {"total_quantity": "n", "total_price": "n"}
    cart = {"global": "cart", "fields": {"cart_id": "id", "product_basket_item": lines, **totals}}
    shop.plan({"store": {**STORE, "currency": "EUR"}, "cart": cart})
    told = [
        {
            "name": "Mug",
            "url": "https://shop.example/p/",
            "quantity": 1,
            "sku": sku,
            "price": text,
            "total": 1,
        }
        for sku, text in texts.items()
    ]
    (shop.folder / "data.js").write_text(f"window.cart = {json.dumps({'id': 'c', 'lines': told, 'n': 6})}")
    shop.write("index.html", "<script src=data.js></script>")
    [visit] = shop.open()
    found = {line["productId"]: line["unitPrice"] for line in visit["options"]["cart"]["products"]}
    assert found == dict.fromkeys("abc", 12.5)


def placed_cases() -> list[tuple[int, Any]]:
    """Number and source of the cases that read an object, each with an object of its own."""
    return [
        (number, placed(case["source"], f"d{number}."))
        for number, case in enumerate(CASES)
        if {"path", "first_of"} & case["source"].keys()
    ]


def placed(source: Any, before: str) -> Any:
    """A source whose paths begin at one place."""
    if isinstance(source, str):
        return before + source
    if isinstance(source, list):
        return [placed(each, before) for each in source]
    named = {name: placed(source[name], before) for name in ("path", "first_of") if name in source}
    return {**source, **named}


MARKUP = (
    "12<sup>50</sup> €",
    "12<sup>,50</sup> €",
    "<span>12</span><span>,50 €</span>",
    "<b>1</b><b>299</b>",
    "<div>12</div><div>50</div>",
    "12,50 €<script>x = 99</script>",
    "12<span hidden>99</span>,50",
    "12<span style='color: red; DISPLAY : none'>99</span>,50",
    "<ul><li>Blue</li><li>Red</li></ul>",
    "Mug<br>blue",
    "<h2>Mug</h2>of  <i>stone</i>ware\n",
    "<p>7</p>",
)


def test_the_text_of_an_element_is_the_one_that_python_reads(shop: Shop) -> None:
    page = "".join(f"<section id=c{number}>{markup}</section>" for number, markup in enumerate(MARKUP))
    asked = [{}, {"number": "auto"}]
    fields = {
        f"case {number} {how}": {"selector": f"#c{number}", **more}
        for number in range(len(MARKUP))
        for how, more in enumerate(asked)
    }
    (shop.folder / "data.js").write_text("window.who = {email: 'ana@shop.example'}")
    shop.plan({"contact": {"global": "who", "fields": {"primary_key": "email", **fields}}})
    shop.write("index.html", page + "<script src=data.js></script>")
    [visit] = shop.open()
    found = visit["options"]["entityInfo"]
    made = parse(decode("p.html", page.encode()))
    for number, markup in enumerate(MARKUP):
        [node] = made.select(f"#c{number}")
        assert found[f"case {number} 0"] == reader_text(node), markup
        assert found[f"case {number} 1"] == convert.apply(
            Plain(path="x", number="auto"), numeral_text(node)
        ), markup


def test_the_pages_path_is_the_one_that_match_speaks_of(shop: Shop) -> None:
    last = {"page": "path", "split": "/", "nth": -1}
    fields = {"whole": {"page": "path"}, "last": last, "under": {**last, "prefix": "p-"}}
    shop.plan({"contact": {"global": "who", "fields": {"primary_key": "email", **fields}}})
    head = "<script>window.who = {email: 'ana@shop.example'}</script>"
    for path, whole in (("/p/mug/index.html", "/p/mug"), ("/p/café.html", "/p/café")):
        shop.write(path, head)
        [visit] = shop.open(path)
        found = visit["options"]["entityInfo"]
        last_step = whole.rpartition("/")[2]
        assert [found[name] for name in fields] == [whole, last_step, f"p-{last_step}"]
