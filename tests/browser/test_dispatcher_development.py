"""The development build says in the console what is wrong, and which line of the plan promised it."""

from __future__ import annotations

import re

import pytest

from tests.browser.shop import USER, Shop, written

FIELDS = {"product_id": "sku", "unit_price": "price", "url": "url"}
LINES = {"path": "lines", "fields": FIELDS}
PLAN = {
    "contact": USER,
    "cart": {"storage": "shop.cart", "fields": {"cart_id": "id", "product_basket_item": LINES}},
    "events": {
        "news": {"on": {"event": "news"}, "send": "newsletter-subscribe", "email": {"detail": "email"}},
        "in": {"on": {"event": "in"}, "send": "login"},
        "broken": {
            "on": {"manual": True},
            "send": "custom",
            "alias": "x",
            "payload": {"a": {"module": "./b.js"}},
        },
    },
}
CART = {
    "id": "c-1",
    "totalQuantity": 3,
    "totalPrice": 13.5,
    "lines": [
        {"sku": "mug", "name": "Mug", "url": "p/mug", "price": "12,50", "quantity": 1},
        {"sku": "bowl", "name": "Bowl", "url": "https://shop.example/p/b", "price": 1, "quantity": 2.5},
    ],
}


@pytest.fixture
def dev(shop: Shop) -> Shop:
    shop.script = "connectif-events.dev.js"
    shop.plan(PLAN, {"./b.js": "export default () => { throw new Error('in the module') }"})
    return shop


def promised_at(shop: Shop, word: str) -> str:
    """The plan's line that a warning with this word names."""
    [warning] = [one for one in shop.warnings if word in one]
    place = re.match(r"connectif-kit: connectif\.yaml:(\d+):(\d+): ", warning)
    assert place, warning
    return written(PLAN).splitlines()[int(place[1]) - 1]


def said(shop: Shop, *words: str) -> bool:
    return any(all(word in warning for word in words) for warning in shop.warnings)


def test_a_price_of_0_that_gives_way_is_explained(shop: Shop) -> None:
    shop.script = "connectif-events.dev.js"
    lines = {"path": "lines", "fields": {**FIELDS, "unit_price": ["sale", "price"]}}
    shop.plan({"cart": {"storage": "shop.cart", "fields": {"cart_id": "id", "product_basket_item": lines}}})
    line = {"sku": "m", "name": "Mug", "url": "https://shop.example/p/", "price": 9, "quantity": 1}
    shop.store(shop_cart={"id": "c", "lines": [{**line, "sale": 0}, {**line, "sku": "n", "sale": 8}]})
    shop.write("index.html")
    [visit] = shop.open()
    assert [each["unitPrice"] for each in visit["options"]["cart"]["products"]] == [9, 8]
    [warning] = [one for one in shop.warnings if "price of 0" in one]
    assert "a price of 0 is taken as none, the next counts: 9" in warning


def test_what_is_wrong_with_a_cart_and_where_it_was_promised(dev: Shop) -> None:
    dev.store(shop_cart=CART, shop_user={"email": "no address"})
    dev.write("index.html")
    [visit] = dev.open()
    assert len(visit["options"]["cart"]["products"]) == 1
    price = "unit_price is left out: expected a number with a point: no thousands separator"
    assert said(dev, price, "no currency, not negative", 'got "12,50"')
    assert '"unit_price": "price"' in promised_at(dev, "unit_price is left out")
    assert '"primary_key"' in promised_at(dev, "no address")
    assert said(dev, "connectif.yaml:", 'got "12,50"', "without it no product_basket_item is sent")
    assert said(dev, "connectif.yaml:", "url: expected an absolute http(s) address", 'got "p/mug"')
    assert said(dev, "quantity: expected a whole number", "got 2.5")
    assert said(
        dev, "connectif.yaml:", "primary_key is left out: expected an email address", 'got "no address"'
    )
    before = len(dev.warnings)
    dev.do("connectifKit.pageVisit()", 1)
    assert len(dev.warnings) == before, "each thing is said once"


def test_what_is_wrong_with_events(dev: Shop) -> None:
    dev.write("index.html")
    dev.open()
    assert dev.warnings == []
    assert dev.do("window.dispatchEvent(new CustomEvent('news', {detail: {}}))") == []
    assert said(
        dev,
        "connectif.yaml:",
        "newsletter-subscribe is not sent, email is missing: expected an email address",
    )
    assert (
        dev.do("window.dispatchEvent(new CustomEvent('news', {detail: {email: 'ana(at)shop.example'}}))")
        == []
    )
    assert said(dev, "email is left out: expected an email address", 'got "ana(at)shop.example"')
    assert dev.do("window.dispatchEvent(new CustomEvent('in'))") == []
    assert said(dev, "login is not sent: expected a contact with primary_key, got nothing")
    dev.do("connectifKit.send('broken')", 1)
    assert said(dev, "in the module")
    assert dev.do("connectifKit.send('nwes')") == []
    assert said(dev, "send: expected news, in, broken, got", "nwes")
    assert dev.do("connectifKit.cart()") == []
    assert said(dev, "connectif.yaml:", "cart is not sent: expected a cart, got nothing")


def test_one_wrong_map_is_one_line_however_many_lines_the_cart_has(shop: Shop) -> None:
    shop.script = "connectif-events.dev.js"
    wrong = {"path": "lines", "fields": {"product_id": "sku", "unit_price": "prize", "url": "link"}}
    cart = {"storage": "shop.cart", "fields": {"cart_id": "id", "product_basket_item": wrong}}
    shop.plan({"cart": cart, "events": {"changed": {"on": {"event": "changed"}, "send": "cart"}}})
    line = {"name": "Mug", "quantity": 1, "url": "https://shop.example/p/"}
    totals = {"id": "c-1", "totalPrice": 6, "totalQuantity": 4}
    shop.store(shop_cart={**totals, "lines": [{**line, "sku": f"mug-{n}", "price": n} for n in range(4)]})
    shop.write("index.html")
    shop.open()
    shop.do("window.dispatchEvent(new CustomEvent('changed'))", 1)
    [warning] = shop.warnings
    assert "product_basket_item is left out" in warning
    assert "unit_price" in warning


def test_text_where_an_object_should_be_is_one_line_without_a_stack(shop: Shop) -> None:
    shop.script = "connectif-events.dev.js"
    fields = {"primary_key": "email", "_name": "first.name", "loyalty_level": "level"}
    shop.plan({"contact": {"storage": "shop.user", "fields": fields}})
    shop.page.add_init_script("localStorage.setItem('shop.user', 'ana, since 2020')")
    shop.write("index.html")
    shop.open()
    [warning] = shop.warnings
    assert re.fullmatch(
        r"connectif-kit: connectif\.yaml:\d+:\d+: contact is left out: storage `shop.user` is no JSON",
        warning,
    )


VIEWS = {
    "integration": {"spa": True, "catalog": "api"},
    "pages": {
        "product": {"match": "/p/*", "product": {"global": "item"}},
        "confirmation": {"match": "/done", "purchase": {"storage": "order"}},
    },
}
MUG = "{id: 'mug', name: 'Mug', unitPrice: 2, productId: 'mug', productDetailUrl: location.href}"


@pytest.fixture
def told(shop: Shop) -> list[str]:
    """What the development build says of views, without its own name."""
    lines: list[str] = []
    shop.page.on("console", lambda said: lines.append(said.text) if said.type == "info" else None)
    shop.script = "connectif-events.dev.js"
    return lines


def view_of(lines: list[str], address: str) -> str:
    [line] = [one for one in lines if f"view {address}: sent" in one]
    return line


def test_a_view_says_what_it_waited_for_and_what_came(shop: Shop, told: list[str]) -> None:
    shop.plan(VIEWS)
    later = f"addEventListener('load', () => setTimeout(() => {{ window.item = {MUG} }}, 300))"
    shop.write("p/mug/index.html", f"<h1>Mug</h1><script>{later}</script>")
    shop.open("/p/mug/")
    line = view_of(told, "/p/mug")
    place = re.match(r"connectif-kit: connectif\.yaml:(\d+):\d+: ", line)
    assert place
    assert '"product"' in written(VIEWS).splitlines()[int(place[1]) - 1]
    assert re.search(r"sent product-visited, page-visit after \d+ ms", line)
    times = {name: int(re.findall(rf"{name} came after (\d+) ms", line)[0]) for name in ("title", "product")}
    assert times["product"] >= 250 > times["title"]
    assert "without" not in line


def test_a_view_says_what_is_left_out_and_why(shop: Shop, told: list[str]) -> None:
    shop.plan(VIEWS)
    shop.write("done/index.html")
    shop.open("/done/")
    line = view_of(told, "/done")
    found = re.search(r"purchase is left out \(connectif\.yaml:(\d+):\d+\): nothing was found", line)
    assert found, line
    assert '"confirmation"' in written(VIEWS).splitlines()[int(found[1]) - 1]
    lines = '{id: "1", name: "n", unitPrice: 2, quantity: 1, productId: "1"}'
    order = f"{{purchaseId: 'o', totalQuantity: 1, totalPrice: 2, products: [{lines}]}}"
    shop.do(f"localStorage.setItem('order', JSON.stringify({order}))", 1)
    assert re.search(r"view /done: later, after \d+ ms: purchase", told[-1]), told
    shop.open("/done/?again")
    assert any('purchase "o" is left out: it was reported before' in one for one in told)


def test_a_route_that_keeps_the_last_product_says_so(shop: Shop, told: list[str]) -> None:
    shop.plan(VIEWS)
    shop.write("p/mug/index.html", f"<script>window.item = {MUG}</script>")
    shop.open("/p/mug/")
    shop.do("history.pushState(null, '', '/p/bowl'); document.title = 'Bowl'", 1)
    line = view_of(told, "/p/bowl")
    assert "without product (nothing came in time)" in line
    assert "product-visited is left out" in line
    assert "what was found is the last view's" in line
