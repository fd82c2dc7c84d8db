"""Page views: products read from their tags, searches, orders once, routes, and who else reports."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest

from connectif_kit.plan.load import load
from tests.browser.shop import ANA, STORE, USER, Shop, rendered

PRODUCT = """<div class="cn_product_visited" style="display:none">
  <span class="url">https://shop.example/p/mug/</span><span class="product_id">mug</span>
  <span class="name">Mug &amp; “co”</span><span class="unit_price">12.50</span>
  <span class="availability">InStock</span><span class="description">&lt;b&gt;blue&lt;/b&gt;</span>
  <span class="category">/Kitchen/Mugs</span><span class="category">/Gifts</span><span class="tag">new</span>
</div>"""
SEEN = {
    "productDetailUrl": "https://shop.example/p/mug/",
    "productId": "mug",
    "name": "Mug & “co”",
    "unitPrice": 12.5,
    "availability": "InStock",
    "description": "<b>blue</b>",
    "categories": ["/Kitchen/Mugs", "/Gifts"],
    "tags": ["new"],
}
ORDER = {
    "storage": "shop.order",
    "fields": {
        "purchase_id": "id",
        "product_basket_item": {"path": "lines", "fields": {"product_id": "sku"}},
        "source_type": {"literal": "digital-store"},
    },
}
PAGES: dict[str, Any] = {
    "home": {"match": "/"},
    "product": {"match": "/p/*", "product": "json-ld"},
    "search": {"match": "/search", "search_text": {"query": "q"}},
    "confirmation": {"match": "/done", "purchase": ORDER},
}


def test_a_product_page_reports_what_its_tag_says(shop: Shop) -> None:
    shop.plan({"pages": PAGES})
    broken = PRODUCT.replace("12.50", "12,50").replace(">mug<", ">bowl<")
    shop.write("p/mug/index.html", PRODUCT + broken)
    [visit] = shop.open("/p/mug/")
    assert visit["events"] == [{"type": "product-visited", "product": SEEN}, {"type": "page-visit"}]


def test_a_search_is_reported_with_its_words(shop: Shop) -> None:
    shop.plan({"pages": PAGES})
    shop.write("search.html")
    shop.open("/search.html?q=blue%20mug")
    assert shop.sent()[0]["events"] == [{"type": "search", "searchText": "blue mug"}, {"type": "page-visit"}]
    shop.open("/search.html?q=+")
    assert shop.types() == [["page-visit"]]


def test_an_order_is_reported_once_and_its_lines_know_the_products_seen(shop: Shop) -> None:
    shop.plan({"pages": PAGES, "cart": {"storage": "shop.cart"}})
    shop.write("p/mug/index.html", PRODUCT)
    shop.write("done/index.html")
    order = {"id": "o-1", "lines": [{"sku": "mug", "unit_price": 12.5, "quantity": 2}]}
    shop.store(shop_order=order)
    shop.open("/p/mug/")
    [visit] = shop.open("/done/")
    assert visit["events"][0]["purchase"] == {
        "purchaseId": "o-1",
        "totalQuantity": 2,
        "totalPrice": 25,
        "source_type": "digital-store",
        "products": [{**SEEN, "quantity": 2, "price": 25}],
    }
    shop.open("/done/")
    assert shop.types() == [["page-visit"]]


def test_an_order_that_comes_late_belongs_to_its_page(shop: Shop) -> None:
    pages = {**PAGES, "confirmation": {"match": "/done", "purchase": {"data_layer": "bought"}}}
    shop.plan({"pages": pages})
    shop.write("done.html")
    shop.open("/done.html")
    line = "{productId: 'a', name: 'A', productDetailUrl: 'https://x/a', unitPrice: 2, quantity: 2}"
    order = f"dataLayer.push({{event: 'bought', purchaseId: 'o-2', products: [{line}]}})"
    [call] = shop.do(order, 1)
    assert [event["type"] for event in call["events"]] == ["purchase"]
    assert shop.do(order) == []


def test_routes_of_a_single_page_app(shop: Shop) -> None:
    search = {"match": "/search", "search_text": {"data_layer": "search", "path": "term"}}
    spa = {"query": ["a", "b"]}
    shop.plan({"integration": {"spa": spa}, "contact": USER, "pages": {**PAGES, "search": search}})
    shop.store(shop_user=ANA)
    shop.write("index.html", "<main></main>")
    shop.open()
    render = f"document.querySelector('main').innerHTML = {PRODUCT!r};".replace("\\n", "")
    [call] = shop.do(f"history.pushState(0, '', '/p/mug'); setTimeout(() => {{ {render} }}, 20)", 1)
    assert [event["type"] for event in call["events"]] == ["product-visited", "page-visit"]
    assert call["options"]["entityInfo"]["primaryKey"] == "ana@shop.example"
    [call] = shop.do(
        "document.querySelector('main').innerHTML = '';"
        "history.replaceState(0, '', '/nowhere'); history.pushState(0, '', '/search?a');"
        "document.title = 'Search'; dataLayer.push({event: 'search', term: 'one'})",
        1,
    )
    assert call["events"] == [{"type": "search", "searchText": "one"}, {"type": "page-visit"}]
    [call] = shop.do("history.pushState(0, '', '/search?b')", 1)
    assert call["events"] == [{"type": "page-visit"}]
    [call] = shop.do("dataLayer.push({event: 'search', term: 'two'})", 1)
    assert call["events"] == [{"type": "search", "searchText": "two"}]
    [call] = shop.do("history.back()", 1)
    assert call["events"][-1] == {"type": "page-visit"}
    assert shop.do("history.pushState(0, '', location.href + '#x'); history.replaceState(1, '')") == []
    shop.page.wait_for_timeout(80)
    assert shop.do("") == []


def test_a_tag_outside_the_apps_root_belongs_to_the_route_it_came_with(shop: Shop) -> None:
    shop.plan({"integration": {"spa": True}, "pages": PAGES})
    shop.write("p/mug/index.html", f"<main></main>{PRODUCT}")
    [visit] = shop.open("/p/mug/")
    assert [event["type"] for event in visit["events"]] == ["product-visited", "page-visit"]
    [cart] = shop.do("history.pushState({}, '', '/cart')", 1)
    assert cart["events"] == [{"type": "page-visit"}]
    [back] = shop.do("history.back()", 1)
    assert [event["type"] for event in back["events"]] == ["product-visited", "page-visit"]
    renew = "document.querySelector('.cn_product_visited .product_id').textContent = 'bowl'"
    [bowl] = shop.do(f"history.pushState({{}}, '', '/p/bowl/'); {renew}", 1)
    assert bowl["events"][0]["product"]["productId"] == "bowl"


def test_an_order_reported_twice_in_one_turn_is_sent_once(shop: Shop) -> None:
    pages = {"confirmation": {"match": "/", "kind": "content"}}
    event = {"on": {"data_layer": "purchase"}, "send": "purchase"}
    shop.plan({"pages": pages, "events": {"bought": event}})
    item = "{item_id: 'a', item_name: 'A', productDetailUrl: 'https://x/a', price: 2}"
    order = f"dataLayer.push({{event: 'purchase', ecommerce: {{transaction_id: 'ID', items: [{item}]}}}});"
    shop.write("index.html", f"<script>dataLayer = []; {order * 2}</script>")
    shop.open()
    assert shop.types() == [["purchase", "page-visit"]]
    [call] = shop.do(order.replace("ID", "other") * 2 + order, 1)
    assert [one["purchase"]["purchaseId"] for one in call["events"]] == ["other"]


UNREADABLE = ("12,50", "1.234,50", "1e21", -5, "NaN", False)


@pytest.mark.parametrize("script", ["connectif-events.min.js", "connectif-events.dev.js"])
def test_a_total_is_never_made_from_what_could_not_be_read(shop: Shop, script: str) -> None:
    shop.script = script
    event = {"on": {"manual": True}, "send": "purchase", "purchase": {"detail": ""}}
    shop.plan({"events": {"bought": event}, "pages": {}})
    shop.write("index.html")
    shop.open()
    line = {"productId": "a", "name": "A", "productDetailUrl": "https://x/a", "unitPrice": 2, "quantity": 2}
    for number, wrong in enumerate(UNREADABLE):
        for order in (
            {"products": [line, {**line, "unitPrice": wrong}]},
            {"products": [line, {**line, "price": wrong}]},
            {"products": [line], "totalPrice": wrong},
        ):
            told = json.dumps({"purchaseId": str(number), **order})
            assert shop.do(f"connectifKit.send('bought', {told})") == [], order
    given = {"products": [line, {**line, "unitPrice": "12,50"}], "totalPrice": 16.5, "totalQuantity": 3}
    [call] = shop.do(f"connectifKit.send('bought', {json.dumps({'purchaseId': 'g', **given})})", 1)
    assert (call["events"][0]["purchase"]["totalPrice"], call["events"][0]["purchase"]["totalQuantity"]) == (
        16.5,
        3,
    )
    [call] = shop.do(f"connectifKit.send('bought', {json.dumps({'purchaseId': 'c', 'products': [line]})})", 1)
    assert call["events"][0]["purchase"]["totalPrice"] == 4
    assert any("total_price" in said for said in shop.warnings) == ("dev" in script)


def test_a_page_that_never_rests_is_seen_all_the_same(shop: Shop) -> None:
    shop.plan({"integration": {"spa": True}})
    shop.write("index.html", "<main></main>")
    shop.open()
    [call] = shop.do(
        "setInterval(() => { document.querySelector('main').textContent += '.' }, 10);"
        "history.pushState(0, '', '/x')",
        1,
    )
    assert [event["type"] for event in call["events"]] == ["page-visit"]


@pytest.mark.parametrize("activity", ["server-tags", "client-tags"])
def test_with_tags_the_client_reports_and_the_dispatcher_does_not(shop: Shop, activity: str) -> None:
    shop.client = {"autoSend": True}
    load = {"on": {"load": True}, "send": "login", "contact": {"global": "who"}}
    plan = {"integration": {"activity": activity}, "contact": USER, "pages": PAGES, "events": {"in": load}}
    shop.plan(plan)
    shop.store(shop_user=ANA)
    login = "<div class=cn_login></div><script>window.who = {email: 'ana@shop.example'}</script>"
    shop.write("p/mug/index.html", PRODUCT + login)
    shop.open("/p/mug/")
    assert shop.types() == [["product-visited", "login", "page-visit"]]
    [call] = shop.do("connectifKit.pageVisit()", 1)
    assert call["events"] == [{"type": "page-visit"}]


def test_server_tags_leave_searches_to_the_dispatcher_unless_a_tag_is_there(shop: Shop) -> None:
    shop.client = {"autoSend": True}
    shop.plan({"integration": {"activity": "server-tags"}, "pages": PAGES})
    shop.write("search.html")
    shop.open("/search.html?q=mug", 2)
    assert sorted(shop.types()) == [["page-visit"], ["search"]]
    shop.write("search.html", "<div class=cn_search><span class=search_text>mug</span></div>")
    shop.open("/search.html?q=mug")
    assert shop.types() == [["search", "page-visit"]]


def test_client_tags_are_written_before_the_client_reads_them(shop: Shop) -> None:
    shop.client = {"autoSend": True, "autoInitialize": False}
    cart = {"storage": "shop.cart", "fields": {"cart_id": "id", "product_basket_item": "lines"}}
    contact = {"storage": "shop.user", "fields": {"primary_key": "email", "langs": "langs", "level": "level"}}
    integration = {"activity": "client-tags", "auto_initialize": False}
    changed = {"on": {"event": "cart:changed"}, "send": "cart"}
    shop.plan(
        {
            "integration": integration,
            "contact": contact,
            "cart": cart,
            "pages": PAGES,
            "events": {"cart-changed": changed},
        }
    )
    line = {"product_id": "mug", "name": "<b>&", "url": "/p/mug/", "unit_price": 2, "quantity": 2}
    shop.store(
        shop_user={**ANA, "langs": ["es", "en"], "level": 3},
        shop_cart={"id": "c-1", "lines": [line]},
        shop_order={"id": "o-1", "lines": [{**line, "sku": "mug"}]},
    )
    shop.write("done.html")
    [first] = shop.open("/done.html")
    assert [event["type"] for event in first["events"]] == ["purchase", "page-visit"]
    assert first["events"][0]["purchase"]["products"] == [{"productId": "mug", "quantity": 2, "price": 4}]
    assert first["entityInfo"] == {"primaryKey": "ana@shop.example", "langs": ["es", "en"], "level": "3"}
    assert first["cart"]["products"] == [{"productId": "mug", "quantity": 2, "price": 4}]
    shown = "[...document.querySelectorAll('[class^=cn_]')].filter((tag) => tag.offsetParent).length"
    assert shop.page.evaluate(shown) == 0
    assert shop.page.evaluate("__initialized") == 1
    emptied = 'localStorage.setItem(\'shop.cart\', \'{"id": "c-1", "lines": []}\');'
    [call] = shop.do(emptied + "document.dispatchEvent(new Event('cart:changed'))", 1)
    assert call["events"] == []
    assert "cart" not in call["options"]
    assert call["cart"] == {"cartId": "c-1", "totalPrice": 0, "products": []}
    assert shop.page.evaluate("document.querySelectorAll('.cn_cart').length") == 1
    shop.open("/done.html")
    assert shop.types() == [["page-visit"]]


def test_manual_initialisation_happens_once(shop: Shop) -> None:
    shop.client = {"autoInitialize": False}
    shop.plan({"integration": {"auto_initialize": False}})
    shop.write("index.html")
    shop.open()
    shop.page.evaluate("document.dispatchEvent(new Event('connectif.loaded'))")
    assert shop.page.evaluate("__initialized") == 1


PATHS = (
    *("/", "/index.html", "/index.HTM", "/p", "/p/", "/p/mug", "/p/mug/", "/p/mug.html", "/p/mug/index.html"),
    *(
        "/p/mug/blue",
        "/c/a/b/index.xhtml",
        "/search.htm",
        "/p/mug.HTML",
        "/p/m.u+g",
        "/p/a(b)",
        "/caf%C3%A9/x",
    ),
    *(
        "/p/index",
        "/p/fooindex.html",
        "/p/mug.html/",
        "/p/a.html.html",
        "/%F0%9F%98%80",
        "/p/%",
        "/shop/p/mug",
    ),
)
GLOBS = (
    "/",
    "/p/*",
    "/p/**",
    "/**",
    "/c/**/b",
    "/search",
    "/p/m.*",
    "/p/a(b)",
    "/café/*",
    "/*.html",
    "/p/mu*",
    "/😀",
)


TELL = """async ([scripts, paths]) => {
  const found = {};
  let events = [];
  window.connectif = {managed: {sendEvents: (given) => { events.push(...given) }}};
  for (const [glob, script] of Object.entries(scripts)) {
    delete window.connectifKit;
    (0, eval)(script);
    found[glob] = [];
    for (const path of paths) {
      history.replaceState(0, "", path);
      await new Promise((done) => setTimeout(done));
      events = [];
      connectifKit.send("a");
      await new Promise((done) => setTimeout(done));
      if (events.length) found[glob].push(path);
    }
  }
  return found;
}"""


@pytest.mark.parametrize("base", ["", "/shop"])
def test_an_address_is_the_same_page_here_and_there(shop: Shop, base: str) -> None:
    store = {**STORE, "url": f"https://shop.example{base}"}
    scripts, expected = {}, {}
    for glob in GLOBS:
        pages = {"one": {"match": glob, "kind": "content"}}
        event = {"on": {"manual": True}, "send": "custom", "alias": "x", "pages": ["one"]}
        plan = {"store": store, "pages": pages, "events": {"a": event}}
        scripts[glob] = rendered(plan)["connectif-events.min.js"]
        loaded = load("connectif.yaml", json.dumps(plan, ensure_ascii=False).encode()).plan
        expected[glob] = [path for path in PATHS if loaded.page_at(unquote(path))]
    (shop.folder / "blank.html").write_text("<!doctype html>")
    shop.open("/blank.html", calls=None)
    assert shop.page.evaluate(TELL, [scripts, PATHS]) == expected


def test_client_tags_write_a_search_and_what_happens_later_is_sent(shop: Shop) -> None:
    shop.client = {"autoSend": True, "autoInitialize": False}
    later = {"on": {"click": "button"}, "send": "custom", "alias": "later"}
    integration = {"activity": "client-tags", "auto_initialize": False}
    shop.plan({"integration": integration, "pages": PAGES, "events": {"later": later}})
    shop.write("search.html", "<button></button>")
    [first] = shop.open("/search.html?q=blue%20mug")
    assert first["events"] == [{"type": "search", "searchText": "blue mug"}, {"type": "page-visit"}]
    [call] = shop.do("document.querySelector('button').click()", 1)
    assert call["events"][0]["eventAlias"] == "later"
