"""What inject adds to a page, seen by a reader: nothing; and what every page of a site gets, from a plan."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest

from connectif_kit.build import render
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.inject import Injected, Kit, inject, kit_for, located, strip
from connectif_kit.inject.page import stamp_free
from connectif_kit.page.html import Source, decode
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan

STORE = {"id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "environment": "eu5", "url": "https://shop.example"}
PAGES = {
    "home": {"match": "/", "page_tag": ["landing", "spring"]},
    "category": {"match": "/c/**", "page_category": {"selector": "h1"}},
    "product": {"match": "/p/*", "product": "catalog"},
}
MUG = {"url": "https://shop.example/p/mug/", "product_id": "mug", "name": "Mug", "unit_price": "60.10"}
HTML = "<!doctype html><html><head><title>Shop</title></head><body><h1>Mugs</h1><p>All of them.</body></html>"


def plan_of(**parts: Any) -> LoadedPlan:
    given = {"store": STORE, "catalog": {"source": "products.csv"}, "pages": PAGES, **parts}
    return load("connectif.yaml", json.dumps(given).encode())


def kit(hydrated: bool = False, development: bool = False, **parts: Any) -> Kit:
    loaded = plan_of(**parts)
    return kit_for(loaded, render(loaded, str), development=development, hydrated=hydrated)


def bare(html: str) -> Source:
    source = decode("public/index.html", html.encode())
    return replace(source, text=strip(source).text)


def injected(html: str, path: str = "/", with_kit: Kit | None = None, product: Any = None) -> Injected:
    def found(*_: object) -> Any:
        return SimpleNamespace(record=product if product is not None else MUG, diagnostics=())

    return inject(bare(html), path, with_kit or kit(), found)


class Reader(HTMLParser):
    """What a visitor can read: no scripts, no styles, no comments, nothing that is not displayed."""

    VOID = ("link", "meta", "br", "img", "input")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[bool] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            hidden = tag in ("script", "style", "template") or "display:none" in (
                dict(attrs).get("style") or ""
            )
            self.open.append(hidden)

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag not in self.VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.words += [] if any(self.open) else data.split()


def read_by_a_visitor(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.words


@pytest.mark.parametrize("path", ["/", "/c/mugs/", "/p/mug/", "/about/"])
@pytest.mark.parametrize(
    "html",
    [
        HTML,
        HTML.replace("\n", "\r\n"),
        "<!doctype html><title>Shop</title><h1>Mugs</h1>",
        "<!doctype html><html><head><title>Shop</title></head><body><h1>Mugs</h1></body></html>",
    ],
)
@pytest.mark.parametrize("parts", [{}, {"integration": {"consent": {"cookie": "ok"}, "nonce": "n"}}])
def test_a_visitor_reads_the_same_page(path: str, html: str, parts: dict[str, Any]) -> None:
    found = injected(html, path, kit(**parts))
    assert found.text != html
    assert read_by_a_visitor(found.text) == read_by_a_visitor(html)


def test_the_parts_stand_in_their_order_one_below_the_other() -> None:
    text = injected(HTML).text
    body = text[text.index("<body>") :]
    order = [
        "begin body",
        "__cn_generic_script__",
        "landing",
        "spring",
        "connectif-events.min.js",
        "end body",
    ]
    assert [body.index(word) for word in order] == sorted(body.index(word) for word in order)
    head = text[: text.index("</head>")]
    assert '\n<link rel="preconnect" href="https://cdn.connectif.cloud" />\n' in head
    assert head.endswith("<!-- connectif-kit:end head -->")


def test_windows_newlines_stay_and_no_others_come() -> None:
    html = HTML.replace("><", ">\r\n<")
    text = injected(html).text
    assert text.count("\n") == text.count("\r\n") > html.count("\r\n")
    assert "\r" not in injected(HTML.replace("them.", "them.\r")).text.replace("them.\r", "")


def test_a_page_that_has_all_of_its_own_gets_no_second_block() -> None:
    own = (
        '<!doctype html><html><head><link rel="x"></head><body>'
        '<script id="__cn_generic_script__x">load()</script>'
        '<script src="/connectif/connectif-events.min.js" defer></script></body></html>'
    )
    text = injected(own, "/about/").text
    assert "begin body" not in text
    assert text.count("connectif-events.min.js") == 1


def test_every_page_of_a_plan_gets_what_the_build_made() -> None:
    loaded = plan_of()
    files = render(loaded, str)
    plain, working = kit_for(loaded, files), kit_for(loaded, files, development=True)
    assert plain.loaded is loaded
    assert plain.script.startswith('<script src="/connectif/connectif-events.min.js?v=')
    assert plain.script.endswith('" defer="defer"></script>')
    assert "connectif-events.dev.js?v=" in working.script
    assert plain.loader.startswith("<script id=")
    assert "<!--" not in plain.loader
    assert plain.loader in files["loader.html"]
    changed = kit_for(loaded, {**files, "connectif-events.min.js": "other"})
    assert changed.script != plain.script, "a browser asks for a changed script again"
    assert plain.head == '<link rel="preconnect" href="https://cdn.connectif.cloud" />'
    assert not plain.hydrated


def test_without_consent_nothing_is_asked_of_the_vendor_and_a_nonce_is_written() -> None:
    made = kit(integration={"consent": {"cookie": "ok"}, "nonce": "abc"})
    assert made.head == ""
    assert made.script.endswith('defer="defer" nonce="abc"></script>')
    assert "begin head" not in injected(HTML, "/", made).text


def test_a_shop_in_a_folder_has_its_scripts_there() -> None:
    made = kit(store={**STORE, "url": "https://shop.example/es"}, site={"assets": "/static/cn"})
    assert made.script.startswith('<script src="/es/static/cn/connectif-events.min.js?v=')


def test_an_include_is_taken_without_its_comments() -> None:
    assert stamp_free("<!-- a\nb --> <p>x</p><!-- c -->\n <b>y</b>\n") == "<p>x</p><b>y</b>"


@pytest.mark.parametrize(
    ("meta", "label"),
    [
        ('<meta name="section" content="Mugs">', "Mugs"),
        ('<meta property="section" content="Mugs">', "Mugs"),
        ('<meta property="SECTION" content=" Blue   mugs ">', "Blue mugs"),
        ('<meta name="other" content="x"><meta name="other" property="section" content="Mugs">', "Mugs"),
        ('<meta itemprop="section" content="Mugs">', None),
    ],
)
def test_a_meta_is_found_by_its_name_or_its_property(meta: str, label: str | None) -> None:
    pages = {**PAGES, "category": {"match": "/c/**", "page_category": {"meta": "section"}}}
    found = injected(HTML.replace("<title>", f"{meta}<title>"), "/c/", kit(pages=pages))
    assert labels(found.text, "cn_page_category") == ([label] if label else [])
    assert [note.rule for note in found.notes] == ([] if label else ["unmatched-label"])


def labels(text: str, css_class: str) -> list[str]:
    """The texts of the labels in a page, in order."""
    start = f'<div class="{css_class}" style="display:none">'
    return [piece.partition("</div>")[0] for piece in text.split(start)[1:]]


@pytest.mark.parametrize(("how", "found"), [({}, ["one"]), ({"all": True}, ["one", "two"])])
def test_a_selector_gives_the_first_or_all(how: dict[str, bool], found: list[str]) -> None:
    pages = {**PAGES, "category": {"match": "/c/**", "page_category": {"selector": "li", **how}}}
    html = HTML.replace("<p>", "<ul><li>one<li>two<li>one</ul><p>")
    assert labels(injected(html, "/c/", kit(pages=pages)).text, "cn_page_category") == found


def test_what_is_said_of_a_page_says_which_rule_and_why() -> None:
    [unmatched] = injected(HTML.replace("h1", "h2"), "/c/x/").notes
    assert (unmatched.rule, unmatched.severity) == ("unmatched-label", Severity.NOTICE)
    assert "`h1` gives no cn_page_category on this page of kind `category`" in str(unmatched.message)
    assert unmatched.place.path == "public/index.html"
    assert injected(HTML, "/c/x/").notes == ()
    [long] = injected(HTML.replace("Mugs", "M" * 26), "/c/x/").notes
    assert (long.rule, long.severity) == ("long-label", Severity.NOTICE)
    assert f"has 26 characters; 25 are kept: `{'M' * 25}`" in str(long.message)
    assert injected(HTML.replace("Mugs", "M" * 25), "/c/x/").notes == ()
    own = HTML.replace("<h1>", "<div class=cn_page_category hidden>x</div><h2>")
    assert injected(own, "/c/x/").notes == ()


def test_a_product_is_asked_for_on_its_pages_only_and_not_where_a_tag_is() -> None:
    asked: list[str] = []

    def product(_: object, path: str, __: object) -> Any:
        asked.append(path)
        return SimpleNamespace(record=None, diagnostics=())

    for path in ("/", "/c/x/", "/about/", "/p/mug/"):
        inject(bare(HTML), path, kit(), product)
    inject(
        bare(HTML.replace("<h1>", '<div class="cn_product_visited"></div><h1>')), "/p/mug/", kit(), product
    )
    assert asked == ["/p/mug/"]
    assert injected(HTML, "/p/mug/").page == "product"
    assert injected(HTML, "/about/").page is None


NEXT = HTML.replace("</body>", "<script>(self.__next_f=self.__next_f||[]).push([0])</script></body>")


def test_a_document_of_react_is_left_alone_with_a_word_on_it() -> None:
    found = injected(NEXT)
    assert found.text == NEXT
    [note] = found.notes
    assert (note.rule, note.severity, found.page) == ("hydrated-document", Severity.NOTICE, "home")
    loaded = NEXT.replace("<h1>", '<script id="__cn_generic_script__x">load()</script><h1>')
    assert injected(loaded).notes == ()


def test_a_document_of_react_takes_all_at_its_end_where_it_is_asked_for() -> None:
    text = injected(NEXT, "/p/mug/", kit(hydrated=True)).text
    assert "begin head" not in text
    assert "<!-- connectif-kit:begin body " in text, "the name by which it is found again"
    assert text.index("begin body") > text.index("__next_f")
    assert text.index("end body") < text.index("</body>")
    assert 'class="cn_product_visited"' in text
    app = injected(NEXT, "/p/mug/", kit(hydrated=True, integration={"spa": True})).text
    assert "cn_product_visited" not in app, "it would stay when a link of the app leads elsewhere"
    assert "connectif-events.min.js" in app


def test_a_page_that_takes_no_integration_says_which_kind_it_is() -> None:
    refresh = '<meta http-equiv="refresh" content="0; url=/x/">'
    redirect = f"<!doctype html><html><head>{refresh}</head><body></body></html>"
    found = injected(redirect)
    assert (found.text, bool(found.left_alone), found.notes) == (redirect, True, ())


def finding(
    line: int, column: int, end: tuple[int, int] | None = None, path: str = "public/index.html"
) -> Diagnostic:
    place = Place(path, line, column, *(end or ()))
    return Diagnostic("x", Severity.ERROR, "m", place)


def places(found: Iterator[Diagnostic]) -> list[tuple[int, int]]:
    return [(each.place.line, each.place.column) for each in found]


def test_a_finding_of_the_bare_page_is_shown_where_the_page_lies() -> None:
    head = "<!doctype html>\n<html><head><title>x</title></head>\n"
    html = f"{head}<body>\n<h1>Mugs</h1>\n<p>x</p></body></html>\n"
    text = injected(html).text
    lies = decode("public/index.html", text.encode())
    lines = text.splitlines()
    at = [next(n for n, line in enumerate(lines, 1) if word in line) for word in ("<h1>", "<p>x", "<html>")]
    given = [finding(4, 1, (4, 5)), finding(5, 1), finding(2, 1)]
    moved = list(located(given, bare(html), lies))
    assert [(each.place.line, each.place.column) for each in moved] == [(line, 1) for line in at]
    assert (moved[0].place.end_line, moved[0].place.end_column) == (at[0], 5)
    kept = [finding(1, 1), finding(4, 1, path="other.html")]
    assert list(located(kept, bare(html), lies)) == kept
    assert places(located([finding(4, 1)], bare(html), decode("public/index.html", html.encode()))) == [
        (4, 1)
    ]


def test_an_edited_block_is_reported_at_its_place_with_its_name() -> None:
    text = injected(HTML).text.replace("landing", "LANDING")
    source = decode("public/index.html", text.encode())
    [problem] = strip(source).problems
    assert (problem.rule, problem.severity) == ("edited-block", Severity.ERROR)
    assert "`body`" in str(problem.message)
    assert source.offset(problem.place.line, problem.place.column) == text.index(
        "<!-- connectif-kit:begin body"
    )
    assert strip(source).blocks == 0
    assert (strip(source, force=True).text, strip(source, force=True).blocks) == (HTML, 2)
    cut = decode("public/index.html", text.replace("<!-- connectif-kit:end body -->", "").encode())
    broken = [each for each in strip(cut, force=True).problems if each.rule == "broken-mark"]
    assert [each.severity for each in broken] == [Severity.ERROR]
    assert strip(decode("x.html", HTML.encode())).blocks == 0
