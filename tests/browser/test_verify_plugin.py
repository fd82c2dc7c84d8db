"""The pytest plugin: a shop's own test asserts what the platform would receive."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from tests.tools import ROOT, Run, run

CONFTEST = """
import pytest
from playwright.sync_api import sync_playwright

@pytest.fixture
def context():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path={path!r}, args=["--no-sandbox"])
        yield browser.new_context(service_workers="block")
        browser.close()
"""
TEST = """
import pytest

def test_a_search_and_a_subscription_are_reported(context, connectif):
    page = context.new_page()
    page.goto("{url}search/?q=bowl")
    assert connectif.expect("search", search_text="bowl")["searchText"] == "bowl"
    page.goto("{url}p/harbour-mug/")
    connectif.expect("product-visited", product_id="MUG-01", unit_price="{price}")
    page.goto("{url}")
    page.fill("form#newsletter input[type=email]", "ana@shop.example")
    page.locator("form#newsletter button").click()
    connectif.expect("newsletter-subscribe", email="ana@shop.example")
    assert [event["type"] for event in connectif.journal].count("page-visit") == 3
    with pytest.raises(pytest.fail.Exception, match="(?s)no purchase.*newsletter-subscribe"):
        connectif.expect("purchase", total_price="25.00", timeout=0.1)
"""


def test_a_shops_own_test_asserts_what_is_sent(
    starter: Path, site: Callable[[Path], str], shell_path: Path
) -> None:
    (starter / "conftest.py").write_text(CONFTEST.format(path=str(shell_path)))
    (starter / "test_shop.py").write_text(
        TEST.format(url=site(starter / "public").rstrip("/") + "/", price="14.5")
    )
    done = pytest_in(starter)
    assert done.code == 0, done.stdout + done.stderr


def test_a_missing_plan_is_said(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("import pytest\n\n@pytest.fixture\ndef context(): pass\n")
    (tmp_path / "test_it.py").write_text("def test_it(connectif): pass\n")
    done = pytest_in(tmp_path)
    assert (done.code, "there is no connectif.yaml here or above" in done.stdout) == (1, True)


def pytest_in(folder: Path) -> Run:
    """A run of its own: whoever tests a shop has nothing of this project's fixtures."""
    plugin = "connectif_kit.verify.pytest_plugin"
    command = [sys.executable, "-m", "pytest", "-q", "-p", plugin, "-p", "no:cacheprovider", "--rootdir", "."]
    # None of the plugins that this environment happens to have.
    env = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return run(*command, cwd=folder, env=env)
