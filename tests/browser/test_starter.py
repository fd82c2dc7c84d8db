"""The starter shop in use: from the first look to the order, and what it tells whoever listens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.tools import ROOT

LISTEN = """
window.told = [];
for (const name of ["cart:changed", "user:login", "user:register", "order:placed", "search:done"])
  document.addEventListener(name, (event) => told.push([name, structuredClone(event.detail)]));
"""


@pytest.fixture
def shop(page: Page, site: Callable[[Path], str]) -> str:
    """The shop's address; every page of it keeps what it says in `told`."""
    page.add_init_script(LISTEN)
    return site(ROOT / "templates" / "starter" / "public").rstrip("/")


def told(page: Page) -> list[tuple[str, Any]]:
    return [(name, detail) for name, detail in page.evaluate("told")]


def measured(page: Page) -> list[dict[str, Any]]:
    page.wait_for_load_state()
    entries: list[dict[str, Any]] = page.evaluate("dataLayer.filter((entry) => entry.event)")
    return entries


def kept(page: Page, key: str) -> Any:
    return page.evaluate("(key) => JSON.parse(localStorage.getItem(key))", key)


def put_in_cart(page: Page, shop: str, slug: str, quantity: int) -> None:
    page.goto(f"{shop}/p/{slug}/")
    page.get_by_label("Quantity").fill(str(quantity))
    page.get_by_role("button", name="Add to cart").click()


def check_out(page: Page, shop: str) -> None:
    page.goto(f"{shop}/checkout/")
    answers = {
        "First name": "Ana",
        "Last name": "Ruiz",
        "Email": "Ana@shop.example",
        "Street and number": "Mar 1",
        "Postcode": "46001",
        "City": "Valencia",
    }
    for label, answer in answers.items():
        page.get_by_label(label).fill(answer)
    page.get_by_label("Bank transfer").check()
    page.get_by_role("button", name="Buy now").click()
    page.wait_for_url("**/checkout/done/")


def test_search_finds_without_accents_and_leads_to_the_product(page: Page, shop: str) -> None:
    page.goto(shop)
    page.get_by_label("Search the shop").fill("cafe")
    page.keyboard.press("Enter")
    page.get_by_role("link", name='Café "Olé" Cup & Saucer').click()
    expect(page.get_by_role("heading", level=1)).to_have_text('Café "Olé" Cup & Saucer')
    [view] = measured(page)
    assert (view["event"], view["ecommerce"]["items"][0]["item_id"]) == ("view_item", "MUG-02")


def test_a_search_is_reported_with_its_words(page: Page, shop: str) -> None:
    page.goto(f"{shop}/search/?q=<b>mug</b>")
    expect(page.get_by_role("status")).to_have_text("No results for “<b>mug</b>”")
    assert told(page) == [("search:done", {"query": "<b>mug</b>", "results": 0})]
    assert measured(page) == [{"event": "search", "search_term": "<b>mug</b>"}]


def test_the_cart_adds_up_in_whole_cents(page: Page, shop: str) -> None:
    put_in_cart(page, shop, "lighthouse-beaker", 2)
    put_in_cart(page, shop, "harbour-mug", 3)
    [(name, cart)] = told(page)
    assert (name, cart["quantity"], cart["total"]) == ("cart:changed", 5, 68.5)
    assert [(line["sku"], line["quantity"], line["total"]) for line in cart["lines"]] == [
        ("MUG-03", 2, 25),
        ("MUG-01", 3, 43.5),
    ]
    assert kept(page, "shop.cart") == cart
    assert measured(page)[-1]["ecommerce"]["value"] == 43.5


def test_an_emptied_cart_keeps_its_id(page: Page, shop: str) -> None:
    put_in_cart(page, shop, "harbour-mug", 1)
    before = kept(page, "shop.cart")
    page.goto(f"{shop}/cart/")
    page.get_by_role("button", name="Remove Harbour Mug").click()
    expect(page.get_by_text("Nothing here yet.")).to_be_visible()
    assert measured(page)[-1]["event"] == "remove_from_cart"
    emptied = {"id": before["id"], "lines": [], "quantity": 0, "total": 0}
    assert kept(page, "shop.cart") == {**emptied, "recovery": "https://shop.example/cart/"}


def test_the_recovery_address_brings_the_cart_back(page: Page, shop: str) -> None:
    put_in_cart(page, shop, "tide-plate", 2)
    cart = kept(page, "shop.cart")
    page.evaluate("localStorage.clear()")
    page.goto(cart["recovery"].replace("https://shop.example", shop))
    expect(page.get_by_label("Quantity of Tide Dinner Plate")).to_have_value("2")
    assert kept(page, "shop.cart")["lines"] == cart["lines"]


def test_an_order_is_reported_once_and_leaves_an_empty_cart(page: Page, shop: str) -> None:
    put_in_cart(page, shop, "cafe-ole-cup", 2)
    cart = kept(page, "shop.cart")
    check_out(page, shop)
    (first, order), (second, emptied) = told(page)
    assert (first, second) == ("order:placed", "cart:changed")
    assert (order["cart_id"], order["lines"], order["total"]) == (cart["id"], cart["lines"], 36)
    assert (order["quantity"], order["payment"]) == (2, "transfer")
    assert (emptied["id"], emptied["lines"]) == (cart["id"], [])
    [purchase] = measured(page)
    assert purchase["ecommerce"]["transaction_id"] == order["id"]
    assert kept(page, "shop.user")["email"] == "ana@shop.example"
    page.reload()
    expect(page.get_by_text(order["id"])).to_be_visible()
    assert told(page) == []


def test_the_cart_after_an_order_is_another(page: Page, shop: str) -> None:
    put_in_cart(page, shop, "harbour-mug", 1)
    check_out(page, shop)
    put_in_cart(page, shop, "harbour-mug", 1)
    put_in_cart(page, shop, "tide-plate", 1)
    cart = kept(page, "shop.cart")
    assert cart["id"] != kept(page, "shop.order")["cart_id"]
    assert cart["quantity"] == 2


def test_what_is_sold_out_cannot_be_bought(page: Page, shop: str) -> None:
    page.goto(f"{shop}/p/cove-bowl/")
    expect(page.get_by_role("button", name="Sold out")).to_be_disabled()


def test_register_log_out_and_log_in_again(page: Page, shop: str) -> None:
    page.goto(f"{shop}/account/")
    form = page.locator("form#register")
    for label, answer in {"First name": "Ana", "Last name": "Ruiz", "Email": "ana@shop.example"}.items():
        form.get_by_label(label).fill(answer)
    form.get_by_label("Password").fill("secret")
    form.get_by_label("Send me").check()
    form.get_by_role("button").click()
    page.get_by_role("button", name="Log out").click()
    form = page.locator("form#login")
    form.get_by_label("Email").fill("ana@shop.example")
    form.get_by_label("Password").fill("secret")
    form.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Ana")
    ana = {
        "email": "ana@shop.example",
        "first_name": "Ana",
        "last_name": "Ruiz",
        "newsletter": "subscribed",
    }
    assert told(page) == [("user:register", ana), ("user:login", ana)]
    assert [entry["event"] for entry in measured(page)] == ["sign_up", "login"]
    assert "secret" not in page.evaluate("JSON.stringify(localStorage)")


def test_the_newsletter_leaves_its_field_to_other_listeners(page: Page, shop: str) -> None:
    page.goto(shop)
    page.evaluate(
        "document.addEventListener('submit', (e) => { window.heard = e.target.elements.email.value; })"
    )
    page.locator("form#newsletter").get_by_label("Email").fill("ana@shop.example")
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_text("Thank you.")).to_be_visible()
    assert page.evaluate("heard") == "ana@shop.example"


def test_a_broken_storage_does_not_break_the_shop(page: Page, shop: str) -> None:
    page.goto(shop)
    for key in ("shop.cart", "shop.user", "shop.order", "shop.likes"):
        page.evaluate("(key) => localStorage.setItem(key, '{oops')", key)
    put_in_cart(page, shop, "harbour-mug", 1)
    assert kept(page, "shop.cart")["quantity"] == 1


def test_a_phone_scrolls_one_way_and_the_keyboard_skips_the_header(page: Page, shop: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{shop}/p/tide-plate/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    for path in ("/", "/c/plates/", "/p/tide-plate/", "/cart/", "/checkout/", "/account/"):
        page.goto(shop + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
