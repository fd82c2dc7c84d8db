"""What generators copy, what killed runs leave, what we keep between runs: nothing of it harms a site."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from connectif_kit.audit.published import kind_of
from connectif_kit.core import files, state
from connectif_kit.core.files import is_left_over, replacing, write
from tests.tools import Cli

PLAN = """\
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
integration: {catalog: api}
site: {root: _site}
pages: {home: {match: /}}
"""
NEWS = "events: {news: {on: {submit: form}, send: newsletter-subscribe, email: {selector: input}}}\n"
PAGE = '<!doctype html><html lang="en"><head><title>Mugs</title></head><body><h1>Mugs</h1></body></html>'
NOBODY = 4_194_303
"""A process that no Linux has."""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A plan, and a built site of one page."""
    (tmp_path / "_site").mkdir()
    (tmp_path / "connectif.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "_site" / "index.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def kit(shop: Path) -> Cli:
    return Cli(shop)


def copied(shop: Path, kit: Cli, to: str) -> None:
    """Build, and copy what was built into the site, as Jekyll does; then change the plan."""
    assert kit("build").code == 0
    shutil.copytree(shop / "connectif", shop / "_site" / to)
    with (shop / "connectif.yaml").open("a", encoding="utf-8") as stream:
        stream.write(NEWS)


@pytest.mark.parametrize("to", ["connectif", "assets/old/connectif"])
def test_inject_replaces_what_a_generator_has_copied_of_an_older_plan(shop: Path, kit: Cli, to: str) -> None:
    copied(shop, kit, to)
    done = kit("inject")
    assert (done.code, "stale-build" in done.stderr) == (0, False), done.stderr
    assert kit("build").code == 0
    for place in {to, "connectif"}:
        for name in ("connectif-events.min.js", "connectif-events.js"):
            new = (shop / "connectif" / name).read_text(encoding="utf-8")
            assert (shop / "_site" / place / name).read_text(encoding="utf-8") == new
    assert kit("inject", "--check").code == 0
    assert "stale-integration" not in kit("audit").stdout


def test_audit_holds_the_files_content_against_the_plan_whatever_version_the_page_asks_for(
    shop: Path, kit: Cli
) -> None:
    assert kit("inject").code == 0
    file = shop / "_site" / "connectif" / "connectif-events.min.js"
    old = file.read_text(encoding="utf-8")
    with (shop / "connectif.yaml").open("a", encoding="utf-8") as stream:
        stream.write(NEWS)
    assert kit("inject").code == 0
    assert "stale-integration" not in kit("audit").stdout
    file.write_text(old, encoding="utf-8")  # a generator, or a cache, has brought the old one back
    done = kit("audit")
    assert (done.code, "stale-integration" in done.stdout) == (1, True)
    assert "is not the one that the plan gives now" in done.stdout


def test_includes_ask_for_the_version_that_is_there(shop: Path, kit: Cli) -> None:
    assert kit("build", "--target", "liquid").code == 0
    assert kit("inject").code == 0
    page = (shop / "_site" / "index.html").read_text(encoding="utf-8")
    (asked,) = re.findall(r'src="([^"]+\?v=[^"]+)"', page)
    include = next((shop / "connectif" / "liquid").glob("*events*")).read_text(encoding="utf-8")
    assert f'src="{asked}"' in include


def test_somebody_elses_file_of_that_name_stays(shop: Path, kit: Cli) -> None:
    theirs = shop / "_site" / "vendor" / "connectif-events.js"
    theirs.parent.mkdir()
    theirs.write_text("mine()", encoding="utf-8")
    kit("inject")
    assert theirs.read_text(encoding="utf-8") == "mine()"


@pytest.mark.parametrize("more", [(), ("--remove",)])
def test_inject_takes_away_what_a_killed_run_has_left(shop: Path, kit: Cli, more: tuple[str, ...]) -> None:
    assert kit("inject").code == 0
    left = [
        shop / "_site" / f".index.html.{NOBODY}.connectif-kit",
        shop / "_site" / "connectif" / f".connectif-events.js.{NOBODY}.connectif-kit",
        shop / "_site" / "a" / f".gone.html.{NOBODY}.connectif-kit",
    ]
    under_way = shop / "_site" / f".index.html.{os.getppid()}.connectif-kit"
    theirs = shop / "_site" / ".well-known.connectif-kit"
    (shop / "_site" / "a").mkdir()
    for path in (*left, under_way, theirs):
        path.write_text("half", encoding="utf-8")
    audited = kit("audit")
    assert audited.code == 1
    assert "an interrupted run left an unfinished file, with 2 more" in audited.stdout
    assert kit("inject", "--check", *more).code == 1
    assert all(path.exists() for path in left)
    assert kit("inject", *more).code == 0
    assert not any(path.exists() for path in left)
    assert under_way.exists()
    assert theirs.exists()


def test_every_writer_takes_away_what_lies_beside_its_file(tmp_path: Path) -> None:
    left = tmp_path / f".feed.xml.{NOBODY}.connectif-kit"
    left.write_text("half", encoding="utf-8")
    write(tmp_path / "feed.xml", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["feed.xml"]


def test_a_run_with_the_number_of_a_killed_one_takes_away_its_file(tmp_path: Path) -> None:
    """In a container every run may be process 7."""
    left = tmp_path / f".a.html.{os.getpid()}.connectif-kit"
    left.write_text("half", encoding="utf-8")
    assert not is_left_over(left)
    old = time.time() - 3600
    os.utime(left, (old, old))
    assert is_left_over(left)


def test_what_is_private_is_so_from_its_first_byte(tmp_path: Path) -> None:
    path = tmp_path / "rejected.csv"
    with replacing(path, private=True) as stream:
        (temporary,) = tmp_path.iterdir()
        assert temporary.stat().st_mode & 0o777 == 0o600
        stream.write(b"x")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_process_killed_while_it_writes_leaves_nothing_for_long(tmp_path: Path) -> None:
    wait = (
        "import sys; from pathlib import Path; from connectif_kit.core.files import replacing\n"
        "with replacing(Path(sys.argv[1])) as stream:\n"
        "    stream.write(b'half'); stream.flush(); print('.', flush=True); sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", wait, str(tmp_path / "a.html")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(files.__file__).parent.parent,
    )  # fmt: skip
    assert child.stdout is not None
    child.stdout.readline()
    (left,) = tmp_path.iterdir()
    assert not is_left_over(left)
    child.kill()
    child.communicate()
    assert is_left_over(left)


ROWS = "_email,_name,error\nana@example.org,Ana,_points: a whole number\n"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("connectif.yaml", PLAN, "the plan is published"),
        ("copy-of-plan.yml", PLAN, "the plan is published"),
        ("rejected.csv", ROWS, "customers' data"),
        ("old/customers.csv", ROWS, "customers' data"),
        ("rejected-2.jsonl", '{"_email": "a@b.example", "error": "no"}\n', "customers' data"),
        (".connectif/sync.spool/1/00001.csv", "_email\na@b.example\n", "customers' data"),
        ("baseline.json", '{"version": 1, "findings": [\n["a-rule", "/", "html", 1]\n]}\n', "a baseline"),
    ],
)
def test_what_of_ours_lies_in_a_site_is_an_error(
    shop: Path, kit: Cli, name: str, text: str, said: str
) -> None:
    assert kit("inject").code == 0
    before = kit("audit")
    path = shop / "_site" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    done = kit("audit")  # a run before this one had nothing to say: the cache must not answer
    assert before.code == 0, before.stdout
    assert (done.code, done.stdout.count("error published-state")) == (1, 1), done.stdout
    assert said in done.stdout
    assert f"_site/{name}" in done.stdout
    path.unlink()
    assert kit("audit").code == 0


def test_joined_shards_report_it_once(shop: Path, kit: Cli) -> None:
    assert kit("inject").code == 0
    shutil.copy(shop / "connectif.yaml", shop / "_site" / "connectif.yaml")
    for index in (1, 2):
        assert kit("audit", "--shard", f"{index}/2", "--format", f"json={shop / f'{index}.json'}").code == 0
    done = kit("audit", "--merge", shop / "1.json", shop / "2.json")
    assert (done.code, done.stdout.count("error published-state")) == (1, 1)


def test_a_checklist_a_ledger_and_a_cache_are_known_by_their_content(shop: Path, kit: Cli) -> None:
    assert kit("build").code == 0
    assert kit("inject").code == 0
    assert kit("audit").code == 0
    shutil.copytree(shop / ".connectif", shop / "_site" / "kept")
    shutil.copy(shop / "connectif" / "checklist.html", shop / "_site" / "settings.html")
    from connectif_kit.sync.ledger import Ledger

    Ledger(shop / "_site" / "data.sqlite").close()
    said = kit("audit").stdout
    for kind in ("the checklist of store settings", "the cache of `audit`", "the ledger of `sync`"):
        assert kind in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data.csv", "code,error\n404,gone\n"),
        ("_config.yml", "title: Shop\nstore: x\n"),
        ("data.json", '{"version": 1, "findings": []}'),
        ("page.html", "<title>Connectif settings</title>"),
        ("a.jsonl", '{"a": 1}\n'),
    ],
)
def test_what_only_resembles_ours_may_be_published(name: str, text: str) -> None:
    assert kind_of(name, text.encode()) == ""


def test_a_database_of_somebody_else_may_be_published(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "search.sqlite") as db:
        db.execute("CREATE TABLE pages (id INTEGER, error TEXT)")
    assert kind_of("search.sqlite", (tmp_path / "search.sqlite").read_bytes()) == ""


def test_what_the_plan_ignores_is_not_deployed(shop: Path, kit: Cli) -> None:
    ignoring = PLAN.replace("{root: _site}", '{root: _site, ignore: ["/connectif.yaml"]}')
    (shop / "connectif.yaml").write_text(ignoring, encoding="utf-8")
    shutil.copy(shop / "connectif.yaml", shop / "_site" / "connectif.yaml")
    assert kit("inject").code == 0
    assert kit("audit").code == 0


def test_all_state_lies_in_one_folder_that_git_and_generators_leave_out(shop: Path, kit: Cli) -> None:
    assert kit("inject").code == 0
    assert kit("audit").code == 0
    names = {path.name for path in shop.iterdir()}
    assert names == {"connectif.yaml", "_site", ".connectif"}
    assert (shop / ".connectif" / ".gitignore").read_text(encoding="utf-8").startswith("*\n")


def test_state_of_older_versions_is_moved_and_said(shop: Path, kit: Cli) -> None:
    from connectif_kit.sync.ledger import Ledger

    Ledger(shop / ".connectif-sync.sqlite").close()
    (shop / ".connectif-sync.spool" / "1").mkdir(parents=True)
    done = kit("sync", "--history")
    assert done.code == 0, done.stderr
    assert ".connectif-sync.sqlite is now .connectif/sync.sqlite" in done.stderr
    assert not list(shop.glob(".connectif-*"))
    assert (shop / ".connectif" / "sync.spool" / "1").is_dir()


def test_a_ledger_that_is_there_is_never_replaced_by_an_older_one(tmp_path: Path) -> None:
    (tmp_path / ".connectif-sync.sqlite").write_text("old", encoding="utf-8")
    (state.opened(tmp_path) / state.LEDGER).write_text("new", encoding="utf-8")
    assert list(state.moved(tmp_path)) == []
    assert (tmp_path / state.FOLDER / state.LEDGER).read_text(encoding="utf-8") == "new"


def test_a_disk_that_is_full_names_the_file_that_had_no_room(tmp_path: Path) -> None:
    path = tmp_path / "connectif.yaml"
    path.write_text("old", "utf-8")
    with pytest.raises(OSError, match="No space") as refused, replacing(path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    said = files.reason(refused.value).diagnostics[0]
    assert (said.place.path, said.message) == (str(path), "no space left on device")
    assert [each.name for each in tmp_path.iterdir()] == ["connectif.yaml"]
