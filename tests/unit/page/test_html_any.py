"""Any text and any bytes make a tree whose positions are the source's, in time that fits their size."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectif_kit.core.diagnostics import KitError
from connectif_kit.page.html import (
    Engine,
    Insertion,
    Source,
    decode,
    insertion_points,
    parse,
)
from connectif_kit.page.html.hidden import hidden_tags
from tests.unit.page.html_pages import ENGINES, both, by_class_prefix, cut, page_of

# --- whatever the page


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "<p>",
                "</p>",
                "<div\tclass='cn_cart\r\nx'>",
                "</DIV>",
                "<b>",
                "</b>",
                "<a\rHREF=x/>",
                "</a>",
                "<br/>",
            ),
            *(
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<li>",
                "<h1>",
                "</h1>",
                "<form>",
                "</form>",
                "<p\t/ =x>",
            ),
            *(
                "<svg>",
                "</svg>",
                "<math>",
                "<mi>",
                "<title>",
                "</title>",
                "<template>",
                "</template>",
                "<select>",
            ),
            *(
                "<script>",
                "</script>",
                "<noscript>",
                "</noscript>",
                "<textarea>",
                "</textarea>",
                "<!--c-->",
                "<!--",
            ),
            *(
                "<html>",
                "<head>",
                "</head>",
                "<body\nid=b>",
                "</body>",
                "<frameset>",
                "<!doctype html>",
                "</html>",
            ),
            *("<", "</", "<!", "&", "&amp;", "\0", "😀", "é", "\udc80", "\r\n", "\n", "\r", "\t", " ", "x"),
        ]
    ),
    max_size=25,
).map("".join)


@both
@settings(deadline=None)
@given(text=PIECES | st.text())
def test_any_text_makes_a_tree_whose_positions_are_the_source_s(engine: Engine, text: str) -> None:
    page = page_of(text, engine)
    for node in page.elements():
        if node.start_tag:
            tag = cut(page, node.start_tag)
            assert tag.lower().startswith(f"<{node.tag}")
            assert tag.endswith(">")
        if node.end_tag:
            assert cut(page, node.end_tag).lower().startswith(f"</{node.tag}")
    for comment in page.comments():
        assert cut(page, comment.span).startswith("<!--")
    points = insertion_points(page)
    if isinstance(points, Insertion):
        assert points.body_start <= points.body_end <= len(text)


@settings(deadline=None)
@given(data=st.binary() | PIECES.map(lambda text: text.encode("utf-16", "surrogatepass")))
def test_any_bytes_that_are_read_make_a_tree(data: bytes) -> None:
    try:
        source = decode("page.html", data)
    except KitError:
        return
    for engine in ENGINES:
        assert parse(source, engine=engine).html is not None


HOSTILE = {
    "deep": "<div>" * 100_000,
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">",
    "large": "<p class=cn_cart>x &amp; y</p>\r\n" * 100_000,
    "templates": "<template>" * 100_000,
    "unclosed tags in a comment": "<!-- cn_" + '<a "' * 200_000,
    "comments": "<!doctype html>" + "<!--cn_-->" * 50_000,
    "unclosed comments": "<!doctype html>" + "<!--" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_no_longer_than_its_size(name: str) -> None:
    page = page_of(HOSTILE[name], "turbohtml")
    started = time.perf_counter()
    hidden_tags(page)
    page.comments()
    insertion_points(page)
    places = [page.place(node) for node in by_class_prefix(page, "cn_")]
    assert len(places) in (0, 100_000)
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("name", ["deep", "attributes"])
def test_the_slow_engine_is_linear_too(name: str) -> None:
    assert page_of(HOSTILE[name], "html5lib").body is not None


def test_an_unknown_engine_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="lynx"):
        parse(Source("page.html", ""), engine="lynx")  # type: ignore[arg-type]  # on purpose
