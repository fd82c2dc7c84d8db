"""`audit:` in the plan: rules that are left out and severities, wherever findings are counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connectif_kit.plan.example import EXAMPLE_HOST, EXAMPLE_ID
from tests.tools import Cli, Run

PLAN = """
store:
  {id: 7d1f6a52-0b7c-4e0e-8f0a-5a9f0a3c7b02, environment: eu5, url: "https://shop.example", currency: EUR}
pages:
  home: {match: /}
"""
PAGE = """<!doctype html><html lang="en"><head><title>Shop</title></head><body>
<div class="cn_product_visited" style="display:none"><span class="product_id">a</span>
<span class="unit_price">9,50</span></div></body></html>
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text(PAGE)
    planned(tmp_path, "")
    return tmp_path


def planned(shop: Path, audit: str, more: str = "") -> None:
    (shop / "connectif.yaml").write_text(PLAN + (f"audit: {audit}\n" if audit else "") + more)


def found(done: Run) -> dict[str, str]:
    return {each["rule"]: each["severity"] for each in json.loads(done.stdout)["findings"]}


def audited(cli: Cli, *options: str) -> dict[str, str]:
    return found(cli("audit", "--format", "json", *options))


def test_a_rule_is_left_out_in_either_form(shop: Path, cli: Cli) -> None:
    before = audited(cli)
    assert before["decimal-comma"] == "error"
    for audit in ("{ignore: [decimal-comma]}", "{rules: {decimal-comma: off}}"):
        planned(shop, audit)
        assert audited(cli).keys() == before.keys() - {"decimal-comma"}


def test_what_the_command_line_selects_is_looked_for_all_the_same(shop: Path, cli: Cli) -> None:
    planned(shop, "{ignore: [decimal-comma]}")
    assert audited(cli, "--select", "decimal-comma") == {"decimal-comma": "error"}


def test_a_severity_of_the_plan_counts_for_report_and_exit_status(shop: Path, cli: Cli) -> None:
    others = [rule for rule in audited(cli) if rule != "decimal-comma"]
    planned(shop, f"{{ignore: [{', '.join(others)}], rules: {{decimal-comma: notice}}}}")
    done = cli("audit", "--format", "json")
    assert (found(done), done.code) == ({"decimal-comma": "notice"}, 0)


def test_rules_across_pages_and_checks_of_the_plan_obey_too(shop: Path, cli: Cli) -> None:
    example = PLAN.replace("7d1f6a52-0b7c-4e0e-8f0a-5a9f0a3c7b02", EXAMPLE_ID).replace(
        EXAMPLE_HOST, "shop.test"
    )
    (shop / "connectif.yaml").write_text(example)
    assert audited(cli)["example-store-id"] == "warning"
    (shop / "connectif.yaml").write_text(f"{example}audit: {{rules: {{example-store-id: error}}}}\n")
    assert audited(cli)["example-store-id"] == "error"
    assert "error example-store-id" in cli("build").stdout
    (shop / "connectif.yaml").write_text(f"{example}audit: {{ignore: [example-store-id]}}\n")
    assert "example-store-id" not in audited(cli)
    assert "example-store-id" not in cli("build").stdout


@pytest.mark.parametrize("audit", ["{ignore: [decimal-coma]}", "{rules: {decimal-coma: off}}"])
def test_a_name_that_is_no_rules_is_an_error_at_its_place(shop: Path, cli: Cli, audit: str) -> None:
    planned(shop, audit)
    done = cli("audit")
    assert done.code == 2
    assert "connectif.yaml:6:" in done.stderr
    assert "did you mean `decimal-comma`?" in done.stderr


def test_a_severity_that_is_none_is_refused_with_those_there_are(shop: Path, cli: Cli) -> None:
    planned(shop, "{rules: {decimal-comma: fatal}}")
    done = cli("audit")
    assert (done.code, all(word in done.stderr for word in ("error", "warning", "notice", "off"))) == (
        2,
        True,
    )
