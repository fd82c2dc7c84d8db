"""Copies of the starter, each broken in one way: each fails with the finding that names it, alone."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.async_api import async_playwright

from connectif_kit.plan.load import load
from connectif_kit.verify.browser import Browsers
from connectif_kit.verify.origin import served, site_folder
from connectif_kit.verify.run import verify_in
from connectif_kit.verify.tour import Order, Outcome
from tests.browser.broken_hosts import BROKEN_HOSTS, HARMLESS_HOSTS
from tests.browser.broken_more import BROKEN_MORE
from tests.browser.broken_shops import (
    BROKEN,
    HARMLESS,
    Broken,
    app,
    as_app,
    asking,
    at_end,
    banner,
    with_consent,
)
from tests.tools import Cli

Run = Callable[..., Outcome]
T = TypeVar("T")


class Loop:
    """An event loop in a thread of its own: in the tests' own thread Playwright's may be running."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


@pytest.fixture(scope="module")
def looper() -> Iterator[tuple[Loop, Browsers]]:
    """The browsers for the module, and the loop that drives it."""
    loop = Loop()
    manager = async_playwright()
    browsers = Browsers(loop.run(manager.__aenter__()))
    yield loop, browsers
    loop.run(browsers.close())
    loop.run(manager.__aexit__(None, None, None))
    loop.close()


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter, as `new` writes it."""
    folder = tmp_path_factory.mktemp("starter")
    assert Cli(folder)("new", "shop").code == 0
    return folder / "shop"


@pytest.fixture
def verified(starter: Path, tmp_path: Path, looper: tuple[Loop, Browsers]) -> Run:
    """`verified(broken, only…)`: what `verify` says of a copy that was built, injected and spoilt."""

    def run(broken: Broken, *only: str) -> Outcome:
        shop = tmp_path / "shop"
        shutil.copytree(starter, shop)
        plan = shop / "connectif.yaml"
        plan.write_text(broken.plan(plan.read_text("utf-8")), "utf-8")
        for command in (["build"], ["inject", "public"]):
            assert Cli(shop)(*command).code == 0
        broken.spoil(shop)
        loaded = load(str(plan), plan.read_bytes(), shop)
        folder = site_folder(loaded, shop / "public", shop)
        runner, browsers = looper
        with served(folder) as origin:
            return runner.run(verify_in(browsers, Order(loaded, origin, folder, only=frozenset(only))))

    return run


def rules(outcome: Outcome) -> list[str]:
    return sorted({finding.rule for finding in outcome.findings.all})


@pytest.mark.parametrize("broken", [*BROKEN, *BROKEN_HOSTS, *BROKEN_MORE], ids=lambda one: one.name)
def test_a_broken_copy_fails_with_the_finding_that_names_it(broken: Broken, verified: Run) -> None:
    assert rules(verified(broken, *broken.only)) == [broken.rule]


@pytest.mark.parametrize("harmless", [*HARMLESS, *HARMLESS_HOSTS], ids=lambda one: one.name)
def test_what_stands_in_the_way_is_no_fault_of_the_integration(harmless: Broken, verified: Run) -> None:
    outcome = verified(harmless, *harmless.only)
    assert rules(outcome) == []
    events = [name for name in harmless.only if name in ("newsletter", "liked", "cart-changed")]
    assert {f"events/{name}" for name in events} <= set(outcome.proofs)


def test_what_came_without_a_script_of_others_is_proved(verified: Run) -> None:
    """A shop whose jQuery lies elsewhere: its own scripts fail, and what the pages report is seen to come."""
    needs = "<script src='https://cdn.other.example/jq.js'></script><script>jq('.menu').show()</script>"
    outcome = verified(Broken("", "", lambda shop: at_end(shop, needs)), "home", "product", "liked")
    assert rules(outcome) == ["unreached-script"]
    assert {"page-visit", "product-visited"} <= set(outcome.proofs)


def test_a_form_with_a_captcha_is_left_to_a_person(verified: Run) -> None:
    outcome = verified(Broken("", "", asking("<div class='g-recaptcha'></div>")), "home", "newsletter")
    assert rules(outcome) == []
    assert "captcha" in outcome.by_hand["events/newsletter"]


def test_consent_that_a_banner_gives_is_proved(verified: Run) -> None:
    outcome = verified(Broken("", "", banner, with_consent), "home", "newsletter")
    assert rules(outcome) == []
    assert {"consent refused", "consent given", "consent withdrawn", "newsletter-subscribe"} <= set(
        outcome.proofs
    )


def test_an_app_that_shows_each_product_is_proved(verified: Run) -> None:
    outcome = verified(Broken("", "", lambda shop: app(shop, replaces=True), as_app), "product", "spa")
    assert rules(outcome) == []
    assert outcome.proofs["route"]


LATER = (
    "<script>setTimeout(() => document.head.append(Object.assign(document.createElement('script'),"
    " { src: '/assets/shop.js' })), 3000)</script>"
)


def timed(shop: Path) -> None:
    """The shop's script is put into each page by a timer, as tag managers do, and starts at once."""
    script = shop / "public/assets/shop.js"
    waits = 'document.addEventListener("DOMContentLoaded", start);'
    script.write_text(script.read_text("utf-8").replace(waits, "start();"), "utf-8")
    for page in (shop / "public").rglob("*.html"):
        text = page.read_text("utf-8")
        page.write_text(text.replace('<script src="/assets/shop.js" defer></script>', LATER), "utf-8")


def test_a_shop_whose_script_a_timer_puts_in_is_proved(verified: Run) -> None:
    outcome = verified(Broken("", "", timed), "product", "cart", "checkout", "confirmation", "cart-changed")
    assert rules(outcome) == []
    assert {"cart", "cart emptied", "purchase", "once"} <= set(outcome.proofs)
