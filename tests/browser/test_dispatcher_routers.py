"""Routers of other people, the real ones from npm: each page is a view, and nothing is loaded twice."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.shop import STORE, Shop
from tests.tools import NODE_MODULES

PLAN: dict[str, Any] = {
    "store": {**STORE, "currency": "EUR"},
    "integration": {"catalog": "feed", "spa": True},
    "catalog": {"source": "products.csv", "url": "/p/{product_id}/"},
    "pages": {"home": {"match": "/"}, "product": {"match": "/p/*"}},
    "events": {"liked": {"on": {"click": "button"}, "send": "custom", "alias": "liked"}},
}
LINKS = "<nav><a id=home href=/>home</a> <a id=la href=/p/a/>a</a> <a id=lb href=/p/b/>b</a></nav>"
TAG = """<div class="cn_product_visited" style="display:none"><span class=url>https://shop.example/p/ID/</span>
<span class=product_id>ID</span><span class=name>Name</span><span class=unit_price>10</span></div>"""
TURBO = "<script src=/turbo.js></script>"
HTMX = '<script src=/htmx.js></script><meta name="htmx-config" content=\'{"globalViewTransitions": true}\'>'
SWUP = "<script src=/swup.js></script><script>addEventListener('DOMContentLoaded', () => new Swup({animationSelector: false}))</script>"
VIEW = (
    "<script>addEventListener('click', (event) => {"
    + """
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  visit(link.href, true);
});
const visit = async (href, push) => {
  const text = await (await fetch(href)).text();
  if (push) history.pushState(0, "", href);
  const next = new DOMParser().parseFromString(text, "text/html");
  document.startViewTransition(() => {
    document.title = next.title;
    document.querySelector("#swup").replaceWith(next.querySelector("#swup"));
  });
};
addEventListener("popstate", () => visit(location.href, false));
</script>"""
)
ROUTERS: dict[str, tuple[str, str, str]] = {
    "turbo": ("@hotwired/turbo/dist/turbo.es2017-umd.js", TURBO, "<main id=swup>{0}</main>"),
    "htmx": ("htmx.org/dist/htmx.js", HTMX, "<div hx-boost=true><main id=swup>{0}</main></div>"),
    "swup": ("swup/dist/Swup.umd.js", SWUP, "<main id=swup class=transition-main>{0}</main>"),
    "view-transitions": ("swup/dist/Swup.umd.js", VIEW, "<main id=swup>{0}</main>"),
}


@pytest.fixture(params=ROUTERS)
def routed(shop: Shop, request: pytest.FixtureRequest) -> Shop:
    """A shop of three pages whose links a router takes over."""
    path, head, body = ROUTERS[request.param]
    shop.plan(PLAN)
    (shop.folder / f"{request.param}.js").write_bytes((NODE_MODULES / path).read_bytes())
    for name, title, tag in (
        ("index.html", "Home", ""),
        ("p/a/index.html", "Product a", TAG.replace("ID", "a")),
        ("p/b/index.html", "Product b", TAG.replace("ID", "b")),
    ):
        shop.write(name, body.format(f"{LINKS}<h1>{title}</h1><button>like</button>{tag}"), head)
        file = shop.folder / name
        file.write_text(file.read_text().replace("<title>Shop</title>", f"<title>{title}</title>"))
    return shop


def test_a_router_of_other_people_is_followed(routed: Shop) -> None:
    home, a, b = ("/", "Home", None), ("/p/a/", "Product a", "a"), ("/p/b/", "Product b", "b")
    routed.page.goto(routed.url + "/")
    routed.seen(home)
    routed.page.click("#la")
    routed.seen(home, a)
    routed.page.click("#lb")
    routed.seen(home, a, b)
    routed.page.go_back()
    routed.seen(home, a, b, a)
    routed.page.click("#home")
    routed.seen(home, a, b, a, home)
    routed.page.click("#lb")
    routed.seen(home, a, b, a, home, b)
    assert routed.page.evaluate("__loads") == 1
    assert [len(call["events"]) for call in routed.do("document.querySelector('button').click()", 1)] == [1]
