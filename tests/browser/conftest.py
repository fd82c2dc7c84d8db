"""A real Chromium that can reach nothing but this machine, and a page whose errors fail the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from connectif_kit.verify.driver import kept_browsers
from tests.browser.shop import Shop, shop_for
from tests.tools import Cli

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A service worker's requests pass by `context.route`; this one holds for them too.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


# Not for the whole session: while Playwright runs, its event loop counts as running in this thread,
# and any later test that calls `asyncio.run` would fail.
@pytest.fixture(scope="package")
def browser(shell_path: Path) -> Iterator[Browser]:
    """One Chromium for this folder's tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shell_path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package", autouse=True)
def browsers_of_verify() -> Iterator[None]:
    """Runs of `verify` in this process share their browsers; none starts before one is asked for."""
    with kept_browsers():
        yield


@pytest.fixture(scope="session")
def built_starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter shop with the integration in its pages. Nobody writes into it: see `starter`."""
    folder = tmp_path_factory.mktemp("starter")
    assert Cli(folder)("new", "shop").code == 0
    for command in (["build"], ["inject", "public"]):
        assert Cli(folder / "shop")(*command).code == 0
    return folder / "shop"


@pytest.fixture
def starter(built_starter: Path, tmp_path: Path) -> Path:
    """A copy of the starter shop with the integration in its pages."""
    return Path(shutil.copytree(built_starter, tmp_path / "shop"))


@pytest.fixture
def page_errors() -> list[str]:
    """Uncaught errors of the test's pages, as they come; a test that expects some clears the list."""
    return []


@pytest.fixture
def context(browser: Browser, page_errors: list[str]) -> Iterator[BrowserContext]:
    """A fresh profile. What a test routes itself (the vendor's client) comes before the wall."""
    context = browser.new_context()
    context.route("**/*", loopback_only)
    context.on("weberror", lambda error: page_errors.append(str(error.error)))
    yield context
    context.close()
    assert page_errors == [], "uncaught errors in the page"


@pytest.fixture
def windowed(browser: Browser, chromium_path: Path) -> Iterator[BrowserContext]:
    """A fresh profile of the whole browser, for what its headless shell lacks: notifications."""
    whole = browser.browser_type.launch(executable_path=chromium_path, args=ARGUMENTS)
    context = whole.new_context()
    context.route("**/*", loopback_only)
    yield context
    whole.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A blank page in a fresh profile."""
    return context.new_page()


def loopback_only(route: Route) -> None:
    """Let requests to this machine through and no others."""
    address = urlsplit(route.request.url)
    if address.scheme == "file" or address.hostname in {"127.0.0.1", "localhost"}:
        route.continue_()
    else:
        route.abort()


@pytest.fixture
def shop(page: Page, tmp_path: Path, site: Callable[[Path], str]) -> Shop:
    """A shop to fill: `shop.plan(…)`, `shop.write(path, body)`, `shop.open(path)`."""
    return shop_for(page, tmp_path, site)
