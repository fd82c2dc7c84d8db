"""Triggers where pages put their elements: in shadow roots, later, and in scripts' own events."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.shop import Shop

EVENTS: dict[str, Any] = {
    "clicked": {"on": {"click": "[data-like]"}, "payload": {"id": {"attribute": "data-like"}}},
    "sent": {"on": {"submit": "form.news"}, "payload": {"mail": {"selector": "[type=email]"}}},
    "chosen": {"on": {"change": "select.size"}, "payload": {"size": {"selector": "option:checked"}}},
    "host": {"on": {"click": "shop-card"}, "payload": {"card": {"attribute": "name"}}},
}
PLAN = {"events": {name: {**event, "send": "custom", "alias": name} for name, event in EVENTS.items()}}
INSIDE = (
    "<button data-like=mug><b>like</b></button><form class=news onsubmit='return false'>"
    "<input type=email value=ana@shop.example><button id=go></button></form>"
    "<select class=size><option>S<option selected>M</select>"
)
CARD = f"""<script>customElements.define("shop-card", class extends HTMLElement {{
  connectedCallback() {{
    const outer = this.attachShadow({{mode: "open"}});
    outer.innerHTML = "<div></div>";
    outer.firstChild.attachShadow({{mode: "open"}}).innerHTML = `{INSIDE}`;
  }}
}});</script>"""
ROOT = "document.querySelector('shop-card').shadowRoot.firstChild.shadowRoot"
ACTS = {
    "clicked": ("querySelector('b').click()", {"id": "mug"}),
    "sent": ("querySelector('#go').click()", {"mail": "ana@shop.example"}),
    "requested": ("querySelector('form').requestSubmit()", {"mail": "ana@shop.example"}),
    "chosen": ("querySelector('select').dispatchEvent(new Event('change'))", {"size": "M"}),
}


def payloads(calls: list[dict[str, Any]], alias: str) -> list[Any]:
    return [
        event["payload"] for call in calls for event in call["events"] if event.get("eventAlias") == alias
    ]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("when", ["at once", "late"])
def test_what_happens_inside_open_shadow_roots_is_heard(shop: Shop, act: str, when: str) -> None:
    shop.plan(PLAN)
    card = "<shop-card name=one></shop-card>"
    shop.write("index.html", CARD + (card if when == "at once" else ""))
    shop.open()
    if when == "late":
        shop.page.evaluate(f"document.body.insertAdjacentHTML('beforeend', '{card}')")
    if when == "late" and act in ("requested", "chosen"):
        # The visitor comes to it before it changes.
        shop.page.evaluate(
            f"{ROOT}.querySelector('select').dispatchEvent(new FocusEvent('focusin', {{bubbles: true, composed: true}}))"
        )
    script, payload = ACTS[act]
    calls = shop.do(f"{ROOT}.{script}", 1)
    alias = "sent" if act == "requested" else act
    assert payloads(calls, alias) == [payload]


def test_a_click_inside_a_host_is_one_on_the_host(shop: Shop) -> None:
    shop.plan(PLAN)
    shop.write("index.html", CARD + "<shop-card name=one></shop-card>")
    shop.open()
    assert payloads(shop.do(f"{ROOT}.querySelector('select').click()", 1), "host") == [{"card": "one"}]


def test_elements_that_come_later_and_events_of_scripts_are_heard(shop: Shop) -> None:
    shop.plan(PLAN)
    shop.write("index.html")
    shop.open()
    shop.page.evaluate(f"() => {{ document.body.innerHTML = `{INSIDE}` }}")
    for act, (script, payload) in ACTS.items():
        calls = shop.do(f"document.{script}", 1)
        assert payloads(calls, "sent" if act == "requested" else act) == [payload]


def test_an_attribute_of_what_is_no_element_is_none(shop: Shop) -> None:
    event = {
        "on": {"event": "e"},
        "send": "custom",
        "alias": "x",
        "payload": {"a": {"attribute": "id"}, "b": 1},
    }
    shop.plan({"events": {"e": event}})
    shop.write("index.html", "<p id=here></p>")
    shop.open()
    for target, payload in (("window", {"b": 1}), ("document", {"b": 1}), ("here", {"a": "here", "b": 1})):
        [call] = shop.do(f"{target}.dispatchEvent(new Event('e'))", 1)
        assert call["events"][0]["payload"] == payload
