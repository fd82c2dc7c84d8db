"""Coverage says what the plan wants, what is there and what is wrong with it; places are all kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.reports import Coverage, Report, RunInfo, formats, together
from connectif_kit.reports.causes import FindingGroups
from connectif_kit.reports.places import Places
from tests.tools import Cli

PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
integration: {activity: %s, catalog: api}
pages:
  cart: {match: /cart/, tags: [cn_cart]}
  checkout: {match: /checkout/}
  account: {match: /account/, optional_tags: [cn_login]}
  product: {match: "/p/*"}
"""
LOGIN = '<div class="cn_login" style="display:none"></div>'
CART = '<div class="cn_cart" style="display:none"></div>'
PRODUCT = (
    '<div class="cn_product_visited" style="display:none"><span class="url">https://shop.example/p/%s/</span>'
    '<span class="product_id">7</span><span class="name">Mug</span><span class="unit_price">%s</span></div>'
)
PAGES = {
    "cart": "<p>no cart</p>",
    "checkout": LOGIN,
    "account": LOGIN,
    "p/a": PRODUCT % ("a", "1.50"),
    "p/b": PRODUCT % ("b", "2.50"),
}


def coverage(cli: Cli, activity: str = "js-events") -> Any:
    (cli.cwd / "connectif.yaml").write_text(PLAN % activity)
    for name, body in PAGES.items():
        path = cli.cwd / "public" / name / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<!doctype html><html><head><title>t</title></head><body>{body}</body></html>")
    done = cli("audit", "--format", "json", "--ignore", "missing-loader")
    return json.loads(done.stdout)["coverage"]


def test_a_tag_that_no_page_has_is_promised_all_the_same(cli: Cli) -> None:
    cart = coverage(cli)["cart"]
    assert (cart["expected"], cart["tags"]) == ({"cn_cart": "promised"}, {})


def test_what_reports_by_being_there_is_forbidden_where_the_plan_does_not_name_it(cli: Cli) -> None:
    found = coverage(cli)
    assert found["checkout"]["expected"] == {"cn_login": "forbidden"}
    assert found["checkout"]["wrong"] == {"cn_login": 1}
    assert found["account"] == {
        "pages": 1,
        "tags": {"cn_login": 1},
        "wrong": {},
        "expected": {"cn_login": "optional"},
    }


def test_a_server_may_write_it_for_one_visitor(cli: Cli) -> None:
    assert coverage(cli, "server-tags")["checkout"]["expected"] == {"cn_login": "optional"}


def test_what_shows_only_across_pages_is_wrong_on_them(cli: Cli) -> None:
    assert coverage(cli)["product"]["wrong"]["cn_product_visited"] >= 1


def test_stores_that_want_different_things_of_a_kind_stay_apart() -> None:
    def one(store: str, wanted: str) -> Report:
        run = RunInfo("2026-03-01T10:20:30+00:00", 1.5, store, f"https://{store}.example", store)
        return Report((), 1, coverage={"cart": Coverage(2, {"cn_cart": 1}, {}, {"cn_cart": wanted})}, run=run)

    same = together([one("a", "promised"), one("b", "promised")])
    assert (same.coverage["cart"].pages, same.coverage["cart"].tags) == (4, {"cn_cart": 2})
    assert (same.run.seconds, same.run.site) == (3.0, "a, b")
    apart = together([one("a", "promised"), one("b", "forbidden")])
    assert list(apart.coverage) == ["cart", "cart (https://b.example)"]


def test_every_place_of_a_cause_is_in_the_reports_for_programs() -> None:
    causes = FindingGroups()
    for number in range(3000):
        causes.add([Diagnostic("a-rule", Severity.ERROR, "wrong", Place(f"p/{number}.html", number + 1, 2))])
    findings, others = causes.reported()
    report = Report(findings, 3000, others=others)
    (one,) = json.loads(formats()["json"].write(report))["findings"]
    assert [at["path"] for at in one["also"]] == [f"p/{number}.html" for number in range(1, 3000)]
    assert "3,000 places" in formats()["text"].write(report)


def test_places_are_a_sequence() -> None:
    given = [Place(f"{number}.html", number, number + 1, number + 2, number + 3) for number in range(1, 9)]
    places = Places(given)
    assert list(places) == given
    assert (places[0], places[-1], places[2:5]) == (given[0], given[-1], tuple(given[2:5]))
    with pytest.raises(IndexError):
        places[8]


def test_the_editor_s_address_comes_from_the_command_or_the_surroundings(cli: Cli, tmp_path: Path) -> None:
    coverage(cli)
    url = "vscode://file/{path}:{line}:{column}"
    asked = ("audit", "--format", "html")
    assert '"editor":null' in cli(*asked).stdout
    assert str(tmp_path) not in cli(*asked).stdout
    for done in (cli(*asked, "--editor-url", url), cli(*asked, env={"CONNECTIF_KIT_EDITOR": url})):
        assert f'"url":"{url}","folder":"{tmp_path.as_posix()}"' in done.stdout
