"""What shops write on the dataLayer, and prices whose currency stands elsewhere."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.carts import BASE, LAYER, cart_of, push, tee
from tests.browser.shop import Shop

ITEM = tee("S", 10)
FORMS = {
    "another event between": f"dataLayer.push({{ecommerce: {{items: [{ITEM}]}}}}); dataLayer.push({{event: 'gtm.dom'}}); dataLayer.push({{event: 'add_to_cart'}})",
    "beside the name": f"dataLayer.push({{event: 'add_to_cart', items: [{ITEM}], currency: 'EUR', value: 10}})",
    "gtag": f"gtag('event', 'add_to_cart', {{currency: 'EUR', value: 10, items: [{ITEM}]}})",
    "currency before": f"dataLayer.push({{ecommerce: {{currency: 'EUR'}}}}); {push('add_to_cart', ITEM)}",
    "gtm's own keys": f"dataLayer.push({{event: 'add_to_cart', ecommerce: {{items: [{ITEM}]}}, eventCallback() {{}}, 'gtm.uniqueEventId': 7}})",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_ga4_in_every_form(shop: Shop, form: str) -> None:
    shop.plan(LAYER)
    shop.write(
        "index.html",
        "<script>window.dataLayer = []; function gtag() { dataLayer.push(arguments) }</script>",
    )
    shop.open()
    [call] = shop.do(form, 1)
    assert cart_of(call)[1:] == (1, 10, ["tee"])


def test_ecommerce_waits_for_its_event_over_tasks(shop: Shop) -> None:
    shop.plan(LAYER)
    shop.write("index.html", "<script>window.dataLayer = []</script>")
    shop.open()
    assert shop.do(f"dataLayer.push({{ecommerce: {{items: [{ITEM}]}}}})") == []
    [call] = shop.do("dataLayer.push({event: 'add_to_cart'})", 1)
    assert cart_of(call)[1:] == (1, 10, ["tee"])
    other = f"dataLayer.push({{ecommerce: {{currency: 'USD', items: [{tee('M', 10)}]}}}}); dataLayer.push({{event: 'add_to_cart'}})"
    assert shop.do(other) == []


CATEGORIES: list[tuple[str, list[str] | None]] = [
    ("item_category: 'Shirts', item_category2: 'New'", ["/Shirts/New"]),
    ("item_category: ['Shirts', 'New']", ["/Shirts", "/New"]),
    ("item_category: ['/Shirts', '']", ["/Shirts"]),
    ("item_category: '/Shirts/New'", ["/Shirts/New"]),
    ("item_category: []", None),
    ("item_category: ''", None),
    ("item_category: null, item_category2: 'New'", None),
]


def test_categories_have_one_form(shop: Shop) -> None:
    shop.plan(LAYER)
    shop.write("index.html", "<script>window.dataLayer = []</script>")
    shop.open()
    for number, (given, categories) in enumerate(CATEGORIES):
        # Another price, so that each is another cart.
        [call] = shop.do(push("view_cart", tee("S", number + 1, given)), 1)
        assert call["options"]["cart"]["products"][0].get("categories") == categories, given


LINE = {"productId": "mug", "name": "Mug", "unitPrice": 10, "quantity": 1}
ORDER = {"purchaseId": "o-1", "products": [LINE], "totalQuantity": 1, "totalPrice": 10}
TOTAL = {
    "purchase_id": "purchaseId",
    "total_price": "total.amount",
    "total_quantity": "totalQuantity",
    "product_basket_item": "products",
}
MONEY = {**ORDER, "total": {"amount": 10, "currencyCode": "CUR"}}
ELSEWHERE: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "beside the order": (
        {"data_layer": "bought"},
        {"data_layer": "bought", "path": "order"},
        f"dataLayer.push({{event: 'bought', currency: 'CUR', order: {json.dumps(ORDER)}}})",
    ),
    "beside the detail": (
        {"event": "bought"},
        {"detail": "order"},
        f"dispatchEvent(new CustomEvent('bought', {{detail: {{currency: 'CUR', order: {json.dumps(ORDER)}}}}}))",
    ),
    "beside the amount": (
        {"data_layer": "bought"},
        {"data_layer": "bought", "path": "order", "fields": TOTAL},
        f"dataLayer.push({{event: 'bought', order: {json.dumps(MONEY)}}})",
    ),
    "in a line": (
        {"data_layer": "purchase"},
        {"data_layer": "purchase"},
        push(
            "purchase",
            "{item_id: 'mug', item_name: 'Mug', price: 10, currency: 'CUR'}",
            "transaction_id: 'o-1',",
        ),
    ),
    "in a global": (
        {"event": "bought"},
        {"global": "state.order"},
        f"window.state = {{currency: 'CUR', order: {json.dumps(ORDER)}}}; dispatchEvent(new Event('bought'))",
    ),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_another_currency_is_seen_wherever_it_stands(shop: Shop, name: str) -> None:
    trigger, source, script = ELSEWHERE[name]
    event = {"on": trigger, "send": "purchase", "purchase": source}
    shop.plan({"store": BASE["store"], "catalog": BASE["catalog"], "events": {"bought": event}})
    shop.write("index.html", "<script>window.dataLayer = []</script>")
    shop.open()
    assert shop.do(script.replace("CUR", "USD")) == []
    [call] = shop.do(script.replace("CUR", "EUR"), 1)
    assert call["events"][0]["purchase"]["totalPrice"] == 10


def test_a_contacts_currency_is_nobodys_business(shop: Shop) -> None:
    login = {"on": {"event": "in"}, "send": "login", "contact": {"detail": "user"}}
    shop.plan({"store": BASE["store"], "events": {"in": login}})
    shop.write("index.html")
    shop.open()
    detail = "{currency: 'USD', user: {email: 'ana@shop.example', primary_key: 'ana@shop.example'}}"
    [call] = shop.do(f"dispatchEvent(new CustomEvent('in', {{detail: {detail}}}))", 1)
    assert call["events"] == [{"type": "login"}]


MOMENTS = {
    "2024-02-19": True,
    "2024-02-19T08:00": True,
    "2024-02-19T08:00:00+02:00": True,
    "2024-02-19T08:00:00.123Z": True,
    "2024-02-29T08:00:00Z": True,
    "2023-02-29T08:00:00Z": False,
    "2024-02-31": False,
    "2024-13-01": False,
    "2024-02-19T25:00:00Z": False,
    "2024-02-19 08:00 PM": False,
    "2024-02-19 (x)": False,
    "20240219": False,
    "1708329600": False,
    "Mon, 19 Feb 2024 08:00:00 GMT": False,
}


def test_only_moments_that_are_are_sent(shop: Shop) -> None:
    event = {"on": {"manual": True}, "send": "product-visited", "product": {"detail": ""}}
    shop.plan({"events": {"seen": event}})
    shop.write("index.html")
    shop.open()
    product = {"productId": "a", "name": "A", "productDetailUrl": "https://x/a", "unitPrice": 1}
    for given, real in MOMENTS.items():
        [call] = shop.do(f"connectifKit.send('seen', {json.dumps({**product, 'publishedAt': given})})", 1)
        assert call["events"][0]["product"].get("publishedAt") == (given if real else None), given


def test_a_contact_of_custom_fields_alone_needs_no_key_in_the_plan(shop: Shop) -> None:
    shop.plan({"contact": {"global": "who", "fields": {"level": "level"}}})
    shop.write("index.html", "<script>window.who = {level: 3}</script>")
    [visit] = shop.open()
    assert visit["options"]["entityInfo"] == {"level": 3}


def test_a_page_that_stops_every_click_at_its_document_stops_no_report(shop: Shop) -> None:
    shop.plan({"events": {"a": {"on": {"click": "button"}, "send": "custom", "alias": "x"}}})
    stop = "document.addEventListener('click', (event) => event.stopImmediatePropagation(), true)"
    shop.write("index.html", f"<button>x</button><script>{stop}</script>")
    shop.open()
    assert len(shop.do("document.querySelector('button').click()", 1)) == 1
