"""Copies of the starter, each broken in one way: each fails with the finding that names it, alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from connectif_kit.plan.load import load
from connectif_kit.verify.origin import served, site_folder
from connectif_kit.verify.run import verify
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


@pytest.fixture
def verified(starter: Path) -> Run:
    """`verified(broken, only…)`: what `verify` says of a copy that was built, injected and spoilt."""

    def run(broken: Broken, *only: str) -> Outcome:
        plan = starter / "connectif.yaml"
        text = plan.read_text("utf-8")
        if (changed := broken.plan(text)) != text:
            plan.write_text(changed, "utf-8")
            for command in (["build"], ["inject", "public"]):
                assert Cli(starter)(*command).code == 0
        broken.spoil(starter)
        loaded = load(str(plan), plan.read_bytes(), starter)
        folder = site_folder(loaded, starter / "public", starter)
        with served(folder) as origin:
            return verify(Order(loaded, origin, folder, only=frozenset(only)))

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
