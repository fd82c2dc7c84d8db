"""How fast a catalogue file becomes a feed and an import's CSV, and in how much memory.

`python benchmarks/feed.py [PRODUCTS] [RUNS]`: whole processes, from the start of the interpreter to its
end, for the number of products and for a tenth of it, from CSV and from JSON Lines. Bar: 60,000 products/s
from CSV to RSS, memory that does not grow with them. On a machine that others use, processor time is the
fairer figure; `python benchmarks/feed.py 1000000 1` takes some minutes.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3
KINDS = (("csv", "rss"), ("csv", "csv"), ("jsonl", "rss"))
"""From what to what."""
HEADER = "sku,title,description,permalink,price,old_price,stock,categories,brand,image,labels"
TEXT = "A wide mug for the first coffee of the day, <b>dipped in cobalt</b> by hand & no two are alike."


def write(path: Path, products: int) -> None:
    """A catalogue in the starter's columns: a third reduced, a fifth sold out."""
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix == ".jsonl":
            names = HEADER.split(",")
            file.writelines(json.dumps(dict(zip(names, row, strict=True))) + "\n" for row in rows(products))
            return
        sheet = csv.writer(file)
        sheet.writerow(HEADER.split(","))
        sheet.writerows(rows(products))


def rows(products: int) -> Iterator[list[str]]:
    """What stands in its columns."""
    for n in range(products):
        price, before = f"{n % 90 + 10}.50", f"{n % 90 + 20}.00" if n % 3 == 0 else ""
        stock = "InStock" if n % 5 else "OutOfStock"
        address, image = f"https://shop.example/p/mug-{n}/", f"https://shop.example/img/{n}.svg"
        paths, labels = f"/Kitchen/Mugs|/Brands/{n % 50}", "sale|gift"
        yield [f"MUG-{n}", f"Mug {n}", TEXT, address, price, before, stock, paths, "Alfar", image, labels]


def measured(folder: Path, form: str) -> tuple[float, float, int]:
    """Seconds by the clock, seconds of processor, and peak memory in KB of one process."""
    program = (
        "import sys, time; from pathlib import Path; from connectif_kit.cli import run;"
        f"code = run(['feed', '-o', 'out', '--format', '{form}']);"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0], time.process_time());"
        "sys.exit(code)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    peak, processor = done.stdout.split()
    return time.perf_counter() - start, float(processor), int(peak)


def main() -> int:
    """Measure and print."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    times = int(sys.argv[2]) if len(sys.argv) > 2 else RUNS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        plan = (ROOT / "templates/starter/connectif.yaml").read_text("utf-8")
        for products in (most // 10, most):
            for source, form in KINDS:
                (folder / "connectif.yaml").write_text(plan.replace("products.csv", f"products.{source}"))
                write(folder / f"data/products.{source}", products)
                report(f"{source} → {form}", products, [measured(folder, form) for _ in range(times)])
    return 0


def report(what: str, products: int, runs: list[tuple[float, float, int]]) -> None:
    """The best of some runs."""
    seconds, processor, _ = map(min, zip(*runs, strict=True))
    peak = max(kilobytes for *_, kilobytes in runs)
    rates = f"{products / seconds:,.0f} products/s ({products / processor:,.0f} of processor time)"
    print(f"{what}: {products:,} products, {rates}, {peak / 1024:.0f} MB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
