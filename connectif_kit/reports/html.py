"""For everybody: one HTML page that needs nothing else, with coverage, search, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from connectif_kit import __version__
from connectif_kit.core.diagnostics import Diagnostic, Severity
from connectif_kit.reports import Format, Report

_WIDE = 160
_MOST = 2000
"""Findings in one page; a browser searches so many without a pause."""


def write(report: Report) -> str:
    """The report as a self-contained page; of more than 2,000 causes the worst."""
    from connectif_kit.core.templates import environment

    counts = [(severity.value, report.counts[severity]) for severity in Severity if report.counts[severity]]
    template = environment().get_template("report/report.html.j2")
    return template.render(
        summary=", ".join(f"{number} {name}s" for name, number in counts) or "no findings",
        counts=counts,
        pages=report.pages,
        coverage=_coverage(report),
        groups=list(_groups(report)),
        version=__version__,
    )


def _coverage(report: Report) -> dict[str, Any]:
    tags = sorted({tag for counts in report.coverage.values() for tag in counts if tag})
    rows = []
    for kind, counts in report.coverage.items():
        pages = counts.get("", 0)
        cells = [_cell(counts.get(tag, 0), pages) for tag in tags]
        rows.append({"kind": "no kind of the plan" if kind == "–" else kind, "pages": pages, "cells": cells})
    return {"tags": tags, "rows": sorted(rows, key=lambda row: str(row["kind"]))}


def _cell(number: int, pages: int) -> dict[str, str]:
    state = "none" if not number else "all" if number == pages else "some"
    return {"text": "–" if not number else "all" if number == pages else f"{number:,}", "state": state}


def _groups(report: Report) -> Iterator[dict[str, Any]]:
    ordered = sorted(report.findings, key=lambda each: (each.severity.rank, each.rule, each.sort_key))[:_MOST]
    for (severity, name), findings in groupby(ordered, key=lambda each: (each.severity, each.rule)):
        rule = report.rules.get(name)
        doc = rule.doc.partition("\n")[2].strip() if rule else ""
        yield {
            "rule": name,
            "severity": severity.value,
            "title": rule.title if rule else "",
            "doc": "\n\n".join(" ".join(part.split()) for part in doc.split("\n\n")),
            "findings": [_finding(finding, report) for finding in findings],
        }


def _finding(finding: Diagnostic, report: Report) -> dict[str, Any]:
    others = report.of(finding)
    place = finding.place
    return {
        "message": finding.message,
        "place": str(place),
        "number": place.line,
        "hint": finding.hint,
        "plan": str(finding.plan) if finding.plan else "",
        "count": others.count + 1,
        "pages": others.pages + 1,
        "also": [str(at) for at in others.places],
        **_source(report.line_of(place), place.column - 1, _end(finding)),
    }


def _end(finding: Diagnostic) -> int:
    place = finding.place
    return place.end_column - 1 if place.end_line == place.line else place.column


def _source(line: str, start: int, end: int) -> dict[str, str]:
    """The line in three parts; a long one is cut around the place."""
    cut = max(0, start - 40)
    end = min(max(end, start + 1), cut + _WIDE)
    dots = "…" if cut else ""
    more = "…" if len(line) > cut + _WIDE else ""
    after = line[end : cut + _WIDE] + more
    return {
        "line": line,
        "before": dots + line[cut:start].lstrip(),
        "marked": line[start:end],
        "after": after,
    }


HTML = Format("html", "for everybody: one page with coverage and search", write, describes=True)
