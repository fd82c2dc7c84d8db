"""`check`: build, inject and audit as one run, with one report and one exit status."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from connectif_kit.audit import session as auditing
from connectif_kit.audit.options import Options as Audited
from connectif_kit.build import writer
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import KitError
from connectif_kit.core.files import reason
from connectif_kit.inject import site as injecting
from connectif_kit.page.excerpt import line_of
from connectif_kit.plan.workspace import built_site, plan_here
from connectif_kit.reports import Outcome, Report
from connectif_kit.reports.causes import grouped


@dataclass(frozen=True, slots=True)
class Options:
    """The command line's options, named as there; everything has the default that it has there."""

    site: Path | None = None
    config: Path | None = None
    output: Path | None = None
    targets: tuple[str, ...] = ()
    verbose: bool = False
    jobs: int | None = None


def run(options: Options, console: Console) -> Outcome:
    """Each step, whatever the ones before have found. Raises KitError, Misuse where none can begin."""
    loaded, folder = plan_here(options.config)
    site = built_site(options.site, folder, loaded)
    steps = (
        lambda: _built(options, console),
        lambda: injecting.run(injecting.Options(site, options.config, verbose=options.verbose), console),
        lambda: _audited(options, str(site), console),
    )
    return _as_one([_outcome(step) for step in steps])


def _built(options: Options, console: Console) -> Outcome:
    asked = writer.Options(options.config, options.output, targets=options.targets)
    report = grouped(writer.run(asked, console), line_of, verbose=options.verbose)
    return Outcome(report, report.status)


def _audited(options: Options, site: str, console: Console) -> Outcome:
    asked = Audited((site,), options.config, verbose=options.verbose, jobs=options.jobs)
    return auditing.run(asked, console)


def _outcome(step: Callable[[], Outcome]) -> Outcome:
    """What keeps a step from its work is a finding; the other steps go on."""
    try:
        return step()
    except KitError as error:
        return Outcome(Report(error.diagnostics, line_of=line_of), 2)
    except OSError as error:
        return Outcome(Report(reason(error, "").diagnostics, line_of=line_of), 2)


def _as_one(steps: Sequence[Outcome]) -> Outcome:
    """The audit's report, which looks at every page, with what the steps before it have found besides."""
    last = steps[-1].report
    found = dict.fromkeys(finding for step in steps for finding in step.report.findings)
    others = {finding: more for step in steps for finding, more in step.report.others.items()}
    ordered = tuple(sorted(found, key=lambda finding: finding.sort_key))
    return Outcome(replace(last, findings=ordered, others=others), max(step.status for step in steps))
