"""Documents that React hydrates whole: known by what their frameworks write, and left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectif_kit.page.html import Engine, decode, parse
from connectif_kit.page.hydration import hydrated_document
from tests.tools import Cli

STORE = "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
PLAN = f"""
store: {{id: {STORE}, environment: eu5, url: "https://shop.example"}}
catalog: {{source: products.csv}}
pages:
  product: {{match: "/p/*", product: catalog}}
service_worker: {{path: /service-worker.js}}
"""
NEXT = "<script>(self.__next_f=self.__next_f||[]).push([0])</script>"
ROUTER = '<script>window.__reactRouterContext = {"basename":"/","ssr":false,"isSpaMode":false};</script>'
REMIX = '<script>window.__remixContext = {"basename":"/","isSpaMode":true};</script>'


def page(body: str, head: str = "<title>Mug</title>") -> str:
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


HYDRATED = {
    "Next.js 14 and 15": (page(f"<main>Mug</main>{NEXT}"), "Next.js (App Router)"),
    "Next.js, later pieces only": (
        page('<main>Mug</main><script>self.__next_f.push([1,"1:[]\\n"])</script>'),
        "Next.js (App Router)",
    ),
    "Next.js with a nonce": (page(NEXT.replace("<script", '<script nonce="x"')), "Next.js (App Router)"),
    "Next.js, minified": (page(NEXT.replace("(self", "(window")), "Next.js (App Router)"),
    "React Router 7": (page(f"<div id=app>Mug</div>{ROUTER}"), "React Router"),
    "React Router 7 in a div": (page(f"<div id=app>Mug{ROUTER}</div>"), "React Router"),
    "Remix 2": (page(f"<div id=app>Mug</div>{REMIX}"), "Remix"),
    "Remix 2 in a div that React wrote": (page(f"<div id=app>Mug{REMIX}</div>"), "Remix"),
    "TanStack Start": (page('<script class="$tsr">self.$_TSR={c(){}};</script>'), "TanStack Start"),
    "Waku": (page("<script>globalThis.__WAKU_HYDRATE__ = true;</script>"), "Waku"),
}
NOT_HYDRATED = {
    "Next.js, Pages Router": page(
        "<div id=__next><main>Mug</main></div>"
        '<script id="__NEXT_DATA__" type="application/json">{"page":"/p/[slug]"}</script>',
        '<script src="/_next/static/chunks/main.js" defer></script>',
    ),
    "Gatsby": page(
        '<div id="___gatsby"><div id="gatsby-focus-wrapper">Mug</div></div>'
        "<script>window.pagePath='/p/mug/';</script>"
    ),
    "Docusaurus": page('<div id="__docusaurus">Mug</div>'),
    "Vite": page('<div id="root"></div><script type="module" src="/assets/index.js"></script>'),
    "Astro": page('<astro-island uid="1" component-url="/_astro/C.js" client="load">Mug</astro-island>'),
    "Remix in the div of a file": page(f"<div id=app>Mug{REMIX}</div>").replace(
        "</head><body>", "</head>\n  <body>"
    ),
    "an article on Next.js": page(f"<pre>{NEXT.replace('<', '&lt;')}</pre>"),
    "an article's data": page(
        '<script type="application/ld+json">{"text": "self.__next_f.push([0])"}</script>'
    ),
    "a template": page(f"<template>{NEXT}</template>"),
    "a comment": page(f"<!-- {NEXT} -->"),
    "a script that asks": page("<script>if (window.__next_f) report('next')</script>"),
}


@pytest.mark.parametrize("engine", ["turbohtml", "html5lib"])
@pytest.mark.parametrize("name", HYDRATED)
def test_a_document_that_react_hydrates_is_known_by_its_script(name: str, engine: Engine) -> None:
    html, framework = HYDRATED[name]
    found = hydrated_document(parse(decode("page.html", html.encode()), engine=engine))
    assert found
    assert found.framework == framework
    assert found.evidence.tag == "script"


@pytest.mark.parametrize("engine", ["turbohtml", "html5lib"])
@pytest.mark.parametrize("name", NOT_HYDRATED)
def test_a_page_of_which_one_element_is_hydrated_takes_additions(name: str, engine: Engine) -> None:
    assert hydrated_document(parse(decode("page.html", NOT_HYDRATED[name].encode()), engine=engine)) is None


def alone(site: Path, html: str) -> None:
    """Leave nothing in the site but one product's page."""
    for name in ("index.html", "p/cup/index.html", "old/index.html"):
        (site / name).unlink()
    (site / "p/mug/index.html").write_text(html)


@pytest.fixture
def site(cli: Cli) -> Path:
    """Two products and a start page of Next.js, beside a page that nobody hydrates."""
    (cli.cwd / "connectif.yaml").write_text(PLAN)
    (cli.cwd / "products.csv").write_text(
        "url,product_id,name,unit_price\n"
        "https://shop.example/p/mug/,mug,Mug,14.50\nhttps://shop.example/p/cup/,cup,Cup,9.00\n"
    )
    pages = {
        "index.html": page(f"<div>Shop</div>{NEXT}"),
        "p/mug/index.html": page(f"<div>Mug</div>{NEXT}"),
        "p/cup/index.html": page(f"<div>Cup</div>{NEXT}"),
        "old/index.html": NOT_HYDRATED["Next.js, Pages Router"],
    }
    for name, html in pages.items():
        (cli.cwd / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (cli.cwd / "out" / name).write_bytes(html.encode())
    return cli.cwd / "out"


def test_inject_leaves_them_as_they_are_and_brings_the_files(cli: Cli, site: Path) -> None:
    before = (site / "p/mug/index.html").read_bytes()
    done = cli("inject", "out")
    assert done.code == 0, done.stdout
    assert (site / "p/mug/index.html").read_bytes() == before
    assert b"connectif-kit:begin body" in (site / "old/index.html").read_bytes()
    assert (site / "connectif/connectif-events.min.js").is_file()
    assert (site / "service-worker.js").is_file()
    assert done.stdout.count("notice hydrated-document") == 1
    assert "also: 2 times on 2 more pages" in done.stdout
    assert "build --target jsx" in done.stdout
    assert cli("inject", "--check", "out").code == 0


def test_inject_takes_out_what_it_once_put_into_them(cli: Cli, site: Path) -> None:
    html = (site / "index.html").read_text()
    (site / "index.html").write_text(html.replace(NEXT, ""))
    cli("inject", "out")
    with_ours = (site / "index.html").read_text()
    assert "begin body" in with_ours
    (site / "index.html").write_text(with_ours.replace("</body>", f"{NEXT}</body>"))
    audited = cli("audit", "out")
    assert "error hydrated-page" in audited.stdout
    assert cli("inject", "out").code == 0
    assert (site / "index.html").read_text() == html


def test_inject_puts_it_last_in_their_body_when_asked(cli: Cli, site: Path) -> None:
    before = (site / "p/mug/index.html").read_bytes()
    done = cli("inject", "--hydrated", "out")
    assert done.code == 0, done.stdout
    html = (site / "p/mug/index.html").read_text()
    assert html.endswith("<!-- connectif-kit:end body --></body></html>")
    assert html.startswith(page(f"<div>Mug</div>{NEXT}").removesuffix("</body></html>"))
    assert 'class="cn_product_visited"' in html
    assert "preconnect" not in html
    audited = cli("audit", "out", "--ignore", "unplanned-page")
    assert audited.code == 0, audited.stdout
    assert "late-loader" not in audited.stdout
    assert cli("inject", "--remove", "out").code == 0
    assert (site / "p/mug/index.html").read_bytes() == before


def test_no_tag_is_put_where_it_would_stay_on_the_next_product(cli: Cli, site: Path) -> None:
    """In a single-page app a link renders another product, and what React does not know is left there."""
    (cli.cwd / "connectif.yaml").write_text(f"{PLAN}integration: {{spa: true}}\n")
    assert cli("inject", "--hydrated", "out").code == 0
    html = (site / "p/mug/index.html").read_text()
    assert "__cn_generic_script__" in html
    assert "cn_product_visited" not in html


def test_audit_says_how_the_parts_come_into_such_a_page(cli: Cli, site: Path) -> None:
    alone(site, HYDRATED["Next.js 14 and 15"][0])
    audited = cli("audit", "out", "--select", "missing-loader,missing-dispatcher,missing-tag")
    assert audited.code == 1
    for rule in ("missing-loader", "missing-dispatcher", "missing-tag"):
        assert f"error {rule}" in audited.stdout
    assert audited.stdout.count("build --target jsx") == 3
    assert "connectif-kit inject" not in audited.stdout


TAG = (
    '<div class="cn_product_visited" style="display:none"><span class="url">https://shop.example/p/mug/</span>'
    '<span class="product_id">mug</span><span class="name">Mug</span><span class="unit_price">14.50</span>'
    "</div>"
)
CODE = f"load('https://cdn.connectif.cloud/eu5/client-script/{STORE}')"
LOADER = f'<script id="__cn_generic_script__{STORE}">{CODE}</script>'
DISPATCHER = '<script src="/connectif/connectif-events.min.js" defer=""></script>'


def payload(text: str) -> str:
    quoted = text.replace('"', '\\"')
    return f'<script>self.__next_f.push([1,"{quoted}"])</script>'


def test_what_react_rendered_itself_is_enough(cli: Cli, site: Path) -> None:
    """Its data says everything a second time: that is not a second loader and no call by hand."""
    told = payload(f'{{"id":"__cn_generic_script__{STORE}","__html":"{CODE}"}}')
    whole = page(f"{LOADER}<div>{TAG}</div>{DISPATCHER}{NEXT}{told}")
    alone(site, whole)
    done = cli("inject", "out")
    assert "hydrated-document" not in done.stderr
    assert (site / "p/mug/index.html").read_text() == whole
    audited = cli("audit", "out", "--ignore", "unplanned-page", "--ignore", "product-without-page")
    assert audited.code == 0, audited.stdout


EARLY = (
    f'<script>(self.__next_s=self.__next_s||[]).push([0,{{"children":"{CODE}","id":"x"}}])</script>'
    '<script>(self.__next_s=self.__next_s||[]).push(["/connectif/connectif-events.min.js",{}])</script>'
)
LATE = payload(f'{{"id":"__cn_generic_script__{STORE}"}},{{"src":"/connectif/connectif-events.min.js"}}')


@pytest.mark.parametrize("told", [EARLY, LATE], ids=["beforeInteractive", "afterInteractive"])
def test_scripts_that_next_script_adds_are_seen_in_its_data(told: str, cli: Cli, site: Path) -> None:
    alone(site, page(f"<div>{TAG}</div>{NEXT}{told}"))
    assert cli("inject", "out").stderr.startswith("1 page")
    audited = cli("audit", "out", "--ignore", "unplanned-page", "--ignore", "product-without-page")
    assert audited.code == 0, audited.stdout


def test_a_fix_is_left_to_react_s_source(cli: Cli, site: Path) -> None:
    """What React has rendered must be found as it was, or it throws the page away."""
    whole = page(f"{LOADER}<div>{TAG.replace('14.50', '14,50')}</div>{DISPATCHER}{NEXT}")
    alone(site, whole)
    audited = cli("audit", "out", "--fix", "--select", "decimal-comma")
    assert audited.code == 1
    assert "decimal-comma" in audited.stdout
    assert (site / "p/mug/index.html").read_text() == whole


def test_the_preview_changes_nothing_in_react_s_data() -> None:
    """Its pieces are counted in bytes: with one address changed, React cannot read them."""
    from connectif_kit.page.html import Source, apply_edits, parse
    from connectif_kit.preview.addresses import Places
    from connectif_kit.preview.rewrite import edits

    told = payload("https://cdn.connectif.cloud/eu5/client-script/x")
    source = Source("x.html", page(LOADER + told))
    html = apply_edits(source.text, edits(parse(source), Places("t")))
    assert told in html
    assert "load('/__connectif/cdn/t/eu5/client-script" in html
