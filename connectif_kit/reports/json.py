"""For programs: one JSON object; within a version, names are added and none is changed.

    {"version": 1,
     "summary": {"pages", "errors", "warnings", "notices", "places",
                 "leftAlone": {KIND: pages}},
     "findings": [{"rule", "severity", "message", "hint", "path", "line", "column", "endLine",
                   "endColumn", "element", "plan": {"path", "line", "column"} | null,
                   "fixable": true, "count", "pages",
                   "also": [{"path", "line", "column"}]}],
     "coverage": {KIND: {"pages", "tags": {TAG: pages}}}}

`leftAlone` is there where files take no integration (redirects, AMP pages …). Lines and columns count
from 1. A finding stands for all of its cause: `count` findings on `pages`
pages; `also` names up to 100 of the others. The report of a shard has `shard` besides, which
`audit --merge` reads; that of `sync` has its `plan`, and the `result` once it was sent.
"""

from __future__ import annotations

import json
from typing import Any

from connectif_kit.core.diagnostics import Diagnostic, Severity
from connectif_kit.reports import Format, Occurrences, Report


def write(report: Report) -> str:
    """The report as indented JSON."""
    counts = report.counts
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
        "findings": [_finding(finding, report.of(finding)) for finding in report.findings],
        "coverage": {
            kind: {"pages": tags.get("", 0), "tags": {name: n for name, n in tags.items() if name}}
            for kind, tags in report.coverage.items()
        },
        **report.more,
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Diagnostic, others: Occurrences) -> dict[str, Any]:
    place, plan = finding.place, finding.plan
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "endLine": place.end_line or place.line,
        "endColumn": place.end_column or place.column,
        "element": finding.element,
        "plan": {"path": plan.path, "line": plan.line, "column": plan.column} if plan else None,
        "fixable": bool(finding.edits),
        "count": others.count + 1,
        "pages": others.pages + 1,
        "also": [{"path": at.path, "line": at.line, "column": at.column} for at in others.places],
    }


JSON = Format("json", "for programs", write)
