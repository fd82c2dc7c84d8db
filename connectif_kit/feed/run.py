"""The product feed of a plan: which products it holds, where it goes, and when it must not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import BinaryIO

from connectif_kit.catalog import lookup, open_catalogue
from connectif_kit.catalog.causes import FindingGroups
from connectif_kit.core import objects
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.files import SiteFile, read_page, replacing, site_pages
from connectif_kit.core.gc_control import paused_gc
from connectif_kit.core.objects import is_remote, read_ahead
from connectif_kit.core.records import dataclass
from connectif_kit.core.wording import shown
from connectif_kit.feed import Firsts, authorised_only, products_in, rss, table
from connectif_kit.page.excerpt import line_of
from connectif_kit.page.html import decode, parse
from connectif_kit.page.html.engine import notice
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.models import PAGE_DATA
from connectif_kit.plan.workspace import built_site, plan_here
from connectif_kit.reports import Outcome, Report
from connectif_kit.vocabulary.model import Record

MOST_LOST = 0.1
"""Part of the last feed's products that may be gone without a question."""


class _Refused(Exception):  # noqa: N818 - no error of a program: it unwinds what was written
    """Why the file stays as it is."""


@dataclass(frozen=True, slots=True)
class Options:
    """The command line's options, named as there; everything has the default that it has there."""

    site: str | None = None
    config: Path | None = None
    output: Path | None = None
    format: str = "rss"
    strict: bool = False
    force: bool = False


@dataclass(slots=True)
class _Run:
    """What one run has seen."""

    loaded: LoadedPlan
    folder: Path
    site: str | None
    strict: bool
    force: bool
    console: Console
    written: int = 0
    left_out: int = 0
    unread: bool = False
    set_aside: Counter[str] = field(default_factory=Counter)
    whole: list[Diagnostic] = field(default_factory=list)
    causes: FindingGroups = field(default_factory=FindingGroups)

    def tell(self, finding: Diagnostic) -> None:
        """Keep a finding; an error is a product left out."""
        self.left_out += finding.severity is Severity.ERROR
        self.keep(finding)

    def keep(self, finding: Diagnostic) -> None:
        """Keep a finding; one cause in many products is one finding."""
        self.causes.add(finding)

    @property
    def findings(self) -> list[Diagnostic]:
        """What there is to say."""
        return [*self.causes.reported(), *self.whole]

    def settle(self, output: Path | None) -> None:
        """Give up a file without products, or with far fewer than the last one; under `--strict`, also one
        where a product is left out.

        The platform discontinues what a feed lacks: a broken one must not take a good one's place.
        """
        if self.strict and self.left_out:
            raise _Refused("nothing is written: --strict")
        if output and not self.written:
            there = f"{shown(output)} stays as it was" if output.exists() else "nothing is written"
            raise _Refused(f"{there}: a feed without products is not a feed")
        if output and output.is_file() and not self.force:
            self.compare(output)

    def compare(self, last: Path) -> None:
        """Give up a feed that lacks more than a tenth of the last one's products."""
        before = products_in(last)
        if self.written < before * (1 - MOST_LOST):
            said = f"{before:,} products are in it, {self.written:,} would be: more than a tenth are gone"
            raise _Refused(f"{shown(last)} stays as it was: {said}; --force writes it all the same")


def run(options: Options, standard_output: BinaryIO, console: Console) -> Outcome:
    """Write the feed. Raises KitError and OSError, Misuse where there is no site."""
    loaded, folder = plan_here(options.config)
    one = _Run(loaded, folder, options.site, options.strict, options.force, console)
    try:
        with _opened(options, standard_output) as stream:
            for piece in _pieces(one, options.format):
                stream.write(piece)
            one.settle(options.output)
    except _Refused as refused:
        done = _done(one, str(refused))
        return Outcome(done.report, max(done.status, 1))
    return _done(one, f"in {shown(options.output)}" if options.output else "written")


@contextmanager
def _opened(options: Options, standard_output: BinaryIO) -> Iterator[BinaryIO]:
    """The file, which changes only if all goes well; or standard output, likewise if it must."""
    if options.output:
        with replacing(options.output) as stream:
            yield stream
    elif options.strict:
        with TemporaryFile() as spool:
            yield spool
            spool.seek(0)
            copyfileobj(spool, standard_output)
    else:
        yield standard_output


def _pieces(run: _Run, format_: str) -> Iterator[bytes]:
    products, plan = _firsts(run), run.loaded.plan
    if format_ == "rss":
        _check_currency(run)
        yield from _encoded(run, rss(products, plan, run.tell))
        run.written -= 2  # what stands before and after the products
        return
    with TemporaryFile() as spool:
        yield from _encoded(run, table(products, run.tell, spool))
        run.written -= 1  # the header


def _check_currency(run: _Run) -> None:
    if not run.loaded.plan.store.currency:
        message = "the feed's prices have no currency, and Google's format needs one"
        place, hint = run.loaded.place("store"), "add `currency: EUR`, or yours, to `store`"
        run.tell(Diagnostic("no-currency", Severity.WARNING, message, place, hint))


def _encoded(run: _Run, pieces: Iterator[str]) -> Iterator[bytes]:
    """Many pieces at once: a write for each product would be most of the work."""
    while some := list(islice(pieces, 500)):
        run.written += len(some)
        yield "".join(some).encode("utf-8", "replace")


def _firsts(run: _Run) -> Iterator[tuple[Place, Record]]:
    """The products that a feed may hold: at authorised addresses, each id once."""
    firsts = Firsts()
    yield from firsts.of(authorised_only(_products(run), run.loaded.plan, run.tell))
    run.left_out += firsts.repeated
    for finding in firsts.reported():
        run.keep(finding)


def _products(run: _Run) -> Iterator[tuple[Place, Record]]:
    """The plan's products and where each is: rows of a file, or pages."""
    source = run.loaded.plan.catalog.source
    return _in_pages(run) if source is None or source in PAGE_DATA else _in_file(run)


def _in_file(run: _Run) -> Iterator[tuple[Place, Record]]:
    catalogue = open_catalogue(run.loaded, run.folder)
    with paused_gc():  # rows and records hold no rings, and looking for some is a tenth of the time
        yield from catalogue.placed()
    run.left_out += catalogue.left_out
    run.unread = not catalogue.seen and bool(catalogue.problems)
    run.set_aside = catalogue.set_aside
    run.whole += catalogue.problems


def _in_pages(run: _Run) -> Iterator[tuple[Place, Record]]:
    if message := notice():
        run.console.say(message)
    plan = run.loaded.plan
    product_on, _ = lookup(run.loaded, run.folder)
    for file, data in _product_pages(run):
        path = file.file if is_remote(file.file) else shown(file.path)
        page = parse(decode(path, data))
        try:
            name = plan.page_at(file.url_path) or ""
            found = product_on(page, file.url_path, plan.pages[name])
        finally:
            page.release()
        for problem in found.diagnostics:
            run.tell(problem)
        if found.record:
            yield Place(path), found.record


def _product_pages(run: _Run) -> Iterator[tuple[SiteFile, bytes]]:
    """The site's product pages with their bytes; what cannot be read is reported."""
    if run.site and is_remote(run.site):
        found = read_ahead(file for file in objects.pages(run.site) if _is_product(run, file))
    else:
        found = ((file, read_page(file.file)) for file in _files(run) if _is_product(run, file))
    for file, data in found:
        if isinstance(data, OSError):
            message = data.strerror or str(data)
            run.tell(Diagnostic("file-error", Severity.ERROR, message, Place(file.file)))
        else:
            yield file, data


def _files(run: _Run) -> Iterator[SiteFile]:
    site = Path(run.site) if run.site else None
    for file in site_pages(built_site(site, run.folder, run.loaded)):
        if isinstance(file, Diagnostic):
            run.tell(file)
        else:
            yield file


def _is_product(run: _Run, file: SiteFile) -> bool:
    plan = run.loaded.plan
    name = None if plan.ignored(file.url_path) else plan.page_at(file.url_path)
    return name is not None and plan.kind_of(name) == "product"


def _done(run: _Run, what: str) -> Outcome:
    """Say what became of the products."""
    out = f", {run.left_out:,} left out" if run.left_out else ""
    for why, count in run.set_aside.items():
        run.console.say(f"not taken: {count:,} {why}")
    run.console.say(f"{run.written:,} products{out}: {what}")
    if not run.written:
        run.console.say("the platform discontinues what a feed lacks: check `catalog:` in the plan")
    report = Report((*run.loaded.notes, *run.findings), line_of=line_of)
    return Outcome(report, 2 if run.unread else report.status or int(not run.written))
