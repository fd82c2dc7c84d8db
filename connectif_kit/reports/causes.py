"""Findings of one cause are one finding: the same rule at the same place of the same template."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field
from math import inf
from typing import TypeAlias

from connectif_kit.core.diagnostics import Diagnostic, Place
from connectif_kit.core.records import dataclass
from connectif_kit.reports import Occurrences, Report
from connectif_kit.reports.identity import about
from connectif_kit.reports.places import Places

Key: TypeAlias = tuple[str, str, str, Place | None]


@dataclass(slots=True)
class Group:
    """The findings of one cause: those of the first page in full, of the others the places."""

    first: list[Diagnostic] = field(default_factory=list)
    count: int = 0
    pages: int = 0
    fixable: int = 0
    last: str = ""
    places: Places = field(default_factory=Places)

    def add(self, finding: Diagnostic, most: float = inf) -> None:
        """One more of them; `most` of one file are kept in full."""
        path = finding.place.path
        self.pages += path != self.last
        self.last = path
        self.count += 1
        self.fixable += bool(finding.edits)
        if self.pages == 1 and len(self.first) < most:
            self.first.append(finding)
        else:
            self.places.append(finding.place)


class FindingGroups:
    """Gathers findings, page by page, in memory that grows with causes, and little with their places.

    Those of one page are all reported; with `few`, only so many of one file: rows are not pages.
    """

    def __init__(self, *, verbose: bool = False, few: float = inf) -> None:
        self._few = few
        self._groups: dict[Key, Group] = {}
        self._verbose = verbose
        self._all: list[Diagnostic] = []

    def add(self, findings: Iterable[Diagnostic]) -> None:
        """The findings of one page."""
        if self._verbose:
            self._all += findings
            return
        for finding in findings:
            self._groups.setdefault(_key(finding), Group()).add(finding, self._few)

    def reported(self) -> tuple[tuple[Diagnostic, ...], dict[Diagnostic, Occurrences]]:
        """One finding for each cause, in reading order, and of each what the others are."""
        findings, others = list(self._all), {}
        for group in self._groups.values():
            if group.pages == 1 and group.count <= len(group.first):
                findings += group.first
            else:
                findings.append(group.first[0])
                places = Places(finding.place for finding in group.first[1:])
                places.extend(group.places)
                fixable = group.fixable - bool(group.first[0].edits)
                others[group.first[0]] = Occurrences(group.count - 1, group.pages - 1, places, fixable)
        return tuple(sorted(findings, key=lambda finding: finding.sort_key)), others


def grouped(found: Iterable[Diagnostic], line_of: Callable[[Place], str], *, verbose: bool = False) -> Report:
    """The report of findings that no pages stand behind."""
    causes = FindingGroups(verbose=verbose)
    causes.add(found)
    findings, others = causes.reported()
    return Report(findings, line_of=line_of, others=others)


def _key(finding: Diagnostic) -> Key:
    return (finding.rule, finding.severity, about(finding.element, finding.message), finding.plan)
