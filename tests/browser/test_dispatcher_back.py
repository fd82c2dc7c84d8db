"""A page that Chromium itself keeps in its back/forward cache comes back as a visit: nothing is simulated."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.conftest import ARGUMENTS
from tests.browser.shop import STANDIN, Shop
from tests.tools import KeptPages, serve

TAG = """<div class="cn_product_visited" style="display:none"><span class=url>https://shop.example/p/a/</span>
<span class=product_id>a</span><span class=name>A</span><span class=unit_price>10</span></div>
<a href="/other.html">on</a>"""
RESTORED = "<script>addEventListener('pageshow', (event) => { window.restored = event.persisted })</script>"


def test_a_page_that_was_kept_is_a_visit_again(browser: Browser, chromium_path: Path, tmp_path: Path) -> None:
    whole = browser.browser_type.launch(
        executable_path=chromium_path,
        args=ARGUMENTS,
        # Playwright turns the cache off, and so do interceptions: this page has none.
        ignore_default_args=["--disable-back-forward-cache"],
    )
    with serve(tmp_path, KeptPages) as url:
        page = whole.new_page()
        page.add_init_script(STANDIN)
        shop = Shop(page, tmp_path, url)
        shop.plan(
            {"pages": {"product": {"match": "/p/*", "product": "catalog"}}, "catalog": {"source": "p.csv"}}
        )
        shop.write("p/a/index.html", TAG, RESTORED)
        (tmp_path / "other.html").write_text("<!doctype html><title>Other</title>")
        shop.open("/p/a/")
        page.click("a")
        page.wait_for_url("**/other.html")
        page.go_back(wait_until="commit")
        page.wait_for_function("window.restored")
        shop.seen(("/p/a/", "Shop", "a"), ("/p/a/", "Shop", "a"))
    whole.close()
