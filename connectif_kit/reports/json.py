"""For programs: one JSON object, its schema stable within a major version.

`{"version": 1, "summary": {"pages", "errors", "warnings", "notices"}, "findings": [{"rule",
"severity", "message", "hint", "path", "line", "column", "endLine", "endColumn", "element",
"plan": {"path", "line", "column"} | null}]}`
"""

from __future__ import annotations

import json
from typing import Any

from connectif_kit.diagnostics import Diagnostic, Severity
from connectif_kit.reports import Format, Report


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
        },
        "findings": [_finding(finding) for finding in report.findings],
    }
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Diagnostic) -> dict[str, Any]:
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
    }


JSON = Format("json", "for programs", write)
