"""Save → the browser shows it: from the write of a page to the changed DOM, on a site of 1,000 pages.

`python benchmarks/reload.py [PAGES] [ROUNDS]`; the bar is 150 ms in the median.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Page, sync_playwright

from tests.serving import preview, shop
from tests.tools import find_chromium

BAR = 150.0
WATCH = """
window.seen = new Promise((resolve) => new MutationObserver((_, observer) => {
  observer.disconnect();
  resolve(Date.now());
}).observe(document.querySelector("h1"), { childList: true, subtree: true, characterData: true }))
"""


def site(folder: Path, pages: int) -> Path:
    """The starter shop with as many product pages."""
    made = shop(folder)
    text = (made / "public" / "p" / "harbour-mug" / "index.html").read_text()
    for number in range(pages):
        page = made / "public" / "more" / str(number)
        page.mkdir(parents=True)
        (page / "index.html").write_text(text)
    return made


def rounds(page: Page, file: Path, number: int) -> list[float]:
    """Milliseconds of each save."""
    before, rest = file.read_text().split("<h1>", 1)
    after = rest.split("</h1>", 1)[1]
    times = []
    for one in range(number):
        page.wait_for_selector("h1")  # a page that was seen half written has none for a moment
        page.evaluate(f"() => {{ {WATCH} }}")
        started = time.time()
        file.write_text(f"{before}<h1>Mug {one}</h1>{after}")
        times.append(page.evaluate("window.seen") - started * 1000)
        time.sleep(0.2)
    return times


def main(pages: int = 1000, number: int = 30) -> int:
    """Measure, print as JSON, tell whether the bar is kept."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        made = site(Path(folder), pages)
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        with preview(made) as running:
            page = browser.new_page()
            page.goto(f"{running.base}/more/0/")
            page.wait_for_timeout(1500)
            times = rounds(page, made / "public" / "more" / "0" / "index.html", number)
        browser.close()
    median = statistics.median(times)
    found = {"pages": pages, "rounds": number, "median_ms": round(median), "max_ms": round(max(times))}
    print(json.dumps({**found, "bar_ms": BAR}))
    return 0 if median <= BAR else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
