"""A real Chromium that can reach nothing but this machine, and a page whose errors fail the test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebError, expect, sync_playwright

from connectif_kit.verify.driver import kept_browsers
from tests.browser.shop import Shop, shop_for
from tests.tools import Cli, serve

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",  # one for the pages of one site in one profile
    # Nothing but this machine is reached, by service workers neither; and no request waits for Python.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)

# What is awaited comes, however busy the machine is; five seconds are too few for that.
expect.set_options(timeout=30_000)


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
    """A fresh profile."""
    context = browser.new_context()
    with watched(context, page_errors):
        yield context
        context.close()


@contextmanager
def watched(context: BrowserContext, page_errors: list[str]) -> Iterator[None]:
    """Uncaught errors in the context's pages are noted; any that a test leaves there fail it."""

    def note(error: WebError) -> None:
        page_errors.append(str(error.error))

    context.on("weberror", note)
    yield
    context.remove_listener("weberror", note)
    assert page_errors == [], "uncaught errors in the page"


@pytest.fixture
def windowed(browser: Browser, chromium_path: Path) -> Iterator[BrowserContext]:
    """A fresh profile of the whole browser, for what its headless shell lacks: notifications."""
    whole = browser.browser_type.launch(executable_path=chromium_path, args=ARGUMENTS)
    context = whole.new_context()
    yield context
    whole.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A blank page in a fresh profile."""
    return context.new_page()


@pytest.fixture(scope="package")
def street(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that stays, in the profile of all shops: theirs open in its process, which is cheaper."""
    context = browser.new_context()
    folder = tmp_path_factory.mktemp("street")
    (folder / "index.html").write_text("<!doctype html><title>Street</title>")
    page = context.new_page()
    with serve(folder) as url:
        page.goto(url)
    yield page
    context.close()


@pytest.fixture
def shop(street: Page, page_errors: list[str], tmp_path: Path, site: Callable[[Path], str]) -> Iterator[Shop]:
    """A shop to fill: `shop.plan(…)`, `shop.write(path, body)`, `shop.open(path)`.

    It has a tab and an origin of its own in a shared profile; what may last longer is removed behind it.
    """
    context = street.context
    with watched(context, page_errors):
        shop = shop_for(context.new_page(), tmp_path, site)
        yield shop
        for page in context.pages[1:]:
            page.close()
        context.unroute_all()
        context.clear_cookies()
        session = context.new_cdp_session(street)
        session.send("Storage.clearDataForOrigin", {"origin": shop.url, "storageTypes": "all"})
        session.detach()


@pytest.fixture
def own_shop(page: Page, tmp_path: Path, site: Callable[[Path], str]) -> Shop:
    """A shop in a profile of its own, for what a profile keeps: its clock."""
    return shop_for(page, tmp_path, site)
