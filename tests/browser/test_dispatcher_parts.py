"""Each part of dispatcher and loader by itself: unit tests in JavaScript, run in one page of Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Route

from tests.tools import ROOT

PARTS = ROOT / "templates" / "parts"
TESTS = Path(__file__).with_name("parts")
NAMES = sorted(path.relative_to(PARTS).with_suffix("").as_posix() for path in PARTS.rglob("*.js"))
ADDRESS = "http://127.0.0.1/parts"


class Result(NamedTuple):
    """One test: its name, and what was wrong."""

    name: str
    fault: str


@pytest.fixture(scope="module")
def results(browser: Browser) -> dict[str, list[Result]]:
    """Part → its tests, all run at once in one page."""

    def blank(route: Route) -> None:
        route.fulfill(content_type="text/html", body="<!doctype html><title>Parts</title><body>")

    page = browser.new_page()
    page.route("**/*", blank)
    page.goto(ADDRESS)
    page.add_script_tag(content=(TESTS / "harness.js").read_text("utf-8"))
    for name in NAMES:
        text = (TESTS / f"{name}.js").read_text("utf-8") if (TESTS / f"{name}.js").exists() else ""
        page.evaluate("(part) => { window.__part = part; }", name)
        page.add_script_tag(content=f"{{\n{text}\n}}")
    sources = {name: (PARTS / f"{name}.js").read_text("utf-8") for name in NAMES}
    found = page.evaluate("(sources) => runTests(JSON.parse(sources))", json.dumps(sources))
    page.close()
    made: dict[str, list[Result]] = {name: [] for name in NAMES}
    for one in found:
        made[one["part"]].append(Result(one["name"], one["fault"]))
    return made


@pytest.mark.parametrize("part", NAMES)
def test_a_part_does_what_it_says(results: dict[str, list[Result]], part: str) -> None:
    assert results[part], f"no unit test: {(TESTS / part).relative_to(ROOT)}.js"
    assert [result for result in results[part] if result.fault] == []


def test_every_unit_test_has_its_part() -> None:
    written = {path.relative_to(TESTS).with_suffix("").as_posix() for path in TESTS.rglob("*.js")}
    assert written - {"harness"} == set(NAMES)
