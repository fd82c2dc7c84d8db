"""Which parser reads the pages: the fast one where it is installed, the other by itself, or by choice."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.cli import _terminal, run
from connectif_kit.core.diagnostics import KitError
from connectif_kit.page.html import Source, parse
from connectif_kit.page.html.engine import VARIABLE, chosen, notice
from connectif_kit.page.html.soup import SoupPage
from connectif_kit.page.html.turbo import TurboPage
from tests.audit_pages import PLAN, page, product


@pytest.fixture(autouse=True)
def _as_a_new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    _terminal._say_once.cache_clear()


@pytest.fixture
def _no_turbohtml(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine for which it has no wheel."""
    monkeypatch.setitem(sys.modules, "turbohtml", None)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One product page with a price that is wrong, and its plan."""
    (tmp_path / "connectif.yaml").write_bytes(PLAN)
    file = tmp_path / "public/p/1/index.html"
    file.parent.mkdir(parents=True)
    file.write_text(page(product(1, "1,50")), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kind_of_page() -> type:
    return type(parse(Source("page.html", "<p>x")))


def test_the_fast_one_is_taken_where_it_is_installed() -> None:
    assert (kind_of_page(), notice()) == (TurboPage, "")


@pytest.mark.usefixtures("_no_turbohtml")
def test_the_other_one_is_taken_by_itself_where_it_is_not() -> None:
    assert kind_of_page() is SoupPage
    assert notice().startswith("turbohtml is not installed: pages are read by html5lib")


def test_the_choice_counts_and_is_no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "html5lib")
    assert (kind_of_page(), notice()) == (SoupPage, "")
    monkeypatch.setenv(VARIABLE, "turbohtml")
    assert kind_of_page() is TurboPage


@pytest.mark.usefixtures("_no_turbohtml")
def test_one_that_is_asked_for_and_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "turbohtml")
    with pytest.raises(KitError, match="turbohtml is not installed"):
        chosen()


COMMANDS = [
    ["audit", "public"],
    ["audit", "--no-cache", "public"],
    ["inject", "public"],
    ["inject", "--remove", "public"],
    ["serve", "public"],
    ["sync", "products", "public", "--dry-run"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.usefixtures("shop")
def test_an_unknown_parser_ends_each_command_that_reads_pages(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, "html5libs")
    assert run(command) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "unknown parser `html5libs`" in said.err
    assert "did you mean `html5lib`?" in said.err


@pytest.mark.usefixtures("shop", "_no_turbohtml")
def test_the_fallback_is_one_line_however_many_commands_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", "public"]) == 1
    assert run(["inject", "public", "--dry-run"]) in (0, 1)
    assert capsys.readouterr().err.count("pages are read by html5lib") == 1


def results(folder: Path) -> int:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(folder / ".connectif" / "audit.sqlite")) as cache:
        return int(cache.execute("SELECT count(*) FROM page").fetchone()[0])


def test_the_cache_keeps_the_results_of_two_parsers_apart(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def audited() -> Any:
        assert run(["audit", "public", "--format", "json"]) == 1
        return json.loads(capsys.readouterr().out)["findings"]

    found = audited()
    assert results(shop) == 1
    monkeypatch.setenv(VARIABLE, "html5lib")
    assert audited() == found
    assert results(shop) == 2
    assert audited() == found
    assert results(shop) == 2
