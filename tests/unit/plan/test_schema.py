"""The JSON Schema that editors use accepts what the reader accepts, and nothing else."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator, meta

from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan.load import load
from connectif_kit.plan.schema import schema
from tests.tools import ROOT

VALIDATOR = Draft202012Validator(schema())
STORE = {"id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "environment": "eu5", "url": "https://shop.example"}

# What a schema cannot say: two parts of the plan are compared, or a text has a grammar of its own.
BEYOND_A_SCHEMA = {
    "bad-selector",
    "bad-value",
    *(
        "dead-glob",
        "double-report",
        "impossible-method",
        "missing-property",
        "misplaced-source",
        "browser-only",
    ),
    *(
        "unauthorised-url",
        "unknown-property",
        "unreachable-catalog",
        "retired-tag",
        "bad-import",
        "constant-id",
    ),
}


def read(plan: object) -> list[str]:
    """The reader's complaints about the form of a plan, given as JSON."""
    try:
        load("plan.yaml", json.dumps(plan, ensure_ascii=False).encode())
    except KitError as error:
        return [
            f"{d.rule}: {d.message}"
            for d in error.diagnostics
            if d.severity == "error" and d.rule not in BEYOND_A_SCHEMA and "planned" not in d.message
        ]
    return []


def in_schema(plan: object) -> list[str]:
    return [f"{error.instance_path}: {error.message[:200]}" for error in VALIDATOR.iter_errors(plan)]


def some(*values: Any) -> tuple[Any, ...]:
    return values


def page(**keys: object) -> dict[str, Any]:
    return {"pages": {"home": {"match": "/", **keys}}}


def event(**keys: object) -> dict[str, Any]:
    return {"events": {"liked": {"on": {"click": "a"}, "send": "custom", "alias": "liked", **keys}}}


def trigger(on: object) -> dict[str, Any]:
    return event(on=on)


def source(value: object) -> dict[str, Any]:
    return event(payload={"x": value})


VALID: list[dict[str, Any]] = [
    {},
    {"version": 1},
    {
        "store": STORE
        | {"id": STORE["id"].upper(), "environment": "zz-9", "url": "http://localhost:1313/shop/"}
    },
    {"store": STORE | {"domains": "https://*.shop.example/", "url": "https://www.shop.example"}},
    {"store": STORE | {"domains": ["https://shop.example"], "language": "es", "currency": "EUR"}},
    {"store": STORE | {"currency": ""}},
    *({"integration": {"activity": word}} for word in ("server-tags", "client-tags", "js-events")),
    {"integration": {"catalog": "api", "spa": True, "auto_initialize": False, "nonce": "{{ nonce }}"}},
    {"integration": {"consent": {"event": "consent:granted"}}},
    {"integration": {"consent": {"cookie": "consent", "value": "yes"}}},
    {"integration": {"consent": {"event": ["a", "b"], "withdrawn": "c", "cookie": "d", "path": "e"}}},
    {"integration": {"consent": {"event": "a", "detail": "b", "value": "c"}}},
    {"integration": {"consent": {"google": ["ad_storage"]}, "data_layer_name": "layer"}},
    {"integration": {"consent": None, "nonce": None}},
    {"integration": {"spa": {"query": ["page", "q"]}}},
    {"integration": {"spa": {"query": "page"}}},
    page(page_info={"title": "T", "tags": ["a", {"meta": "b"}], "keywords": {"global": "k"}}),
    {"site": {"root": "_site", "ignore": "/admin/**", "assets": "/static/cn"}},
    {"site": {"ignore": ["/admin/**", "/404.html", "/a/*/b*c"]}},
    {"catalog": {"source": "p.csv", "url": "/p/{product_id}/", "fields": {"name": "title"}}},
    {"catalog": {"source": "p.csv", "fields": {"category": {"path": "cats", "split": "|", "levels": ">"}}}},
    {
        "catalog": {
            "source": "p.csv",
            "fields": {"unit_price": {"path": "p", "number": "comma", "default": 0}},
        }
    },
    {"catalog": {"source": "p.csv", "fields": {"brand": {"literal": "Barro"}, "priority": 3}}},
    {"service_worker": {"path": "/push/sw.js", "import": "https://cdn.example/x.js"}},
    {"service_worker": {"import": ["/a.js"]}},
    {"service_worker": None},
    {"pages": {}},
    page(match=["/", "/index.html"], tags="cn_page_tag", page_tag="a"),
    page(page_tag=["a", {"selector": "h1"}, 5], page_category={"meta": "section"}),
    {
        "pages": {
            "landing": {"match": "/l/*", "kind": "content"},
            "own": {"match": "/o", "tags": ["cn_page_tag"]},
        }
    },
    {"pages": {"product": {"match": "/p/*", "product": "json-ld"}}},
    {"pages": {"product": {"match": "/p/*", "product": "catalog"}}},
    {"pages": {"product": {"match": "/p/*", "product": ["microdata", "json-ld"]}}},
    {"pages": {"product": {"match": "/p/**", "product": {"data_layer": "view_item", "path": "items.0"}}}},
    {"pages": {"search": {"match": "/search", "search_text": {"query": "q"}}}},
    {
        "pages": {
            "confirmation": {"match": "/done", "purchase": {"storage": "o", "fields": {"cart_id": "id"}}}
        }
    },
    {"contact": {"global": "shop.user"}, "cart": {"module": "./cart.js"}},
    {"contact": None, "cart": None},
    {"events": {}},
    *(trigger({kind: "a"}) for kind in ("submit", "click", "change", "event", "data_layer")),
    *(trigger({kind: True}) for kind in ("load", "manual")),
    trigger({"click": ["a", "b"]}),
    event(alias=None, id="64a0c1d2e3f4a5b6c7d8e9f0", pages="home") | page(),
    event(contact={"detail": "user"}, cart={"storage": "cart"}),
    {"events": {"x": {"on": {"manual": True}, "send": "cart", "cart": {"detail": ""}}}},
    *(source(value) for value in ("text", 5, 2.5, True, {"literal": False}, {"template": "{a}-{b}"})),
    *(source({"selector": "h1", option: "x"}) for option in ("attribute", "property", "split", "levels")),
    *(source({name: "x"}) for name in ("detail", "query", "storage", "cookie", "global", "meta", "module")),
    source({"selector": "h1", "all": True, "map": {"a": "b"}, "base": "https://shop.example"}),
    source({"data_layer": ["a", "b"], "path": "x", "default": None}),
    source({"attribute": "data-x"}),
]

INVALID: list[dict[str, Any]] = [
    {"pages": {"product": {"match": "/p/*", "product": []}}},
    {"pages": {"product": {"match": "/p/*", "product": ["catalog"]}}},
    {"store": {}},
    {"store": None},
    {"store": []},
    {"store": STORE | {"id": "3f0c2b7e"}},
    {"store": STORE | {"id": 5}},
    {"store": STORE | {"environment": "EU 5"}},
    {"store": STORE | {"url": "shop.example"}},
    {"store": STORE | {"url": "https://[x"}},
    {"store": STORE | {"url": "https://shop.example/?a"}},
    {"store": STORE | {"domains": ["shop.example"]}},
    {"store": STORE | {"domains": {"a": "b"}}},
    {"store": STORE | {"currency": "eur"}},
    {"store": STORE | {"language": 5}},
    {"store": STORE | {"ident": "x"}},
    *({"version": wrong} for wrong in some(2, "1", True, None)),
    {"integration": {"activity": "js-event"}},
    {"integration": {"catalog": "csv"}},
    {"integration": {"spa": "no"}},
    {"integration": {"spa": {"queries": "page"}}},
    {"integration": {"consent": {"google": "ad_storge"}}},
    {"integration": {"consent": {"cookie": "a", "detail": "b"}}},
    {"integration": {"consent": {"event": "e", "cookie": "a", "detail": "b"}}},
    {"integration": {"data_layer_name": "data layer"}},
    page(page_info={"titel": "T"}),
    {"integration": {"auto_initialize": 1}},
    *(
        {"integration": {"consent": wrong}}
        for wrong in some(
            {}, "x", {"value": "x"}, {"storage": "a", "cookie": "b"}, {"event": "a", "value": "b"}
        )
    ),
    {"integration": {"consent": {"event": None}}},
    *(
        {"site": {"ignore": wrong}}
        for wrong in some("admin", "/a//b", "/a?b", "/a#b", "/a b", "/a**", "/../a", [5], None)
    ),
    {"site": {"root": 5}},
    {"site": {"assets": "static"}},
    {"site": []},
    {"catalog": {"source": 5}},
    {"catalog": {"fields": ["name"]}},
    {"catalog": {"fields": {"name": None}}},
    {"catalog": {"fields": {"name": {"column": "x"}}}},
    {"service_worker": {"path": "sw.js"}},
    {"service_worker": {"import": [5]}},
    {"service_worker": "/sw.js"},
    {"pages": ["home"]},
    {"pages": None},
    {"pages": {"home": "/"}},
    {"pages": {"home": {}}},
    {"pages": {"hoem": {"match": "/"}}},
    {"pages": {"own": {"match": "/", "tags": []}}},
    *(page(match=wrong) for wrong in some("p", [], "", None, {"a": "/"})),
    page(kind="hoem"),
    page(tags="cn_logn"),
    page(page_tag={"selectr": "h1"}),
    page(taggs=["cn_login"]),
    {"pages": {"product": {"match": "/p/*", "product": "catlog"}}},
    {"pages": {"product": {"match": "/p/*", "product": 5}}},
    {"pages": {"product": {"match": "/p/*", "product": {"literal": "x"}}}},
    {"contact": "shop.user"},
    {"contact": {"literal": "x"}},
    {"cart": ["a"]},
    {"cart": {"storage": "cart", "fields": {"x": None}}},
    {"events": []},
    {"events": {"x": {"send": "custom", "alias": "a"}}},
    {"events": {"x": {"on": {"click": "a"}, "alias": "a"}}},
    *(
        trigger(wrong)
        for wrong in some(
            {},
            None,
            "click",
            {"clik": "a"},
            {"click": "a", "submit": "b"},
            {"click": None},
            {"click": []},
        )
    ),
    *(trigger({"load": wrong}) for wrong in some(False, 1, "yes", None)),
    event(send="customm"),
    event(send=None),
    event(alias=["a"]),
    event(payload="x"),
    event(pages=[5]),
    event(contact="x"),
    *(
        source(wrong)
        for wrong in some(None, [], {}, {"selector": "a", "query": "b"}, {"selector": 5}, {"selectr": "a"})
    ),
    *(
        source({"selector": "h1", **wrong})
        for wrong in some({"all": 1}, {"split": ""}, {"base": "x"}, {"number": "x"})
    ),
    source({"selector": "h1", "map": {"a": 5}}),
    source({"storage": "a", "pth": "b"}),
    {"page": {}},
    {"42": 1},
]


def test_it_is_a_schema() -> None:
    assert meta.is_valid(schema())


def test_it_is_the_same_every_time() -> None:
    written = json.dumps(schema())
    schema.cache_clear()
    assert json.dumps(schema()) == written


@pytest.mark.parametrize("parts", VALID, ids=lambda parts: json.dumps(parts)[:60])
def test_both_accept(parts: dict[str, Any]) -> None:
    plan = {"store": STORE, **parts}
    assert (in_schema(plan), read(plan)) == ([], [])


@pytest.mark.parametrize("parts", INVALID, ids=lambda parts: json.dumps(parts)[:60])
def test_both_refuse(parts: dict[str, Any]) -> None:
    plan = {"store": STORE, **parts}
    assert in_schema(plan)
    assert read(plan)


def test_every_key_is_described() -> None:
    definitions = {"": schema(), **schema()["$defs"]}
    silent = {
        f"{name}.{key}"
        for name, definition in definitions.items()
        for key, node in definition.get("properties", {}).items()
        if not (node.get("description") or "$ref" in json.dumps(node))
    }
    assert silent == set()


starter = (ROOT / "templates" / "starter" / "connectif.yaml").read_bytes()
PLAN: Any = load("connectif.yaml", starter).document.data

scraps = st.sampled_from(
    [
        None,
        True,
        0,
        1,
        -1,
        2.5,
        "",
        "x",
        "/",
        "/p/*",
        "no",
        "cn_cart",
        [],
        ["x"],
        {},
        {"x": 1},
        {"selector": "h1"},
        {"storage": "a", "fields": {"x": "y"}},
        {"path": "a"},
        {"click": "a"},
        {"match": "/x"},
        "https://shop.example",
    ]
)
names = st.sampled_from(
    ["x", "match", "on", "send", "fields", "path", "selector", "storage", "kind", "tags", "load"]
)


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """The starter's plan with a few parts replaced, removed, added or doubled."""
    plan = deepcopy(PLAN)
    for _ in range(draw(st.integers(1, 3))):
        node: Any = plan
        for _ in range(draw(st.integers(0, 4))):
            inner = list(node.values()) if isinstance(node, dict) else node
            below = [value for value in inner if isinstance(value, dict | list)]
            if not below:
                break
            node = draw(st.sampled_from(below))
        _mutate(draw, node)
    return plan


def _mutate(draw: st.DrawFn, node: Any) -> None:
    if isinstance(node, list):
        node.append(deepcopy(draw(scraps)))
        return
    action = draw(st.sampled_from(["replace", "remove", "add"]))
    if action == "add" or not node:
        node[draw(names)] = deepcopy(draw(scraps))
    elif action == "remove":
        del node[draw(st.sampled_from(sorted(node)))]
    else:
        node[draw(st.sampled_from(sorted(node)))] = deepcopy(draw(scraps))


@settings(max_examples=100, deadline=None)
@given(mutated())
def test_they_agree_on_any_plan(plan: Any) -> None:
    assert VALIDATOR.is_valid(plan) == (read(plan) == []), (in_schema(plan), read(plan))


@pytest.mark.parametrize(
    ("catalog", "good"),
    [
        ({"where": {"a": 1}}, True),
        ({"where": {"a": [1, True, None]}}, True),
        ({"where": {"a": {"is": 1, "not": ["x", 2], "contains": "y"}}}, True),
        ({"where": {"a": None}}, True),
        ({"where": {"a": []}}, False),
        ({"where": {"a": {"x": 1}}}, False),
        ({"fields": {"name": ["a", {"path": "b", "first": True}]}}, True),
        ({"fields": {"name": []}}, False),
        ({"fields": {"name": {"first_of": "a"}}}, True),
        ({"fields": {"name": {"path": "b", "nth": -1}}}, True),
        ({"fields": {"name": {"path": "b", "nth": 0}}}, False),
        ({"fields": {"name": {"path": "b", "slug": False}}}, False),
        ({"rates": {"USD": 0.9}}, True),
        ({"rates": {"USD": "x"}}, False),
        ({"rates": {"usd": 1}}, False),
        ({"preset": "shopify", "variants": "first"}, True),
        ({"preset": "shop"}, False),
        ({"preset": "prestashop", "vat": {"1": 21}, "url": "/{id}/"}, True),
    ],
)
def test_they_agree_on_a_catalogue(catalog: dict[str, Any], good: bool) -> None:
    plan = {"store": PLAN["store"], "catalog": {"source": "p.csv", **catalog}}
    assert (VALIDATOR.is_valid(plan), read(plan) == []) == (good, good), (in_schema(plan), read(plan))
