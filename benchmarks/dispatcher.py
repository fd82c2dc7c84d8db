"""Size of the dispatcher's production build, and the main thread's time at load on a page of the starter.

Run from the project's folder: `python benchmarks/dispatcher.py`. The bar: 5 ms.
"""

from __future__ import annotations

import gzip
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from connectif_kit.build import render
from connectif_kit.plan.load import load
from tests.tools import find_chromium, serve

STARTER = Path(__file__).parent.parent / "templates" / "starter"
MEASURE = """(script) => {
  const start = performance.now();
  (0, eval)(script);
  const read = performance.now();
  return new Promise((done) => setTimeout(() => done([read - start, performance.now() - read])));
}"""


def main() -> None:
    """Print the size and the times."""
    files = render(load("connectif.yaml", (STARTER / "connectif.yaml").read_bytes()), str)
    script = files["connectif-events.min.js"]
    print(f"starter, gzipped: {len(gzip.compress(script.encode(), 9))} bytes")
    with serve(STARTER / "public") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        times = [measured(browser, f"{url}/p/harbour-mug/", script) for _ in range(20)]
        browser.close()
    middle = statistics.median(times)
    print(
        f"script and first view: best {min(times):.2f} ms, median {middle:.2f} ms, worst {max(times):.2f} ms"
    )


def measured(browser: Browser, address: str, script: str) -> float:
    """Milliseconds of one load in a fresh page: the script, and the view that it begins."""
    page = browser.new_page()
    page.goto(address)
    took, _ = page.evaluate(MEASURE, script)
    page.close()
    return float(took)


if __name__ == "__main__":
    main()
