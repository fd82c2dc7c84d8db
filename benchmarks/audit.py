"""`python benchmarks/audit.py`: the audit beside its neighbours and its floor, on one corpus, in one run.

Prints tables in Markdown. Neighbours come from npm into a temporary folder (`--peers DIR` keeps it; vnu needs
Java, tidy is Debian's); `--no-peers` leaves them out, `--pages` and `--sizes` choose the corpora. The slow
neighbours look at the smallest corpus only.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from corpus import SIZES, write_corpus
from measuring import KIT, ROOT, Tool, environment, measured

PACKAGES = ("htmlhint@1.9.2", "html-validate@10", "vnu-jar@26", "@biomejs/biome@2")
BIOME = {"html": {"parser": {}, "linter": {"enabled": True}, "experimentalFullSupportEnabled": True}}


def ours(folder: Path) -> Iterator[Tool]:
    """Cold with one process and with two, then what the cache knows, and what no audit can be below."""
    command = (*KIT, "audit")
    page = folder / "public/p/item-1/index.html"
    yield Tool("connectif-kit, 1 process", (*command, "--no-cache", "-j", "1"))
    yield Tool("connectif-kit, 2 processes", (*command, "--no-cache", "-j", "2"))
    yield Tool("connectif-kit, nothing changed", command)
    yield Tool("connectif-kit, one page changed", command, before=partial(_touch, page))
    floor = (sys.executable, str(ROOT / "benchmarks/floor.py"), "public")
    yield Tool("the parser alone, 1 process", floor)


def _touch(page: Path) -> None:
    with page.open("a", encoding="utf-8") as file:
        file.write("<!-- changed -->\n")


def peers(folder: Path, packages: Path, *, patient: bool) -> Iterator[Tool]:
    """HTMLHint, and for the patient the slower ones, with the rules that they come with."""
    _installed(packages, PACKAGES if patient else PACKAGES[:1])
    binaries = packages / "node_modules" / ".bin"
    yield Tool("HTMLHint", (str(binaries / "htmlhint"), "public"))
    if not patient:
        return
    (folder / "biome.json").write_text(json.dumps(BIOME))
    yield Tool("Biome", (str(binaries / "biome"), "lint", "--max-diagnostics=20", "public"))
    (folder / ".htmlvalidate.json").write_text(json.dumps({"extends": ["html-validate:recommended"]}))
    yield Tool("html-validate", (str(binaries / "html-validate"), "public"))
    if tidy := shutil.which("tidy"):
        command = f"find public -name '*.html' -print0 | xargs -0 -n 50 -P 2 {tidy} -errors -quiet"
        yield Tool("tidy, 2 processes", ("sh", "-c", command), (0, 1, 2, 123))
    if java := shutil.which("java"):
        jar = next((packages / "node_modules" / "vnu-jar").rglob("vnu.jar"))
        yield Tool("vnu", (java, "-Xss4m", "-jar", str(jar), "--skip-non-html", "public"))


def _installed(packages: Path, wanted: tuple[str, ...]) -> None:
    if all((packages / "node_modules" / name.rpartition("@")[0]).is_dir() for name in wanted):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm is missing; --no-peers measures us alone")
    packages.mkdir(parents=True, exist_ok=True)
    subprocess.run([npm, "install", "--prefix", str(packages), "--silent", *wanted], check=True)


def tables(
    pages: list[int],
    sizes: list[str],
    rounds: int,
    packages: Path | None,
    *,
    alone: bool = False,
    slow: bool = True,
) -> Iterator[str]:
    """The tables' lines, each as soon as it is known; `alone` is without neighbours, not `slow` with one."""
    yield "| pages | size | tool | seconds | processor s | ms/page | memory | × |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            for count in pages:
                folder = Path(name) / f"{count}-{size}"
                prepared(folder, count, size)
                tools = list(ours(folder))
                if not alone:
                    patient = slow and count == min(pages)
                    tools += peers(folder, packages or Path(name) / "peers", patient=patient)
                yield from _rows(tools, folder, count, size, rounds)
                shutil.rmtree(folder)


def prepared(folder: Path, pages: int, size: str) -> None:
    """A corpus with what the plan renders, and a cache that knows it."""
    write_corpus(folder, pages, size)
    kit = partial(subprocess.run, cwd=folder, env=environment(), capture_output=True, check=False)
    kit([*KIT, "build", "--output", "public/connectif"])
    for checklist in (folder / "public/connectif").glob("checklist.*"):
        checklist.unlink()  # it is for the shop, and published by nobody
    kit([*KIT, "audit"])


def _rows(tools: list[Tool], folder: Path, pages: int, size: str, rounds: int) -> Iterator[str]:
    figures = measured(tools, folder, rounds)
    base = figures[1].seconds
    for tool, run in zip(tools, figures, strict=True):
        yield (
            f"| {pages:,} | {SIZES[size]} KB | {tool.name} | {run.seconds:.2f} | {run.processor:.2f} "
            f"| {run.processor / pages * 1000:.2f} | {run.megabytes:.0f} MB | {run.seconds / base:.1f} |"
        )


def main() -> None:
    """Build the corpora, run everything, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=["middle"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--no-peers", action="store_true")
    given = parser.parse_args()
    for line in tables(given.pages, given.sizes, given.rounds, given.peers, alone=given.no_peers):
        print(line, flush=True)


if __name__ == "__main__":
    main()
