"""Selectors of a plan that no parser or browser reads; texts that look like one."""

from __future__ import annotations

import json

import pytest

from tests.unit.plan.plans import CATALOG_FEED, of


@pytest.mark.parametrize(
    ("css", "alone"),
    [("a[href", "["), ("a]", "]"), (":is(a, b", "("), ('a[b="c]', '"'), ("a[b=']']", ""), (":has(> a)", "")],
)
def test_a_selector_whose_brackets_do_not_match(css: str, alone: str) -> None:
    said = [f"`{css}` is not a selector: unbalanced `{alone}`"] if alone else []
    text = json.dumps(css)
    page = f"pages: {{home: {{match: /, page_category: {{selector: {text}}}}}}}\n"
    event = f"events: {{s: {{on: {{click: {text}}}, send: search, search_text: x}}}}\n"
    for rest in (page, event):
        assert [one.split(" ", 1)[1] for one in of(CATALOG_FEED + rest)] == said


@pytest.mark.parametrize(
    ("css", "stray"),
    [
        ("a >> b", "> b"),
        ("..a", "..a"),
        ("h1,", ""),
        ("p!", "!"),
        ("[data-x=1]", "[data-x=1]"),
        ("p:nth-child(x)", "x)"),
        ("p:not()", ")"),
        (":has(a, > )", ")"),
        ("a/* x */b/* y */ c", "/* x */b/* y"),
        ("", "empty"),
    ],
)
def test_a_selector_that_is_none_although_its_brackets_match(css: str, stray: str) -> None:
    said = {"": "it ends too early", "empty": "it is empty"}.get(stray, f"`{stray}` cannot stand there")
    text = json.dumps(css)
    page = f"pages: {{home: {{match: /, page_category: {{selector: {text}}}}}}}\n"
    event = f"events: {{s: {{on: {{click: {text}}}, send: search, search_text: x}}}}\n"
    for rest in (page, event):
        assert [one.split(" ", 1)[1] for one in of(CATALOG_FEED + rest)] == [
            f"`{css}` is not a selector: {said}"
        ]


@pytest.mark.parametrize(
    ("css", "asks"), [("h1::before", "::before"), (":state(x) b", ":state"), ("a:is(b, c:foo)", ":foo")]
)
def test_a_selector_that_only_browsers_know_is_theirs_to_answer(css: str, asks: str) -> None:
    source = f"{{selector: {json.dumps(css)}}}"
    said = f"`{css}` asks for `{asks}`, which a browser may know and built HTML does not"
    product = f"{{selector: '#p', fields: {{name: {source}}}}}"
    in_html = (
        f"pages: {{home: {{match: /, page_category: [{source}]}}}}\n",
        f"pages: {{product: {{match: /, product: {product}}}}}\n",
        f"catalog: {{source: json-ld, fields: {{brand: {source}}}}}\n",
    )
    for rest in in_html:
        assert [one.split(" ", 1)[1] for one in of(CATALOG_FEED + rest) if "asks" in one] == [said], rest
    live = f"{{module: a.js, fields: {{name: {source}, url: u, product_id: i, unit_price: p}}}}"
    in_browsers = (
        f"events: {{s: {{on: {{click: {json.dumps(css)}}}, send: search, search_text: {source}}}}}\n",
        f"pages: {{search: {{match: /, search_text: {source}}}}}\n",
        f"contact: {{global: u, fields: {{primary_key: {source}}}}}\n",
        f"integration: {{catalog: api}}\npages: {{product: {{match: /, product: {live}}}}}\n",
    )
    for rest in in_browsers:
        assert of(rest if rest.startswith("integration") else CATALOG_FEED + rest) == [], rest


def test_a_hostile_selector_ends() -> None:
    brackets = ":is(" * 5000 + "a" + ")" * 5000
    for css in (brackets, "a " * 50_000 + "!", "[" + "a" * 100_000 + "!]", "\\" * 99_999):
        page = f"{{match: /, page_category: {{selector: {json.dumps(css)}}}}}"
        assert len(of(f"{CATALOG_FEED}pages: {{home: {page}}}\n")) == 1
