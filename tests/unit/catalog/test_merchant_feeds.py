"""A merchant feed as a catalogue; what holds for every preset."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.catalog import Catalogue
from connectif_kit.catalog.presets import known
from connectif_kit.core.diagnostics import KitError
from connectif_kit.vocabulary.product import PRODUCT
from connectif_kit.vocabulary.shop_exports import SHOP_EXPORTS
from tests.unit.catalog.exports import (
    IPOD,
    MUG,
    SHIRT,
    catalogue,
    messages,
    presta,
    read,
    shopify,
    table,
    woo,
)

FEED = """<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel>{}</channel></rss>"""
ITEM = """<item><g:id>{id}</g:id><title>Mug</title><link>https://shop.example/p/{id}/</link>
<g:price>10.00 EUR</g:price>{more}</item>"""


def google(folder: Path, *items: str, **catalog: Any) -> Catalogue:
    return catalogue(folder, FEED.format("".join(items)), "feed.xml", **catalog)


@pytest.mark.parametrize("catalog", [{"preset": "google-merchant"}, {}])
@pytest.mark.parametrize(
    ("dates", "price"),
    [
        ("2020-01-01T00:00+0100/2999-01-01T00:00+0100", "8.00"),
        ("2020-01-01T00:00+0100/2020-02-01T00:00+0100", "10.00"),
        ("2999-01-01T00:00+0100/2999-02-01T00:00+0100", "10.00"),
        ("", "8.00"),
    ],
)
def test_a_feeds_sale_price_counts_on_its_days_only(
    tmp_path: Path, catalog: dict[str, str], dates: str, price: str
) -> None:
    more = (
        "<g:sale_price>8.00 EUR</g:sale_price>"
        f"<g:sale_price_effective_date>{dates}</g:sale_price_effective_date>"
    )
    assert read(google(tmp_path, ITEM.format(id=1, more=more), **catalog), "unit_price") == [price]


def test_a_group_of_a_feed_may_be_one_product(tmp_path: Path) -> None:
    group = "<g:item_group_id>mug</g:item_group_id>"
    some = [ITEM.format(id=number, more=group) for number in (1, 2)] + [ITEM.format(id=3, more="")]
    assert read(google(tmp_path, *some, preset="google-merchant", variants="first"), "product_id") == [
        "1",
        "3",
    ]


def test_a_tab_separated_feed_is_read_by_the_same_preset(tmp_path: Path) -> None:
    row = {"id": "1", "title": "Mug", "link": "https://shop.example/p/1/", "price": "9.50 EUR"}
    text = table([{**row, "image link": "https://cdn.example/1.jpg", "availability": "out of stock"}], "\t")
    found = catalogue(tmp_path, text, "feed.tsv", preset="google-merchant")
    assert read(found, "unit_price", "image_url", "availability") == [
        ("9.50", "https://cdn.example/1.jpg", "OutOfStock")
    ]


def test_an_unknown_preset_is_refused_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(KitError) as refused:
        catalogue(tmp_path, "id\n", preset="shopfy")
    assert "did you mean `shopify`?" in str(refused.value)


def test_a_preset_is_what_its_file_says() -> None:
    assert set(known()) == set(SHOP_EXPORTS)
    for preset in known().values():
        assert set(preset.numbers) <= set(preset.names) <= set(PRODUCT.by_html)
        assert set(preset.export.needed) <= set(preset.export.columns)


def test_the_day_is_the_readings_own() -> None:
    from connectif_kit.catalog.presets import on

    assert on(date(2026, 1, 2), "2026-01-02", "2026-01-02")
    assert not on(date(2026, 1, 3), "2026-01-02", "2026-01-02")
    assert on(date(2026, 1, 3), "", " ")


@pytest.mark.parametrize("days", ["next week", "01/02/2011 - 03/02/2011", "2026-01-01/soon"])
@pytest.mark.parametrize("catalog", [{"preset": "google-merchant"}, {}])
def test_a_sale_whose_days_cannot_be_read_is_refused(
    tmp_path: Path, catalog: dict[str, str], days: str
) -> None:
    dates = f"<g:sale_price_effective_date>{days}</g:sale_price_effective_date>"
    more = f"<g:sale_price>8.00 EUR</g:sale_price>{dates}"
    found = google(tmp_path, ITEM.format(id=1, more=more), ITEM.format(id=2, more=""), **catalog)
    assert read(found, "product_id", "unit_price") == [("2", "10.00")]
    assert "the days of its reduced price cannot be read" in messages(found)[0]


def test_other_exports_refuse_such_days_too(tmp_path: Path) -> None:
    player = presta(tmp_path, {**IPOD, "Discount from (yyyy-mm-dd)": "1 May"})
    assert read(player, "product_id") == []
    assert "cannot be read: `1 May`" in messages(player)[0]
    mug = woo(tmp_path, {**MUG, "Sale price": "5", "Date sale price ends": "31.12.2999"})
    assert read(mug, "product_id") == []
    assert "cannot be read: `31.12.2999`" in messages(mug)[0]


def test_a_reduced_price_of_nothing_is_none(tmp_path: Path) -> None:
    more = "<g:sale_price>0 EUR</g:sale_price>"
    found = google(tmp_path, ITEM.format(id=1, more=more), preset="google-merchant")
    assert read(found, "unit_price") == ["10.00"]
    [told] = messages(found)
    assert "a price of 0 (`g:sale_price`) is taken as none: `g:price` counts" in told


@pytest.mark.parametrize(
    ("sale", "said"), [("0", "is taken as none"), ("12", "is more than"), ("0,00", "none")]
)
def test_a_reduced_price_that_is_none_leaves_the_regular_one(tmp_path: Path, sale: str, said: str) -> None:
    found = woo(tmp_path, {**MUG, "Sale price": sale, "Regular price": "10"})
    assert read(found, "unit_price", "unit_price_original") == [("10", None)]
    [told] = messages(found)
    assert said in told


@pytest.mark.parametrize("discount", [{"Discount amount": "-5"}, {"Discount percent": "-5"}])
def test_a_negative_discount_is_refused(tmp_path: Path, discount: dict[str, str]) -> None:
    found = presta(tmp_path, {**IPOD, **discount})
    assert read(found, "unit_price") == []
    assert "its discount is negative" in messages(found)[0]


def test_a_price_before_that_is_lower_is_reported(tmp_path: Path) -> None:
    found = shopify(tmp_path, {**SHIRT, "Variant Price": "25", "Variant Compare At Price": "20"})
    assert read(found, "unit_price", "unit_price_original") == [("25", None)]
    assert "the price before, 20, is less than the price, 25" in messages(found)[0]


def test_a_price_of_0_is_reported_once_for_all_rows(tmp_path: Path) -> None:
    rows = [
        {**SHIRT, "Variant SKU": each, "Variant Price": "0.00", "Variant Compare At Price": ""}
        for each in "AB"
    ]
    found = shopify(tmp_path, *rows)
    assert read(found, "unit_price") == ["0.00", "0.00"]
    [told] = messages(found)
    assert "the price is 0 (2 rows" in told


@pytest.mark.parametrize("changed", ['="007"', "1,05E+12", "8.41E+12"])
def test_an_id_that_a_spreadsheet_has_changed_is_refused(tmp_path: Path, changed: str) -> None:
    mug = {"url": "https://shop.example/p/", "name": "Mug", "price": "1"}
    found = catalogue(tmp_path, table([{"id": each, **mug} for each in (changed, "E+1")]))
    assert read(found, "product_id") == ["E+1"]
    assert "before a spreadsheet changed it" in found.problems[0].message
