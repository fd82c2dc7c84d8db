"""Pages as trees with positions: what rules and inject rely on, with either engine."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from connectif_kit.core.diagnostics import Diagnostic, Edit, KitError, Place
from connectif_kit.page.html import (
    Engine,
    Insertion,
    Source,
    apply_edits,
    decode,
    insertion_points,
    parse,
)
from connectif_kit.page.html.hidden import hidden_tags
from tests.unit.page.html_pages import ENGINES, both, by_class_prefix, cut, page_of

# --- bytes to text and back


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"<p>\xc3\xa9", "<p>é", "utf-8"),
        (b"\xef\xbb\xbf<p>\xc3\xa9", "<p>é", "utf-8"),
        (b"\xff\xfe<\x00p\x00>\x00", "<p>", "utf-16-le"),
        (b"\xfe\xff\x00<\x00p\x00>", "<p>", "utf-16-be"),
        (b"<meta charset=iso-8859-1>\x80", "<meta charset=iso-8859-1>€", "cp1252"),
        (b"<META CHARSET='Shift_JIS'>\x83e", "<META CHARSET='Shift_JIS'>テ", "cp932"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=latin1'>\xe9", None, "cp1252"),
        (b"<meta name=description content='charset=latin1'>\xc3\xa9", None, "utf-8"),
        (b"<!-- <meta charset=latin1> -->\xc3\xa9", "<!-- <meta charset=latin1> -->é", "utf-8"),
        (b"<?xml version='1.0' encoding='iso-8859-15'?>\xa4", None, "iso8859-15"),
        (b"<meta charset=utf-16>\xc3\xa9", "<meta charset=utf-16>é", "utf-8"),
        (b"<meta charset=nonsense>\xc3\xa9", "<meta charset=nonsense>é", "utf-8"),
        (b"<p>caf\xe9", "<p>café", "cp1252"),
    ],
)
def test_the_encoding_is_the_one_a_browser_takes(data: bytes, text: str | None, encoding: str) -> None:
    source = decode("page.html", data)
    assert source.encoding == encoding
    assert text is None or source.text == text
    assert source.encode(source.text) == data


@given(st.binary() | st.builds(lambda tail: b"<meta charset=utf-8>" + tail, st.binary()))
def test_any_bytes_come_back_as_they_were(data: bytes) -> None:
    assume(not data.startswith((b"\xff\xfe", b"\xfe\xff")))  # UTF-16 of an odd length cannot be read
    source = decode("page.html", data)
    assert source.encode(source.text) == data


@given(
    st.sampled_from(["shift_jis", "euc-kr", "gbk", "big5", "iso-2022-jp", "koi8-r", "windows-1253"]),
    st.binary(),
)
def test_a_page_in_any_encoding_comes_back_or_is_refused_by_name(label: str, data: bytes) -> None:
    data = f"<meta charset={label}>".encode() + data
    try:
        source = decode("page.html", data)
    except KitError as error:
        text, rules = None, [diagnostic.rule for diagnostic in error.diagnostics]
    else:
        text, rules = source.encode(source.text), []
    assert text == data or rules == ["undecodable-page"]


def test_every_byte_survives_in_an_undeclared_page_and_in_a_broken_utf_8_page() -> None:
    every = bytes(range(256))
    for data in (every, b"<meta charset=utf-8>" + every):
        source = decode("page.html", data)
        assert source.encode(apply_edits(source.text, [Edit(0, 0, "é")])).endswith(data)


def test_a_page_that_is_not_what_it_declares_is_refused_with_what_to_do() -> None:
    with pytest.raises(KitError) as raised:
        decode("page.html", b"<meta charset=iso-2022-jp>\x1b(J\x1b(J\xe9")
    [diagnostic] = raised.value.diagnostics
    assert (diagnostic.rule, diagnostic.place) == ("undecodable-page", Place("page.html"))
    assert "iso2022_jp" in diagnostic.message
    assert "UTF-8" in diagnostic.hint


def test_a_character_that_the_page_s_encoding_lacks_is_written_as_a_reference() -> None:
    source = decode("page.html", b"<meta charset=latin1>\xe9\x81")
    assert source.encode("é€→\udc81") == b"\xe9\x80&#8594;\x81"


def test_parsers_see_a_replacement_character_where_bytes_are_no_text() -> None:
    source = decode("page.html", b"<meta charset=utf-8><p>a\xffb</p>")
    for engine in ENGINES:
        [paragraph] = parse(source, engine=engine).select("p")
        assert paragraph.text == "a\N{REPLACEMENT CHARACTER}b"


# --- places and edits


def test_lines_end_at_crlf_lf_and_cr_and_columns_count_code_points() -> None:
    source = Source("page.html", "é😀x\r\ny\rz\n")
    assert source.place(2) == Place("page.html", 1, 3)
    assert source.place(5, 6) == Place("page.html", 2, 1, 2, 2)
    assert source.place(7) == Place("page.html", 3, 1)
    assert source.place(99) == Place("page.html", 4, 1)
    assert [source.line_text(line) for line in range(6)] == ["", "é😀x", "y", "z", "", ""]


def test_edits_are_made_together_and_in_order() -> None:
    edits = [Edit(5, 5, "!"), Edit(0, 1, "J"), Edit(5, 5, "?")]
    assert apply_edits("hello", edits) == "Jello!?"


@pytest.mark.parametrize("edits", [[Edit(0, 3, ""), Edit(2, 4, "")], [Edit(3, 9, "")], [Edit(2, 1, "")]])
def test_edits_that_overlap_or_lie_outside_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits("hello", edits)


# --- nodes


@both
def test_a_node_says_what_it_is_and_where(engine: Engine) -> None:
    text = "<!doctype html>\r\n<body>\r\n\t<main>😀<DIV ID=a id=b Class='cn_cart  x'>1 &amp; 2</DIV>"
    page = page_of(text, engine)
    [node] = by_class_prefix(page, "cn_")
    assert (node.tag, node.classes, node.text) == ("div", ("cn_cart", "x"), "1 & 2")
    assert node.attributes == {"id": "a", "class": "cn_cart  x"}
    assert node.path == "html>body>main>div.cn_cart"
    assert cut(page, node.start_tag) == "<DIV ID=a id=b Class='cn_cart  x'>"
    assert cut(page, node.end_tag) == "</DIV>"
    assert cut(page, node.attribute_span("class")) == "Class='cn_cart  x'"
    assert cut(page, node.attribute_span("ID")) == "ID=a"
    assert node.attribute_span("title") is None
    assert str(page.place(node)) == "page.html:3:9"
    assert [around.tag for around in node.ancestors()] == ["main", "body", "html"]
    assert node.parent is page.select("main")[0]


@both
def test_what_the_source_leaves_out_has_no_place_of_its_own(engine: Engine) -> None:
    page = page_of("<p>x<table><tr><td>y</table>", engine)
    assert page.html is not None
    assert page.head is not None
    assert page.body is not None
    assert [node.start_tag for node in (page.html, page.head, page.body)] == [None] * 3
    [group] = page.select("tbody")
    assert group.start_tag is None
    assert page.place(group) == page.place(page.select("table")[0])
    assert page.select("p")[0].end_tag is None
    assert not page.has_doctype


@both
def test_text_is_the_browser_s_text_content(engine: Engine) -> None:
    page = page_of("<div>a<!-- b --><i>c</i>\r\n<template>d</template><script>e</script></div>", engine)
    assert page.select("div")[0].text == "ac\ne"
    assert page.select("template")[0].text == ""


@both
def test_select_answers_in_document_order_and_enters_templates(engine: Engine) -> None:
    page = page_of(
        "<i class=a></i><template><b class=a><u></u></b></template><table><s class=a></table>", engine
    )
    assert [node.tag for node in page.select(".a, u")] == ["i", "b", "u", "s"]
    assert page.select("template .a u")[0].path == "html>body>template>b>u"
    with pytest.raises(ValueError, match="selector"):
        page.select("p[")


@both
def test_comments_are_those_of_the_tree(engine: Engine) -> None:
    page = page_of(
        "<title><!--1--></title>\r\n<!--2\r\n--><p title='<!--3-->'><noscript><!--4--></noscript><!-->x"
        "<script><!--5--></script><style><!--6--></style><template><!--7--></template><!--8",
        engine,
    )
    assert [comment.text for comment in page.comments()] == ["2\n", "", "7", "8"]
    assert [cut(page, comment.span) for comment in page.comments()] == [
        "<!--2\r\n-->",
        "<!-->",
        "<!--7-->",
        "<!--8",
    ]


@both
def test_tags_that_no_browser_sees_are_found_where_they_hide(engine: Engine) -> None:
    page = page_of(
        "<noscript>\r\n<div class='cn_cart x'></div></noscript><!-- <p title='>' class=cn_search> -->"
        "<template><i class='a cn_login cn_x'></i><script id=__cn_generic_script__1></script></template>"
        "<!-- cn_cart is missing --><div class=cn_purchase></div>",
        engine,
    )
    assert [(where, name, cut(page, span)) for where, name, span in hidden_tags(page)] == [
        ("noscript", "cn_cart", "<div class='cn_cart x'>"),
        ("comment", "cn_search", "<p title='>' class=cn_search>"),
        ("template", "cn_login", "<i class='a cn_login cn_x'>"),
        ("template", "cn_x", "<i class='a cn_login cn_x'>"),
        ("template", "__cn_generic_script__1", "<script id=__cn_generic_script__1>"),
    ]


@both
@pytest.mark.parametrize(
    "around", ["noscript", "textarea", "iframe", "xmp", "noframes", "noembed", "title", "style", "plaintext"]
)
def test_markup_where_only_text_can_be_is_hidden(around: str, engine: Engine) -> None:
    page = page_of(f"<body><{around}><div class=cn_cart></{around}>", engine)
    assert [(hidden.where, hidden.name) for hidden in hidden_tags(page)] == [(around, "cn_cart")]
    assert not page.select(".cn_cart")


@both
def test_the_style_and_title_of_a_drawing_hide_nothing(engine: Engine) -> None:
    page = page_of("<body><svg><title><b class=cn_cart></b></title><style><b class=cn_search></b>", engine)
    assert len(page.select(".cn_cart, .cn_search")) == 2
    assert hidden_tags(page) == []


# --- where markup goes


def marked(text: str, engine: Engine) -> str:
    """The page with « at the body's start (‹ where it is implied), » at its end and ^ at the head's end."""
    points = insertion_points(page_of(text, engine))
    assert isinstance(points, Insertion)
    marks = [
        (points.body_start, "‹" if points.body_implied else "«"),
        (points.body_end, "»"),
        (points.head_end, "^"),
    ]
    return apply_edits(text, [Edit(offset, offset, mark) for offset, mark in marks if offset is not None])


@both
@pytest.mark.parametrize(
    "expected",
    [
        "<!doctype html>\r\n<html><head><title>x</title>^</head>\r\n<body a='>'>«\r\n<p>x»</body></html>",
        "<head>^</head><body>«x<!-- </body> -->»</body>",
        "<body>«<script>'</body>'</script>x»</html>",
        "<body>«<template></body></template>x»",
        "<!--[if IE]><body class=ie><![endif]--><body>«x»</body>",
        "<head><!-- </head> --><script>'</head>'</script>^</head><body>«»</body>",
        "<body>«x</body>y»</body>z",
        "<!doctype html><title>x</title>\n<!-- c -->\n‹<p>x»",
        "<!doctype html><html><head><meta>^</head>\n‹x»</html>",
        "<!doctype html><title>x</title></head>‹x»",
        "<html>\n<noscript></body></noscript>‹x»</body>",
        "<!doctype html>‹»",
    ],
)
def test_markup_goes_just_inside_the_body_and_the_head(expected: str, engine: Engine) -> None:
    text = expected.translate(dict.fromkeys(map(ord, "«‹»^")))
    assert marked(text, engine) == expected


@both
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "page-is-empty"),
        (" \r\n", "page-is-empty"),
        ("\x89PNG\0\0", "page-is-binary"),
        ("<div class=card>x</div>", "page-is-fragment"),
        ("just text", "page-is-fragment"),
        ("<html><frameset><frame src=a></frameset></html>", "page-is-frameset"),
        ("<body><p>x<script>let a", "page-is-cut-off"),
        ("<body><p>x<!-- ", "page-is-cut-off"),
        ("<body><p>x<a href='", "page-is-cut-off"),
        ("<body><p>x<a href=", "page-is-cut-off"),
        ("<body><template><p>x</body>", "page-is-cut-off"),
        ("<!doctype html><title>x", "page-is-cut-off"),
    ],
)
def test_a_page_that_takes_no_markup_says_why(text: str, rule: str, engine: Engine) -> None:
    refusal = insertion_points(page_of(text, engine))
    assert isinstance(refusal, Diagnostic)
    assert (refusal.rule, refusal.place) == (rule, Place("page.html"))
