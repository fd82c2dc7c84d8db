"""Products by page and by id, from memory and from the file that a large catalogue lies in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from connectif_kit.catalog.entry import Again, Entry
from connectif_kit.catalog.index import Index
from connectif_kit.core.diagnostics import Place
from connectif_kit.vocabulary.model import Record
from tests.tools import ROOT

LIMITS = [1000, 3]
"""So many products stay in memory: all of the tests', or only the first of them."""


def entry(line: int, identity: str, path: str, *, only: bool = True) -> Entry:
    url = f"https://shop.example{path}"
    record: Record = {"product_id": identity, "url": url, "category": ("/A", "/B")}
    return Entry(Place("p.csv", line), identity, path, only, record)


def index(limit: int, *entries: Entry) -> tuple[Index, dict[str, Again]]:
    made = Index(limit)
    for each in entries:
        made.add(each)
    return made, made.close()


@pytest.mark.parametrize("limit", LIMITS)
def test_a_product_is_found_by_its_page_and_by_its_id(limit: int) -> None:
    made, again = index(limit, *(entry(n, f"id {n}", f"/p/é'{n}") for n in range(1, 9)))
    for n in range(1, 9):
        found = made.at(f"/p/é'{n}")
        assert found == made.by_id(f"id {n}")
        assert found
        assert (found["product_id"], found["category"]) == (f"id {n}", ("/A", "/B"))
    assert (made.at("/p/other"), made.by_id("other"), again) == (None, None, {})


@pytest.mark.parametrize("limit", LIMITS)
def test_the_first_counts_and_what_repeats_it_is_counted(limit: int) -> None:
    made, again = index(
        limit,
        entry(2, "a", "/p/a"),
        entry(3, "b", "/p/b"),
        entry(4, "a", "/p/x"),
        entry(5, "c", "/p/a"),
        entry(6, "a", "/p/a"),
        entry(7, "d", "/p/b", only=False),
        entry(8, "e", "/p/b"),
    )
    first = made.at("/p/a")
    assert first
    assert first["product_id"] == "a"
    assert made.by_id("a") == first
    shown = {what: (each.place.line, each.times) for what, each in again.items()}
    assert shown == {"id": (4, 2), "path": (5, 2)}


def test_a_copy_of_the_process_finds_the_same_and_leaves_the_file() -> None:
    made, _ = index(3, *(entry(n, f"id {n}", f"/p/{n}") for n in range(1, 9)))
    child = os.fork()
    if not child:
        found = made.at("/p/5")
        os._exit(0 if found and found["product_id"] == "id 5" else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert made.by_id("id 6")


def test_the_file_goes_with_the_process(tmp_path: Path) -> None:
    program = (
        "from tests.unit.catalog.test_index import entry, index\n"
        "made, _ = index(3, *(entry(n, f'id {n}', f'/p/{n}') for n in range(9)))\n"
        "import os; assert os.listdir(os.environ['TMPDIR'])\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", program], env=env, check=True)
    assert list(tmp_path.iterdir()) == []


def test_memory_does_not_grow_with_the_catalogue(tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom tests.unit.catalog.test_index import entry\n"
        "from connectif_kit.catalog.index import Index\n"
        "made = Index(1000)\n"
        "for n in range(int(sys.argv[1])): made.add(entry(n, f'id {n}', f'/p/{n}'))\n"
        "made.close(); assert made.at('/p/7')\n"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", program]
    peaks = [
        int(subprocess.run([*command, count], env=env, check=True, capture_output=True, text=True).stdout)
        for count in ("2000", "60000")
    ]
    assert peaks[1] - peaks[0] < 6_000, f"{peaks} KB"
