"""Which scripts run, and what in them is code."""

from __future__ import annotations

import time

import pytest

from connectif_kit.page.html import Source, hindrance, parse, without_comments


def why(script: str) -> str:
    (node,) = parse(Source("page.html", f"<!doctype html><body>{script}")).select("script")
    return hindrance(node)


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'type=""',
        "type=module",
        'type="Text/JavaScript"',
        "type=application/x-javascript",
        "type=module nomodule",
        'type="text/plain" data-cookieconsent="marketing"',
        'type="text/plain" class="optanon-category-C0004"',
        'type="text/template" data-borlabs-cookie-id="x"',
        'type="a1b2c3-text/javascript"',
        'type="rocketlazyloadscript"',
        'type="litespeed/javascript"',
        'type="text/partytown"',
        'src="/a.js"',
    ],
)
def test_a_script_runs_at_once_or_when_a_consent_manager_lets_it(attributes: str) -> None:
    assert why(f"<script {attributes}>load()</script>") == ""


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (
            '<script type="application/json" data-x>load()</script>',
            'type="application/json" is not JavaScript',
        ),
        ('<script type="text/plain">load()</script>', 'type="text/plain" is not JavaScript'),
        ('<script type="text/template">load()</script>', 'type="text/template" is not JavaScript'),
        ("<script nomodule>load()</script>", "with `nomodule`, no browser of today runs it"),
        ("<script> // load()</script>", "it is empty"),
        ('<script src=" ">load()</script>', "it is empty"),
        ("<template><p><script>load()</script></template>", "it stands in a <template>"),
    ],
)
def test_a_script_that_never_runs_says_why(script: str, reason: str) -> None:
    assert why(script) == reason


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ('load("https://a.example/b.js") // load("c")', 'load("https://a.example/b.js")  '),
        ("a /* b\n c */ d", "a   d"),
        ("x = /[\"'/]/; // no\ny('//k')", "x = /[\"'/]/;  \ny('//k')"),
        ("`//${a}` // z", "`//${a}`  "),
        ('"a\\"//b" /* never closed', '"a\\"//b"  '),
        ("a / b // c", "a / b  "),
        ("return /'/.test(x) // c", "return /'/.test(x)  "),
    ],
)
def test_comments_go_and_strings_and_patterns_stay(code: str, left: str) -> None:
    assert without_comments(code) == left


@pytest.mark.parametrize(
    "piece", ['"\\', "/*", "(/[", "'", "`", "= ", "//", "[(,=  \n", "\\", "=/", "return "]
)
def test_hostile_code_costs_time_in_proportion(piece: str) -> None:
    start = time.process_time()
    without_comments(piece * 200_000)
    assert time.process_time() - start < 2
