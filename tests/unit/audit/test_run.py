"""A team's day with `audit`: cache, processes, baseline, fixes, shards, standard input, comments."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from connectif_kit.audit.batch import Item, Setup, run
from connectif_kit.audit.page_run import chosen
from tests.audit_pages import LOADER, SCRIPT, loaded, page, product
from tests.tools import Cli
from tests.unit.audit.runs import build, report

RULES = tuple(rule.name for rule in chosen())


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


def test_a_run_of_which_nothing_has_changed_is_reported_again(cli: Cli, tmp_path: Path) -> None:
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
def test_whatever_a_run_has_read_it_is_made_again_where_that_changes(
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

    def read(self) -> tuple[bytes, str]:
        if self.url_path == "/p/66/":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.url_path == "/p/7/":
            raise PermissionError(13, "Permission denied")
        return self.data, ""


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

    def read(self) -> tuple[bytes, str]:
        return Path(self.file).read_bytes(), ""


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
def test_a_path_that_is_wrong_ends_the_run_and_nothing_is_fixed(
    cli: Cli, tmp_path: Path, more: tuple[str, ...]
) -> None:
    public = build(tmp_path, ["1,50"] * 500)
    done = cli("audit", "public", "nowhere", *more)
    assert (done.code, done.stdout) == (2, "")
    assert "there is no file or folder nowhere" in done.stderr
    assert all("1,50" in path.read_text() for path in public.glob("p/*/index.html"))


def test_a_page_that_has_become_a_pipe_is_reported_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    (result,) = run([Item("pipe.html", "/p/1/", str(tmp_path / "pipe.html"))], Setup(loaded(), RULES))
    assert result.failed
    assert [(found.rule, found.message) for found in result.findings] == [
        ("file-error", "this is not a file")
    ]


def test_a_link_to_itself_is_reported(cli: Cli, tmp_path: Path) -> None:
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
