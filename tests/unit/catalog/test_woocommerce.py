"""WooCommerce's export: variations and their parents, sale days, other languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.exports import (
    MUG,
    TEE,
    messages,
    read,
    woo,
)

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
