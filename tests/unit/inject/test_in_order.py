"""Pages that were in order are left alone, until anything changes that they depend on."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from connectif_kit.core.identity import settled
from tests.tools import Cli

PLAN = """
store:
  {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example", currency: EUR}
catalog: {source: products.csv}
pages:
  product: {match: "/p/*", product: catalog, page_tag: [{selector: h1}]}
events:
  newsletter: {on: {submit: form}, send: newsletter-subscribe, email: {module: email.js}}
"""
MODULE = "export default function () { return 1; }"
CATALOGUE = "product_id,url,name,unit_price\np1,https://shop.example/p/1/,Mug,12.50\n"
PAGE = (
    "<!doctype html><html lang=en><head><title>x</title></head><body><h1>Mug</h1><form></form></body></html>"
)


@pytest.fixture
def known(cli: Cli, tmp_path: Path) -> Path:
    """A site that two runs have left in order; the pages of the second are known by their times."""
    page = tmp_path / "public" / "p" / "1" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE)
    for name, text in {"connectif.yaml": PLAN, "email.js": MODULE, "products.csv": CATALOGUE}.items():
        (tmp_path / name).write_text(text)
    assert cli("inject").code == 0
    while not settled(page.stat().st_ctime_ns):
        pass
    assert cli("inject").stderr == "1 page (1 product): 0 files changed\n"
    return page


def test_what_is_said_of_a_page_in_order_is_known_without_it(cli: Cli, tmp_path: Path, known: Path) -> None:
    with closing(sqlite3.connect(tmp_path / ".connectif" / "audit.sqlite")) as cache, cache:
        cache.execute("UPDATE page SET result = replace(result, '\"product\"', '\"kept\"')")
    assert cli("inject").stderr == "1 page (1 kept): 0 files changed\n"
    assert cli("inject", "--no-cache").stderr == "1 page (1 product): 0 files changed\n"
    known.touch()
    assert cli("inject").stderr == "1 page (1 kept): 0 files changed\n"  # read again: it says the same
    known.write_text(known.read_text().replace("<form>", "<form class=x>"))
    assert cli("inject").stderr == "1 page (1 product): 0 files changed\n"


@pytest.mark.parametrize(
    ("name", "old", "new", "shows"),
    [
        ("products.csv", "12.50", "13.75", "13.75"),
        ("connectif.yaml", "eu5", "eu6", "eu6/client-script"),
        ("connectif.yaml", "h1", "title", 'cn_page_tag" style="display:none">x<'),
        ("public/p/1/index.html", "<h1>Mug", "<h1>Cup", 'cn_page_tag" style="display:none">Cup<'),
    ],
)
def test_a_page_is_not_left_alone_where_anything_changes_that_it_depends_on(
    cli: Cli, tmp_path: Path, known: Path, name: str, old: str, new: str, shows: str
) -> None:
    file = tmp_path / name
    before = file.read_text()
    file.write_text(before.replace(old, new))
    assert cli("inject", "--check").code == 1
    assert cli("inject").code == 0
    assert shows in known.read_text()
    file.write_text(file.read_text().replace(new, old) if file == known else before)
    assert cli("inject").code == 0
    assert shows not in known.read_text()


def test_what_pages_load_is_made_again_where_a_module_or_an_option_changes(
    cli: Cli, tmp_path: Path, known: Path
) -> None:
    script = tmp_path / "public" / "connectif" / "connectif-events.min.js"
    (tmp_path / "email.js").write_text(MODULE.replace("1", "87654321"))
    before = known.read_text()
    assert cli("inject").stderr == "1 page (1 product): 4 files changed\n"
    assert "87654321" in script.read_text()
    assert known.read_text() != before  # the script's version is in its address
    assert cli("inject", "--development").stderr == "1 page (1 product): 1 file changed\n"
    assert "connectif-events.dev.js" in known.read_text()
    assert cli("inject").stderr == "1 page (1 product): 1 file changed\n"
    script.unlink()
    assert cli("inject").stderr == "1 page (1 product): 1 file changed\n"


def test_what_was_kept_of_another_plan_or_is_damaged_is_done_without(
    cli: Cli, tmp_path: Path, known: Path
) -> None:
    for path in (tmp_path / ".connectif").iterdir():
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
    assert cli("inject").stderr == "1 page (1 product): 0 files changed\n"
    (tmp_path / ".connectif" / "audit.sqlite").write_bytes(b"no database" * 1000)
    known.write_text(PAGE)
    assert cli("inject").stderr == "1 page (1 product): 1 file changed\n"


def test_two_runs_at_once_leave_every_page_in_order(cli: Cli, known: Path) -> None:
    for number in range(60):
        known.with_name(f"{number}.html").write_text(PAGE)
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: cli.process("inject"), range(2)))
    assert [run.code for run in runs] == [0, 0]
    assert cli("inject", "--check").stderr.endswith("0 files would change\n")
    assert cli("inject", "--check", "--no-cache").stderr.endswith("0 files would change\n")
