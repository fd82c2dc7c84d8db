"""For code scanning: SARIF 2.1.0, with fixes; never more results than GitHub takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from connectif_kit import __version__
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.reports import Format, Report, RuleText
from connectif_kit.reports.identity import Fingerprints

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST = 5000
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}


def write(report: Report) -> str:
    """The report as indented JSON; of more than 5,000 findings the worst."""
    worst = sorted(report.findings, key=lambda finding: finding.severity.rank)[:MOST]
    kept = sorted(worst, key=lambda finding: finding.sort_key)
    names = sorted({finding.rule for finding in kept})
    marks = Fingerprints()
    results = [_result(finding, report, names.index(finding.rule), marks) for finding in kept]
    whole = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(names, report.rules)},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _driver(names: list[str], known: Mapping[str, RuleText]) -> dict[str, Any]:
    described = []
    for name in names:
        rule: dict[str, Any] = {"id": name}
        if found := known.get(name):
            rule["shortDescription"] = {"text": found.title}
            rule["fullDescription"] = {"text": found.doc}
            rule["helpUri"] = found.link
            rule["help"] = {"text": f"connectif-kit explain {name}"}
            rule["defaultConfiguration"] = {"level": _LEVEL[found.severity]}
        described.append(rule)
    return {"name": "connectif-kit", "semanticVersion": __version__, "rules": described}


def _result(finding: Diagnostic, report: Report, index: int, marks: Fingerprints) -> dict[str, Any]:
    others = report.of(finding)
    more = f" ({others.count + 1:,} times, on {others.pages + 1:,} pages)" if others.count else ""
    hint = f"\n{finding.hint}" if finding.hint else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVEL[finding.severity],
        "message": {"text": f"{finding.message}{more}{hint}"},
        "locations": [_location(place) for place in (finding.place, *others.places[:99])],
        "partialFingerprints": {"connectifKit/v1": marks.of(finding)},
        "occurrenceCount": others.count + 1,
    }
    if finding.plan:
        related = _location(finding.plan) | {"message": {"text": "what the plan says"}}
        result["relatedLocations"] = [{"id": 1, **related}]
    if finding.edits:
        result["fixes"] = [_fix(finding)]
    return result


def _location(place: Place) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column}
    if place.end_line:
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(place.path)}, "region": region}}


def _uri(path: str) -> str:
    if path.startswith(("http://", "https://")):
        return path
    slashes = quote(path.replace("\\", "/"), safe="/", errors="surrogatepass")
    return f"file://{slashes}" if slashes.startswith("/") else slashes


def _fix(finding: Diagnostic) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {"charOffset": edit.start, "charLength": edit.end - edit.start},
            "insertedContent": {"text": edit.new},
        }
        for edit in finding.edits
    ]
    change = {"artifactLocation": {"uri": _uri(finding.place.path)}, "replacements": replacements}
    return {"description": {"text": finding.hint or finding.message}, "artifactChanges": [change]}


SARIF = Format("sarif", "for code scanning: SARIF 2.1.0, with fixes", write, describes=True)
