"""Traces of pages with errors, beside the HTML report."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.browser.broken_shops import cart_kept, loader_twice, said_twice
from tests.tools import Cli

ASKED = ("verify", "--only", "home", "--format", "html=out/verify.html")
TRACE = "home.trace.zip"


@pytest.fixture
def shop(cli: Cli, tmp_path: Path) -> Path:
    """The starter, built and injected."""
    assert cli("new", "shop").code == 0
    for command in (["build"], ["inject", "public"]):
        assert cli(*command, cwd=tmp_path / "shop").code == 0
    return tmp_path / "shop"


def test_a_page_with_an_error_has_a_trace_that_its_report_links(cli: Cli, shop: Path) -> None:
    loader_twice(shop)
    traces = shop / "out/verify-traces"
    traces.mkdir(parents=True)
    (traces / "product.trace.zip").write_bytes(b"of an earlier run")
    (traces / "notes.txt").write_bytes(b"mine")
    assert cli(*ASKED, cwd=shop).code == 1
    assert sorted(path.name for path in traces.iterdir()) == [TRACE, "notes.txt"]
    with zipfile.ZipFile(traces / TRACE) as kept:
        assert {"trace.trace", "trace.network"} <= set(kept.namelist())
    page = (shop / "out/verify.html").read_text("utf-8")
    assert f'href="verify-traces/{TRACE}"' in page
    assert f'show-trace "out/verify-traces/{TRACE}"' in page


def test_what_is_known_is_not_traced_and_the_last_traces_go(cli: Cli, shop: Path) -> None:
    loader_twice(shop)
    assert cli(*ASKED, cwd=shop).code == 1
    assert (shop / "out/verify-traces" / TRACE).is_file()
    known = ("--baseline", "known.json")
    assert cli(*ASKED, *known, "--update-baseline", cwd=shop).code == 0
    assert not (shop / "out/verify-traces").exists()
    assert cli(*ASKED, *known, cwd=shop).code == 0
    assert not (shop / "out/verify-traces").exists()


@pytest.mark.parametrize(
    "asked",
    [(*ASKED, "--no-traces"), ("verify", "--only", "home", "--format", "html")],
    ids=["off", "stdout"],
)
def test_none_is_written_where_none_is_asked_for(cli: Cli, shop: Path, asked: tuple[str, ...]) -> None:
    loader_twice(shop)
    done = cli(*asked, cwd=shop)
    assert done.code == 1
    assert "show-trace" not in done.stdout
    assert list(shop.rglob("*.trace.zip")) == []


def test_a_trace_shows_the_step_that_failed(cli: Cli, shop: Path) -> None:
    said_twice(shop)
    asked = ("verify", "--only", "home", "--only", "newsletter", "--format", "html=out/verify.html")
    assert cli(*asked, cwd=shop).code == 1
    with zipfile.ZipFile(shop / "out/verify-traces" / TRACE) as kept:
        steps = kept.read("trace.trace").decode()
    assert "form#newsletter" in steps


def test_a_trace_goes_the_way_to_an_order_that_failed(cli: Cli, shop: Path) -> None:
    cart_kept(shop)
    assert cli("verify", "--only", "checkout", "--format", "html=out/verify.html", cwd=shop).code == 1
    with zipfile.ZipFile(shop / "out/verify-traces/checkout.trace.zip") as kept:
        steps = kept.read("trace.trace").decode()
    assert "/checkout/done/" in steps
