"""Diagnostics → a text in some format. A format exists because its file is here."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.language import ENGLISH, Language
from connectif_kit.core.registry import collect


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The further findings of one cause: how many, on how many further pages, where the first are.

    `fixable` of them can be fixed with certainty.
    """

    count: int = 0
    pages: int = 0
    places: tuple[Place, ...] = ()
    fixable: int = 0


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule is about, for readers who meet its name in a report."""

    title: str
    doc: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found, and what a reader may want to see beside it.

    `line_of` gives the source line of a place, or nothing; `coverage` counts pages by page kind
    and, under each, by tag, with all pages of the kind under the empty name; `others` tells of each
    finding what it stands for; `more` is what the report for programs has besides, by name; `left_alone`
    counts the files that take no integration, by kind (`page.special`); `rules` describes the rules that
    findings name. `language` is that of whoever runs the command, `audience` of the store's people, for whom
    `store_language` says it.
    """

    findings: tuple[Diagnostic, ...]
    pages: int = 0
    line_of: Callable[[Place], str] = lambda _: ""
    coverage: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    colour: bool = False
    others: Mapping[Diagnostic, Occurrences] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    left_alone: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, RuleText] = field(default_factory=dict)
    language: Language = ENGLISH
    audience: Language = ENGLISH
    store_language: str = ""

    def of(self, finding: Diagnostic) -> Occurrences:
        """What a finding stands for besides itself."""
        return self.others.get(finding) or Occurrences()

    @property
    def places(self) -> int:
        """How many findings there are, all those of one cause counted."""
        return len(self.findings) + sum(others.count for others in self.others.values())

    @property
    def fixable(self) -> int:
        """How many findings `audit --fix` fixes."""
        return sum(bool(finding.edits) + self.of(finding).fixable for finding in self.findings)

    @property
    def counts(self) -> Counter[Severity]:
        """How many findings of each severity."""
        return Counter(finding.severity for finding in self.findings)

    @property
    def status(self) -> int:
        """1 where something is wrong, 0 where there is at most something to know."""
        return int(bool(self.counts[Severity.ERROR] or self.counts[Severity.WARNING]))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command's run ended: what it found, and its exit status."""

    report: Report
    status: int


def together(reports: Sequence[Report]) -> Report:
    """Several runs' reports, of which each is about other pages, as one."""
    coverage: dict[str, Counter[str]] = {}
    for report in reports:
        for kind, tags in report.coverage.items():
            coverage.setdefault(kind, Counter()).update(tags)
    return replace(
        reports[0],
        findings=tuple(finding for report in reports for finding in report.findings),
        pages=sum(report.pages for report in reports),
        coverage=coverage,
        others={finding: more for report in reports for finding, more in report.others.items()},
        more={name: value for report in reports for name, value in report.more.items()},
        left_alone=sum((Counter(report.left_alone) for report in reports), Counter[str]()),
    )


@dataclass(frozen=True, slots=True)
class Format:
    """A report format: its name, what it is for, and the function that writes it.

    One that `describes` rules reads `Report.rules`.
    """

    name: str
    doc: str
    write: Callable[[Report], str]
    describes: bool = False


@cache
def formats() -> dict[str, Format]:
    """Every format by name."""
    return {found.name: found for found in collect(sys.modules[__name__], Format)}
