"""What README and the guides promise of every run: colour, network, the same bytes, whole files."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from connectif_kit.reports import formats
from tests.killed import killed
from tests.several import several
from tests.tools import ROOT, Cli

STARTER = ROOT / "templates" / "starter"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The starter shop, with two faults that `audit --fix` fixes."""
    folder = Path(shutil.copytree(STARTER, tmp_path / "shop"))
    for page in ("harbour-mug", "cove-bowl"):
        file = folder / f"public/p/{page}/index.html"
        inside = '<b class="product_id">mug</b><b class="unit_price">14,50</b>'
        tag = f'<div class="cn_product_visited" hidden>{inside}</div>'
        file.write_text(file.read_text("utf-8").replace("</body>", f"{tag}</body>"), encoding="utf-8")
    return folder


def on_a_terminal(*command: str, cwd: Path, **env: str) -> str:
    """What a command writes on a terminal."""
    ours, its = pty.openpty()
    given = {name: text for name, text in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "CI")}
    process = subprocess.Popen(
        [sys.executable, "-m", "connectif_kit", *command],
        cwd=cwd,
        env={**given, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **env},
        stdin=its,
        stdout=its,
        stderr=its,
    )
    os.close(its)
    said = b""
    try:
        while piece := os.read(ours, 65_536):
            said += piece
    except OSError:  # the terminal's other end is closed
        pass
    finally:
        process.wait()
        os.close(ours)
    return said.decode("utf-8", "replace")


def test_a_terminal_has_colour_unless_it_wants_none(shop: Path) -> None:
    """https://no-color.org: any value that is not empty."""
    coloured = on_a_terminal("audit", "public", cwd=shop)
    plain = on_a_terminal("audit", "public", cwd=shop, NO_COLOR="1")
    assert COLOUR.search(coloured)
    assert not COLOUR.search(plain)
    assert "decimal-comma" in plain


def test_no_host_is_asked_for_but_where_the_command_says_so(
    shop: Path, tmp_path: Path, site: Callable[[Path], str]
) -> None:
    sockets = tmp_path / "sockets.txt"
    commands = [
        *(["build"], ["build", "--check"], ["inject", "public"], ["check", "public"], ["feed"]),
        *(["audit", "public", "--jobs", "2", "--no-cache"], ["explain", "purchase"], ["schema"]),
        ["inject", "public", "--remove"],
    ]
    codes = several(*commands, cwd=shop, sockets=sockets)
    assert 2 not in codes, "each of them did its work"
    assert sockets.read_text() == ""
    url = site(shop / "public")
    several(["audit", f"{url}/index.html"], cwd=shop, sockets=sockets)
    assert "socket.connect" in sockets.read_text(), "one that asks is seen"


def timeless(path: Path) -> bytes:
    """A file's bytes; of the HTML report without the moment and the seconds of its run, which it shows."""
    data = path.read_bytes()
    return (
        re.sub(rb'20\d\d-\d\d-\d\d[T ][\d:+]+|"seconds":[\d.]+|<dd>[\d.]+ s<', b"", data)
        if path.name == "html"
        else data
    )


def test_the_same_site_gives_the_same_bytes_whatever_hashes_are(shop: Path, tmp_path: Path) -> None:
    shutil.copytree(shop, tmp_path / "again" / "shop")
    reports = [f"--format={name}=out/{name}" for name in formats()]
    commands = [
        ["build"],
        ["inject", "public"],
        ["audit", "public", "--no-cache", *reports],
        ["feed", "-o", "out/feed.xml"],
        ["feed", "--format", "csv", "-o", "out/feed.csv"],
    ]
    found = []
    for number, folder in enumerate((shop, tmp_path / "again" / "shop"), 1):
        (folder / "out").mkdir()
        codes = several(*commands, cwd=folder, PYTHONHASHSEED=str(number))
        assert 2 not in codes
        files = [path for part in ("out", "connectif", "public") for path in (folder / part).rglob("*")]
        found.append({path.relative_to(folder): timeless(path) for path in files if path.is_file()})
    assert {Path("out/feed.xml"), Path("out/feed.csv"), Path("out/sarif")} <= found[0].keys()
    assert [str(path) for path, data in found[0].items() if found[1].get(path) != data] == []
    assert found[0].keys() == found[1].keys()


KILLS = 8


def copies(folder: Path) -> list[Path]:
    """The folder as it is, so many times and twice more: those two are run to their end."""
    return [Path(shutil.copytree(folder, folder.parent / f"copy-{n}")) for n in range(KILLS + 2)]


def bytes_in(folder: Path) -> dict[Path, bytes]:
    """Every file that is somebody's: no caches, nothing that a killed process has left."""
    files = (path for path in folder.rglob("*") if path.is_file() and ".connectif" not in str(path))
    return {path.relative_to(folder): path.read_bytes() for path in files}


def each_is_old_or_new(before: dict[Path, bytes], folders: list[Path]) -> set[bool]:
    """Holds every file of the killed runs to the old and the new one; for each, whether its work was done."""
    whole, again, *hurt = map(bytes_in, folders)
    assert whole == again
    for found in hurt:
        assert found.keys() <= before.keys() | whole.keys()
        torn = [path for path, data in found.items() if data not in (before.get(path), whole.get(path))]
        assert torn == []
        assert before.keys() & whole.keys() <= found.keys(), "nothing is lost"
    return {found == whole for found in hurt}


def test_a_build_that_is_killed_leaves_whole_files_and_the_next_one_ends_the_work(
    shop: Path, cli: Cli
) -> None:
    assert cli("build", cwd=shop).code == 0
    plan = shop / "connectif.yaml"
    changed = plan.read_text("utf-8").replace("environment: eu5", "environment: eu4")
    assert changed != plan.read_text("utf-8")
    plan.write_text(changed, encoding="utf-8")
    folders, before = copies(shop), bytes_in(shop)
    assert killed("build", folders=folders) == KILLS
    assert False in each_is_old_or_new(before, folders), "some died before the end"
    for folder in folders[2:]:
        assert cli("build", cwd=folder).code == 0
        assert bytes_in(folder) == bytes_in(folders[0])


def test_a_feed_that_is_killed_leaves_the_last_one(shop: Path, cli: Cli) -> None:
    assert cli("feed", "-o", "feed.xml", cwd=shop).code == 0
    products = shop / "data/products.csv"
    products.write_text(products.read_text("utf-8").replace("14.50", "15.50"), encoding="utf-8")
    folders, before = copies(shop), bytes_in(shop)
    assert killed("feed", "-o", "feed.xml", folders=folders) == KILLS
    assert bytes_in(folders[0]) != before
    assert False in each_is_old_or_new(before, folders)
    for folder in folders[2:]:
        assert cli("feed", "-o", "feed.xml", cwd=folder).code == 0
        assert bytes_in(folder) == bytes_in(folders[0])


def test_an_audit_that_is_killed_while_it_fixes_leaves_whole_pages(shop: Path, cli: Cli) -> None:
    folders, before = copies(shop), bytes_in(shop)
    command = ("audit", "public", "--fix", "--jobs", "1", "--select", "decimal-comma")
    assert killed(*command, folders=folders) == KILLS
    assert bytes_in(folders[0]) != before
    assert False in each_is_old_or_new(before, folders)
    for folder in folders[2:]:
        cli(*command, cwd=folder)
        assert bytes_in(folder) == bytes_in(folders[0])
        assert not list(folder.rglob(".*.connectif-kit")), "what the killed one left is gone"
