"""`verify` before a browser runs: what is missing is said, with the way to get it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from tests.tools import Cli


@pytest.fixture
def shop(cli: Cli, tmp_path: Path) -> Path:
    assert cli("new", "shop").code == 0
    return tmp_path / "shop"


def test_without_playwright_it_says_how_to_get_it(
    cli: Cli, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: found(name) if name != "playwright" else None
    )
    done = cli("verify", cwd=shop)
    assert done.code == 2
    assert 'pip install "connectif-kit[browser]"' in done.stderr


def test_without_a_browser_it_says_how_to_get_one(cli: Cli, shop: Path) -> None:
    done = cli("verify", cwd=shop, env={"CONNECTIF_KIT_BROWSER": "/no/browser/here"})
    assert done.code == 2
    assert "no-browser" in done.stderr
    assert "install Chrome, Chromium or Edge" in done.stderr


def test_an_unknown_name_is_refused_with_the_nearest(cli: Cli, shop: Path) -> None:
    done = cli("verify", "--only", "newsleter", cwd=shop)
    assert done.code == 2
    assert "did you mean `newsletter`?" in done.stderr


def test_a_baseline_is_asked_for_where_it_is_to_be_written(cli: Cli, shop: Path) -> None:
    done = cli("verify", "--update-baseline", cwd=shop)
    assert done.code == 2
    assert "--update-baseline needs --baseline FILE" in done.stderr
