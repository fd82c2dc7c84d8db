"""`inject` over a site: every page, then the files that pages load."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from connectif_kit.build import render
from connectif_kit.build.stamp import is_ours
from connectif_kit.catalog import lookup
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity
from connectif_kit.core.files import (
    TEMPORARY,
    SiteFile,
    is_built,
    is_left_over,
    read_page,
    reason,
    shop_root,
    site_pages,
    write,
)
from connectif_kit.core.generators import proposal, signs_of_sources
from connectif_kit.core.messages import say
from connectif_kit.core.parallel import forks, jobs_for, parallel_map
from connectif_kit.core.wording import counted, shown, shown_in
from connectif_kit.inject.page import Injected, Kit, ProductOn, inject, kit_for, located, strip
from connectif_kit.page.excerpt import line_of
from connectif_kit.page.html import Source, TemplateSign, decode, template_sign
from connectif_kit.page.special import counted as left_alone
from connectif_kit.page.workers import imported_by_worker, lacking
from connectif_kit.plan.load import LoadedPlan
from connectif_kit.plan.models import Plan
from connectif_kit.plan.workspace import built_site, module_reader, plan_here
from connectif_kit.reports import Coverage, Outcome, Report
from connectif_kit.reports.causes import FindingGroups
from connectif_kit.vocabulary.platform import DISPATCHERS


@dataclass(frozen=True, slots=True)
class _Done:
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


FEW = 3
"""Findings of one cause in one file that are all named."""


@dataclass(slots=True)
class _Run:
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
        findings, others = self.causes.told()
        coverage = {name or "–": Coverage(number) for name, number in self.kinds.items()}
        return Report(findings, self.pages, line_of, coverage, others=others)

    def take(self, done: _Done) -> None:
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
        wrong = () if self.dry else _written(path, data)
        self.found(wrong)
        self.failed = self.failed or bool(wrong)
        self.changed += [] if wrong else [shown(path)]


def _written(path: Path, data: bytes | None) -> tuple[Diagnostic, ...]:
    """Write, or delete with `None`; why that could not be."""
    try:
        path.unlink() if data is None else write(path, data)
    except OSError as error:
        return reason(error, shown(path)).diagnostics
    return ()


def run(options: Options, console: Console) -> Outcome:
    """Put the integration into a site, or take it out. Raises KitError, Misuse where that cannot begin."""
    loaded, folder = plan_here(options.config)
    root = built_site(options.site, folder, loaded)
    causes = FindingGroups(verbose=options.verbose, few=FEW)
    dry, anything = options.dry_run or options.check, options.force or options.force_sources
    site = _Run(root, dry, options.force, anything, causes)
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


def _carried_out(run: _Run, options: Options, loaded: LoadedPlan, folder: Path) -> None:
    """Pages first, then the files that they load."""
    files: dict[str, str] = {}
    if options.remove:
        _each_page(run, None, None)
    else:
        if not run.anything:
            _refuse_sources(run.site, folder)
        files = render(loaded, module_reader(folder))
        product, problems = lookup(loaded, folder)
        run.found(problems)
        kit = kit_for(loaded, files, development=options.development, hydrated=options.hydrated)
        _each_page(run, kit, product)
    _assets(run, loaded.plan, files)


def _refuse_sources(site: Path, folder: Path) -> None:
    """Raises KitError where a folder holds what pages are made of, and no pages that anybody deploys."""
    signs = [*signs_of_sources(site), *_templates_in(site)]
    if not signs:
        return
    found = proposal(site if site.resolve() == folder else folder)
    built = found.root if found.root not in ("", ".") else ""
    name = (
        say("the folder that is built, `{built}`", built=built)
        if built
        else say("the folder that you deploy")
    )
    build = (
        say(" (`{build}` makes it)", build=found.generator.build)
        if found.generator and not found.is_built
        else ""
    )
    hint = say(
        "name {name}{build}; --force-sources, if the files in here are what you deploy",
        name=name,
        build=build,
    )
    message = say("this folder looks like sources and no built site: {signs}", signs="; ".join(signs))
    raise KitError.at(Place(shown(site), 0), "source-tree", message, hint)


SAMPLE = 200
"""Pages that are looked at for templates before anything is written."""


def _templates_in(site: Path) -> Iterator[str]:
    """Whether most pages of a folder are templates."""
    pages = (found for found in site_pages(site) if isinstance(found, SiteFile))
    looked, signs = 0, list[str]()
    for file in islice(pages, SAMPLE):
        looked += 1
        try:
            text = read_page(file.file).decode("utf-8", "replace")
        except OSError:
            continue
        if sign := template_sign(text):
            signs.append(
                say("{relative} holds `{split}`", relative=file.relative, split=" ".join(sign.code.split()))
            )
    if 2 * len(signs) >= max(looked, 1):
        yield say(
            "{sign}, {templates} of {looked} pages are templates",
            sign=signs[0],
            templates=len(signs),
            looked=looked,
        )


def _each_page(run: _Run, kit: Kit | None, product: ProductOn | None) -> None:
    found = list(site_pages(run.site, run.others))
    _take_away_left_overs(run)
    run.found(file for file in found if not isinstance(file, SiteFile))
    files = [file for file in found if isinstance(file, SiteFile)]
    if kit:
        files = [file for file in files if not kit.loaded.plan.ignored(file.url_path)]
    # A catalogue is not sent to other processes, only inherited.
    jobs = jobs_for(len(files)) if forks() else 1
    for done in parallel_map(files, lambda: _worker(run, kit, product), _killed, jobs):
        run.take(done)


def _take_away_left_overs(run: _Run) -> None:
    """Files that killed runs were about to put in place."""
    for relative in run.others:
        if relative.endswith(TEMPORARY) and is_left_over(run.site / relative):
            run.write(run.site / relative, None)


def _worker(
    run: _Run, kit: Kit | None, product: ProductOn | None
) -> Callable[[Sequence[SiteFile]], list[_Done]]:
    name = shown_in(run.site)

    def work(files: Sequence[SiteFile]) -> list[_Done]:
        return [_page(run, file, name(file.relative), kit, product) for file in files]

    return work


def _killed(file: SiteFile) -> _Done:
    message = say("the process that worked on this page was killed")
    found = Diagnostic("internal-error", Severity.ERROR, message, Place(shown(file.path)))
    return _Done(shown(file.path), (found,), failed=True)


def _page(run: _Run, file: SiteFile, name: str, kit: Kit | None, product: ProductOn | None) -> _Done:
    """Work on a page; what goes wrong with it is told, and the others go on."""
    try:
        return _one_page(run, file, name, kit, product)
    except KitError as error:
        return _Done(name, error.diagnostics)
    except OSError as error:
        return _Done(name, reason(error, name).diagnostics, failed=True)


def _one_page(run: _Run, file: SiteFile, name: str, kit: Kit | None, product: ProductOn | None) -> _Done:
    data = read_page(file.file)
    source = decode(name, data)
    stripped = strip(source, force=run.force)
    if stripped.problems:
        return _Done(name, stripped.problems, read=True)
    bare = source if stripped.text is source.text else replace(source, text=stripped.text)
    injected = Injected(bare.text)
    if kit and not run.anything and (sign := template_sign(bare.text)):
        return _Done(name, tuple(located([_template(bare, sign)], bare, source)), read=True)
    if kit and product:
        injected = inject(bare, file.url_path, kit, product)
    new = source.encode(injected.text)
    wrong = _written(file.path, new) if new != data and not run.dry else ()
    changed = new != data and not wrong
    lies = replace(source, text=injected.text) if changed and not run.dry else source
    findings = (*located(injected.notes, bare, lies), *wrong)
    return _Done(
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
        "the file is a template and no built page: `{code}` has not run; it is left alone", code=code
    )
    hint = say("leave it out with `site.ignore`, or use --force-sources")
    place = source.place(sign.offset, sign.offset + len(sign.code))
    return Diagnostic("page-is-template", Severity.WARNING, message, place, hint)


def _assets(run: _Run, plan: Plan, files: dict[str, str]) -> None:
    """The dispatcher and the worker beside the pages; what is ours and no longer wanted goes."""
    wanted = dict(_wanted(plan, files))
    home = shop_root(run.site, plan.store.base)
    assets = home / plan.site.assets.strip("/")
    wanted |= _copies(run, home, wanted)
    places = {*wanted, *_own_assets(assets, home)}
    if plan.service_worker:
        places.add(plan.service_worker.path.strip("/"))
    for place in sorted(places):
        path, text = home / place, wanted.get(place)
        there = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
        if text is None and is_built(path.parent):
            continue  # `build` wrote it, or what a generator has copied of that
        if _is_elsewhere(path, run.site) or (there is not None and not is_ours(place, there)):
            run.found(_foreign(path, there or "", text) if text is not None else ())
        elif text != there:
            run.write(path, text.encode() if text is not None else None)
    emptied = not files and not run.dry and assets.is_dir() and not assets.is_symlink()
    if emptied and not any(assets.iterdir()):
        assets.rmdir()


def _is_elsewhere(path: Path, site: Path) -> bool:
    """Whether a link, dangling or not, or something that is no file stands at a path or leads it out."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return True
    return not path.parent.resolve().is_relative_to(site.resolve())


def _wanted(plan: Plan, files: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in DISPATCHERS:
        if name in files:
            yield f"{plan.site.assets.strip('/')}/{name}", files[name]
    if plan.service_worker and "service-worker.js" in files:
        yield plan.service_worker.path.strip("/"), files["service-worker.js"]


def _own_assets(folder: Path, root: Path) -> Iterator[str]:
    return (path.relative_to(root).as_posix() for path in folder.glob("connectif-events*.js"))


def _copies(run: _Run, home: Path, wanted: dict[str, str]) -> dict[str, str]:
    """Further places where a file of ours lies that is wanted: a generator may have copied it there."""
    by_name = {place.rpartition("/")[2]: text for place, text in wanted.items()}
    found = {}
    for relative in run.others:
        name, path = relative.rpartition("/")[2], run.site / relative
        if name not in by_name or not path.is_relative_to(home) or path.is_symlink() or not path.is_file():
            continue
        if is_ours(name, path.read_text(encoding="utf-8", errors="replace")):
            found[path.relative_to(home).as_posix()] = by_name[name]
    return found


def _foreign(path: Path, there: str, text: str) -> Iterator[Diagnostic]:
    """A file of somebody else's stands where ours should be: say how to join them."""
    is_worker, missing = bool(imported_by_worker(text)), lacking(there, text)
    if is_worker and not missing:
        return
    line = f"importScripts({', '.join(json.dumps(each) for each in missing)});"
    hint = (
        say("add this line at its top: {line}", line=line)
        if is_worker
        else say("move it, or set `site.assets`")
    )
    message = say("a file that the kit did not write stands here and is left alone")
    yield Diagnostic("foreign-file", Severity.ERROR, message, Place(shown(path)), hint)


def _say(run: _Run, options: Options, console: Console) -> None:
    """Which files would change, and what became of the pages."""
    if run.dry:
        for name in run.changed:
            console.show(f"{name}\n")
    verb = "would change" if run.dry else "changed"
    kinds = ", ".join(
        f"{number} {name or 'of no planned kind'}" for name, number in sorted(run.kinds.items(), key=str)
    )
    what = "without our marks" if options.remove else kinds
    console.say(f"{counted(run.pages, 'page')} ({what}): {counted(len(run.changed), 'file')} {verb}")
    if alone := left_alone(run.left_alone):
        console.say(alone)
