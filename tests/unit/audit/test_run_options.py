"""Options of a run: baseline, fixes, shards, standard input, folders of the site, comments, watching."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.page_run import PageInput, PageResult, RuleSet, audit_all
from connectif_kit.audit.rule import Example, Finding, Rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.page.html import Span
from tests.audit_pages import PLAN, page, product
from tests.tools import ROOT, Cli
from tests.unit.audit.runs import build, report


def test_a_baseline_outlives_a_rebuild_and_is_pruned(cli: Cli, tmp_path: Path) -> None:
    public = build(tmp_path, ["1,50", "2,50", "3"])
    assert cli("audit", "--baseline", "known.json", "--update-baseline").code == 0
    assert cli("audit", "--baseline", "known.json").code == 0
    moved = "\n\n<main>" + product(1, "9,99").replace("\n", "\n\n  ") + "</main>"
    (public / "p/1/index.html").write_text(page(moved).replace("<main>", "").replace("</main>", ""))
    (public / "p/3/index.html").write_text(page(product(3, "3,50")))
    code, found = report(cli, "--baseline", "known.json")
    assert (code, [each["path"] for each in found["findings"]]) == (1, ["public/p/3/index.html"])
    build(tmp_path, ["1", "2,50", "3"])
    done = cli("audit", "--baseline", "known.json", "--update-baseline")
    assert "1 entries were dropped" in done.stderr
    assert len(json.loads((tmp_path / "known.json").read_text())["findings"]) == 1


def test_a_baseline_that_is_none_is_an_error_with_its_own_status(cli: Cli, tmp_path: Path) -> None:
    build(tmp_path, ["1"])
    (tmp_path / "known.json").write_text('{"version": 9}')
    assert cli("audit", "--baseline", "known.json").code == 2
    assert cli("audit", "--baseline", "nowhere.json").code == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_fix_fixes_what_is_certain_once_and_for_all(cli: Cli, tmp_path: Path, newline: str) -> None:
    wrong = product(1, "1,50", availability="in stock", discounted_percentage="20 %").replace(
        ' style="display:none"', ""
    )
    old = page(wrong + '<div class="cn-page-tag" hidden>é</div>').replace("\n", newline)
    public = build(tmp_path, ["2"])
    path = public / "p/1/index.html"
    path.write_bytes(old.encode())
    dry = cli("audit", "--fix", "--dry-run")
    assert (dry.code, path.read_bytes()) == (1, old.encode())
    assert '+  <span class="unit_price">1.50</span>' in dry.stdout
    assert cli("audit", "--fix").code == 0
    new = (
        old.replace("1,50", "1.50")
        .replace("in stock", "InStock")
        .replace("20 %", "20")
        .replace("cn-page-tag", "cn_page_tag")
    )
    new = new.replace(
        '<div class="cn_product_visited"', '<div style="display:none" class="cn_product_visited"'
    )
    assert path.read_bytes().decode() == new
    assert cli("audit", "--fix").stderr == ""


def test_shards_join_into_what_one_run_finds(cli: Cli, tmp_path: Path) -> None:
    twice = page(product(1, "7"))
    build(tmp_path, ["1,50", "2", "3,5", "4"], **{"p/one/index.html": twice})
    for index in (1, 2, 3):
        assert cli("audit", "--shard", f"{index}/3", "--format", f"json={index}.json").code in (0, 1)
    code, joined = report(cli, "--merge", "1.json", "2.json", "3.json")
    assert (code, joined) == report(cli)
    assert {each["rule"] for each in joined["findings"]} == {"decimal-comma", "product-with-two-prices"}
    assert cli("audit", "--merge", "1.json", "1.json").code == 2
    assert cli("audit", "--merge", "connectif.yaml").code == 2
    assert cli("audit", "--shard", "4/3").code == 2


def test_standard_input_is_the_page_that_it_is_said_to_be(cli: Cli, tmp_path: Path) -> None:
    build(tmp_path, [])
    done = cli("audit", "-", "--as", "/p/9/", stdin=page(product(9, "1,5")))
    assert done.code == 1
    assert "<stdin>:11:28  error decimal-comma" in done.stdout


def test_standard_input_without_a_name_is_held_against_no_kind(cli: Cli, tmp_path: Path) -> None:
    build(tmp_path, [])
    plan = PLAN.replace(b"home: {match: /}", b"home: {match: /, tags: [cn_page_tag]}")
    (tmp_path / "connectif.yaml").write_bytes(plan)
    done = cli("audit", "-", stdin=page("<h1>Mug</h1>"))
    assert (done.code, done.stdout) == (0, "no findings in 1 page\n")
    assert "say which page it is with --as" in done.stderr
    for name in ("/p/9/", "https://shop.example/p/9/"):
        named = report(cli, "-", "--as", name, stdin=page(product(9, "1,5")))[1]
        assert list(named["coverage"]) == ["product"]


def test_a_folder_of_the_site_keeps_its_place_and_is_not_the_whole_site(cli: Cli, tmp_path: Path) -> None:
    build(tmp_path, ["1"])
    with (tmp_path / "connectif.yaml").open("ab") as plan:
        plan.write(b"  search: {match: /search}\n")
    _, found = report(cli, "public/p")
    assert (found["findings"], list(found["coverage"])) == ([], ["product"])
    assert {each["rule"] for each in report(cli, "public")[1]["findings"]} == {"empty-page-kind"}


def test_a_comment_switches_a_rule_across_pages_off_and_an_idle_one_is_reported(
    cli: Cli, tmp_path: Path
) -> None:
    off = "<!-- connectif-kit-disable product-with-two-prices: two shops share it -->"
    more = {"p/one/index.html": page(off + product(1, "7")), "index.html": page(off)}
    build(tmp_path, ["1"], **more)
    code, found = report(cli)
    assert code == 0
    assert [(each["rule"], each["path"]) for each in found["findings"]] == [
        ("unused-disable", "public/index.html")
    ]
    _, found = report(cli, "--select", "missing-field")
    assert found["findings"] == []


def test_a_comment_holds_for_its_whole_page_until_it_is_ended(cli: Cli, tmp_path: Path) -> None:
    off = "<!-- connectif-kit-disable decimal-comma, unplanned-page: the till corrects it -->"
    on = "<!-- connectif-kit-enable decimal-comma -->"
    more = {
        "p/8/index.html": page(product(8, "1,50") + off + on + product(9, "2,50")),
        "p/7/index.html": page(product(7, "1,50") + off.replace("decimal-comma", "decimal_comma")),
        "a/index.html": page(off),
        "b/index.html": page("<h1>B</h1>"),
    }
    build(tmp_path, [], **more)
    found = report(cli, "--verbose", "--select", "decimal-comma,unplanned-page")[1]["findings"]
    told = {(each["rule"], each["path"].split("/")[-2], each["line"]) for each in found}
    assert {one for one in told if one[0] != "unused-disable"} == {
        ("decimal-comma", "8", 16),
        ("decimal-comma", "7", 11),
        ("unplanned-page", "b", 1),
    }
    (unknown,) = (each for each in found if "unknown rule" in each["message"])
    assert unknown["hint"] == "did you mean `decimal-comma`?"


def test_a_plan_is_held_against_the_whole_site_only_where_it_is_there(cli: Cli, tmp_path: Path) -> None:
    build(tmp_path, ["1"])
    with (tmp_path / "connectif.yaml").open("ab") as plan:
        plan.write(
            b"  search: {match: /search}\nservice_worker: {path: /sw.js}\nevents:\n"
            b'  news: {on: {submit: "form#news"}, send: newsletter-subscribe, email: a@b.example, '
            b"pages: home}\n"
        )
    rules = {each["rule"]: each["plan"]["line"] for each in report(cli)[1]["findings"]}
    assert rules == {"empty-page-kind": 7, "missing-worker": 8, "unmatched-selector": 10}
    assert report(cli, "public/p/1/index.html")[1]["findings"] == []


def test_an_integration_of_an_older_plan_is_reported_until_it_is_renewed(cli: Cli, tmp_path: Path) -> None:
    public = build(tmp_path, ["1"])
    bare = "<!doctype html><html lang=en><head><title>x</title></head><body><h1>Mug</h1></body></html>"
    (public / "index.html").write_text(bare)
    (public / "p/1/index.html").write_text(bare.replace("<h1>", product(1) + "<h1>"))
    (public / "connectif/connectif-events.min.js").unlink()
    cli("inject")
    assert report(cli)[1]["findings"] == []
    plan = tmp_path / "connectif.yaml"
    event = b"events:\n  news: {on: {submit: h1}, send: newsletter-subscribe, email: a@b.example}\n"
    for change, rules in {
        plan.read_bytes() + event: {"stale-integration"},
        plan.read_bytes().replace(b"eu5", b"eu3"): {"stale-integration", "wrong-store"},
    }.items():
        plan.write_bytes(change)
        code, found = report(cli)
        assert (code, {each["rule"] for each in found["findings"]}) == (1, rules)
        assert {each["count"] for each in found["findings"]} == {2}
        cli("inject")
        assert report(cli)[1]["findings"] == []
    (public / "connectif/connectif-events.min.js").unlink()
    (finding,) = report(cli)[1]["findings"]
    assert (finding["rule"], finding["hint"]) == (
        "missing-dispatcher-file",
        "`connectif-kit inject` writes it",
    )


def test_a_tag_that_the_catalogue_contradicts_names_its_row(cli: Cli, tmp_path: Path) -> None:
    build(tmp_path, ["12.5", "15.00"])
    plan = PLAN.replace(b'"/p/*"', b'"/p/*", product: catalog')
    (tmp_path / "connectif.yaml").write_bytes(plan + b"catalog: {source: products.csv}\n")
    rows = "".join(f"p{n},https://shop.example/p/{n}/,Mug {n},12.50\n" for n in (1, 2))
    (tmp_path / "products.csv").write_text("product_id,url,name,unit_price\n" + rows)
    for paths in ((), ("public/p/2/index.html",)):
        (finding,) = report(cli, *paths)[1]["findings"]
        assert (finding["rule"], finding["path"]) == ("contradicted-catalogue", "public/p/2/index.html")
        assert "products.csv:3 says `12.50`" in finding["message"]


def test_watch_checks_again_when_a_page_changes(tmp_path: Path) -> None:
    public = build(tmp_path, ["1"])
    command = [sys.executable, "-m", "connectif_kit", "audit", "--watch", "--format", "github"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with ExitStack() as stack:
        process = subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True)
        watching = stack.enter_context(process)
        stack.callback(process.kill)  # or a failure would wait for it without end
        assert watching.stdout
        lines = iter(watching.stdout.readline, "")
        assert "no findings" in next(lines)
        (public / "p/1/index.html").write_text(page(product(1, "1,50")))
        assert "title=decimal-comma" in next(line for line in lines if line.startswith("::"))
        watching.send_signal(signal.SIGINT)
        assert watching.wait(60) == 130


def test_a_rule_that_fails_on_one_page_fails_on_that_page_alone() -> None:
    """Pages go through the rules together; each keeps its own outcome."""

    def check(context: PageContext) -> Iterator[Finding]:
        if context.url_path == "/p/3/":
            raise RecursionError("too deep")
        yield Finding(Span(0, 1), context.url_path)

    example = (Example("x"),)
    rule = Rule("seen", Severity.NOTICE, "Seen.", check, example, example)
    given = [PageInput(f"{n}.html", page("").encode(), f"/p/{n}/") for n in range(6)]
    results = audit_all(given, None, RuleSet([rule], planned=False))
    assert [isinstance(result, RecursionError) for result in results] == [n == 3 for n in range(6)]
    told = [result for result in results if isinstance(result, PageResult)]
    assert [[each.message for each in result.findings] for result in told] == [
        [f"/p/{n}/"] for n in (0, 1, 2, 4, 5)
    ]


def test_a_report_goes_into_a_pipe_that_stays_one(cli: Cli, tmp_path: Path) -> None:
    build(tmp_path, ["1,50"])
    pipe = tmp_path / "report.json"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_text)
        assert cli("audit", "--format", f"json={pipe}").code == 1
        assert len(json.loads(read.result(timeout=60))["findings"]) == 1
    assert pipe.is_fifo()
