"""What inject adds, it takes out again; what it may not touch, it names."""

import gc
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectif_kit.core.diagnostics import Diagnostic, KitError, Severity
from connectif_kit.inject import Found, Injected, Kit, inject, strip
from connectif_kit.page.html import Page, Source, decode, parse
from connectif_kit.plan.load import load
from connectif_kit.plan.models import PageBase
from tests.tools import Cli

PLAN = load(
    "connectif.yaml",
    b"""
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
catalog: {source: products.csv}
pages:
  home: {match: /, page_tag: [landing, "caf\xc3\xa9 \xe2\x98\x95"]}
  category: {match: "/c/**", page_category: {selector: h1}}
  product: {match: "/p/*", product: catalog}
""",
)
KIT = Kit(
    PLAN,
    '<link rel="preconnect" href="https://cdn.connectif.cloud" />',
    '<script id="__cn_generic_script__3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11">go()</script>',
    '<script src="/connectif/connectif-events.min.js" defer="defer"></script>',
)
MUG = {
    "url": "https://shop.example/p/mug/",
    "product_id": "mug",
    "name": "M\u00fcg \u2014 <b>&",
    "unit_price": "60.10",
}


def mug(_page: Page, _url_path: str, _described: PageBase) -> Found:
    return SimpleNamespace(record=MUG, diagnostics=())


def nothing(page: Page, _url_path: str, _described: PageBase) -> Found:
    missing = Diagnostic("missing-product", Severity.ERROR, "no product", page.source.place(0))
    return SimpleNamespace(record=None, diagnostics=(missing,))


def injected(data: bytes, url_path: str = "/", product: object = mug) -> tuple[Source, Injected, bytes]:
    """A page's source, what became of it, and the new bytes."""
    source = decode("page.html", data)
    bare = replace(source, text=strip(source).text)
    result = inject(bare, url_path, KIT, product)  # type: ignore[arg-type]  # either of the two above
    return source, result, source.encode(result.text)


def removed(data: bytes) -> bytes:
    source = decode("page.html", data)
    return source.encode(strip(source).text)


HTML = "<!doctype html><html><head><title>\u00e9</title></head><body class='a'><h1>Mugs</h1></body></html>"
PAGES = {
    "plain": HTML.encode(),
    "bom": b"\xef\xbb\xbf" + HTML.encode(),
    "crlf": HTML.replace("><", ">\r\n<").encode(),
    "utf-16": b"\xff\xfe" + HTML.encode("utf-16-le"),
    "windows-1252": HTML.replace("<head>", '<head><meta charset="windows-1252">').encode("cp1252"),
    "no body tag": b"<!doctype html><title>x</title><p>text",
    "no head tag": b"<!doctype html><body><p>text",
    "upper case": HTML.upper().encode(),
    "xhtml": b'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
    b"<head><title>x</title></head><body><p>t</p></body></html>",
    "script that speaks of body": b"<!doctype html><head><script>'<body>'</script></head><body><p>x</body>",
    "comment that speaks of body": b"<!doctype html><!-- <body> --><head></head><body><p>x</body>",
}


@pytest.mark.parametrize("data", PAGES.values(), ids=PAGES.keys())
def test_a_page_takes_the_blocks_and_gives_its_bytes_back(data: bytes) -> None:
    _, result, new = injected(data)
    assert result.notes == ()
    assert new != data
    assert removed(new) == data
    assert injected(new)[2] == new, "a second time changes nothing"


@pytest.mark.parametrize("data", PAGES.values(), ids=PAGES.keys())
def test_the_loader_comes_first_in_the_body_as_a_browser_builds_it(data: bytes) -> None:
    source, result, _ = injected(data)
    page = parse(replace(source, text=result.text))
    assert page.body is not None
    first, *rest = page.body.children
    assert first.attributes["id"].startswith("__cn_generic_script__")
    assert [node.tag for node in rest[:3]] == ["div", "div", "script"]
    assert [node.text for node in rest[:2]] == ["landing", "caf\u00e9 \u2615"]
    assert rest[2].attributes["src"] == "/connectif/connectif-events.min.js"


def test_a_category_page_names_its_category_and_a_product_page_its_product() -> None:
    _, category, _ = injected(PAGES["plain"], "/c/mugs/")
    assert '<div class="cn_page_category" style="display:none">Mugs</div>' in category.text
    source, product, _ = injected(PAGES["plain"], "/p/mug/")
    page = parse(replace(source, text=product.text))
    (tag,) = page.select(".cn_product_visited")
    assert {node.classes[0]: node.text for node in tag.children} == MUG


def test_a_letter_that_the_pages_encoding_lacks_becomes_a_reference() -> None:
    data = PAGES["windows-1252"]
    _, result, new = injected(data)
    assert "caf&#233; &#9749;" in result.text
    assert removed(new) == data


def test_a_product_page_without_product_data_is_a_finding_and_no_half_empty_tag() -> None:
    _, result, _ = injected(PAGES["plain"], "/p/mug/", nothing)
    assert [note.rule for note in result.notes] == ["missing-product"]
    assert "cn_product_visited" not in result.text
    assert "__cn_generic_script__" in result.text


def test_what_the_page_has_of_its_own_is_not_doubled() -> None:
    own = (
        b'<!doctype html><body><script id="__cn_generic_script__x">load()</script>'
        b'<div class="cn_product_visited"></div><div class="cn_page_tag">mine</div>'
    )
    for url_path in ("/", "/p/mug/"):
        text = injected(own, url_path)[1].text
        assert text.count("__cn_generic_script__") == text.count("cn_product_visited") == 1
        assert text.count("cn_page_tag") == 1


@pytest.mark.parametrize(
    "own",
    [
        '<script nomodule id="__cn_generic_script__x">load()</script>',
        '<script type="application/json" id="__cn_generic_script__x">load()</script>',
        '<template><script id="__cn_generic_script__x">load()</script></template>',
        '<script id="__cn_generic_script__x">/* load() */</script>',
    ],
)
def test_a_loader_that_no_browser_runs_does_not_keep_ours_out(own: str) -> None:
    text = injected(f"<!doctype html><body>{own}".encode(), "/")[1].text
    assert text.count("__cn_generic_script__") == 2


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "page-is-empty"),
        (b"<!doctype html><html><frameset><frame></frameset></html>", "page-is-frameset"),
        (b"<!doctype html><body><!-- cut", "page-is-cut-off"),
        (b"\x00\x01\x02\x7fELF\x00" * 20, "page-is-binary"),
    ],
)
def test_a_page_that_cannot_take_the_blocks_is_named_and_left_alone(data: bytes, rule: str) -> None:
    _, result, new = injected(data)
    assert [note.rule for note in result.notes] == [rule]
    assert new == data


def test_a_block_that_was_edited_is_left_alone_unless_forced() -> None:
    _, result, _ = injected(PAGES["plain"])
    edited = decode("page.html", result.text.replace("landing", "LANDING").encode())
    kept = strip(edited)
    assert kept.text == edited.text
    assert [p.rule for p in kept.problems] == ["edited-block"]
    assert strip(edited, force=True).text == HTML


def test_a_mark_that_lost_its_other_half_is_reported() -> None:
    _, result, _ = injected(PAGES["plain"])
    broken = decode("page.html", result.text.replace("<!-- connectif-kit:end body -->", "").encode())
    assert "broken-mark" in [p.rule for p in strip(broken).problems]
    assert strip(broken).text == broken.text


PIECES = """
<!doctype html>|<html>|<head>|</head>|<body>|<body a='>'>|</body>|</html>|<title>x</title>|<frameset>|<select>
<p>|</p>|<!-- c -->|<!--|-->|<script>|</script>|<template>|</template>|<table>|<noscript>|<svg>|</svg>|]]>
é|\U0001f600|&amp;|<br/>|text|<!-- connectif-kit:begin body 000000000000 -->|<!-- connectif-kit:end body -->
"""
bits = st.sampled_from([*PIECES.strip().replace("\n", "|").split("|"), "\r\n", "\n", "\r", "\t", "\x00"])


@given(
    st.lists(bits, max_size=25).map("".join),
    st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig"]),
    st.sampled_from(["/", "/p/mug/", "/c/x/", "/other"]),
)
def test_removing_gives_the_original_bytes_back(html: str, encoding: str, url_path: str) -> None:
    data = html.encode(encoding, "replace")
    source = decode("page.html", data)
    if strip(source).problems:
        return  # marks of ours in the wild: reported, and nothing is touched
    _, result, new = injected(data, url_path)
    assert removed(new) == data
    assert injected(new, url_path)[2] == new
    if result.text != source.text:
        page = parse(replace(source, text=result.text))
        assert page.select("body > script[id^=__cn_generic_script__]"), "the loader is alive, and in the body"


def test_what_is_added_reads_the_same_in_any_encoding() -> None:
    """A longer head pushes a late declaration out of sight: the page is then read as another encoding."""
    late = "<!doctype html><html><head><title>x</title></head><body><p>" + "x" * 950 + "</p>"
    data = (late + '<meta charset="shift_jis"><h1>\u65e5\u672c\u8a9e</h1></body></html>').encode("shift_jis")
    new = injected(data, "/p/mug/")[2]
    assert injected(new, "/p/mug/")[2] == new
    assert removed(new) == data
    bare = injected(b"<!doctype html><html><head><title>x</title></head><body>", "/p/mug/")[2]
    assert bare.isascii(), "a page that declares nothing is not read as UTF-8 by every server"


@pytest.mark.parametrize("label", ["iso-2022-kr", "hz-gb-2312", "replacement"])
def test_a_charset_that_browsers_have_given_up_is_reported(label: str) -> None:
    with pytest.raises(KitError, match="not all of its bytes") as told:
        injected(f'<!doctype html><html><head><meta charset="{label}"></head><body><p>x</p></body>'.encode())
    assert [d.rule for d in told.value.diagnostics] == ["undecodable-page"]


def test_control_characters_of_a_catalogue_do_not_reach_the_page() -> None:
    def odd(_page: Page, _url_path: str, _described: PageBase) -> Found:
        return SimpleNamespace(record=MUG | {"name": "M\x01u\x0bg\ufffe"}, diagnostics=())

    assert '<span class="name">Mug</span>' in injected(PAGES["xhtml"], "/p/mug/", odd)[1].text


def test_marks_without_end_take_no_more_than_one_pass() -> None:
    marks = "<!-- connectif-kit:begin body 000000000000 -->" * 40_000
    source = decode("page.html", f"<!doctype html><body>{marks}".encode())
    started = time.process_time()
    assert [p.rule for p in strip(source).problems] == ["broken-mark"]
    assert time.process_time() - started < 2


def test_ten_megabytes_are_a_page_like_any_other() -> None:
    big = HTML.replace("<h1>", "<p>word </p>" * 850_000 + "<h1>").encode()
    assert len(big) > 10_000_000
    new = injected(big)[2]
    assert removed(new) == big


def test_a_label_whose_selector_matches_nothing_is_reported_once_with_a_count(
    cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "connectif.yaml").write_text(
        "store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: 'https://shop.example'}\n"
        "integration: {catalog: api}\n"
        "pages: {category: {match: '/c/*', page_category: {selector: h1.title}}}\n"
    )
    for name in ("a", "b", "c"):
        (tmp_path / "public/c").mkdir(parents=True, exist_ok=True)
        (tmp_path / f"public/c/{name}.html").write_text("<!doctype html><body><h1>Mugs</h1></body>")
    done = cli("inject")
    assert done.code == 0
    assert done.stdout.count("notice unmatched-label") == 1
    assert "`h1.title` gives no cn_page_category on this page of kind `category`" in done.stdout
    assert "2 times on 2 more pages: public/c/b.html:1:1, public/c/c.html:1:1" in done.stdout


@pytest.mark.parametrize(
    "html",
    [
        "<!doctype html><html><head><title>x</title></head><body><p>no end tags",
        "<!doctype html><p>no tags of its own",
        "<!doctype html><body><template><p>cut off",
        HTML,
    ],
    ids=["no end", "nothing written", "cut off", "whole"],
)
def test_no_page_is_kept_in_memory_where_the_collector_is_off(html: str) -> None:
    """A run goes without the collector: a ring that is left costs half a megabyte a page."""

    def trees() -> int:
        return sum(isinstance(found, Page) for found in gc.get_objects())

    injected(html.encode())  # what is loaded once is loaded now
    gc.collect()
    gc.disable()
    try:
        before = trees()
        for _ in range(3):
            injected(html.encode())
        assert trees() == before
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("worker", "missing"),
    [
        ('importScripts("/workbox.js","https://cdn.connectif.cloud/scripts/service-worker.js");', ""),
        ("importScripts(\n  'https://cdn.connectif.cloud/scripts/service-worker.js'\n)", ""),
        ("importScripts('/connectif-push.js')", ""),
        (
            "importScripts('/workbox.js')",
            'importScripts("https://cdn.connectif.cloud/scripts/service-worker.js");',
        ),
        ("// importScripts('https://cdn.connectif.cloud/scripts/service-worker.js')", "importScripts("),
    ],
)
def test_a_worker_of_the_shops_own_is_asked_for_what_it_lacks_as_audit_asks(
    cli: Cli, tmp_path: Path, worker: str, missing: str
) -> None:
    (tmp_path / "connectif.yaml").write_text(
        'store: {id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: "https://mugs.example"}\n'
        "integration: {catalog: api}\nservice_worker: {path: /service-worker.js}\n"
    )
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text(
        "<!doctype html><title>Mugs</title><body><h1>Mugs</h1></body>"
    )
    (tmp_path / "public/service-worker.js").write_text(worker)
    done = cli("inject", "public")
    assert (done.code, "foreign-file" in done.stdout) == (int(bool(missing)), bool(missing)), done.stdout
    assert missing in done.stdout
    audited = cli("audit", "public", "--select", "worker-without-push")
    assert ("worker-without-push" in audited.stdout) == bool(missing)
