"""Diagnostics → a text in some format. A format exists because its file is here."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.language import ENGLISH, Language
from connectif_kit.core.records import dataclass
from connectif_kit.core.registry import collect
from connectif_kit.reports.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The further findings of one cause: how many, on how many further pages, where they are.

    `fixable` of them can be fixed with certainty.
    """

    count: int = 0
    pages: int = 0
    places: Sequence[Place] = ()
    fixable: int = 0


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a rule is about, for readers who meet its name in a report; `link` leads to its documentation."""

    title: str
    doc: str
    severity: Severity
    link: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The pages of one kind: how many there are, how many carry each tag, on how many it is wrong.

    `expected` says of each tag whether the plan has it as `promised`, `optional` or `forbidden` there; where
    there is no plan, nothing is expected.
    """

    pages: int
    tags: Mapping[str, int] = field(default_factory=dict)
    wrong: Mapping[str, int] = field(default_factory=dict)
    expected: Mapping[str, str] = field(default_factory=dict)

    def plus(self, other: Coverage) -> Coverage:
        """The pages of both, of which the same is expected."""
        tags, wrong = Counter(self.tags) + Counter(other.tags), Counter(self.wrong) + Counter(other.wrong)
        return Coverage(self.pages + other.pages, tags, wrong, self.expected)


@dataclass(frozen=True, slots=True)
class RunInfo:
    """When a run began (ISO 8601), the seconds it took, the site's folder, the store's address.

    `named` is what the run was asked to look at: folders, files, addresses.
    """

    started: str = ""
    seconds: float = 0
    site: str = ""
    store: str = ""
    named: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found, and what a reader may want to see beside it.

    `line_of` gives the source line of a place, or nothing; `coverage` is by page kind, `–` being pages of
    none; `others` tells of each finding what it stands for; `more` is what the report for programs has
    besides, by name; `left_alone` counts the files that take no integration, by kind (`page.special`);
    `rules` describes the rules that findings name. `checked` says whether the run looked at a rule on a page,
    by its path from the site's folder, an empty one standing for all. `editor` is the address that opens a
    file, with `{path}`, `{line}` and `{column}`; paths are from `folder` then. `linked` says
    whether the reader's terminal shows links; `language` is that of whoever runs the command, `audience`
    of the store's people, as `store_language` says it.
    """

    findings: tuple[Diagnostic, ...]
    pages: int = 0
    line_of: Callable[[Place], str] = lambda _: ""
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    colour: bool = False
    linked: bool = False
    others: Mapping[Diagnostic, Occurrences] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    left_alone: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, RuleText] = field(default_factory=dict)
    run: RunInfo = RunInfo()
    checked: Callable[[str, str], bool] = lambda _rule, _path: True
    compared: Comparison | None = None
    editor: str = ""
    folder: str = ""
    language: Language = ENGLISH
    audience: Language = ENGLISH
    store_language: str = ""

    def link(self, finding: Diagnostic) -> str:
        """The address of the documentation of a finding's rule, where it has one."""
        rule = self.rules.get(finding.rule)
        return rule.link if rule else ""

    def of(self, finding: Diagnostic) -> Occurrences:
        """What a finding stands for besides itself."""
        return self.others.get(finding) or Occurrences()

    def places_of(self, finding: Diagnostic) -> Sequence[Place]:
        """All places of a cause, the finding's own first."""
        return (finding.place, *self.of(finding).places)

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
    coverage: dict[str, Coverage] = {}
    for report in reports:
        for kind, found in report.coverage.items():
            _add(coverage, kind, found, report.run.store)
    return replace(
        reports[0],
        findings=tuple(finding for report in reports for finding in report.findings),
        pages=sum(report.pages for report in reports),
        coverage=coverage,
        others={finding: more for report in reports for finding, more in report.others.items()},
        more={name: value for report in reports for name, value in report.more.items()},
        left_alone=sum((Counter(report.left_alone) for report in reports), Counter[str]()),
        run=_run_of(reports),
        checked=lambda rule, path: any(report.checked(rule, path) for report in reports),
    )


def _add(coverage: dict[str, Coverage], kind: str, found: Coverage, store: str) -> None:
    """Kinds of one name from two stores are one, unless their plans want different tags there."""
    there = coverage.get(kind)
    if there is None:
        coverage[kind] = found
    elif there.expected == found.expected:
        coverage[kind] = there.plus(found)
    else:
        coverage[f"{kind} ({store})"] = found


def _run_of(reports: Sequence[Report]) -> RunInfo:
    runs = [report.run for report in reports if report.run.started]
    if not runs:
        return RunInfo()
    sites, stores, named = (
        ", ".join(dict.fromkeys(names))
        for names in zip(*((run.site, run.store, run.named) for run in runs), strict=True)
    )
    return RunInfo(runs[0].started, sum(run.seconds for run in runs), sites, stores, named)


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
def format_of(name: str) -> Format | None:
    """The format of a name; only its file is loaded."""
    if not name.isidentifier() or find_spec(f"{__name__}.{name}") is None:
        return None
    found = vars(import_module(f"{__name__}.{name}")).values()
    return next((each for each in found if isinstance(each, Format) and each.name == name), None)


@cache
def formats() -> dict[str, Format]:
    """Every format by name."""
    return {found.name: found for found in collect(sys.modules[__name__], Format)}
