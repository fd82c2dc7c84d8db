"""The starter shop as files: whole, valid, and of one mind with its own catalogue."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from bs4 import BeautifulSoup

from tests.tools import ROOT

STARTER = ROOT / "templates" / "starter"
PUBLIC = STARTER / "public"
PAGES = sorted(PUBLIC.rglob("*.html"))
PRODUCTS = list(csv.DictReader((STARTER / "data" / "products.csv").read_text("utf-8").splitlines()))

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(PUBLIC).as_posix())
each_product = pytest.mark.parametrize("row", PRODUCTS, ids=lambda row: row["sku"])


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_bytes(), "html5lib")


def file_at(address: str) -> Path:
    path = urlsplit(address).path
    return PUBLIC / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))


def linked_data(page: Path, kind: str) -> list[dict[str, Any]]:
    scripts = soup(page).select('script[type="application/ld+json"]')
    return [data for data in (json.loads(script.string or "") for script in scripts) if data["@type"] == kind]


@each_page
def test_a_page_is_valid_and_says_what_it_is(page: Path) -> None:
    html5lib.HTMLParser(strict=True).parse(page.read_text("utf-8"))
    tree = soup(page)
    wanted = ("html[lang=en]", "title", "meta[name=description]", "link[rel=canonical]", "main h1", "a.skip")
    assert [css for css in wanted if not tree.select(css)] == []
    assert not [image for image in tree.select("img") if not image.has_attr("alt")]


@each_page
def test_every_address_in_a_page_leads_somewhere(page: Path) -> None:
    tags = soup(page).select("[href], [src], form[action]")
    addresses = [str(tag.get("href") or tag.get("src") or tag.get("action")) for tag in tags]
    assert [a for a in addresses if not a.startswith("#") and not file_at(a).is_file()] == []


@each_page
def test_pages_share_header_and_footer_to_the_byte(page: Path) -> None:
    home = (PUBLIC / "index.html").read_text("utf-8")
    for part in (r"<body>.*?</header>", r"<footer.*</body>"):
        shared = re.compile(part, re.DOTALL)
        assert shared.findall(page.read_text("utf-8")) == shared.findall(home)


@each_page
def test_a_strict_content_security_policy_has_nothing_to_refuse(page: Path) -> None:
    tree = soup(page)
    assert tree.select('script:not([src]):not([type="application/ld+json"]), style, [style]') == []
    assert not [name for tag in tree.find_all(True) for name in tag.attrs if name.startswith("on")]


def test_nothing_of_the_integration_is_there_before_it_is_injected() -> None:
    texts = {page: page.read_text("utf-8").lower() for page in PAGES}
    assert [page for page, text in texts.items() if "cn_" in text or "connectif" in text] == []


@each_product
def test_the_page_of_a_product_agrees_with_the_catalogue(row: dict[str, str]) -> None:
    page = file_at(row["permalink"])
    [data] = linked_data(page, "Product")
    offer = data["offers"]
    said = (data["sku"], data["name"], data["url"], data["image"], data["brand"]["name"], data["description"])
    keys = ("sku", "title", "permalink", "image", "brand", "description")
    assert said == tuple(row[key] for key in keys)
    assert (offer["price"], offer["priceCurrency"]) == (row["price"], "EUR")
    assert offer["availability"] == "https://schema.org/" + row["stock"]
    assert file_at(row["image"]).is_file()
    tree = soup(page)
    shown = [tag.get_text() for tag in tree.select("main h1, main .price")]
    assert shown[0] == row["title"]
    assert "€" + row["price"] in shown[1]
    assert len(tree.select(f'[data-like="{row["sku"]}"]')) == 1


@each_product
def test_breadcrumbs_spell_the_categories(row: dict[str, str]) -> None:
    trails = linked_data(file_at(row["permalink"]), "BreadcrumbList")
    names = [[item["name"] for item in trail["itemListElement"]] for trail in trails]
    assert ["/" + "/".join(trail[1:-1]) for trail in names] == row["categories"].split("|")


def test_search_reads_the_same_catalogue() -> None:
    found = json.loads((PUBLIC / "products.json").read_text("utf-8"))
    for row, product in zip(PRODUCTS, found, strict=True):
        assert (product["sku"], product["title"], product["url"]) == (
            row["sku"],
            row["title"],
            row["permalink"],
        )
        assert product["price"] == float(row["price"])
        assert product["available"] == (row["stock"] == "InStock")
        assert product["categories"] == row["categories"].split("|")


def test_pictures_are_well_formed_and_the_shop_is_small() -> None:
    for picture in PUBLIC.rglob("*.svg"):
        ElementTree.parse(picture)
    assert sum(file.stat().st_size for file in STARTER.rglob("*") if file.is_file()) < 150_000
