"""`verify` on the whole starter shop, as its user runs it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.broken_shops import double_visit
from tests.tools import Cli


def test_every_kind_of_page_and_every_event_is_proved(starter: Path) -> None:
    done = Cli(starter)("verify", "--format", "text", "--format", "html=verify.html")
    assert (done.code, done.stdout) == (0, "no findings in 10 pages\n"), done.stderr
    proved = [line.split()[2] for line in done.stderr.splitlines() if " proved " in line]
    assert proved == ["Contact:", "Product:", "Cart:", "Abandoned", "Purchase:", "Newsletter:", "Web"]
    assert "5. by hand  Forms: the plan has nothing of it" in done.stderr
    page = (starter / "verify.html").read_text("utf-8")
    assert page.count("data:image/jpeg;base64,") == 10
    assert "/p/cafe-ole-cup/" in page
    assert "cn_product_visited" in page
    assert not (starter / "verify-traces").exists()


def test_a_baseline_hides_what_it_knows_and_nothing_else(starter: Path) -> None:
    double_visit(starter)
    command = ("verify", "--only", "home", "--format", "json=report.json")
    assert Cli(starter)(*command).code == 1
    [finding] = json.loads((starter / "report.json").read_text("utf-8"))["findings"]
    assert (finding["rule"], finding["plan"]["line"] > 1) == ("duplicate-event", True)
    assert Cli(starter)(*command, "--baseline", "known.json", "--update-baseline").code == 0
    assert Cli(starter)(*command, "--baseline", "known.json").code == 0
    done = Cli(starter)("verify", "--only", "content", "--baseline", "known.json")
    assert done.code == 1
    assert "1 known finding(s) are gone" in done.stderr
