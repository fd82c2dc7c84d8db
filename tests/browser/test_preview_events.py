"""Many events in the inspector: searched, paused, whole, and hostile ones that stay text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.truth import PANEL, PRODUCT, opened, visit
from tests.serving import Running, preview, shop


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with preview(shop(tmp_path_factory.mktemp("events"))) as running:
        yield running


def test_events_can_be_searched_filtered_and_paused(running: Running, page: Page) -> None:
    running.clear()
    visit(page, running.base + PRODUCT)
    opened(page, "Events")
    page.get_by_label("Search the events").fill("harbour mug")
    expect(page.locator(".record")).to_have_count(1)
    page.get_by_label("Search the events").fill("nothing like that")
    expect(page.get_by_role("tabpanel")).to_contain_text("No event matches the search.")
    page.get_by_label("Search the events").fill("")
    page.get_by_label("Show").select_option("faults")
    expect(page.locator(".record")).to_have_count(0)
    page.get_by_label("Show").select_option("all")
    page.get_by_role("button", name="Pause").click()
    page.evaluate("connectif.managed.sendEvents([{type: 'login'}], {entityInfo: {primaryKey: 'a@b.cc'}})")
    resume = page.get_by_role("button", name="Go on · 1 new")
    expect(resume).to_be_visible()
    expect(page.locator(".record")).to_have_count(1)
    resume.click()
    expect(page.locator(".record")).to_have_count(2)
    expect(page.locator(".record .number").last).to_contain_text(re.compile(r"#\d+.*\+[\d.]+ (ms|s)"))


def test_the_data_layer_and_consent_can_be_seen(running: Running, page: Page) -> None:
    visit(page, f"{running.base}/about/")
    page.evaluate(
        "window.dataLayer = []; window.gtag = function () { dataLayer.push(arguments) };"
        "gtag('consent', 'default', {ad_storage: 'denied'}); dataLayer.push({event: 'add_to_cart', value: 3})"
    )
    opened(page, "Data")
    panel = page.get_by_role("tabpanel")
    expect(panel).to_contain_text("add_to_cart")
    expect(panel).to_contain_text("The plan asks for no consent")
    expect(panel).to_contain_text("ad_storage")
    page.evaluate("dataLayer.push({event: 'purchase'})")
    expect(panel).to_contain_text("purchase")


def test_two_findings_at_one_place_stay_two(running: Running, page: Page) -> None:
    tag = '<div class="cn_product_visited" style="display:none"><b class="product_id">x</b></div>'
    (running.folder / "public" / "lacking.html").write_text(
        f"<!doctype html><title>t</title><body>{tag}</body>"
    )
    visit(page, f"{running.base}/lacking.html")
    opened(page, "Page")
    findings = page.locator(".findings > li")
    expect(findings).to_have_count(3)
    with page.expect_response("**/__connectif/collect*"):
        page.evaluate("connectif.managed.sendEvents([{type: 'search', searchText: 'x'}])")
    expect(page.get_by_role("tab", name="Events")).to_contain_text("2")
    expect(findings).to_have_count(3)


def session_of(number: int) -> dict[str, object]:
    """An exported session of so many searches on a page that is long gone."""
    records = [
        {"at": n, "load": "old", "visitor": "v", "path": "/gone/", "notes": [], "body": {"events": [event]}}
        for n, event in ((n, {"type": "search", "searchText": f"word-{n}-"}) for n in range(1, number + 1))
    ]
    return {"format": 1, "records": records}


def test_thousands_of_events_are_searched_and_drawn_in_parts(running: Running, page: Page) -> None:
    overview = page.context.new_page()
    overview.goto(f"{running.base}/__connectif/")
    data = json.dumps(session_of(3000)).encode()
    file = FilePayload(name="long.json", mimeType="application/json", buffer=data)
    overview.locator("input[type=file]").set_input_files(file)
    expect(overview.get_by_text("3,000 requests recorded")).to_be_visible()
    visit(page, f"{running.base}/about/")
    opened(page, "Events")
    expect(page.locator(".toolbar")).to_contain_text("1,000 of 1,000")
    expect(page.get_by_role("tabpanel")).not_to_contain_text("Not sent from this page yet")
    rows = page.locator(".record")
    expect(rows).to_have_count(100)
    page.get_by_role("button", name="Show older: 900 more").click()
    expect(rows).to_have_count(200)
    page.get_by_label("Search the events").fill("word-2345-")
    expect(rows).to_have_count(1)
    with overview.expect_download() as download:
        overview.get_by_role("link", name="Export as a page").click()
    exported = running.folder / "long.html"
    download.value.save_as(exported)
    overview.goto(exported.as_uri())
    expect(overview.locator(".record")).to_have_count(100)
    overview.get_by_label("Search the events").fill("word-7-")
    expect(overview.locator(".record")).to_have_count(1)
    running.clear()


def test_a_burst_of_events_arrives_whole(running: Running, page: Page) -> None:
    """More than browsers keep alive beyond a page's end, all requests together."""
    visit(page, f"{running.base}/about/")
    before = len(running.session()["records"])
    page.evaluate(
        "for (let n = 0; n < 40; n += 1)"
        " connectif.managed.sendEvents([{type: 'search', searchText: 'x'.repeat(3000) + n}])"
    )
    expect(page.get_by_role("button", name=PANEL)).to_contain_text("41 events")
    sent = running.session()["records"][before:]
    assert len(sent) == 40
    assert not [note for record in sent for note in record["notes"] if note["level"] == "refused"]


DAMAGED = {
    "cut.json": json.dumps(session_of(3))[:-40].encode(),
    "cut.html": b'<!doctype html><script type="application/json" id="connectif-session">{"format": 1, "rec',
    "other.html": b"<!doctype html><p>a page</p>",
    "empty.json": b"",
    "binary.json": bytes(range(256)),
    "array.json": b"[1, 2]",
    "events.json": json.dumps({"format": 1, "records": [{"body": {"events": [1]}}]}).encode(),
    "later.json": json.dumps({**session_of(1), "format": 99}).encode(),
}


def test_a_damaged_session_is_refused_and_everything_stays(running: Running, page: Page) -> None:
    visit(page, f"{running.base}/about/")
    before = running.session()["records"]
    page.goto(f"{running.base}/__connectif/")
    for name, data in DAMAGED.items():
        file = FilePayload(name=name, mimeType="application/octet-stream", buffer=data)
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text(f"{name} was not imported: ")).to_be_visible()
    assert running.session()["records"] == before
    odd = json.dumps(session_of(2)).encode("utf-8-sig")
    file = FilePayload(name="bom.json", mimeType="application/json", buffer=odd)
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("bom.json was imported.")).to_be_visible()


HOSTILE = [
    "</script><script>window.hurt = 1</script>",
    "<!--<script>",
    "]]>",
    "\u2028\u2029",
    "{{ 7 * 7 }}",
    "${hurt}",
]


def test_a_hostile_payload_is_text_in_the_exported_page(running: Running, page: Page) -> None:
    running.clear()
    visit(page, f"{running.base}/about/")
    page.evaluate(
        "(all) => connectif.managed.sendEvents(all.map((searchText) => ({type: 'search', searchText})))",
        HOSTILE,
    )
    expect(page.get_by_role("button", name=PANEL)).to_contain_text(f"{1 + len(HOSTILE)} events")
    file = running.folder / "hostile.html"
    file.write_text(running.get(f"/__connectif/session.html?t={running.token}"))
    page.goto(file.as_uri())
    expect(page.locator("details.event")).to_have_count(1 + len(HOSTILE))
    shown = page.locator("details.event td.value").all_text_contents()
    assert set(HOSTILE) <= set(shown)
    assert page.evaluate("typeof hurt") == "undefined"
