"""A cart that is mirrored from the data layer; currencies; a data layer that is not what it was."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

import pytest

from tests.browser.carts import BASE, LAYER, basket, cart_of, line, push, put, tee
from tests.browser.shop import Shop


def test_variants_of_one_item_are_lines_of_their_own(shop: Shop) -> None:
    shop.plan(LAYER)
    shop.write("index.html", "<script>window.dataLayer = []</script>")
    shop.open()
    shop.do(push("add_to_cart", tee("S red", 10)), 1)
    [call] = shop.do(push("add_to_cart", tee("XXL blue", 15)), 1)
    assert cart_of(call)[1:] == (2, 25, ["tee", "tee"])
    [call] = shop.do(push("remove_from_cart", tee("S red", 10)), 1)
    assert cart_of(call)[1:] == (1, 15, ["tee"])
    [call] = shop.do(push("remove_from_cart", "{item_id: 'tee'}"), 1)
    assert cart_of(call)[1:] == (0, 0, [])


def test_a_field_map_adds_to_the_mirror(shop: Shop) -> None:
    item = {
        "product_id": "item_id",
        "name": "item_name",
        "unit_price": "price",
        "custom_field_1": "item_variant",
    }
    fields = {"cart_id": "basket_id", "product_basket_item": {"path": "items", "fields": item}}
    shop.plan({**LAYER, "cart": {**LAYER["cart"], "fields": fields}})
    shop.write("index.html", "<script>window.dataLayer = []</script>")
    shop.open()
    first = (
        "dataLayer.push({event: 'add_to_cart', basket_id: 'b-7', ecommerce: {items: [" + tee("S", 10) + "]}})"
    )
    shop.do(first, 1)
    [call] = shop.do(first.replace("'tee'", "'cap'").replace("'S'", "'M'"), 1)
    assert cart_of(call) == ("b-7", 2, 20, ["tee", "cap"])
    assert [one["customField1"] for one in call["options"]["cart"]["products"]] == ["S", "M"]


def test_what_ga4_writes_in_other_ways(shop: Shop) -> None:
    shop.plan(LAYER)
    shop.write("index.html", "<script>window.dataLayer = []</script>")
    shop.open()
    before = (
        "dataLayer.push({ecommerce: null}, {ecommerce: {items: ["
        + tee("S", 10)
        + "]}}, {event: 'add_to_cart'});"
    )
    [call] = shop.do(before, 1)
    assert cart_of(call)[1:] == (1, 10, ["tee"])
    # It was for that event alone.
    [call] = shop.do("dataLayer.push({event: 'add_to_cart'})", 1)
    assert cart_of(call)[1:] == (1, 10, ["tee"])
    [call] = shop.do(push("view_cart", tee("S", 10, "item_category: ['Shirts', 'New']")), 1)
    assert call["options"]["cart"]["products"][0]["categories"] == ["/Shirts", "/New"]


@pytest.mark.parametrize("script", ["connectif-events.min.js", "connectif-events.dev.js"])
def test_another_currency_than_the_stores_is_not_sent(shop: Shop, script: str) -> None:
    shop.script = script
    shop.plan(LAYER)
    shop.write("done.html", "<script>window.dataLayer = []</script>")
    shop.open("/done.html")
    order = "transaction_id: 'o-1', value: 30, currency: 'CUR',"
    assert shop.do(push("purchase", tee("S", 30), order.replace("CUR", "USD"))) == []
    assert shop.do(push("add_to_cart", tee("S", 30), "currency: 'usd',")) == []
    assert any("USD" in said and "EUR" in said for said in shop.warnings) == ("dev" in script)
    [call] = shop.do(push("purchase", tee("S", 30), order.replace("CUR", "EUR")), 1)
    assert call["events"][0]["purchase"]["totalPrice"] == 30


def test_a_cart_in_another_currency_is_not_sent_from_anywhere(shop: Shop) -> None:
    shop.plan(BASE)
    shop.write("index.html")
    shop.open()
    assert shop.do(put({**basket(line()), "currency": "USD"}) + "connectifKit.cart()") == []
    assert len(shop.do(put({**basket(line()), "currency": "EUR"}) + "connectifKit.cart()", 1)) == 1


@pytest.mark.parametrize("kind", ["renamed", "assigned", "replaced", "wrapped", "late"])
def test_a_data_layer_that_is_not_where_or_what_it_was(shop: Shop, kind: str) -> None:
    name = "shopLayer" if kind == "renamed" else "dataLayer"
    shop.plan({**LAYER, "integration": {"data_layer_name": name}})
    start = "" if kind == "late" else f"window.{name} = [];"
    shop.write("index.html", f"<script>{start}</script>")
    shop.open()
    change = {
        "assigned": "window.dataLayer = [{event: 'other'}];",
        "replaced": "dataLayer.push = Array.prototype.push;",
        "wrapped": "const own = dataLayer.push; dataLayer.push = function () { return own.apply(dataLayer, arguments) };",
        "late": "window.dataLayer = [];",
    }.get(kind, "")
    act = push("add_to_cart", tee("S", 10)).replace("dataLayer", name)
    [call] = shop.do(change + act, 1)
    assert cart_of(call)[1:] == (1, 10, ["tee"])
    [call] = shop.do(act, 1)
    assert cart_of(call)[1:] == (2, 20, ["tee"])
