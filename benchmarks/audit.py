"""`python benchmarks/audit.py`: the audit beside its neighbours, on one corpus, in one run.

Prints a table in Markdown. Neighbours come from npm, into a temporary folder (`--peers DIR` keeps it; vnu
needs Java); `--no-peers` leaves them out, `--pages` chooses the sizes. Times are of whole processes.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEY = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
KIT = (sys.executable, "-m", "connectif_kit")
PACKAGES = ("htmlhint@1.9.2", "html-validate@10", "vnu-jar@26")
PLAN = f"""
store: {{id: {KEY}, environment: eu5, url: "https://shop.example", currency: EUR}}
pages:
  product: {{match: "/p/*", product: json-ld}}
events:
  newsletter:
    on: {{submit: "form#newsletter"}}
    send: newsletter-subscribe
    email: {{selector: "input[type=email]"}}
"""
CARD = (
    '<article class="card" id="c{n}"><a href="/p/item-{n}/" class="card__link">'
    '<img src="/img/{n}.webp" alt="Item {n}" width="320" height="320" loading="lazy">'
    '<h3 class="card__title">Item number {n}</h3></a>'
    '<p class="card__text">A thing for the kitchen, made by hand, number {n} of a long series of things.</p>'
    '<p class="card__price"><span>EUR</span> <b>{n}.50</b></p>'
    '<button type="button" data-like="{n}" class="btn btn--ghost">Like</button></article>\n'
)
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Item {n}</title>
<link rel="canonical" href="https://shop.example/p/item-{n}/">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"Product","name":"Item {n}",
"sku":"item-{n}","offers":{{"@type":"Offer","price":"{price}","priceCurrency":"EUR",
"availability":"https://schema.org/InStock","url":"https://shop.example/p/item-{n}/"}}}}</script></head>
<body>
<script id="__cn_generic_script__{key}">"https://cdn.connectif.cloud/eu5/client-script/{key}"</script>
<script src="/connectif/connectif-events.min.js" defer></script>
<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/item-{n}/</span>
  <span class="product_id">item-{n}</span>
  <span class="name">Item {n}</span>
  <span class="unit_price">{price}</span>
  <span class="availability">InStock</span>
  <span class="category">/Kitchen/Mugs</span>
</div>
<div class="cn_page_tag" style="display:none">sale</div>
<main><h1>Item {n}</h1>
{cards}</main>
<form id="newsletter" action="/news" method="post">
<label>Email <input type="email" name="email"></label></form>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of a command: seconds from start to end, and the most memory of all its processes, in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Tool:
    """A command under a name, and the exit statuses with which it may end."""

    name: str
    command: list[str]
    expected: tuple[int, ...] = (0,)


def corpus(folder: Path, pages: int) -> None:
    """A plan and so many product pages of about 34 KB, each with loader, dispatcher and tags."""
    (folder / "connectif.yaml").write_text(PLAN)
    cards = "".join(CARD.format(n=n) for n in range(75))
    for n in range(pages):
        path = folder / "public" / "p" / f"item-{n}" / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(PAGE.format(n=n, key=KEY, price=f"{n % 90 + 1}.50", cards=cards))
    subprocess.run(
        [*KIT, "build", "--output", "public/connectif"], cwd=folder, check=True, capture_output=True
    )


def measured(tools: list[Tool], folder: Path, rounds: int) -> Iterator[tuple[str, Measured]]:
    """The fastest of some runs of each command to its end, and the memory of one more, before them.

    What disturbs a run only ever makes it slower, and looking at its memory disturbs it. The tools take
    turns, so that all have their share of a machine's good and bad minutes. Raises where an exit status
    is not expected.
    """
    most = [_memory(tool, folder) for tool in tools]
    times = [[_timed(tool, folder) for tool in tools] for _ in range(rounds)]
    for tool, megabytes, seconds in zip(tools, most, zip(*times, strict=True), strict=True):
        yield tool.name, Measured(min(seconds), megabytes)


def _memory(tool: Tool, folder: Path) -> float:
    process = _started(tool.command, folder)
    most = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, most))
    watcher.start()
    _ended(process, tool.expected)
    watcher.join()
    return most[0]


def _timed(tool: Tool, folder: Path) -> float:
    start = time.perf_counter()
    _ended(_started(tool.command, folder), tool.expected)
    return time.perf_counter() - start


def _started(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _ended(process: subprocess.Popen[bytes], expected: tuple[int, ...]) -> None:
    _, complaints = process.communicate()
    if process.returncode not in expected:
        raise RuntimeError(f"{process.args!r} ended with {process.returncode}: {complaints[-500:]!r}")


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    """Keep the most memory that a process and its children hold together; shared pages count once."""
    while process.poll() is None:
        most[0] = max(most[0], sum(map(_megabytes, _family(process.pid))))
        time.sleep(0.02)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _megabytes(pid: int) -> float:
    """The proportional set size."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


def ours() -> Iterator[Tool]:
    """Cold with one process and with two, then with everything in the cache."""
    command = [*KIT, "audit"]
    yield Tool("connectif-kit, 1 process", [*command, "--no-cache", "-j", "1"])
    yield Tool("connectif-kit, 2 processes", [*command, "--no-cache", "-j", "2"])
    yield Tool("connectif-kit, nothing changed (cache)", command)


def peers(folder: Path, packages: Path, *, patient: bool) -> Iterator[Tool]:
    """HTMLHint, and for the patient html-validate and vnu, with the rules that they come with."""
    _installed(packages)
    binaries = packages / "node_modules" / ".bin"
    findings = (0, 1)
    yield Tool("HTMLHint", [str(binaries / "htmlhint"), "public"], findings)
    if not patient:
        return
    (folder / ".htmlvalidate.json").write_text(json.dumps({"extends": ["html-validate:recommended"]}))
    yield Tool("html-validate", [str(binaries / "html-validate"), "public"], findings)
    java = shutil.which("java")
    if java:
        jar = next((packages / "node_modules" / "vnu-jar").rglob("vnu.jar"))
        yield Tool("vnu", [java, "-Xss4m", "-jar", str(jar), "--skip-non-html", "public"], findings)


def _installed(packages: Path) -> None:
    if not (packages / "node_modules" / "vnu-jar").is_dir():
        packages.mkdir(parents=True, exist_ok=True)
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("npm is missing; --no-peers measures us alone")
        subprocess.run([npm, "install", "--prefix", str(packages), "--silent", *PACKAGES], check=True)


def main() -> None:
    """Build the corpora, run everything, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--no-peers", action="store_true")
    given = parser.parse_args()
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's machine keeps compiled modules
    write = sys.stdout.write
    write("| pages | tool | seconds | pages/s | memory |\n| --- | --- | --- | --- | --- |\n")
    with tempfile.TemporaryDirectory() as name:
        for pages in given.pages:
            folder = Path(name) / str(pages)
            folder.mkdir()
            corpus(folder, pages)
            _ended(_started([*KIT, "audit"], folder), (0,))  # fills the cache
            tools = list(ours())
            if not given.no_peers:
                packages, patient = given.peers or Path(name) / "peers", pages == min(given.pages)
                tools += peers(folder, packages, patient=patient)
            for tool, run in measured(tools, folder, given.rounds):
                speed = f"{pages / run.seconds:,.0f}"
                write(f"| {pages:,} | {tool} | {run.seconds:.2f} | {speed} | {run.megabytes:.0f} MB |\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
