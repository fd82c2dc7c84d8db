"""`connectif-kit inject`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connectif_kit.cli._shared import (
    built_site,
    counted,
    load_plan,
    module_reader,
    show,
    shown,
    shown_in,
)
from connectif_kit.cli._stores import in_turn, plans_option

if TYPE_CHECKING:
    from connectif_kit.diagnostics import Diagnostic
    from connectif_kit.files import SiteFile
    from connectif_kit.inject import Kit, ProductOn
    from connectif_kit.plan.models import Plan


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


@dataclass(slots=True)
class _Run:
    """One run over a site: what is asked, what was found."""

    site: Path
    dry: bool
    force: bool
    pages: int = 0
    changed: list[str] = field(default_factory=list)
    kinds: dict[str | None, int] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    failed: bool = False
    left_alone: Counter[str] = field(default_factory=Counter)

    def take(self, done: _Done) -> None:
        """Take in a page."""
        self.findings += done.findings
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
        self.findings += wrong
        self.failed = self.failed or bool(wrong)
        self.changed += [] if wrong else [shown(path)]


def _written(path: Path, data: bytes | None) -> tuple[Diagnostic, ...]:
    """Write, or delete with `None`; why that could not be."""
    from connectif_kit.files import reason, write

    try:
        path.unlink() if data is None else write(path, data)
    except OSError as error:
        return reason(error, shown(path)).diagnostics
    return ()


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@plans_option(in_turn)
@click.option("-n", "--dry-run", is_flag=True, help="Write nothing; name what would change.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where a page is not up to date.")
@click.option("--remove", is_flag=True, help="Take everything out again, byte for byte.")
@click.option("--development", is_flag=True, help="Use the dispatcher that checks each event and says so.")
@click.option("--force", is_flag=True, help="Replace blocks that were edited by hand.")
def command(
    site: Path | None,
    config: Path | None,
    dry_run: bool,
    check: bool,
    remove: bool,
    development: bool,
    force: bool,
) -> int:
    """Put the integration into the built pages of SITE.

    Loader, tags, dispatcher and service worker go in between marks; outside of them every byte
    stays, and running it twice changes nothing. SITE is `site.root` of the plan, if not given.
    """
    loaded, folder = load_plan(config)
    root = built_site(site, folder, loaded)
    run = _Run(root, dry_run or check, force)
    if remove:
        _each_page(run, None, None)
        files: dict[str, str] = {}
    else:
        from connectif_kit.catalog import lookup
        from connectif_kit.inject import kit_for
        from connectif_kit.render import render

        files = render(loaded, module_reader(folder))
        product, problems = lookup(loaded, folder)
        run.findings += problems
        _each_page(run, kit_for(loaded, files, development=development), product)
    _assets(run, loaded.plan, files)
    return _told(run, check=check, remove=remove)


def _each_page(run: _Run, kit: Kit | None, product: ProductOn | None) -> None:
    from connectif_kit.files import SiteFile, site_pages
    from connectif_kit.parallel import forks, jobs_for, shared_out

    found = list(site_pages(run.site))
    run.findings += [file for file in found if not isinstance(file, SiteFile)]
    files = [file for file in found if isinstance(file, SiteFile)]
    if kit:
        files = [file for file in files if not kit.loaded.plan.ignored(file.url_path)]
    # A catalogue is not sent to other processes, only inherited.
    jobs = jobs_for(len(files)) if forks() else 1
    for done in shared_out(files, lambda: _worker(run, kit, product), _killed, jobs):
        run.take(done)


def _worker(
    run: _Run, kit: Kit | None, product: ProductOn | None
) -> Callable[[Sequence[SiteFile]], list[_Done]]:
    name = shown_in(run.site)

    def work(files: Sequence[SiteFile]) -> list[_Done]:
        return [_page(run, file, name(file.relative), kit, product) for file in files]

    return work


def _killed(file: SiteFile) -> _Done:
    from connectif_kit.diagnostics import Diagnostic, Place, Severity

    message = "the process that worked on this page was killed"
    found = Diagnostic("internal-error", Severity.ERROR, message, Place(shown(file.path)))
    return _Done(shown(file.path), (found,), failed=True)


def _page(run: _Run, file: SiteFile, name: str, kit: Kit | None, product: ProductOn | None) -> _Done:
    """Work on a page; what goes wrong with it is told, and the others go on."""
    from connectif_kit.diagnostics import KitError
    from connectif_kit.files import reason

    try:
        return _one_page(run, file, name, kit, product)
    except KitError as error:
        return _Done(name, error.diagnostics)
    except OSError as error:
        return _Done(name, reason(error, name).diagnostics, failed=True)


def _one_page(run: _Run, file: SiteFile, name: str, kit: Kit | None, product: ProductOn | None) -> _Done:
    from connectif_kit.files import read_page
    from connectif_kit.html import decode
    from connectif_kit.inject import Injected, inject, strip

    data = read_page(file.file)
    source = decode(name, data)
    stripped = strip(source, force=run.force)
    if stripped.problems:
        return _Done(name, stripped.problems, read=True)
    injected = Injected(stripped.text)
    if kit and product:
        bare = source if stripped.text is source.text else replace(source, text=stripped.text)
        injected = inject(bare, file.url_path, kit, product)
    new = source.encode(injected.text)
    wrong = _written(file.path, new) if new != data and not run.dry else ()
    findings = (*injected.notes, *wrong)
    changed = new != data and not wrong
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


def _assets(run: _Run, plan: Plan, files: dict[str, str]) -> None:
    """The dispatcher and the worker beside the pages; what is ours and no longer wanted goes."""
    from connectif_kit.files import is_built, shop_root
    from connectif_kit.render.stamp import is_ours

    wanted = dict(_wanted(plan, files))
    home = shop_root(run.site, plan.store.base)
    assets = home / plan.site.assets.strip("/")
    places = {*wanted, *_own_assets(assets, home)}
    if plan.service_worker:
        places.add(plan.service_worker.path.strip("/"))
    for place in sorted(places):
        path, text = home / place, wanted.get(place)
        there = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
        if is_built(path.parent):
            run.findings += _unlike_built(path, there, text)
        elif _is_elsewhere(path, run.site) or (there is not None and not is_ours(place, there)):
            run.findings += _foreign(path, there or "", text) if text is not None else ()
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
    from connectif_kit.vocabulary.platform import DISPATCHERS

    for name in DISPATCHERS:
        if name in files:
            yield f"{plan.site.assets.strip('/')}/{name}", files[name]
    if plan.service_worker and "service-worker.js" in files:
        yield plan.service_worker.path.strip("/"), files["service-worker.js"]


def _own_assets(folder: Path, root: Path) -> Iterator[str]:
    return (path.relative_to(root).as_posix() for path in folder.glob("connectif-events*.js"))


def _unlike_built(path: Path, there: str | None, text: str | None) -> Iterator[Diagnostic]:
    """In the folder of `build` its files serve the pages as they are, if they are of the same plan."""
    from connectif_kit.diagnostics import Diagnostic, Place, Severity

    if text is not None and text != there:
        message = "the pages load this file, and `build` wrote it for another plan"
        yield Diagnostic(
            "stale-build", Severity.ERROR, message, Place(shown(path)), "run `connectif-kit build`"
        )


def _foreign(path: Path, there: str, text: str) -> Iterator[Diagnostic]:
    """A file of somebody else's stands where ours should be: say how to join them."""
    from connectif_kit.diagnostics import Diagnostic, Place, Severity
    from connectif_kit.html import without_comments

    imports = [line.strip() for line in text.splitlines() if "importScripts(" in line]
    code = without_comments(there)
    if imports and all(line in code for line in imports):
        return
    hint = f"add this line at its top: {' '.join(imports)}" if imports else "move it, or set `site.assets`"
    message = "a file that the kit did not write stands here and is left alone"
    yield Diagnostic("foreign-file", Severity.ERROR, message, Place(shown(path)), hint)


def _once(findings: list[Diagnostic]) -> Iterator[Diagnostic]:
    """The same, but what is said of a label is told once, with the number of pages."""
    from connectif_kit.inject import UNMATCHED
    from connectif_kit.plan.checks import LONG_LABEL

    counts = Counter(finding.message for finding in findings if finding.rule in (LONG_LABEL, UNMATCHED))
    for finding in findings:
        if finding.rule not in (LONG_LABEL, UNMATCHED):
            yield finding
        elif number := counts.pop(finding.message, 0):
            more = f", and on {number - 1:,} more" if number > 1 else ""
            yield replace(finding, message=finding.message + more)


def _told(run: _Run, *, check: bool, remove: bool) -> int:
    from connectif_kit.diagnostics import Severity
    from connectif_kit.page.special import counted as left_alone

    show(sorted(_once(run.findings), key=lambda finding: finding.sort_key))
    if run.dry:
        for name in run.changed:
            click.echo(name)
    verb = "would change" if run.dry else "changed"
    kinds = ", ".join(
        f"{number} {name or 'of no planned kind'}" for name, number in sorted(run.kinds.items(), key=str)
    )
    what = "without our marks" if remove else kinds
    click.echo(f"{counted(run.pages, 'page')} ({what}): {counted(len(run.changed), 'file')} {verb}", err=True)
    if alone := left_alone(run.left_alone):
        click.echo(alone, err=True)
    if run.failed:
        return 2
    serious = any(f.severity is not Severity.NOTICE for f in run.findings)
    return 1 if serious or (check and run.changed) else 0
