"""One run of `inject`: what was asked, what was found, what was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from pathlib import Path

from connectif_kit.core.diagnostics import Diagnostic, Severity
from connectif_kit.core.files import (
    reason,
    write,
)
from connectif_kit.core.records import dataclass
from connectif_kit.core.wording import shown
from connectif_kit.page.excerpt import line_of
from connectif_kit.reports import Coverage, Report
from connectif_kit.reports.causes import FindingGroups


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one page; `page` is the name of its kind in the plan."""

    name: str
    findings: tuple[Diagnostic, ...] = ()
    page: str | None = None
    changed: bool = False
    read: bool = False
    injected: bool = False
    failed: bool = False
    left_alone: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """The command line's options, named as there; everything has the default that it has there."""

    site: Path | None = None
    config: Path | None = None
    verbose: bool = False
    dry_run: bool = False
    check: bool = False
    remove: bool = False
    development: bool = False
    force: bool = False
    force_sources: bool = False
    hydrated: bool = False
    no_cache: bool = False


@dataclass(slots=True)
class Run:
    """One run over a site: what is asked, what was found so far."""

    site: Path
    dry: bool
    force: bool
    anything: bool
    causes: FindingGroups
    pages: int = 0
    changed: list[str] = field(default_factory=list)
    kinds: dict[str | None, int] = field(default_factory=dict)
    counts: Counter[Severity] = field(default_factory=Counter)
    failed: bool = False
    left_alone: Counter[str] = field(default_factory=Counter)
    others: list[str] = field(default_factory=list)

    def found(self, findings: Iterable[Diagnostic]) -> None:
        """Take in findings."""
        kept = list(findings)
        self.counts.update(finding.severity for finding in kept)
        self.causes.add(kept)

    @property
    def serious(self) -> bool:
        """Whether something is wrong, and not only to be known."""
        return bool(self.counts[Severity.ERROR] or self.counts[Severity.WARNING])

    def report(self) -> Report:
        """The report of all that was taken in."""
        findings, others = self.causes.reported()
        coverage = {name or "–": Coverage(number) for name, number in self.kinds.items()}
        return Report(findings, self.pages, line_of, coverage, others=others)

    def take(self, done: Done) -> None:
        """Take in a page."""
        self.found(done.findings)
        self.failed = self.failed or done.failed
        self.pages += done.read
        self.changed += [done.name] if done.changed else []
        if done.left_alone:
            self.left_alone[done.left_alone] += 1
        elif done.injected:
            self.kinds[done.page] = self.kinds.get(done.page, 0) + 1

    def write(self, path: Path, data: bytes | None) -> None:
        """Write, or delete with `None`, unless this is a dry run."""
        wrong = () if self.dry else written(path, data)
        self.found(wrong)
        self.failed = self.failed or bool(wrong)
        self.changed += [] if wrong else [shown(path)]


def written(path: Path, data: bytes | None) -> tuple[Diagnostic, ...]:
    """Write, or delete with `None`; why that could not be."""
    try:
        path.unlink() if data is None else write(path, data)
    except OSError as error:
        return reason(error, shown(path)).diagnostics
    return ()
