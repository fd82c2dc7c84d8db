"""Exports of shop systems as they come: rows of our own making, in the shapes of the real files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.exports import (
    SHIRT,
    catalogue,
    messages,
    read,
    shopify,
    table,
)


def variant(**more: str) -> dict[str, str]:
    """A further row of the same product."""
    return {"Handle": "shirt", "Variant Inventory Tracker": "shopify", **more}


def test_a_first_row_of_shopify_is_a_product(tmp_path: Path) -> None:
    found = shopify(tmp_path, SHIRT)
    assert list(found.records) == [
        {
            "url": "https://shop.example/products/shirt",
            "product_id": "S-1",
            "name": "Shirt - Green / S",
            "unit_price": "25",
            "unit_price_original": "30.00",
            "discounted_amount": "5.00",
            "description": "<p>Soft &amp; warm.</p>",
            "image_url": "https://cdn.example/g.jpg",
            "availability": "InStock",
            "category": ("/Shirts",),
            "tag": ("cotton", "Made to order"),
            "brand": "Acme",
        }
    ]
    assert found.problems == []


def test_variants_take_down_what_is_the_products_and_pictures_are_no_products(tmp_path: Path) -> None:
    found = shopify(
        tmp_path,
        SHIRT,
        variant(**{"Option1 Value": "Blue", "Option2 Value": "M", "Variant Price": "27.50"}),
        variant(**{"Image Src": "https://cdn.example/2.jpg"}),
    )
    names = ("product_id", "name", "unit_price", "unit_price_original", "image_url", "brand", "availability")
    assert read(found, *names)[1] == (
        *("shirt-blue-m", "Shirt - Blue / M", "27.50", None, "https://cdn.example/1.jpg", "Acme"),
        None,
    )
    assert (found.left_out, dict(found.set_aside)) == (0, {"rows of further pictures": 1})


def test_one_product_for_all_variants_where_the_plan_wants_it(tmp_path: Path) -> None:
    more = variant(**{"Option1 Value": "Blue", "Variant Price": "27.50"})
    found = shopify(tmp_path, SHIRT, more, variants="first")
    assert read(found, "product_id", "name", "unit_price") == [("shirt", "Shirt", "25")]
    assert dict(found.set_aside) == {"further variants": 1}


@pytest.mark.parametrize("hidden", [{"Status": "draft"}, {"Status": "archived"}, {"Published": "false"}])
def test_drafts_are_left_out_with_all_their_variants(tmp_path: Path, hidden: dict[str, str]) -> None:
    more = variant(**{"Option1 Value": "Blue", "Variant Price": "27.50"})
    hat = {**SHIRT, "Handle": "hat", "Variant SKU": "H-1"}
    found = shopify(tmp_path, {**SHIRT, **hidden}, more, hat)
    assert read(found, "product_id") == ["H-1"]
    assert dict(found.set_aside) == {"drafts and unpublished products": 2}


@pytest.mark.parametrize(
    ("cells", "want"),
    [
        ({"Variant Inventory Qty": "0"}, "OutOfStock"),
        ({"Variant Inventory Qty": "-4"}, "OutOfStock"),
        ({"Variant Inventory Qty": "0", "Variant Inventory Policy": "continue"}, "InStock"),
        ({"Variant Inventory Qty": "0", "Variant Inventory Tracker": ""}, "InStock"),
        ({"Variant Inventory Qty": ""}, None),
    ],
)
def test_units_become_availability(tmp_path: Path, cells: dict[str, str], want: str | None) -> None:
    assert read(shopify(tmp_path, {**SHIRT, **cells}), "availability") == [want]


def test_an_export_without_units_does_not_say_that_all_is_sold_out(tmp_path: Path) -> None:
    row = {name: cell for name, cell in SHIRT.items() if name != "Variant Inventory Qty"}
    assert read(shopify(tmp_path, row), "availability") == [None]


def test_the_newer_columns_of_shopify_are_known(tmp_path: Path) -> None:
    row = {
        "Title": "Cap",
        "URL handle": "cap",
        "Description": "Blue",
        "Vendor": "Acme",
        "Published on online store": "TRUE",
        "Status": "Active",
        "SKU": "'0042",
        "Option1 value": "Default Title",
        "Price": "1,299.00",
        "Compare-at price": "0.00",
        "Inventory tracker": "shopify",
        "Inventory quantity": "10",
        "Continue selling when out of stock": "DENY",
        "Product image URL": "https://cdn.example/cap.jpg",
    }
    names = ("product_id", "name", "unit_price", "unit_price_original", "availability", "image_url")
    assert read(shopify(tmp_path, row), *names) == [
        ("0042", "Cap", "1299.00", None, "InStock", "https://cdn.example/cap.jpg")
    ]


def test_the_plan_speaks_of_the_exports_own_columns_in_every_row(tmp_path: Path) -> None:
    found = shopify(
        tmp_path,
        SHIRT,
        variant(**{"Option1 Value": "Blue", "Variant Price": "27.50"}),
        {**SHIRT, "Handle": "hat", "Vendor": "Other"},
        fields={"custom_field_1": "Fabric (product.metafields.custom.fabric)", "product_id": "Variant SKU"},
        where={"Vendor": "acme"},
        url="/p/{handle}/",
    )
    assert read(found, "custom_field_1", "url", "product_id") == [
        ("linen", "https://shop.example/p/shirt/", "S-1"),
    ]
    assert messages(found) == ["3 error `product_id` is missing"]
    assert dict(found.set_aside) == {"rows that `where` does not want": 1}


def test_variants_of_one_page_are_no_complaint_and_the_page_has_the_first(tmp_path: Path) -> None:
    more = variant(**{"Option1 Value": "Blue", "Variant Price": "27.50"})
    found = shopify(tmp_path, SHIRT, more)
    shown = found.at("/products/shirt")
    assert shown
    assert shown["product_id"] == "S-1"
    assert found.problems == []


def test_a_file_of_another_shop_is_refused_with_its_reason(tmp_path: Path) -> None:
    found = catalogue(tmp_path, table([{"ID": "1", "Name": "Mug"}]), preset="shopify")
    assert list(found.records) == []
    assert messages(found) == [
        "2 error this is not a shopify export: it has no column `handle`, `title`, `variant price`"
    ]
