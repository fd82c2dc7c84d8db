"""For GitLab: a code quality report."""

from __future__ import annotations

import json
from typing import Any

from connectif_kit.core.diagnostics import Diagnostic, Severity
from connectif_kit.reports import Format, Report
from connectif_kit.reports.identity import Fingerprints

_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTICE: "info"}


def write(report: Report) -> str:
    """The findings as GitLab wants them, each with a fingerprint of its own."""
    marks = Fingerprints()
    return (
        json.dumps([_issue(each, report, marks) for each in report.findings], indent=1, ensure_ascii=False)
        + "\n"
    )


def _issue(finding: Diagnostic, report: Report, marks: Fingerprints) -> dict[str, Any]:
    others = report.of(finding)
    more = f" ({others.count + 1:,} times, on {others.pages + 1:,} pages)" if others.count else ""
    lines = {"begin": finding.place.line, "end": finding.place.end_line or finding.place.line}
    return {
        "description": f"{finding.message}{more}",
        "check_name": finding.rule,
        "fingerprint": marks.of(finding),
        "severity": _SEVERITY[finding.severity],
        "location": {"path": finding.place.path, "lines": lines},
    }


GITLAB = Format("gitlab", "for GitLab: code quality", write)
