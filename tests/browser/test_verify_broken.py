"""Sixteen copies of the starter, each broken in one way: each fails with the finding that names it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from connectif_kit.plan import load
from connectif_kit.verify.browser import launch
from connectif_kit.verify.origin import served, site_folder
from connectif_kit.verify.run import verify_in
from connectif_kit.verify.tour import Order, Outcome
from tests.browser.broken_shops import BROKEN, Broken, app, as_app, banner, with_consent
from tests.tools import Cli

Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def looper() -> Iterator[tuple[asyncio.Runner, Browser]]:
    """One browser for the module, and the loop that drives it."""
    with asyncio.Runner() as runner:
        manager = async_playwright()
        playwright = runner.run(manager.__aenter__())
        browser = runner.run(launch(playwright))
        yield runner, browser
        runner.run(browser.close())
        runner.run(manager.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter, as `new` writes it."""
    folder = tmp_path_factory.mktemp("starter")
    assert Cli(folder)("new", "shop").code == 0
    return folder / "shop"


@pytest.fixture
def verified(starter: Path, tmp_path: Path, looper: tuple[asyncio.Runner, Browser]) -> Run:
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
        folder = site_folder(loaded, shop / "public")
        runner, browser = looper
        with served(folder) as origin:
            return runner.run(verify_in(browser, Order(loaded, origin, folder, only=frozenset(only))))

    return run


def rules(outcome: Outcome) -> list[str]:
    return sorted({finding.rule for finding in outcome.findings.all})


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.name)
def test_a_broken_copy_fails_with_the_finding_that_names_it(broken: Broken, verified: Run) -> None:
    assert rules(verified(broken, *broken.only)) == [broken.rule]


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
