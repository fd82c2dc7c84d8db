"""Bursts of changes make one message, and a message says what kind of change it was."""

from __future__ import annotations

import json
import shutil
import urllib.request
from pathlib import Path
from queue import Queue

import pytest

from connectif_kit.preview.watch import Change, Debouncer, Watched, sorted_out, watch
from tests.serving import Running, preview, shop


def test_a_burst_is_reported_once() -> None:
    told: Queue[list[str]] = Queue()
    burst = Debouncer(told.put)
    for number in range(5000):
        burst.add(str(number))
    first = told.get(timeout=5)
    burst.close()
    assert len(first) > 1000
    assert told.qsize() <= 2


def test_changes_are_sorted_by_what_they_mean(tmp_path: Path) -> None:
    site, tools, plan = tmp_path / "site", tmp_path / "tools", tmp_path / "connectif.yaml"
    watched = Watched(site, (plan,), tools)
    paths = [
        site / "p" / "a.html",
        site / "s.css",
        site / "a.js",
        tools / "x.js",
        plan,
        tmp_path / "other.txt",
    ]
    found = sorted_out(map(str, paths), watched)
    assert found == Change(("p/a.html",), ("s.css",), other=True, plan=True, tools=True)
    assert sorted_out([str(tmp_path / "other.txt")], watched) == Change()


def test_a_new_build_is_one_reload(tmp_path: Path) -> None:
    watched = Watched(tmp_path, (), tmp_path / "tools")
    found = sorted_out((str(tmp_path / f"{number}.html") for number in range(5000)), watched)
    assert found == Change(other=True)


@pytest.mark.parametrize("how", ["deleted", "moved"])
def test_a_site_that_is_replaced_is_still_watched(tmp_path: Path, how: str) -> None:
    site = tmp_path / "public"
    site.mkdir()
    changes: Queue[Change] = Queue()
    stop = watch(lambda: Watched(site, (), tmp_path / "tools"), changes.put)
    if how == "deleted":
        shutil.rmtree(site)
        assert changes.get(timeout=5).other
        site.mkdir()
    else:
        (tmp_path / "next").mkdir()
        site.rename(tmp_path / "old")
        (tmp_path / "next").rename(site)
    assert changes.get(timeout=5).other
    while not changes.empty():
        changes.get()
    (site / "a.html").write_text("<p>")
    while "a.html" not in (change := changes.get(timeout=5)).pages:
        assert change.other
    stop()


def messages(running: Running, wanted: str) -> list[dict[str, object]]:
    """What the stream says, up to a message of this type."""
    address = f"{running.base}/__connectif/stream?t={running.token}"
    found = []
    with urllib.request.urlopen(address, timeout=20) as stream:
        for line in stream:
            if line.startswith(b"data: "):
                found.append(json.loads(line[6:]))
                change_once(running, found)
            if found and found[-1]["type"] == wanted:
                return found
    raise AssertionError(found)


def change_once(running: Running, found: list[dict[str, object]]) -> None:
    """After the greeting, change the catalogue."""
    if len(found) == 1:
        data = running.folder / "data" / "products.csv"
        data.write_text(data.read_text().replace("14.50", "15.75"))


def test_a_page_of_a_site_of_thousands_of_folders_is_one_page(tmp_path: Path) -> None:
    """Were it told of each folder that is opened, the watcher would lose count and reload without end."""
    site, found = tmp_path / "site", Queue[Change]()
    for number in range(9_000):
        (site / str(number)).mkdir(parents=True)
    stop = watch(lambda: Watched(site, (), tmp_path / "tools"), found.put)
    for folder in site.iterdir():  # as whoever looks through the site does
        assert not list(folder.iterdir())
    (site / "7" / "index.html").write_text("<p>a page")
    assert found.get(timeout=30) == Change(("7/index.html",))
    stop()


def test_a_changed_catalogue_reaches_the_pages(tmp_path: Path) -> None:
    with preview(shop(tmp_path)) as running:
        assert '<span class="unit_price">14.50</span>' in running.get("/p/harbour-mug/")
        found = messages(running, "plan")
        assert [message["type"] for message in found] == ["hello", "plan"]
        assert '<span class="unit_price">15.75</span>' in running.get("/p/harbour-mug/")


def test_a_mistake_in_the_catalogue_is_said_in_the_terminal(tmp_path: Path) -> None:
    folder = shop(tmp_path)
    with preview(folder) as running:
        data = folder / "data" / "products.csv"
        data.write_text(data.read_text().replace("14.50", "a lot"))
        said = [running.said.get(timeout=10)]
        while "products.csv" not in said[-1]:
            said.append(running.said.get(timeout=10))
        assert "error bad-product" in said[-1]


def test_a_broken_plan_is_said_in_the_terminal_and_the_last_good_one_serves(tmp_path: Path) -> None:
    folder = shop(tmp_path)
    with preview(folder) as running:
        plan = folder / "connectif.yaml"
        good = plan.read_text()
        plan.write_text("store: 1\n")
        assert "broken" in running.said.get(timeout=10)
        assert running.said.get(timeout=10).startswith("connectif.yaml:1:")
        assert 'class="cn_product_visited"' in running.get("/p/harbour-mug/")
        plan.write_text(good)
        said = [running.said.get(timeout=10)]
        while "right again" not in said[-1]:
            said.append(running.said.get(timeout=10))


def test_a_plan_that_is_gone_for_a_moment_is_no_end(tmp_path: Path) -> None:
    folder = shop(tmp_path)
    with preview(folder) as running:
        plan = folder / "connectif.yaml"
        good = plan.read_text()
        plan.unlink()
        assert "broken" in running.said.get(timeout=10)
        plan.write_text(good)
        said = [running.said.get(timeout=10)]
        while "right again" not in said[-1]:
            said.append(running.said.get(timeout=10))


def test_an_ignored_page_gets_the_inspector_and_no_integration(tmp_path: Path) -> None:
    with preview(shop(tmp_path)) as running:
        page = running.get("/404.html")
        assert "preview.js" in page
        assert "client-script" not in page
