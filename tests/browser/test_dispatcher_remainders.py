"""Nothing that was read for the last route is sent for this one, whatever the product is read from."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.shop import Shop
from tests.browser.test_dispatcher_views import APP, PLAN, retitle

PAGE = """<main id=app><h1>Home</h1></main><script>
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const go = (id, late, write) => {
  history.pushState(0, "", `/p/${id}/`);
  document.querySelector("[rel=canonical]").href = `https://shop.example/p/${id}/`;
  document.title = "Product " + id;
  wait(late).then(write);
};
const written = (id, price) => `<h1>Name ${id}</h1><b class=sku>${id}</b><i class=price>${price}</i>`;
const ld = (id, price) => JSON.stringify({"@context": "https://schema.org", "@type": "Product", sku: id, name: "Name " + id,
  offers: {"@type": "Offer", price, priceCurrency: "EUR"}});
</script>"""
HEAD = "<link rel=canonical href='https://shop.example/'><script type='application/ld+json' id=ld></script>"
TEXTS: dict[str, Any] = {
    "product_id": {"selector": ".sku"},
    "name": {"selector": "h1"},
    "unit_price": {"selector": ".price"},
}
CANONICAL = {**TEXTS, "url": {"selector": "link[rel=canonical]", "attribute": "href"}}
STATE = {
    "product_id": "id",
    "name": "name",
    "unit_price": "price",
    "url": {"page": "path", "base": "https://shop.example"},
}
INNER = "app.innerHTML = written('ID', PRICE)"
SOURCES: dict[str, tuple[Any, str]] = {
    "an address that comes first": ({"selector": "main", "fields": CANONICAL}, INNER),
    "an id from the address": (
        {"selector": "main", "fields": {**TEXTS, "product_id": {"page": "path", "split": "/", "nth": -1}}},
        INNER,
    ),
    "an address beside an object": (
        {"global": "state.product", "fields": STATE},
        "window.state = {product: {id: 'ID', name: 'Name ID', price: PRICE}}",
    ),
    "json-ld without address": ("json-ld", "document.querySelector(`#ld`).textContent = ld(`ID`, PRICE)"),
}


def sent_products(shop: Shop) -> list[tuple[str, float] | None]:
    """Name and price that each visit came with."""
    return [
        next(
            ((e["product"]["name"], e["product"]["unitPrice"]) for e in one["events"] if "product" in e), None
        )
        for one in shop.page.evaluate("__sent")
        if any(event["type"] == "page-visit" for event in one["events"])
    ]


@pytest.mark.parametrize("name", SOURCES)
def test_the_last_product_is_never_reported_under_a_new_address(shop: Shop, name: str) -> None:
    source, write = SOURCES[name]
    shop.plan({**PLAN, "pages": {**PLAN["pages"], "product": {"match": "/p/*", "product": source}}})
    shop.write("index.html", PAGE, HEAD)
    shop.open("/")
    views = [("/", "Shop", None)]
    for id_, price, late in (("a", 10, 100), ("b", 20, 1200), ("c", 20, 300)):
        script = write.replace("ID", id_).replace("PRICE", str(price))
        shop.page.evaluate(f"go('{id_}', {late}, () => {{ {script} }})")
        views.append((f"/p/{id_}/", f"Product {id_}", id_))  # type: ignore[arg-type]  # an id, where home has none
        shop.seen(*views)
    assert sent_products(shop)[1:] == [("Name a", 10), ("Name b", 20), ("Name c", 20)]
    # Left before its product came: a visit and no more.
    shop.page.evaluate("go('d', 5000, () => {}); wait(300).then(() => history.pushState(0, '', '/cart')); 0")
    shop.page.wait_for_function("__sent.length >= 5")
    assert shop.views()[4] == ("/p/d/", "Product d", None)


def test_texts_that_are_patched_in_place_are_this_routes(shop: Shop) -> None:
    source = {"selector": "main", "fields": CANONICAL}
    shop.plan({**PLAN, "pages": {**PLAN["pages"], "product": {"match": "/p/*", "product": source}}})
    shop.write("index.html", PAGE, HEAD)
    shop.open("/")
    shop.page.evaluate("go('a', 0, () => { app.innerHTML = written('a', 10) })")
    patch = "document.querySelector('.sku').firstChild.data = 'ID'; document.querySelector('h1').firstChild.data = 'Name ID'"
    for number, id_ in enumerate("bc"):
        shop.page.wait_for_function(f"__sent.length == {number + 2}")
        shop.page.evaluate(f"go('{id_}', 700, () => {{ {patch.replace('ID', id_)} }})")
    shop.page.wait_for_function("__sent.length == 4")
    assert sent_products(shop)[1:] == [("Name a", 10), ("Name b", 10), ("Name c", 10)]


def test_a_tag_whose_texts_change_one_by_one_is_waited_for(shop: Shop) -> None:
    shop.plan(PLAN)
    shop.write("index.html", APP)
    retitle(shop, "Home")
    shop.open("/")
    shop.page.evaluate("go('/p/a/', 50); 0")
    shop.seen(("/", "Home", None), ("/p/a/", "Product a", "a"))
    texts = {"url": "https://shop.example/p/b/", "product_id": "b", "name": "B", "unit_price": "20"}
    script = f"""async () => {{ history.pushState(0, "", "/p/b/"); document.title = "Product b";
      for (const [name, text] of Object.entries({json.dumps(texts)})) {{
        await wait(120);
        document.querySelector(".cn_product_visited ." + name).textContent = text;
      }} }}"""
    shop.page.evaluate(script)
    shop.seen(("/", "Home", None), ("/p/a/", "Product a", "a"), ("/p/b/", "Product b", "b"))
    assert sent_products(shop)[2] == ("B", 20)


@pytest.mark.parametrize("order", [(50, 900), (900, 50), (400, 500)])
def test_title_and_product_come_in_any_order(shop: Shop, order: tuple[int, int]) -> None:
    shop.plan(PLAN)
    shop.write("index.html", APP)
    shop.open("/")
    titled, filled = order
    for number, id_ in enumerate("ab"):
        shop.page.evaluate(
            f"history.pushState(0, '', '/p/{id_}/'); wait({titled}).then(() => {{ document.title = 'Title' }});"
            f" wait({filled}).then(() => {{ app.innerHTML = tag('{id_}') }}); 0"
        )
        shop.page.wait_for_function(f"__sent.length == {number + 2}")
    assert shop.views()[1:] == [("/p/a/", "Title", "a"), ("/p/b/", "Title", "b")]


def test_a_product_that_comes_after_its_view_is_reported_alone(shop: Shop) -> None:
    shop.plan(PLAN)
    shop.write("index.html", APP)
    shop.open("/")
    shop.page.evaluate(
        "history.pushState(0, '', '/p/a/'); document.title = 'Product a'; wait(5000).then(() => { app.innerHTML = tag('a') }); 0"
    )
    shop.page.wait_for_function("__sent.length == 3")
    assert shop.types() == [["page-visit"], ["page-visit"], ["product-visited"]]


REDIRECTS = (
    "fetch('/index.html').then(() => history.replaceState(0, '', '/products'))",
    "addEventListener('load', () => fetch('/index.html').then(() => history.pushState(0, '', '/products')))",
    "addEventListener('load', () => setTimeout(() => history.pushState(0, '', '/products'), 400))",
    "navigation.addEventListener('navigate', (e) => e.canIntercept && e.intercept({handler: async () => {}}));"
    "navigation.navigate('/products', {history: 'replace'})",
    "location.replace('#/products')",
)


@pytest.mark.parametrize("redirect", REDIRECTS)
def test_a_shell_that_leads_on_is_one_view(shop: Shop, redirect: str) -> None:
    shop.plan(PLAN)
    fill = """const poll = setInterval(() => { if (!location.href.includes("products")) return; clearInterval(poll);
      setTimeout(() => { document.title = "Products"; app.textContent = "Products" }, 200) }, 20)"""
    shop.write("index.html", f"<div id=app></div><script>{redirect}</script><script>{fill}</script>")
    shop.page.goto(shop.url + "/")
    shop.page.wait_for_function("window.__sent && __sent.length")
    shop.page.wait_for_timeout(300)
    assert [view[1] for view in shop.views()] == ["Products"]


def test_a_route_that_leads_on_is_one_view(shop: Shop) -> None:
    shop.plan(PLAN)
    shop.write("index.html", APP)
    shop.open("/")
    shop.page.evaluate(
        "history.pushState(0, '', '/account'); wait(100).then(() => history.replaceState(0, '', '/login'))"
        ".then(() => wait(200)).then(() => { document.title = 'Login' }); 0"
    )
    shop.seen(("/", "Shop", None), ("/login", "Login", None))


HASH_APP = (
    "<main id=app></main><script>"
    + APP.partition("<script>")[2].partition("const wait")[0]
    + """const route = () => setTimeout(() => { const id = (location.hash.split("/")[2] || "").split("?")[0];
  if (id) document.title = "Product " + id, app.innerHTML = tag(id) }, 300);
addEventListener("hashchange", route); route()</script>"""
)


@pytest.mark.parametrize("landing", ["/hash/#/p/a/", "/hash/#!/p/a", "/hash/?x#/p/a?utm=1"])
def test_a_hash_routers_landing_page_is_its_route(shop: Shop, landing: str) -> None:
    shop.plan(PLAN)
    shop.write("hash/index.html", HASH_APP)
    shop.page.goto(shop.url + landing)
    shop.page.wait_for_function("window.__sent && __sent.length == 1")
    shop.page.evaluate("location.hash = '#/p/b/'")
    shop.page.wait_for_function("__sent.length == 2")
    shop.page.go_back()
    shop.page.wait_for_function("__sent.length == 3")
    assert [view[1:] for view in shop.views()] == [(f"Product {id_}", id_) for id_ in "aba"]


def test_the_landing_pages_product_is_not_the_next_routes(shop: Shop) -> None:
    shop.plan({**PLAN, "pages": {**PLAN["pages"], "product": {"match": "/p/*", "product": "json-ld"}}})
    shop.write(
        "p/a/index.html",
        PAGE + "<script>document.querySelector('#ld').textContent = ld('a', 10)</script>",
        HEAD,
    )
    shop.open("/p/a/")
    shop.page.evaluate("go('b', 1200, () => { document.querySelector('#ld').textContent = ld('b', 20) })")
    shop.seen(("/p/a/", "Shop", "a"), ("/p/b/", "Product b", "b"))
    # And back to where the product still stands.
    shop.page.evaluate("go('c', 5000, () => {}); wait(200).then(() => go('b', 0, () => {})); 0")
    shop.page.wait_for_function("__sent.length == 4")
    assert [view[2] for view in shop.views()] == ["a", "b", None, "b"]
