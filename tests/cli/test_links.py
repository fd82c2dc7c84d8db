"""Every finding leads to its documentation: by a link in the terminal, in reports for people and programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connectif_kit.core.links import page
from tests.tools import Cli

CHECK = page("reference/checks.md", "unreachable-catalog")


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    tag = '<div class="cn_product_visited"></div>'
    (tmp_path / "page.html").write_text(f"<!doctype html><title>x</title><body>{tag}", "utf-8")
    return "page.html"


def test_reports_link_each_finding_to_its_documentation(cli: Cli, faulty: str, tmp_path: Path) -> None:
    names = ("json", "sarif", "html", "github", "junit")
    cli("audit", faulty, *(word for name in names for word in ("--format", f"{name}={name}")))
    said = {name: (tmp_path / name).read_text("utf-8") for name in names}
    found = json.loads(said["json"])["findings"]
    link = found[0]["helpUri"]
    assert link == page("rules.md", found[0]["rule"])
    rules = json.loads(said["sarif"])["runs"][0]["tool"]["driver"]["rules"]
    assert link in [rule["helpUri"] for rule in rules]
    assert f'<a class="help" href="{link}">' in said["html"]
    assert all(link in said[name] for name in ("github", "junit"))


def test_a_terminal_that_can_shows_links_and_no_other_output_has_them(cli: Cli, faulty: str) -> None:
    able = {"NO_COLOR": "", "FORCE_COLOR": "1", "FORCE_HYPERLINK": "1"}
    shown = cli("audit", faulty, env=able).stdout
    assert "\x1b]8;" in shown
    assert page("rules.md", "") in shown
    for env in (
        {},
        {"NO_COLOR": "", "FORCE_COLOR": "1", "FORCE_HYPERLINK": ""},
        {**able, "NO_COLOR": "1"},
        {**able, "FORCE_HYPERLINK": "0"},
    ):
        assert "\x1b]8;" not in cli("audit", faulty, env=env).stdout, env


def test_a_plans_mistake_is_linked_too(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "connectif.yaml").write_text(
        "store: {id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: 'https://tazas.es'}\n"
        "pages: {home: {match: /}}\n"
    )
    done = cli("build", "--format", "json")
    found = {each["rule"]: each["helpUri"] for each in json.loads(done.stdout)["findings"]}
    assert found["unreachable-catalog"] == CHECK
