"""The preview shows what the site sends: call by call what a stub of our own hears of the injected site."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from connectif_kit import cli
from tests.serving import preview, shop

STUB = """
(() => {
  const fire = (name) => document.dispatchEvent(new CustomEvent(name));
  let ready = false;
  const sendEvents = (events, options) => {
    const { cart, entityInfo } = options || {};
    return Promise.resolve().then(() => recorded(JSON.stringify({ events, cart, entityInfo })));
  };
  window.connectif = { managed: { sendEvents, isInitialized: () => ready } };
  fire("connectif.loaded");
  setTimeout(() => {
    ready = true;
    fire("connectif.managed.initialized");
    fire("connectif.initialized");
  }, 0);
})();
"""
MADE_UP = ("purchaseId", "cartId", "purchaseDate", "cartRecoveryUrl", "trackerId")
Call = dict[str, Any]


def journey(page: Page, base: str, heard: Callable[[], int]) -> None:
    """What a visitor does, from the front page to the order; each step until it was heard of."""

    def step(do: Callable[[], object]) -> None:
        before = heard()
        do()
        for _ in range(200):
            if heard() > before:
                return
            page.wait_for_timeout(25)
        raise AssertionError("nothing was sent")

    step(lambda: page.goto(f"{base}/"))
    step(lambda: page.goto(f"{base}/search/?q=mug"))
    step(lambda: page.goto(f"{base}/p/harbour-mug/"))
    page.get_by_label("Quantity").fill("2")
    step(lambda: page.get_by_role("button", name="Add to cart").click())
    step(lambda: page.get_by_role("button", name="Like").click())
    step(lambda: page.goto(f"{base}/account/"))
    page.locator("form#login input[type=email]").fill("ana@shop.example")
    page.locator("form#login input[type=password]").fill("secret-1")
    step(lambda: page.locator("form#login button").click())
    step(lambda: page.goto(f"{base}/checkout/"))
    for label in ("First name", "Last name", "Street and number", "Postcode", "City"):
        page.get_by_label(label).fill("Ana")
    page.get_by_label("Email").fill("ana@shop.example")
    step(lambda: page.get_by_role("button", name="Buy now").click())


def plain(value: Any) -> Any:
    """A value without what is made up again each time."""
    if isinstance(value, dict):
        return {k: "…" if k in MADE_UP else plain(v) for k, v in value.items() if k != "trackerId"}
    return [plain(one) for one in value] if isinstance(value, list) else value


def as_sent(calls: list[Call]) -> list[Call]:
    """Calls as the client sends them: an unchanged cart is left out, and what says nothing is not sent."""
    made, cart = [], None
    for call in calls:
        given = plain(call.get("cart"))
        one = {"events": plain(call["events"]), "contact": plain(call.get("entityInfo") or {})}
        if given and given != cart:
            one["cart"] = cart = given
        made.append(one)
    return [one for one in made if one["events"] or "cart" in one]


@pytest.fixture
def stubbed(browser: Browser) -> BrowserContext:
    context = browser.new_context()

    def stub(route: Route) -> None:
        route.fulfill(body=STUB, content_type="text/javascript")

    context.route("**/client-script/**", stub)
    return context


def test_a_journey_in_the_preview_is_what_the_served_site_sends(
    tmp_path: Path,
    page: Page,
    stubbed: BrowserContext,
    site: Callable[[Path], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = shop(tmp_path)
    with preview(folder) as running:
        journey(page, running.base, lambda: len([r for r in running.session()["records"] if r["body"]]))
        shown = [record["body"] for record in running.session()["records"] if record["body"]]
    monkeypatch.chdir(folder)
    assert cli.run(["build"]) == 0
    assert cli.run(["inject"]) == 0
    heard: list[Call] = []
    stubbed.expose_binding("recorded", lambda _, text: heard.append(json.loads(text)))
    journey(stubbed.new_page(), site(folder / "public"), lambda: len(heard))
    stubbed.close()
    assert as_sent(shown) == as_sent(heard)
    assert [event["type"] for call in heard for event in call["events"]].count("purchase") == 1
