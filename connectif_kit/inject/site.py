"""`inject` over a site: every page, then the files that pages load."""

from __future__ import annotations

from pathlib import Path

from connectif_kit.catalog import lookup
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.files import TEMPORARY, SiteFile, is_left_over, site_pages
from connectif_kit.core.messages import say
from connectif_kit.core.wording import counted, shown
from connectif_kit.inject.assets import assets
from connectif_kit.inject.in_order import Memory, memory_of
from connectif_kit.inject.page import Kit, ProductOn
from connectif_kit.inject.pages import Work, worked_on
from connectif_kit.inject.prepared import prepared
from connectif_kit.inject.run import Options, Run
from connectif_kit.inject.sources import refuse_sources
from connectif_kit.page.special import counted as left_alone
from connectif_kit.plan import frozen
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.workspace import built_site, plan_here
from connectif_kit.reports import Outcome
from connectif_kit.reports.causes import FindingGroups

FEW = 3
"""Findings of one cause in one file that are all named."""


def run(options: Options, console: Console, plan: LoadedPlan | None = None, key: bytes = b"") -> Outcome:
    """Put the integration into a site, or take it out.

    `plan` is the plan, if read already, and `key` its key from before that. Raises KitError, Misuse where
    the run cannot begin.
    """
    key = key or frozen.key_here(options.config)
    loaded, folder = (plan, plan.config.parent.resolve()) if plan else plan_here(options.config)
    root = built_site(options.site, folder, loaded)
    causes = FindingGroups(verbose=options.verbose, few=FEW)
    dry, anything = options.dry_run or options.check, options.force or options.force_sources
    site = Run(root, dry, options.force, anything, causes)
    if not options.remove:
        site.found(loaded.notes)
    _carried_out(site, options, loaded, folder, key)
    _say(site, options, console)
    if options.check:
        site.found(map(_stale, site.changed))
    return Outcome(site.report(), 2 if site.failed else int(site.serious))


def _stale(name: str) -> Diagnostic:
    message = say("the file is not up to date")
    return Diagnostic(
        "stale-file", Severity.WARNING, message, Place(name), say("`connectif-kit inject` renews it")
    )


def _carried_out(run: Run, options: Options, loaded: LoadedPlan, folder: Path, key: bytes) -> None:
    """Pages first, then the files that they load."""
    if options.remove:
        _each_page(run, None, None, memory_of(options, folder, key))
        assets(run, loaded.plan, {})
        return
    if not run.anything:
        refuse_sources(run.site, folder)
    if not options.no_cache:  # only now: what is refused leaves nothing behind
        frozen.keep(loaded, key)
    made = prepared(loaded, folder, options, key)
    memory = memory_of(options, folder, key, made.mark, loaded.plan.catalog.files)
    product, problems = lookup(loaded, folder)
    run.found(problems)
    _each_page(run, made.kit, product, memory if memory and memory.is_still(options) else None)
    assets(run, loaded.plan, made.files)


def _each_page(run: Run, kit: Kit | None, product: ProductOn | None, memory: Memory | None) -> None:
    found = list(site_pages(run.site, run.others))
    _take_away_left_overs(run)
    run.found(file for file in found if not isinstance(file, SiteFile))
    files = [file for file in found if isinstance(file, SiteFile)]
    if kit and not found:
        run.found([_empty(run.site)])
    if kit:
        files = [file for file in files if not kit.loaded.plan.ignored(file.url_path)]
    for done in worked_on(files, Work(run.site, run.dry, run.force, run.anything, kit, product), memory):
        run.take(done)


def _empty(site: Path) -> Diagnostic:
    """A folder without pages is what a build leaves that has failed: no run on it may look like success."""
    message = say("there is no page in this folder")
    hint = say("build your site first, or correct `site.root`")
    return Diagnostic("no-pages", Severity.WARNING, message, Place(shown(site)), hint)


def _take_away_left_overs(run: Run) -> None:
    """Files that killed runs were about to put in place."""
    for relative in run.others:
        if relative.endswith(TEMPORARY) and is_left_over(run.site / relative):
            run.write(run.site / relative, None)


def _say(run: Run, options: Options, console: Console) -> None:
    """Which files would change, and what became of the pages."""
    if run.dry:
        for name in run.changed:
            console.show(f"{name}\n")
    verb = "would change" if run.dry else "changed"
    kinds = ", ".join(
        f"{number} {name or 'of no planned kind'}" for name, number in sorted(run.kinds.items(), key=str)
    )
    what = "without our marks" if options.remove else kinds
    which = f" ({what})" if what else ""
    console.say(f"{counted(run.pages, 'page')}{which}: {counted(len(run.changed), 'file')} {verb}")
    if alone := left_alone(run.left_alone):
        console.say(alone)
