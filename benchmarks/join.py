"""How fast the products of a catalogue are joined to their pages, and in how much memory.

`python benchmarks/join.py [PRODUCTS]`: whole processes, each of which reads a catalogue of so many
products, then asks for those of 1,000 pages, for a tenth of the number and for the number. Bar: memory
that does not grow with them. On a machine that others use, processor time is the fairer figure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from feed import ROOT, write  # its neighbour

PAGES = 1000
PROGRAM = f"""
import sys, time
from pathlib import Path
from connectif_kit.catalog import open_catalogue
from connectif_kit.plan.load import load
start = time.perf_counter()
catalogue = open_catalogue(load("connectif.yaml", Path("connectif.yaml").read_bytes()), Path())
catalogue.load()
loaded, asked = time.perf_counter() - start, time.perf_counter()
step = max(int(sys.argv[1]) // {PAGES}, 1)
found = [catalogue.at(f"/p/mug-{{number * step}}/")["product_id"] for number in range({PAGES})]
assert found[-1] == f"MUG-{{({PAGES} - 1) * step}}"
page = (time.perf_counter() - asked) / {PAGES} * 1e6
peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024
processor = f"{{time.process_time():.1f}} s of processor time"
print(f"{{loaded:.1f}} s ({{processor}}), {{page:.0f}} us a page, {{peak}} MB")
"""


def main() -> int:
    """Measure and print."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "templates/starter/connectif.yaml", folder)
        (folder / "data").mkdir()
        for products in (most // 10, most):
            write(folder / "data/products.csv", products)
            done = subprocess.run(
                [sys.executable, "-c", PROGRAM, str(products)],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                capture_output=True,
                text=True,
                check=True,
            )
            print(f"{products:,} products: {done.stdout.strip()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
