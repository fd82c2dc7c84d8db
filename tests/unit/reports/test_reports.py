"""Every format says the same, in its reader's own form and within its reader's limits."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import jsonschema_rs
import pytest

from connectif_kit.core.diagnostics import Diagnostic, Edit, Place, Severity
from connectif_kit.reports import Coverage, Occurrences, Report, formats

HOSTILE = 'a "quoted" <b>&amp;</b> 100%\r\n::error::x, \x1b[31m \x00 ]]> 🍵'


def finding(number: int = 1, severity: Severity = Severity.ERROR, message: str = "wrong") -> Diagnostic:
    return Diagnostic(
        "decimal-comma",
        severity,
        message,
        Place(f"public/p {number}.html", number, 2, number, 6),
        "a hint",
        Place("connectif.yaml", 3, 1),
        f"html>body>div.cn_cart>b{number}",
        (Edit(5, 9, "1.50"),),
    )


def written(name: str, *findings: Diagnostic, **more: Any) -> str:
    return formats()[name].write(Report(findings, 3, lambda _: "<b>1,50</b>", **more))


def objects(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def lists(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


TEXT, COUNT, LINE = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = objects({"text": TEXT})
REGION = objects(
    {}, startLine=LINE, startColumn=LINE, endLine=LINE, endColumn=LINE, charOffset=COUNT, charLength=COUNT
)
FILE = objects({"uri": {"type": "string", "format": "uri-reference", "pattern": r"^[^ \\]*$"}})
LOCATION = objects(
    {"physicalLocation": objects({"artifactLocation": FILE, "region": REGION})}, id=COUNT, message=MESSAGE
)
REPLACEMENT = objects({"deletedRegion": REGION, "insertedContent": objects({"text": TEXT})})
CHANGE = objects({"artifactLocation": FILE, "replacements": lists(REPLACEMENT, minItems=1)})
RULE = objects(
    {"id": TEXT},
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    helpUri={"type": "string", "format": "uri", "pattern": "^https://"},
    defaultConfiguration=objects({"level": LEVEL}),
)
RESULT = objects(
    {"ruleId": TEXT, "message": MESSAGE},
    ruleIndex={"type": "integer", "minimum": -1},
    level=LEVEL,
    locations=lists(LOCATION),
    relatedLocations=lists(LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    occurrenceCount=LINE,
    fixes=lists(objects({"artifactChanges": lists(CHANGE, minItems=1)}, description=MESSAGE)),
)
DRIVER = objects({"name": TEXT}, semanticVersion=TEXT, rules=lists(RULE, uniqueItems=True))
RUN = objects(
    {"tool": objects({"driver": DRIVER})},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=lists(RESULT),
)
# The part of SARIF 2.1.0 that we write, by hand from the standard: stricter than the standard's own schema,
# which lets unknown names pass in many places.
SARIF = objects(
    {"version": {"const": "2.1.0"}, "runs": lists(RUN)}, **{"$schema": {"type": "string", "format": "uri"}}
)


def test_sarif_keeps_to_its_schema_and_brings_fixes() -> None:
    others = Occurrences(3, 2, (Place("b.html", 1, 1), Place("c.html", 2, 2)))
    report = json.loads(written("sarif", finding(), finding(2, message=HOSTILE), others={finding(): others}))
    jsonschema_rs.validate(SARIF, report, validate_formats=True)
    first, second = report["runs"][0]["results"]
    assert len(first["locations"]) == 3
    assert first["fixes"][0]["artifactChanges"][0]["replacements"][0] == {
        "deletedRegion": {"charOffset": 5, "charLength": 4},
        "insertedContent": {"text": "1.50"},
    }
    assert first["partialFingerprints"] != second["partialFingerprints"]
    assert report["runs"][0]["tool"]["driver"]["rules"][0]["id"] == "decimal-comma"


def test_sarif_has_no_more_results_than_github_takes_and_keeps_the_worst() -> None:
    many = [finding(n, Severity.NOTICE) for n in range(1, 5100)]
    results = json.loads(written("sarif", *many, finding(6000)))["runs"][0]["results"]
    assert len(results) == 5000
    assert [each["level"] for each in results].count("error") == 1


def test_github_shows_ten_of_a_kind_and_counts_the_rest() -> None:
    lines = written(
        "github", *(finding(n) for n in range(25)), *(finding(n, Severity.NOTICE) for n in range(3))
    ).splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error"] * 10 + ["::notice"] * 3 + [
        "connectif-kit:"
    ]
    assert lines[-1].endswith("15 of them are not shown here")
    one = formats()["github"].write(Report((finding(),), 1, lambda _: ""))
    assert one.endswith("connectif-kit: 1 error in 1 page\n")


@pytest.mark.parametrize("message", ["wrong", HOSTILE])
def test_a_message_cannot_break_out_of_its_form(message: str) -> None:
    one = finding(message=message)
    assert len(written("github", one).splitlines()) == 2
    case = ElementTree.fromstring(written("junit", one)).find("testsuite/testcase/failure")
    assert case is not None
    (issue,) = json.loads(written("gitlab", one))
    assert issue["description"] == message
    assert "<b>&amp;</b>" not in written("html", one)
    assert "\x1b" not in written("text", one)


def test_junit_counts_and_a_clean_run_is_a_test_that_passed() -> None:
    tree = ElementTree.fromstring(written("junit", finding(1), finding(2, Severity.NOTICE)))
    assert (tree.get("tests"), tree.get("failures")) == ("2", "1")
    clean = ElementTree.fromstring(written("junit"))
    assert (clean.get("tests"), clean.get("failures")) == ("1", "0")


def test_gitlab_gives_each_issue_a_fingerprint_of_its_own() -> None:
    issues = json.loads(written("gitlab", finding(), finding(), finding(2)))
    assert len({issue["fingerprint"] for issue in issues}) == 3
    assert issues[0]["location"] == {"path": "public/p 1.html", "lines": {"begin": 1, "end": 1}}


def test_json_is_what_its_documentation_says() -> None:
    coverage = {"product": Coverage(3, {"cn_cart": 1}, {"cn_cart": 1}, {"cn_cart": "forbidden"})}
    report = json.loads(
        written("json", finding(), coverage=coverage, others={finding(): Occurrences(4, 2, ())})
    )
    assert report["summary"] == {"pages": 3, "errors": 1, "warnings": 0, "notices": 0, "places": 5}
    assert report["coverage"] == {
        "product": {
            "pages": 3,
            "tags": {"cn_cart": 1},
            "wrong": {"cn_cart": 1},
            "expected": {"cn_cart": "forbidden"},
        }
    }
    (one,) = report["findings"]
    assert (one["line"], one["endColumn"], one["count"], one["pages"], one["fixable"]) == (1, 6, 5, 3, True)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = written("html", finding(), coverage={"product": Coverage(3, {"cn_cart": 1})})
    assert "decimal-comma" in page
    for sign in ("http://", "https://", "src=", "@import", "url("):
        assert sign not in page


def test_a_text_report_shows_the_line_and_what_else_has_the_same_cause() -> None:
    others = {finding(): Occurrences(4, 4, (Place("b.html", 7, 1),))}
    text = written("text", finding(), others=others)
    assert "1 │ <b>1,50</b>" in text
    assert "also: 4 times on 4 more pages: b.html:7:1, …" in text
    assert "1 error, 5 places in 3 pages" in text
