"""Two parsers that share no code, held to the same trees and positions."""

from __future__ import annotations

from typing import Any

import pytest

from connectif_kit.page.html import Engine, Node, Page, Source, insertion_points, parse
from connectif_kit.page.html.hidden import hidden_tags
from connectif_kit.plan.selectors import COUNTS, LISTS, STATIC, selector_fault
from tests.unit.page.html_pages import by_class_prefix

PAGES = {
    "misnested formatting": "<b><p>x</b>y</p><p>a<b>c<p>d</b>e<a href=1>k<a href=2>z</a>",
    "misnested blocks": "<div class=cn_a><span>x</div></span><h1>a</h2><ul><li>a<li>b</ul>",
    "lists": "<dl><dt>q<dd>w</dl><ol><li>a<ol><li>b</ol></li></ol>",
    "foster-parented": "<table><tr><td>1</td><b>x<div class=cn_b>y</div><tr>z</table>",
    "table parts": "<table><caption>x<col><tbody><tr><th>y<script>1</script></table>",
    "template": "<p>a<template></p>b<div class=cn_c></template>c</p>",
    "template in a template": "<p><template><template><p>x</template>y</template>z",
    "template in the head": "<head><template><meta><p>x</template><meta></head><template>y</template><p>",
    "template of table parts": "<template>\n<tr><td>x<tr><td>y</template>",
    "template in a table": "<table>q<template><td>z</template><tr></table>",
    "unclosed template": "<body><template><div class=cn_d>",
    "stray template end": "<p>a</template>b",
    "svg": "<svg viewBox=0><title><b>x</b></title><foreignObject><p>k</p></foreignObject></svg>",
    "svg's own template": "<template><svg><template>k</template></svg>l</template>z",
    "foreign attributes": "<svg><a xlink:href=1 xml:lang=2 definitionurl=3 /></svg><math definitionurl=4>",
    "raw text": "<title><p></title><style><!--<p>--></style><textarea>\n<p></textarea>",
    "escaped script": "<script><!--<script></script>--></script>",
    "old raw text": "<xmp><p></xmp><iframe><p></iframe><noembed><p></noembed><plaintext><p>",
    "noscript": "<head><noscript><link></noscript></head><body><noscript><div class=cn_e></noscript><p>",
    "entities": "<p title='&amp;&lt;&notit;&#x41;' data-a=&copy>&amp;&bogus;&ampx&nbsp;&#0;&#128;</p>",
    "attributes": "<div ID=a id=b CLASS='a\r\nb\u00a0c  d' data-x data-y= z k=/a/ =q>x</div><img/ src=x/>",
    "NUL": "<p id='\0x'>a\0b</p><svg>\0</svg><script>\0</script>",
    "EOF in a tag": "<p>x<div class=cn_f",
    "EOF in a comment": "<p>x<!-- y",
    "CRLF": "<!doctype html>\r\n<html>\r\n<body\r\nclass='a\r\nb'>\r\n<pre>\r\nx\ry\nz</pre>\r\n</body>\r\n",
    "astral": "😀<p data-a=😀 class='cn_g 😀'>é</p>😀<!--😀--><div\t>x</div>",
    "no body tag": "<!doctype html><title>x</title><p>y</body>z</html>",
    "attributes given late": "<html class=a><html class=b id=c><body x=1><body x=2 y=3>",
    "text after the body": " <!--x-->\n<html> <head> <title>t</title> </head> <body> </body> y </html> ",
    "comments": "a<!-->b<!--->c<!--d--!>e<!bog><!----!>f<!--g--h-->",
    "frameset": "<html><frameset><frame></frameset><noframes><p></noframes></html>",
    "select": "<select><optgroup><option>1<option>2</select><select><div class=cn_h>3</div></select>",
    "form in form": "<form><form><input></form></form>",
    "blank after formatting in a cell": "<table><tr><td><div><i><b class=x>a</i>\n</div></table><p>c",
    "new blocks": "<p>a<dialog>b</dialog><p>x<search>y",
    "stray end tags": "</p></br></div></body></head></table><p>x",
    "nothing": "",
}
ENGINES: tuple[Engine, ...] = ("turbohtml", "html5lib")


def everything(page: Page) -> dict[str, Any]:
    """All that a rule can ask of a page."""
    return {
        "elements": [
            (
                node.path,
                node.tag,
                node.classes,
                dict(node.attributes),
                node.text,
                [around.path for around in node.ancestors()],
                [below.path for below in node.children],
                node.start_tag,
                node.end_tag,
                {name: node.attribute_span(name) for name in node.attributes},
            )
            for node in page.elements()
        ],
        "comments": page.comments(),
        "hidden": hidden_tags(page),
        "doctype": page.has_doctype,
        "ours": [node.path for node in by_class_prefix(page, "cn_")],
        "points": insertion_points(page),
        "ends": [page.last_end_tag(tag) for tag in ("body", "html")],
    }


@pytest.mark.parametrize("name", PAGES)
def test_the_engines_agree(name: str) -> None:
    fast, slow = (everything(parse(Source(name, PAGES[name]), engine=engine)) for engine in ENGINES)
    for question, answer in fast.items():
        assert slow[question] == answer, question


# As Chromium 156 builds it, after the standard's change of 2025.
SELECTS = {
    "<select><divv class=x>a<div>b<option>c</select><i>": "select(divv(div(option))) i",
    "<select><select><i>": "select i",
    "<select><input><i>": "select input i",
    "<select><p>a<hr><option><p>b<option>": "select(p hr option(p) option)",
    "<select><optgroup><option>a<optgroup><hr>": "select(optgroup(option) optgroup hr)",
    "<p><select><p></select><i>": "p(select(p) i)",
    "<div><select><option></div><b>": "div(select(option(b)))",
    "<b><select></b><i>": "b(select(i))",
    "<svg><select></select><option><i>": "svg(select option) i",
    "<table>a<select>b<option>c</table><i>": "select(option) table i",
    "<select><table><tr><td></table></select></select><i>": "select(table(tbody(tr(td)))) i",
    "<li><select><li></select><li>": "li(select(li)) li",
    "<select></body><i></i></select><b>": "select(i) b",
    "<select><svg></select><i>": "select(svg) i",
}


def shape(node: Node) -> str:
    below = " ".join(map(shape, node.children))
    return f"{node.tag}({below})" if below else node.tag


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", SELECTS)
def test_a_select_holds_what_browsers_let_it_hold(text: str, engine: Engine) -> None:
    body = parse(Source("page.html", f"<!doctype html><body>{text}"), engine=engine).body
    assert body is not None
    assert shape(body) == f"body({SELECTS[text]})"


@pytest.mark.parametrize("name", sorted(STATIC))
def test_what_a_plan_may_ask_of_built_html_both_parsers_answer(name: str) -> None:
    arguments = {
        **dict.fromkeys(LISTS, "(p)"),
        **dict.fromkeys(COUNTS, "(2n+1)"),
        "lang": "(es)",
        "dir": "(rtl)",
    }
    selector = f"p:{name}{arguments.get(name, '')}"
    assert selector_fault(selector, static=True) == ""
    for engine in ENGINES:
        parse(Source("p", "<p>x"), engine=engine).select(selector)


@pytest.mark.parametrize("css", ["h1::before", "a >> b", ":state(x)"])
def test_no_selector_is_a_value_error_of_either_parser(css: str) -> None:
    for engine in ENGINES:
        page = parse(Source("p", "<p>x"), engine=engine)
        with pytest.raises(ValueError, match=r"."):
            page.select(css)


@pytest.mark.parametrize("argument", ["es", "'ltr'", "ltr, rtl", ""])
def test_a_direction_that_one_parser_does_not_know_is_refused_before_either_is_asked(argument: str) -> None:
    assert selector_fault(f"p:dir({argument})", static=True).startswith("is not a selector")
