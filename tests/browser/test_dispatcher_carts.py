"""Carts, orders and contacts as shops keep them, each against the client of the tests' own."""

from __future__ import annotations

import json

import pytest

from tests.browser.carts import BASE, FIELDS, basket, cart_of, line, put
from tests.browser.shop import Shop


@pytest.mark.parametrize("kind", ["click", "submit", "change"])
@pytest.mark.parametrize("delay", ["", "Promise.resolve().then", "setTimeout", "late"])
def test_a_cart_is_sent_as_the_pages_own_handlers_leave_it(shop: Shop, kind: str, delay: str) -> None:
    shop.plan({**BASE, "events": {"add": {"on": {kind: ".add"}, "send": "cart"}}})
    change = put(basket(line(n=2)))
    handler = {
        "": change,
        "Promise.resolve().then": f"Promise.resolve().then(() => {{ {change} }})",
        "setTimeout": f"setTimeout(() => {{ {change} }})",
        "late": f"setTimeout(() => {{ {change} }}, 700)",
    }[delay]
    element = {"click": "<button class=add></button>", "change": "<input class=add>"}
    form = "<form class=add onsubmit='return false'><button></button></form>"
    script = f"<script>{put(basket(line()))} addEventListener('{kind}', () => {{ {handler} }})</script>"
    shop.write("index.html", element.get(kind, form) + script)
    [visit] = shop.open()
    assert cart_of(visit)[:3] == ("c-1", 1, 10)
    act = {
        "click": "document.querySelector('.add').click()",
        "submit": "document.querySelector('button').click()",
        "change": "document.querySelector('.add').dispatchEvent(new Event('change', {bubbles: true}))",
    }[kind]
    [call] = shop.do(act, 1)
    assert (call["events"], cart_of(call)) == ([], ("c-1", 2, 20, ["mug"]))
    shop.page.wait_for_timeout(300)
    assert len(shop.page.evaluate("__sent")) == 2


EMPTIED = {
    "removed": "localStorage.removeItem('basket')",
    "null": "localStorage.setItem('basket', 'null')",
    "object": "localStorage.setItem('basket', '{}')",
    "list": "localStorage.setItem('basket', '[]')",
    "no id": "localStorage.setItem('basket', '{\"lines\": []}')",
    "null id": "localStorage.setItem('basket', '{\"id\": null, \"lines\": []}')",
    "new id": 'localStorage.setItem(\'basket\', \'{"id": "c-2", "lines": []}\')',
    "text": "localStorage.setItem('basket', '')",
}


@pytest.mark.parametrize("how", EMPTIED)
def test_an_emptied_cart_is_sent_with_the_id_that_was_sent_last(shop: Shop, how: str) -> None:
    shop.plan({**BASE, "events": {"changed": {"on": {"event": "changed"}, "send": "cart"}}})
    shop.write("index.html")
    shop.open(calls=None)
    shop.page.evaluate(put(basket(line())))
    [visit] = shop.open()
    assert cart_of(visit) == ("c-1", 1, 10, ["mug"])
    [call] = shop.do(f"{EMPTIED[how]}; dispatchEvent(new Event('changed'))", 1)
    assert cart_of(call) == ("c-1", 0, 0, [])
    # On the next page too, and only once.
    shop.page.evaluate(put(basket(line(), id_="c-3")))
    shop.open()
    shop.page.evaluate(EMPTIED[how])
    [visit] = shop.open()
    assert cart_of(visit) == ("c-3", 0, 0, [])
    [visit] = shop.open()
    again = visit["options"].get("cart", {"cartId": "c-2", "totalQuantity": 0})
    assert (again["cartId"], again["totalQuantity"]) == ("c-2", 0)


def test_an_emptied_cart_of_a_cookie_a_tab_and_a_global(shop: Shop) -> None:
    shop.write("blank.html") if (shop.folder / "connectif").exists() else None
    for source, full, gone in (
        (
            {"cookie": "basket"},
            "document.cookie = 'basket=' + encodeURIComponent(VALUE)",
            "document.cookie = 'basket=; max-age=0'",
        ),
        (
            {"storage": "basket"},
            "sessionStorage.setItem('basket', VALUE)",
            "sessionStorage.removeItem('basket')",
        ),
        ({"global": "state.cart"}, "window.state = {cart: JSON.parse(VALUE)}", "state.cart = null"),
    ):
        shop.plan({**BASE, "cart": {**source, "fields": FIELDS}})
        shop.write("index.html")
        shop.open()
        value = json.dumps(json.dumps(basket(line())))
        [call] = shop.do(f"{full.replace('VALUE', value)}; connectifKit.cart()", 1)
        assert cart_of(call) == ("c-1", 1, 10, ["mug"])
        [call] = shop.do(f"{gone}; connectifKit.cart()", 1)
        assert cart_of(call) == ("c-1", 0, 0, [])


def test_a_cart_that_is_not_there_yet_or_cannot_be_read_is_not_emptied(shop: Shop) -> None:
    shop.plan({**BASE, "cart": {"global": "state.cart", "fields": FIELDS}})
    shop.write("index.html")
    shop.open()
    [call] = shop.do(f"window.state = {{cart: {json.dumps(basket(line()))}}}; connectifKit.cart()", 1)
    assert cart_of(call)[0] == "c-1"
    [visit] = shop.open()
    assert "cart" not in visit["options"]
    broken = json.dumps(basket(line(price="10 euros or so")))  # type: ignore[arg-type]  # that is the point
    assert shop.do(f"window.state = {{cart: {broken}}}; connectifKit.cart()") == []


@pytest.mark.parametrize("first", ["order", "cart"])
def test_an_order_and_the_cart_that_it_emptied_go_in_one_call(shop: Shop, first: str) -> None:
    shop.client = {"wait": True}
    order = {"on": {"event": "bought"}, "send": "purchase", "purchase": {"detail": ""}}
    changed = {"on": {"event": "changed"}, "send": "cart"}
    shop.plan({**BASE, "events": {"bought": order, "changed": changed}})
    shop.write("index.html")
    shop.open(calls=None)
    shop.page.evaluate(put(basket(line())))
    shop.open(calls=None)
    shop.page.wait_for_function("window.connectif && connectif.managed && document.readyState == 'complete'")
    product = {"productId": "mug", "name": "Mug", "unitPrice": 10, "quantity": 1}
    detail = json.dumps({"purchaseId": "o-1", "products": [product]})
    acts = [
        f"dispatchEvent(new CustomEvent('bought', {{detail: {detail}}}))",
        EMPTIED["removed"] + "; dispatchEvent(new Event('changed'))",
    ]
    for act in acts if first == "order" else reversed(acts):
        shop.page.evaluate(f"() => {{ {act} }}")
    [call] = shop.do("document.dispatchEvent(new Event('client:go'))", 1)
    assert [event["type"] for event in call["events"]] == ["purchase", "page-visit"]
    assert call["events"][0]["purchase"]["cartId"] == "c-1"
    assert cart_of(call) == ("c-1", 0, 0, [])


def test_money_is_summed_in_decimals(shop: Shop) -> None:
    shop.plan(BASE)
    shop.write("index.html")
    shop.open()
    for prices, expected in (
        ([(0.1, 3), (0.2, 1)], 0.5),
        ([(4.35, 100)], 435),
        ([(1.1, 11)], 12.1),
        ([(1.005, 1), (2.001, 1)], 3.006),
        ([(19.99, 3), (0.01, 7)], 60.04),
        ([(12.100000000000001, 1)], 12.1),
        ([(1234567.89, 3)], 3703703.67),
    ):
        lines = [line(f"p{n}", price, units) for n, (price, units) in enumerate(prices)]
        [call] = shop.do(f"{put(basket(*lines))} connectifKit.cart()", 1)
        assert call["options"]["cart"]["totalPrice"] == expected


def test_a_cart_without_an_id_gets_one_that_it_keeps(shop: Shop) -> None:
    shop.plan({**BASE, "cart": {"storage": "basket", "fields": {**FIELDS, "cart_id": "auto"}}})
    shop.write("index.html")
    [visit] = shop.open()
    assert "cart" not in visit["options"]
    shop.page.evaluate(put({"lines": []}))
    [visit] = shop.open()
    assert "cart" not in visit["options"]
    [call] = shop.do(f"{put({'lines': [line()]})} connectifKit.cart()", 1)
    id_ = cart_of(call)[0]
    assert len(id_) > 8
    [visit] = shop.open()
    assert cart_of(visit) == (id_, 1, 10, ["mug"])
    [call] = shop.do(f"{put({'lines': []})} connectifKit.cart()", 1)
    assert cart_of(call) == (id_, 0, 0, [])
    [call] = shop.do(f"{put({'lines': [line()]})} connectifKit.cart()", 1)
    assert cart_of(call)[0] not in (id_, "")
