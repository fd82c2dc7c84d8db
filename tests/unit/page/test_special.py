"""Files that look like pages and take no integration: known in all spellings, left alone, counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connectif_kit.cli import run
from connectif_kit.page.html import Engine, decode, parse
from connectif_kit.page.special import AMP, FRAGMENT, REDIRECT, VERIFICATION, counted, special

PLAN = """
store: {id: 9d1f8a52-7c1b-4a54-8f43-2a6a3de1c0aa, environment: eu5, url: "https://mugs.example"}
catalog: {source: products.csv}
pages:
  home: {match: /}
  product: {match: "/p/*", product: catalog}
"""
ROWS = "product_id,name,unit_price,url\nmug,Mug,12.50,https://mugs.example/p/mug/\n"

HUGO = (
    '<!DOCTYPE html><html lang="en"><head><title>https://mugs.example/p/mug/</title>'
    '<link rel="canonical" href="https://mugs.example/p/mug/"><meta name="robots" content="noindex">'
    '<meta charset="utf-8"><meta http-equiv="refresh" content="0; url=https://mugs.example/p/mug/">'
    "</head></html>"
)
JEKYLL = (
    '<!DOCTYPE html><html lang="en-US"><meta charset="utf-8"><title>Redirecting&hellip;</title>'
    '<link rel="canonical" href="/p/mug/"><script>location="/p/mug/"</script>'
    '<meta http-equiv="refresh" content="0; url=/p/mug/"><meta name="robots" content="noindex">'
    '<h1>Redirecting&hellip;</h1><a href="/p/mug/">Click here if you are not redirected.</a></html>'
)
MKDOCS = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Redirecting...</title>'
    '<link rel="canonical" href="../new/"><script>var anchor=window.location.hash.substr(1);'
    'location.href="../new/"+(anchor?"#"+anchor:"")</script>'
    '<meta http-equiv="refresh" content="0; url=../new/"></head><body>'
    'You are being redirected to <a href="../new/">a new page</a>.</body></html>'
)
SHELL = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Single Page Apps</title>"
    "<script type='text/javascript'>var pathSegmentsToKeep = 0; var l = window.location;\n"
    "l.replace(l.protocol + '//' + l.hostname + '/?/' + l.pathname.slice(1));</script></head>"
    "<body></body></html>"
)


def scripted(code: str, body: str = "") -> str:
    head = "<!doctype html><html><head><title>Moved</title></head>"
    return f"{head}<body><script>{code}</script>{body}</body></html>"


def refreshing(content: str, name: str = "refresh", body: str = "") -> str:
    head = f"<!doctype html><html><head><meta http-equiv={name} content={content}></head>"
    return f"{head}<body>{body}</body></html>"


REDIRECTS = [
    HUGO,
    JEKYLL,
    MKDOCS,
    SHELL,
    refreshing('"0;url=/new/"'),
    refreshing('"0; URL=/new/"', "REFRESH"),
    refreshing("\"0; url='/new/'\"", '"Refresh "'),
    refreshing('" 0 , url = /new/"'),
    refreshing('"0;/new/"'),
    refreshing('"0.5; url=/new/"'),
    refreshing('".1; url=/new/"'),
    refreshing('"1; url=/new/"', body="<main><form><img src=x></form></main>"),
    refreshing('"5; url=/new/"', body="<p>We have moved: <a href=/new/>here</a>.</p>"),
    scripted("window.location.replace('/new/')"),
    scripted("location.href='/new/' + location.search", '<p><a href="/new/">Moved</a></p>'),
    scripted('top.location = "/new/"'),
    scripted('location.assign("/es/")'),
    scripted('document.location.href = navigator.language.slice(0, 2) === "es" ? "/es/" : "/en/"'),
    scripted("setTimeout(function () { window.location = '/new/' }, 500)"),
]
NO_REDIRECTS = [
    refreshing('"300"'),
    refreshing('"0;url="'),
    refreshing('"url=/new/"'),
    refreshing('"30; url=/"', body="<form id=order><button>Pay</button></form>"),
    refreshing('"10; url=/"', body="<h1>Thank you</h1><p>" + "Your order is on its way. " * 30 + "</p>"),
    "<!doctype html><noscript><meta http-equiv=refresh content='0; url=/nojs/'></noscript><h1>Mugs</h1>",
    "<!doctype html><template><meta http-equiv=refresh content='0; url=/x/'></template><h1>Mugs</h1>",
    "<!doctype html><!-- <meta http-equiv=refresh content='0; url=/x/'> --><h1>Mugs</h1>",
    scripted("if (location.protocol !== 'https:') location.replace('https://mugs.example/')"),
    scripted("if (location.href == '/x') go()"),
    scripted("// location.replace('/new/')"),
    scripted("button.addEventListener('click', () => { location.href = '/cart/' })"),
    scripted("location.replace('/login/')", "<form><input name=q></form>"),
    scripted("if (!token) location.href = '/login/'", "<div id=app></div><script src=/app.js></script>"),
    scripted("var path = location.pathname"),
    scripted("my.location.replace('/new/')", "<p>Text</p>").replace("my.", "map$"),
    "<!doctype html><h1>Mugs</h1>",
]
AMPS = [
    "<!doctype html><html amp><head><script async src=https://cdn.ampproject.org/v0.js></script></head><body>x",
    "<!doctype html><html ⚡ lang=en><body><h1>Mug</h1></body></html>",
    "<!doctype html><html ⚡\ufe0f><body>x</body></html>",
    '<!doctype html><html AMP=""><body>x</body></html>',
    "<!doctype html><html amp4email><body>x</body></html>",
    "<!doctype html><html ⚡4ads><body>x</body></html>",
]
PROOFS = {
    "/google0123456789abcdef.html": "google-site-verification: google0123456789abcdef.html",
    "/yandex_7d2b3bd0f3ddbb43.html": '<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; '
    'charset=UTF-8">\n</head>\n<body>Verification: 7d2b3bd0f3ddbb43</body>\n</html>',
    "/pinterest-1a2b3.html": '<!DOCTYPE html><html><head><meta name="p:domain_verify" content="1a2b3"/>'
    "<title>Pinterest</title></head><body></body></html>",
    "/abcdef123.html": "abcdef123",
    "/any.html": "facebook-domain-verification=abc123\r\n",
    "/proof/naver.html": "naver-site-verification: naver0a1b2c.html",
}


ENGINES: tuple[Engine, ...] = ("turbohtml", "html5lib")


def kind(html: str, url_path: str = "/x/") -> str:
    source = decode("page.html", html.encode())
    found = {special(parse(source, engine=engine), url_path) for engine in ENGINES}
    assert len(found) == 1, "both parsers say the same"
    return found.pop()


@pytest.mark.parametrize("html", REDIRECTS)
def test_a_redirect_is_known_in_any_spelling(html: str) -> None:
    assert kind(html) == REDIRECT


@pytest.mark.parametrize("html", NO_REDIRECTS)
def test_a_page_that_stays_is_no_redirect(html: str) -> None:
    assert kind(html) == ""


@pytest.mark.parametrize("html", AMPS)
def test_amp_is_known_by_its_root(html: str) -> None:
    assert kind(html) == AMP
    other = html.replace("amp", "data-amp").replace("AMP", "lamp").replace("⚡", "data-x")
    assert kind(other) != AMP


@pytest.mark.parametrize(("url_path", "text"), PROOFS.items())
def test_a_proof_of_ownership_is_known(url_path: str, text: str) -> None:
    assert kind(text, url_path) == VERIFICATION


def test_a_piece_of_a_page_is_a_fragment_and_a_page_is_none() -> None:
    assert kind("<li>Blue mug</li>") == FRAGMENT
    assert kind("{% extends 'index.html' %}") == FRAGMENT
    assert kind("<!doctype html><li>Blue mug</li>") == ""
    assert kind("<!doctype html><p>Verification: how we check reviews, and why it matters to you.</p>") == ""


def test_each_kind_is_counted_in_one_line() -> None:
    assert counted({REDIRECT: 2, AMP: 1}) == "2 redirect pages, 1 AMP page left alone"
    assert counted({VERIFICATION: 1, FRAGMENT: 1_200}) == (
        "1 site verification file, 1,200 fragments left alone"
    )
    assert counted({}) == ""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of a home page, a product, and one of each kind that is left alone."""
    (tmp_path / "connectif.yaml").write_text(PLAN)
    (tmp_path / "products.csv").write_text(ROWS)
    pages = {
        "index.html": "<!doctype html><html><head></head><body><h1>Mugs</h1></body></html>",
        "p/mug/index.html": "<!doctype html><html><head></head><body><h1>Mug</h1></body></html>",
        "p/old/index.html": HUGO,
        "p/older/index.html": JEKYLL,
        "p/amp.html": AMPS[1],
        "google0123456789abcdef.html": PROOFS["/google0123456789abcdef.html"],
        "yandex_7d2b3bd0f3ddbb43.html": PROOFS["/yandex_7d2b3bd0f3ddbb43.html"],
        "rows/row.html": "<li>Blue mug</li>",
    }
    for name, html in pages.items():
        file = tmp_path / "public" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(html.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


LINE = "2 redirect pages, 1 AMP page, 2 site verification files, 1 fragment left alone"


def test_inject_leaves_them_alone_counts_them_and_ends_well(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {file: file.read_bytes() for file in shop.rglob("*.html")}
    assert run(["build"]) == 0
    assert run(["inject"]) == 0
    assert LINE in capsys.readouterr().err.splitlines()
    changed = {
        file.relative_to(shop / "public").as_posix() for file, b in before.items() if file.read_bytes() != b
    }
    assert changed == {"index.html", "p/mug/index.html"}
    assert run(["inject", "--check"]) == 0


def test_audit_demands_nothing_of_them_and_counts_them(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["build"])
    run(["inject"])
    capsys.readouterr()
    assert run(["audit"]) == 0, capsys.readouterr().out
    assert run(["audit", "--format", "text", "--format", "json=report.json"]) == 0
    assert LINE in capsys.readouterr().out.splitlines()
    report = json.loads((shop / "report.json").read_text())
    assert report["findings"] == []
    assert report["summary"]["leftAlone"] == {"redirect": 2, "amp": 1, "verification": 2, "fragment": 1}
    assert run(["audit"]) == 0  # the same from the cache
    assert LINE in capsys.readouterr().out.splitlines()


def test_a_kind_of_which_only_a_redirect_is_there_has_no_page(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "public/p/mug/index.html").unlink()
    run(["audit", "--no-cache", "--select", "empty-page-kind"])
    assert "no page matches the kind `product`" in capsys.readouterr().out


def test_an_app_in_one_file_is_asked_neither_for_its_routes_nor_for_their_buttons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = """store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
integration: {spa: true, catalog: api}
pages: {home: {match: /}, cart: {match: /cart}}
events: {liked: {on: {click: .like}, send: custom, alias: liked}}
"""
    Path("connectif.yaml").write_text(plan)
    Path("public").mkdir()
    Path("public/index.html").write_text("<!doctype html><title>Shop</title><div id=app></div>")
    rules = ["--select", "empty-page-kind", "--select", "unmatched-selector"]
    assert run(["audit", "--no-cache", *rules]) == 0, capsys.readouterr().out
    Path("connectif.yaml").write_text(plan.replace("spa: true", "spa: false"))
    run(["audit", "--no-cache", *rules])
    out = capsys.readouterr().out
    assert "no page matches the kind `cart`" in out
    assert "waits for `.like`" in out


def test_what_an_older_run_put_into_them_is_taken_out(shop: Path) -> None:
    run(["inject"])
    block = (shop / "public/index.html").read_text()
    start, end = block.index("<!-- connectif-kit:begin body"), block.index("<h1>")
    stub = shop / "public/p/old/index.html"
    stub.write_text(HUGO.replace("</head>", f"</head>{block[start:end]}"))
    assert run(["inject"]) == 0
    assert stub.read_text() == HUGO


def test_the_plan_s_ignored_paths_are_asked_for_nothing(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "connectif.yaml").write_text(PLAN + 'site: {ignore: ["/p/**"]}\n')
    run(["audit", "public/p/mug/index.html", "--no-cache"])
    assert "missing-" not in capsys.readouterr().out
