"""Carts that are emptied in every way that shops have, and carts in shapes of their own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.carts import BASE, FIELDS, LINES, basket, cart_of, line, put
from tests.browser.shop import Shop

CHANGED = {"changed": {"on": {"event": "changed"}, "send": "cart"}}
HEARD = "; dispatchEvent(new Event('changed'))"
LEFT_BEHIND = {
    "null lines": '{"id": "c-1", "lines": null}',
    "no lines": '{"id": "c-1"}',
    "no lines but a total": '{"id": "c-1", "total": 0, "coupons": []}',
    "lines by id": '{"lines": {}}',
    "lines of nothing": '{"id": "c-1", "lines": [{"id": "mug", "price": 10, "n": 0}]}',
    "no text": '""',
    "undefined": "undefined",
    "false": "false",
}


@pytest.mark.parametrize("left", LEFT_BEHIND.values(), ids=LEFT_BEHIND)
def test_whatever_a_shop_leaves_behind_of_a_cart_is_an_emptied_one(shop: Shop, left: str) -> None:
    shop.plan({**BASE, "events": CHANGED})
    shop.write("index.html")
    shop.open(calls=None)
    shop.page.evaluate(put(basket(line())))
    shop.open()
    empty = f"localStorage.setItem('basket', {json.dumps(left)})"
    [call] = shop.do(empty + HEARD, 1)
    assert cart_of(call) == ("c-1", 0, 0, [])
    shop.page.evaluate(put(basket(line())))
    shop.open()
    shop.page.evaluate(empty)
    [visit] = shop.open()
    assert cart_of(visit) == ("c-1", 0, 0, [])


@pytest.mark.parametrize("left", ["a2V5OnZhbHVl", '{"v": 2, "data": {"x": 1}}'])
def test_what_nobody_can_read_is_no_emptied_cart(shop: Shop, left: str) -> None:
    shop.plan({**BASE, "events": CHANGED})
    shop.write("index.html")
    shop.open(calls=None)
    shop.page.evaluate(put(basket(line())))
    shop.open()
    assert shop.do(f"localStorage.setItem('basket', {json.dumps(left)})" + HEARD) == []


def test_an_apps_own_cart_is_emptied(shop: Shop) -> None:
    fields = {"cart_id": "auto", "product_basket_item": {**LINES, "path": "items"}}
    shop.plan({**BASE, "cart": {"global": "state.cart", "fields": fields}, "events": CHANGED})
    full = "state = {cart: {items: [{id: 'mug', price: 10, n: 1}]}}"
    shop.write("index.html", f"<script>{full}</script>")
    [call] = shop.open()
    for empty in ("{items: []}", "{}", "null", "{items: null}", "[]"):
        id_ = cart_of(call)[0]
        [call] = shop.do(f"state.cart = {empty}" + HEARD, 1)
        assert cart_of(call) == (id_, 0, 0, []), empty
        [call] = shop.do(full + HEARD, 1)
    # The app has not filled it yet.
    assert shop.do("state.cart = {loading: true}" + HEARD) == []


ROWS: dict[str, Any] = {
    "selector": "tr",
    "all": True,
    "fields": {
        "product_id": "dataset.sku",
        "name": {"selector": "td"},
        "unit_price": "dataset.price",
        "quantity": {"selector": "input"},
    },
}


def test_a_cart_that_is_a_table_is_emptied(shop: Shop) -> None:
    fields = {"cart_id": {"attribute": "id"}, "product_basket_item": ROWS}
    shop.plan({**BASE, "cart": {"selector": "table", "fields": fields}, "events": CHANGED})
    row = "<tr data-sku=mug data-price=2.5><td>Mug</td><td><input value=2></td></tr>"
    shop.write("full.html", f"<table id=c-9>{row}</table>")
    shop.write("index.html", "<table></table>")
    [visit] = shop.open("/full.html")
    assert cart_of(visit) == ("c-9", 2, 5, ["mug"])
    [call] = shop.do("document.querySelector('table').innerHTML = ''" + HEARD, 1)
    assert cart_of(call) == ("c-9", 0, 0, [])
    shop.open("/full.html")
    [visit] = shop.open("/")
    assert cart_of(visit) == ("c-9", 0, 0, [])


def test_a_cart_that_is_a_list(shop: Shop) -> None:
    fields = {"cart_id": "auto", "product_basket_item": {**LINES, "path": ""}}
    shop.plan({**BASE, "cart": {"storage": "basket", "fields": fields}, "events": CHANGED})
    shop.write("index.html")
    shop.open(calls=None)
    shop.page.evaluate(put([line(), line("cup", 2, 3)]))
    [visit] = shop.open()
    id_ = cart_of(visit)[0]
    assert cart_of(visit) == (id_, 4, 16, ["mug", "cup"])
    [call] = shop.do(put([]) + HEARD, 1)
    assert cart_of(call) == (id_, 0, 0, [])


def test_json_inside_json_is_read_as_redux_persist_writes_it(shop: Shop) -> None:
    shop.plan({**BASE, "cart": {"storage": "persist:root", "path": "shop.cart", "fields": FIELDS}})
    shop.write("index.html")
    for value in (
        {"shop": json.dumps({"cart": basket(line())})},
        json.dumps({"shop": {"cart": json.dumps(basket(line()))}}),
    ):
        shop.open(calls=None)
        shop.page.evaluate(f"localStorage.setItem('persist:root', {json.dumps(json.dumps(value))})")
        [visit] = shop.open()
        assert cart_of(visit) == ("c-1", 1, 10, ["mug"])
