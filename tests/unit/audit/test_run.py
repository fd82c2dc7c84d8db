"""A team's day with `audit`: cache, processes, baseline, fixes, shards, standard input, comments."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.audit.batch import Item, Setup, run
from connectif_kit.audit.context import PageContext
from connectif_kit.audit.page_run import PageInput, PageResult, RuleSet, audit_all, chosen
from connectif_kit.audit.rule import Example, Finding, Rule
from connectif_kit.core.diagnostics import Severity
from connectif_kit.page.html import Span
from tests.audit_pages import LOADER, PLAN, SCRIPT, loaded, page, product
from tests.tools import ROOT, Cli

RULES = tuple(rule.name for rule in chosen())


def build(folder: Path, prices: list[str], **more: str) -> Path:
    """A site of product pages with these prices, and its plan."""
    (folder / "connectif.yaml").write_bytes(PLAN)
    files = {f"p/{n}/index.html": page(product(n, price)) for n, price in enumerate(prices, 1)}
    files |= {"connectif/connectif-events.min.js": "send()"}
    for name, text in {"index.html": page("<h1>Home</h1>"), **files, **more}.items():
        path = folder / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "public"


def report(cli: Cli, *arguments: str | Path, stdin: str = "") -> tuple[int, dict[str, Any]]:
    done = cli("audit", "--format", "json", *arguments, stdin=stdin)
    assert done.stdout, done.stderr
    return done.code, json.loads(done.stdout)


def test_one_cause_on_many_pages_is_one_finding(cli: Cli, tmp_path: Path) -> None:
    build(tmp_path, ["1,50"] * 12)
    code, found = report(cli)
    (finding,) = found["findings"]
    assert code == 1
    assert (finding["rule"], finding["count"], finding["pages"], len(finding["also"])) == (
        "decimal-comma",
        12,
        12,
        11,
    )
    assert found["coverage"]["product"] == {
        "pages": 12,
        "tags": {"cn_product_visited": 12},
        "wrong": {"cn_product_visited": 12},
        "expected": {"cn_product_visited": "optional"},
    }
    _, verbose = report(cli, "--verbose")
    assert [each["count"] for each in verbose["findings"]] == [1] * 12


def test_an_unchanged_site_is_answered_from_the_cache_and_a_changed_page_is_not(
    cli: Cli, tmp_path: Path
) -> None:
    public = build(tmp_path, ["1,50", "2"])
    first = report(cli)
    with closing(sqlite3.connect(tmp_path / ".connectif" / "audit.sqlite")) as cache:
        assert cache.execute("SELECT count(*) FROM page").fetchone() == (3,)
    assert report(cli) == first
    (public / "p/1/index.html").write_text(page(product(1, "1.50")))
    assert report(cli)[1]["findings"] == []


MODULE = "export default function () { return 1; }"
REMEMBERED = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
site: {ignore: [/drafts/**]}
catalog: {source: products.csv}
pages:
  home: {match: /}
  product: {match: "/p/*", product: catalog}
events:
  newsletter:
    on: {submit: form}
    send: newsletter-subscribe
    email: {module: email.js}
"""


def _remembered(cli: Cli, folder: Path) -> Path:
    """An injected site whose audit depends on every sort of file, clean, and its run remembered."""
    public = build(folder, ["12.50"])
    (folder / "connectif.yaml").write_text(REMEMBERED)
    (folder / "email.js").write_text(MODULE)
    (folder / "products.csv").write_text(
        "product_id,url,name,unit_price\np1,https://shop.example/p/1/,Mug 1,12.50\n"
    )
    for name in ("index.html", "p/1/index.html"):
        (public / name).write_text(page("<form></form>").replace(LOADER, "").replace(SCRIPT, ""))
    (public / "drafts").mkdir()
    (public / "drafts/index.html").write_text("<p>a draft")
    (public / "connectif/connectif-events.min.js").unlink()
    assert cli("inject").code == 0
    for path in [*folder.rglob("*.*")]:  # what has changed since a run began is not remembered
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return public


def _runs(folder: Path) -> int:
    """How many runs are remembered."""
    with closing(sqlite3.connect(folder / ".connectif" / "audit.sqlite")) as cache:
        return int(cache.execute("SELECT count(*) FROM run").fetchone()[0])


def test_a_run_of_which_nothing_has_changed_is_told_again(cli: Cli, tmp_path: Path) -> None:
    public = _remembered(cli, tmp_path)
    (public / "p/1/index.html").write_text(
        page(product(1, "1,50")).replace("</body>", "<form></form></body>")
    )
    first = report(cli)
    assert _runs(tmp_path) == 1
    assert first[0] == 1
    assert report(cli) == first
    (public / "drafts/index.html").write_text("<p>another draft")
    assert report(cli, f"--format=json={tmp_path / 'found.json'}") == first
    assert report(cli, f"--format=json={tmp_path / 'found.json'}") == first
    assert json.loads((tmp_path / "found.json").read_text()) == first[1]
    assert (
        cli("audit", "--select", "decimal-comma").stdout != cli("audit", "--ignore", "decimal-comma").stdout
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("public/p/1/index.html", page(product(1, "1,50"))),
        ("public/p/2/index.html", page(product(2, "1,50"))),
        ("public/connectif/connectif-events.min.js", None),
        ("public/connectif/connectif-events.min.js", "/* connectif-kit: generated; content 0 */"),
        ("products.csv", "product_id,url,name,unit_price\np1,https://shop.example/p/1/,Mug 1,13.50\n"),
        ("email.js", MODULE.replace("1", "2")),
        ("connectif.yaml", REMEMBERED.replace("submit: form", "submit: form#news")),
        ("connectif.yaml", REMEMBERED.replace("/drafts/**", "/other/**")),
    ],
)
def test_whatever_a_run_has_read_it_is_made_anew_where_that_changes(
    cli: Cli, tmp_path: Path, name: str, text: str | None
) -> None:
    _remembered(cli, tmp_path)
    first = report(cli)
    assert _runs(tmp_path) == 1
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.unlink() if text is None else path.write_text(text)
    anew = report(cli, "--no-cache")
    assert anew != first
    assert report(cli) == anew


def test_a_broken_cache_is_done_without(cli: Cli, tmp_path: Path) -> None:
    build(tmp_path, ["1,50"])
    (tmp_path / ".connectif").mkdir()
    (tmp_path / ".connectif" / "audit.sqlite").write_bytes(b"no database" * 1000)
    code, found = report(cli)
    assert (code, len(found["findings"])) == (1, 1)


class Deadly(Item):
    """A page whose process dies of it."""

    def read(self) -> bytes:
        if self.url_path == "/p/66/":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.url_path == "/p/7/":
            raise PermissionError(13, "Permission denied")
        return self.data


def test_a_page_that_kills_its_process_or_cannot_be_read_does_not_end_the_run() -> None:
    items = [
        Deadly(f"p/{n}.html", f"/p/{n}/", data=page(product(n, "1,5" if n % 2 else "1")).encode())
        for n in range(200)
    ]
    results = list(run(items, Setup(loaded(), RULES), jobs=2))
    assert [result.name for result in results] == [item.name for item in items]
    assert [result.name for result in results if result.failed] == ["p/7.html", "p/66.html"]
    assert {finding.rule for finding in results[66].findings} == {"internal-error"}
    assert {finding.rule for finding in results[151].findings} == {"decimal-comma"}


class Piped(Item):
    """A page that waits for whoever writes it."""

    def read(self) -> bytes:
        return Path(self.file).read_bytes()


def test_work_begins_while_pages_are_still_looked_for(tmp_path: Path) -> None:
    """The first page is a pipe: whoever can open its end knows that another process reads it."""
    html = page(product(0, "1")).encode()
    os.mkfifo(tmp_path / "first.html")

    def items() -> Iterator[Item]:
        yield Piped("first.html", "/p/0/", str(tmp_path / "first.html"))
        yield from (Item(f"{n}.html", f"/p/{n}/", data=html) for n in range(1, 300))
        (tmp_path / "first.html").write_bytes(html)
        yield from (Item(f"{n}.html", f"/p/{n}/", data=html) for n in range(300, 400))

    results = list(run(items(), Setup(loaded(), RULES), jobs=2))
    assert [result.url_path for result in results] == [f"/p/{n}/" for n in range(400)]


@pytest.mark.parametrize("more", [(), ("--fix",), ("--fix", "--jobs", "1")])
def test_a_path_that_is_wrong_ends_the_run_and_nothing_is_mended(
    cli: Cli, tmp_path: Path, more: tuple[str, ...]
) -> None:
    public = build(tmp_path, ["1,50"] * 500)
    done = cli("audit", "public", "nowhere", *more)
    assert (done.code, done.stdout) == (2, "")
    assert "there is no file or folder nowhere" in done.stderr
    assert all("1,50" in path.read_text() for path in public.glob("p/*/index.html"))


def test_a_page_that_has_become_a_pipe_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    (result,) = run([Item("pipe.html", "/p/1/", str(tmp_path / "pipe.html"))], Setup(loaded(), RULES))
    assert result.failed
    assert [(found.rule, found.message) for found in result.findings] == [
        ("file-error", "this is not a file")
    ]


def test_a_link_to_itself_is_told(cli: Cli, tmp_path: Path) -> None:
    public = build(tmp_path, ["1,50"])
    (public / "ring.html").symlink_to("ring.html")
    code, found = report(cli)
    assert code == 1
    assert {(each["rule"], each["path"]) for each in found["findings"]} == {
        ("decimal-comma", "public/p/1/index.html"),
        ("symlink", "public/ring.html"),
    }


def test_what_is_no_page_is_in_the_report_of_all_shards_once(cli: Cli, tmp_path: Path) -> None:
    public = build(tmp_path, ["1,50"] * 4)
    os.mkfifo(public / "pipe.html")
    (public / "out.html").symlink_to("/etc/hostname")
    for index in (1, 2):
        cli("audit", "--shard", f"{index}/2", "--format", f"json={index}.json")
    merged = cli("audit", "--merge", "--format", "json", "1.json", "2.json")
    assert (merged.code, json.loads(merged.stdout)["findings"]) == (1, report(cli)[1]["findings"])
    assert {"special-file", "symlink"} < {each["rule"] for each in report(cli)[1]["findings"]}


def test_processes_find_what_one_finds() -> None:
    items = [Item(f"{n}.html", f"/p/{n}/", data=page(product(n, "1,5")).encode()) for n in range(120)]
    setup = Setup(loaded(), RULES)
    assert list(run(items, setup, jobs=2)) == list(run(items, setup, jobs=1))


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
def test_fix_mends_what_is_certain_once_and_for_all(cli: Cli, tmp_path: Path, newline: str) -> None:
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


def test_a_comment_switches_a_rule_across_pages_off_and_an_idle_one_is_told(cli: Cli, tmp_path: Path) -> None:
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
    off = "<!-- connectif-kit-disable decimal-comma, unplanned-page: the till mends it -->"
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


def test_an_integration_of_an_older_plan_is_told_until_it_is_renewed(cli: Cli, tmp_path: Path) -> None:
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

    def check(view: PageContext) -> Iterator[Finding]:
        if view.url_path == "/p/3/":
            raise RecursionError("too deep")
        yield Finding(Span(0, 1), view.url_path)

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
