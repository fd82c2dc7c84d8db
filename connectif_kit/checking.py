"""`check`: build, inject and audit as one run, with one report and one exit status."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from connectif_kit.audit import session as auditing
from connectif_kit.audit.options import Options as Audited
from connectif_kit.build import writer
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import Diagnostic, KitError
from connectif_kit.core.files import reason
from connectif_kit.core.records import dataclass
from connectif_kit.inject import run as inject_run
from connectif_kit.inject import site as injecting
from connectif_kit.page.excerpt import line_of
from connectif_kit.plan.workspace import built_site, plan_here
from connectif_kit.reports import Outcome, Report
from connectif_kit.reports.causes import grouped

FINDINGS = 1


@dataclass(frozen=True, slots=True)
class Options:
    """The command line's options, named as there; everything has the default that it has there."""

    site: Path | None = None
    config: Path | None = None
    output: Path | None = None
    language: str = ""
    targets: tuple[str, ...] = ()
    verbose: bool = False
    jobs: int | None = None
    baseline: Path | None = None
    update_baseline: bool = False

    def __post_init__(self) -> None:
        self.audited()

    def audited(self, site: Path | None = None) -> Audited:
        """What the audit is asked for. Raises Misuse for options that do not go together."""
        return Audited(
            (str(site),) if site else (),
            self.config,
            baseline=self.baseline,
            update_baseline=self.update_baseline,
            verbose=self.verbose,
            jobs=self.jobs,
        )


def run(options: Options, console: Console) -> Outcome:
    """Each step, whatever the ones before have found. Raises KitError, Misuse where none can begin."""
    loaded, folder = plan_here(options.config)
    site = built_site(options.site, folder, loaded)
    first = [_outcome(lambda: _built(options, console)), _outcome(lambda: _injected(options, site, console))]
    found = dict.fromkeys(finding for step in first for finding in step.report.findings)
    last = _outcome(lambda: auditing.run(options.audited(site), console, also=found))
    failed = [step.status for step in first if step.status > FINDINGS]
    if isinstance(last, auditing.Done):
        return replace(last, status=max([last.status, *failed]))
    return _with(found, last)  # the audit did not run, and has not taken them in


def _built(options: Options, console: Console) -> Outcome:
    """Every finding by itself: the audit's report groups them."""
    asked = writer.Options(options.config, options.output, language=options.language, targets=options.targets)
    report = grouped(writer.run(asked, console), line_of, verbose=True)
    return Outcome(report, report.status)


def _injected(options: Options, site: Path, console: Console) -> Outcome:
    return injecting.run(inject_run.Options(site, options.config, verbose=True), console)


def _outcome(step: Callable[[], Outcome]) -> Outcome:
    """What keeps a step from its work is a finding; the other steps go on."""
    try:
        return step()
    except KitError as error:
        return Outcome(Report(error.diagnostics, line_of=line_of), 2)
    except OSError as error:
        return Outcome(Report(reason(error, "").diagnostics, line_of=line_of), 2)


def _with(found: Iterable[Diagnostic], last: Outcome) -> Outcome:
    everything = dict.fromkeys([*found, *last.report.findings])
    ordered = tuple(sorted(everything, key=lambda finding: finding.sort_key))
    return Outcome(replace(last.report, findings=ordered), 2)
