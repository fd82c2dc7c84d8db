"""Routers of other people, the real ones from npm: each page is a view, and nothing is loaded twice."""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.shop import STORE, Shop
from tests.tools import NODE_MODULES, run

PLAN: dict[str, Any] = {
    "store": {**STORE, "currency": "EUR"},
    "integration": {"catalog": "feed", "spa": True},
    "catalog": {"source": "products.csv", "url": "/p/{product_id}/"},
    "pages": {"home": {"match": "/"}, "product": {"match": "/p/*"}},
    "events": {"liked": {"on": {"click": "button"}, "send": "custom", "alias": "liked"}},
}
LINKS = "<nav><a id=home href=/>home</a> <a id=la href=/p/a/>a</a> <a id=lb href=/p/b/>b</a> <a id=lc href=/p/c/>c</a></nav>"
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
ASTRO = (
    '<meta name="astro-view-transitions-enabled" content="true"><script defer src=/astro.js></script>'
    '<meta name="astro-view-transitions-fallback" content="animate">'
)
ROUTERS: dict[str, tuple[str, str, str]] = {
    "turbo": ("@hotwired/turbo/dist/turbo.es2017-umd.js", TURBO, "<main id=swup>{0}</main>"),
    "htmx": ("htmx.org/dist/htmx.js", HTMX, "<div hx-boost=true><main id=swup>{0}</main></div>"),
    "swup": ("swup/dist/Swup.umd.js", SWUP, "<main id=swup class=transition-main>{0}</main>"),
    "astro": ("astro/components/ClientRouter.astro", ASTRO, "<main id=swup>{0}</main>"),
    "view-transitions": ("swup/dist/Swup.umd.js", VIEW, "<main id=swup>{0}</main>"),
}


def bundled(component: Path, folder: Path) -> bytes:
    """The script of Astro's own component with what it imports; Astro's build would do the same."""
    [script] = re.findall(r"<script>(.*?)</script>", component.read_text("utf-8"), re.DOTALL)
    (folder / "entry.ts").write_text(script, encoding="utf-8")
    (folder / "headers.js").write_text("export const internalFetchHeaders = {};")
    (folder / "prefetch.js").write_text("export const init = () => {};")
    router = NODE_MODULES / "astro/dist/transitions/router.js"
    done = run(
        NODE_MODULES / ".bin/esbuild",
        "entry.ts",
        "--bundle",
        "--outfile=astro.js",
        f"--alias:astro:transitions/client={router}",
        "--alias:virtual:astro:adapter-config/client=./headers.js",
        "--alias:astro/virtual-modules/prefetch.js=./prefetch.js",
        "--define:import.meta.env.SSR=false",
        "--define:import.meta.env.DEV=false",
        "--define:import.meta.env.PROD=true",
        "--define:__PREFETCH_DISABLED__=true",
        cwd=folder,
    )
    assert done.code == 0, done.stderr
    return (folder / "astro.js").read_bytes()


@pytest.fixture(params=ROUTERS)
def routed(shop: Shop, request: pytest.FixtureRequest) -> Shop:
    """A shop of three pages whose links a router takes over."""
    path, head, body = ROUTERS[request.param]
    shop.plan(PLAN)
    script = NODE_MODULES / path
    text = bundled(script, shop.folder) if path.endswith(".astro") else script.read_bytes()
    (shop.folder / f"{request.param}.js").write_bytes(text)
    for name, title, tag in (
        ("index.html", "Home", ""),
        ("p/a/index.html", "Product a", TAG.replace("ID", "a")),
        ("p/b/index.html", "Product b", TAG.replace("ID", "b")),
        ("p/c/index.html", "Product b", TAG.replace("ID", "c")),
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


def test_pages_that_share_a_title_are_reported_at_once(routed: Shop) -> None:
    routed.page.goto(routed.url + "/p/b/")
    routed.seen(("/p/b/", "Product b", "b"))
    routed.page.click("#lc")
    routed.page.wait_for_function("document.querySelector('.product_id').textContent == 'c'")
    routed.page.wait_for_timeout(1500)
    # Left before the three seconds that a title is waited for.
    routed.page.click("#home")
    routed.seen(("/p/b/", "Product b", "b"), ("/p/c/", "Product b", "c"), ("/", "Home", None))
