"""What was kept of earlier runs shows in nothing but the time: after any edits, `inject` and `audit` say and
write what they say and write without it.
"""

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from connectif_kit.core.identity import settled
from tests.tools import Cli

PLAN = """
store:
  {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example", currency: EUR}
site: {ignore: ["/drafts/**"]}
catalog: {source: products.csv}
pages:
  home: {match: /}
  product: {match: "/p/*", product: catalog, page_tag: [{selector: h1}]}
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Mug</title></head>
<body><h1>Mug 10</h1></body></html>
"""
TEMPLATE = "<!doctype html><html><body><?php echo 1 ?>{% include 'a' %}</body></html>"
REDIRECT = (
    '<!doctype html><html><head><meta http-equiv="refresh" content="0; url=/"></head><body></body></html>'
)
PLANS = (PLAN, PLAN.replace("eu5", "eu6"), PLAN.replace("/drafts/**", "/p/3/**"), PLAN.replace("h1", "h2"))


def catalogue(price: int) -> str:
    rows = "".join(f"p{n},https://shop.example/p/{n}/,Mug {n},{price}.50,InStock\n" for n in range(5))
    return f"product_id,url,name,unit_price,availability\n{rows}"


def build(folder: Path) -> None:
    (folder / "connectif.yaml").write_text(PLAN)
    (folder / "products.csv").write_text(catalogue(1))
    for name in ("index.html", *(f"p/{n}/index.html" for n in range(6))):
        path = folder / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE)


def pages(folder: Path) -> list[Path]:
    return sorted((folder / "public").rglob("*.html"))


def edit(chance: random.Random, folder: Path) -> None:
    page = chance.choice(pages(folder))
    page.write_text(page.read_text().replace("Mug", chance.choice(["Mug", "Cup", "Old mug", ""])))


def edit_unseen(chance: random.Random, folder: Path) -> None:
    """As many bytes, and the time that the file had before."""
    page = chance.choice(pages(folder))
    before = page.stat()
    page.write_text(page.read_text().replace("1", "2") if chance.random() < 0.5 else page.read_text())
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))


def restore(chance: random.Random, folder: Path) -> None:
    """The page of a backup, with its old time."""
    page = chance.choice(pages(folder))
    page.write_text(PAGE)
    os.utime(page, (1_000_000_000, 1_000_000_000))


def touch(chance: random.Random, folder: Path) -> None:
    chance.choice(pages(folder)).touch()


def rename(chance: random.Random, folder: Path) -> None:
    """Two pages change places, or one gets another address."""
    one, other = chance.sample(pages(folder), 2)
    spare = one.with_suffix(".spare")
    one.rename(spare)
    other.rename(one)
    spare.rename(other if chance.random() < 0.7 else one.with_name(f"{chance.randrange(9)}.html"))


def add(chance: random.Random, folder: Path) -> None:
    page = folder / "public" / "p" / str(chance.randrange(9)) / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(chance.choice([PAGE, TEMPLATE, REDIRECT, "", "<p>a piece", "\0"]))


def remove(chance: random.Random, folder: Path) -> None:
    if len(there := pages(folder)) > 4:
        chance.choice(there).unlink()


def edit_ours(chance: random.Random, folder: Path) -> None:
    """Somebody's hand in a block of ours, or half of one."""
    page = chance.choice(pages(folder))
    old, new = chance.choice([("preconnect", "preload"), ("end body", "end bod"), ("connectif-events", "x")])
    page.write_text(page.read_text().replace(old, new))


def edit_plan(chance: random.Random, folder: Path) -> None:
    (folder / "connectif.yaml").write_text(chance.choice(PLANS))


def edit_catalogue(chance: random.Random, folder: Path) -> None:
    (folder / "products.csv").write_text(catalogue(chance.randrange(1, 3)))


def edit_asset(chance: random.Random, folder: Path) -> None:
    for path in (folder / "public").rglob("connectif-events*.js"):
        path.write_text(path.read_text() + " ") if chance.random() < 0.5 else path.unlink()


def damage(chance: random.Random, folder: Path) -> None:
    """The cache cut off in the middle, or full of nothing."""
    for path in (folder / ".connectif").glob("*.*"):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if chance.random() < 0.5 else b"no database" * 100)


def settle(_: random.Random, folder: Path) -> None:
    """Wait until the clock has gone on: before, no file is known by its times."""
    while not all(settled(path.stat().st_ctime_ns) for path in pages(folder)):
        pass


EDITS: list[Callable[[random.Random, Path], None]] = [
    *(edit, edit_unseen, restore, touch, rename, add, remove, edit_ours),
    *(edit_plan, edit_catalogue, edit_catalogue, edit_asset),
]
COMMANDS = (
    *[("inject",)] * 5,
    ("inject", "--check"),
    ("inject", "--dry-run"),
    ("inject", "--force"),
    ("inject", "--remove"),
    ("inject", "--development"),
    ("audit", "--format", "json"),
    ("audit", "--format", "json"),
    ("audit", "--verbose"),
)


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and ".connectif" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.mark.parametrize("seed", range(3))
def test_a_run_that_remembers_does_what_one_does_that_does_not(cli: Cli, tmp_path: Path, seed: int) -> None:
    chance, kept, fresh = random.Random(seed), tmp_path / "kept", tmp_path / "fresh"
    kept.mkdir()
    build(kept)
    for step in range(25):
        changes = [settle] if step % 2 else [damage] if step == 14 else []
        changes += chance.choices(EDITS, k=chance.choice([0, 0, 1, 2]))
        for change in changes:
            change(chance, kept)
        command = chance.choice(COMMANDS)
        shutil.copytree(kept, fresh, ignore=shutil.ignore_patterns(".connectif"))
        expected = cli(*command, "--no-cache", cwd=fresh)
        told = (seed, step, [change.__name__ for change in changes], command)
        assert cli(*command, cwd=kept) == expected, told
        assert files(kept) == files(fresh), told
        shutil.rmtree(fresh)
