"""PrestaShop's exports: taxes, discounts, combinations, categories, files of Windows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from connectif_kit.catalog import Catalogue
from connectif_kit.core.diagnostics import KitError, Severity
from tests.unit.catalog.exports import (
    IPOD,
    catalogue,
    messages,
    presta,
    read,
    table,
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
def test_a_price_that_cannot_be_reported_is_refused(
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
