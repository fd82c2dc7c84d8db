"""Good plans: the starter, YAML as a user meets it, pages, folders, sources, domains."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectif_kit.plan.load import load
from connectif_kit.plan.locate import find
from connectif_kit.plan.queries import authorised, in_html, product_data, walk
from tests.unit.plan.plans import STARTER, STORE, complaints, read

# --- good plans ----------------------------------------------------------------------------------


def test_the_starter_is_a_good_plan() -> None:
    loaded = load("connectif.yaml", STARTER)
    assert loaded.notes == ()
    plan = loaded.plan
    assert plan.page_at("/p/harbour-mug/") == "product"
    assert plan.page_at("/checkout/done") == "confirmation"
    assert plan.page_at("/nowhere") is None
    assert plan.at("/c/index.html")[0] == "content"
    assert plan.ignored("/404.html")
    assert plan.pages_of("product") == ["product"]
    assert product_data(plan, plan.pages["product"]) == "catalog"


def test_yaml_1_2_as_a_user_meets_it() -> None:
    plan = read(
        STORE.replace("environment: eu5", "environment: eu5\n  language: no")
        + "integration: {catalog: api, nonce: 010-nonce}\n"
        "pages: {content: {match: /, page_tag: [no, 2026-01-15]}}\n"
    ).plan
    assert plan.store.language == "no"
    assert [source.model_dump()["literal"] for source in plan.pages["content"].labels()["cn_page_tag"]] == [
        "no",
        "2026-01-15",
    ]


def test_an_anchor_serves_twice() -> None:
    plan = read(
        STORE + "integration: {catalog: api}\ncontact: &who {storage: u}\n"
        "events: {in: {on: {event: in}, send: login, contact: *who}}\n"
    ).plan
    assert plan.events["in"].contact == plan.contact


def test_pages_by_their_own_name_or_by_kind() -> None:
    plan = read(
        STORE + "integration: {catalog: api}\npages:\n"
        "  sale: {match: /p/sale-*, kind: product}\n  product: {match: /p/*, product: json-ld}\n"
    ).plan
    assert plan.pages_of("product") == ["sale", "product"]
    assert (plan.kind_of("sale"), plan.page_at("/p/sale-mug"), plan.page_at("/p/mug")) == (
        *("product", "sale", "product"),
    )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        *(("/shop/", "home"), ("/shop", "home"), ("/shop/p/mug", "product"), ("/p/mug", "product")),
        *(("/shopping", None), ("/shop/x", None)),
    ],
)
def test_a_shop_in_a_folder(path: str, name: str | None) -> None:
    text = STORE.replace("shop.example", "shop.example/shop/") + (
        "integration: {catalog: api}\nsite: {ignore: /x}\n"
        "pages: {home: {match: /}, product: {match: /p/*, product: json-ld}}\n"
    )
    plan = read(text).plan
    assert plan.store.url == "https://shop.example/shop"
    assert plan.page_at(path) == name
    assert plan.ignored("/shop/x")


def test_what_a_page_reports_and_labels() -> None:
    plan = read(
        STORE + "integration: {catalog: api}\npages:\n"
        "  search: {match: /s, search_text: {query: q}, page_tag: found}\n"
    ).plan
    page = plan.pages["search"]
    assert {event: list(fields) for event, fields in page.reports().items()} == {"search": ["search_text"]}
    assert list(page.labels()) == ["cn_page_tag"]


def test_every_source_of_a_plan_is_walked_with_its_path() -> None:
    plan = read(
        STORE + "integration: {catalog: api}\ncart: {storage: c, fields: {cart_id: id}}\n"
        "events: {x: {on: {click: a}, send: custom, alias: a, payload: {p: {attribute: b}}}}\n"
    ).plan
    assert {path: source.NAME for path, source in walk(plan)} == {
        ("cart",): "storage",
        ("cart", "fields", "cart_id"): "path",
        ("events", "x", "alias"): "literal",
        ("events", "x", "payload", "p"): "attribute",
    }
    assert list(plan.events["x"].given()) == ["alias", "payload"]


@pytest.mark.parametrize(
    ("data", "known"),
    [
        ("json-ld", True),
        ("[json-ld, microdata]", True),
        ("{selector: h1}", True),
        ("{storage: p}", False),
        ("{global: p, fields: {name: {meta: n}}}", True),
    ],
)
def test_product_data_that_the_html_holds(data: str, known: bool) -> None:
    plan = read(
        STORE + f"integration: {{catalog: api}}\npages: {{product: {{match: /p, product: {data}}}}}\n"
    ).plan
    assert in_html(product_data(plan, plan.pages["product"])) is known


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (
            "[json-ld, microdat]",
            "5:49 pages.product.product.1: `microdat` is not a format that a page has; "
            "did you mean `microdata`?",
        ),
        (
            "[catalog]",
            "5:40 pages.product.product.0: `catalog` is not a format that a page has; "
            "known: json-ld, microdata, rdfa, open-graph",
        ),
        ("[]", "5:39 pages.product.product: expected at least one, got a list"),
    ],
)
def test_an_order_of_formats_that_is_none(data: str, complaint: str) -> None:
    assert complaints(STORE + f"pages: {{product: {{match: /p, product: {data}}}}}\n") == [complaint]


def test_places_for_the_other_end_of_a_finding() -> None:
    loaded = read(STORE + "integration: {catalog: api}\npages:\n  home: {match: /}\n")
    assert str(loaded.place("pages", "home")) == "connectif.yaml:7:3"
    assert str(loaded.place("pages", "home", "page_tag")) == "connectif.yaml:7:9"
    assert str(loaded.place()) == "connectif.yaml:1:1"


@pytest.mark.parametrize(
    ("domains", "url", "inside"),
    [
        ("https://*.shop.example", "https://www.shop.example/p", True),
        ("https://*.shop.example", "https://shop.example/p", False),
        ("https://*.shop.example", "https://evil.example/.shop.example", False),
        ("https://*.shop.example", "https://evil.example@www.shop.example/", False),
        ("https://shop.example", "http://shop.example/p", False),
        ("https://shop.example", "https://SHOP.example/p", True),
        ("https://shop.example", "https://shop.example.evil.example/", False),
        ("https://shop.example/es", "https://shop.example/es/p", True),
        ("https://shop.example/es", "https://shop.example/es", True),
        ("https://shop.example/es", "https://shop.example/essays", False),
        ("https://shop.example", "https://[broken", False),
        ("https://shop.example", "", False),
    ],
)
def test_an_address_lies_in_an_authorised_domain(domains: str, url: str, inside: bool) -> None:
    store = STORE.replace("https://shop.example", "https://own.example")
    plan = read(store + f"  domains: ['https://own.example', '{domains}']\n").plan
    assert authorised(plan, url) is inside


def test_the_nearest_plan_upwards_is_found(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find(tmp_path / "a" / "b") != tmp_path / "connectif.yaml"
    (tmp_path / "connectif.yaml").write_text(STORE)
    (tmp_path / "a" / "b" / "connectif.yaml").mkdir()
    assert find(tmp_path / "a" / "b") == tmp_path / "connectif.yaml"
