"""`inject` over a site: every page, then the files that pages load."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from connectif_kit.build import render
from connectif_kit.catalog import lookup
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity
from connectif_kit.core.files import (
    TEMPORARY,
    SiteFile,
    is_left_over,
    read_page,
    reason,
    site_pages,
)
from connectif_kit.core.messages import say
from connectif_kit.core.parallel import forks, jobs_for, parallel_map
from connectif_kit.core.wording import counted, shown, shown_in
from connectif_kit.inject.assets import assets
from connectif_kit.inject.page import Injected, Kit, ProductOn, inject, kit_for, located, strip
from connectif_kit.inject.run import Done, Options, Run, written
from connectif_kit.inject.sources import refuse_sources
from connectif_kit.page.html import Source, TemplateSign, decode, template_sign
from connectif_kit.page.special import counted as left_alone
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.workspace import built_site, module_reader, plan_here
from connectif_kit.reports import Outcome
from connectif_kit.reports.causes import FindingGroups

FEW = 3
"""Findings of one cause in one file that are all named."""


def run(options: Options, console: Console) -> Outcome:
    """Put the integration into a site, or take it out. Raises KitError, Misuse where that cannot begin."""
    loaded, folder = plan_here(options.config)
    root = built_site(options.site, folder, loaded)
    causes = FindingGroups(verbose=options.verbose, few=FEW)
    dry, anything = options.dry_run or options.check, options.force or options.force_sources
    site = Run(root, dry, options.force, anything, causes)
    if not options.remove:
        site.found(loaded.notes)
    _carried_out(site, options, loaded, folder)
    _say(site, options, console)
    if options.check:
        site.found(map(_stale, site.changed))
    return Outcome(site.report(), 2 if site.failed else int(site.serious))


def _stale(name: str) -> Diagnostic:
    message = say("the file is not up to date")
    return Diagnostic(
        "stale-file", Severity.WARNING, message, Place(name), say("`connectif-kit inject` renews it")
    )


def _carried_out(run: Run, options: Options, loaded: LoadedPlan, folder: Path) -> None:
    """Pages first, then the files that they load."""
    files: dict[str, str] = {}
    if options.remove:
        _each_page(run, None, None)
    else:
        if not run.anything:
            refuse_sources(run.site, folder)
        files = render(loaded, module_reader(folder))
        product, problems = lookup(loaded, folder)
        run.found(problems)
        kit = kit_for(loaded, files, development=options.development, hydrated=options.hydrated)
        _each_page(run, kit, product)
    assets(run, loaded.plan, files)


def _each_page(run: Run, kit: Kit | None, product: ProductOn | None) -> None:
    found = list(site_pages(run.site, run.others))
    _take_away_left_overs(run)
    run.found(file for file in found if not isinstance(file, SiteFile))
    files = [file for file in found if isinstance(file, SiteFile)]
    if kit and not found:
        run.found([_empty(run.site)])
    if kit:
        files = [file for file in files if not kit.loaded.plan.ignored(file.url_path)]
    # A catalogue is not sent to other processes, only inherited.
    jobs = jobs_for(len(files)) if forks() else 1
    for done in parallel_map(files, lambda: _worker(run, kit, product), _killed, jobs):
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


def _worker(
    run: Run, kit: Kit | None, product: ProductOn | None
) -> Callable[[Sequence[SiteFile]], list[Done]]:
    name = shown_in(run.site)

    def work(files: Sequence[SiteFile]) -> list[Done]:
        return [_page(run, file, name(file.relative), kit, product) for file in files]

    return work


def _killed(file: SiteFile) -> Done:
    message = say("the process that worked on this page was killed")
    found = Diagnostic("internal-error", Severity.ERROR, message, Place(shown(file.path)))
    return Done(shown(file.path), (found,), failed=True)


def _page(run: Run, file: SiteFile, name: str, kit: Kit | None, product: ProductOn | None) -> Done:
    """Work on a page; what goes wrong with it is reported, and the others go on."""
    try:
        return _one_page(run, file, name, kit, product)
    except KitError as error:
        return Done(name, error.diagnostics)
    except OSError as error:
        return Done(name, reason(error, name).diagnostics, failed=True)


def _one_page(run: Run, file: SiteFile, name: str, kit: Kit | None, product: ProductOn | None) -> Done:
    data = read_page(file.file)
    source = decode(name, data)
    stripped = strip(source, force=run.force)
    if stripped.problems:
        return Done(name, stripped.problems, read=True)
    bare = source if stripped.text is source.text else replace(source, text=stripped.text)
    injected = Injected(bare.text)
    if kit and not run.anything and (sign := template_sign(bare.text)):
        return Done(name, tuple(located([_template(bare, sign)], bare, source)), read=True)
    if kit and product:
        injected = inject(bare, file.url_path, kit, product)
    new = source.encode(injected.text)
    wrong = written(file.path, new) if new != data and not run.dry else ()
    changed = new != data and not wrong
    lies = replace(source, text=injected.text) if changed and not run.dry else source
    findings = (*located(injected.notes, bare, lies), *wrong)
    return Done(
        name,
        findings,
        injected.page,
        changed,
        read=True,
        injected=kit is not None,
        failed=bool(wrong),
        left_alone=injected.left_alone,
    )


def _template(source: Source, sign: TemplateSign) -> Diagnostic:
    code = " ".join(sign.code.split())
    message = say(
        "the file is a template, not a built page: `{code}` has not run; it is left alone", code=code
    )
    hint = say("leave it out with `site.ignore`, or use --force-sources")
    place = source.place(sign.offset, sign.offset + len(sign.code))
    return Diagnostic("page-is-template", Severity.WARNING, message, place, hint)


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
