"""Every source at every place: it gives its value there, or the plan is refused there."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

from typing import Any

import pytest

from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan.load import load
from connectif_kit.plan.sources import SOURCES as KINDS
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
TRIGGERS: dict[str, tuple[dict[str, Any], str]] = {
    "click": ({"click": "#it"}, "it.click()"),
    "submit": ({"submit": "#it"}, "it.requestSubmit()"),
    "change": ({"change": "#it"}, "it.dispatchEvent(new Event('change'))"),
    "event": ({"event": "e"}, "it.dispatchEvent(new CustomEvent('e', {detail: {v: 'v'}}))"),
    "data_layer": ({"data_layer": "e"}, "dataLayer.push({event: 'e', v: 'v'})"),
    "load": ({"load": True}, ""),
    "manual": ({"manual": True}, "connectifKit.send('tried', Object.assign(it, {v: 'v'}))"),
}
REST = ("field", "selected", "search", "title", "contact")
PAGE = """<form id=it data-v=v onsubmit="return false"></form><p id=v>v</p><section data-v=v></section><script>
localStorage.setItem("v", "v"); document.cookie = "v=v"; window.dataLayer = [{event: "e", v: "v"}];
Object.assign(window, {v: "v", who: {email: "ana@shop.example", v: "v"}});
</script>"""
HEAD = "<meta name=v content=v>"


def plan_at(place: str, source: dict[str, Any]) -> dict[str, Any]:
    """A plan with a source at a place."""
    if place in TRIGGERS:
        payload = {"got": source}
        return {
            "events": {
                "tried": {"on": TRIGGERS[place][0], "send": "custom", "alias": "x", "payload": payload}
            }
        }
    fields = {"primary_key": "email", "got": source}
    page: dict[str, Any] = {"match": "/"}
    if place == "search":
        return {"pages": {"search": {**page, "search_text": source}}}
    if place == "title":
        return {"pages": {"home": {**page, "page_info": {"title": source}}}}
    if place == "contact":
        return {"contact": {"global": "who", "fields": fields}}
    if place == "selected":
        return {"contact": {"selector": "section", "fields": {**fields, "primary_key": {"literal": "x"}}}}
    login = {"on": {"event": "e"}, "send": "contact", "contact": {"global": "who", "fields": fields}}
    return {"events": {"tried": login}}


def taken(plan: dict[str, Any]) -> bool:
    """Whether a plan is taken without a word on the source."""
    try:
        said = load("connectif.yaml", written(plan).encode()).notes
    except KitError as error:
        said = tuple(error.diagnostics)
    return not any(one.rule == "misplaced-source" for one in said)


def value_at(place: str, calls: list[dict[str, Any]]) -> object:
    call = calls[-1]
    if place in TRIGGERS:
        [payload] = [event["payload"] for one in calls for event in one["events"] if "payload" in event]
        return payload.get("got")
    if place == "search":
        return next((event["searchText"] for event in call["events"] if event["type"] == "search"), None)
    if place == "title":
        return call["options"].get("pageInfo", {}).get("title")
    return call["options"].get("entityInfo", {}).get("got")


def test_the_table_has_every_source() -> None:
    assert set(SOURCES) == set(KINDS)


@pytest.mark.parametrize("place", [*TRIGGERS, "field", "search", "title", "contact"])
def test_a_source_that_is_taken_at_a_place_works_there(shop: Shop, place: str) -> None:
    refused = []
    for name, source in SOURCES.items():
        plan = plan_at(place, source)
        if not taken(plan):
            refused.append(name)
            continue
        shop.plan(plan, {"./v.js": "export default () => Promise.resolve('v');\n"})
        shop.write("index.html", PAGE, HEAD)
        calls = shop.open("/?v=v", calls=None)
        act = TRIGGERS.get(place, ({}, ""))[1] or (
            "it.dispatchEvent(new CustomEvent('e', {detail: {v: 'v'}}))" if place == "field" else ""
        )
        shop.page.wait_for_function("window.__sent && __sent.length")
        shop.page.evaluate(f"() => {{ {act} }}")
        wanted = "(one) => one.events.some((e) => e.payload || e.searchText) || (one.options.entityInfo || {}).got || one.options.pageInfo"
        shop.page.wait_for_function(f"() => __sent.some({wanted})", timeout=4000)
        calls = shop.page.evaluate(f"__sent.filter({wanted})")
        if place == "data_layer":
            calls = calls[-1:]
        assert value_at(place, calls) == "v", (name, place, calls)
    allowed = {"event", "click", "submit", "change", "manual"}
    expected = {"path", "template"} if place not in ("field", "contact") else set()
    expected |= set() if place in {*allowed, "field"} else {"attribute"}
    expected |= set() if place in ("event", "data_layer", "manual", "field") else {"detail"}
    assert set(refused) == expected


def test_an_attribute_in_a_map_needs_an_element() -> None:
    assert not taken(plan_at("contact", SOURCES["attribute"]))
    line = {"selector": "tr", "all": True, "fields": {"product_id": {"attribute": "data-id"}}}
    assert taken(
        {
            "cart": {
                "selector": "table",
                "fields": {"cart_id": {"attribute": "id"}, "product_basket_item": line},
            }
        }
    )
