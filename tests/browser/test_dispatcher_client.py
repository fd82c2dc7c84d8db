"""The dispatcher beside the client and the page: who waits for whom, and what each keeps to itself."""

from __future__ import annotations

import pytest

from tests.browser.events import custom
from tests.browser.shop import Shop


@pytest.mark.parametrize("old", [False, True])
def test_events_wait_for_the_client_and_a_turn_is_one_call(shop: Shop, old: bool) -> None:
    shop.client = {"wait": True, "old": old}
    shop.plan({"events": {"a": custom(on={"manual": True}), "b": custom(on={"event": "b"})}})
    shop.write("index.html")
    shop.open(calls=0)
    shop.page.wait_for_function("window.connectif && connectif.managed")
    assert (
        shop.do("connectifKit.send('a'); window.dispatchEvent(new Event('b')); connectifKit.send('a')") == []
    )
    [call] = shop.do("document.dispatchEvent(new Event('client:go'))", 1)
    assert [event["type"] for event in call["events"]] == ["page-visit", "custom", "custom", "custom"]
    later = shop.do("connectifKit.send('a'); connectifKit.send('b')", 1)
    assert [event["type"] for event in later[0]["events"]] == ["custom", "custom"]


def test_nothing_is_sent_where_the_client_never_comes(shop: Shop) -> None:
    shop.plan({"events": {"a": custom(on={"manual": True})}})
    shop.write("index.html")
    shop.page.context.route("https://cdn.connectif.cloud/**", lambda route: route.abort())
    shop.open(calls=None)
    assert shop.page.evaluate("connectifKit.send('a'), connectifKit.cart(), window.connectif") is None


def test_the_page_and_the_dispatcher_do_not_break_each_other(shop: Shop, page_errors: list[str]) -> None:
    shop.client = {"rejects": True}
    getter = "Object.defineProperty(window, 'bad', {get() { throw new Error('getter') }});"
    payload = {"bad": {"global": "bad"}, "loop": {"global": "loop"}, "good": 1}
    shop.plan({"events": {"a": custom(on={"event": "x"}, payload=payload)}})
    shop.write(
        "index.html",
        f"<script>{getter} window.loop = {{}}; loop.loop = loop;"
        "window.addEventListener('x', () => { throw new Error('the page') }, true)</script>",
    )
    shop.open()
    [call] = shop.do("window.dispatchEvent(new Event('x'))", 1)
    assert call["events"][0]["payload"] == {"good": 1}
    assert [error for error in page_errors if "the page" not in error] == []
    page_errors.clear()


def test_the_page_keeps_its_objects_to_itself(shop: Shop) -> None:
    shop.plan({"contact": {"global": "who"}, "cart": {"global": "cart"}})
    shop.write("index.html", "<script>window.who = {primaryKey: 'ana@shop.example'}</script>")
    [visit] = shop.open()
    assert visit["options"]["entityInfo"] == {"primaryKey": "ana@shop.example"}
    assert shop.page.evaluate("who") == {"primaryKey": "ana@shop.example"}


def test_the_public_functions(shop: Shop) -> None:
    shop.plan({})
    shop.write("index.html")
    shop.open()
    line = "{productId: 'a', name: 'A', productDetailUrl: 'https://x/a', unitPrice: 2, quantity: 2}"
    cart = f"{{cartId: 'c', products: [{line}]}}"
    calls = shop.do(f"connectifKit.cart({cart})", 1)
    calls += shop.do("connectifKit.contact({primaryKey: 'ana@shop.example', _name: 'Ana'})", 1)
    calls += shop.do("connectifKit.pageVisit()", 1)
    assert [call["events"] for call in calls] == [[], [], [{"type": "page-visit"}]]
    assert calls[0]["options"]["cart"]["totalPrice"] == 4
    assert calls[1]["options"] == {"entityInfo": {"primaryKey": "ana@shop.example", "_name": "Ana"}}
    assert shop.do("connectifKit.cart(); connectifKit.contact(); connectifKit.cart({cartId: ''})") == []


def test_a_second_copy_of_the_files_does_nothing(shop: Shop) -> None:
    shop.plan({})
    shop.write("index.html", "")
    html = (shop.folder / "index.html").read_text()
    (shop.folder / "index.html").write_text(html + html[html.index("<body>") :])
    shop.open()
    assert shop.page.evaluate("__loads") == 1


def test_a_click_on_a_label_is_one_click(shop: Shop) -> None:
    liked = custom(on={"click": ".option"}, payload={"on": {"selector": "input"}})
    shop.plan({"events": {"liked": liked}})
    shop.write(
        "index.html",
        "<p class=option><label for=a id=words><b>blue</b></label><input type=checkbox id=a value=yes>"
        "<label id=other>red <i>x</i><a href='#x' id=link>more</a><button type=button id=b>?</button></label>"
        "</p>"
        "<label class=option id=whole>green <input type=radio value=g id=g></label>"
        "<p class=option><label for=far id=outside>words</label></p><input id=far>",
    )
    shop.open()
    for clicked in ("#words b", "#a", "#other i", "#link", "#b", "#whole", "#g", "#outside"):
        calls = shop.do(f"document.querySelector('{clicked}').click()", 1)
        assert [len(call["events"]) for call in calls] == [1], clicked


def test_a_product_seen_in_this_visit_gives_its_own_address_before_the_plans_template(shop: Shop) -> None:
    pages = {"product": {"match": "/p/*", "product": "json-ld"}}
    shop.plan({"catalog": {"url": "/p/{product_id}/"}, "pages": pages, "cart": {"storage": "shop.cart"}})
    spans = "<span class=url>https://shop.example/p/blue-mug/</span><span class=product_id>mug</span>"
    spans += "<span class=name>Mug</span><span class=unit_price>12.5</span>"
    shop.write("p/blue-mug/index.html", f"<div class=cn_product_visited>{spans}</div>")
    shop.write("index.html")
    bowl = {"product_id": "bowl", "name": "Bowl", "unit_price": 3, "quantity": 1}
    shop.store(shop_cart={"cart_id": "c-1", "products": [{"product_id": "mug", "quantity": 2}, bowl]})
    shop.open("/p/blue-mug/")
    [visit] = shop.open()
    lines = visit["options"]["cart"]["products"]
    assert [line["productDetailUrl"] for line in lines] == [
        "https://shop.example/p/blue-mug/",
        "https://shop.example/p/bowl/",
    ]
    assert [line["price"] for line in lines] == [25, 3]
