"""YAML 1.2's core rules, places in code points, and nothing hostile that gets through."""

from __future__ import annotations

import json
from typing import NoReturn

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from connectif_kit.plan.document import Document
from connectif_kit.plan.yaml12 import MAX_DEPTH, MAX_VALUES, read

FILE = "plan.yaml"


def said(document: Document) -> list[str]:
    return [f"{problem.place.line}:{problem.place.column} {problem.message}" for problem in document.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("True", True),
        ("FALSE", False),
        ("~", None),
        ("", None),
        ("null", None),
        ("010", 10),
        ("0o14", 12),
        ("0x1F", 31),
        ("+1", 1),
        ("-12", -12),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2026-01-15", "2026-01-15"),
        ("2026-01-15T10:20:30Z", "2026-01-15T10:20:30Z"),
        ("60.10", 60.1),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1.2.3", "1.2.3"),
        ("0b11", "0b11"),
        ("'no'", "no"),
        ('"1"', "1"),
        ("!!str 010", "010"),
        ("<<", "<<"),
    ],
)
def test_a_scalar_is_what_yaml_1_2_says(text: str, value: object) -> None:
    document = read(FILE, f"key: {text}\n")
    assert document.problems == []
    assert document.data == {"key": value}


@pytest.mark.parametrize(
    "text", [".inf", "-.INF", ".nan", "1e999", "9" * 5000, "0x" + "f" * 5000, "0x" + "f" * 290]
)
def test_a_number_that_json_cannot_carry_is_refused(text: str) -> None:
    assert said(read(FILE, f"key: {text}\n")) == [f"1:6 `{text}` is not a number that JSON can carry"]


def test_keys_are_texts_whatever_they_look_like() -> None:
    document = read(FILE, "404: a\ntrue: b\nnull: c\n1.5: d\n2026-01-15: e\n")
    assert document.data == {"404": "a", "true": "b", "null": "c", "1.5": "d", "2026-01-15": "e"}


def test_a_second_equal_key_is_an_error_and_the_first_one_counts() -> None:
    document = read(FILE, "a: 1\nb: 2\na: {c: 3}\n'a': 4\n")
    assert said(document) == [
        "3:1 duplicate key `a`; the first is in line 1",
        "4:1 duplicate key `a`; the first is in line 1",
    ]
    assert document.data == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("a:\n\tb: c\n", "2:1 a tab is used for indentation", "YAML is indented with blanks only"),
        (
            "a: b: c\n",
            "1:5 mapping values are not allowed in this context",
            "put a text that contains `: ` in quotes",
        ),
        (
            "a: *x\n",
            "1:4 `*x` names nothing above it, or itself",
            "a text that begins with `*` must stand in quotes",
        ),
        (
            "a: &x\n  b: [*x]\n",
            "2:7 `*x` names nothing above it, or itself",
            "a text that begins with `*` must stand in quotes",
        ),
        ("? [a, b]\n: c\n", "1:3 a key must be plain text", "quote it, or write it on one line"),
        ("a: b\n---\nc: d\n", "2:1 a second document begins here", "keep one document"),
        ("a: !!set {b}\n", "1:4 the tag `tag:yaml.org,2002:set` has no meaning here", "leave it out"),
        (
            "a: !!python/object/apply:os.system [id]\n",
            "1:4 the tag `tag:yaml.org,2002:python/object/apply:os.system` has no meaning here",
            "leave it out",
        ),
        ("a: &x {b: c}\nd:\n  <<: *x\n", "3:3 merge keys (`<<`) belong to YAML 1.1", "write the keys out"),
        (
            "a: [b,\n  c\nd: e\n",
            "3:2 did not find expected ',' or ']', while parsing a flow sequence that begins in line 1",
            "check the indentation and quotes of this line and the one above",
        ),
        (
            "a: 'b\n\nc",
            "3:2 found unexpected end of stream, while scanning a quoted scalar that begins in line 1",
            "check the indentation and quotes of this line and the one above",
        ),
        (
            "a: b\x07\n",
            "1:5 the character U+0007 cannot stand in a YAML file",
            "remove it; in a text in double quotes it can be written with a backslash",
        ),
        (
            "a\0b\0",
            "1:2 the character U+0000 cannot stand in a YAML file",
            "is the file UTF-16? save it as UTF-8",
        ),
    ],
)
def test_a_mistake_of_form_says_where_it_is_and_what_helps(text: str, message: str, hint: str) -> None:
    document = read(FILE, text)
    assert said(document) == [message]
    assert document.problems[0].hint == hint


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like_and_columns_count_code_points(line_end: str) -> None:
    text = line_end.join(["# 🎉", "name: '🎉 ñ'", "🎉🎉: [x, {🎉: y}]", "a: b", "a: c"])
    document = read(FILE, text)
    assert document.place(("🎉🎉", 1, "🎉")).line == 3
    assert document.place(("🎉🎉", 1, "🎉")).column == 13
    assert said(document) == ["5:1 duplicate key `a`; the first is in line 4"]


def test_an_error_after_astral_characters_has_its_column_in_code_points() -> None:
    assert said(read(FILE, 'a: "🎉🎉" x\n')) == ["1:9 did not find expected key"]


def test_line_breaks_of_old_yaml_are_plain_characters() -> None:
    """YAML 1.1 ends a line at NEL, LS and PS; editors and YAML 1.2 do not."""
    document = read(FILE, "a: 'x\u2028y'\nb: \"p\x85q\"\nk\u2029k: u\u2029v\nb: 1\n")
    assert document.data == {"a": "x\u2028y", "b": "p\x85q", "k\u2029k": "u\u2029v"}
    assert said(document) == ["4:1 duplicate key `b`; the first is in line 2"]


def test_places_of_values_and_keys() -> None:
    document = read(FILE, "a:\n  b: [x, 'yy']\n")
    assert (document.place(("a", "b", 1)).line, document.place(("a", "b", 1)).column) == (2, 10)
    assert (document.place(("a", "b", 1)).end_line, document.place(("a", "b", 1)).end_column) == (2, 14)
    assert (document.key_place(("a", "b")).line, document.key_place(("a", "b")).column) == (2, 3)
    assert document.place(("a", "gone", "deeper")) == document.place(("a",))


def test_an_alias_is_its_value_again() -> None:
    document = read(FILE, "a: &x {b: [1, 2]}\nc: *x\nd: &y [*x, &z 3, *z]\ne: *y\n")
    assert document.problems == []
    assert document.data == {"a": {"b": [1, 2]}, "c": {"b": [1, 2]}, "d": [{"b": [1, 2]}, 3, 3],
                             "e": [{"b": [1, 2]}, 3, 3]}  # fmt: skip


def test_an_alias_bomb_is_refused_before_it_goes_off() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    document = read(FILE, "\n".join(lines))
    assert not document.complete
    assert [problem.rule for problem in document.problems] == ["yaml-too-large"]
    assert f"more than {MAX_VALUES:,} values" in document.problems[0].message


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """PyYAML with its parser in C, and as it is where there is no compiled wheel."""
    if request.param == "SafeLoader":
        monkeypatch.delattr("yaml.CSafeLoader")
    return str(request.param)


LADDER = "".join(f"{' ' * depth}a:\n" for depth in range(1_100))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("[" * 100_000, "1:52", id="lists"),
        pytest.param("a: 1\nb: " + "[" * 100_000, "2:54", id="lists in a key"),
        pytest.param("{a: " * 100_000, "1:205", id="mappings"),
        pytest.param("- " * 100_000, "1:103", id="dashes"),
        pytest.param("- " * 30 + "[{a: " * 2_000, "1:112", id="all of them"),
        pytest.param(LADDER, "52:52", id="indentation"),
    ],
)
@pytest.mark.usefixtures("loader")
def test_deep_nesting_is_refused_whatever_it_is_made_of(text: str, place: str) -> None:
    document = read(FILE, text)
    assert not document.complete
    assert said(document) == [f"{place} nested deeper than {MAX_DEPTH} levels"]
    assert "repeated by mistake" in document.problems[0].hint


@pytest.mark.usefixtures("loader")
def test_keys_in_keys_are_refused_at_the_first() -> None:
    assert said(read(FILE, "? " * 100_000)) == ["1:3 a key must be plain text"]


@pytest.mark.parametrize("said_by_pyyaml", ["exceeded maximum nesting depth", "nested too deep: depth limit"])
def test_a_limit_of_the_parser_s_own_is_given_in_our_words(
    said_by_pyyaml: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever limit a later PyYAML has, in either of its loaders."""
    mark = yaml.Mark("", 0, 2, 7, None, 0)

    def stop(*_: object, **__: object) -> NoReturn:
        raise yaml.scanner.ScannerError("while increasing flow level", mark, said_by_pyyaml, mark)

    monkeypatch.setattr("yaml.parse", stop)
    assert said(read(FILE, "a: [")) == [f"3:8 nested deeper than {MAX_DEPTH} levels"]


def test_a_text_about_depth_is_not_taken_for_it() -> None:
    document = read(FILE, "nesting: depth: recursion\n")
    assert said(document) == ["1:15 mapping values are not allowed in this context"]


# Three of Unicode's noncharacters stand for old line breaks while a plan is read.
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\U0001fffe\U0001ffff\U0002fffe"), max_size=12
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def quoted(text: str) -> str:
    """In double quotes, with an escape for all that is not a plain character."""
    plain = {char: char for char in text if char.isprintable() and char not in '"\\'}
    return '"' + "".join(plain.get(char, f"\\U{ord(char):08X}") for char in text) + '"'


def flow(value: object) -> str:
    """JSON, but for the escapes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return quoted(value) if isinstance(value, str) else json.dumps(value)


def written(value: object, indent: int = 0) -> str:
    """Block style, every text in double quotes."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        return "".join(f"\n{pad}{quoted(key)}: {written(inner, indent + 1)}" for key, inner in value.items())
    if isinstance(value, list) and value:
        return "".join(f"\n{pad}- {written(inner, indent + 1)}" for inner in value)
    return flow(value)


@given(values)
def test_what_is_written_is_read_in_block_style(value: object) -> None:
    document = read(FILE, written(value))
    assert (document.data, document.problems) == (value, [])


@given(values)
def test_what_is_written_is_read_in_flow_style(value: object) -> None:
    document = read(FILE, flow(value))
    assert (document.data, document.problems) == (value, [])


single_quoted = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff") | st.just("\x85"),
    max_size=20,
)


@given(single_quoted)
def test_a_text_in_single_quotes_is_itself(text: str) -> None:
    quoted = text.replace("'", "''")
    assert read(FILE, f"- '{quoted}'\n").data == [text]


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("{}[]:,-?&*!|>'\"%@`#\n\t ab01.~<="))
def test_any_text_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    document = read(FILE, text)
    assert document.complete or document.problems
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in document.problems:
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
