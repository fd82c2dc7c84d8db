"""What happens on a page, and what the client is handed: triggers, sources, queue, turns."""

from __future__ import annotations

import pytest

from tests.browser.events import custom
from tests.browser.shop import ANA, USER, Shop

CART = {
    "storage": "shop.cart",
    "fields": {
        "cart_id": "id",
        "product_basket_item": {
            "path": "lines",
            "fields": {"product_id": "sku", "name": "title", "unit_price": "price", "price": "total"},
        },
    },
}
MUG = {"sku": "mug", "title": "Mug", "url": "/p/mug/", "price": 0.1, "quantity": 3}
SENT_MUG = {
    "productId": "mug",
    "name": "Mug",
    "productDetailUrl": "https://shop.example/p/mug/",
    "unitPrice": 0.1,
    "quantity": 3,
    "price": 0.3,
}


def test_a_page_view_tells_who_and_what_is_in_the_cart(shop: Shop) -> None:
    shop.plan({"contact": USER, "cart": CART, "pages": {"home": {"match": "/"}}})
    shop.store(shop_user=ANA, shop_cart={"id": "c-1", "lines": [MUG]})
    shop.write("index.html")
    [visit] = shop.open()
    assert visit["events"] == [{"type": "page-visit"}]
    assert visit["options"]["entityInfo"] == {"primaryKey": "ana@shop.example", "_name": "Ana"}
    cart = {"cartId": "c-1", "totalQuantity": 3, "totalPrice": 0.3, "products": [SENT_MUG]}
    assert visit["options"]["cart"] == cart


def test_nothing_is_known_of_an_anonymous_visitor(shop: Shop) -> None:
    shop.plan({"contact": USER, "cart": CART})
    shop.store(shop_user={"email": "", "first_name": "Ana"})
    shop.write("index.html")
    [visit] = shop.open()
    assert visit["options"] == {}


def test_an_emptied_cart_is_sent_and_a_broken_line_is_left_out(shop: Shop) -> None:
    shop.plan({"cart": CART, "events": {"changed": {"on": {"event": "cart:changed"}, "send": "cart"}}})
    broken = {"sku": "bowl", "title": "Bowl", "price": "12,50"}
    shop.store(shop_cart={"id": "c-1", "totalPrice": 12.8, "totalQuantity": 4, "lines": [MUG, broken]})
    shop.write("index.html")
    [visit] = shop.open()
    assert visit["options"]["cart"]["products"] == [SENT_MUG]
    assert visit["options"]["cart"]["totalPrice"] == 12.8
    empty = "localStorage.setItem('shop.cart', JSON.stringify({id: 'c-1', lines: []}));"
    [changed] = shop.do(empty + "document.dispatchEvent(new CustomEvent('cart:changed'))", 1)
    assert changed["events"] == []
    cart = {"cartId": "c-1", "totalQuantity": 0, "totalPrice": 0, "products": []}
    assert changed["options"] == {"cart": cart}


TRIGGERS = {
    "events": {
        "sent": {
            "on": {"submit": "#news"},
            "send": "newsletter-subscribe",
            "email": {"selector": "[type=email]"},
        },
        "liked": custom(on={"click": "[data-like]"}, payload={"id": {"attribute": "data-like"}}),
        "chosen": custom(on={"change": "select, input"}, payload={"value": {"selector": "option:checked"}}),
        "heard": custom(
            on={"event": ["a:b", "c"]}, payload={"all": {"detail": ""}, "deep": {"detail": "x.y"}}
        ),
        "layered": custom(on={"data_layer": "thing"}, payload={"n": {"data_layer": "thing", "path": "n"}}),
        "loaded": custom(on={"load": True}, payload={"n": 1}),
        "by-hand": custom(on={"manual": True}, payload={"got": {"detail": "a"}}),
        "elsewhere": custom(on={"click": "[data-like]"}, pages=["product"]),
        "here": custom(on={"event": "here"}, pages=["home"]),
    },
    "pages": {"home": {"match": "/"}, "product": {"match": "/p/*"}},
    "catalog": {"source": "products.csv"},
}
BODY = """
<form id=news><input type=email value=" ana@shop.example "><button>ok</button></form>
<button data-like=mug><b id=inner>like</b></button>
<select><option>a</option><option selected>b</option></select>
<script>
  document.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector("[data-like]").onclick = (event) => event.stopPropagation();
  window.dataLayer = [{event: "thing", n: 1}, {event: "other"}];
</script>"""


@pytest.mark.parametrize(
    "script", ["connectif-events.min.js", "connectif-events.js", "connectif-events.dev.js"]
)
def test_every_trigger(shop: Shop, script: str) -> None:
    shop.script = script
    shop.plan(TRIGGERS)
    shop.write("index.html", BODY)
    [first] = shop.open()
    assert [event.get("payload") for event in first["events"]] == [{"n": 1}, {"n": 1}, None]
    subscribe = {"type": "newsletter-subscribe", "email": "ana@shop.example"}
    like = {"type": "custom", "eventAlias": "x", "payload": {"id": "mug"}}
    for script, event in (
        ("document.querySelector('#news button').click()", subscribe),
        ("document.querySelector('#inner').click()", like),
        (
            "document.querySelector('select').dispatchEvent(new Event('change', {bubbles: true}))",
            {"value": "b"},
        ),
        (
            "document.dispatchEvent(new CustomEvent('a:b', {detail: {x: {y: 2}}}))",
            {"all": {"x": {"y": 2}}, "deep": 2},
        ),
        ("window.dispatchEvent(new CustomEvent('c', {detail: 'text'}))", {"all": "text"}),
        ("document.body.dispatchEvent(new CustomEvent('c'))", {}),
        ("dataLayer.push({event: 'thing', n: 2})", {"n": 2}),
        ("(function () { dataLayer.push(arguments) })('event', 'thing', {n: 3})", {"n": 3}),
        ("connectifKit.send('by-hand', {a: [1]})", {"got": [1]}),
        ("window.dispatchEvent(new CustomEvent('here'))", None),
    ):
        [call] = shop.do(script, 1)
        [sent] = call["events"]
        assert event in (sent, sent.get("payload"))
    assert (
        shop.do(
            "connectifKit.send('elsewhere'); connectifKit.send('unknown'); dataLayer.push({event: 'other'})"
        )
        == []
    )


SOURCES = {
    "literal": 5,
    "template": {"global": "shop", "fields": None},
    "text": {"selector": "h1"},
    "area": {"selector": "textarea"},
    "ticked": {"selector": "#yes"},
    "unticked": {"selector": "#no"},
    "attribute": {"selector": "a", "attribute": "href"},
    "property": {"selector": "a", "property": "pathname"},
    "all": {"selector": "li", "all": True},
    "query": {"query": "q"},
    "stored": {"storage": "key"},
    "dotted": {"storage": "shop.user.name"},
    "path": {"storage": "shop.user", "path": "tags.0"},
    "exact": {"storage": "a.b"},
    "session": {"storage": "only"},
    "cookie": {"cookie": "flavour"},
    "json_cookie": {"cookie": "json", "path": "a"},
    "global": {"global": "shop.deep.value"},
    "meta": {"meta": "og:title"},
    "module": {"module": "./mine.js"},
    "broken": {"module": "./broken.js"},
    "missing": {"global": "no.such.thing"},
}
SOURCES.pop("template")
SOURCE_PAGE = """<h1>
 Title </h1><textarea>words</textarea><input id=yes type=checkbox checked value=v><input id=no type=checkbox>
<a href="/p/mug?x">mug</a><ul><li>one<li>two</ul>
<script>
  localStorage.setItem("key", "plain"); sessionStorage.setItem("only", "7");
  localStorage.setItem("shop.user", '{"name": "Ana", "tags": ["t"]}'); localStorage.setItem("a.b", "whole");
  document.cookie = "flavour=" + encodeURIComponent("ch\u00f6c; x");
  document.cookie = "json=" + encodeURIComponent('{"a": 1}');
  window.shop = {deep: {value: [1, {b: 2}]}};
</script>"""
MODULES = {
    "./mine.js": "// export default nothing\n"
    "export default function (context) { return helper(context.detail) }\n"
    "function helper(detail) { return 'a\u00f1\U0001f600' + detail.n }\n",
    "./broken.js": "const a = 'x';\nexport default () => { throw new Error(a) };",
}


def test_every_source(shop: Shop) -> None:
    event = custom(on={"manual": True}, payload=SOURCES)
    shop.plan({"events": {"all": event}}, MODULES)
    shop.write("index.html", SOURCE_PAGE, '<meta property="og:title" content="A &amp; B">')
    shop.open("/index.html?q=blue%20mug")
    [call] = shop.do("connectifKit.send('all', {n: 1})", 1)
    assert call["events"][0]["payload"] == {
        "literal": 5,
        "text": "Title",
        "area": "words",
        "ticked": "v",
        "attribute": "/p/mug?x",
        "property": "/p/mug",
        "all": ["one", "two"],
        "query": "blue mug",
        "stored": "plain",
        "dotted": "Ana",
        "path": "t",
        "exact": "whole",
        "session": "7",
        "cookie": "ch\u00f6c; x",
        "json_cookie": 1,
        "global": [1, {"b": 2}],
        "meta": "A & B",
        "module": "a\u00f1\U0001f6001",
    }


def test_a_record_is_read_from_elements_and_templates_too(shop: Shop) -> None:
    line = {
        "selector": "tr",
        "all": True,
        "fields": {
            "product_id": "dataset.sku",
            "name": {"selector": "td"},
            "url": {"template": "/p/{dataset.sku}/"},
            "unit_price": "dataset.price",
            "quantity": {"selector": "input"},
        },
    }
    cart = {"selector": "table", "fields": {"cart_id": "id", "product_basket_item": line}}
    shop.plan({"cart": cart})
    rows = "".join(
        f"<tr data-sku={sku} data-price=2.50><td>{sku.title()}</td><td><input value={n}></td></tr>"
        for sku, n in (("mug", 2), ("bowl", 1))
    )
    shop.write("index.html", f"<table id=c-9>{rows}</table>")
    [visit] = shop.open()
    cart_sent = visit["options"]["cart"]
    assert (cart_sent["cartId"], cart_sent["totalQuantity"], cart_sent["totalPrice"]) == ("c-9", 3, 7.5)
    assert cart_sent["products"][0] == {
        "productId": "mug",
        "name": "Mug",
        "productDetailUrl": "https://shop.example/p/mug/",
        "unitPrice": 2.5,
        "quantity": 2,
        "price": 5,
    }


def test_names_of_every_face_are_found_and_values_take_their_kind(shop: Shop) -> None:
    shop.plan({"cart": {"global": "cart"}, "contact": {"global": "who"}})
    shop.write(
        "index.html",
        """<script>
  window.who = {primary_key: "ana@shop.example", _surname: 12, password: "secret",
    _newsletterSubscriptionStatus: "SUBSCRIBED"};
  window.cart = {cartId: 7, cart_recovery_url: "https://shop.example/r", total_price: "10.50", secret: 1,
    products: [{url: "https://shop.example/p/a", product_id: "a", name: "A", unit_price: "5.25",
      quantity: "2", availability: "instock", tags: "one", rating: "four",
      categories: ["/X/Y", ""], imageUrl: null}]};
</script>""",
    )
    [visit] = shop.open()
    who = {"primaryKey": "ana@shop.example", "_surname": "12", "_newsletterSubscriptionStatus": "subscribed"}
    assert visit["options"]["entityInfo"] == who
    line = {
        "productDetailUrl": "https://shop.example/p/a",
        "productId": "a",
        "name": "A",
        "unitPrice": 5.25,
        "quantity": 2,
        "price": 10.5,
        "availability": "InStock",
        "tags": ["one"],
        "categories": ["/X/Y"],
    }
    assert visit["options"]["cart"] == {
        "cartId": "7",
        "cartRecoveryUrl": "https://shop.example/r",
        "totalPrice": 10.5,
        "totalQuantity": 2,
        "products": [line],
    }


def test_custom_contact_fields_keep_their_names_and_an_event_brings_its_own_contact(shop: Shop) -> None:
    fields = {"primary_key": "email", "level": "club.level", "langs": "langs"}
    login = {"on": {"event": "user:login"}, "send": "login", "contact": {"detail": "user"}}
    shop.plan({"contact": {"storage": "shop.user", "fields": fields}, "events": {"in": login}})
    shop.write("index.html")
    [visit] = shop.open()
    assert visit["options"] == {}
    user = "{email: 'ana@shop.example', club: {level: 3}, langs: ['es', 'en']}"
    [call] = shop.do(
        f"document.dispatchEvent(new CustomEvent('user:login', {{detail: {{user: {user}}}}}))", 1
    )
    assert call["events"] == [{"type": "login"}]
    info = {"primaryKey": "ana@shop.example", "level": 3, "langs": ["es", "en"]}
    assert call["options"]["entityInfo"] == info
    assert shop.do("document.dispatchEvent(new CustomEvent('user:login', {detail: {}}))") == []
