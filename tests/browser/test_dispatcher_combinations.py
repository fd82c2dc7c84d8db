"""Every way to report × every kind of page × every event: the dispatcher starts, and what happens is sent."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

import json
from typing import Any

import pytest

from connectif_kit.core.diagnostics import KitError
from connectif_kit.vocabulary import EVENTS, PAGE_KINDS
from tests.browser.shop import Shop, rendered

ACTIVITIES = ("js-events", "server-tags", "client-tags")
REPORTED: dict[str, dict[str, Any]] = {
    "search": {"search_text": {"query": "q"}},
    "confirmation": {"purchase": {"global": "order"}},
    "product": {"product": {"global": "product"}},
}
FIELDS: dict[str, dict[str, Any]] = {
    "product-visited": {"product": {"global": "product"}},
    "product-searched": {"product": {"global": "product"}},
    "product-not-found": {"product_id": "x"},
    "search": {"search_text": "words"},
    "newsletter-subscribe": {"email": "ana@shop.example"},
    "purchase": {"purchase": {"global": "order"}},
    "custom": {"alias": "x"},
    "form-submitted": {"form_id": "65b1d2e3f4a5b6c7d8e9f0a1", "payload": {"a": 1}},
}
SENT = [*(name for name, event in EVENTS.items() if not event.retired), "cart", "contact"]
# The page has all that the plans ask for; each script runs as if it were the only one.
TRY = """async (scripts) => {
  const product = {productId: "p", name: "P", productDetailUrl: "https://shop.example/p", unitPrice: 2};
  const line = {...product, quantity: 1, price: 2};
  Object.assign(window, {product, who: {primaryKey: "ana@shop.example"}, basket: {cartId: "c", products: [line]}});
  const later = () => new Promise((done) => setTimeout(done));
  const found = {};
  let calls = [];
  window.connectif = {managed: {sendEvents: (events, options) => { calls.push({events, options}) }}};
  for (const [name, script] of Object.entries(scripts)) {
    localStorage.clear();
    window.order = {purchaseId: "o-" + name, products: [line]};
    delete window.connectifKit;
    (0, eval)(script);
    await later();
    const started = calls.map((call) => call.events.map((event) => event.type));
    calls = [];
    window.order = {purchaseId: "other-" + name, products: [line]};
    connectifKit.send("tried");
    connectifKit.send("after");
    await later();
    await later();
    found[name] = {started, calls: calls.map((call) => call.events.map((event) => event.type))};
    calls = [];
  }
  return found;
}"""


def plan_of(activity: str, kind: str, sent: str) -> dict[str, Any]:
    """A plan with one kind of page and one event, and another event after it."""
    page = {"match": "/**", "kind": kind, **REPORTED.get(kind, {})}
    tried = {"on": {"manual": True}, "send": sent, **FIELDS.get(sent, {})}
    after = {"on": {"manual": True}, "send": "custom", "alias": "after"}
    return {
        "integration": {"activity": activity, "catalog": "api"},
        "pages": {"here": page},
        "contact": {"global": "who"},
        "cart": {"global": "basket"},
        "events": {"tried": tried, "after": after},
    }


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_whatever_a_plan_combines_starts_and_sends(shop: Shop, activity: str) -> None:
    scripts: dict[str, str] = {}
    refused: dict[str, str] = {}
    for kind in PAGE_KINDS:
        for sent in SENT:
            try:
                files = rendered(plan_of(activity, kind, sent))
                scripts[f"{kind} {sent}"] = files["connectif-events.dev.js"]
            except KitError as error:
                refused[f"{kind} {sent}"] = error.diagnostics[0].rule
    assert len(scripts) > 70
    assert set(refused.values()) <= {"double-report", "misplaced-source"}, refused
    (shop.folder / "blank.html").write_text("<!doctype html><title>x</title><body>")
    shop.open("/blank.html?q=mug", calls=None)
    found = shop.page.evaluate(TRY, scripts)
    for name, result in found.items():
        sent = name.split()[1]
        types = [type_ for call in result["calls"] for type_ in call]
        expected = ["custom"] if sent in ("cart", "contact") else [sent, "custom"]
        assert types == expected, (name, result)
        if activity == "js-events":
            assert "page-visit" in json.dumps(result["started"]), name
    assert [text for text in shop.warnings if "Error" in text] == []
