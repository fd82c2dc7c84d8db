"""What a plan can say of a value: the page's own path, lists that fall back, options on labels."""

from __future__ import annotations

import json
from typing import Any

import pytest

from connectif_kit.catalog.page_sources import texts
from connectif_kit.catalog.pages import product_on
from connectif_kit.core.diagnostics import KitError
from connectif_kit.inject import label_tags
from connectif_kit.page.html import Page, decode, parse
from connectif_kit.page.integration import Integration
from connectif_kit.plan.load import load
from connectif_kit.plan.models import Plan

STORE = {
    "id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11",
    "environment": "eu5",
    "url": "https://shop.example/es",
    "currency": "EUR",
}


def plan(**more: Any) -> Plan:
    return load("connectif.yaml", json.dumps({"store": STORE, **more}).encode()).plan


def page_of(text: str) -> Page:
    return parse(decode("page.html", text.encode()))


def labels(described: dict[str, Any], html: str, url_path: str = "/es/c/mugs/") -> list[str]:
    """The texts of the labels that inject writes."""
    wanted = plan(pages={"category": {"match": "/c/**", **described}})
    tags = "".join(label_tags(Integration(page_of(html), url_path), wanted.pages["category"], wanted))
    return [node.text for node in page_of(f"<body>{tags}").select("[class^=cn_]")]


@pytest.mark.parametrize(
    ("source", "want"),
    [
        ({"selector": "nav", "split": ">", "nth": -1}, ["Mugs"]),
        ({"selector": "nav", "levels": ">"}, ["/Home/Kitchen/Mugs"]),
        ({"selector": "h1", "map": {"Tazas": "Mugs"}}, ["Mugs"]),
        ({"selector": ".none", "default": "All"}, ["All"]),
        ({"meta": "keywords", "split": ","}, ["cups", "gifts"]),
        ({"selector": "b", "number": "comma"}, ["1200"]),
        ({"selector": "h1", "prefix": "c: "}, ["c: Tazas"]),
        ({"selector": "h1", "slug": True}, ["tazas"]),
        ({"page": "path", "split": "/", "nth": -1}, ["mugs"]),
        ({"first_of": [{"selector": ".none"}, {"selector": "h1"}]}, ["Tazas"]),
        ({"selector": "li", "all": True, "nth": 2}, ["two"]),
    ],
)
def test_options_on_labels_do_what_they_say(source: dict[str, Any], want: list[str]) -> None:
    html = (
        '<meta name=keywords content="cups, gifts,"><nav>Home > Kitchen > Mugs</nav><h1> Tazas </h1>'
        "<b>1.200 €</b><ul><li>one<li>two</ul>"
    )
    assert labels({"page_category": source}, html) == want


@pytest.mark.parametrize(
    ("url_path", "want"),
    [
        ("/es/p/mug/", "mug"),
        ("/es/p/mug.html", "mug"),
        ("/es/p/mug/index.html", "mug"),
        ("/p/caf%C3%A9", "café"),
    ],
)
def test_a_product_id_is_taken_from_the_pages_path(url_path: str, want: str) -> None:
    last = {"page": "path", "split": "/", "nth": -1}
    wanted = plan(
        catalog={"source": "json-ld", "fields": {"product_id": last}},
        pages={"product": {"match": "/p/*", "product": "catalog"}},
    )
    data = {"@type": "Product", "name": "Mug", "offers": {"price": "9.50", "priceCurrency": "EUR"}}
    page = page_of(f'<script type="application/ld+json">{json.dumps(data)}</script>')
    found = product_on(page, "json-ld", wanted, f"https://shop.example{url_path}")
    assert found.record
    assert found.record["product_id"] == want


def test_a_page_is_asked_for_the_first_source_that_answers() -> None:
    wanted = plan(pages={"category": {"match": "/c/**"}})
    source = plan(
        pages={"category": {"match": "/", "page_category": {"first_of": [{"meta": "x"}, {"literal": "Z"}]}}}
    )
    (first,) = source.pages["category"].labels()["cn_page_category"]
    assert texts(page_of("<meta name=x content=A>"), first, wanted, "/") == ["A"]
    assert texts(page_of("<p>"), first, wanted, "/") == ["Z"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": {"path": "a", "nth": 0}}, "1 for the first"),
        ({"name": {"path": "a", "nth": True}}, "1 for the first"),
        ({"name": {"path": "a", "first": False}}, "expected true"),
        ({"name": {"path": "a", "first": True, "nth": 2}}, "at once"),
        ({"name": []}, "at least one"),
        ({"name": ["a", {"selector": "h1"}]}, "`selector` cannot answer"),
        ({"name": {"page": "path"}}, "`page` cannot answer"),
        ({"name": {"page": "title"}}, "path"),
    ],
)
def test_what_cannot_be_is_refused_at_its_line(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(KitError) as refused:
        plan(catalog={"source": "products.csv", "fields": fields})
    (problem,) = refused.value.diagnostics
    assert said in problem.message
    assert problem.place.line == 1


def test_a_pages_moment_is_given_the_stores_zone() -> None:
    page = page_of("<main><i>mug</i><h1>Mug</h1><b>9.50</b><time datetime='2026-01-02T03:04:05'></main>")
    fields = {
        "product_id": {"selector": "i"},
        "name": {"selector": "h1"},
        "unit_price": {"selector": "b"},
        "published_at": {"selector": "time", "attribute": "datetime"},
    }
    how = {"selector": "main", "fields": fields}
    for zone, want in (("Europe/Madrid", "2026-01-02T03:04:05+01:00"), ("", None)):
        text = {
            "store": {**STORE, "time_zone": zone},
            "pages": {"product": {"match": "/p/*", "product": how}},
        }
        wanted = load("connectif.yaml", json.dumps(text).encode()).plan
        source = wanted.pages["product"].product  # type: ignore[attr-defined]  # made from the vocabulary
        found = product_on(page, source, wanted, "https://shop.example/es/p/mug/")
        assert found.record
        assert found.record.get("published_at") == want


def test_a_tag_that_the_sites_own_components_write_needs_no_product_data() -> None:
    tags = {
        "integration": {"activity": "js-events", "catalog": "tags"},
        "pages": {"product": {"match": "/p/*"}},
    }
    with pytest.raises(KitError) as refused:
        plan(**tags)
    assert "`templates: {product: product}`" in refused.value.diagnostics[0].hint
    assert plan(**tags, templates={"product": "product"}).templates.product
