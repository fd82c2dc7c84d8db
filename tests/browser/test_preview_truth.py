"""Green means right: pages as they lie on the disk, faults that stay, visitors apart, reasons for silence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from connectif_kit import cli
from tests.browser.truth import PANEL, PRODUCT, opened, products, visit
from tests.serving import preview, shop

OTHER = "/p/oat-bowl/"


def product(folder: Path, path: str = PRODUCT) -> Path:
    return folder / "public" / path.strip("/") / "index.html"


def injected(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    assert cli.run(["build"]) == 0
    assert cli.run(["inject"]) == 0
    return folder


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
        # What the page itself finds comes first, what an audit finds a little later.
        expect(page.get_by_role("button", name=PANEL)).to_contain_text("2 faults")
        expect(faulty.locator("h3")).to_contain_text("2 faults")
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
