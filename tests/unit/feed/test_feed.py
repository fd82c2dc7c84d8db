"""The product feed and the import's CSV: what the platform reads, whole, valid and in flat memory."""

from __future__ import annotations

import csv
import io

import pytest

from connectif_kit.catalog.fields import Context, record
from connectif_kit.catalog.rows import rows
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.feed import authorised_only, rss, table
from connectif_kit.plan.load import load
from connectif_kit.vocabulary.model import Record
from connectif_kit.vocabulary.product import PRODUCT
from tests.unit.feed.feeds import STORE, G, feed, items, product

PLAN = load("connectif.yaml", STORE.encode()).plan
HOSTILE = (
    "<b>bold</b> & \"quoted\" 'text' ]]> &amp; é 😀\u2028",
    "two\nlines\r\nand\ttabs",
    "comma, semicolon; pipe",
    "{{ x }} <?xml ?> <!-- -->",
)


def test_a_product_becomes_all_that_the_platform_can_map() -> None:
    full: Record = PRODUCT.example()
    (item,) = items(full)
    assert item == [
        ("id", "mug-blue"),
        ("title", "Blue mug"),
        ("link", "https://shop.example/p/blue-mug/"),
        ("description", "Stoneware, 350 ml."),
        ("image_link", "https://shop.example/img/mug-blue.jpg"),
        ("product_type", "/Kitchen/Mugs"),
        ("brand", "Barro"),
        ("thumbnail_url", "https://shop.example/img/mug-blue-s.jpg"),
        ("tag", "handmade"),
        ("tag", "gift"),
        ("review_count", "8"),
        ("rating_value", "4.6"),
        ("rating_count", "21"),
        ("related_external_product_id", "plate-white"),
        ("priority", "1"),
        ("unit_price_without_vat", "10.33"),
        ("discounted_percentage", "16.67"),
        ("discounted_amount", "2.50"),
        ("custom_field_1", "350 ml"),
        ("custom_field_2", "dishwasher safe"),
        ("custom_field_3", "A-17"),
        ("published_at", "2026-01-15T10:20:30Z"),
        ("price", "15.00 EUR"),
        ("sale_price", "12.50 EUR"),
        ("availability", "in_stock"),
    ]


def test_prices_stay_as_they_are_written_and_lists_repeat() -> None:
    (item,) = items(product(category=("/A & B", "/C"), availability="OutOfStock"))
    assert ("price", "60.10 EUR") in item
    assert ("availability", "out_of_stock") in item
    assert [text for name, text in item if name == "product_type"] == ["/A & B", "/C"]
    assert "sale_price" not in dict(item)


def test_a_store_without_a_currency_writes_plain_numbers() -> None:
    root, _ = feed(product(), store=STORE.replace("  currency: EUR\n", ""))
    assert root.findtext(f"channel/item/{G}price") == "60.10"


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_through_the_xml(text: str) -> None:
    (item,) = items(product(name=text, description=text, brand=text))
    assert [dict(item)[name] for name in ("title", "description", "brand")] == [
        text.replace("\r\n", "\n")
    ] * 3


def test_characters_that_no_xml_can_hold_are_left_out_and_reported() -> None:
    root, told = feed(product(name="a\x00b\x0bc\ud800d\uffffe"), product(product_id="\x07id"))
    assert root.findtext(f"channel/item/{G}title") == "abcde"
    assert [(d.rule, d.severity, d.place.line) for d in told] == [
        ("control-character", Severity.WARNING, n) for n in (2, 3)
    ]
    assert all(d.message.isprintable() for d in told)


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://shop.example/p/", True),
        ("https://www.shop.example/p/", True),
        ("https://shop.example", True),
        ("http://shop.example/p/", False),
        ("https://shop.example.evil.example/", False),
        ("https://evil.example/?https://shop.example/", False),
    ],
)
def test_a_product_outside_the_authorised_domains_is_a_finding(url: str, taken: bool) -> None:
    root, told = feed(product(), product(url=url))
    assert len(root.findall("channel/item")) == 1 + taken
    assert [(d.rule, d.place.line) for d in told] == ([] if taken else [("unauthorised-url", 3)])


def test_a_domain_with_a_folder_is_held_to_its_folder() -> None:
    store = STORE.replace('["https://shop.example", "https://*.shop.example"]', '["https://shop.example/es"]')
    store = store.replace("url: https://shop.example", "url: https://shop.example/es")
    root, told = feed(product(), product(url="https://shop.example/es/p/1"), store=store)
    assert len(root.findall("channel/item")) == 1
    assert len(told) == 1


def sheet(*records: Record) -> tuple[list[dict[str, str]], list[Diagnostic]]:
    told: list[Diagnostic] = []
    placed = authorised_only(((Place("x"), record) for record in records), PLAN, told.append)
    text = "".join(table(placed, told.append, io.BytesIO()))
    return list(csv.DictReader(io.StringIO(text, newline=""))), told


def test_the_csv_has_the_imports_own_columns_and_spellings() -> None:
    ((row,), told) = sheet({**PRODUCT.example(), "published_at": "1700000000000"})
    assert told == []
    assert row["productDetailUrl"] == "https://shop.example/p/blue-mug/"
    assert row["availability"] == "instock"
    assert row["tags"] == "handmade|gift"
    assert row["publishedAt"] == "2023-11-14T22:13:20Z"
    assert row["unitPrice"] == "12.50"
    assert set(row) <= {field.api for field in PRODUCT.fields}


def test_the_csv_leaves_out_columns_that_nobody_fills() -> None:
    found, _ = sheet(product(), product(brand="Barro"))
    assert list(found[0]) == ["productDetailUrl", "productId", "name", "unitPrice", "brand"]
    assert [row["brand"] for row in found] == ["", "Barro"]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_through_the_csv(text: str) -> None:
    ((row,), told) = sheet(product(name=text))
    assert (row["name"], told) == (text, [])


def test_a_value_with_the_lists_separator_is_refused() -> None:
    found, told = sheet(product(tag=("a|b",)), product())
    assert len(found) == 1
    assert [d.rule for d in told] == ["list-separator"]


def test_a_feed_is_a_catalogue_again() -> None:
    given: Record = PRODUCT.example()
    text = "".join(rss([(Place("x"), given)], PLAN, print))
    (row,) = rows("feed.xml", io.BytesIO(text.encode()))
    again, problems = record(row.data, {}, PRODUCT, context=Context())
    assert problems == []
    assert dict(again) == given
    assert again.keys() == PRODUCT.by_html.keys()
