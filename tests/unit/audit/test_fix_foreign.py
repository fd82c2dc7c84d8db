"""`audit --fix` on pages of other people: nothing is changed; on ours, only what is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectif_kit.cli import run
from tests.audit_pages import LOADER, page, product

FOREIGN = {
    "logo": '<a class="cn-logo" href="/"><img src="logo.png" alt="CN"></a>',
    "search box": '<form class="cn_search_box" action="/s"><input name="q"><button>Go</button></form>',
    "login box": '<div class="cn_login_box"><form><input type="password"></form></div>',
    "login link": '<div class="cn_login"><a href="/login">Log in</a></div>',
    "hyphens": '<div class="cn-login">Log in</div><div class="cn-search">Search</div>',
    "cart": '<div class="cn-cart"><span class="quantity">2</span><span class="price">5,00</span></div>',
    "cart drawer": '<aside class="CN_Cart"><p class="name">Mug</p><p class="url">/p/mug</p></aside>',
    "newsletter": '<form class="cn-newsletter-subscribe"><input class="email" type="email"></form>',
    "news of China": '<nav class="cn_category cn_page"><a class="cn_page_link" href="/cn">中国</a></nav>',
    "register": '<section class="cn_register"><h2>Register</h2><p class="name">Ana  María</p></section>',
    "visible heading": '<h1 class="cn_page_category">Mugs</h1>',
    "visible search": '<div class="cn_search"><b class="search_text">blue\n   mug</b></div>',
    "marked-up product": (
        '<article class="cn_product_visited"><h1 class="name">Blue\n  mug</h1>'
        '<p class="unit_price">45,50</p><p class="discounted_percentage">20 %</p>'
        '<p class="availability">In stock</p><a class="url" href="/p/mug">/p/mug</a></article>'
    ),
    "steps of a checkout": f"{LOADER}<div class='checkout-navigation'><div class='cn-cart'><span>Cart</span>"
    "</div><div class='cn-checkout active'><span>Checkout</span></div></div>",
    "login page": '<div class="cn-login"><div class="cn-login__header"><a class="cn-login__logo" href="/">'
    '<img src="logo.png"></a></div></div>',
    "cart by script": '<div class="cn-cart" data-shop="cart"><p class="cn-empty">Loading…</p></div>',
    "map pin": '<div class="cn-loc-wrap"><div class="cn-cart"></div><div class="cn-loc-tag">You</div></div>',
    "product card": (
        '<div class="cn-product-visited"><span class="name">Mug</span><span class="price">4,50</span></div>'
    ),
    "styled": "<style>.cn-cart { color: red }</style>"
    f'{LOADER}<div class="cn-cart" style="display:none"></div>',
    "scripted": f'{LOADER}<script>document.querySelector(".cn-cart").hidden = 0</script>'
    '<div class="cn-cart" hidden></div>',
    "theme of an integrated shop": f'{LOADER}<form class="cn_search_box"><input></form>'
    '<a class="cn-logo" href="/">CN</a><div class="cn-login"><a href="/login">Log in</a></div>',
    "a person": f'{LOADER}<div class="cn_client_info" hidden><b class="primary_key">a@b.example</b>'
    '<b class="_name">Ana  María</b><b class="_name2">Ana\n María</b></div>',
    "placeholders": "<div class='cn_product_visited'>{{ product }}</div><p class='cn-cart'>{{ cart }}</p>",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", FOREIGN)
def test_nothing_is_changed_on_pages_of_other_people(name: str, folder: Path) -> None:
    html = f"<!doctype html><html><head><title>x</title></head><body>{FOREIGN[name]}</body></html>"
    (folder / "page.html").write_text(html)
    run(["audit", "--fix", "page.html"])
    assert (folder / "page.html").read_text() == html


@pytest.mark.parametrize("name", ["logo", "search box", "login box", "hyphens", "cart", "newsletter"])
def test_a_likeness_alone_is_at_most_a_notice(name: str, folder: Path) -> None:
    (folder / "page.html").write_text(f"<!doctype html><body>{FOREIGN[name]}</body>")
    assert run(["audit", "--select", "misspelt-class,wrong-case", "page.html"]) == 0


SURE = {
    "content": (product(1).replace("cn_product_visited", "cn_product_visit"), "cn_product_visited"),
    "integration": ('<div class="cn-cart" style="display:none"></div>', 'class="cn_cart"'),
    "decimal": (product(1, "1,50"), ">1.50<"),
    "case": ('<div class="cn_search" hidden><b class="Search_Text">mug</b></div>', 'class="search_text"'),
}


@pytest.mark.parametrize("name", SURE)
def test_what_can_be_nothing_else_is_fixed(name: str, folder: Path) -> None:
    before, after = SURE[name]
    (folder / "page.html").write_text(page(before))
    run(["audit", "--fix", "page.html"])
    assert after in (folder / "page.html").read_text()


def test_content_decides_where_the_page_has_no_integration(folder: Path) -> None:
    tag = product(1).replace("cn_product_visited", "cn-product-visited")
    (folder / "page.html").write_text(f"<!doctype html><body>{tag}</body>")
    assert run(["audit", "--select", "misspelt-class", "page.html"]) == 1
    run(["audit", "--fix", "page.html"])
    assert 'class="cn_product_visited"' in (folder / "page.html").read_text()


def test_what_inject_wrote_is_not_fixed_by_hand(folder: Path) -> None:
    """The block would count as edited, and `inject` would leave the page alone from then on."""
    marked = "<!-- connectif-kit:begin body 000000000000 -->%s<!-- connectif-kit:end body -->"
    html = page(marked % product(1, "1,50"))
    (folder / "page.html").write_text(html)
    run(["audit", "--fix", "page.html"])
    assert (folder / "page.html").read_text() == html
