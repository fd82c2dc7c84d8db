"""A view is taken when its page is there: single-page apps as they are, each against the client of the tests' own."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.shop import STORE, Shop

PLAN: dict[str, Any] = {
    "store": {**STORE, "currency": "EUR"},
    "integration": {"catalog": "feed", "spa": True},
    "catalog": {"source": "products.csv", "url": "/p/{product_id}/"},
    "pages": {"home": {"match": "/"}, "product": {"match": "/p/*"}, "cart": {"match": "/cart"}},
}
# An app with a router of its own: `go(path, wait)` changes the address first and the page later.
APP = """<main id=app><h1>Home</h1></main><a id=la href=/p/a/>a</a><a id=lb href=/p/b/>b</a><a id=lc href=/cart>c</a>
<script>
const tag = (id) => `<div class="cn_product_visited" style="display:none">
  <span class=url>https://shop.example/p/${id}/</span><span class=product_id>${id}</span>
  <span class=name>Name</span><span class=unit_price>10</span></div>`;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const titleOf = (path) => (path == "/" ? "Home" : path == "/cart" ? "Cart" : "Product " + path.split("/")[2]);
const render = (path) => {
  document.title = titleOf(path);
  app.innerHTML = `<h1>${document.title}</h1>` + (path.startsWith("/p/") ? tag(path.split("/")[2]) : "");
};
let last = 0;
const go = async (path, ms = 300) => {
  const mine = (last += 1);
  history.pushState({}, "", path);
  await wait(ms);
  if (mine == last) render(path);
};
addEventListener("popstate", async () => {
  const mine = (last += 1), path = location.pathname;
  await wait(200);
  if (mine == last) render(path);
});
document.querySelectorAll("a").forEach((link) => link.addEventListener("click", (event) => {
  event.preventDefault();
  go(link.getAttribute("href"));
}));
</script>"""


@pytest.fixture(params=["navigation", "history"])
def app(shop: Shop, request: pytest.FixtureRequest) -> Shop:
    """The app, in a browser with the Navigation API and in one without."""
    if request.param == "history":
        shop.page.add_init_script("Object.defineProperty(window, 'navigation', {value: undefined})")
    shop.plan(PLAN)
    shop.write("index.html", APP)
    retitle(shop, "Home")
    return shop


def retitle(shop: Shop, title: str, path: str = "index.html") -> None:
    file = shop.folder / path
    file.write_text(file.read_text().replace("<title>Shop</title>", f"<title>{title}</title>"))


def test_content_that_comes_after_the_address_is_waited_for(app: Shop) -> None:
    app.open("/")
    app.page.click("#la")
    app.seen(("/", "Home", None), ("/p/a/", "Product a", "a"))
    app.page.click("#lb")
    app.seen(("/", "Home", None), ("/p/a/", "Product a", "a"), ("/p/b/", "Product b", "b"))
    app.page.go_back()
    app.seen(
        *[("/", "Home", None), ("/p/a/", "Product a", "a"), ("/p/b/", "Product b", "b")],
        ("/p/a/", "Product a", "a"),
    )


def test_a_route_that_is_left_before_its_content_came_is_a_visit_and_no_more(app: Shop) -> None:
    app.open("/")
    app.page.evaluate("() => { go('/p/a/', 2000); wait(100).then(() => go('/p/b/', 200)) }")
    app.seen(("/", "Home", None), ("/p/a/", "", None), ("/p/b/", "Product b", "b"))


def test_an_answer_for_the_last_route_is_not_reported_for_this_one(app: Shop) -> None:
    app.open("/")
    late = "wait(600).then(() => { app.innerHTML = tag('a'); return wait(600) }).then(() => render('/p/b/'))"
    app.page.evaluate(f"history.pushState(0, '', '/p/a/'); history.pushState(0, '', '/p/b/'); {late}; 0")
    app.seen(("/", "Home", None), ("/p/b/", "Product b", "b"))


def test_a_product_that_never_comes_is_a_visit_without_one(app: Shop) -> None:
    app.open("/")
    app.page.click("#la")
    app.seen(("/", "Home", None), ("/p/a/", "Product a", "a"))
    app.page.evaluate("history.pushState(0, '', '/p/b/'); document.title = 'Product b'")
    app.seen(("/", "Home", None), ("/p/a/", "Product a", "a"), ("/p/b/", "Product b", None))


def test_an_address_that_is_cleaned_is_no_other_view(app: Shop) -> None:
    clean = "<script>addEventListener('load', () => history.replaceState(0, '', location.pathname))</script>"
    app.write("index.html", APP + clean)
    app.open("/?utm_source=mail")
    app.page.evaluate(
        "history.replaceState(0, '', '/?sort=price'); history.pushState(0, '', '/?sort=name#top')"
    )
    app.page.evaluate("go('/p/a/', 10)")
    app.page.wait_for_function("document.title == 'Product a'")
    app.page.evaluate("history.replaceState(0, '', '/p/a'); history.replaceState(0, '', '/p/a/index.html?x')")
    app.page.wait_for_timeout(600)
    assert [view[2] for view in app.views()] == [None, "a"]


def test_a_parameter_that_the_plan_names_is_a_view(shop: Shop) -> None:
    shop.plan({**PLAN, "integration": {"catalog": "feed", "spa": {"query": ["page", "q"]}}})
    shop.write("index.html", APP)
    shop.open("/")
    shop.page.evaluate("history.pushState(0, '', '/?page=2'); document.title = 'Two'")
    shop.seen(("/", "Shop", None), ("/", "Two", None))
    shop.page.evaluate(
        "history.pushState(0, '', '/?page=2&sort=x'); history.pushState(0, '', '/?sort=y&page=2')"
    )
    shop.page.evaluate("history.pushState(0, '', '/?page='); document.title = 'Three'")
    shop.seen(("/", "Shop", None), ("/", "Two", None), ("/", "Three", None))


def test_the_landing_page_of_an_app_is_not_taken_with_its_shell(shop: Shop) -> None:
    shop.plan(PLAN)
    for shell in (
        "<div id=app></div>",
        "<div id=app>Loading</div>",
        "<header><h1>Brand</h1></header><main></main><div id=app></div>",
    ):
        fill = "setTimeout(() => { document.title = 'Product a'; app.innerHTML = tag('a') }, 900)"
        shop.write(
            "p/a/index.html",
            f"{shell}<script>{APP.partition('<script>')[2].partition('const wait')[0]}{fill}</script>",
        )
        shop.page.goto(shop.url + "/p/a/")
        shop.seen(("/p/a/", "Product a", "a"))
    shop.write(
        "index.html", "<div id=app></div><script>setTimeout(() => { document.title = 'Late' }, 900)</script>"
    )
    shop.page.goto(shop.url + "/")
    shop.seen(("/", "Late", None))


@pytest.mark.parametrize(
    "redirect",
    [
        "history.replaceState(0, '', '/cart')",
        "history.pushState(0, '', '/cart')",
        "Promise.resolve().then(() => history.pushState(0, '', '/cart'))",
        "addEventListener('DOMContentLoaded', () => history.pushState(0, '', '/cart'))",
        "addEventListener('load', () => setTimeout(() => history.replaceState(0, '', '/cart'), 300))",
    ],
)
def test_a_redirect_on_entry_is_one_view(shop: Shop, redirect: str) -> None:
    shop.plan(PLAN)
    fill = (
        "const poll = setInterval(() => { if (location.pathname != '/cart') return; clearInterval(poll);"
        " setTimeout(() => { document.title = 'Cart'; app.textContent = 'Cart' }, 300) }, 20)"
    )
    shop.write("index.html", f"<div id=app></div><script>{redirect}; {fill}</script>")
    shop.page.goto(shop.url + "/")
    shop.seen(("/cart", "Cart", None))


HASH = (
    """<main id=app><h1>Home</h1></main><script>
addEventListener("hashchange", () => setTimeout(() => { const id = location.hash.split("/")[2];
  if (!id) return;
  document.title = "Product " + id; app.innerHTML = tag(id) }, 100));
"""
    + APP.partition("<script>")[2].partition("const wait")[0]
    + "</script>"
)


def test_a_hash_routers_path_is_the_page(shop: Shop) -> None:
    shop.plan(PLAN)
    shop.write("hash/index.html", HASH)
    retitle(shop, "Home", "hash/index.html")
    shop.open("/hash/")
    shop.page.evaluate("location.hash = '#/p/a/'")
    shop.seen(("/hash/", "Home", None), ("/hash/#/p/a/", "Product a", "a"))
    shop.page.evaluate("location.hash = '#!/p/b/'")
    shop.seen(
        ("/hash/", "Home", None), ("/hash/#/p/a/", "Product a", "a"), ("/hash/#!/p/b/", "Product b", "b")
    )
    shop.page.evaluate("location.hash = '#!/p/b/?sort=x'")
    shop.page.wait_for_timeout(300)
    assert len(shop.views()) == 3


NAVIGATION = (
    """<a id=la href=/p/a/>a</a><main id=app><h1>Home</h1></main><script>
navigation.addEventListener("navigate", (event) => {
  if (!event.canIntercept || event.hashChange) return;
  const id = event.destination.url.split("/").at(-2);
  event.intercept({handler: async () => { await new Promise((done) => setTimeout(done, 150));
    document.title = "Product " + id; app.innerHTML = tag(id) }});
});
"""
    + APP.partition("<script>")[2].partition("const wait")[0]
    + "</script>"
)


def test_the_navigation_api_is_heard(shop: Shop) -> None:
    shop.plan(PLAN)
    shop.write("index.html", NAVIGATION)
    shop.open("/")
    shop.page.click("#la")
    shop.seen(("/", "Shop", None), ("/p/a/", "Product a", "a"))
    shop.page.evaluate("navigation.navigate('/p/b/')")
    shop.seen(("/", "Shop", None), ("/p/a/", "Product a", "a"), ("/p/b/", "Product b", "b"))


SOURCES: dict[str, tuple[dict[str, Any], str]] = {
    "global": ({"global": "now.item"}, "window.now = {item: ITEM}"),
    "storage": ({"storage": "item"}, "localStorage.setItem('item', JSON.stringify(ITEM))"),
    "session": ({"storage": "item"}, "sessionStorage.setItem('item', JSON.stringify(ITEM))"),
    "cookie": ({"cookie": "item"}, "document.cookie = 'item=' + encodeURIComponent(JSON.stringify(ITEM))"),
    "data_layer": ({"data_layer": "shown", "path": "item"}, "dataLayer.push({event: 'shown', item: ITEM})"),
    "ga4": (
        {"data_layer": "view_item"},
        "dataLayer.push({event: 'view_item', ecommerce: {items: [{item_id: ITEM.productId, item_name: 'N', price: 10}]}})",
    ),
    "module": ({"module": "./item.js"}, "window.now = {item: ITEM}"),
    "promise": ({"module": "./later.js"}, "window.now = {item: ITEM}"),
    "selector": (
        {
            "selector": "article",
            "fields": {
                "product_id": {"selector": "b"},
                "name": {"selector": "h2"},
                "unit_price": {"selector": "i"},
            },
        },
        "app.innerHTML = `<article><b>${ITEM.productId}</b><h2>N</h2><i>10</i></article>`",
    ),
}
MODULES = {
    "./item.js": "export default () => window.now && window.now.item;\n",
    "./later.js": "export default () => new Promise((done) => setTimeout(() => done(window.now && window.now.item), 50));\n",
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_is_asked_again_until_it_has_this_routes_product(shop: Shop, name: str) -> None:
    source, tell = SOURCES[name]
    pages = {**PLAN["pages"], "product": {"match": "/p/*", "product": source}}
    shop.plan({**PLAN, "pages": pages}, MODULES)
    shop.write("index.html", APP + "<script>window.dataLayer = []</script>")
    shop.open("/")
    item = "{productId: 'ID', name: 'N', unitPrice: 10}"
    for route in "abcab":
        before = len(shop.views())
        told = tell.replace("ITEM", item.replace("ID", route))
        shop.page.evaluate(
            f"history.pushState(0, '', '/p/{route}/'); setTimeout(() => {{ document.title = 'Product {route}' }}, 100);"
            f" setTimeout(() => {{ {told} }}, 400)"
        )
        shop.page.wait_for_function(f"window.__sent.length > {before}")
        assert shop.views()[-1] == (f"/p/{route}/", f"Product {route}", route)
    assert len(shop.views()) == 6


def test_a_page_that_comes_back_from_the_browsers_cache_is_a_visit(shop: Shop) -> None:
    shop.plan({**PLAN, "integration": {"catalog": "feed"}})
    shop.write(
        "p/a/index.html",
        APP.partition("<script>")[0]
        + "<script>"
        + APP.partition("<script>")[2].partition("const wait")[0]
        + "app.innerHTML = tag('a')</script>",
    )
    shop.open("/p/a/")
    shop.do("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))", 1)
    shop.seen(("/p/a/", "Shop", "a"), ("/p/a/", "Shop", "a"))


@pytest.mark.parametrize("consent", [None, {"global": "agreed"}])
def test_a_prerendered_page_reports_nothing_until_it_is_seen(
    shop: Shop, consent: dict[str, str] | None
) -> None:
    shop.plan(
        {
            **PLAN,
            "integration": {"catalog": "feed", "consent": consent},
            "events": {"a": {"on": {"event": "a"}, "send": "custom", "alias": "x"}},
        }
    )
    shop.page.add_init_script(
        "window.agreed = 1; Object.defineProperty(document, 'prerendering', {value: true, configurable: true})"
    )
    shop.write("index.html")
    shop.open("/", calls=None)
    shop.page.evaluate("dispatchEvent(new Event('a')), connectifKit.send('a'), connectifKit.pageVisit()")
    shop.page.wait_for_timeout(700)
    assert shop.page.evaluate("[typeof connectif, typeof __sent]") == ["undefined", "undefined"]
    shop.page.evaluate(
        "Object.defineProperty(document, 'prerendering', {value: false}); document.dispatchEvent(new Event('prerenderingchange'))"
    )
    shop.seen(("/", "Shop", None))


LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"},
{"@type": ["Product"], "sku": "ID", "name": "Name", "url": "/p/ID/", "image": ["/ID.jpg"], "brand": {"name": "Barro"},
"offers": [{"@type": "Offer", "price": "PRICE", "priceCurrency": "CUR", "availability": "https://schema.org/InStock"}]}]}</script>"""
MICRODATA = """<div itemscope itemtype="https://schema.org/Product"><b itemprop=sku>ID</b><i itemprop=name>Name</i>
<a itemprop=url href="/p/ID/"></a><img itemprop=image src="/ID.jpg"><i itemprop=brand itemscope><i itemprop=name>Barro</i></i>
<p itemprop=offers itemscope><meta itemprop=price content=PRICE><meta itemprop=priceCurrency content=CUR>
<link itemprop=availability href="https://schema.org/InStock"></p></div>"""


@pytest.mark.parametrize(("format_", "markup"), [("json-ld", LD), ("microdata", MICRODATA)])
def test_a_route_without_a_tag_is_read_from_the_formats_of_its_plan(
    shop: Shop, format_: str, markup: str
) -> None:
    pages = {**PLAN["pages"], "product": {"match": "/p/*", "product": format_}}
    shop.plan({**PLAN, "store": {**STORE, "currency": "EUR"}, "pages": pages})
    shop.write("index.html", APP)
    shop.open("/")
    for id_, price, currency, product in (
        ("a", "12.50", "EUR", {"unitPrice": 12.5, "brand": "Barro", "availability": "InStock"}),
        ("b", "1,234.50", "EUR", None),
        ("c", "10", "USD", None),
        ("d", "10", "EUR", {"unitPrice": 10}),
    ):
        before = shop.page.evaluate("__sent.length")
        filled = markup.replace("ID", id_).replace("PRICE", price).replace("CUR", currency)
        script = (
            f"history.pushState(0, '', '/p/{id_}/'); document.title = 'Product'; app.innerHTML = {filled!r}"
        )
        shop.page.evaluate(f"() => {{ {script} }}")
        shop.page.wait_for_function(f"__sent.length > {before}")
        [call] = shop.page.evaluate(f"__sent.slice({before})")
        told = [event["product"] for event in call["events"] if "product" in event]
        assert bool(told) == bool(product), (id_, told)
        for name, value in (product or {}).items():
            assert told[0][name] == value
    assert shop.views()[1] == ("/p/a/", "Product", "a")


def test_a_router_that_the_plan_does_not_know_is_reported_of_in_development(shop: Shop) -> None:
    shop.script = "connectif-events.dev.js"
    shop.plan({**PLAN, "integration": {"catalog": "feed"}})
    shop.write("index.html", APP)
    shop.open("/")
    assert shop.warnings == []
    shop.page.evaluate("history.replaceState(0, '', '/?clean')")
    assert shop.warnings == []
    shop.page.evaluate("history.pushState(0, '', '/p/a/'), history.pushState(0, '', '/p/b/')")
    [said] = shop.warnings
    assert "`spa: true`" in said


def test_the_development_build_explains_each_view(shop: Shop) -> None:
    shop.script = "connectif-events.dev.js"
    shop.plan(PLAN)
    shop.write("index.html", APP)
    told: list[str] = []
    shop.page.on("console", lambda message: told.append(message.text))
    shop.open("/")
    shop.page.evaluate("() => { go('/p/a/', 100) }")
    shop.page.wait_for_function("__sent.length == 2")
    shop.page.evaluate("() => { go('/p/b/', 3000); wait(200).then(() => go('/cart', 100)) }")
    shop.page.wait_for_function("__sent.length == 4")
    views = [line for line in told if "view" in line]
    assert "view /: sent page-visit after" in views[0]
    assert "view /p/a: sent product-visited, page-visit after" in views[1]
    assert "view /p/b: sent page-visit after" in views[2]
    assert "without product (the visitor left): the page's kind promises one" in views[2]
    assert "without title (the visitor left): it was not set for this address" in views[2]
