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


@pytest.mark.parametrize("engine", ["firefox", "webkit"])
def test_an_engine_that_playwright_has_not_brought_is_said_with_the_way_to_it(
    cli: Cli, shop: Path, tmp_path: Path, engine: str
) -> None:
    for command in (["build"], ["inject", "public"]):
        assert cli(*command, cwd=shop).code == 0
    done = cli("verify", "--browser", engine, cwd=shop, env={"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)})
    assert done.code == 2
    assert f"python -m playwright install {engine}" in done.stderr


def test_an_unknown_name_is_refused_with_the_nearest(cli: Cli, shop: Path) -> None:
    done = cli("verify", "--only", "newsleter", cwd=shop)
    assert done.code == 2
    assert "did you mean `newsletter`?" in done.stderr


def test_a_baseline_is_asked_for_where_it_is_to_be_written(cli: Cli, shop: Path) -> None:
    done = cli("verify", "--update-baseline", cwd=shop)
    assert done.code == 2
    assert "--update-baseline needs --baseline FILE" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--header", "X-Key: 1"], "--header is for a URL"),
        (["http://localhost:9", "--header", "nothing"], "--header takes NAME:VALUE"),
        (["http://localhost:9", "--auth", "ana"], "--auth takes USER:PASSWORD"),
        (["http://localhost:9"], "unreachable-site"),
        (["http://localhost:9", "--command", "false"], "before its server was up"),
        (["http://localhost:9", "--command", "no-such-command-here"], "bad-command"),
    ],
)
def test_what_a_url_needs_is_said(
    cli: Cli, shop: Path, chromium_path: Path, arguments: list[str], said: str
) -> None:
    done = cli("verify", *arguments, cwd=shop, env={"CONNECTIF_KIT_BROWSER": str(chromium_path)})
    assert (done.code, said in done.stderr) == (2, True), done.stderr
