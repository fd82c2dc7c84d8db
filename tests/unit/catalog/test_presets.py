"""Exports of shop systems as they come: rows of our own making, in the shapes of the real files."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.catalog import Catalogue, open_catalogue
from connectif_kit.catalog.presets import known
from connectif_kit.core.diagnostics import KitError, Severity
from connectif_kit.plan.load import load
from connectif_kit.vocabulary.product import PRODUCT
from connectif_kit.vocabulary.shop_exports import SHOP_EXPORTS

STORE = {
    "id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11",
    "environment": "eu5",
    "url": "https://shop.example",
    "currency": "EUR",
}


def table(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    """Rows as a file: each has the columns that it names, the others are empty."""
    names = dict.fromkeys(name for row in rows for name in row)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(names), delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def catalogue(folder: Path, text: str | bytes, name: str = "export.csv", **catalog: Any) -> Catalogue:
    data = text.encode() if isinstance(text, str) else text
    (folder / name).write_bytes(data)
    plan = {"store": STORE, "catalog": {"source": name, **catalog}}
    return open_catalogue(load("connectif.yaml", json.dumps(plan).encode()), folder)


def read(found: Catalogue, *names: str) -> list[Any]:
    """Some properties of each product."""
    rows = [tuple(record.get(name) for name in names) for record in found.records]
    return [row[0] for row in rows] if len(names) == 1 else rows


def messages(found: Catalogue) -> list[str]:
    return [f"{d.place.line} {d.severity} {d.message}" for d in found.problems]


SHIRT = {
    "Handle": "shirt",
    "Title": "Shirt",
    "Body (HTML)": "<p>Soft &amp; warm.</p>",
    "Vendor": "Acme",
    "Product Category": "Apparel & Accessories > Clothing > Shirts",
    "Type": "Shirts",
    "Tags": "cotton, Made to order",
    "Published": "TRUE",
    "Option1 Name": "Color",
    "Option1 Value": "Green",
    "Option2 Value": "S",
    "Variant SKU": "S-1",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "3",
    "Variant Inventory Policy": "deny",
    "Variant Price": "25",
    "Variant Compare At Price": "30.00",
    "Image Src": "https://cdn.example/1.jpg",
    "Variant Image": "https://cdn.example/g.jpg",
    "Status": "active",
    "Fabric (product.metafields.custom.fabric)": "linen",
}


def variant(**more: str) -> dict[str, str]:
    """A further row of the same product."""
    return {"Handle": "shirt", "Variant Inventory Tracker": "shopify", **more}


def shopify(folder: Path, *rows: dict[str, str], **catalog: Any) -> Catalogue:
    return catalogue(folder, table(list(rows)), preset="shopify", **catalog)


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


TEE = {
    "ID": "44",
    "Type": "variable",
    "SKU": "tee",
    "Name": "V-Neck Tee",
    "Published": "1",
    "Short description": "A tee.",
    "Description": "Soft.",
    "Date sale price starts": "",
    "Date sale price ends": "",
    "In stock?": "1",
    "Stock": "",
    "Sale price": "",
    "Regular price": "",
    "Categories": "Clothing > Tees, Sale\\, last pieces",
    "Tags": "cotton, summer",
    "Images": "https://cdn.example/tee.jpg, https://cdn.example/tee-2.jpg",
    "Parent": "",
    "Upsells": "id:46, hat",
}
RED = {
    "ID": "76",
    "Type": "variation",
    "SKU": "tee-red",
    "Name": "V-Neck Tee - Red",
    "Published": "1",
    "In stock?": "0",
    "Sale price": "18",
    "Regular price": "20",
    "Parent": "tee",
}
BLUE = {**RED, "ID": "77", "SKU": "", "Sale price": "", "Parent": "id:44", "In stock?": "1", "Name": ""}
MUG = {**TEE, "ID": "46", "Type": "simple, virtual", "SKU": "mug", "Name": "Mug", "Regular price": "9,50"}


def woo(folder: Path, *rows: dict[str, str], **catalog: Any) -> Catalogue:
    return catalogue(
        folder, table(list(rows)), **{"preset": "woocommerce", "url": "/product/{slug}/", **catalog}
    )


def test_variations_of_woocommerce_have_what_is_their_parents(tmp_path: Path) -> None:
    found = woo(tmp_path, TEE, MUG, RED, BLUE)
    names = ("product_id", "name", "unit_price", "unit_price_original", "availability", "url")
    assert read(found, *names) == [
        ("mug", "Mug", "9.50", None, "InStock", "https://shop.example/product/mug/"),
        ("tee-red", "V-Neck Tee - Red", "18", "20", "OutOfStock", "https://shop.example/product/v-neck-tee/"),
        ("77", "V-Neck Tee", "20", None, "InStock", "https://shop.example/product/v-neck-tee/"),
    ]
    more = ("category", "tag", "description", "image_url")
    assert read(found, *more)[1] == (
        *(("/Clothing/Tees", "/Sale, last pieces"), ("cotton", "summer"), "Soft."),
        "https://cdn.example/tee.jpg",
    )
    assert read(found, "related_external_product_id")[0] == ("46", "hat")
    assert (found.problems, dict(found.set_aside)) == ([], {})


def test_a_variation_may_come_before_its_parent(tmp_path: Path) -> None:
    assert read(woo(tmp_path, RED, BLUE, TEE), "product_id", "brand") == [("tee-red", None), ("77", None)]
    assert read(woo(tmp_path, RED, TEE), "category") == [("/Clothing/Tees", "/Sale, last pieces")]


def test_what_has_no_parent_or_no_child_is_reported(tmp_path: Path) -> None:
    found = woo(tmp_path, MUG, RED, {**TEE, "ID": "50", "SKU": "coat"})
    assert read(found, "product_id") == ["mug"]
    assert messages(found) == [
        "3 error a variation: its parent `tee` is not in the file",
        "4 error a variable product without a variation that is for sale: it has no price",
    ]
    assert found.left_out == 2


@pytest.mark.parametrize("published", ["0", "-1"])
def test_a_hidden_parent_hides_its_variations(tmp_path: Path, published: str) -> None:
    found = woo(tmp_path, RED, {**TEE, "Published": published}, BLUE, {**MUG, "Published": published})
    assert list(found.records) == []
    assert (found.problems, dict(found.set_aside)) == ([], {"drafts and unpublished products": 4})


@pytest.mark.parametrize(
    ("starts", "ends", "price"),
    [
        ("", "", "18"),
        ("2020-01-01", "", "18"),
        ("2999-01-01", "", "20"),
        ("2020-01-01", "2020-02-01 23:59:59", "20"),
        ("2020-01-01", "2999-01-01", "18"),
    ],
)
def test_a_sale_price_counts_on_its_days_only(tmp_path: Path, starts: str, ends: str, price: str) -> None:
    sale = {**RED, "Date sale price starts": starts, "Date sale price ends": ends}
    assert read(woo(tmp_path, TEE, sale), "unit_price") == [price]


def test_one_variation_stands_for_all_where_the_plan_wants_it(tmp_path: Path) -> None:
    found = woo(tmp_path, TEE, RED, BLUE, MUG, variants="first")
    assert read(found, "product_id", "name") == [("tee", "V-Neck Tee"), ("mug", "Mug")]


def test_woocommerce_in_spanish_and_german(tmp_path: Path) -> None:
    spanish = {
        "ID": "1",
        "Tipo": "simple",
        "SKU": "taza",
        "Nombre": "Taza",
        "Publicado": "1",
        "Descripción": "Azul",
        "¿Existencias?": "0",
        "Precio rebajado": "8,5",
        "Precio normal": "10",
        "Categorías": "Cocina > Tazas",
        "Etiquetas": "azul",
        "Imágenes": "https://cdn.example/t.jpg",
        "Superior": "",
        "Marcas": "Barro",
    }
    names = ("product_id", "unit_price", "unit_price_original", "availability", "category", "brand", "tag")
    want = [("taza", "8.5", "10", "OutOfStock", ("/Cocina/Tazas",), "Barro", ("azul",))]
    assert read(woo(tmp_path, spanish), *names) == want
    german = {
        "ID": "1",
        "Typ": "simple",
        "Artikelnummer": "tasse",
        "Name": "Tasse",
        "Veröffentlicht": "1",
        "Vorrätig?": "1",
        "Angebotspreis": "",
        "Regulärer Preis": "9,90",
        "Kategorien": "Küche > Tassen",
    }
    assert read(woo(tmp_path, german), "product_id", "unit_price", "availability", "category") == [
        ("tasse", "9.90", "InStock", ("/Küche/Tassen",))
    ]


IPOD = {
    "Product ID": "1",
    "Active (0/1)": "1",
    "Name *": "Player",
    "Categories (x,y,z...)": "Music/Players,Gifts",
    "Price tax excluded": "100",
    "Tax rules ID": "1",
    "Discount amount": "",
    "Discount percent": "5.5",
    "Discount from (yyyy-mm-dd)": "2020-01-01",
    "Discount to (yyyy-mm-dd)": "2999-12-31",
    "Reference #": "RP-1",
    "Manufacturer": "Acme",
    "Quantity": "0",
    "Summary": "",
    "Description": "<p>New.</p>",
    "Tags (x,y,z...)": "music, player",
    "URL rewritten": "player",
    "Available for order (0 = No, 1 = Yes)": "1",
    "Product creation date": "2013-01-01",
    "Image URLs (x,y,z...)": "https://cdn.example/1.jpg,https://cdn.example/2.jpg",
    "Out of stock action": "2",
}


def presta(folder: Path, *rows: dict[str, str], **catalog: Any) -> Catalogue:
    text = table(list(rows), ";")
    return catalogue(
        folder, text, **{"preset": "prestashop", "url": "/{id}-{rewrite}.html", "vat": 21, **catalog}
    )


def test_prestashop_with_taxes_and_a_discount(tmp_path: Path) -> None:
    (found,) = presta(tmp_path, IPOD).records
    assert found == {
        "url": "https://shop.example/1-player.html",
        "product_id": "1",
        "name": "Player",
        "unit_price": "114.35",
        "unit_price_original": "121.00",
        "discounted_amount": "6.65",
        "description": "<p>New.</p>",
        "image_url": "https://cdn.example/1.jpg",
        "availability": "OutOfStock",
        "category": ("/Music/Players", "/Gifts"),
        "tag": ("music", "player"),
        "brand": "Acme",
        "published_at": "2013-01-01T00:00:00Z",
    }


@pytest.mark.parametrize(
    ("cells", "vat", "want"),
    [
        ({"Discount percent": ""}, 21, "121.00"),
        ({"Discount percent": "", "Discount amount": "21"}, 21, "100.00"),
        ({"Discount percent": "17.3554", "Discount amount": "21"}, 21, "100.00"),
        ({"Discount to (yyyy-mm-dd)": "2020-02-01"}, 21, "121.00"),
        ({"Discount to (yyyy-mm-dd)": "0000-00-00"}, 21, "114.35"),
        ({"Discount percent": ""}, 0, "100.00"),
        ({"Discount percent": ""}, {"1": 10}, "110.00"),
        ({"Discount percent": "", "Price tax included": "119.9"}, None, "119.9"),
    ],
)
def test_the_price_is_the_one_that_is_charged(
    tmp_path: Path, cells: dict[str, str], vat: object, want: str
) -> None:
    assert read(presta(tmp_path, {**IPOD, **cells}, vat=vat), "unit_price") == [want]


@pytest.mark.parametrize(
    ("cells", "vat", "said"),
    [
        ({}, None, "without taxes"),
        ({}, {"2": 10}, "no tax rule `1`"),
        ({"Price tax excluded": "1,234"}, 21, "not an amount that can be read in one way"),
        ({"Discount percent": "", "Discount amount": "200"}, 21, "more than its price"),
    ],
)
def test_a_price_that_cannot_be_told_is_refused(
    tmp_path: Path, cells: dict[str, str], vat: object, said: str
) -> None:
    found = presta(tmp_path, {**IPOD, **cells}, vat=vat)
    assert list(found.records) == []
    (problem,) = found.problems
    assert (problem.severity, problem.place.line) == (Severity.ERROR, 2)
    assert said in problem.message


@pytest.mark.parametrize(
    ("sign", "taken"), [("€", True), ("$", False), ("", True), (" EUR", True), (" PLN", False)]
)
def test_the_back_offices_list_of_prestashop_with_its_currency(
    tmp_path: Path, sign: str, taken: bool
) -> None:
    row = {
        "Product ID": "7",
        "Image": "https://cdn.example/7.jpg",
        "Name": "Mug",
        "Reference": "M-7",
        "Category": "Mugs",
        "Price (tax excl.)": f"28,76{sign}",
        "Price (tax incl.)": f"34,80{sign}",
        "Quantity": "300",
        "Status": "1",
    }
    found = presta(tmp_path, row, url="/{id}-{reference}.html", vat=None)
    want = [("34.80", "28.76", "InStock", "https://shop.example/7-M-7.html")]
    names = ("unit_price", "unit_price_without_vat", "availability", "url")
    assert read(found, *names) == (want if taken else [])
    assert [d.element for d in found.problems if d.severity == "error"] == ([] if taken else ["unit_price"])


COMBINATION = {
    "Product ID*": "1",
    "Attribute (Name:Type:Position)*": "Color:color:0, Disk space:select:1",
    "Value (Value:Position)*": "Blue:0, 16GB:1",
    "Reference": "RP-1-BLUE",
    "Impact on price": "40",
    "Quantity": "10",
    "Default (0 = No, 1 = Yes)": "0",
    "Image URLs (x,y,z...)": "https://cdn.example/blue.jpg",
}


def combined(
    folder: Path,
    product: dict[str, str],
    *rows: dict[str, str],
    other: dict[str, str] | None = None,
    **catalog: Any,
) -> Catalogue:
    (folder / "combinations.csv").write_text(table(list(rows), ";"))
    return presta(folder, product, *([other] if other else []), combinations="combinations.csv", **catalog)


PLAIN = {**IPOD, "Discount percent": ""}


def test_a_combination_is_a_product_with_its_own_price_and_stock(tmp_path: Path) -> None:
    small = {
        **COMBINATION,
        "Reference": "",
        "Value (Value:Position)*": "Red:1,8GB:0",
        "Impact on price": "-10,5",
    }
    small |= {"Quantity": "0", "Image URLs (x,y,z...)": ""}
    other = {**PLAIN, "Product ID": "2", "Quantity": "3"}
    found = combined(tmp_path, PLAIN, COMBINATION, small, other=other)
    names = ("product_id", "name", "unit_price", "availability", "image_url", "brand")
    assert read(found, *names) == [
        ("RP-1-BLUE", "Player - Blue / 16GB", "169.40", "InStock", "https://cdn.example/blue.jpg", "Acme"),
        ("1-red-8gb", "Player - Red / 8GB", "108.30", "OutOfStock", "https://cdn.example/1.jpg", "Acme"),
        ("2", "Player", "121.00", "InStock", "https://cdn.example/1.jpg", "Acme"),
    ]
    assert set(read(found, "url")) == {
        "https://shop.example/1-player.html",
        "https://shop.example/2-player.html",
    }
    assert messages(found) == []


@pytest.mark.parametrize(
    ("product", "vat", "want"),
    [
        ({"Discount percent": "10"}, 21, "152.46"),
        ({"Discount amount": "9.40"}, 21, "160.00"),
        ({"Price tax included": "121"}, 21, "169.40"),
        ({"Price tax excluded": "", "Price tax included": "121"}, 21, "169.40"),
    ],
)
def test_a_combinations_impact_is_without_taxes_and_before_the_discount(
    tmp_path: Path, product: dict[str, str], vat: object, want: str
) -> None:
    found = combined(tmp_path, {**PLAIN, **product}, COMBINATION, vat=vat)
    assert read(found, "unit_price") == [want]


def test_one_product_has_the_price_of_its_default_combination(tmp_path: Path) -> None:
    default = {**COMBINATION, "Impact on price": "5", "Quantity": "0", "Default (0 = No, 1 = Yes)": "1"}
    found = combined(tmp_path, PLAIN, COMBINATION, default, variants="first")
    assert read(found, "product_id", "name", "unit_price", "availability") == [
        ("1", "Player", "127.05", "InStock")
    ]
    assert dict(found.set_aside) == {"further variants": 1}


def test_combinations_may_name_their_product_by_its_reference(tmp_path: Path) -> None:
    row = {**COMBINATION, "Product ID*": "", "Product Reference": "RP-1"}
    assert read(combined(tmp_path, PLAIN, row), "product_id") == ["RP-1-BLUE"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"Product ID*": "9"}, "its product `9` is not in the catalogue's file"),
        ({"Product ID*": ""}, "names no product"),
        ({"Value (Value:Position)*": ""}, "without a value"),
        ({"Value (Value:Position)*": "Blue:0"}, "2 attributes with 1 values"),
        ({"Impact on price": "1,234"}, "not an amount that can be read in one way"),
        ({"Impact on price": "-200"}, "takes 200 off a price that is lower"),
    ],
)
def test_a_combination_that_is_unclear_is_refused_at_its_line(
    tmp_path: Path, cells: dict[str, str], said: str
) -> None:
    found = combined(tmp_path, PLAIN, {**COMBINATION, **cells})
    prices = read(found, "product_id")
    assert prices == (["1"] if "Product ID*" in cells else [])
    (problem,) = found.problems
    assert (problem.place.path, problem.place.line) == ("combinations.csv", 2)
    assert said in problem.message


def test_a_combination_among_the_products_is_refused(tmp_path: Path) -> None:
    found = presta(tmp_path, {**PLAIN, "Value (Value:Position)*": ""}, {**PLAIN, **COMBINATION})
    assert read(found, "unit_price") == ["121.00"]
    assert [d.message for d in found.problems] == ["a combination stands among the products"]


@pytest.mark.parametrize(
    ("written", "want", "warned"),
    [
        ("Home,iPods", ("/iPods",), 0),
        ("Inicio/Música/Radios", ("/Música/Radios",), 0),
        ("Homeware/Mugs", ("/Homeware/Mugs",), 0),
        ("13", None, 1),
        ("13, 14", None, 1),
        ("501 Jeans, 14", ("/501 Jeans", "/14"), 0),
    ],
)
def test_categories_of_prestashop_are_names_below_its_root(
    tmp_path: Path, written: str, want: tuple[str, ...] | None, warned: int
) -> None:
    found = presta(tmp_path, {**PLAIN, "Categories (x,y,z...)": written})
    assert read(found, "category") == [want]
    assert [d.severity for d in found.problems] == [Severity.WARNING] * warned


def test_two_default_combinations_at_two_prices_are_refused(tmp_path: Path) -> None:
    one = {**COMBINATION, "Default (0 = No, 1 = Yes)": "1"}
    found = combined(tmp_path, PLAIN, one, {**one, "Impact on price": "0"}, variants="first")
    assert read(found, "product_id") == []
    assert "at different prices" in found.problems[0].message


def test_combinations_of_an_inactive_product_are_left_out(tmp_path: Path) -> None:
    found = combined(tmp_path, {**PLAIN, "Active (0/1)": "0"}, COMBINATION, COMBINATION)
    assert read(found, "product_id") == []
    assert (messages(found), dict(found.set_aside)) == ([], {"drafts and unpublished products": 2})


def test_a_missing_file_of_combinations_is_named_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(KitError) as raised:
        presta(tmp_path, IPOD, combinations="none.csv")
    assert "there is no file none.csv" in raised.value.diagnostics[0].message


def test_windows_1252_semicolons_and_inactive_products(tmp_path: Path) -> None:
    rows = [{**IPOD, "Name *": "Señal €"}, {**IPOD, "Product ID": "2", "Active (0/1)": "0"}]
    found = catalogue(
        tmp_path,
        table(rows, ";").encode("cp1252"),
        preset="prestashop",
        vat=21,
        url="/{id}.html",
    )
    assert read(found, "name") == ["Señal €"]
    assert [d.severity for d in found.problems] == [Severity.WARNING]


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
