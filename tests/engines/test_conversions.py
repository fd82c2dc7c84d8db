"""The one table of conversions, tests/data/cases_fields.json, in every template language's own engine.

Python and the browser are held to the same rows, in tests/unit/catalog and tests/browser.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.build.targets import known, render
from connectif_kit.page.html import Node, decode, parse
from connectif_kit.plan.load import load
from tests.engines import ENGINES, Case
from tests.engines.shops import STORE
from tests.engines.test_targets import MOMENT, one_way
from tests.tools import ROOT
from tests.unit.catalog.test_amounts import FIELDS as AMOUNT_FIELDS
from tests.unit.catalog.test_amounts import TABLE as AMOUNT_TABLE

CHOSEN = ("first_of", "split", "first", "nth", "map", "levels", "divide", "slug", "prefix", "default")
TABLE: list[dict[str, Any]] = json.loads((ROOT / "tests/data/cases_fields.json").read_text("utf-8"))
PRICES = [case for case in TABLE if case.get("property") == "unit_price"]
SHARED: list[dict[str, Any]] = [
    case
    for case in TABLE
    if "property" not in case
    and set(CHOSEN) & case["source"].keys()
    and case["source"].keys() <= {"path", *CHOSEN}
    and all(isinstance(path, str) for path in case["source"].get("first_of", ()))
    and not isinstance(case["value"], dict)
]
"""The rows that a plan's `templates:` can say."""
PICKED = """
  product: {fields: {
    unit_price: {first_of: [sale.cents, cents], divide: 100},
    published_at: {first_of: [at, born], date: true},
    unit_price_original: {var: olds, nth: -1, divide: 100}, name: [label, title], tag: [labels, tags]}}
  cart: {fields: {product_basket_item: {var: lines, fields: {
    name: [label, title], unit_price: [sale_price, price],
    image_url: {var: pictures, first: true, prefix: "https://shop.example"}}}}}
  page_category: {first_of: [page.section, sections], nth: -1, levels: "|", prefix: "/A", default: "All <b>"}
  page_tag: {var: tags, split: ",", map: {OLD: new, gone: ""}, slug: true, prefix: "t-", default: none}
"""
AMOUNTS: list[dict[str, Any]] = [case for case in AMOUNT_TABLE if case.get("templates", True)]
HELD: list[tuple[str, dict[str, Any], dict[str, list[str]]]] = [
    (
        "product-visited",
        {
            "product": {
                "cents": 1999,
                "born": {"$date": MOMENT},
                "olds": ["1", "2050"],
                "title": "<b>",
                "tags": ["a", "b"],
            }
        },
        {
            "unit_price": ["19.99"],
            "published_at": [MOMENT],
            "unit_price_original": ["20.50"],
            "name": ["<b>"],
            "tag": ["a", "b"],
        },
    ),
    (
        "product-visited",
        {
            "product": {
                "sale": {"cents": 5},
                "cents": 1999,
                "at": MOMENT,
                "born": {"$date": MOMENT},
                "label": 0,
            }
        },
        {"unit_price": ["0.05"], "published_at": [MOMENT], "name": ["0"], "tag": []},
    ),
    (
        "cart",
        {"cart": {"lines": [{"title": "A", "pictures": ["/a", "/b"]}, {"label": "B", "title": "C"}]}},
        {"name": ["A", "B"], "image_url": ["https://shop.example/a"]},
    ),
    (
        "cart",
        {"cart": {"lines": [case["data"] for case in PRICES]}},
        {"unit_price": [case["value"] for case in PRICES]},
    ),
    (
        "product-visited",
        {"product": {"sale": {"cents": 0}, "cents": 1999}},
        {"unit_price": ["19.99"]},
    ),
    ("page-category", {"sections": ["Mugs", "", "Blue & <red>"]}, {"cn_page_category": ["/A/Blue & <red>"]}),
    ("page-category", {"page": {"section": "Mugs"}, "sections": ["x"]}, {"cn_page_category": ["/A/Mugs"]}),
    ("page-category", {"page": {"section": "Mugs | Blue |"}}, {"cn_page_category": ["/A/Mugs/Blue"]}),
    ("page-category", {"page": {}, "sections": None}, {"cn_page_category": ["All <b>"]}),
    (
        "page-tag",
        {"tags": ["Café Olé, Old", "日本", " ", "B's,"]},
        {"cn_page_tag": ["t-cafe-ole", "t-new", "t-b-s"]},
    ),
    ("page-tag", {"tags": ["日本,gone"]}, {"cn_page_tag": ["none"]}),
    ("page-tag", {"tags": "a"}, {"cn_page_tag": ["t-a"]}),
]


@pytest.mark.parametrize("target", [name for name in known() if name != "html"])
def test_amounts_that_contradict_each_other_are_left_out_in_the_engine(target: str, tmp_path: Path) -> None:
    line = {"var": "lines", "fields": AMOUNT_FIELDS}
    cents = {**AMOUNT_FIELDS, "unit_price_original": {"var": "cents", "divide": 100}}
    bought = {"total_price": ["total", "sum"], "product_basket_item": line}
    fields = {
        "cart": {"fields": {"product_basket_item": line}},
        "purchase": {"fields": bought},
        "product": {"fields": cents},
    }
    files = render(load("connectif.yaml", f"{STORE}templates: {json.dumps(fields)}\n".encode()), [target])
    texts = {path.partition("/")[2]: text for path, text in files.items()}
    held: list[tuple[str, dict[str, Any], list[dict[str, str]]]] = [
        (
            "cart",
            {"cart": {"lines": [case["data"] for case in AMOUNTS]}},
            [case["value"] for case in AMOUNTS],
        ),
        (
            "purchase",
            {"purchase": {"total": 99, "lines": [{"price": "5.00"}, {}]}},
            [{"unit_price": "5.00"}, {}],
        ),
        ("product-visited", {"product": {"price": "10.00", "cents": 1000}}, [{"unit_price": "10.00"}]),
        (
            "product-visited",
            {"product": {"price": "10.00", "cents": "1001"}},
            [{"unit_price": "10.00", "unit_price_original": "10.01"}],
        ),
    ]
    cases: list[Case] = [
        {"file": known()[target].path(name).partition("/")[2], "data": data} for name, data, _ in held
    ]
    for engine in ENGINES[target]:
        for (name, _, wanted), ways in zip(held, engine(texts, cases, tmp_path), strict=True):
            for way, html in ways.items():
                page = parse(decode("page", f"<!doctype html><body>{one_way(html)}".encode()))
                lined = name in ("cart", "purchase")
                around = page.select(".product_basket_item" if lined else ".cn_product_visited")
                found = [_amounts(each) for each in around]
                for number, (got, want) in enumerate(zip(found, wanted, strict=True)):
                    case = AMOUNTS[number]["name"] if name == "cart" else name
                    assert got == want, f"{case} ({way})"


def _amounts(around: Node) -> dict[str, str]:
    """The amounts of a product, or of a line."""
    spans = [node for node in around.descendants() if node.attributes.get("class") in AMOUNT_FIELDS]
    return {node.attributes["class"]: node.text.strip() for node in spans}


@pytest.mark.parametrize("target", [name for name in known() if name != "html"])
def test_the_one_table_of_conversions_holds_in_the_engine(target: str, tmp_path: Path) -> None:
    fields = {f"c{number}": _planned(row["source"], f"d{number}.") for number, row in enumerate(SHARED)}
    given = {f"d{number}": row["data"] for number, row in enumerate(SHARED)}
    wanted = {f"c{number}": _texts(row["value"]) for number, row in enumerate(SHARED)}
    held = [*HELD, ("client-info", {"contact": given}, wanted)]
    plan = f"{STORE}templates:\n  contact: {json.dumps({'fields': fields})}\n{PICKED}"
    files = render(load("connectif.yaml", plan.encode()), [target])
    texts = {path.partition("/")[2]: text for path, text in files.items()}
    cases: list[Case] = [
        {"file": known()[target].path(name).partition("/")[2], "data": data} for name, data, _ in held
    ]
    for engine in ENGINES[target]:
        for (name, data, classes), ways in zip(held, engine(texts, cases, tmp_path), strict=True):
            for way, html in ways.items():
                page = parse(decode("page", f"<!doctype html><body>{one_way(html)}".encode()))
                found = {each: [node.text.strip() for node in page.select(f".{each}")] for each in classes}
                assert found == classes, f"{name} ({way}) of {data}"


def _planned(source: dict[str, Any], before: str) -> dict[str, Any]:
    """A row's source as a template's variable, in an object of its own."""
    paths = {"first_of": [before + path for path in source.get("first_of", ())]}
    place = paths if "first_of" in source else {"var": before + source["path"]}
    return place | {name: source[name] for name in CHOSEN[1:] if name in source}


def _texts(value: str | list[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else value
