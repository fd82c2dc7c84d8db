"""One truth about a page: what `inject` takes for present is what `audit` finds and the preview shows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.page_run import check, chosen
from connectif_kit.build import render
from connectif_kit.catalog import lookup
from connectif_kit.cli import run
from connectif_kit.core.diagnostics import Diagnostic
from connectif_kit.inject import Kit, inject, kit_for, strip
from connectif_kit.inject.page import ProductOn
from connectif_kit.page.html import decode, parse
from connectif_kit.page.integration import Integration
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.preview.disk import judged

KEY = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
PLAN = f"""
store: {{id: {KEY}, environment: eu5, url: "https://shop.example"}}
catalog: {{source: products.csv}}
pages:
  home: {{match: /, page_tag: [landing]}}
  category: {{match: "/c/**", page_category: {{selector: h1}}}}
  product: {{match: "/p/*", product: catalog}}
  seen: {{match: "/s/*", kind: product, product: json-ld}}
"""
ROWS = "product_id,name,unit_price,url\nmug,Mug,12.50,https://shop.example/p/mug/\n"
WHOLE = f'"https://cdn.connectif.cloud/eu5/client-script/{KEY}"'
VENDORS = f'!function(e){{var t=e.createElement("script");t.setAttribute("src",{WHOLE})}}(document)'
DISPATCHER = '<script src="/connectif/connectif-events.min.js" defer></script>'

PRESENT = [
    f'<script id="__cn_generic_script__{KEY}">{VENDORS}</script>',
    f"<script>{VENDORS}</script>",
    f"<script async src={WHOLE}></script>",
    f"<script src='//cdn.connectif.cloud:443/eu5/client-script/{KEY}'></script>",
    f"<script src='HTTPS://CDN.connectif.cloud/eu5/client-script/{KEY}'></script>",
    '<script>s.src = "https://cdn.connectif.cloud/" + "eu5" + "/client-script/" + key;</script>',
    "<script>s.src = `https://cdn.connectif.cloud/${env}/client-script/${key}`</script>",
    f'<script type="text/plain" data-category="ads">{VENDORS}</script>',
    f"<script>// the loader\nimport({WHOLE})</script>",
]
ABSENT = [
    '<script src="/js/client-script/app.js"></script>',
    '<script src="/cdn/client-script/"></script>',
    "<script>const folder = '/client-script/'</script>",
    f"<script>// once there was {WHOLE}</script>",
    f"<script>/* {VENDORS} */</script>",
    f"<template><script>{VENDORS}</script></template>",
    f"<noscript><script>{VENDORS}</script></noscript>",
    f"<!-- <script>{VENDORS}</script> -->",
    f"<script nomodule>{VENDORS}</script>",
    f'<script type="application/json">{VENDORS}</script>',
    f'<script id="__cn_generic_script__{{{{ ID }}}}">{VENDORS.replace(KEY, "{{ ID }}")}</script>',
    '<script id="__cn_generic_script__<%= id %>">load()</script>',
    '<script src="https://cdn.connectif.cloud/{{ env }}/client-script/{{ id }}"></script>',
    '<link rel="preconnect" href="https://cdn.connectif.cloud">',
    f"<a href={WHOLE}>the client</a>",
]


@pytest.fixture(scope="module")
def plan() -> LoadedPlan:
    return load("connectif.yaml", PLAN.encode())


@dataclass(frozen=True, slots=True)
class Shop:
    """What a run of `inject` works out once for all pages."""

    kit: Kit
    product: ProductOn


@pytest.fixture(scope="module")
def shop(plan: LoadedPlan, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    folder = tmp_path_factory.mktemp("shop")
    (folder / "products.csv").write_text(ROWS)
    return Shop(kit_for(plan, render(plan, lambda _: "")), lookup(plan, folder)[0])


def injected(html: str, url_path: str, shop: Shop) -> str:
    source = decode("page.html", html.encode())
    if strip(source).problems:
        return html
    return inject(source, url_path, shop.kit, shop.product).text


def audited(html: str, url_path: str, plan: LoadedPlan) -> list[Diagnostic]:
    return check(
        PageContext(parse(decode("page.html", html.encode())), url_path, plan, static=True), chosen()
    )


def there(html: str) -> Integration:
    return Integration(parse(decode("page.html", html.encode())))


def page(*inside: str) -> str:
    body = "".join(inside)
    return f"<!doctype html><html><head><title>x</title></head><body>{body}<h1>Mugs</h1></body></html>"


@pytest.mark.parametrize("loader", PRESENT)
def test_a_loader_of_any_form_is_there_for_inject_and_for_audit(
    loader: str, plan: LoadedPlan, shop: Shop
) -> None:
    html = page(loader)
    assert len(there(html).loaders) == 1
    rules = {found.rule for found in audited(html, "/about/", plan)}
    assert "missing-loader" not in rules
    after = injected(html, "/about/", shop)
    assert len(there(after).loaders) == 1, "no second one"
    assert not {"duplicate-loader", "missing-loader"} & {
        found.rule for found in audited(after, "/about/", plan)
    }


@pytest.mark.parametrize("other", ABSENT)
def test_what_loads_nothing_is_no_loader_for_either(other: str, plan: LoadedPlan, shop: Shop) -> None:
    html = page(other)
    assert there(html).loaders == []
    assert "missing-loader" in {found.rule for found in audited(html, "/about/", plan)}
    after = injected(html, "/about/", shop)
    assert len(there(after).loaders) == 1
    assert not {"duplicate-loader", "missing-loader"} & {
        found.rule for found in audited(after, "/about/", plan)
    }


@pytest.mark.parametrize("key", ["{{ ID }}", "<%= id %>", "{% store %}", ""])
def test_a_placeholder_that_nobody_filled_in_is_reported_before_and_after(
    key: str, plan: LoadedPlan, shop: Shop
) -> None:
    html = page(f'<script id="__cn_generic_script__{key}">load()</script>')
    for each in (html, injected(html, "/about/", shop)):
        assert "unfilled-loader" in {found.rule for found in audited(each, "/about/", plan)}


def test_a_tag_in_a_template_does_not_keep_the_page_s_own_out(plan: LoadedPlan, shop: Shop) -> None:
    tag = '<div class="cn_product_visited"></div><p class="cn_page_category">x</p>'
    for url_path, css_class in (("/p/mug/", "cn_product_visited"), ("/c/mugs/", "cn_page_category")):
        after = injected(page(f"<template>{tag}</template>"), url_path, shop)
        assert len(there(after).of(css_class)) == 1
        assert "missing-tag" not in {found.rule for found in audited(after, url_path, plan)}


def test_a_dispatcher_that_the_page_has_is_not_put_in_again(shop: Shop) -> None:
    assert len(there(injected(page(DISPATCHER), "/", shop)).dispatchers) == 1
    idle = DISPATCHER.replace(" defer", " nomodule")
    assert len(there(injected(page(idle), "/", shop)).dispatchers) == 1


pieces = st.sampled_from(
    [
        *PRESENT,
        *ABSENT,
        DISPATCHER,
        f"<template>{DISPATCHER}</template>",
        DISPATCHER.replace(" defer", " nomodule"),
        '<script src="https://cdn.example/connectif-events.js?v=1"></script>',
        '<div class="cn_product_visited" style="display:none"><b class="name">A</b></div>',
        '<template><div class="cn_product_visited"></div></template>',
        '<!-- <div class="cn_product_visited"></div> -->',
        "<script>document.write('<div class=\"cn_product_visited\"></div>')</script>",
        '<p class="cn_page_category">Mugs</p>',
        '<template><p class="cn_page_category">Mugs</p></template>',
        '<p class="cn_page_tag">sale</p>',
        '<script type="application/ld+json">{"@type": "Product", "sku": "m", "name": "M", '
        '"offers": {"price": "3"}}</script>',
        '<meta http-equiv="refresh" content="0; url=/new/">',
        '<meta http-equiv="refresh" content="300">',
        "<script>location.replace('/new/')</script>",
        "<p>text</p>",
        "<frameset><frame></frameset>",
        "<template>",
        "<!-- cut",
        "<script>",
        "<h1></h1>",
        "<table><tr><td>",
        "<textarea>",
        "<title>",
        "<style>",
        "<svg>",
        "<svg><script>",
        "<select><option>",
        "<plaintext>",
        "</body></html>",
        "<body class=a>",
        "</head>",
        '<base href="https://cdn.example/">',
        f"<iframe srcdoc='<script async src={WHOLE}></script>'></iframe>",
        f"<svg><script href={WHOLE}></script></svg>",
        f"<SCRIPT ASYNC SRC={WHOLE}></SCRIPT>",
        f"<div hidden><script async src={WHOLE}></script></div>",
        '<div class=" CN_PRODUCT_VISITED"><b class=name>A</b></div>',
        '<div class="x\tcn_product_visited"><b class=name>A</b></div>',
        "\x0c\r\n",
        "&lt;div class=cn_page_tag&gt;",
        "<!-- connectif-kit:begin body 000000000000 -->x<!-- connectif-kit:end body -->",
        "<!-- connectif-kit:end head -->",
        "google-site-verification: google0123456789abcdef.html",
    ]
)
tops = st.sampled_from(
    ["<!doctype html>", "<html>", "<html amp>", "<html ⚡>", "<body>", "<head></head>", ""]
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(tops, max_size=3).map("".join),
    st.lists(pieces, max_size=6).map("".join),
    st.sampled_from(["/", "/p/mug/", "/p/other/", "/c/mugs/", "/s/a/", "/about/"]),
)
def test_inject_audit_and_preview_never_contradict_each_other(
    plan: LoadedPlan, shop: Shop, top: str, body: str, url_path: str
) -> None:
    html = top + body
    before, after = there(html), injected(html, url_path, shop)
    now = there(after)
    if after != html:
        assert len(now.loaders) == max(1, len(before.loaders))
        assert len(now.dispatchers) == max(1, len(before.dispatchers))
        for css_class in ("cn_product_visited", "cn_page_category", "cn_page_tag"):
            was = len(before.of(css_class))
            assert len(now.of(css_class)) >= was
            assert not was or len(now.of(css_class)) == was, "what is there is not doubled"
    hints = [found for found in audited(after, url_path, plan) if "`connectif-kit inject`" in found.hint]
    asks = [found for found in hints if "where products.csv has" not in found.hint]
    assert asks == [], "after inject nobody is sent to inject"
    assert all(url_path == "/p/other/" for _ in hints), "the catalogue has no such row: the run says so"
    shown = judged(decode("page.html", html.encode()), url_path, shop.kit, shop.product)
    assert shown.text == after, "the preview judges the page that inject leaves"
    again = judged(decode("page.html", after.encode()), url_path, shop.kit, shop.product)
    assert again.text == after
    assert again.state == shown.state, "what inject has written is not stale"


def hint_of_missing_tag(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    capsys.readouterr()
    run(["audit", "--select", "missing-tag", *options])
    lines = capsys.readouterr().out.splitlines()
    return next((line.strip() for line in lines if line.startswith("  hint: ")), "")


def test_the_hint_looks_into_the_catalogue_and_does_not_guess(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "connectif.yaml").write_text(PLAN)
    rows = tmp_path / "products.csv"
    rows.write_text(ROWS)
    file = tmp_path / "public/p/cup/index.html"
    file.parent.mkdir(parents=True)
    file.write_text(page())
    absent = "hint: no product of products.csv has the address /p/cup/"
    assert hint_of_missing_tag(capsys).startswith(absent)
    assert run(["inject"]) == 1, "it finds none either"
    assert hint_of_missing_tag(capsys).startswith(absent)

    rows.write_text(ROWS + "cup,Cup,3.00,https://shop.example/p/cup/\n")
    there = "hint: `connectif-kit inject` adds it: products.csv has its product"
    assert hint_of_missing_tag(capsys) == there
    assert hint_of_missing_tag(capsys) == there, "the same from the cache"
    assert run(["inject"]) == 0
    assert hint_of_missing_tag(capsys) == ""

    rows.write_text(ROWS + "cup,Cup,?,https://shop.example/p/cup/\n")
    file.write_text(page())
    assert "its product, products.csv line 3, was refused" in hint_of_missing_tag(capsys)


def test_a_tag_that_is_written_by_hand_into_a_script_asks_for_inject_only_where_it_helps(
    plan: LoadedPlan,
) -> None:
    html = page("<script>document.write('<div class=\"cn_product_visited\"></div>')</script>")
    told = [each for each in audited(html, "/s/a/", plan) if each.rule == "product-tag-in-script"]
    assert [each.hint for each in told] == [
        "`product: json-ld` gives no product on this page: no product in JSON-LD on this page"
    ]


def test_a_dispatcher_that_the_template_asks_for_is_not_inject_s_to_renew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "connectif.yaml").write_text(PLAN)
    (tmp_path / "products.csv").write_text(ROWS)
    (tmp_path / "public").mkdir()
    old = DISPATCHER.replace(".js", ".js?v=000000000000")
    (tmp_path / "public/index.html").write_text(page(old))
    run(["inject"])
    capsys.readouterr()
    run(["audit", "--select", "stale-integration"])
    told = capsys.readouterr().out
    assert "the page asks for an older dispatcher" in told
    assert "`connectif-kit inject`" not in told
