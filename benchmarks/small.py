"""The small bars, measured as whole processes: `python benchmarks/small.py`.

| what | bar |
| --- | --- |
| `--help` | 0.15 s |
| inject, 1,000 pages of some 34 KB | 1,000 pages/s |
| a plan of 5,000 lines, read and checked with all its errors | 0.3 s |

Machines differ and are shared: the bare interpreter's start stands beside each figure.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
PAGES = 1000
PLAN = """\
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
pages:
  product: {match: "/p/*", product: json-ld}
"""
CARD = """<li class="card"><a href="/p/{n}"><img src="/i/{n}.jpg" alt=""><h3>Mug {n}</h3></a>
<p>A mug like {n} others, of stoneware.</p></li>
"""
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Mug {n}</title>
<script type="application/ld+json">
{{"@context":"https://schema.org","@type":"Product","name":"Mug {n}","sku":"m-{n}",
"url":"https://shop.example/p/{n}/","offers":{{"@type":"Offer","price":"{n}.50","priceCurrency":"EUR"}}}}</script>
</head><body><main><h1>Mug {n}</h1></main><ul>
{cards}</ul></body></html>
"""


def timed(run: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """The median of several runs in seconds, after one that does not count."""
    took = []
    for _ in range(RUNS + 1):
        before()
        start = time.perf_counter()
        run()
        took.append(time.perf_counter() - start)
    return statistics.median(took[1:])


def kit(*arguments: str, cwd: Path) -> Callable[[], object]:
    """One command of ours as a process."""
    command = [sys.executable, "-m", "connectif_kit", *arguments]
    return lambda: subprocess.run(command, cwd=cwd, capture_output=True, check=False)


def site(folder: Path) -> None:
    """A plan and its product pages."""
    (folder / "connectif.yaml").write_text(PLAN, encoding="utf-8")
    cards = "".join(CARD.format(n=n) for n in range(250))
    for n in range(PAGES):
        path = folder / "public" / "p" / str(n) / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(PAGE.format(n=n, cards=cards), encoding="utf-8")


def long_plan(folder: Path) -> None:
    """5,000 lines of events, one in a hundred with a mistake."""
    lines = [PLAN, "events:\n"]
    for n in range(1150):
        word = "selecter" if n % 100 == 0 else "selector"
        lines.append(f'  e{n}:\n    on: {{click: "#b{n}"}}\n    {{send}}: custom\n'.replace("{send}", "send"))
        lines.append(
            f"    alias: a{n}\n    payload: {{x: {{{word}: h1}}}}\n" if n % 3 == 0 else f"    alias: a{n}\n"
        )
    (folder / "connectif.yaml").write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Measure, print, and fail where a bar is missed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = timed(lambda: subprocess.run([sys.executable, "-c", ""], check=True))
        print(f"bare interpreter             {bare:.3f} s")
        print(f"--help                       {timed(kit('--help', cwd=folder)):.3f} s   (bar 0.15 s)")
        site(folder)
        size = (folder / "public" / "p" / "0" / "index.html").stat().st_size
        shutil.copytree(folder / "public", folder / "bare")

        def fresh() -> None:
            shutil.rmtree(folder / "public")
            shutil.copytree(folder / "bare", folder / "public")

        took = timed(kit("inject", cwd=folder), fresh)
        print(f"inject, {PAGES} pages, {size / 1000:.0f} KB   {took:.3f} s   {PAGES / took:,.0f} pages/s")
        took = timed(kit("inject", cwd=folder))
        print(f"inject again, nothing to do  {took:.3f} s   {PAGES / took:,.0f} pages/s")
        long_plan(folder)
        lines = (folder / "connectif.yaml").read_text(encoding="utf-8").count("\n")
        took = timed(kit("build", "--check", cwd=folder))
        print(f"plan of {lines} lines           {took:.3f} s   (bar 0.3 s)")


if __name__ == "__main__":
    main()
