"""Green means right: pages as they lie on the disk, faults that stay, visitors apart, reasons for silence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from connectif_kit import cli
from tests.browser.conftest import loopback_only
from tests.serving import Running, preview, shop

PRODUCT = "/p/harbour-mug/"
OTHER = "/p/oat-bowl/"
PANEL = "Connectif inspector"


def product(folder: Path, path: str = PRODUCT) -> Path:
    return folder / "public" / path.strip("/") / "index.html"


def products(folder: Path) -> list[str]:
    return sorted(f"/p/{one.name}/" for one in (folder / "public" / "p").iterdir() if one.is_dir())


def injected(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    assert cli.run(["build"]) == 0
    assert cli.run(["inject"]) == 0
    return folder


def opened(page: Page, tab: str) -> None:
    pill = page.get_by_role("button", name=PANEL)
    pill.click()
    page.get_by_role("tab", name=tab).click()


def visit(page: Page, address: str) -> None:
    with page.expect_response("**/__connectif/collect*"):
        page.goto(address)


def test_a_price_that_was_broken_after_inject_is_no_all_right(
    tmp_path: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = injected(shop(tmp_path), monkeypatch)
    file = product(folder)
    file.write_text(file.read_text().replace('"unit_price">14.50', '"unit_price">14,50'))
    with preview(folder) as running:
        visit(page, running.base + PRODUCT)
        expect(page.get_by_role("button", name=PANEL)).to_contain_text("2 faults")
        opened(page, "Page")
        panel = page.get_by_role("tabpanel")
        expect(panel).to_contain_text("The block on the disk was edited by hand")
        expect(panel.locator(".diff .gone")).to_contain_text(["14,50"])
        expect(panel.locator(".diff .come")).to_contain_text(["14.50"])
        expect(panel.locator(".findings")).to_contain_text("decimal-comma")
        expect(panel.locator(".findings")).to_contain_text("edited-block")


def test_a_stale_block_is_shown_with_what_inject_would_write(
    tmp_path: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = injected(shop(tmp_path), monkeypatch)
    data = folder / "data" / "products.csv"
    data.write_text(data.read_text().replace("14.50", "15.75"))
    with preview(folder) as running:
        visit(page, running.base + PRODUCT)
        expect(page.get_by_role("button", name=PANEL)).to_contain_text("1 fault")
        opened(page, "Page")
        panel = page.get_by_role("tabpanel")
        expect(panel).to_contain_text("The block on the disk is stale")
        expect(panel.locator(".diff .gone")).to_contain_text(["14.50"])
        expect(panel.locator(".diff .come")).to_contain_text(["15.75"])
        visit(page, f"{running.base}/about/")
        page.get_by_role("tab", name="Page").click()
        expect(panel).not_to_contain_text("On the disk")


def test_a_page_as_inject_wrote_it_is_all_right(
    tmp_path: Path, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    with preview(injected(shop(tmp_path), monkeypatch)) as running:
        visit(page, running.base + PRODUCT)
        expect(page.get_by_role("button", name=PANEL)).to_contain_text("All right")


def broken(folder: Path) -> str:
    """A product page whose own tag is wrong; gives its path."""
    wrong = (
        '<div class="cn_product_visited" style="display:none"><span class="url">https://shop.example/p/x/</span>'
        '<span class="product_id">X</span><span class="name">X</span>'
        '<span class="unit_price">1,5</span></div></main>'
    )
    path = next(one for one in products(folder) if one != PRODUCT)
    file = product(folder, path)
    file.write_text(file.read_text().replace("</main>", wrong))
    return path


def test_the_overview_remembers_a_fault_until_this_page_is_right(
    tmp_path: Path, context: BrowserContext
) -> None:
    folder = shop(tmp_path)
    path = broken(folder)
    file = product(folder, path)
    with preview(folder) as running:
        page, overview = context.new_page(), context.new_page()
        visit(page, running.base + path)
        visit(page, running.base + PRODUCT)
        overview.goto(f"{running.base}/__connectif/")
        row = overview.get_by_role("row", name="product /p/*")
        expect(row.locator(".state.seen, .state.missing").first).to_have_text("cn_product_visited")
        faulty = overview.get_by_role("region", name="Faulty pages")
        expect(faulty.get_by_role("link", name=path)).to_have_attribute("href", path)
        visit(page, running.base + path)
        pill = page.get_by_role("button", name=PANEL)
        expect(pill).to_contain_text(re.compile(r"\d fault"))
        shown = re.search(r"\d+ faults?", pill.inner_text())
        assert shown
        expect(faulty.locator("h3")).to_contain_text(shown[0])
        file.write_text(file.read_text().replace(">1,5<", ">1.50<"))
        visit(page, running.base + path)
        expect(faulty.get_by_text("decimal-comma")).to_have_count(0)


def test_dropped_carts_and_refused_events_count(tmp_path: Path, context: BrowserContext) -> None:
    folder = shop(tmp_path)
    with preview(folder) as running:
        page, overview = context.new_page(), context.new_page()
        visit(page, f"{running.base}/about/")
        page.evaluate(
            "connectif.managed.sendEvents([], {cart: "
            "{cartId: 'c', totalQuantity: 2, totalPrice: 5, products: []}})"
        )
        pill = page.get_by_role("button", name=PANEL)
        expect(pill).to_contain_text("1 fault")
        page.evaluate("document.dispatchEvent(new CustomEvent('user:login', {detail: {}, bubbles: true}))")
        expect(pill).to_contain_text("2 faults")
        overview.goto(f"{running.base}/__connectif/")
        faulty = overview.get_by_role("region", name="Faulty pages")
        expect(faulty).to_contain_text("its lines")
        expect(faulty).to_contain_text("login")
        opened(page, "Events")
        note = page.locator(".note.refused").first
        expect(note).to_contain_text("Not sent")
        expect(note).to_contain_text(re.compile(r"connectif\.yaml:\d+"))


def test_visitors_are_kept_apart_and_a_new_session_forgets_them(
    tmp_path: Path, browser: Browser, page: Page
) -> None:
    with preview(shop(tmp_path)) as running:
        other_context = browser.new_context()
        other_context.route("**/*", loopback_only)
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
        expect(page.get_by_role("button", name=PANEL)).to_contain_text("1 fault", timeout=8_000)
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
    page.context.unroute("**/*", loopback_only)
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
    expect(page.get_by_role("tabpanel")).to_contain_text("Nothing fits the search.")
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
