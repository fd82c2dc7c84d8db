"""Which page a glob means, in Python and in the browser."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectif_kit.plan import globs


@pytest.mark.parametrize(
    ("glob", "yes", "no"),
    [
        ("/", ["/", "/index.html", "", "/?utm=1", "/#top"], ["/p", "/index"]),
        ("/p/*", ["/p/mug", "/p/mug/", "/p/mug.html", "/p/mug/index.html"], ["/p", "/p/", "/p/a/b", "/pp/a"]),
        ("/p/*/", ["/p/mug", "/p/mug.html"], ["/p/a/b"]),
        ("/p/*.html", ["/p/mug", "/p/mug.html"], ["/p/a/b"]),
        ("/blog/**", ["/blog", "/blog/", "/blog/a", "/blog/a/b/c.html"], ["/blogs", "/x/blog/a"]),
        ("/**", ["/", "/a", "/a/b/c"], []),
        ("/**/p/*", ["/p/a", "/en/p/a", "/en/gb/p/a.html"], ["/p", "/en/p", "/en/p/a/b"]),
        ("/a/**/b", ["/a/b", "/a/x/b", "/a/x/y/b"], ["/a/xb", "/ab", "/a/b/c"]),
        ("/p/mug-*-xl", ["/p/mug-blue-xl", "/p/mug--xl"], ["/p/mug-xl", "/p/mug-a/b-xl"]),
        ("/a.b", ["/a.b"], ["/axb"]),
        ("/a+(b)[c]{d}|e^$", ["/a+(b)[c]{d}|e^$"], ["/aab"]),
        ("/café/*", ["/café/ñ"], ["/cafe/x"]),
        ("/P/*", ["/P/x"], ["/p/x"]),
    ],
)
def test_a_glob_means_these_pages(glob: str, yes: list[str], no: list[str]) -> None:
    assert globs.fault(glob) == ""
    assert [path for path in yes if not globs.matches(glob, path)] == []
    assert [path for path in no if globs.matches(glob, path)] == []


@pytest.mark.parametrize(
    ("glob", "fault"),
    [
        ("p/*", "a path begins with `/`"),
        ("https://shop.example/p/*", "a path begins with `/`"),
        ("", "a path begins with `/`"),
        ("/p//x", "no path has an empty step (`//`)"),
        ("/search?q=*", "the part after `?` is not part of a page's path"),
        ("/p#top", "the part after `#` is not part of a page's path"),
        ("/blue mug", "no path has a blank in it"),
        ("/a\u200bb", "no path has a blank in it"),
        ("/p/**.html", "`**` must be a whole step, as in `/blog/**`"),
        ("/p/***", "`**` must be a whole step, as in `/blog/**`"),
        ("/a/../b", "the steps of a path are names with `/` between them"),
        ("/a/./b", "the steps of a path are names with `/` between them"),
        ("/p\\x", "the steps of a path are names with `/` between them"),
        ("/*a*a*a*a*", "it has too many `*`"),
        ("/*a*a*a*", "it has too many `*`"),
        ("/*a*/*b*/*c*", "it has too many `*`"),
        ("/**/a/**/a/**/a/**", "it has too many `*`"),
        ("/" + "a/" * 600, "it is too long for an address"),
    ],
)
def test_a_glob_that_can_match_nothing_says_why(glob: str, fault: str) -> None:
    assert globs.fault(glob) == fault


steps = st.text(
    st.characters(categories=["L", "N", "P", "S"], exclude_characters="/*?#\\"), min_size=1, max_size=8
)
paths = st.lists(steps, max_size=5).map(lambda found: "/" + "/".join(found))
any_text = st.text(st.sampled_from("/*ab.-?# \\[é🎉"), max_size=14)


@given(paths)
def test_a_plain_path_means_itself(path: str) -> None:
    if not globs.fault(path):
        assert globs.matches(path, path)
        assert globs.matches("/**", path)


@given(
    st.lists(st.sampled_from(["a", "b", "*", "a*", "**"]), max_size=5),
    st.lists(st.sampled_from("ab"), max_size=6),
)
def test_steps_match_as_a_reader_would_match_them(glob: list[str], path: list[str]) -> None:
    def means(pattern: list[str], rest: list[str]) -> bool:
        if not pattern:
            return not rest
        if pattern[0] == "**":
            return means(pattern[1:], rest) or (bool(rest) and means(pattern, rest[1:]))
        one = bool(rest) and re.fullmatch(pattern[0].replace("*", ".*"), rest[0]) is not None
        return one and means(pattern[1:], rest[1:])

    assert globs.matches("/" + "/".join(glob), "/" + "/".join(path)) == means(glob, path)


some_globs = st.lists(st.sampled_from(["a", "b", "ab", "*", "a*", "*b", "**"]), max_size=4)


@given(some_globs, some_globs, st.lists(st.sampled_from(["a", "b", "ab", "ba"]), max_size=4))
def test_globs_that_mean_one_page_overlap(one: list[str], other: list[str], path: list[str]) -> None:
    first, second, page = ("/" + "/".join(steps) for steps in (one, other, path))
    if globs.matches(first, page) and globs.matches(second, page):
        assert globs.overlap(first, second)


@pytest.mark.parametrize(
    ("one", "other"),
    [("/*ab", "/*b"), ("/ab*", "/a*"), ("/a*", "/*b"), ("/ab", "/*b"), ("/p/*-xl", "/p/mug-*")],
)
def test_globs_with_a_page_in_common_overlap(one: str, other: str) -> None:
    assert globs.overlap(one, other)
    assert globs.overlap(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("/", "/p/*"), ("/c/*", "/p/*"), ("/p/*/x", "/p/*"), ("/**/a", "/**/b"), ("/a*", "/b*")],
)
def test_globs_without_a_page_in_common_do_not(one: str, other: str) -> None:
    assert not globs.overlap(one, other)


@given(any_text, any_text)
def test_any_text_is_a_glob_or_a_fault_and_never_an_accident(glob: str, path: str) -> None:
    globs.fault(glob)
    assert globs.matches(glob, path) in (True, False)
    assert globs.normal(globs.normal(path)).startswith("/")


@pytest.mark.parametrize("glob", ["/*a*a*", "/**/a/**/a/**/b", "/*a*/*a*/b"])
def test_the_worst_globs_that_are_allowed_answer_at_once(glob: str) -> None:
    assert globs.fault(glob) == ""
    began = process_time()
    assert not globs.matches(glob, "/" + "a" * 200 + "/" + "a/" * 60 + "c")
    assert process_time() - began < 2
