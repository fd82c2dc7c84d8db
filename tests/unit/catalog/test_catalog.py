"""The plan's catalogue: products by page and by id, and what a product page gets from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.catalog import Catalogue, lookup, open_catalogue
from connectif_kit.catalog.causes import MAX_CAUSES, FindingGroups
from connectif_kit.catalog.row import bad
from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.page.html import decode, parse
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan

CSV = """sku,title,price,permalink
mug,Blue mug,60.10,/p/mug/
café,Café,3.00,/p/caf%C3%A9.html
bad,Bad,"1,50",/p/bad/
plate,Plate,8.00,https://shop.example/es/p/plate?ref=1
"""
FIELDS = "{product_id: sku, name: title, unit_price: price, url: permalink}"


def loaded(catalog: str, pages: str = '{product: {match: "/p/*"}}', store: str = "/es") -> LoadedPlan:
    text = f"""
store: {{id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example{store}"}}
catalog: {catalog}
pages: {pages}
"""
    return load("connectif.yaml", text.encode())


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    (tmp_path / "p.csv").write_text(CSV, "utf-8")
    return open_catalogue(loaded(f"{{source: p.csv, fields: {FIELDS}}}"), tmp_path)


@pytest.mark.parametrize(
    ("url_path", "product_id"),
    [
        ("/p/mug/", "mug"),
        ("/es/p/mug/index.html", "mug"),
        ("/p/mug?color=blue", "mug"),
        ("/p/café/", "café"),
        ("/p/caf%C3%A9", "café"),
        ("/es/p/plate", "plate"),
        ("/p/bad/", None),
        ("/p/other/", None),
        ("/", None),
        ("/es", None),
    ],
)
def test_a_product_is_found_by_its_pages_path(
    catalogue: Catalogue, url_path: str, product_id: str | None
) -> None:
    found = catalogue.at(url_path)
    assert (found and found["product_id"]) == product_id


def test_a_product_is_found_by_its_id(catalogue: Catalogue) -> None:
    assert catalogue.by_id("mug") == {
        "url": "https://shop.example/es/p/mug/",
        "product_id": "mug",
        "name": "Blue mug",
        "unit_price": "60.10",
    }
    assert catalogue.by_id("nothing") is None


def test_the_good_rows_go_on_and_the_bad_ones_are_reported(catalogue: Catalogue) -> None:
    assert [record["product_id"] for record in catalogue.records] == ["mug", "café", "plate"]
    assert [f"{d.place} {d.severity} {d.plan}" for d in catalogue.problems] == [
        "p.csv:4:1 error connectif.yaml:3:65"
    ]


@pytest.mark.parametrize(
    ("name", "rows", "told"),
    [
        (
            "p.csv",
            "sku,title,price,permalink\na,A,1,/p/a/\nb,B,2,/p/b/\n",
            "error p.csv has no column `SKU`; did you mean `sku`?",
        ),
        (
            "p.jsonl",
            '{"sku": "a", "title": "A", "price": 1, "permalink": "/p/a/"}\n' * 2,
            "error no row of p.jsonl has `SKU`; did you mean `sku`?",
        ),
    ],
)
def test_a_column_that_is_not_there_is_reported_once_and_at_the_plan(
    tmp_path: Path, name: str, rows: str, told: str
) -> None:
    (tmp_path / name).write_text(rows)
    plan = loaded(f"{{source: {name}, fields: {FIELDS.replace('sku', 'SKU')}}}")
    catalogue = open_catalogue(plan, tmp_path)
    assert list(catalogue.records) == []
    assert [f"{d.severity} {d.message}" for d in catalogue.problems] == [told]
    assert str(catalogue.problems[0].place).startswith("connectif.yaml:3:")
    assert catalogue.left_out == 2


def test_a_path_that_some_row_has_is_missed_in_the_others_only(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text(
        '{"title": "A", "price": 1, "permalink": "/p/a/"}\n'
        '{"sku": "b", "title": "B", "price": 2, "permalink": "/p/b/"}\n'
    )
    catalogue = open_catalogue(loaded(f"{{source: p.jsonl, fields: {FIELDS}}}"), tmp_path)
    assert [record["product_id"] for record in catalogue.records] == ["b"]
    assert [f"{d.place.line} {d.message}" for d in catalogue.problems] == ["1 `product_id` is missing"]


def test_a_second_product_with_one_id_or_one_address_is_reported(tmp_path: Path) -> None:
    rows = ["sku,title,price,permalink", "a,A,1,/p/a/", "a,B,2,/p/b/", "c,C,3,/p/a/", "d,D,4,/p/a/?v=2"]
    (tmp_path / "p.csv").write_text("\n".join(rows))
    catalogue = open_catalogue(loaded(f"{{source: p.csv, fields: {FIELDS}}}"), tmp_path)
    assert (catalogue.by_id("a") or {})["name"] == "A"
    assert (catalogue.at("/p/a/") or {})["name"] == "A"
    assert [f"{d.place.line} {d.severity} {d.message}" for d in catalogue.problems] == [
        "3 warning duplicate id `a`; pages take the first",
        "4 warning another product has the address https://shop.example/es/p/a/; pages take the first",
    ]


def test_problems_stay_within_reason(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text("{}\n" + '{"sku":1}\n' * 2000)
    catalogue = open_catalogue(loaded("{source: p.jsonl}"), tmp_path)
    assert list(catalogue.records) == []
    lacking = [d for d in catalogue.problems if "`unit_price` is missing" in d.message]
    assert [d.message for d in lacking] == [
        "`unit_price` is missing (2,000 rows: lines 2, 3, 4, 5, 6, 7, 8, 9 and 1,992 more)"
    ]
    assert len(catalogue.problems) < 10
    assert catalogue.left_out == 2000


def test_causes_stay_within_reason() -> None:
    causes = FindingGroups()
    for number in range(MAX_CAUSES + 500):
        kind = "".join(chr(ord("a") + int(digit)) for digit in str(number))
        causes.add(bad(Place("p.csv", number + 1), f"{kind} is wrong"))
    told = causes.reported()
    assert len(told) == MAX_CAUSES + 1
    assert told[-1].message == "more than 1,000 kinds of problems; the rest is not shown"


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("none.csv", "catalog-file"),
        ("'https://shop.example/feed.xml'", "catalog-file"),
        ("p.xls", "catalog-format"),
    ],
)
def test_a_catalogue_that_cannot_be_read_is_a_mistake_at_its_line(
    tmp_path: Path, source: str, rule: str
) -> None:
    with pytest.raises(KitError) as caught:
        open_catalogue(loaded(f"{{source: {source}}}"), tmp_path)
    assert [(d.rule, str(d.place)) for d in caught.value.diagnostics] == [(rule, "connectif.yaml:3:11")]


PAGE = """<!doctype html><title>x</title><meta property="product:price:amount" content="5.00">
<meta property="og:title" content="Mug"><meta property="product:retailer_item_id" content="mug">"""


def product_on(plan: LoadedPlan, folder: Path, url_path: str = "/p/mug/") -> Any:
    find, _ = lookup(plan, folder)
    name, described = plan.plan.at(url_path)
    assert name
    assert described
    return find(parse(decode("public/p/mug/index.html", PAGE.encode())), url_path, described)


def test_a_product_page_takes_its_row(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(CSV, "utf-8")
    plan = loaded(f"{{source: p.csv, fields: {FIELDS}}}")
    assert product_on(plan, tmp_path).record["unit_price"] == "60.10"


def test_a_product_page_without_a_row_is_a_finding_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(CSV, "utf-8")
    plan = loaded(f"{{source: p.csv, fields: {FIELDS}}}")
    found = product_on(plan, tmp_path, "/p/other/")
    assert found.record is None
    assert [(d.rule, d.place.path) for d in found.diagnostics] == [
        ("missing-product-data", "public/p/mug/index.html")
    ]


def test_the_page_of_a_refused_row_is_reported_of_the_row(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(CSV, "utf-8")
    plan = loaded(f"{{source: p.csv, fields: {FIELDS}}}")
    (told,) = product_on(plan, tmp_path, "/p/bad/").diagnostics
    assert told.message == "its product, p.csv line 4, was refused"


@pytest.mark.parametrize(
    ("catalog", "pages"),
    [
        ("{source: open-graph}", '{product: {match: "/p/*"}}'),
        ("{}", '{product: {match: "/p/*", product: open-graph}}'),
    ],
)
def test_a_product_page_may_be_its_own_catalogue(tmp_path: Path, catalog: str, pages: str) -> None:
    assert product_on(loaded(catalog, pages), tmp_path).record == {
        "url": "https://shop.example/es/p/mug/",
        "product_id": "mug",
        "name": "Mug",
        "unit_price": "5.00",
    }


def test_what_only_a_browser_knows_is_left_to_it(tmp_path: Path) -> None:
    plan = loaded("{}\nintegration: {catalog: api}", '{product: {match: "/p/*", product: {global: p}}}')
    found = product_on(plan, tmp_path)
    assert (found.record, found.diagnostics) == (None, ())


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2026-01-02", "2026-01-02T00:00:00Z"),
        ("!!timestamp 2026-01-02", "2026-01-02T00:00:00Z"),
        ("2026-01-02 03:04:05Z", "2026-01-02T03:04:05Z"),
        ("2026-01-02 03:04:05 +01:00", "2026-01-02T03:04:05+01:00"),
        ("2026-01-02 03:04:05.5 +0100", "2026-01-02T03:04:05.5+01:00"),
        ("1767323045000", "1767323045000"),
    ],
)
def test_a_date_of_yaml_is_iso_text(tmp_path: Path, written: str, iso: str) -> None:
    row = f"- {{id: mug, name: Mug, price: 1.00, url: /p/mug/, published_at: {written}}}"
    (tmp_path / "p.yaml").write_text(row, "utf-8")
    catalogue = open_catalogue(loaded("{source: p.yaml}"), tmp_path)
    assert [record["published_at"] for record in catalogue.records] == [iso]


@pytest.mark.parametrize("name", ["p.json", "p.jsonl", "p.yaml", "p.csv", "p.xml"])
def test_each_format_gives_the_same_product(tmp_path: Path, name: str) -> None:
    row = {"id": "mug", "title": "Mug", "price": "60.10", "link": "/p/mug/"}
    xml = "".join(f"<{key}>{text}</{key}>" for key, text in row.items())
    (tmp_path / name).write_text(
        {
            "p.json": json.dumps({"items": [row]}),
            "p.jsonl": json.dumps(row),
            "p.yaml": "".join(f"{'-' if key == 'id' else ' '} {key}: {text}\n" for key, text in row.items()),
            "p.csv": ";".join(row) + "\n" + ";".join(row.values()),
            "p.xml": f"<list><p>{xml}</p></list>",
        }[name]
    )
    catalogue = open_catalogue(loaded(f"{{source: {name}}}"), tmp_path)
    assert list(catalogue.records) == [
        {"url": "https://shop.example/es/p/mug/", "product_id": "mug", "name": "Mug", "unit_price": "60.10"}
    ]
    assert catalogue.problems == []
