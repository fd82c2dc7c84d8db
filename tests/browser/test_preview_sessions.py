"""Sessions of the inspector: visitors kept apart, events kept, exported, imported, refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.truth import PANEL, PRODUCT, opened, visit
from tests.serving import preview, shop


def test_visitors_are_kept_apart_and_a_new_session_forgets_them(
    tmp_path: Path, browser: Browser, page: Page
) -> None:
    with preview(shop(tmp_path)) as running:
        other_context = browser.new_context()
        other = other_context.new_page()
        for one, name in ((page, "ana"), (other, "eva")):
            visit(one, f"{running.base}/about/")
            with one.expect_response("**/__connectif/collect*"):
                one.evaluate(
                    f"connectif.managed.sendEvents([], {{entityInfo: {{primaryKey: '{name}@shop.example'}}}})"
                )
            one.wait_for_function("localStorage.cn_tracker")
        trackers = [one.evaluate("JSON.parse(localStorage.cn_tracker).id") for one in (page, other)]
        assert trackers[0] != trackers[1]
        assert all(re.fullmatch("[0-9a-f]{24}", one) for one in trackers)
        opened(page, "Visitor")
        expect(page.get_by_role("tabpanel")).to_contain_text("ana@shop.example")
        expect(page.get_by_role("tabpanel")).not_to_contain_text("eva@shop.example")
        overview = page.context.new_page()
        overview.goto(f"{running.base}/__connectif/")
        expect(overview.get_by_role("row", name="eva@shop.example")).to_be_visible()
        with page.expect_event("framenavigated"), other.expect_event("framenavigated"):
            overview.get_by_role("button", name="New session").click()
        expect(overview.get_by_role("row", name="eva@shop.example")).to_have_count(0)
        expect(page.get_by_role("tabpanel")).to_contain_text("anonymous")
        page.wait_for_function("localStorage.cn_tracker")
        assert page.evaluate("JSON.parse(localStorage.cn_tracker).id") not in trackers
        other_context.close()


def test_journeys_send_lines_and_totals_that_add_up(tmp_path: Path, page: Page) -> None:
    with preview(shop(tmp_path)) as running:
        visit(page, f"{running.base}/")
        opened(page, "Journeys")
        with page.expect_response("**/__connectif/collect*"):
            page.get_by_role("button", name="Add to cart").last.click()
        with page.expect_response(
            lambda r: "/collect" in r.url and "purchase" in (r.request.post_data or "")
        ):
            page.get_by_role("button", name="Buy").last.click()
        sent = running.session()["records"]
        cart = next(record["cart"]["value"] for record in sent if record["cart"])
        order = next(e["event"]["purchase"] for r in sent for e in r["events"] if e["type"] == "purchase")
        for one in (cart, order):
            assert sum(line["quantity"] for line in one["products"]) == one["totalQuantity"] == 2
            assert sum(line["price"] for line in one["products"]) == one["totalPrice"]


def test_a_missing_event_stays_in_the_history(tmp_path: Path, page: Page) -> None:
    folder = shop(tmp_path)
    about = folder / "public" / "about" / "index.html"
    about.write_text(
        about.read_text().replace("<head>", "<head><script>window.initializeConnectif = 1</script>")
    )
    with preview(folder) as running:
        page.route("**/client-script/**", lambda route: route.abort())
        page.goto(f"{running.base}/about/")
        expect(page.get_by_role("button", name=PANEL)).to_contain_text("1 fault")
        page.unroute("**/client-script/**")
        visit(page, running.base + PRODUCT)
        opened(page, "Events")
        expect(page.locator(".note.missing")).to_contain_text("page-visit was not sent")


def test_a_session_travels_as_a_page_and_as_json(tmp_path: Path, context: BrowserContext) -> None:
    folder = shop(tmp_path)
    with preview(folder) as running:
        page = context.new_page()
        visit(page, running.base + PRODUCT)
        page.evaluate("connectif.managed.sendEvents([{type: 'search', searchText: '</script><b>x'}])")
        page.wait_for_function("document.querySelector('connectif-kit-inspector')")
        overview = context.new_page()
        overview.goto(f"{running.base}/__connectif/")
        expect(overview.get_by_text("2 requests recorded")).to_be_visible()
        files = []
        for name in ("Export as a page", "as JSON"):
            with overview.expect_download() as download:
                overview.get_by_role("link", name=name).click()
            file = tmp_path / download.value.suggested_filename
            download.value.save_as(file)
            files.append(file)
        assert {file.suffix for file in files} == {".html", ".json"}
        records = json.loads(files[1].read_text())["records"]
        page.close()
        replayed(context.new_page(), files[0])
        for file in files:
            running.clear()
            expect(overview.get_by_text("0 requests recorded")).to_be_visible()
            overview.locator("input[type=file]").set_input_files(file)
            expect(overview.get_by_text(f"{file.name} was imported")).to_be_visible()
            again = running.session()["records"]
            assert [(r["path"], r["body"], r["events"]) for r in again] == [
                (r["path"], r["body"], r["events"]) for r in records
            ]


def replayed(page: Page, file: Path) -> None:
    """The exported page needs no server: its rows, its search, its replay."""
    page.goto(file.as_uri())
    expect(page.locator(".record")).to_have_count(2)
    expect(page.locator("details.event").first).to_contain_text("product-visited")
    page.get_by_label("Search the events").fill("searchText")
    expect(page.locator(".record")).to_have_count(1)
    page.get_by_label("Search the events").fill("")
    page.get_by_label("Step").fill("1")
    expect(page.locator(".record")).to_have_count(1)


def test_what_is_no_session_is_not_taken(tmp_path: Path, page: Page) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"records": 1}')
    with preview(shop(tmp_path)) as running:
        page.goto(f"{running.base}/__connectif/")
        page.locator("input[type=file]").set_input_files(other)
        expect(page.get_by_text("was not imported")).to_be_visible()
