"""`connectif-kit feed`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from connectif_kit.cli._shared import built_site, config_option, load_plan, show, shown

if TYPE_CHECKING:
    from connectif_kit.catalog.causes import Causes
    from connectif_kit.diagnostics import Diagnostic, Place
    from connectif_kit.model import Record
    from connectif_kit.plan import Loaded

MOST_LOST = 0.1
"""Part of the last feed's products that may be gone without a question."""


def _causes() -> Causes:
    from connectif_kit.catalog.causes import Causes

    return Causes()


class _Refused(Exception):  # noqa: N818 - no error of a program: it unwinds what was written
    """Why the file stays as it is."""


@dataclass(slots=True)
class _Run:
    """What one run has seen."""

    loaded: Loaded
    folder: Path
    site: Path | None
    strict: bool
    force: bool
    written: int = 0
    left_out: int = 0
    unread: bool = False
    set_aside: Counter[str] = field(default_factory=Counter)
    whole: list[Diagnostic] = field(default_factory=list)
    causes: Causes = field(default_factory=_causes)

    def tell(self, finding: Diagnostic) -> None:
        """Keep a finding; an error is a product left out."""
        from connectif_kit.diagnostics import Severity

        self.left_out += finding.severity is Severity.ERROR
        self.keep(finding)

    def keep(self, finding: Diagnostic) -> None:
        """Keep a finding; one cause in many products is one finding."""
        self.causes.add(finding)

    @property
    def findings(self) -> list[Diagnostic]:
        """What there is to say."""
        return [*self.causes.told(), *self.whole]

    def settle(self, output: Path | None) -> None:
        """Give up a file without products, or with far fewer than the last one; under `--strict`, also one
        where a product is left out.

        The platform discontinues what a feed lacks: a broken one must not take a good one's place.
        """
        if self.strict and self.left_out:
            raise _Refused("nothing is written: --strict")
        if output and not self.written:
            there = f"{shown(output)} stays as it was" if output.exists() else "nothing is written"
            raise _Refused(f"{there}: a feed without products is no feed")
        if output and output.is_file() and not self.force:
            self.compare(output)

    def compare(self, last: Path) -> None:
        """Give up a feed that lacks more than a tenth of the last one's products."""
        from connectif_kit.feed import products_in

        before = products_in(last)
        if self.written < before * (1 - MOST_LOST):
            said = f"{before:,} products are in it, {self.written:,} would be: more than a tenth are gone"
            raise _Refused(f"{shown(last)} stays as it was: {said}; --force writes it all the same")


@click.command()
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@config_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="File; - is standard output. [default: standard output]",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["rss", "csv"]),
    default="rss",
    show_default=True,
    help="The Google merchant feed, or the columns of a product import.",
)
@click.option("--strict", is_flag=True, help="Write nothing where a product would be left out.")
@click.option(
    "--force", is_flag=True, help="Write even if more than a tenth of the last feed's products are gone."
)
def command(
    site: Path | None, config: Path | None, output: Path | None, format_: str, strict: bool, force: bool
) -> int:
    """Write the product feed from the plan's catalogue.

    Where the plan reads products from the pages, they are those of SITE, or of `site.root`. A
    product that cannot be used is left out and told; the others go on."""
    loaded, folder = load_plan(config)
    run = _Run(loaded, folder, site, strict, force)
    output = None if output == Path("-") else output
    try:
        with _opened(output, strict) as stream:
            for piece in _pieces(run, format_):
                stream.write(piece)
            run.settle(output)
    except _Refused as refused:
        return max(_told(run, str(refused)), 1)
    return _told(run, f"in {shown(output)}" if output else "written")


@contextmanager
def _opened(output: Path | None, strict: bool) -> Iterator[BinaryIO]:
    """The file, which changes only if all goes well; or standard output, likewise if it must."""
    from shutil import copyfileobj
    from tempfile import TemporaryFile

    from connectif_kit.files import replacing

    if output:
        with replacing(output) as stream:
            yield stream
    elif strict:
        with TemporaryFile() as spool:
            yield spool
            spool.seek(0)
            copyfileobj(spool, sys.stdout.buffer)
    else:
        yield sys.stdout.buffer


def _pieces(run: _Run, format_: str) -> Iterator[bytes]:
    from tempfile import TemporaryFile

    from connectif_kit.feed import rss, table

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
    from connectif_kit.diagnostics import Diagnostic, Severity

    if not run.loaded.plan.store.currency:
        message = "the feed's prices have no currency, and Google's format needs one"
        place, hint = run.loaded.place("store"), "add `currency: EUR`, or yours, to `store`"
        run.tell(Diagnostic("no-currency", Severity.WARNING, message, place, hint))


def _encoded(run: _Run, pieces: Iterator[str]) -> Iterator[bytes]:
    """Many pieces at once: a write for each product would be most of the work."""
    from itertools import islice

    while some := list(islice(pieces, 500)):
        run.written += len(some)
        yield "".join(some).encode("utf-8", "replace")


def _firsts(run: _Run) -> Iterator[tuple[Place, Record]]:
    """The products that a feed may hold: at authorised addresses, each id once."""
    from connectif_kit.feed import Firsts, authorised_only

    firsts = Firsts()
    yield from firsts.of(authorised_only(_products(run), run.loaded.plan, run.tell))
    run.left_out += firsts.repeated
    for finding in firsts.told():
        run.keep(finding)


def _products(run: _Run) -> Iterator[tuple[Place, Record]]:
    """The plan's products and where each is: rows of a file, or pages."""
    from connectif_kit.plan.models import PAGE_DATA

    source = run.loaded.plan.catalog.source
    return _in_pages(run) if source is None or source in PAGE_DATA else _in_file(run)


def _in_file(run: _Run) -> Iterator[tuple[Place, Record]]:
    from connectif_kit.catalog import open_catalogue

    catalogue = open_catalogue(run.loaded, run.folder)
    yield from catalogue.placed()
    run.left_out += catalogue.left_out
    run.unread = not catalogue.seen and bool(catalogue.problems)
    run.set_aside = catalogue.set_aside
    run.whole += catalogue.problems


def _in_pages(run: _Run) -> Iterator[tuple[Place, Record]]:
    from connectif_kit.catalog import lookup
    from connectif_kit.diagnostics import Diagnostic, Place
    from connectif_kit.files import read_page, site_pages
    from connectif_kit.html import decode, parse

    plan = run.loaded.plan
    root = built_site(run.site, run.folder, run.loaded)
    product_on, _ = lookup(run.loaded, run.folder)
    for file in site_pages(root):
        if isinstance(file, Diagnostic):
            run.tell(file)
            continue
        name = None if plan.ignored(file.url_path) else plan.page_at(file.url_path)
        if name is None or plan.kind_of(name) != "product":
            continue
        page = parse(decode(shown(file.path), read_page(file.file)))
        found = product_on(page, file.url_path, plan.pages[name])
        for problem in found.diagnostics:
            run.tell(problem)
        if found.record:
            yield Place(shown(file.path)), found.record


def _told(run: _Run, what: str) -> int:
    from connectif_kit.diagnostics import Severity

    show(run.findings)
    out = f", {run.left_out:,} left out" if run.left_out else ""
    for rows, count in run.set_aside.items():
        click.echo(f"not taken: {count:,} {rows}", err=True)
    click.echo(f"{run.written:,} products{out}: {what}", err=True)
    if not run.written:
        click.echo("the platform discontinues what a feed lacks: check `catalog:` in the plan", err=True)
    if run.unread:
        return 2
    serious = any(finding.severity is not Severity.NOTICE for finding in run.findings)
    return 1 if serious or not run.written else 0
