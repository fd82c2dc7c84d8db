"""One way of reporting: every command that finds something says it alike, and `check` says it once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.cli import run as command_line
from connectif_kit.fakeapi.server import FakeApi
from connectif_kit.plan.example import EXAMPLE_ID
from connectif_kit.reports import formats
from tests.tools import Cli, Run

PLAN = f"""\
store: {{id: {EXAMPLE_ID}, environment: eu5, url: "https://mugs.example", currency: EUR}}
catalog: {{source: products.csv, fields: {{product_id: sku, name: title, url: link, unit_price: price}}}}
pages:
  home: {{match: /}}
  product: {{match: "/p/*", product: catalog}}
"""
GOOD_ID = "7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10"
ROW = "mug,Mug,https://mugs.example/p/mug/,9.50"
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head>'
    "<body><h1>x</h1></body></html>"
)
COMMANDS = (
    ("build", "--format"),
    ("inject", "--format"),
    ("audit", "--format"),
    ("check", "--format"),
    ("feed", "--report"),
    ("sync products --dry-run", "--format"),
)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A real shop's plan that still has the store id of the examples."""
    (tmp_path / "connectif.yaml").write_text(PLAN)
    (tmp_path / "products.csv").write_text(f"sku,title,link,price\n{ROW}\n")
    for name in ("index.html", "p/mug/index.html"):
        path = tmp_path / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE)
    return tmp_path


def right(shop: Path) -> None:
    """The store's own id."""
    (shop / "connectif.yaml").write_text(PLAN.replace(EXAMPLE_ID, GOOD_ID))


def rules_in(text: str) -> list[str]:
    return [finding["rule"] for finding in json.loads(text)["findings"]]


@pytest.mark.parametrize(("line", "option"), COMMANDS)
def test_what_is_doubtful_in_the_plan_is_a_finding_of_every_command(
    shop: Path, cli: Cli, line: str, option: str
) -> None:
    cli("inject", cwd=shop)
    done = cli(*line.split(), option, f"json={shop / 'found.json'}", cwd=shop)
    assert done.code == 1, done.stderr
    report = json.loads((shop / "found.json").read_text())
    assert rules_in(json.dumps(report)).count("example-store-id") == 1
    [place] = [(f["path"], f["line"]) for f in report["findings"] if f["rule"] == "example-store-id"]
    assert place == ("connectif.yaml", 1)
    right(shop)
    cli("inject", cwd=shop)
    done = cli(*line.split(), option, f"json={shop / 'found.json'}", cwd=shop)
    assert (done.code, rules_in((shop / "found.json").read_text())) == (0, [])


@pytest.mark.parametrize(("line", "option"), COMMANDS)
def test_every_command_writes_every_format(shop: Path, cli: Cli, line: str, option: str) -> None:
    asked = [word for name in formats() for word in (option, f"{name}={shop / name}")]
    assert cli(*line.split(), *asked, cwd=shop).code == 1
    for name in formats():
        assert "example-store-id" in (shop / name).read_text(), name
    described = json.loads((shop / "sarif").read_text())["runs"][0]["tool"]["driver"]["rules"]
    assert next(one for one in described if one["id"] == "example-store-id")["shortDescription"]["text"]
    assert f"{option}: unknown format `xml`" in cli(*line.split(), option, "xml", cwd=shop).stderr


@pytest.mark.parametrize(("line", "option"), COMMANDS)
def test_findings_go_to_standard_output_and_talk_does_not(
    shop: Path, cli: Cli, line: str, option: str
) -> None:
    words = [*line.split(), *(["-o", "feed.xml"] if line == "feed" else [])]
    done = cli(*words, cwd=shop)
    assert (done.code, done.stdout.count("warning example-store-id")) == (1, 1)
    assert "example-store-id" not in done.stderr
    json.loads(cli(*words, option, "json", cwd=shop).stdout)


@pytest.mark.parametrize(("line", "option"), COMMANDS)
def test_a_broken_plan_is_in_the_report_that_was_asked_for(
    shop: Path, cli: Cli, line: str, option: str
) -> None:
    (shop / "connectif.yaml").write_text(PLAN.replace("match: /}", "mach: /}"))
    done = cli(*line.split(), option, f"json={shop / 'found.json'}", cwd=shop)
    assert done.code == 2
    assert "connectif.yaml:4:10" in done.stderr
    found = json.loads((shop / "found.json").read_text())["findings"]
    assert {one["line"] for one in found if one["severity"] == "error"} == {4}


def test_the_feed_and_its_report_do_not_mix(shop: Path, cli: Cli) -> None:
    done = cli("feed", cwd=shop)
    assert (done.code, "<g:id>mug</g:id>" in done.stdout, "example-store-id" in done.stdout) == (
        1,
        True,
        False,
    )
    assert "example-store-id" in done.stderr
    assert cli("feed", "--report", "json", cwd=shop).code == 2
    done = cli("feed", "--report", "json=found.json", cwd=shop)
    assert "<g:id>mug</g:id>" in done.stdout
    assert rules_in((shop / "found.json").read_text()) == ["example-store-id"]


def test_audit_takes_a_rule_of_the_plan_as_any_other(shop: Path, cli: Cli) -> None:
    cli("inject", cwd=shop)
    assert cli("audit", "--ignore", "example-store-id", cwd=shop).code == 0
    assert cli("audit", "--select", "decimal-comma", cwd=shop).code == 0
    assert cli("audit", "--select", "example-store-id", cwd=shop).code == 1
    assert "did you mean `example-store-id`?" in cli("audit", "--ignore", "example-store", cwd=shop).stderr
    base = ("--baseline", ".connectif/baseline.json")
    assert cli("audit", *base, "--update-baseline", cwd=shop).code == 0
    assert cli("audit", *base, cwd=shop).code == 0
    right(shop)
    cli("inject", cwd=shop)
    assert "1 findings of .connectif/baseline.json are gone" in cli("audit", *base, cwd=shop).stderr


def test_a_run_that_is_remembered_still_has_the_plans_findings(shop: Path, cli: Cli) -> None:
    cli("inject", cwd=shop)
    first, again = (cli("audit", cwd=shop) for _ in range(2))
    assert (first.code, again.code, first.stdout) == (1, 1, again.stdout)
    assert "example-store-id" in again.stdout


def test_shards_say_it_once_when_they_are_joined(shop: Path, cli: Cli) -> None:
    cli("inject", cwd=shop)
    files = [f"s{n}.json" for n in (1, 2)]
    for n, file in enumerate(files, 1):
        assert cli("audit", "--shard", f"{n}/2", "--format", f"json={file}", cwd=shop).code == 1
    done = cli("audit", "--merge", *files, "--format", "json", cwd=shop)
    assert (done.code, rules_in(done.stdout)) == (1, ["example-store-id"])


def test_check_is_clean_on_a_shop_that_is(shop: Path, cli: Cli) -> None:
    right(shop)
    done = cli("check", cwd=shop)
    assert (done.code, done.stdout) == (0, "no findings in 2 pages\n")
    assert (shop / "connectif/loader.html").is_file()
    assert GOOD_ID in (shop / "public/index.html").read_text()


def test_check_reports_what_each_step_finds_and_goes_on(shop: Path, cli: Cli) -> None:
    """A file in build's place, a page that inject leaves alone, a fault that only audit sees."""
    right(shop)
    cli("inject", cwd=shop)
    (shop / "connectif").mkdir()
    (shop / "connectif/loader.html").write_text("mine")
    page = shop / "public/p/mug/index.html"
    page.write_text(page.read_text().replace('unit_price">9.50', 'unit_price">9,50'))
    done = cli("check", "--format", "json", cwd=shop)
    assert {"foreign-file", "edited-block", "decimal-comma"} <= set(rules_in(done.stdout))
    assert (done.code, json.loads(done.stdout)["summary"]["pages"]) == (2, 2)
    (shop / "connectif/loader.html").unlink()
    done = cli("check", "--format", "json", cwd=shop)
    assert (done.code, "foreign-file" in rules_in(done.stdout)) == (1, False)
    assert rules_in(done.stdout).count("edited-block") == 1


def test_check_takes_the_stores_of_a_site_together(shop: Path, cli: Cli) -> None:
    (shop / "connectif.yaml").rename(shop / "connectif.es.yaml")
    second = PLAN.replace(EXAMPLE_ID, GOOD_ID).replace("home: {match: /}", "home: {match: /}")
    (shop / "connectif.fr.yaml").write_text(f"{second}site: {{root: fr}}\n")
    (shop / "fr").mkdir()
    (shop / "fr/index.html").write_text(PAGE)
    for command in ("inject", "check"):
        done = cli(command, "--format", "json", cwd=shop)
        report = json.loads(done.stdout)
        found = {(f["rule"], f["path"]) for f in report["findings"] if f["severity"] != "notice"}
        assert ("example-store-id", "connectif.es.yaml") in found, done.stderr
        assert (done.code, report["summary"]["pages"]) == (1, 3)
    assert (shop / "connectif-es").is_dir()
    assert (shop / "connectif-fr").is_dir()


def test_what_is_stale_is_a_finding_of_check_options(shop: Path, cli: Cli) -> None:
    right(shop)
    for command in ("build", "inject"):
        done = cli(command, "--check", "--format", "json", cwd=shop)
        assert (done.code, set(rules_in(done.stdout))) == (1, {"stale-file"})
        sarif = json.loads(cli(command, "--check", "--format", "sarif", cwd=shop).stdout)
        assert sarif["runs"][0]["tool"]["driver"]["rules"][0]["fullDescription"]["text"]
        assert cli(command, cwd=shop).code == 0
        done = cli(command, "--check", "--format", "json", cwd=shop)
        assert (done.code, rules_in(done.stdout)) == (0, [])


Sync = Callable[..., Run]


@pytest.fixture
def synced(fake_api: Callable[..., FakeApi], cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Sync:
    monkeypatch.setenv("CONNECTIF_API_KEY", "demo:demo")
    fake = fake_api()
    return lambda *arguments: cli("sync", *arguments, "--api-url", fake.url)


def test_rejected_rows_are_one_finding_for_each_cause_and_show_nobodys_data(
    synced: Sync, tmp_path: Path
) -> None:
    rows = [f"person{n}@nowhere,Ana {n}" for n in range(300)]
    (tmp_path / "c.csv").write_text("\n".join(["_email,_name", *rows, "ana@b.example,Ana", ""]))
    for more in (["--dry-run"], []):
        done = synced("contacts", "c.csv", "--format", "json", "--format", "sarif=found.sarif", *more)
        report: dict[str, Any] = json.loads(done.stdout)
        [finding] = report["findings"]
        assert (done.code, finding["rule"], finding["line"]) == (1, "rejected-row", 2)
        assert "(300 rows: lines 2, 3, " in finding["message"]
        assert report["plan"]["rows"]["rejected"] == 300
        assert "nowhere" not in done.stdout + (tmp_path / "found.sarif").read_text()
    assert report["result"]["rows"]["rejected"] == 300
    (tmp_path / "d.csv").write_text("\n".join(["_email", *(row.split(",")[0] for row in rows[:30]), ""]))
    assert synced("contacts", "d.csv", "-v", "--dry-run").stdout.count("error rejected-row") == 30


def test_a_list_takes_no_format_of_findings(synced: Sync) -> None:
    assert (synced("--history", "--format", "html").code, synced("--history", "--format", "json").code) == (
        2,
        0,
    )


def test_options_that_make_no_sense_are_said_as_usage(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop)
    for line in ("audit --dry-run", "audit --update-baseline", "audit --shard 3/2", "check nowhere"):
        assert command_line(line.split()) == 2
