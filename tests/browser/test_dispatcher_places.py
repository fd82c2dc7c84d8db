"""Every source at every place: it gives its value there, or the plan is refused there."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

from typing import Any

import pytest

from connectif_kit.plan.load import load
from connectif_kit.plan.sources import SOURCES as KINDS
from connectif_kit.reference.sources import BROWSER, PLACES, refusal
from tests.browser.shop import Shop, written

SOURCES: dict[str, dict[str, Any]] = {
    "literal": {"literal": "v"},
    "path": {"path": "v"},
    "template": {"template": "{v}"},
    "selector": {"selector": "#v"},
    "attribute": {"attribute": "data-v"},
    "detail": {"detail": "v"},
    "data_layer": {"data_layer": "e", "path": "v"},
    "query": {"query": "v"},
    "storage": {"storage": "v"},
    "cookie": {"cookie": "v"},
    "global": {"global": "v"},
    "meta": {"meta": "v"},
    "module": {"module": "./v.js"},
    "first_of": {"first_of": [{"query": "missing"}, {"query": "v"}]},
    "page": {"page": "path", "map": {"/": "v"}},
}
ACTS = {
    "on: click": "it.click()",
    "on: submit": "it.requestSubmit()",
    "on: change": "it.dispatchEvent(new Event('change'))",
    "on: event": "it.dispatchEvent(new CustomEvent('e', {detail: {v: 'v'}}))",
    "on: data_layer": "dataLayer.push({event: 'e', v: 'v'})",
    "on: manual": "connectifKit.send('tried', Object.assign(it, {v: 'v'}))",
    "fields of an event": "it.dispatchEvent(new CustomEvent('e', {detail: {v: 'v'}}))",
}
PAGE = """<form id=it data-v=v onsubmit="return false"></form><p id=v>v</p>
<section data-v=v><i>ana@shop.example</i></section><script>
localStorage.setItem("v", "v"); document.cookie = "v=v"; window.dataLayer = [{event: "e", v: "v"}];
Object.assign(window, {v: "v", who: {email: "ana@shop.example", v: "v"}});
document.querySelector("section").v = "v";
</script>"""
HEAD = "<meta name=v content=v>"
IN_BROWSER = {place.name: place for place in PLACES if place.face == BROWSER}


def value_at(place: str, calls: list[dict[str, Any]]) -> object:
    call = calls[-1]
    if place.startswith("on: "):
        [payload] = [event["payload"] for one in calls for event in one["events"] if "payload" in event]
        return payload.get("got")
    if place == "a page's report":
        return next((event["searchText"] for event in call["events"] if event["type"] == "search"), None)
    if place == "page_info":
        return call["options"].get("pageInfo", {}).get("title")
    return call["options"].get("entityInfo", {}).get("got")


def test_the_table_has_every_source() -> None:
    assert set(SOURCES) == set(KINDS)


@pytest.mark.parametrize("place", IN_BROWSER)
def test_a_source_that_is_taken_at_a_place_works_there(shop: Shop, place: str) -> None:
    for name, source in SOURCES.items():
        if refusal(IN_BROWSER[place], source):
            continue
        shop.plan(IN_BROWSER[place].plan(source), {"./v.js": "export default () => Promise.resolve('v');\n"})
        shop.write("index.html", PAGE, HEAD)
        shop.open("/?v=v", calls=None)
        shop.page.wait_for_function("window.__sent && __sent.length")
        shop.page.evaluate(f"() => {{ {ACTS.get(place, '')} }}")
        wanted = "(one) => one.events.some((e) => e.payload || e.searchText) || (one.options.entityInfo || {}).got || one.options.pageInfo"
        shop.page.wait_for_function(f"() => __sent.some({wanted})")
        calls = shop.page.evaluate(f"__sent.filter({wanted})")
        if place == "on: data_layer":
            calls = calls[-1:]
        assert value_at(place, calls) == "v", (name, place, calls)


def test_the_table_refuses_what_would_find_nothing() -> None:
    places = {place.name: place for place in PLACES}
    refused = {
        name: {source for source, given in SOURCES.items() if refusal(place, given)}
        for name, place in places.items()
    }
    mapping = {"path", "template"}
    assert refused["on: click"] == refused["on: submit"] == refused["on: change"] == {*mapping, "detail"}
    assert refused["on: event"] == refused["on: manual"] == mapping
    assert refused["on: data_layer"] == {*mapping, "attribute"}
    assert refused["on: load"] == refused["page_info"] == {*mapping, "attribute", "detail"}
    assert refused["fields of an event"] == set()
    assert refused["fields"] == {"attribute", "detail"}
    assert refused["fields of an element"] == {"detail"}


def test_an_attribute_in_a_map_needs_an_element() -> None:
    line = {"selector": "tr", "all": True, "fields": {"product_id": {"attribute": "data-id"}}}
    cart = {"selector": "table", "fields": {"cart_id": {"attribute": "id"}, "product_basket_item": line}}
    assert load("connectif.yaml", written({"cart": cart}).encode()).plan.cart
