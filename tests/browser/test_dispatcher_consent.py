"""Before consent nothing loads, nothing is read, nothing is kept, nothing is heard."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.shop import Shop

FORMS = [
    ({"event": "ok:given"}, "", "document.dispatchEvent(new CustomEvent('ok:given'))"),
    ({"event": "ok:given"}, "", "window.dispatchEvent(new CustomEvent('ok:given'))"),
    ({"cookie": "ok"}, "document.cookie = 'ok='", "document.cookie = 'ok=1'"),
    (
        {"cookie": "ok", "value": "a,b"},
        "document.cookie = 'ok=none'",
        "document.cookie = 'ok=' + escape('x,a,b')",
    ),
    ({"storage": "ok"}, "localStorage.setItem('ok', 'false')", "localStorage.setItem('ok', '1')"),
    (
        {"storage": "ok", "value": "yes"},
        "localStorage.setItem('ok', 'no')",
        "localStorage.setItem('ok', 'yes')",
    ),
    ({"global": "a.b"}, "window.a = {b: false}", "window.a.b = 1"),
    ({"global": "a.b", "value": "C4"}, "window.a = {b: ['C1']}", "window.a.b.push('C4')"),
]


@pytest.mark.parametrize(("consent", "before", "give"), FORMS)
def test_nothing_happens_before_consent(shop: Shop, consent: dict[str, Any], before: str, give: str) -> None:
    events = {"a": {"on": {"event": "a"}, "send": "custom", "alias": "x"}}
    layer = {"cart": {"data_layer": ["add_to_cart"]}, "catalog": {"url": "/p/{product_id}"}}
    shop.plan({"integration": {"consent": consent}, "events": events, **layer})
    shop.write("index.html", f"<script>window.dataLayer = []; {before}</script>")
    shop.open(calls=None)
    page = shop.page
    page.evaluate(
        "window.dispatchEvent(new Event('a')), connectifKit.send('a');"
        "connectifKit.cart(), connectifKit.pageVisit()"
    )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.evaluate("[window.connectif, dataLayer.hasOwnProperty('push'), sessionStorage.length]") == [
        None,
        False,
        0,
    ]
    page.evaluate(f"() => {{ {give} }}")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    [visit] = shop.sent()
    assert visit["events"] == [{"type": "page-visit"}]
    page.evaluate(f"() => {{ {give} }}")
    [call] = shop.do("window.dispatchEvent(new Event('a'))", 1)
    assert len(call["events"]) == 1


@pytest.mark.parametrize("value", [{}, {"value": "yes"}])
def test_cookies_that_a_sandbox_forbids_throw_nothing(
    shop: Shop, value: dict[str, str], page_errors: list[str]
) -> None:
    shop.plan({"integration": {"consent": {"cookie": "ok", **value}}})
    shop.write(
        "framed.html", "<script>addEventListener('error', () => parent.postMessage('error', '*'))</script>"
    )
    (shop.folder / "index.html").write_text(
        "<script>window.heard = []; addEventListener('message', (event) => heard.push(event.data))</script>"
        "<iframe sandbox='allow-scripts' src='/framed.html'></iframe>"
    )
    shop.open(calls=None)
    [frame] = shop.page.frames[1:]
    with pytest.raises(Exception, match="SecurityError"):
        frame.evaluate("document.cookie")
    frame.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert frame.evaluate("[typeof connectifKit, window.connectif]") == ["object", None]
    assert page_errors == []


def test_consent_is_looked_for_again_and_again(shop: Shop) -> None:
    shop.plan({"integration": {"consent": {"global": "ok"}}})
    shop.write("index.html")
    shop.open(calls=None)
    shop.page.evaluate("window.ok = 1")
    assert shop.sent()[0]["events"] == [{"type": "page-visit"}]


def test_a_consent_that_comes_before_the_dispatcher_is_heard(shop: Shop) -> None:
    shop.plan({"integration": {"consent": {"event": "ok"}}})
    shop.write("index.html", "<script>document.dispatchEvent(new Event('ok'))</script>")
    [visit] = shop.open()
    assert visit["events"] == [{"type": "page-visit"}]


def test_a_nonce_reaches_the_client_script(shop: Shop) -> None:
    shop.plan({"integration": {"nonce": "r4nd0m"}})
    policy = "script-src 'self' 'nonce-r4nd0m' 'strict-dynamic'; style-src 'self'"
    shop.write("index.html", "", f'<meta http-equiv="Content-Security-Policy" content="{policy}">')
    file = shop.folder / "index.html"
    file.write_text(file.read_text().replace("<script defer", '<script nonce="r4nd0m" defer'))
    [visit] = shop.open()
    assert visit["events"] == [{"type": "page-visit"}]
