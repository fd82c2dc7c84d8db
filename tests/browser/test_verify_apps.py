"""Shops whose pages a framework renders and takes over: proved as plain pages are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tools import ROOT, Cli, run

PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
integration: {spa: true, catalog: api}
pages:
  home: {match: /}
  product: {match: "/p/*", tags: cn_product_visited}
  cart: {match: /cart}
  checkout: {match: /checkout}
  confirmation: {match: /checkout/done, purchase: {storage: order, fields: {
    purchase_id: id, cart_id: cart, total_quantity: quantity, total_price: total,
    product_basket_item: {path: lines, fields: {product_id: id, unit_price: price, quantity: {literal: 1}}}}}}
cart: {storage: cart, fields: {
  cart_id: id, total_quantity: quantity, total_price: total,
  product_basket_item: {path: lines, fields: {product_id: id, unit_price: price, quantity: {literal: 1}}}}}
events:
  cart-changed: {on: {event: "cart:changed"}, send: cart}
"""
DIFFERENT = "globalThis.DIFFERENT_IN_BROWSER=true"


@pytest.fixture
def app(cli: Cli) -> Callable[..., Path]:
    """`app("react")`: the shop, built, with the integration in it."""

    def make(kind: str, *defined: str) -> Path:
        (cli.cwd / "connectif.yaml").write_text(PLAN, "utf-8")
        public = cli.cwd / "public"
        done = run("node", ROOT / "tests/browser/apps/build.mjs", kind, public, *defined, cwd=cli.cwd)
        assert done.code == 0, done.stderr
        for command in (["build"], ["inject"]):
            given = cli(*command)
            assert given.code == 0, given.stderr + given.stdout
        return public

    return make


@pytest.mark.parametrize("kind", ["react", "vue"])
def test_a_shop_of_this_framework_is_proved(kind: str, cli: Cli, app: Callable[..., Path]) -> None:
    app(kind)
    done = cli("verify")
    assert (done.code, done.stdout) == (0, "no findings in 6 pages\n"), done.stdout + done.stderr
    for step in ("2. proved   Product", "3. proved   Cart", "4. proved   Abandoned", "6. proved   Purchase"):
        assert step in done.stderr


def test_what_the_framework_had_to_complain_of_before_is_not_ours(cli: Cli, app: Callable[..., Path]) -> None:
    app("react", DIFFERENT)
    done = cli("verify", "--only", "home")
    assert (done.code, done.stdout) == (0, "no findings in 1 page\n"), done.stdout


@pytest.mark.parametrize("kind", ["react", "vue"])
def test_what_our_additions_break_is_ours(kind: str, cli: Cli, app: Callable[..., Path]) -> None:
    """As a team may move our block: into the element that the framework takes over."""
    page = app(kind) / "index.html"
    text = page.read_text("utf-8")
    start, end = text.index("<!-- connectif-kit:begin body"), text.index('<div id="app">')
    page.write_text(text[:start] + '<div id="app">' + text[start:end] + text[end + len('<div id="app">') :])
    done = cli("verify", "--only", "home", "--format", "json")
    assert '"rule": "hydration-error"' in done.stdout, done.stdout
    assert done.stdout.count('"rule"') == 1
