"""Carts, orders and contacts as shops keep them, each against the client of the tests' own."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.shop import ANA, STORE, Shop

LINES = {
    "path": "lines",
    "fields": {"product_id": "id", "name": "id", "unit_price": "price", "quantity": "n"},
}
FIELDS = {"cart_id": "id", "product_basket_item": LINES}
BASE: dict[str, Any] = {
    "store": {**STORE, "currency": "EUR"},
    "catalog": {"url": "/p/{product_id}/"},
    "cart": {"storage": "basket", "fields": FIELDS},
}


def line(id_: str = "mug", price: float = 10, n: int = 1) -> dict[str, Any]:
    return {"id": id_, "price": price, "n": n}


def basket(*lines: dict[str, Any], id_: str = "c-1") -> dict[str, Any]:
    return {"id": id_, "lines": list(lines)}


def put(cart: object) -> str:
    return f"localStorage.setItem('basket', {json.dumps(json.dumps(cart))});"


def cart_of(call: dict[str, Any]) -> tuple[str, int, float, list[str]]:
    cart = call["options"]["cart"]
    ids = [one["productId"] for one in cart["products"]]
    return cart["cartId"], cart["totalQuantity"], cart["totalPrice"], ids


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


LAYER: dict[str, Any] = {
    **BASE,
    "cart": {"data_layer": ["add_to_cart", "remove_from_cart", "view_cart"]},
    "pages": {"confirmation": {"match": "/done", "purchase": {"data_layer": "purchase"}}},
    "events": {
        "changed": {"on": {"data_layer": ["add_to_cart", "remove_from_cart", "view_cart"]}, "send": "cart"}
    },
}


def push(event: str, item: str, more: str = "") -> str:
    return f"dataLayer.push({{event: '{event}', ecommerce: {{{more} items: [{item}]}}}});"


def tee(variant: str, price: float, more: str = "") -> str:
    return f"{{item_id: 'tee', item_name: 'Tee', item_variant: '{variant}', price: {price}, {more}}}"


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


CONTACT = {"global": "who", "fields": {"primary_key": "email", "_name": "name", "level": "level"}}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (
            {"email": "ana@shop.example", "name": "Ana", "level": 3},
            {"primaryKey": "ana@shop.example", "_name": "Ana", "level": 3},
        ),
        ({"email": "", "name": "Ana", "level": 3}, {"level": 3}),
        ({"name": "Ana", "level": 3}, {"level": 3}),
        ({"email": None, "name": "Ana"}, None),
        ({"email": "ana(at)shop.example", "name": "Ana", "level": 3}, None),
        ({"email": "ana@shop", "level": 3}, None),
    ],
)
def test_a_contact_goes_as_far_as_the_platform_takes_it(
    shop: Shop, who: dict[str, Any], expected: dict[str, Any] | None
) -> None:
    login = {"on": {"event": "in"}, "send": "login"}
    shop.plan({**BASE, "contact": CONTACT, "events": {"in": login}})
    shop.write("index.html", f"<script>window.who = {json.dumps(who)}</script>")
    [visit] = shop.open()
    assert visit["options"].get("entityInfo") == expected
    known = bool(expected and "primaryKey" in expected)
    assert len(shop.do("dispatchEvent(new Event('in'))", int(known))) == int(known)


def test_what_the_plan_says_of_a_page_goes_with_its_visit(shop: Shop) -> None:
    info = {"title": {"selector": "h1"}, "tags": ["one", {"meta": "t"}], "categories": {"global": "cats"}}
    shop.plan({"pages": {"home": {"match": "/", "page_info": info}}})
    shop.write(
        "index.html", "<h1>Heading</h1><script>cats = ['A', 'B']</script>", "<meta name=t content=two>"
    )
    [visit] = shop.open()
    assert visit["options"]["pageInfo"] == {
        "title": "Heading",
        "tags": ["one", "two"],
        "categories": ["A", "B"],
    }


def test_an_event_may_ask_for_push_notifications(shop: Shop) -> None:
    shop.plan({"events": {"ask": {"on": {"click": "button"}, "send": "push-opt-in"}}})
    shop.write("index.html", "<button>Tell me</button>")
    shop.open()
    shop.page.evaluate(
        "() => { connectif.subscribeToPushNotifications = (done) => { window.asked = 1; done(null, {}) } }"
    )
    [call] = shop.do("document.querySelector('button').click()", 1)
    assert (call["events"], shop.page.evaluate("asked")) == ([], 1)


def test_moments_are_sent_as_iso_8601(shop: Shop) -> None:
    event = {"on": {"manual": True}, "send": "product-visited", "product": {"detail": ""}}
    shop.plan({"events": {"seen": event}})
    shop.write("index.html")
    shop.open()
    product = {"productId": "a", "name": "A", "productDetailUrl": "https://x/a", "unitPrice": 1}
    for given, sent in (
        ('"2024-02-19T08:00:00Z"', "2024-02-19T08:00:00Z"),
        ('"2024-02-19 08:00:00"', "2024-02-19T08:00:00"),
        ("1708329600000", "2024-02-19T08:00:00.000Z"),
        ("new Date(1708329600000)", "2024-02-19T08:00:00.000Z"),
        ('"19/02/2024"', None),
        ('"yesterday"', None),
    ):
        told = json.dumps(product)[:-1] + f', "publishedAt": {given}}}'
        [call] = shop.do(f"connectifKit.send('seen', {told})", 1)
        assert call["events"][0]["product"].get("publishedAt") == sent


def test_the_address_of_ana_is_not_needed_here(shop: Shop) -> None:
    shop.plan({**BASE, "contact": CONTACT})
    shop.write("index.html", f"<script>window.who = {json.dumps(ANA)}</script>")
    assert shop.open()[0]["options"]["entityInfo"] == {"primaryKey": ANA["email"]}


BOUGHT: dict[str, Any] = {
    **BASE,
    "events": {"bought": {"on": {"event": "bought"}, "send": "purchase", "purchase": {"detail": ""}}},
}
ORDER = {
    "purchaseId": "o-1",
    "products": [{"productId": "mug", "name": "Mug", "unitPrice": 10, "quantity": 1}],
}


def bought(**more: Any) -> str:
    return f"dispatchEvent(new CustomEvent('bought', {{detail: {json.dumps({**ORDER, **more})}}}));"


def test_an_order_keeps_the_cart_id_that_it_came_with(shop: Shop) -> None:
    shop.plan(BOUGHT)
    shop.write("index.html")
    shop.open(calls=None)
    shop.page.evaluate(put(basket(line())))
    [visit] = shop.open()
    assert cart_of(visit)[0] == "c-1"
    [own] = shop.do(bought(cartId="theirs"), 1)
    assert own["events"][0]["purchase"]["cartId"] == "theirs"
    [other] = shop.do(bought(purchaseId="o-2"), 1)
    assert other["events"][0]["purchase"]["cartId"] == "c-1"


def test_what_the_client_writes_onto_its_arguments_is_not_sent_again(shop: Shop) -> None:
    """The client marks what it is given (facts: `trackerId` on the contact); here it fails after that."""
    shop.client = {"wait": True}
    shop.plan({**BOUGHT, "contact": {"global": "who", "fields": {"primary_key": "email"}}})
    shop.write("index.html")
    shop.open(calls=None)
    shop.page.evaluate("window.who = {email: 'ana@shop.example'}")
    shop.page.wait_for_function("window.connectif && connectif.managed && document.readyState == 'complete'")
    fails = """
        const send = connectif.managed.sendEvents;
        connectif.managed.isInitialized = undefined;
        connectif.managed.sendEvents = (events, options) => {
          events.forEach((event) => Object.assign(event, {type: 'spoilt', purchase: undefined}));
          Object.assign(options.entityInfo, {primaryKey: 'changed', trackerId: 't'});
          connectif.managed.sendEvents = send;
          throw new Error('not ready');
        };"""
    shop.page.evaluate(f"() => {{ {fails} {bought()} }}")
    shop.page.wait_for_function("!String(connectif.managed.sendEvents).includes('spoilt')")
    sent = shop.do("document.dispatchEvent(new Event('client:go'))", 1)
    assert [call["options"]["entityInfo"] for call in sent] == [{"primaryKey": "ana@shop.example"}]
    types = [event["type"] for call in sent for event in call["events"]]
    assert "spoilt" not in types
    assert "purchase" in types


def test_an_address_of_another_host_is_not_taken_for_a_path(shop: Shop) -> None:
    shop.plan(
        {
            **BASE,
            "events": {
                "seen": {"on": {"event": "seen"}, "send": "product-visited", "product": {"detail": ""}}
            },
        }
    )
    shop.write("index.html")
    shop.open()
    for image, sent in (
        ("//cdn.example/mug.jpg", "//cdn.example/mug.jpg"),
        ("/img/mug.jpg", "https://shop.example/img/mug.jpg"),
        ("https://cdn.example/mug.jpg", "https://cdn.example/mug.jpg"),
    ):
        product = {"productId": "mug", "name": "Mug", "unitPrice": 10, "imageUrl": image}
        [call] = shop.do(f"dispatchEvent(new CustomEvent('seen', {{detail: {json.dumps(product)}}}))", 1)
        assert call["events"][0]["product"]["imageUrl"] == sent
