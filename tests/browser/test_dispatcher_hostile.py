"""Nothing that a plan, a page or a visitor holds becomes code, or stops the shop."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.shop import Shop

NASTY = (
    "</script><script>window.hacked = 1</script>",
    "<!-- <script> ]]> --> & &amp; {{ x }} {% y %} ${z} `",
    "quotes ' \" \\ \\' \\\" line\u2028para\u2029 nul\u0001 tab\t",
    "emoji \U0001f600 ñ ü ]]>",
    "__proto__",
    "constructor",
    "; // */ /* , ) => ( {",
    "(x)=>x, y;}",
    *("const", "let", "function", "catch", "a", "event", "in", "true"),
)


@pytest.mark.parametrize("script", ["connectif-events.min.js", "connectif-events.dev.js"])
def test_hostile_texts_of_a_plan_stay_texts(shop: Shop, script: str) -> None:
    shop.script = script
    payload = {text: text for text in NASTY if text != "__proto__"}
    sources = {
        "storage": {"storage": NASTY[0]},
        "cookie": {"cookie": "a"},
        "meta": {"meta": NASTY[2]},
        "global": {"global": "__proto__.polluted"},
        "selector": {"selector": '[title="</script>\'"]'},
    }
    events = {
        text: {"on": {"event": text}, "send": "custom", "alias": text, "payload": {**payload, **sources}}
        for text in NASTY
    }
    contact = {"global": "who", "fields": {"primary_key": "email", **{t: t for t in NASTY[:4]}}}
    shop.plan({"events": events, "contact": contact})
    shop.write("index.html")
    shop.open()
    for text in NASTY:
        [call] = shop.do(f"connectifKit.send({json.dumps(text)})", 1)
        assert call["events"][0]["eventAlias"] == text.strip()
        assert call["events"][0]["payload"] == payload
    assert shop.page.evaluate("[window.hacked, ({}).polluted]") == [None, None]


def test_hostile_data_in_the_page_stays_data(shop: Shop) -> None:
    cart = {
        "storage": "shop.cart",
        "fields": {"cart_id": "id", "product_basket_item": {"path": "lines", "fields": {"name": "title"}}},
    }
    event = {"on": {"event": "e"}, "send": "custom", "alias": "x", "payload": {"all": {"detail": ""}}}
    shop.plan({"cart": cart, "contact": {"storage": "shop.user"}, "events": {"e": event}})
    lines = [
        {"product_id": text, "title": text, "url": "https://shop.example/", "unit_price": 1, "quantity": 1}
        for text in NASTY
    ]
    # A cart with lines that cannot be read is sent with its own totals or not at all.
    odd: list[Any] = [None, 5, "x", [], {"title": {}}, {"quantity": "1e3"}]
    nasty = '{"__proto__": {"polluted": 1, "primaryKey": "x@y.z"}, "primary_key": {"toString": 1}}'
    stored = json.dumps(
        json.dumps({"id": ["c-1"], "totalQuantity": 99, "totalPrice": 99, "lines": [*lines, *odd]})
    )
    shop.write(
        "index.html",
        f"<script src=data.js></script><script>localStorage['shop.user'] = {json.dumps(nasty)}</script>",
    )
    (shop.folder / "data.js").write_text(f"localStorage.setItem('shop.cart', {stored})")
    [visit] = shop.open()
    assert [line["name"] for line in visit["options"]["cart"]["products"]] == [text.strip() for text in NASTY]
    assert visit["options"]["cart"]["totalQuantity"] == 99
    assert "entityInfo" not in visit["options"]
    detail = """JSON.parse('{"__proto__": {"polluted": 1}, "a": "</script>"}')"""
    [call] = shop.do(f"window.dispatchEvent(new CustomEvent('e', {{detail: {detail}}}))", 1)
    assert call["events"][0]["payload"]["all"]["a"] == "</script>"
    assert shop.page.evaluate("({}).polluted") is None


def test_storage_that_is_broken_or_blocked_stops_nothing(shop: Shop) -> None:
    order = {"storage": "o", "fields": {"purchase_id": "id", "total_price": "n", "total_quantity": "n"}}
    pages = {
        "product": {"match": "/p", "product": "json-ld"},
        "confirmation": {"match": "/", "purchase": order},
    }
    ga4 = {"data_layer": ["add_to_cart"]}
    shop.plan({"pages": pages, "cart": ga4})
    keys = ("connectif-kit.cart", "connectif-kit.purchases", "connectif-kit.products")
    broken = "".join(f"localStorage['{k}'] = sessionStorage['{k}'] = '{{\"a\": [}}';" for k in keys)
    shop.write("index.html", f'<script>{broken} localStorage.o = \'{{"id": 1, "n": 1}}\'</script>')
    shop.open()
    assert shop.types() == [["purchase", "page-visit"]]
    block = "for (const name of ['localStorage', 'sessionStorage'])"
    block += "Object.defineProperty(window, name, {get() { throw new Error('blocked') }});"
    shop.write("index.html", f"<script>{block}</script>")
    shop.open()
    assert shop.types() == [["page-visit"]]


def test_a_selector_that_is_none_and_a_layer_that_is_odd_stop_nothing(shop: Shop) -> None:
    bad = {"on": {"click": "button:nope"}, "send": "custom", "alias": "bad"}
    good = {
        "on": {"click": "button"},
        "send": "custom",
        "alias": "good",
        "payload": {"x": {"selector": "p:nope"}},
    }
    layer = {"on": {"data_layer": "e"}, "send": "custom", "alias": "layer"}
    shop.plan({"events": {"bad": bad, "good": good, "layer": layer}})
    shop.write(
        "index.html", "<button></button><script>dataLayer = [undefined, null, 1, [], {event: null}]</script>"
    )
    shop.open()
    [call] = shop.do("document.querySelector('button').click()", 1)
    assert [event["eventAlias"] for event in call["events"]] == ["good"]
    [call] = shop.do("dataLayer.push(null, {event: 'e', ecommerce: null})", 1)
    assert [event["eventAlias"] for event in call["events"]] == ["layer"]


@pytest.mark.parametrize(
    "layer",
    [
        "[{get event() { throw 1 }}, {event: 'e'}]",
        "{}",
        "'x'",
        "Object.freeze([])",
        "[[]].concat({get 0() { throw 1 }})",
    ],
)
def test_no_data_layer_stops_a_page_view(shop: Shop, layer: str) -> None:
    shop.plan({"events": {"layer": {"on": {"data_layer": "e"}, "send": "custom", "alias": "layer"}}})
    shop.write("index.html", f"<script>window.dataLayer = {layer}</script>")
    [visit] = shop.open()
    heard = ["custom"] if "'e'" in layer else []
    assert [event["type"] for event in visit["events"]] == [*heard, "page-visit"]
    if layer in ("{}", "'x'"):
        assert shop.page.evaluate("JSON.stringify(dataLayer)") == layer.replace("'", '"')
    elif heard:
        assert len(shop.do("dataLayer.push({get event() { throw 1 }}, {event: 'e'})", 1)) == 1
