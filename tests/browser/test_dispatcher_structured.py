"""The browser's reading of JSON-LD and microdata: tests/data/cases_offers.json, which Python is held to."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Browser

from connectif_kit.build.dispatcher import dispatcher
from connectif_kit.plan.load import load
from connectif_kit.vocabulary.product import PRODUCT
from tests.browser.shop import written
from tests.browser.test_dispatcher_parts import NAMES, PARTS, TESTS
from tests.unit.catalog.test_offers_table import TABLE, alike, markup

READ = """([sources, entities, rows]) => rows.map(([format, markup]) => {
  document.body.innerHTML = markup;
  const parts = ["dispatcher/reading", "dispatcher/currency", "dispatcher/bare", "sources/structured"];
  const kit = loadInto(window, parts, { plan: { currency: "EUR", entities } }, sources);
  const made = kit.make("product", ["structured", [format]], kit.fresh({ found: [] }));
  return JSON.parse(JSON.stringify(made || null));
})"""


def test_the_browser_reads_offers_as_the_catalogue_does(browser: Browser) -> None:
    entities = dispatcher(load("connectif.yaml", written({}).encode()), str).entities
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body="<!doctype html><body>"))
    page.goto("https://shop.example/p/vase/")
    page.add_script_tag(content=Path(TESTS / "harness.js").read_text("utf-8"))
    sources = {name: (PARTS / f"{name}.js").read_text("utf-8") for name in NAMES}
    rows = [["microdata" if "html" in case else "json-ld", markup(case)] for case in TABLE]
    read = page.evaluate(READ, [sources, entities, rows])
    page.close()
    wrong = {}
    for case, found in zip(TABLE, read, strict=True):
        wanted = case["value"] if "browser" not in case else case["browser"]
        names = {name: PRODUCT.by_html[name].js for name in wanted or {}}
        if (found is None) != (wanted is None) or not all(
            alike(found.get(js), wanted[name]) for name, js in names.items()
        ):
            wrong[case["name"]] = json.dumps(found)
    assert wrong == {}
