"""`verify` on the whole starter shop, as its user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.browser.broken_shops import double_visit
from tests.tools import Cli


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter, built and injected."""
    folder = tmp_path_factory.mktemp("starter")
    assert Cli(folder)("new", "shop").code == 0
    for command in (["build"], ["inject", "public"]):
        assert Cli(folder / "shop")(*command).code == 0
    return folder / "shop"


def test_every_kind_of_page_and_every_event_is_proved(shop: Path) -> None:
    done = Cli(shop)("verify", "--format", "text", "--format", "html=verify.html")
    assert (done.code, done.stdout) == (0, "no findings in 10 pages\n"), done.stderr
    proved = [line.split()[2] for line in done.stderr.splitlines() if " proved " in line]
    assert proved == ["Contact:", "Product:", "Cart:", "Abandoned", "Purchase:", "Newsletter:", "Web"]
    assert "5. by hand  Forms: the plan has nothing of it" in done.stderr
    page = (shop / "verify.html").read_text("utf-8")
    assert page.count("data:image/jpeg;base64,") == 10
    assert "/p/cafe-ole-cup/" in page
    assert "cn_product_visited" in page
    assert not (shop / "verify-traces").exists()


def test_a_baseline_hides_what_it_knows_and_nothing_else(shop: Path) -> None:
    double_visit(shop)
    command = ("verify", "--only", "home", "--format", "json=report.json")
    assert Cli(shop)(*command).code == 1
    [finding] = json.loads((shop / "report.json").read_text("utf-8"))["findings"]
    assert (finding["rule"], finding["plan"]["line"] > 1) == ("duplicate-event", True)
    assert Cli(shop)(*command, "--baseline", "known.json", "--update-baseline").code == 0
    assert Cli(shop)(*command, "--baseline", "known.json").code == 0
    done = Cli(shop)("verify", "--only", "content", "--baseline", "known.json")
    assert done.code == 1
    assert "1 known finding(s) are gone" in done.stderr
