"""The plan as data for the browser: what each source, trigger, event and page becomes.

The dispatcher's parts read this; that they do with it what the plan says is seen in tests/browser.
"""

from __future__ import annotations

from typing import Any

import pytest

from connectif_kit.build import encode
from connectif_kit.build.tables import tables
from connectif_kit.plan.models import Plan
from connectif_kit.plan.values import GA4
from connectif_kit.vocabulary import ENTITIES

STORE = {"id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "environment": "eu5", "url": "https://shop.example"}
USER: dict[str, Any] = {"storage": "shop.user", "fields": {"primary_key": "email", "_name": "first_name"}}
CART = {"storage": "shop.cart", "fields": {"cart_id": "id", "product_basket_item": "lines"}}


def plan(**parts: Any) -> Plan:
    return Plan.model_validate({"store": STORE, **parts})


def payload(source: dict[str, Any]) -> Any:
    """A source as it is encoded in an event's payload."""
    rule = event({"send": "custom", "alias": "x", "payload": {"it": source}})
    return rule["payload"]["it"]


def event(how: dict[str, Any], **parts: Any) -> Any:
    """One event of a plan, encoded; it happens by hand unless it says otherwise."""
    made = plan(**parts, events={"it": {"on": {"manual": True}, **how}})
    return encode.event_rule(encode.Encoder(spa=False), made, "it")


def pages(spa: bool = False, **parts: Any) -> Any:
    made = plan(**parts)
    return encode.pages_of(encode.Encoder(spa=spa), made)


@pytest.mark.parametrize(
    ("source", "encoded"),
    [
        ({"literal": "x"}, ["literal", "x"]),
        ({"literal": 3}, ["literal", 3]),
        ({"query": "q"}, ["query", "q"]),
        ({"cookie": "c"}, ["cookie", "c"]),
        ({"meta": "m"}, ["meta", "m"]),
        ({"global": "a.b"}, ["global", "a.b"]),
        ({"attribute": "data-x"}, ["attribute", "data-x"]),
        ({"detail": "a.b"}, ["detail", "a.b"]),
        ({"module": "m.js"}, ["module", "m.js"]),
        ({"selector": "h1"}, ["selector", "h1"]),
        ({"selector": "h1", "attribute": "id"}, ["selector", "h1", None, {"attribute": "id"}]),
        ({"selector": "h1", "property": "title"}, ["selector", "h1", None, {"property": "title"}]),
        ({"selector": "li", "all": True}, ["selector", "li", None, {"all": True}]),
        ({"storage": "k"}, ["storage", "k"]),
        ({"storage": "k", "path": "a.b"}, ["storage", "k", None, "a.b"]),
        ({"data_layer": "purchase", "path": "value"}, ["data_layer", ["purchase"], None, "value"]),
        ({"data_layer": ["a", "b"], "path": "x"}, ["data_layer", ["a", "b"], None, "x"]),
        ({"query": "q", "split": ","}, ["query", "q", None, None, {"split": ","}]),
        ({"query": "q", "first": True}, ["query", "q", None, None, {"nth": 1}]),
        ({"query": "q", "nth": -2}, ["query", "q", None, None, {"nth": -2}]),
        (
            {"query": "q", "map": {"a": "b", "c": "d"}},
            ["query", "q", None, None, {"map": [["a", "b"], ["c", "d"]]}],
        ),
        (
            {"query": "q", "number": "auto", "prefix": "x", "default": "y"},
            ["query", "q", None, None, {"number": "auto", "prefix": "x", "default": "y"}],
        ),
        (
            {"storage": "k", "path": "a", "slug": True},
            ["storage", "k", None, "a", {"slug": True}],
        ),
    ],
)
def test_a_source_is_its_name_its_key_and_what_is_to_be_done(source: dict[str, Any], encoded: Any) -> None:
    assert payload(source) == encoded


def test_a_list_is_the_first_that_answers() -> None:
    made = payload({"first_of": [{"query": "q"}, {"literal": "x"}]})
    assert made == ["first_of", [["query", "q"], ["literal", "x"]]]


def test_an_encoder_knows_which_parts_are_used() -> None:
    encoder = encode.Encoder(spa=False)
    made = plan(
        contact={**USER, "fields": {**USER["fields"], "_surname": {"path": "s", "prefix": "x"}}},
        cart={"data_layer": ["add_to_cart"], "fields": {"cart_id": "auto"}},
    )
    contact = encoder.source(made.contact, ENTITIES["contact"])  # type: ignore[arg-type]  # is there
    assert contact == [
        "storage",
        "shop.user",
        {
            "primaryKey": "email",
            "_name": "first_name",
            "_surname": ["path", "s", None, None, {"prefix": "x"}],
        },
    ]
    cart = encoder.source(made.cart, ENTITIES["cart"])  # type: ignore[arg-type]  # is there
    assert cart == ["mirror", ["add_to_cart"], {"cartId": ["auto"]}]
    assert encoder.used == {"literal", "storage", "path", "mirror", "auto"}
    assert encoder.transforms == {"prefix"}


@pytest.mark.parametrize(
    ("source", "encoded"),
    [
        ({"data_layer": "add_to_cart"}, ["mirror"]),
        ({"data_layer": ["add_to_cart", "remove_from_cart", "view_cart"]}, ["mirror"]),
        ({"data_layer": ["add_to_cart", "x"]}, ["data_layer", ["add_to_cart", "x"]]),
        ({"data_layer": "add_to_cart", "path": "cart"}, ["data_layer", ["add_to_cart"], None, "cart"]),
        ({"data_layer": "cart_changed"}, ["data_layer", ["cart_changed"]]),
    ],
)
def test_ga4_tells_of_a_cart_by_what_changes_in_it(source: dict[str, Any], encoded: Any) -> None:
    made = plan(cart=source)
    assert encode.Encoder(spa=False).source(made.cart, ENTITIES["cart"]) == encoded  # type: ignore[arg-type]  # is there


def test_a_cart_id_is_made_only_where_the_plan_says_auto() -> None:
    for path, encoded in (("auto", ["auto"]), ("id", "id")):
        made = plan(cart={"storage": "c", "fields": {"cart_id": path, "product_basket_item": "lines"}})
        source: Any = encode.Encoder(spa=False).source(made.cart, ENTITIES["cart"])  # type: ignore[arg-type]  # is there
        assert source[2] == {"cartId": encoded, "products": "lines"}
    assert payload({"storage": "c", "path": "auto"}) == ["storage", "c", None, "auto"]


@pytest.mark.parametrize(
    ("names", "option"),
    [
        ("view_item", "items.0"),
        (["view_item", "purchase"], "items.0"),
        (sorted(GA4), "items.0"),
        ("shown", None),
        (["view_item", "x"], None),
    ],
)
def test_the_product_of_a_ga4_event_is_its_first_item(names: Any, option: str | None) -> None:
    rule = event({"on": {"event": "x"}, "send": "product-visited", "product": {"data_layer": names}})
    listed = [names] if isinstance(names, str) else names
    assert rule["fields"]["product"] == ["data_layer", listed, *([None, option] if option else [])]


@pytest.mark.parametrize(
    ("on", "encoded"),
    [
        ({"submit": "form"}, {"submit": "form"}),
        ({"click": ["a", ".b"]}, {"click": "a, .b"}),
        ({"change": "select"}, {"change": "select"}),
        ({"event": "user:login"}, {"event": ["user:login"]}),
        ({"event": ["a", "b"]}, {"event": ["a", "b"]}),
        ({"data_layer": "x"}, {"layer": ["x"]}),
        ({"data_layer": ["x", "y"]}, {"layer": ["x", "y"]}),
        ({"load": True}, {"load": 1}),
        ({"manual": True}, {}),
    ],
)
def test_a_trigger_is_what_the_browser_listens_for(on: dict[str, Any], encoded: dict[str, Any]) -> None:
    rule = event({"on": on, "send": "custom", "alias": "x"})
    assert rule == {"name": "it", **encoded, "send": "custom", "fields": {"eventAlias": ["literal", "x"]}}


def test_a_cart_that_a_click_changes_is_watched() -> None:
    for kind in ("click", "submit", "change"):
        assert event({"on": {kind: ".add"}, "send": "cart"}, cart=CART)["watch"] == 1
    assert event({"on": {"click": ".add"}, "send": "cart"}, cart=CART) == {
        "name": "it",
        "click": ".add",
        "asks": "cart",
        "watch": 1,
    }
    assert "watch" not in event({"on": {"event": "x"}, "send": "cart"}, cart=CART)
    assert "watch" not in event({"on": {"click": ".add"}, "send": "custom", "alias": "x"})
    assert event({"send": "contact"}, contact=USER) == {"name": "it", "asks": "contact"}
    assert event({"on": {"click": "b"}, "send": "push-opt-in"}) == {
        "name": "it",
        "click": "b",
        "asks": "push-opt-in",
    }


def test_what_an_event_brings_is_read_with_the_plans_map_unless_it_has_its_own() -> None:
    login = {"on": {"event": "in"}, "send": "login"}
    fields = {"primaryKey": "email", "_name": "first_name"}
    shared = event({**login, "contact": {"detail": "user"}}, contact=USER)
    assert shared["contact"] == ["detail", "user", fields]
    own = {"detail": "user", "fields": {"primary_key": "mail"}}
    assert event({**login, "contact": own}, contact=USER)["contact"] == [
        "detail",
        "user",
        {"primaryKey": "mail"},
    ]
    assert event({**login, "contact": {"detail": "user"}})["contact"] == ["detail", "user"]
    ga4 = event({"on": {"event": "x"}, "send": "cart", "cart": {"data_layer": "view_cart"}}, cart=CART)
    assert ga4["cart"] == ["mirror"]


def test_an_event_says_which_of_its_fields_may_be_missing_and_of_what_kind_they_are() -> None:
    rule = event(
        {
            "send": "form-submitted",
            "form_id": "65b1d2e3f4a5b6c7d8e9f0a1",
            "primary_key_field": "email",
            "payload": {"n": {"query": "n"}},
        }
    )
    assert rule["payload"] == {"n": ["query", "n"]}
    assert set(rule["fields"]) == {"formId", "primaryKeyField"}
    query = {"selector": "#q"}
    assert event({"send": "search", "search_text": query})["fields"] == {"searchText": ["selector", "#q"]}
    newsletter = event({"send": "newsletter-subscribe", "email": {"query": "e"}})
    assert newsletter["fields"] == {"email": ["query", "e"]}
    assert newsletter["kinds"] == {"email": "%"}
    search = event({"send": "search", "search_text": {"query": "q"}})
    assert search == {"name": "it", "send": "search", "fields": {"searchText": ["query", "q"]}}


def test_a_route_that_reads_structured_data_asks_for_its_reader() -> None:
    encoder = encode.Encoder(spa=True)
    encode.pages_of(encoder, plan(pages={"product": {"match": "/p/*", "product": "json-ld"}}))
    assert "structured" in encoder.used
    assert "reading" in encoder.parts


def test_an_event_is_kept_to_the_pages_that_it_names() -> None:
    some = {
        "home": {"match": "/"},
        "mugs": {"match": "/mugs", "kind": "category"},
        "plates": {"match": "/plates", "kind": "category"},
    }
    assert event({"send": "custom", "alias": "x", "pages": ["category"]}, pages=some)["pages"] == [
        "mugs",
        "plates",
    ]
    assert event({"send": "custom", "alias": "x", "pages": ["home", "mugs"]}, pages=some)["pages"] == [
        "home",
        "mugs",
    ]
    assert "pages" not in event({"send": "custom", "alias": "x"}, pages=some)


def test_ga4s_event_of_the_same_meaning_needs_no_map() -> None:
    seen = event({"on": {"data_layer": "view_item"}, "send": "product-visited"})
    assert seen["fields"] == {"product": ["data_layer", ["view_item"], None, "items.0"]}
    search = event({"on": {"data_layer": ["search", "x"]}, "send": "search"})
    assert search["fields"] == {"searchText": ["data_layer", ["search"], None, "search_term"]}
    own = event({"on": {"data_layer": "search"}, "send": "search", "search_text": {"query": "q"}})
    assert own["fields"] == {"searchText": ["query", "q"]}
    for send in ("search", "product-visited", "login"):
        assert "fields" not in event({"on": {"data_layer": "x"}, "send": send})


def test_a_report_that_a_tag_makes_is_left_to_the_tag() -> None:
    login = {"on": {"load": True}, "send": "login"}
    for activity, tag in (("server-tags", "cn_login"), ("client-tags", "cn_login"), ("js-events", None)):
        assert event(login, integration={"activity": activity}).get("tag") == tag
    tags = {"activity": "client-tags"}
    assert "tag" not in event({**login, "on": {"event": "x"}}, integration=tags)
    assert "tag" not in event({**login, "send": "custom", "alias": "x"}, integration=tags)


SEARCH = {"match": "/search", "search_text": {"query": "q"}}
PRODUCT = {"match": "/p/*", "product": "catalog"}


def test_only_pages_that_matter_are_there_with_what_comes_before_them() -> None:
    some = {
        "about": {"match": "/about"},
        "all": {"match": "/s*"},
        "search": SEARCH,
        "elsewhere": {"match": "/search/deep"},
    }
    report = {"send": "search", "fields": {"searchText": ["query", "q"]}}
    assert pages(pages=some) == [
        ["^/s[^/]*/?$", 0, "all", 0],
        ["^/search/?$", [report], "search", 0],
    ]
    limited = {"e": {"on": {"manual": True}, "send": "custom", "alias": "x", "pages": ["about"]}}
    assert [page[2] for page in pages(pages=some, events=limited)] == ["about", "all", "search"]
    described = {**some, "about": {"match": "/about", "page_info": {"title": {"literal": "x"}}}}
    assert [page[2] for page in pages(pages=described)] == ["about", "all", "search"]
    several = {"s": {**SEARCH, "match": ["/search", "/find/*"]}}
    assert pages(pages={"s": {**several["s"], "kind": "search"}})[0][0] == "^/search/?$|^/find/[^/]+/?$"


def test_a_product_page_promises_its_product_where_the_dispatcher_reports_it() -> None:
    catalog = {"source": "products.csv"}
    [page] = pages(catalog=catalog, pages={"product": PRODUCT})
    assert page == ["^/p/[^/]+/?$", 0, "product", 1]
    for activity in ("server-tags", "client-tags"):
        assert pages(catalog=catalog, pages={"product": PRODUCT}, integration={"activity": activity}) == []
    seen = {"e": {"on": {"data_layer": "view_item"}, "send": "product-visited"}}
    assert pages(catalog=catalog, pages={"product": PRODUCT}, events=seen) == []


def test_a_route_of_an_app_reads_the_formats_that_the_build_reads() -> None:
    for product, formats in (
        ("json-ld", ["json-ld"]),
        (["microdata", "json-ld"], ["microdata", "json-ld"]),
        (["json-ld", "open-graph"], ["json-ld"]),
    ):
        [page] = pages(True, pages={"product": {"match": "/p/*", "product": product}})
        assert page[1] == [{"send": "product-visited", "fields": {"product": ["structured", formats]}}]
    of_catalog = {"catalog": {"source": "json-ld"}, "pages": {"product": PRODUCT}}
    assert pages(True, **of_catalog)[0][1][0]["fields"] == {"product": ["structured", ["json-ld"]]}
    for spa, product in ((False, "json-ld"), (True, "open-graph")):
        [page] = pages(spa, pages={"product": {"match": "/p/*", "product": product}})
        assert page[1] == 0


def test_reports_of_a_page_know_their_tag_and_what_is_written() -> None:
    confirmation = {"match": "/done", "purchase": {"data_layer": "purchase"}}
    some = {"search": SEARCH, "done": {**confirmation, "kind": "confirmation"}}
    plain = [report for page in pages(pages=some) for report in page[1]]
    assert [report.get("tag") for report in plain] == [None, None]
    server = pages(pages=some, integration={"activity": "server-tags"})
    assert [page[1][0]["tag"] for page in server] == ["cn_search", "cn_purchase"]
    assert "writes" not in server[0][1][0]
    client = pages(pages=some, integration={"activity": "client-tags"})
    assert [page[1][0]["writes"] for page in client] == ["search", "purchase"]


def test_product_data_that_a_page_has_is_read_from_its_tag() -> None:
    static = {"selector": ".product", "fields": {"product_id": {"selector": ".id"}}}
    browser = {"global": "product"}
    for how, spa, reported in ((static, False, False), (static, True, True), (browser, False, True)):
        [page] = pages(spa, pages={"product": {"match": "/p/*", "product": how}})
        assert bool(page[1]) == reported
        if reported:
            assert page[1][0]["send"] == "product-visited"
            assert page[1][0].get("tag") == (None if spa else "cn_product_visited")


def test_what_the_plan_says_of_a_page_is_read_there() -> None:
    info = {"title": {"selector": "h1"}, "tags": [{"meta": "keywords", "split": ","}, {"literal": "x"}]}
    made = plan(pages={"home": {"match": "/", "page_info": info}, "about": {"match": "/about"}})
    assert encode.infos_of(encode.Encoder(spa=False), made) == {
        "home": {
            "title": ["selector", "h1"],
            "tags": [["meta", "keywords", None, None, {"split": ","}], ["literal", "x"]],
        }
    }


def test_the_development_build_knows_where_a_report_stands() -> None:
    page: encode.Page = ["^/search/?$", [{"send": "search"}], "search", 0]
    assert encode.placed(page) == ["^/search/?$", [{"send": "search", "at": "pages/search"}], "search", 0]
    silent: encode.Page = ["^/x$", 0, "x", 1]
    assert encode.placed(silent) == ["^/x$", [], "x", 1]
    assert encode.reports_of([page, silent]) == [{"send": "search"}]
    assert list(encode.field_names({"fields": {"a": 1, "b": 2}})) == ["a", "b"]
    assert list(encode.field_names({})) == []


def test_tables_mark_what_is_required_repeated_nested_and_of_which_kind() -> None:
    bought = event({"on": {"event": "x"}, "send": "purchase", "purchase": {"detail": ""}})
    made = tables(plan(), [bought], ga4=True)
    marks = {
        entity: {"".join(row.split("=")[:2]) for row in rows.split(" ")} for entity, rows in made.items()
    }
    assert {"productDetailUrl!@", "productId!", "unitPrice!#", "categories*", "publishedAt~"} <= marks[
        "product"
    ]
    assert {"purchaseId!", "purchaseDate~", "totalPrice!#", "products*^"} <= {
        mark.replace("!*", "*") for mark in marks["purchase"]
    }
    assert "primaryKey!%" in marks["contact"]
    assert made["product_basket_item"].startswith("product ")
    assert "quantity!#" in marks["product_basket_item"]
    assert "item_id" in made["product"]
    assert "item_id" not in tables(plan(), [bought], ga4=False)["product"]
