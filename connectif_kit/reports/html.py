"""For everybody: one HTML page that needs nothing else, with coverage, search, light and dark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from connectif_kit import __version__
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.language import Language
from connectif_kit.core.templates import environment
from connectif_kit.core.visible import visible
from connectif_kit.core.wording import unfolded
from connectif_kit.reports import Coverage, Format, Report
from connectif_kit.reports.comparison import Comparison
from connectif_kit.reports.identity import cause_mark

_WIDE = 160
_READ_WITHOUT_SCRIPTS = 300
"""Findings that stand in the page as HTML too; the page's script shows all of them on demand."""
_PLACES_WITHOUT_SCRIPTS = 50
_EXCERPTS = 2_000
"""Findings with their source line: to read those of a large site would take longer than to check it."""


def write(report: Report) -> str:
    """The report as a self-contained page: every finding and every place, as data and partly as HTML."""
    language = report.audience
    counts = [(severity.value, report.counts[severity]) for severity in Severity if report.counts[severity]]
    data = _data(report)
    template = environment().get_template("report/report.html.j2")
    return template.render(
        counts=counts,
        pages=report.pages,
        places=report.places,
        run=report.run,
        compared=report.compared,
        coverage=_coverage(report.coverage),
        data=data,
        groups=list(_groups(data)),
        most_places=_PLACES_WITHOUT_SCRIPTS,
        version=__version__,
        language=language,
        t=language.say,
        tn=language.count,
        forms=language.forms,
    )


def _data(report: Report) -> dict[str, Any]:
    """What the page's script and `--compare` read; `places` are path number, line, column, and so on."""
    ordered = sorted(report.findings, key=lambda each: (each.severity.rank, each.rule, each.sort_key))
    paths = _Paths()
    ids = _Ids()
    run = report.run
    return {
        "version": 1,
        "run": {"started": run.started, "seconds": run.seconds, "site": run.site, "store": run.store},
        "editor": {"url": report.editor, "folder": report.folder} if report.editor else None,
        "rules": {
            name: {
                "title": report.audience.say(rule.title),
                "doc": report.audience.say(unfolded(rule.doc)),
                "link": rule.link,
            }
            for name, rule in report.rules.items()
        },
        "findings": [
            _finding(finding, report, paths, ids, excerpt=number < _EXCERPTS)
            for number, finding in enumerate(ordered)
        ],
        "gone": list(_gone(report.compared, paths)),
        "paths": paths.all,
    }


class _Paths:
    """The paths that places name, each once, by number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def all(self) -> list[str]:
        return [visible(path) for path in self._numbers]

    def places(self, places: Iterable[Place]) -> list[int]:
        """Places as numbers, three for each."""
        return [
            number
            for at in places
            for number in (self._numbers.setdefault(at.path, len(self._numbers)), at.line, at.column)
        ]


class _Ids:
    """A name for each finding that stays the same from run to run: `f-` and the mark of its cause."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def of(self, finding: Diagnostic) -> str:
        mark = cause_mark(finding)
        number = self._seen[mark] = self._seen.get(mark, 0) + 1
        return f"f-{mark}" if number == 1 else f"f-{mark}-{number}"


def _finding(
    finding: Diagnostic, report: Report, paths: _Paths, ids: _Ids, *, excerpt: bool
) -> dict[str, Any]:
    others, places = report.of(finding), report.places_of(finding)
    line = report.line_of(finding.place) if excerpt else ""
    return {
        "id": ids.of(finding),
        "rule": finding.rule,
        "severity": finding.severity.value,
        **_said(finding, report.audience),
        "plan": paths.places([finding.plan]) if finding.plan else None,
        "element": finding.element,
        "fixable": bool(finding.edits) + others.fixable,
        "count": others.count + 1,
        "pages": others.pages + 1,
        "places": paths.places(places),
        "source": _source(line, finding.place.column - 1, _end(finding)) if line else None,
        **_state(finding, places, report.compared),
    }


def _said(finding: Diagnostic, language: Language) -> dict[str, str]:
    """Message and hint for the reader; `english` is what `--compare` knows a finding by."""
    message, hint = visible(language.text(finding.message)), visible(language.text(finding.hint))
    english = visible(finding.message)
    return {"message": message, "hint": hint, **({"english": english} if message != english else {})}


def _state(finding: Diagnostic, places: Sequence[Place], compared: Comparison | None) -> dict[str, Any]:
    if compared is None:
        return {"state": "", "fresh": []}
    return {
        "state": compared.state(finding, len(places)),
        "fresh": sorted(compared.fresh.get(finding, ())),
    }


def _gone(compared: Comparison | None, paths: _Paths) -> Iterator[dict[str, Any]]:
    for cause in compared.gone if compared else ():
        yield {
            "rule": visible(cause.rule),
            "severity": cause.severity.value,
            "message": visible(cause.message),
            "places": paths.places(cause.places),
            "count": len(cause.places) + cause.unnamed,
        }


def _groups(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The worst findings, by rule, for readers without scripts."""
    first = data["findings"][:_READ_WITHOUT_SCRIPTS]
    for (severity, name), findings in groupby(first, key=lambda each: (each["severity"], each["rule"])):
        rule = data["rules"].get(name) or {"title": "", "doc": "", "link": ""}
        yield {"rule": name, "severity": severity, **rule, "findings": list(findings)}


def _coverage(coverage: Mapping[str, Coverage]) -> dict[str, Any]:
    """A row for each kind of page, a column for each tag that is promised or there."""
    tags = sorted({tag for found in coverage.values() for tag in (*found.tags, *found.expected)})
    rows = [
        {"kind": kind, "pages": found.pages, "cells": [_cell(found, tag) for tag in tags]}
        for kind, found in sorted(coverage.items())
    ]
    return {"tags": tags, "rows": rows}


def _cell(found: Coverage, tag: str) -> dict[str, Any]:
    """How the pages of a kind stand with a tag; `right` is only what is promised, there and faultless."""
    there, wrong, expected = found.tags.get(tag, 0), found.wrong.get(tag, 0), found.expected.get(tag, "")
    missing = found.pages - there if expected == "promised" else 0
    forbidden = there if expected == "forbidden" else 0
    if not there and not missing:
        state = "none"
    elif wrong or missing or forbidden:
        state = "bad"
    else:
        state = "right" if expected == "promised" else "there"
    return {
        "state": state,
        "expected": expected,
        "there": there,
        "pages": found.pages,
        "wrong": 0 if forbidden else wrong,
        "missing": missing,
        "forbidden": forbidden,
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
    return {
        "before": visible(dots + line[cut:start].lstrip()),
        "marked": visible(line[start:end]),
        "after": visible(line[end : cut + _WIDE] + more),
    }


HTML = Format("html", "for everybody: one page with coverage and search", write, describes=True)
