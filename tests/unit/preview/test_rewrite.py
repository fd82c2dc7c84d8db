"""Addresses of the shop's own, wherever HTML and CSS let them stand; the oracle is the HTML Standard."""

from __future__ import annotations

import pytest

from connectif_kit.page.html import decode, parse
from connectif_kit.preview.addresses import Places
from connectif_kit.preview.rewrite import edits, srcset

PLACES = Places("T", ("shop.example",))
STYLE = (
    '<style>@import "https://shop.example/c.css"; a { background: image-set("https://shop.example/x.png" 1x,'
    " url(https://shop.example/y.png) 2x, url('https://shop.example/z(1).png') 3x) }</style>"
)


def rewritten(html: str) -> str:
    page = parse(decode("a.html", f"<!doctype html>{html}".encode()))
    text = page.source.text
    for edit in sorted(edits(page, PLACES), key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text.removeprefix("<!doctype html>")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("https://shop.example/a,b.jpg 1x,https://shop.example/c.jpg 2x", "/a,b.jpg 1x,/c.jpg 2x"),
        (
            "https://shop.example/w_4,h_3/i.jpg 400w, https://shop.example/x.jpg 800w",
            "/w_4,h_3/i.jpg 400w, /x.jpg 800w",
        ),
        ("https://shop.example/a.jpg, https://shop.example/b.jpg 2x", "/a.jpg, /b.jpg 2x"),
        (
            "\n  https://shop.example/a.jpg\n  1x,\n\thttps://shop.example/b.jpg 2x\n",
            "\n  /a.jpg\n  1x,\n\t/b.jpg 2x\n",
        ),
        (
            "data:image/png;base64,AA= 1x, https://shop.example/b.jpg 2x",
            "data:image/png;base64,AA= 1x, /b.jpg 2x",
        ),
        ("https://shop.example/a.jpg (x, y) 1x, https://shop.example/b.jpg", "/a.jpg (x, y) 1x, /b.jpg"),
        ("https://shop.example/a.jpg,,,", "/a.jpg,,,"),
        (",,,", ",,,"),
        ("", ""),
    ],
)
def test_a_srcset_is_read_as_browsers_read_it(given: str, wanted: str) -> None:
    assert srcset(given, PLACES) == wanted


def test_a_long_srcset_takes_no_longer_than_it_is_long() -> None:
    for text in ("," * 40_000, "a," * 20_000, "a (" * 12_000, " " * 40_000):
        assert srcset(text, PLACES) == text


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<meta http-equiv="Refresh" content="5; https://shop.example/x">', "5; /x"),
        ("<meta http-equiv=refresh content=\"0;URL='https://shop.example/x'\">", "0;URL=&#x27;/x&#x27;"),
        ('<base href="https://shop.example/">', '<base href="/">'),
        (
            '<a ping="https://shop.example/p https://other.example/p" href="#">x</a>',
            "/p https://other.example/p",
        ),
        ('<body background="https://shop.example/b.png">', 'background="/b.png"'),
        (
            '<link rel=preload as=image imagesrcset="https://shop.example/a.jpg 1x">',
            'imagesrcset="/a.jpg 1x"',
        ),
        (
            '<iframe srcdoc="<a href=&quot;https://shop.example/x&quot;>x</a>"></iframe>',
            'srcdoc="&lt;a href=&quot;/x&quot;&gt;x&lt;/a&gt;"',
        ),
        (
            "<iframe srcdoc='<iframe srcdoc=\"<img src=https://shop.example/i.png>\"></iframe>'></iframe>",
            "/i.png",
        ),
        ('<p data-bg="url(https://shop.example/b.png)">', 'data-bg="url(/b.png)"'),
        ('<img data-lazy-src="https://shop.example/l.png">', 'data-lazy-src="/l.png"'),
        (
            '<script type="importmap">{"imports":{"a":"https:\\/\\/shop.example\\/a.js"}}</script>',
            '{"a":"/a.js"}',
        ),
        ('<script type="speculationrules">{"urls":["https://shop.example/x"]}</script>', '["/x"]'),
        (
            STYLE,
            "image-set(\"/x.png\" 1x, url(/y.png) 2x, url('/z(1).png') 3x)",
        ),
    ],
)
def test_the_shop_s_own_addresses_are_here(html: str, wanted: str) -> None:
    made = rewritten(html)
    assert wanted in made
    assert "https://shop.example" not in made


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="canonical" href="https://shop.example/x">',
        '<link rel="alternate" hreflang="es" href="https://shop.example/es/">',
        '<script type="application/ld+json">{"url":"https://shop.example/x"}</script>',
        '<script type="application/json">{"url":"https://shop.example/x"}</script>',
        '<script>dataLayer = [{"url": "https://shop.example/x"}]</script>',
        '<meta property="og:image" content="https://shop.example/x.png">',
        '<span class="url">https://shop.example/x</span>',
        '<blockquote cite="https://shop.example/x">x</blockquote>',
        '<a href="https://shop.example.evil.example/">x</a>',
        '<a href="https://shop.example@evil.example/">x</a>',
    ],
)
def test_what_is_read_as_data_or_is_another_s_stays(html: str) -> None:
    assert rewritten(html) == html
