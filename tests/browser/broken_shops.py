"""Copies of the starter shop, each broken in one way, and the finding that names the fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

STORE = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
OTHER = "99999999-5a41-4c9d-9a6e-0d6f1f2b8c11"


@dataclass(frozen=True, slots=True)
class Broken:
    """What is done to the copy: to its plan before the build, to its pages after `inject`."""

    name: str
    rule: str
    spoil: Callable[[Path], None] = lambda _: None
    plan: Callable[[str], str] = lambda text: text
    before: Callable[[Path], None] = lambda _: None
    only: tuple[str, ...] = ()


def edit(path: Path, old: str, new: str, count: int = -1) -> None:
    text = path.read_text("utf-8")
    assert old in text, f"{path}: no {old!r}"
    path.write_text(text.replace(old, new, count), "utf-8")


def pages(shop: Path) -> list[Path]:
    return sorted((shop / "public").rglob("*.html"))


def in_head(shop: Path, code: str, *, below: str = "") -> None:
    for page in pages(shop):
        if f"/{below}" in page.as_posix():
            edit(page, "<head>", f"<head>{code}", 1)


def at_end(shop: Path, code: str, *, below: str = "") -> None:
    for page in pages(shop):
        if f"/{below}" in page.as_posix():
            edit(page, "</body>", f"{code}</body>", 1)


def loader_twice(shop: Path) -> None:
    direct = f'<script src="https://cdn.connectif.cloud/eu5/client-script/{STORE}"></script>'
    at_end(shop, direct)


def selector_gone(shop: Path) -> None:
    for page in pages(shop):
        page.write_text(page.read_text("utf-8").replace('id="newsletter"', 'id="letter"'), "utf-8")


def tag_in_client_code(shop: Path) -> None:
    """The product's tag is written by a script, at once."""
    for page in (shop / "public/p").rglob("*.html"):
        text = page.read_text("utf-8")
        found = re.search(r'<div class="cn_product_visited".*?</div>', text, re.DOTALL)
        assert found
        code = f"<script>document.body.insertAdjacentHTML('beforeend', {found[0]!r})</script>"
        page.write_text(text.replace(found[0], "").replace("</body>", f"{code}</body>"), "utf-8")


def cart_kept(shop: Path) -> None:
    edit(shop / "public/assets/shop.js", '    write("shop.cart", withTotals({ id, lines: [] }));\n', "")


def dead_banner(_: Path) -> None:
    """The banner's button does nothing: see `banner`."""


CONSENT = "integration:\n  consent: {event: consent:granted, storage: shop.consent}\n"


def with_consent(text: str) -> str:
    return text.replace("integration:\n", CONSENT)


def banner(shop: Path, *, works: bool = True) -> None:
    give = "localStorage.setItem('shop.consent', 'yes');"
    give += "document.dispatchEvent(new CustomEvent('consent:granted'));"
    code = (
        "<div id=consent><button type=button id=agree>Accept all</button>"
        "<button type=button>Reject</button></div>"
        "<script>const given = () => { document.getElementById('consent').remove();"
        + (give if works else "")
        + "}; document.getElementById('agree').addEventListener('click', given);"
        "if (localStorage.getItem('shop.consent')) addEventListener('DOMContentLoaded', given);</script>"
    )
    at_end(shop, code)


def consent_ignored(shop: Path) -> None:
    banner(shop)
    at_end(shop, f'<script src="https://cdn.connectif.cloud/eu5/client-script/{STORE}"></script>')


def worker_elsewhere(shop: Path) -> None:
    (shop / "public/service-worker.js").rename(shop / "public/assets/service-worker.js")


def worker_without_push(shop: Path) -> None:
    (shop / "public/service-worker.js").write_text(
        "self.addEventListener('install', () => self.skipWaiting());\n"
    )


def strict_policy(shop: Path) -> None:
    in_head(
        shop, "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self' 'unsafe-inline'\">"
    )


def wrong_store(shop: Path) -> None:
    for page in pages(shop):
        page.write_text(page.read_text("utf-8").replace(STORE, OTHER), "utf-8")


def other_price(shop: Path) -> None:
    code = "<script>document.querySelector('.cn_product_visited .unit_price').textContent = '1.00';</script>"
    at_end(shop, code, below="p/")


def double_visit(shop: Path) -> None:
    send = "connectif.managed.sendEvents([{type: 'page-visit'}])"
    at_end(
        shop, f"<script>document.addEventListener('connectif.managed.initialized', () => {send});</script>"
    )


def exception(shop: Path) -> None:
    edit(
        shop / "public/assets/shop.js",
        "    markCurrentPage();",
        "    markCurrentPage();\n    undefined.missing();",
    )


def early_layer(shop: Path) -> None:
    code = (
        "<script>window.dataLayer = window.dataLayer || [];"
        "dataLayer.push({event: 'hello', word: 'early'});</script>"
    )
    in_head(shop, code)
    at_end(shop, "<script>window.dataLayer = [];</script>")
    for page in pages(shop):  # the kit's own comes after: the page's script has made the layer new by then
        text = page.read_text("utf-8")
        page.write_text(
            text.replace('<script src="/connectif/', '<script defer src="/connectif/', 1), "utf-8"
        )


def hello_rule(text: str) -> str:
    rule = "  hello: {on: {data_layer: hello}, send: custom, alias: hello, payload: {word: {detail: word}}}\n"
    return text.replace("\nservice_worker:", f"{rule}\nservice_worker:")


def late_product(shop: Path) -> None:
    """Seven seconds later: the dispatcher waits for four from its own start, which a busy machine delays."""
    for page in (shop / "public/p").rglob("*.html"):
        text = page.read_text("utf-8")
        found = re.search(r'<div class="cn_product_visited".*?</div>', text, re.DOTALL)
        assert found
        add = f"document.body.insertAdjacentHTML('beforeend', {found[0]!r})"
        code = f"<script>setTimeout(() => {add}, 7000)</script>"
        page.write_text(text.replace(found[0], "").replace("</body>", f"{code}</body>"), "utf-8")


def app(shop: Path, *, replaces: bool) -> None:
    """Links change the view without loading; `replaces`: the product's tag too."""
    swap = (
        "document.querySelectorAll('.cn_product_visited').forEach((tag) => tag.remove());" if replaces else ""
    )
    fresh = (
        "next.querySelectorAll('.cn_product_visited').forEach((tag) => document.body.append(tag));"
        if replaces
        else ""
    )
    code = (
        "<script>document.addEventListener('click', async (event) => {"
        "const link = event.target.closest('a[href^=\"/\"]'); if (!link) return; event.preventDefault();"
        "const text = await (await fetch(link.pathname)).text();"
        "const next = new DOMParser().parseFromString(text, 'text/html');"
        "history.pushState({}, '', link.pathname);"
        f"{swap}document.title = next.title;"
        "document.querySelector('main').replaceWith(next.querySelector('main'));"
        f"{fresh}"
        "}, true);</script>"
    )
    at_end(shop, code)


def as_app(text: str) -> str:
    return text.replace("integration:\n", "integration:\n  spa: true\n")


def silent_cart(shop: Path) -> None:
    edit(shop / "public/assets/shop.js", '    say("cart:changed", next);\n', "")


def when_initialized(code: str) -> Callable[[Path], None]:
    """A script of the shop's that reacts to the platform's client."""
    return lambda shop: at_end(
        shop,
        f"<script>document.addEventListener('connectif.managed.initialized', () => {{{code}}});</script>",
    )


def budget(text: str) -> Callable[[str], str]:
    return lambda plan: f"{plan}\nverify: {{budget: {text}}}\n"


PUSHED_DOWN = (
    "const bar = document.createElement('p'); bar.style.height = '300px'; document.body.prepend(bar);"
)


def tag_in_template(shop: Path) -> None:
    """The product's tag is where nothing is ever rendered."""
    for page in (shop / "public/p").rglob("*.html"):
        text = page.read_text("utf-8")
        found = re.search(r'<div class="cn_product_visited".*?</div>', text, re.DOTALL)
        assert found
        page.write_text(text.replace(found[0], f"<template>{found[0]}</template>"), "utf-8")


def said_twice(shop: Path) -> None:
    """The newsletter's own script reports what the plan reports already."""
    code = (
        "<script>document.addEventListener('submit', (event) => {"
        "if (event.target.id === 'newsletter') connectif.managed.sendEvents("
        "[{type: 'newsletter-subscribe', email: event.target.querySelector('[type=email]').value}]);"
        "}, true);</script>"
    )
    at_end(shop, code)


def no_cart_id(shop: Path) -> None:
    edit(
        shop / "public/assets/shop.js", "    return {\n      id,\n      lines,", "    return {\n      lines,"
    )


def no_email(shop: Path) -> None:
    edit(shop / "public/assets/shop.js", "email: ", "mail: ")


def comma(shop: Path) -> None:
    code = (
        "<script>document.querySelectorAll('.cn_product_visited .unit_price').forEach((price) => {"
        " price.textContent = price.textContent.replace('.', ','); });</script>"
    )
    at_end(shop, code, below="p/")


def sends(event: str, *, below: str = "") -> Callable[[Path], None]:
    """A script of the shop's that sends by itself on the wrong page."""
    send = f"connectif.managed.sendEvents([{event}])"
    code = f"<script>document.addEventListener('connectif.managed.initialized', () => {send});</script>"
    return lambda shop: edit(shop / "public" / below / "index.html", "</body>", f"{code}</body>", 1)


MODAL = "<dialog id=hello><p>Ten per cent off</p></dialog><script>hello.showModal()</script>"
COVER = "<div style='position:fixed;inset:0;z-index:9999'>We value your privacy</div>"
POLLING = "<script>setInterval(() => fetch('/?' + Math.random()).catch(() => 0), 100)</script>"
AWAY = "<script>location.replace('/')</script>"
OTHERS = "<script src='https://cdn.other.example/a.js'></script>"
LOST = "<script>fetch('https://api.other.example/stock').then((answer) => answer.json())</script>"
ASKS = (
    "<input name=zip pattern='[0-9]{8}[A-Z]' required><input name=nick minlength=9 required>"
    "<label><input type=checkbox name=terms required>Terms</label>"
)


def asking(fields: str) -> Callable[[Path], None]:
    """The newsletter's form wants more."""

    def spoil(shop: Path) -> None:
        for page in pages(shop):
            text = page.read_text("utf-8")
            page.write_text(re.sub(r'(<form id="newsletter"[^>]*>)', rf"\1{fields}", text), "utf-8")

    return spoil


HARMLESS = (
    Broken("a dialog over everything", "", lambda s: at_end(s, MODAL), only=("home", "newsletter", "liked")),
    Broken(
        "a banner over every button", "", lambda s: at_end(s, COVER), only=("home", "newsletter", "liked")
    ),
    Broken("a page that never rests", "", lambda s: at_end(s, POLLING), only=("home", "newsletter")),
    Broken(
        "a page that sends its visitors on", "", lambda s: at_end(s, AWAY, below="about"), only=("content",)
    ),
    Broken("a script of others", "", lambda s: at_end(s, OTHERS), only=("home",)),
    Broken("a form that asks for more", "", asking(ASKS), only=("home", "newsletter")),
)

BROKEN = (
    Broken(
        "an answer of others that is not there",
        "unreached-script",
        lambda s: at_end(s, LOST),
        only=("home",),
    ),
    Broken("tag in a template", "missing-tag", tag_in_template, only=("product",)),
    Broken("event said twice", "duplicate-event", said_twice, only=("home", "newsletter")),
    Broken("cart without its id", "wrong-value", no_cart_id, only=("checkout", "cart-changed")),
    Broken("contact without email", "wrong-value", no_email, only=("account", "signed-in")),
    Broken("comma in the live price", "raw-differs-from-live", comma, only=("product",)),
    Broken(
        "subscription on a page that has none",
        "unexpected-event",
        sends("{type: 'newsletter-subscribe', email: 'ana@shop.example'}", below="about"),
        only=("content",),
    ),
    Broken(
        "product on a page that shows none",
        "unexpected-event",
        sends(
            "{type: 'product-visited', product: {productId: 'A', name: 'A', unitPrice: 1,"
            " productDetailUrl: 'https://shop.example/p/a/'}}",
            below="about",
        ),
        only=("content",),
    ),
    Broken(
        "layout shifts with the integration", "over-budget", when_initialized(PUSHED_DOWN), only=("home",)
    ),
    Broken(
        "console error with the integration",
        "console-error",
        when_initialized("console.error('the cart widget has no slot')"),
        only=("home",),
    ),
    Broken("too many bytes", "over-budget", plan=budget("{bytes: 1000}"), only=("home",)),
    Broken("cart event gone", "missing-trigger", silent_cart, only=("checkout", "cart-changed")),
    Broken("loader twice", "duplicate-loader", loader_twice, only=("home", "product")),
    Broken("event selector gone", "missing-trigger", selector_gone, only=("home", "newsletter")),
    Broken("tag only in client code", "tag-only-in-browser", tag_in_client_code, only=("product",)),
    Broken("cart never emptied", "cart-not-emptied", cart_kept, only=("checkout", "cart-changed")),
    Broken(
        "consent never given",
        "consent-never-given",
        lambda s: banner(s, works=False),
        with_consent,
        only=("home",),
    ),
    Broken("consent ignored", "consent-ignored", consent_ignored, with_consent, only=("home",)),
    Broken("worker not at its path", "missing-worker", worker_elsewhere, only=("home", "service_worker")),
    Broken(
        "worker without push", "worker-without-push", worker_without_push, only=("home", "service_worker")
    ),
    Broken("CSP too strict", "csp-blocks-client", strict_policy, only=("home", "product")),
    Broken("wrong store id", "wrong-store", wrong_store, only=("home", "product")),
    Broken("price different in raw and live page", "raw-differs-from-live", other_price, only=("product",)),
    Broken("double page-visit", "duplicate-event", double_visit, only=("home", "category")),
    Broken("exception in a page's own script", "page-error", exception, only=("home", "product", "liked")),
    Broken(
        "dataLayer pushed before the loader",
        "early-data-layer",
        early_layer,
        hello_rule,
        only=("home", "hello"),
    ),
    Broken("late product data", "late-data", late_product, only=("product",)),
    Broken(
        "previous product on the next route",
        "stale-product",
        lambda s: app(s, replaces=False),
        as_app,
        only=("product", "spa"),
    ),
)
