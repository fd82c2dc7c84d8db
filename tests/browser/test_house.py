"""The browser tests' own ground: what they rely on without saying so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page


@pytest.fixture
def home(tmp_path: Path, site: Callable[[Path], str]) -> str:
    (tmp_path / "index.html").write_text(
        "<!doctype html><title>Home</title><script src=a.mjs type=module></script>"
    )
    (tmp_path / "a.mjs").write_text("document.title += ' with script'")
    return site(tmp_path)


def test_a_page_and_its_module_are_served(page: Page, home: str) -> None:
    page.goto(home)
    assert page.title() == "Home with script"


def test_nothing_but_this_machine_is_reached(page: Page, home: str) -> None:
    page.goto(home)
    outside = "fetch('https://cdn.connectif.cloud/x').then(() => 'reached', () => 'refused')"
    assert page.evaluate(outside) == "refused"


def test_a_service_worker_reaches_no_further(page: Page, home: str, tmp_path: Path) -> None:
    (tmp_path / "worker.js").write_text(
        "onmessage = e => fetch('https://cdn.connectif.cloud/x')"
        ".then(() => e.source.postMessage('reached'), () => e.source.postMessage('refused'))"
    )
    page.goto(home)
    ask = """async () => {
        await navigator.serviceWorker.register('/worker.js');
        const { active } = await navigator.serviceWorker.ready;
        return new Promise(answer => {
            navigator.serviceWorker.onmessage = e => answer(e.data);
            active.postMessage('go');
        });
    }"""
    assert page.evaluate(ask) == "refused"


def test_a_test_may_stand_in_for_the_vendor(page: Page, home: str) -> None:
    page.context.route(
        "https://cdn.connectif.cloud/**",
        lambda route: route.fulfill(content_type="text/javascript", body="window.client = 'stand-in'"),
    )
    page.goto(home)
    page.add_script_tag(url="https://cdn.connectif.cloud/eu5/client-script/x")
    assert page.evaluate("client") == "stand-in"


def test_an_uncaught_error_is_collected(page: Page, home: str, page_errors: list[str]) -> None:
    page.goto(home)
    with page.context.expect_event("weberror"):
        page.evaluate("void setTimeout(() => { throw new Error('boom') })")
    assert "boom" in page_errors.pop()
