"""The preview in a real browser: journeys, patches, the overlay, the inspector, many tabs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.serving import Running, preview, shop

PRODUCT = "/p/harbour-mug/"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with preview(shop(tmp_path_factory.mktemp("preview"))) as running:
        yield running


@pytest.fixture
def fresh(running: Running) -> Running:
    running.clear()
    return running


def visit(page: Page, address: str, *, collected: int = 1) -> None:
    """Open a page and wait until it has reported itself."""
    with page.expect_response("**/__connectif/collect*"):
        page.goto(address)
    assert collected


def sent(running: Running) -> list[tuple[str, str]]:
    """Page and event type, in order; a cart counts as `cart`."""
    found: list[tuple[str, str]] = []
    for record in running.session()["records"]:
        found += [(record["page"], event["type"]) for event in record["events"]]
        found += [(record["page"], "cart")] if record["cart"] and not record["events"] else []
    return found


def records(running: Running) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = running.session()["records"]
    return found


def open_inspector(page: Page, tab: str = "Page") -> None:
    page.get_by_role("button", name="Connectif inspector").click()
    page.get_by_role("tab", name=tab).click()


def test_a_whole_journey_is_recorded_in_order_with_right_payloads(fresh: Running, page: Page) -> None:
    visit(page, f"{fresh.base}/")
    visit(page, f"{fresh.base}/search/?q=mug")
    visit(page, fresh.base + PRODUCT)
    page.get_by_label("Quantity").fill("2")
    with page.expect_response("**/__connectif/collect*"):
        page.get_by_role("button", name="Add to cart").click()
    visit(page, f"{fresh.base}/account/")
    with page.expect_response("**/__connectif/collect*"):
        page.locator("form#login input[type=email]").fill("ana@shop.example")
        page.locator("form#login input[type=password]").fill("secret-1")
        page.locator("form#login button").click()
    visit(page, f"{fresh.base}/checkout/")
    answers = ["First name", "Last name", "Email", "Street and number", "Postcode", "City"]
    for label, answer in zip(
        answers, ["Ana", "Ruiz", "ana@shop.example", "Mar 1", "46001", "V"], strict=True
    ):
        page.get_by_label(label).fill(answer)
    with page.expect_response(lambda r: "/collect" in r.url and "purchase" in (r.request.post_data or "")):
        page.get_by_role("button", name="Buy now").click()
    types = sent(fresh)
    wanted = [
        ("home", "page-visit"),
        ("search", "search"),
        ("product", "product-visited"),
        ("product", "cart"),
        ("account", "login"),
        ("checkout", "page-visit"),
        ("confirmation", "purchase"),
    ]
    assert [one for one in types if one in wanted] == wanted, types
    events = [event for record in records(fresh) for event in record["events"]]
    assert all(event["valid"] for event in events), events
    by_type = {event["type"]: event["event"] for event in events}
    assert by_type["search"]["searchText"] == "mug"
    assert by_type["product-visited"]["product"]["unitPrice"] == 14.5
    purchase = by_type["purchase"]["purchase"]
    assert (purchase["totalQuantity"], purchase["totalPrice"]) == (2, 29)
    login = next(record for record in records(fresh) if any(e["type"] == "login" for e in record["events"]))
    assert login["contact"]["value"]["primaryKey"] == "ana@shop.example"


def test_the_inspector_shows_a_right_and_a_wrong_tag(tmp_path: Path, page: Page) -> None:
    folder = shop(tmp_path)
    file = folder / "public" / "about" / "index.html"
    wrong = (
        '<div class="cn_product_visited" style="display:none"><span class="url">https://shop.example/p/x</span>'
        '<span class="product_id">X</span><span class="unit_price">12,50</span></div>'
        '<div class="cn_page_tag" style="display:none">about</div>'
    )
    file.write_text(file.read_text().replace("</main>", f"{wrong}</main>"))
    with preview(folder) as running:
        visit(page, f"{running.base}/about/")
        open_inspector(page)
        panel = page.get_by_role("complementary", name="Connectif inspector")
        bad = panel.locator("details.tag", has_text="cn_product_visited")
        expect(bad.get_by_role("img", name="wrong").first).to_be_visible()
        expect(bad).to_contain_text("12,50")
        expect(bad).to_contain_text("expected a number such as 1234.50")
        expect(bad).to_contain_text("name is missing")
        good = panel.locator("details.tag", has_text="cn_page_tag")
        expect(good.locator("summary").get_by_role("img", name="right")).to_be_visible()
        expect(panel.locator(".findings")).to_contain_text("decimal-comma")
        line = file.read_text().split("cn_product_visited")[0].count("\n") + 1
        links = panel.locator(".findings a.place").evaluate_all("(links) => links.map((link) => link.href)")
        assert any(link.startswith(f"vscode://file/{file}:{line}:") for link in links), links


def test_the_inspector_works_by_keyboard_and_leaves_the_page_alone(fresh: Running, page: Page) -> None:
    page.add_init_script("window.clicks = 0; document.addEventListener('click', () => (window.clicks += 1));")
    visit(page, fresh.base + PRODUCT)
    before = page.evaluate("getComputedStyle(document.querySelector('h1')).cssText")
    pill = page.get_by_role("button", name="Connectif inspector")
    pill.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tab", name="Page")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Events")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Journeys")).to_be_focused()
    page.keyboard.press("Home")
    expect(page.get_by_role("tab", name="Page")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel")).to_contain_text("product-visited")
    page.keyboard.press("Escape")
    expect(pill).to_be_focused()
    pill.click()
    assert page.evaluate("window.clicks") == 0
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).cssText") == before


def test_the_inspector_says_what_is_still_missing_and_simulates_journeys(fresh: Running, page: Page) -> None:
    visit(page, f"{fresh.base}/")
    open_inspector(page, "Journeys")
    with page.expect_response("**/__connectif/collect*"):
        page.get_by_role("button", name="Add to cart").last.click()
    page.get_by_role("tab", name="Visitor").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("c-1001")
    page.get_by_role("tab", name="Journeys").click()
    with page.expect_response("**/__connectif/collect*"):
        page.get_by_role("button", name="Log in").last.click()
    page.get_by_role("tab", name="Journeys").click()
    with page.expect_response(lambda r: "/collect" in r.url and "purchase" in (r.request.post_data or "")):
        page.get_by_role("button", name="Buy").last.click()
    assert ("home", "login") in sent(fresh)
    assert ("confirmation", "purchase") in sent(fresh)
    assert all(event["valid"] for record in records(fresh) for event in record["events"])


def test_a_changed_page_is_patched_in_place(tmp_path: Path, page: Page) -> None:
    folder = shop(tmp_path)
    with preview(folder) as running:
        page.set_viewport_size({"width": 1000, "height": 300})
        with page.expect_response(lambda r: r.url.endswith(PRODUCT) and r.request.resource_type == "fetch"):
            visit(page, running.base + PRODUCT)
        page.evaluate("window.mark = 1; scrollTo(0, 200)")
        page.get_by_label("Quantity").fill("7")
        file = folder / "public" / "p" / "harbour-mug" / "index.html"
        file.write_text(file.read_text().replace("<h1>Harbour Mug", "<h1>Haven Mug"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Haven Mug")
        assert page.evaluate("[window.mark, scrollY, document.querySelector('[name=quantity]').value]") == [
            1,
            200,
            "7",
        ]
        style = folder / "public" / "assets" / "shop.css"
        style.write_text(style.read_text() + "\nh1 { color: rgb(1, 2, 3) !important; }")
        expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(1, 2, 3)")
        assert page.evaluate("window.mark") == 1


def test_a_changed_script_reloads(tmp_path: Path, page: Page) -> None:
    folder = shop(tmp_path)
    with preview(folder) as running:
        visit(page, f"{running.base}/about/")
        page.evaluate("window.mark = 1")
        script = folder / "public" / "assets" / "shop.js"
        script.write_text(script.read_text() + "\nwindow.changed = true;")
        page.wait_for_function("window.changed === true")
        assert page.evaluate("window.mark") is None


def test_a_broken_plan_shows_an_overlay_and_goes_when_it_is_fixed(tmp_path: Path, page: Page) -> None:
    folder = shop(tmp_path)
    plan = folder / "connectif.yaml"
    good = plan.read_text()
    with preview(folder) as running:
        visit(page, running.base + PRODUCT)
        broken = good.replace("  environment: eu5", "  enviroment: eu5")
        plan.write_text(broken)
        line = broken[: broken.index("  enviroment")].count("\n") + 1
        overlay = page.get_by_role("dialog", name="Mistakes in connectif.yaml")
        expect(overlay).to_contain_text(f"connectif.yaml:{line}:")
        expect(overlay).to_contain_text("enviroment: eu5")
        expect(overlay).to_contain_text("did you mean environment?")
        visit(page, f"{running.base}/about/")
        expect(page.get_by_role("heading", level=1)).to_be_attached()
        expect(overlay).to_be_visible()
        plan.write_text(good)
        expect(overlay).not_to_be_attached()


def test_consent_is_held_back_then_given(tmp_path: Path, page: Page) -> None:
    folder = shop(tmp_path)
    plan = folder / "connectif.yaml"
    plan.write_text(
        plan.read_text().replace(
            "  activity: js-events", '  consent: {event: "consent:granted"}\n  activity: js-events'
        )
    )
    with preview(folder) as running:
        page.goto(running.base + PRODUCT)
        expect(page.get_by_role("button", name="Connectif inspector")).to_be_visible()
        assert page.evaluate("window.connectif") is None
        assert records(running) == []
        with page.expect_response("**/__connectif/collect*"):
            page.evaluate("document.dispatchEvent(new CustomEvent('consent:granted', {bubbles: true}))")
        assert ("product", "page-visit") in sent(running)


def test_promised_events_that_do_not_come_are_no_all_right(tmp_path: Path, page: Page) -> None:
    with preview(shop(tmp_path)) as running:
        page.route("**/__connectif/collect*", lambda route: route.abort())
        page.goto(f"{running.base}/about/")
        pill = page.get_by_role("button", name="Connectif inspector")
        expect(pill).to_contain_text("Waiting")
        expect(pill).to_contain_text("1 fault")
        page.unroute("**/__connectif/collect*")
        visit(page, f"{running.base}/about/")
        expect(pill).to_contain_text("All right")


def test_each_route_of_a_single_page_app_is_a_visit(tmp_path: Path, page: Page) -> None:
    folder = shop(tmp_path)
    plan = folder / "connectif.yaml"
    plan.write_text(plan.read_text().replace("  activity: js-events", "  spa: true\n  activity: js-events"))
    with preview(folder) as running:
        visit(page, f"{running.base}/")
        with page.expect_response("**/__connectif/collect*"):
            page.evaluate("history.pushState(null, '', '/about/')")
        open_inspector(page)
        expect(page.get_by_role("tabpanel")).to_contain_text("content")
        assert sent(running) == [("home", "page-visit"), ("content", "page-visit")]


def test_seven_tabs_share_one_stream(tmp_path: Path, context: BrowserContext) -> None:
    folder = shop(tmp_path)
    with preview(folder) as running:
        tabs = [context.new_page() for _ in range(7)]
        for tab in tabs:
            visit(tab, f"{running.base}/about/")
        file = folder / "public" / "about" / "index.html"
        text = file.read_text()
        start, end = text.index("<h1"), text.index("</h1>")
        file.write_text(f"{text[:start]}<h1>Seven at once{text[end:]}")
        for tab in tabs:
            expect(tab.get_by_role("heading", level=1)).to_have_text("Seven at once")


def test_the_overview_shows_what_became_of_the_plan(fresh: Running, context: BrowserContext) -> None:
    overview = context.new_page()
    overview.goto(f"{fresh.base}/__connectif/")
    expect(overview.get_by_role("heading", level=1)).to_be_visible()
    row = overview.get_by_role("row", name="product /p/*")
    expect(row.locator(".state.waiting")).to_have_count(3)
    page = context.new_page()
    visit(page, fresh.base + PRODUCT)
    expect(row.locator(".state.valid")).to_have_count(3)
    expect(overview.get_by_role("heading", name="Store settings")).to_be_visible()
    expect(overview.get_by_text("Authorised domains")).to_be_visible()


def test_the_overview_says_what_is_wrong(tmp_path: Path, page: Page) -> None:
    folder = shop(tmp_path)
    data = folder / "data" / "products.csv"
    data.write_text(data.read_text().replace("14.50", "a lot"))
    with preview(folder) as running:
        page.goto(f"{running.base}/__connectif/")
        expect(page.get_by_role("region", name="Catalogue")).to_contain_text("products.csv")
        page.route("**/__connectif/state*", lambda route: route.fulfill(status=500))
        page.reload()
        expect(page.get_by_role("alert")).to_contain_text("answered 500")


def test_a_test_push_reaches_the_service_worker(fresh: Running, windowed: BrowserContext) -> None:
    windowed.grant_permissions(["notifications"], origin=fresh.base)
    page = windowed.new_page()
    visit(page, f"{fresh.base}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"{fresh.base}/__connectif/")
    page.get_by_role("button", name="Deliver a test push").click()
    expect(page.get_by_text("Delivered: the worker has shown it.")).to_be_visible()


def test_after_a_restart_the_pages_come_back(tmp_path: Path, page: Page) -> None:
    folder = shop(tmp_path)
    with preview(folder) as running:
        visit(page, f"{running.base}/about/")
        port = running.port
    page.evaluate("window.mark = 1")
    with preview(folder, "--port", str(port)) as again:
        assert again.port == port
        page.wait_for_function("window.mark === undefined")
