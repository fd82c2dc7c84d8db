"""For a shop's own tests: a fixture that hears what the platform would receive.

    def test_an_order_is_reported(page, connectif):
        page.goto("http://localhost:8000/checkout/")
        …
        connectif.expect("purchase", total_price="25.00")

It works beside pytest-playwright, whose `context` it listens to; the plan is `connectif.yaml` in the
folder of the run or above it, or the file that `connectif_config` names in pytest's settings.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

    from connectif_kit.verify.listening import Connectif


def pytest_addoption(parser: pytest.Parser) -> None:
    """The setting that names the plan."""
    parser.addini("connectif_config", "The plan of the connectif fixture.", default="")


@pytest.fixture
def connectif(context: BrowserContext, pytestconfig: pytest.Config) -> Connectif:
    """What the test's pages send to the platform: `connectif.expect("purchase", total_price="25.00")`."""
    # Pytest loads this file in every run; the rest is for tests that ask for it.
    from connectif_kit.plan.locate import file_of, find
    from connectif_kit.plan.workspace import read_plan
    from connectif_kit.verify.listening import Connectif

    named = pytestconfig.getini("connectif_config")
    path = pytestconfig.rootpath / named if named else find(Path.cwd())
    if path is None or not file_of(path).is_file():
        hint = "name it with `connectif_config` in pytest's settings"
        pytest.fail(f"there is no connectif.yaml here or above; {hint}")
    return Connectif(context, read_plan(path))
