"""A shop that feeds GA4's dataLayer writes no field map at all."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.shop import Shop

PLAN: dict[str, Any] = {
    "catalog": {"url": "/p/{product_id}/", "source": "products.csv"},
    "pages": {
        "product": {"match": "/p/*", "kind": "content"},
        "confirmation": {"match": "/done", "purchase": {"data_layer": "purchase"}},
    },
    "cart": {"data_layer": ["add_to_cart", "remove_from_cart", "view_cart"]},
    "events": {
        "cart-changed": {
            "on": {"data_layer": ["add_to_cart", "remove_from_cart", "view_cart"]},
            "send": "cart",
        },
        "seen": {"on": {"data_layer": "view_item"}, "send": "product-visited"},
        "searched": {"on": {"data_layer": "search"}, "send": "search"},
        "signed-in": {
            "on": {"data_layer": "login"},
            "send": "login",
            "contact": {"data_layer": "login", "fields": {"primary_key": "user.email"}},
        },
    },
}
MUG = (
    "{item_id: 'mug', item_name: 'Mug', price: 12.5, quantity: 2,"
    " item_category: 'Kitchen', item_category2: 'Mugs'}"
)
BOWL = "{item_id: 'bowl', item_name: 'Bowl', price: '3.10'}"
LINE = {
    "productId": "mug",
    "name": "Mug",
    "productDetailUrl": "https://shop.example/p/mug/",
    "unitPrice": 12.5,
    "quantity": 2,
    "price": 25,
    "categories": ["/Kitchen/Mugs"],
}


def push(event: str, *items: str, more: str = "") -> str:
    return (
        f"dataLayer.push({{event: '{event}', {more} ecommerce: {{value: 99, items: [{', '.join(items)}]}}}});"
    )


@pytest.fixture
def ga4(shop: Shop) -> Shop:
    shop.plan(PLAN)
    shop.write("index.html", f"<script>window.dataLayer = []; {push('view_item', MUG)}</script>")
    return shop


def test_a_journey(ga4: Shop) -> None:
    [visit] = ga4.open()
    product = {
        name: value for name, value in LINE.items() if name not in ("quantity", "price", "productDetailUrl")
    }
    assert [event["type"] for event in visit["events"]] == ["product-visited", "page-visit"]
    assert visit["events"][0]["product"] == {**product, "productDetailUrl": LINE["productDetailUrl"]}
    assert "cart" not in visit["options"]

    [added] = ga4.do(push("add_to_cart", MUG), 1)
    cart = added["options"]["cart"]
    assert (cart["products"], cart["totalPrice"], cart["totalQuantity"]) == ([LINE], 25, 2)
    [more] = ga4.do(push("add_to_cart", BOWL, MUG), 1)
    assert [line["quantity"] for line in more["options"]["cart"]["products"]] == [4, 1]
    assert more["options"]["cart"]["totalPrice"] == 53.1
    [less] = ga4.do(push("remove_from_cart", "{item_id: 'mug', quantity: 3}"), 1)
    assert [line["price"] for line in less["options"]["cart"]["products"]] == [12.5, 3.1]
    [shown] = ga4.do(push("view_cart", BOWL), 1)
    assert [line["productId"] for line in shown["options"]["cart"]["products"]] == ["bowl"]
    assert shown["options"]["cart"]["cartId"] == cart["cartId"]

    assert ga4.do("dataLayer.push({event: 'search', search_term: 'blue'})", 1)[0]["events"] == [
        {"type": "search", "searchText": "blue"}
    ]
    login = "gtag('event', 'login', {user: {email: 'ana@shop.example'}})"
    [call] = ga4.do(f"window.gtag = function () {{ dataLayer.push(arguments) }}; {login}", 1)
    assert call["events"] == [{"type": "login"}]
    assert call["options"]["entityInfo"] == {"primaryKey": "ana@shop.example"}


def test_an_order_empties_the_cart_and_the_next_has_a_new_id(ga4: Shop) -> None:
    ga4.write("done.html")
    ga4.open()
    [added] = ga4.do(push("add_to_cart", MUG), 1)
    bought = push("purchase", MUG, BOWL, more="transaction_id: 7, payment_type: 'card',")
    ga4.open("/done.html")
    [call] = ga4.do(bought, 1)
    [event] = call["events"]
    cart_id = added["options"]["cart"]["cartId"]
    lines = event["purchase"].pop("products")
    assert [line["productDetailUrl"] for line in lines] == [
        LINE["productDetailUrl"],
        "https://shop.example/p/bowl/",
    ]
    assert event["purchase"] == {
        "purchaseId": "7",
        "totalQuantity": 3,
        "totalPrice": 99,
        "paymentMethod": "card",
        "cartId": cart_id,
    }
    empty = {"cartId": cart_id, "totalQuantity": 0, "totalPrice": 0, "products": []}
    assert call["options"]["cart"] == empty
    assert ga4.do(bought) == []
    [again] = ga4.do(push("add_to_cart", BOWL), 1)
    assert again["options"]["cart"]["cartId"] != cart_id


def test_a_cart_is_never_sent_under_another_contacts_name(shop: Shop) -> None:
    shop.plan({**PLAN, "contact": {"global": "who", "fields": {"primary_key": "email"}}})
    shop.write("index.html", "<script>window.dataLayer = []</script>")
    shop.open()
    [anonymous] = shop.do(push("add_to_cart", MUG), 1)
    [ana] = shop.do("who = {email: 'ana@shop.example'};" + push("add_to_cart", BOWL), 1)
    assert ana["options"]["entityInfo"] == {"primaryKey": "ana@shop.example"}
    assert ana["options"]["cart"]["cartId"] == anonymous["options"]["cart"]["cartId"]
    assert len(ana["options"]["cart"]["products"]) == 2
    assert "ana@shop.example" not in shop.page.evaluate("localStorage['connectif-kit.cart']")
    [gone] = shop.do("who = null; connectifKit.pageVisit()", 1)
    assert len(gone["options"]["cart"]["products"]) == 2
    [bob] = shop.do("who = {email: 'bob@shop.example'}; connectifKit.pageVisit()", 1)
    assert bob["options"] == {"entityInfo": {"primaryKey": "bob@shop.example"}}
    [own] = shop.do(push("add_to_cart", BOWL), 1)
    assert [line["productId"] for line in own["options"]["cart"]["products"]] == ["bowl"]
    assert own["options"]["cart"]["cartId"] != anonymous["options"]["cart"]["cartId"]
    [eve] = shop.do(
        "gtag = function () { dataLayer.push(arguments) };"
        "who = null; gtag('event', 'login', {user: {email: 'eve@shop.example'}});" + push("add_to_cart", MUG),
        1,
    )
    assert eve["options"]["entityInfo"] == {"primaryKey": "eve@shop.example"}
    assert [line["productId"] for line in eve["options"]["cart"]["products"]] == ["mug"]


def test_a_cart_with_a_line_that_cannot_be_read_is_not_sent(ga4: Shop) -> None:
    ga4.open()
    wrong = "{item_id: 'cup', item_name: 'Cup', price: '12,50'}"
    assert ga4.do(push("add_to_cart", MUG, wrong)) == []
    [call] = ga4.do(push("remove_from_cart", wrong), 1)
    assert call["options"]["cart"]["products"] == [LINE]


def test_an_order_that_is_there_already_belongs_to_the_page_view(ga4: Shop) -> None:
    order = push("purchase", MUG, more="transaction_id: 'o-9',")
    ga4.write("done.html", f"<script>dataLayer = [null, 'x', 0]; {order}</script>")
    [visit] = ga4.open("/done.html")
    assert [event["type"] for event in visit["events"]] == ["purchase", "page-visit"]


def test_lines_without_address_take_it_from_the_products_seen(shop: Shop) -> None:
    pages = {"product": {"match": "/p/*", "product": "json-ld"}}
    shop.plan({"pages": pages, "cart": PLAN["cart"], "events": {"c": PLAN["events"]["cart-changed"]}})
    spans = "<span class=url>https://shop.example/p/mug/</span><span class=product_id>mug</span>"
    spans += "<span class=name>Mug</span><span class=unit_price>12.5</span>"
    shop.write("p/mug.html", f"<div class=cn_product_visited>{spans}</div>")
    shop.open("/p/mug.html")
    [call] = shop.do(push("add_to_cart", MUG), 1)
    assert call["options"]["cart"]["products"] == [LINE]
    assert shop.do(push("add_to_cart", BOWL)) == []


LEAF: dict[str, Any] = {
    **PLAN,
    "cart": {"storage": "leaf", "fields": {"cart_id": "ref", "total_quantity": "n", "total_price": "sum"}},
    "events": {},
}


@pytest.mark.parametrize(("units", "cart_id"), [(2, "c-9"), (0, None)])
def test_an_order_without_cart_id_takes_that_of_the_plans_cart(
    shop: Shop, units: int, cart_id: str | None
) -> None:
    shop.plan(LEAF)
    shop.store(leaf={"ref": "c-9", "n": units, "sum": 25})
    order = push("purchase", MUG, more="transaction_id: 'o-9',")
    shop.write("done.html", f"<script>dataLayer = []; {order}</script>")
    [visit] = shop.open("/done.html")
    assert visit["events"][0]["purchase"].get("cartId") == cart_id


def order(*items: str) -> str:
    """A purchase that leaves its total to its lines."""
    ecommerce = f"{{transaction_id: 'o-7', items: [{', '.join(items)}]}}"
    return f"dataLayer.push({{event: 'purchase', ecommerce: {ecommerce}}});"


def test_a_line_of_an_order_costs_its_price_times_its_quantity(ga4: Shop) -> None:
    ga4.write("done.html")
    ga4.open("/done.html")
    [call] = ga4.do(order(MUG, BOWL), 1)
    purchase = call["events"][0]["purchase"]
    assert [(line["unitPrice"], line["quantity"], line["price"]) for line in purchase["products"]] == [
        (12.5, 2, 25),
        (3.1, 1, 3.1),
    ]
    assert (purchase["totalQuantity"], purchase["totalPrice"]) == (3, 28.1)


def test_prices_of_three_decimals_are_not_rounded(ga4: Shop) -> None:
    ga4.write("done.html")
    ga4.open("/done.html")
    items = [
        f"{{item_id: 'p{n}', item_name: 'P', price: {price}, quantity: {n}}}"
        for n, price in ((3, 1.005), (2, "'0.125'"))
    ]
    [call] = ga4.do(order(*items), 1)
    purchase = call["events"][0]["purchase"]
    assert [line["price"] for line in purchase["products"]] == [3.015, 0.25]
    assert purchase["totalPrice"] == 3.265
