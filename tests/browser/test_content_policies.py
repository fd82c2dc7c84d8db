"""Chromium's own verdict on every policy of `tests/content_policies.py`."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Route

from tests.content_policies import API, CASES

CLIENT = f"window.sent = fetch('{API}x', {{method: 'POST', mode: 'no-cors'}}).then(() => true, () => false)"
HAPPENED = "async () => Boolean(await window.sent) && Boolean(window.dispatched)"


@pytest.fixture
def shop(context: BrowserContext) -> BrowserContext:
    """Stands in for the vendor's hosts and the dispatcher; each case's page lies under its number."""

    def script(route: Route, body: str) -> None:
        route.fulfill(content_type="text/javascript", body=body)

    def page(route: Route) -> None:
        number = int(route.request.url.rpartition("/")[2])
        route.fulfill(content_type="text/html", body=CASES[number].html)

    context.route("https://cdn.connectif.cloud/**", lambda route: script(route, CLIENT))
    context.route("https://eu5-api.connectif.cloud/**", lambda route: script(route, ""))
    context.route("https://shop.example/connectif/*", lambda route: script(route, "window.dispatched = true"))
    context.route("https://shop.example/page/*", page)
    return context


def test_chromium_agrees(shop: BrowserContext, page_errors: list[str]) -> None:
    page = shop.new_page()

    def works(number: int) -> bool:
        page.goto(f"https://shop.example/page/{number}", wait_until="load")
        return bool(page.evaluate(HAPPENED))

    disagree = [case.name for number, case in enumerate(CASES) if works(number) != case.works]
    page_errors.clear()  # trusted types refuse by an error
    assert disagree == []
