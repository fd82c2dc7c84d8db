"""Categories, brands, ids and ratings of a page's product."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.catalog.product_markup import (
    item,
    named,
    page,
    product,
    script,
    told,
    values,
)


def crumb(name: str, url: str | None = None) -> dict[str, Any]:
    return {"@type": "ListItem", "name": name} | ({"item": url} if url else {})


TRAILS: list[tuple[str, list[Any], list[str] | None]] = [
    ("index", [crumb("Inicio", "/index.html"), crumb("Casa", "/c/casa/"), crumb("Vase")], ["/Casa"]),
    (
        "http and www",
        [crumb("X", "http://www.shop.example"), crumb("Casa", "/c/casa/"), crumb("Vase")],
        ["/Casa"],
    ),
    ("a language", [crumb("Nuestra casa", "/es/"), crumb("Casa", "/es/c/"), crumb("Vase")], ["/Casa"]),
    ("a language and a country", [crumb("Home", "/en-GB"), crumb("Casa", "/c/"), crumb("Vase")], ["/Casa"]),
    (
        "two letters are a category",
        [crumb("TV", "/tv/"), crumb("LED", "/tv/led/"), crumb("Vase")],
        ["/TV/LED"],
    ),
    ("no address", [crumb("Startseite"), crumb("Casa", "/c/"), crumb("Vase")], ["/Casa"]),
    ("a start page of its own", [crumb("HOME", "/home/"), crumb("Casa", "/c/"), crumb("Vase")], ["/Casa"]),
    (
        "a department Home",
        [crumb("Home", "/c/home/"), crumb("Casa", "/c/"), crumb("Vase")],
        ["/Home/Casa"],
    ),
    ("a step without a name", [crumb("Home", "/"), crumb("", "/c/"), crumb("Vase")], ["/Own"]),
    ("no address at all", [crumb("Home"), crumb("Casa"), crumb("Mesa")], ["/Casa/Mesa"]),
    (
        "the product in another case",
        [crumb("Home", "/"), crumb("Casa", "/c/"), crumb("VASE", "/v")],
        ["/Casa"],
    ),
    (
        "the product by its address",
        [crumb("Home", "/"), crumb("Casa", "/c/"), crumb("V", "/p/vase")],
        ["/Casa"],
    ),
    ("nothing left", [crumb("Home", "/"), crumb("Vase")], ["/Own"]),
    ("only the start", [crumb("Home", "/")], ["/Own"]),
    ("blanks", [crumb("Home", "/"), crumb(" Casa \n y  mesa ", "/c/"), crumb("Vase")], ["/Casa y mesa"]),
    (
        "elsewhere",
        [crumb("Portal", "https://other.example/"), crumb("Casa", "/c/"), crumb("Vase")],
        ["/Portal/Casa"],
    ),
]


@pytest.mark.parametrize(("crumbs", "category"), named(TRAILS))
def test_categories_from_breadcrumbs(crumbs: list[Any], category: list[str] | None) -> None:
    steps = [{**each, "position": number} for number, each in enumerate(crumbs, 1)]
    trail = {"@type": "BreadcrumbList", "itemListElement": steps}
    found = page(script([product(category="Own"), trail]))
    assert values(found, "category") == [tuple(category or ())]


@pytest.mark.parametrize("text", ["Inicio > Casa > Vase", "Inicio / Casa / Vase", "Inicio»Casa»Vase"])
def test_breadcrumbs_in_one_text(text: str) -> None:
    found = page(script({"@type": "ItemPage", "breadcrumb": text, "mainEntity": product()}))
    assert values(found, "category") == [("/Casa",)]


def test_the_shops_name_is_a_start_too() -> None:
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [crumb("Barro"), crumb("Casa", "/c/"), crumb("Vase")],
    }
    found = page(script([product(), {"@type": "WebSite", "name": "BARRO"}, trail]))
    assert values(found, "category") == [("/Casa",)]


@pytest.mark.parametrize(
    ("more", "brand"),
    [
        ('<a itemprop=brand href="/b/acme/">ACME</a>', "ACME"),
        ('<a itemprop=brand href="/b/acme/"><img src=/l.png alt=ACME></a>', "ACME"),
        ('<img itemprop=brand src=/l.png alt="ACME">', "ACME"),
        ('<b itemprop=brand itemscope><meta itemprop=name content="ACME"></b>', "ACME"),
        ('<link itemprop=brand href="/b/acme/">', None),
        ("<ul itemprop=brand><li>AC</li><li>ME</li></ul>", "AC ME"),
    ],
)
def test_a_brand_is_a_name_and_no_address(more: str, brand: str | None) -> None:
    found = page(item("<b itemprop=price>30</b>", more), "microdata")
    assert values(found, "brand") == [brand]
    assert brand or told(found, "brand")


@pytest.mark.parametrize(
    ("ids", "wanted"),
    [
        ({"sku": "sku:v-1"}, "v-1"),
        ({"sku": None, "productID": "mpn:v-1"}, "v-1"),
        ({"sku": None, "identifier": {"@type": "PropertyValue", "propertyID": "mpn", "value": "v-1"}}, "v-1"),
        ({"sku": None, "gtin13": "gtin13: 4006381333931"}, "4006381333931"),
        ({"sku": "A:1"}, "A:1"),
        ({"sku": ["a", "b"]}, None),
    ],
)
def test_an_id_without_its_scheme(ids: dict[str, Any], wanted: str | None) -> None:
    found = page(script(product(**ids)))
    assert values(found, "product_id") == [wanted]
    assert wanted or told(found, "product_id")


@pytest.mark.parametrize(
    ("rating", "value", "count"),
    [
        ({"ratingValue": "4,5", "reviewCount": "1 234"}, "4.5", "1234"),
        ({"ratingValue": "4.6666666666666666666666666666666666666667", "reviewCount": 3}, "4.67", "3"),
        ({"ratingValue": "9", "bestRating": "10", "reviewCount": "3.0"}, "4.5", "3"),
        ({"ratingValue": "45%", "reviewCount": "12 reviews"}, None, None),
        ({"ratingValue": "9", "reviewCount": "1.234"}, None, None),
        ({"ratingValue": "4.956", "reviewCount": "12,345,678"}, "4.956", "12345678"),
    ],
)
def test_ratings(rating: dict[str, Any], value: str | None, count: str | None) -> None:
    found = page(script(product(aggregateRating=rating)))
    assert values(found, "rating_value", "review_count") == [value, count]
    assert value or told(found, "rating_value")
    assert count or told(found, "review_count")


WORK = {"@type": "Book", "sku": None, "isbn": "9780141182803", "name": "Ulysses"}


def test_a_work_with_an_offer_is_for_sale() -> None:
    found = page(script(product(**WORK)))
    assert values(found, "product_id", "name", "unit_price") == ["9780141182803", "Ulysses", "30.00"]


@pytest.mark.parametrize(
    ("things", "name"),
    [
        (product(**WORK, offers=None), None),
        (product(**{**WORK, "@type": "Article"}), None),
        ([product(**WORK), product(sku="b-1", name="Bookend")], "Bookend"),
    ],
    ids=["no offer", "no work that shops sell", "beside a product"],
)
def test_a_work_that_is_no_product(things: Any, name: str | None) -> None:
    assert values(page(script(things)), "name") == [name]
