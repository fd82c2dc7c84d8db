"""For programs: one JSON object; within a version, names are added and none is changed.

    {"version": 1,
     "summary": {"pages", "errors", "warnings", "notices", "places",
                 "leftAlone": {KIND: pages}},
     "findings": [{"rule", "severity", "message", "hint", "helpUri", "path", "line", "column",
                   "endLine", "endColumn", "element", "plan": {"path", "line", "column"} | null,
                   "fixable": true, "count", "pages",
                   "also": [{"path", "line", "column"}]}],
     "coverage": {KIND: {"pages", "tags": {TAG: pages}, "wrong": {TAG: pages},
                         "expected": {TAG: "promised" | "optional" | "forbidden"}}},
     "run": {"site", "store"},
     "compared": {"with", "new", "same", "gone",
                  "goneFindings": [{"rule", "severity", "message", "count",
                                    "places": [{"path", "line", "column"}]}]}}

`leftAlone` is there where files take no integration (redirects, AMP pages …). Lines and columns count
from 1. A finding stands for all of its cause: `count` findings on `pages`
pages; `also` names the others. With `--compare` there is `compared`, and each finding has `new`, how many
of its places are so; the counts are of places. The report of a shard has `shard` besides, which
`audit --merge` reads; that of `sync` has its `plan`, and the `result` once it was sent.
"""

from __future__ import annotations

import json
from typing import Any

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.reports import Coverage, Format, Report
from connectif_kit.reports.comparison import Comparison


def write(report: Report) -> str:
    """The report as indented JSON."""
    counts, run = report.counts, report.run
    whole = {
        "version": 1,
        "summary": {
            "pages": report.pages,
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "notices": counts[Severity.NOTICE],
            "places": report.places,
            **({"leftAlone": dict(report.left_alone)} if report.left_alone else {}),
        },
        "findings": [
            _finding(finding, report) | _new(finding, report.compared) for finding in report.findings
        ],
        "coverage": {kind: _coverage(found) for kind, found in report.coverage.items()},
        **({"run": {"site": run.site, "store": run.store}} if run.site else {}),
        **({"compared": _compared(report.compared)} if report.compared else {}),
        **report.more,
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Diagnostic, report: Report) -> dict[str, Any]:
    place, plan, others = finding.place, finding.plan, report.of(finding)
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "helpUri": report.link(finding),
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "endLine": place.end_line or place.line,
        "endColumn": place.end_column or place.column,
        "element": finding.element,
        "plan": _place(plan) if plan else None,
        "fixable": bool(finding.edits),
        "count": others.count + 1,
        "pages": others.pages + 1,
        "also": [_place(at) for at in others.places],
    }


def _coverage(found: Coverage) -> dict[str, Any]:
    tables = {"tags": found.tags, "wrong": found.wrong, "expected": found.expected}
    return {"pages": found.pages, **{name: dict(table) for name, table in tables.items()}}


def _place(at: Place) -> dict[str, Any]:
    return {"path": at.path, "line": at.line, "column": at.column}


def _new(finding: Diagnostic, compared: Comparison | None) -> dict[str, int]:
    return {"new": len(compared.fresh.get(finding, ()))} if compared else {}


def _compared(compared: Comparison) -> dict[str, Any]:
    gone = [
        {
            "rule": cause.rule,
            "severity": cause.severity.value,
            "message": cause.message,
            "count": len(cause.places) + cause.unnamed,
            "places": [_place(at) for at in cause.places],
        }
        for cause in compared.gone
    ]
    counts = {"new": compared.new, "same": compared.same, "gone": compared.went}
    return {"with": compared.earlier.name, **counts, "goneFindings": gone}


JSON = Format("json", "for programs", write, describes=True)
