"""What the dispatcher costs a page of the starter: bytes, and the main thread's time while it loads.

Run from the project's folder: `python benchmarks/dispatcher.py [LOADS]`. The bar: under 5 ms.

Each load is a visit in a fresh profile, recorded by Chromium itself, in the thread's own time: what else the
machine does counts little. Every second load is of the same page without the dispatcher.
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser.shop import STANDIN
from tests.tools import Cli, find_chromium, serve

SCRIPT = "connectif-events.min.js"
PAGE = "p/harbour-mug/index.html"
CATEGORIES = ["devtools.timeline", "v8", "toplevel", "disabled-by-default-v8.compile"]
REPORTED = "window.__sent && window.__sent.length"
Event = dict[str, Any]


def main(loads: int = 30) -> None:
    """Print the size and the times."""
    with tempfile.TemporaryDirectory() as folder:
        shop = made(Path(folder) / "shop")
        script = (shop / "public" / "connectif" / SCRIPT).read_bytes()
        print(f"starter, gzipped: {len(gzip.compress(script, 9))} bytes")
        with serve(shop / "public") as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            pairs = [
                (recorded(browser, url + "/" + PAGE), recorded(browser, url + "/without/"))
                for _ in range(loads)
            ]
            browser.close()
    said("our script alone", [ours(with_it) for with_it, _ in pairs])
    said("all scripts, with it", [scripts(with_it) for with_it, _ in pairs])
    said("all scripts, without", [scripts(without) for _, without in pairs])


def made(shop: Path) -> Path:
    """The starter as `new`, `build` and `inject` make it, and its product page without the dispatcher."""
    Cli(shop.parent)("new", shop)
    for command in (["build"], ["inject", "public"]):
        done = Cli(shop)(*command)
        assert done.code == 0, done.stderr
    page = (shop / "public" / PAGE).read_text("utf-8")
    assert SCRIPT in page
    (shop / "public" / "without").mkdir()
    bare = re.sub(rf"<script[^>]*{re.escape(SCRIPT)}[^>]*></script>", "", page)
    (shop / "public" / "without" / "index.html").write_text(bare, "utf-8")
    return shop


def recorded(browser: Browser, address: str) -> list[Event]:
    """What Chromium's main thread did while a page loaded and reported its visit."""
    context = browser.new_context()
    context.route(
        "https://cdn.connectif.cloud/**",
        lambda route: route.fulfill(content_type="text/javascript", body=STANDIN),
    )
    page = context.new_page()
    browser.start_tracing(page=page, categories=CATEGORIES)
    page.goto(address)
    if "without" not in address:
        page.wait_for_function(REPORTED)
    page.wait_for_timeout(300)
    events: list[Event] = json.loads(browser.stop_tracing())["traceEvents"]
    context.close()
    return events


def ours(events: Iterable[Event]) -> float:
    """Milliseconds of compiling and running our file, whoever called it."""
    return covered(one for one in events if SCRIPT in json.dumps(one.get("args", {})))


def scripts(events: Iterable[Event]) -> float:
    """Milliseconds of compiling and running any script of the page."""
    return covered(one for one in events if "127.0.0.1" in json.dumps(one.get("args", {})))


def covered(events: Iterable[Event]) -> float:
    """The time that events take together: what stands inside another counts once."""
    spans = sorted(
        (one["tts"], one["tts"] + one["tdur"]) for one in events if one["name"] in RUNNING and "dur" in one
    )
    total = last = 0.0
    for start, end in spans:
        total += max(0.0, end - max(start, last))
        last = max(last, end)
    return total / 1000


RUNNING = frozenset({"EvaluateScript", "FunctionCall", "v8.compile", "v8.run", "V8.CompileCode"})
"""The names under which Chromium records a script's work, with the script's address."""


def said(what: str, times: list[float]) -> None:
    """Print one figure."""
    print(
        f"{what}: median {statistics.median(times):.2f} ms, best {min(times):.2f}, worst {max(times):.2f}"
        f" ({len(times)} loads)"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
