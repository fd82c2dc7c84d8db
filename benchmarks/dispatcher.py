"""Size of the dispatcher's production build, and the main thread's time at load on the starter's product page.

Run from the project's folder: `python benchmarks/dispatcher.py`. The bar: 5 ms.
"""

from __future__ import annotations

import gzip
import statistics
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from connectif_kit.plan import load
from connectif_kit.render import render
from tests.tools import find_chromium

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
    page_html = (STARTER / "public" / "p" / "harbour-mug" / "index.html").read_text("utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        times = [measured(browser, page_html, script) for _ in range(20)]
        browser.close()
    print(
        f"script and first view, median of 20: {statistics.median(times):.2f} ms; worst {max(times):.2f} ms"
    )


def measured(browser: object, html: str, script: str) -> float:
    """Milliseconds of one load in a fresh page: the script, and what it does before the next task."""
    page = browser.new_page()  # type: ignore[attr-defined]  # a Browser
    page.set_content(html)
    took, _ = page.evaluate(MEASURE, script)
    page.close()
    return float(took)


if __name__ == "__main__":
    main()
