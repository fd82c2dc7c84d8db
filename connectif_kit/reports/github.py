"""For GitHub Actions: annotations, at most ten of a kind, which is what GitHub shows of a step."""

from __future__ import annotations

from collections import Counter

from connectif_kit.core.diagnostics import Diagnostic, Severity
from connectif_kit.reports import Format, Report

MOST = 10


def write(report: Report) -> str:
    """Workflow commands, the worst first, then one plain line that counts the rest."""
    shown: Counter[Severity] = Counter()
    lines = []
    for finding in sorted(report.findings, key=lambda finding: (finding.severity.rank, finding.sort_key)):
        shown[finding.severity] += 1
        if shown[finding.severity] <= MOST:
            lines.append(_command(finding, report))
    counts = ", ".join(_counted(shown[severity], severity.value) for severity in Severity if shown[severity])
    hidden = sum(max(0, number - MOST) for number in shown.values())
    rest = f"; {hidden} of them {'is' if hidden == 1 else 'are'} not shown here" if hidden else ""
    lines.append(f"connectif-kit: {counts or 'no findings'} in {_counted(report.pages, 'page')}{rest}")
    return "\n".join(lines) + "\n"


def _command(finding: Diagnostic, report: Report) -> str:
    place, others = finding.place, report.of(finding)
    fields = {"file": place.path, "line": place.line, "col": place.column, "title": finding.rule}
    if place.end_line:
        fields |= {"endLine": place.end_line}
        if place.end_line == place.line:
            fields |= {"endColumn": place.end_column}
    also = f"\n{others.count:,} more on {_counted(others.pages, 'page')}" if others.count else ""
    plan = f"\nplan: {finding.plan}" if finding.plan else ""
    hint = f"\n{finding.hint}" if finding.hint else ""
    named = ",".join(f"{name}={_field(str(value))}" for name, value in fields.items())
    link = f"\n{report.link(finding)}" if report.link(finding) else ""
    return f"::{finding.severity.value} {named}::{_data(finding.message + hint + plan + also + link)}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _field(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


GITHUB = Format("github", "for GitHub Actions: annotations", write, describes=True)
