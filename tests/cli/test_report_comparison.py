"""`audit --compare`: what is new, gone and the same since an earlier report, wherever lines have moved to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tools import Cli

PLAN = """
version: 1
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu1, url: https://shop.example}
site: {root: public}
integration: {activity: client-tags, catalog: tags}
pages:
  product: {match: "/p/**", product: json-ld}
"""
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mug</title></head><body>%s'
    '<div class="cn_product_visited" style="display:none"><span class="unit_price">%s</span></div></body>'
)


@pytest.fixture
def shop(tmp_path: Path) -> Callable[[dict[str, tuple[str, str]]], None]:
    (tmp_path / "connectif.yaml").write_text(PLAN)

    def write(pages: dict[str, tuple[str, str]]) -> None:
        for name, values in pages.items():
            path = tmp_path / "public" / "p" / name / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(PAGE % values)

    return write


def audit(cli: Cli, *more: str) -> tuple[Any, str]:
    done = cli(
        "audit",
        "--select",
        "decimal-comma,currency-sign",
        "--format",
        "json=now.json",
        "--format",
        "text",
        *more,
    )
    return json.loads((cli.cwd / "now.json").read_text()), done.stdout


@pytest.mark.parametrize("form", ["json", "html"])
def test_a_later_run_says_what_is_new_gone_and_the_same(
    cli: Cli, shop: Callable[..., None], form: str
) -> None:
    shop({"a": ("", "1,50"), "b": ("", "1,60"), "c": ("", "€1.50")})
    audit(cli, "--format", f"{form}=before.{form}")
    shop({"a": ("<p>a line\n more</p>", "1,70"), "b": ("", "1.60"), "c": ("", "€1.50"), "d": ("", "2,50")})
    found, text = audit(cli, "--compare", f"before.{form}")
    compared = found["compared"]
    assert (compared["new"], compared["gone"], compared["same"]) == (1, 1, 2)
    assert compared["goneFindings"][0]["places"][0]["path"] == "public/p/b/index.html"
    assert {each["rule"]: each["new"] for each in found["findings"]} == {
        "decimal-comma": 1,
        "currency-sign": 0,
    }
    assert f"since before.{form}: 1 new, 1 gone, 2 the same" in text
    assert "decimal-comma (1 of 2 places new)" in text
    assert "gone decimal-comma public/p/b/index.html" in text


def test_a_report_is_compared_with_the_one_that_it_replaces(cli: Cli, shop: Callable[..., None]) -> None:
    shop({"a": ("", "1,50")})
    assert "compared" not in audit(cli)[0]
    shop({"b": ("", "1,50")})
    assert [audit(cli, "--compare", "now.json")[0]["compared"]["new"] for _ in range(2)] == [1, 0]


def test_what_a_run_has_not_looked_at_is_not_gone(cli: Cli, shop: Callable[..., None]) -> None:
    shop({"a": ("", "1,50"), "b": ("", "€1.50")})
    audit(cli, "--format", "json=before.json")
    shop({"a": ("", "1.50")})
    part, _ = audit(cli, "--compare", "before.json", "public/p/a/index.html")
    assert [cause["rule"] for cause in part["compared"]["goneFindings"]] == ["decimal-comma"]
    rule, _ = audit(cli, "--compare", "before.json", "--ignore", "decimal-comma")
    assert rule["compared"]["gone"] == 0


def test_it_does_not_matter_from_which_folder_the_reports_come(cli: Cli, shop: Callable[..., None]) -> None:
    shop({"a": ("", "1,50")})
    audit(cli, "--format", "json=before.json")
    above = Cli(cli.cwd.parent)
    here = cli.cwd.name
    above(
        "audit",
        "-c",
        f"{here}/connectif.yaml",
        "--compare",
        f"{here}/before.json",
        "--format",
        f"json={here}/x.json",
    )
    compared = json.loads((cli.cwd / "x.json").read_text())["compared"]
    assert (compared["same"], compared["gone"]) == (1, 0)


def test_places_that_an_earlier_report_only_counts_are_not_new(cli: Cli, shop: Callable[..., None]) -> None:
    shop(dict.fromkeys("abcd", ("", "1,50")))
    audit(cli, "--format", "json=before.json")
    report = json.loads((cli.cwd / "before.json").read_text())
    report["findings"][0]["also"] = report["findings"][0]["also"][:1]
    (cli.cwd / "before.json").write_text(json.dumps(report))
    compared = audit(cli, "--compare", "before.json")[0]["compared"]
    assert (compared["new"], compared["gone"], compared["same"]) == (0, 0, 4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"version": 2, "findings": []}',
        '{"version": 1, "findings": [1]}',
        '{"version": 1, "findings": [{"rule": "", "message": "", "severity": "x", "element": ""}]}',
        '<script type="application/json" id="report">{"version": 1, "findings": {}</script>',
        "[" * 100_000,
        "<!doctype html><title>a page</title>",
    ],
)
def test_a_file_that_is_no_report_is_refused(cli: Cli, shop: Callable[..., None], text: str) -> None:
    shop({"a": ("", "1.50")})
    (cli.cwd / "old.html").write_text(text)
    done = cli("audit", "--compare", "old.html")
    assert (done.code, "bad-report" in done.stderr) == (2, True)


def test_a_file_that_is_not_there_is_named(cli: Cli, shop: Callable[..., None]) -> None:
    shop({"a": ("", "1.50")})
    done = cli("audit", "--compare", "old.html")
    assert (done.code, "old.html" in done.stderr) == (2, True)


def test_the_html_report_says_when_and_of_what_it_was_made_and_is_never_an_old_one(
    cli: Cli, shop: Callable[..., None]
) -> None:
    shop({"a": ("", "1,50")})
    made = []
    for _ in range(2):
        cli("audit", "--format", "html=report.html")
        made.append((cli.cwd / "report.html").stat().st_mtime_ns)
        page = (cli.cwd / "report.html").read_text()
        assert "https://shop.example" in page
        assert '<time datetime="20' in page
    assert made[0] < made[1]
