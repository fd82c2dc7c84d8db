"""Traces of pages with errors, beside the HTML report."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.browser.broken_shops import cart_kept, loader_twice, said_twice
from tests.tools import Cli

ASKED = ("verify", "--only", "home", "--format", "html=out/verify.html")
TRACE = "home.trace.zip"


def test_a_page_with_an_error_has_a_trace_that_its_report_links(cli: Cli, starter: Path) -> None:
    loader_twice(starter)
    traces = starter / "out/verify-traces"
    traces.mkdir(parents=True)
    (traces / "product.trace.zip").write_bytes(b"of an earlier run")
    (traces / "notes.txt").write_bytes(b"mine")
    assert cli(*ASKED, cwd=starter).code == 1
    assert sorted(path.name for path in traces.iterdir()) == [TRACE, "notes.txt"]
    with zipfile.ZipFile(traces / TRACE) as kept:
        assert {"trace.trace", "trace.network"} <= set(kept.namelist())
    page = (starter / "out/verify.html").read_text("utf-8")
    assert f'href="verify-traces/{TRACE}"' in page
    assert f'show-trace "out/verify-traces/{TRACE}"' in page


def test_what_is_known_is_not_traced_and_the_last_traces_go(cli: Cli, starter: Path) -> None:
    loader_twice(starter)
    assert cli(*ASKED, cwd=starter).code == 1
    assert (starter / "out/verify-traces" / TRACE).is_file()
    known = ("--baseline", "known.json")
    assert cli(*ASKED, *known, "--update-baseline", cwd=starter).code == 0
    assert not (starter / "out/verify-traces").exists()
    assert cli(*ASKED, *known, cwd=starter).code == 0
    assert not (starter / "out/verify-traces").exists()


@pytest.mark.parametrize(
    "asked",
    [(*ASKED, "--no-traces"), ("verify", "--only", "home", "--format", "html")],
    ids=["off", "stdout"],
)
def test_none_is_written_where_none_is_asked_for(cli: Cli, starter: Path, asked: tuple[str, ...]) -> None:
    loader_twice(starter)
    done = cli(*asked, cwd=starter)
    assert done.code == 1
    assert "show-trace" not in done.stdout
    assert list(starter.rglob("*.trace.zip")) == []


def test_a_trace_shows_the_step_that_failed(cli: Cli, starter: Path) -> None:
    said_twice(starter)
    asked = ("verify", "--only", "home", "--only", "newsletter", "--format", "html=out/verify.html")
    assert cli(*asked, cwd=starter).code == 1
    with zipfile.ZipFile(starter / "out/verify-traces" / TRACE) as kept:
        steps = kept.read("trace.trace").decode()
    assert "form#newsletter" in steps


def test_a_trace_goes_the_way_to_an_order_that_failed(cli: Cli, starter: Path) -> None:
    cart_kept(starter)
    assert cli("verify", "--only", "checkout", "--format", "html=out/verify.html", cwd=starter).code == 1
    with zipfile.ZipFile(starter / "out/verify-traces/checkout.trace.zip") as kept:
        steps = kept.read("trace.trace").decode()
    assert "/checkout/done/" in steps
