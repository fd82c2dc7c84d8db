"""One run of `audit`: pages through the workers, rules across them, baseline, report."""

from __future__ import annotations

import os
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from connectif_kit.cli import audit as cli
from connectif_kit.cli._shared import coloured, line_of, shown
from connectif_kit.diagnostics import Severity

if TYPE_CHECKING:
    from connectif_kit.audit.baseline import Baseline
    from connectif_kit.audit.engine import AnyRule, PageResult
    from connectif_kit.audit.memory import Memory, Witness
    from connectif_kit.audit.published import Published
    from connectif_kit.audit.run import Item, Setup
    from connectif_kit.audit.site import Row, Seen, Site, Wanted
    from connectif_kit.audit.suppress import Switch
    from connectif_kit.catalog import Catalogue
    from connectif_kit.cli._audit_fix import Fixing
    from connectif_kit.cli._audit_inputs import Inputs
    from connectif_kit.diagnostics import Diagnostic
    from connectif_kit.plan import Loaded
    from connectif_kit.reports import Report
    from connectif_kit.reports.causes import Causes


@dataclass(slots=True)
class Gathered:
    """What a run has found so far, in memory that does not grow with the pages' size."""

    causes: Causes
    baseline: Baseline | None = None
    seen: list[Seen] = field(default_factory=list)
    marks: list[bytes] = field(default_factory=list)
    held: dict[str, tuple[Switch, ...]] = field(default_factory=dict)
    coverage: dict[str, Counter[str]] = field(default_factory=dict)
    counts: Counter[Severity] = field(default_factory=Counter)
    failed: bool = False
    shard: list[tuple[str, str, str]] | None = None
    unread: list[Diagnostic] = field(default_factory=list)
    left_alone: Counter[str] = field(default_factory=Counter)
    informed: Callable[[PageResult], PageResult] = lambda result: result

    def page(self, result: PageResult) -> None:
        """Take in a page."""
        result = self.informed(result)
        self.failed = self.failed or result.failed
        if result.findings:
            self.findings(result.findings, result.url_path)
        self.seen.append(result.seen)
        self.marks.append(result.mark)
        if result.held:
            self.held[result.name] = result.held
        self._count(result)
        if self.shard is not None:
            from connectif_kit.audit import codec

            self.shard.append((result.name, result.url_path, codec.dump(result)))

    def _count(self, result: PageResult) -> None:
        if result.special:
            self.left_alone[result.special] += 1
            return
        name = result.page or "–"
        if name not in self.coverage:
            self.coverage[name] = Counter()
        self.coverage[name].update(["", *result.tags])

    def findings(self, found: Iterable[Diagnostic], url_path: str) -> None:
        """Take in findings of the page at an address, those that the baseline does not know."""
        kept = self.baseline.new(found, url_path) if self.baseline else list(found)
        self.counts.update(finding.severity for finding in kept)
        self.causes.add(kept)

    def unreadable(self, found: Iterable[Diagnostic]) -> None:
        """Take in what stands where a page could."""
        for finding in found:
            self.marks.append(b"")
            self.failed = self.failed or finding.severity is Severity.ERROR
            self.findings([finding], finding.place.path)
            self.unread.append(finding)

    @property
    def status(self) -> int:
        """The exit status: 2 where a page could not be looked at, 1 where something is wrong."""
        if self.failed:
            return 2
        return 1 if self.counts[Severity.ERROR] or self.counts[Severity.WARNING] else 0

    def report(self) -> Report:
        """The report of all that was taken in."""
        from connectif_kit.reports import Report

        findings, others = self.causes.told()
        alone = dict(self.left_alone)
        return Report(findings, len(self.seen), line_of, self.coverage, others=others, left_alone=alone)


def run(options: cli.Options) -> int:
    """Check once, or remember having checked; write the reports; the exit status."""
    memory = _memory(options) if options.collected is None else None
    told = memory.known() if memory else None
    if told is None or len(told.reports) != max(len(options.formats), 1):
        return _checked(options, memory)
    cli.tell(told.reports, options.formats)
    return told.status


def _checked(options: cli.Options, memory: Memory | None) -> int:
    from connectif_kit.audit.engine import chosen
    from connectif_kit.audit.memory import Told, Witness

    witness = Witness()
    rules = chosen(cli.names(options.select), cli.names(options.ignore))
    loaded, folder = cli.plan(options.config)
    if loaded:
        witness.saw(Path(loaded.document.path))
    given = cli.inputs(options, loaded, folder)
    setup = _setup(options, loaded, folder, rules, memory)
    gathered = gather(options)
    gathered.informed = informing(given, witness)
    unread: list[Diagnostic] = []
    items = _parted(_readable(given.items(), unread), options.shard)
    if options.fix:
        items = iter(list(items))  # nothing is mended before all that was named is found
    fixes = _fixing(options, setup) if options.fix else None
    for result in _results(items, setup, options):
        gathered.page(fixes(result) if fixes else result)
    gathered.unreadable(unread)
    if not options.shard:
        judge(site(given, gathered.seen, witness), rules, gathered)
    if options.fix and options.dry_run:
        return 2 if gathered.failed else int(bool(fixes and fixes.changed))
    tell_baseline(options, gathered, rules, complete=given.site is not None)
    if options.collected is not None:
        options.collected.append(gathered.report())
        return gathered.status
    reports = cli.reports(_sharded(gathered, options), options.formats)
    if memory and loaded and not loaded.notes and not gathered.failed:
        memory.keep(Told(gathered.status, reports), given.folders, gathered.marks, witness)
    cli.tell(reports, options.formats)
    return 0 if options.update_baseline and not gathered.failed else gathered.status


def _memory(options: cli.Options) -> Memory | None:
    """What remembers this run; nothing where it depends on more than the plan and folders of pages."""
    from connectif_kit.plan import find

    more = (options.no_cache, options.baseline, options.fix, options.shard, options.limit, options.as_path)
    path = options.config or find(Path.cwd())
    if any(more) or path is None or not path.is_file() or not all(map(os.path.isdir, options.paths)):
        return None
    from connectif_kit.audit.cache import Cache
    from connectif_kit.audit.memory import Memory

    asked = repr((replace(options, jobs=None), Path.cwd(), coloured(sys.stdout)))
    return Memory(Cache(path.parent.resolve()), _stamp(options, path), asked)


def _stamp(options: cli.Options, plan: Path) -> bytes:
    from connectif_kit import __version__
    from connectif_kit.audit.cache import stamp
    from connectif_kit.plan import content

    asked = [
        *(f"+{name}" for name in cli.names(options.select)),
        *(f"-{n}" for n in cli.names(options.ignore)),
    ]
    return stamp(content(plan), shown(plan), asked, __version__)


def judge(found: Site, rules: Iterable[AnyRule], gathered: Gathered) -> None:
    """Take in what the rules across pages find."""
    from connectif_kit.audit.engine import judge as across

    addresses = {seen.name: seen.url_path for seen in gathered.seen}
    for finding in across(found, rules, gathered.held):
        gathered.findings([finding], addresses.get(finding.place.path, ""))


def site(given: Inputs, seen: list[Seen], witness: Witness, *, complete: bool | None = None) -> Site:
    """What rules across pages may ask: pages, files of the site, the catalogue. `witness` sees files."""
    from connectif_kit.audit.site import Site
    from connectif_kit.files import real, shop_root

    root = given.site or given.root
    if root and root.is_dir() and given.loaded:
        root = shop_root(root, given.loaded.plan.store.base)

    def read(path: str) -> str | None:
        file = real(witness.saw(root / path.lstrip("/"))) if root else None
        if file is None or root is None or not file.is_relative_to(real(root)) or not file.is_file():
            return None
        return file.read_bytes()[:5_000_000].decode("utf-8", "replace")

    whole = given.site is not None if complete is None else complete
    products, rows, unseen = _catalogue(given, seen, witness, whole=whole)
    return Site(
        given.loaded,
        seen,
        whole,
        read,
        products,
        rows,
        lambda: _wanted(given, witness),
        lambda: _published(given, whole=whole),
        unseen,
    )


def _published(given: Inputs, *, whole: bool) -> Iterator[Published]:
    """Files of the kit's own in the folders that were looked at, here or by the shards that are joined."""
    from connectif_kit.audit.published import published
    from connectif_kit.files import site_pages

    ours, folders = given.folder if given.loaded else None, dict(given.others)
    if whole and not folders and given.root:
        others = folders[str(given.root)] = []
        deque(site_pages(given.root, others), maxlen=0)
    for folder, others in folders.items():
        for found in published(Path(folder), others, ours):
            yield found._replace(path=shown(Path(found.path)))


def informing(given: Inputs, witness: Witness) -> Callable[[PageResult], PageResult]:
    """What completes a page's findings by the catalogue file, which is read where one waits for it."""
    loaded = given.loaded
    if loaded is None or loaded.plan.catalog.source is None:
        return lambda result: result
    from connectif_kit.audit.informed import informed

    @cache
    def catalogue() -> Catalogue | None:
        from connectif_kit.catalog import open_catalogue
        from connectif_kit.diagnostics import KitError

        witness.saw(given.folder / str(loaded.plan.catalog.source))
        try:
            found = open_catalogue(loaded, given.folder)
            found.load()
        except KitError:  # `inject` and `feed` say so
            return None
        return found

    def why_absent(url_path: str) -> str | None:
        found = catalogue()
        return found.why_absent(url_path) if found else None

    return lambda result: informed(result, loaded.plan, why_absent)


def _wanted(given: Inputs, witness: Witness) -> Wanted | None:
    """What the plan renders now; what is wrong with its modules is `inject`'s and `build`'s to say."""
    from connectif_kit.audit import facts
    from connectif_kit.audit.site import Wanted
    from connectif_kit.cli._shared import module_reader
    from connectif_kit.diagnostics import KitError
    from connectif_kit.inject import kit_for
    from connectif_kit.render import render
    from connectif_kit.render.stamp import digest

    if given.loaded is None:
        return None
    read = module_reader(given.folder)

    def seen(path: str) -> str:
        witness.saw(given.folder / path)
        return read(path)

    try:
        files = render(given.loaded, seen)
    except KitError:
        return None
    dispatchers = {name: (digest(text), text) for name, text in files.items() if "connectif-events" in name}
    return Wanted(facts.mark(kit_for(given.loaded, files).loader), dispatchers)


MAX_UNSEEN = 50_000
"""Products of which more is kept than their number, though no page shows them."""


def _catalogue(
    given: Inputs, seen: list[Seen], witness: Witness, *, whole: bool
) -> tuple[dict[str, str] | None, dict[str, Row], int]:
    """Ids and addresses where all pages are there; the rows of products that pages show; how many products
    beyond those are on no page.

    One pass; what is wrong with the rows is `inject`'s and `feed`'s to say.
    """
    shown = _shown_products(seen)
    if given.loaded is None or given.loaded.plan.catalog.source is None or not (whole or shown):
        return None, {}, 0
    from connectif_kit.audit.facts import CATALOGUED
    from connectif_kit.audit.site import Row
    from connectif_kit.catalog import open_catalogue

    witness.saw(given.folder / given.loaded.plan.catalog.source)
    catalogue = open_catalogue(given.loaded, given.folder)
    products: dict[str, str] = {}
    rows: dict[str, Row] = {}
    on_pages, addresses = _on_pages(seen)
    unseen = kept = 0
    for place, record in catalogue.placed():
        identity, url = str(record["product_id"]), str(record.get("url", ""))
        if identity in on_pages:
            products[identity] = url
        elif kept < MAX_UNSEEN:
            products[identity] = url
            kept += 1
        else:
            unseen += url not in addresses
        if identity in shown and identity not in rows:
            rows[identity] = Row(place, {name: str(record[name]) for name in CATALOGUED if name in record})
            if not whole and len(rows) == len(shown):
                break
    return (products if whole and catalogue.name else None), rows, unseen


def _on_pages(seen: list[Seen]) -> tuple[set[str], set[str]]:
    """The ids and the addresses of the products that pages show."""
    from connectif_kit.audit.facts import products

    told: list[Any] = [page.facts.get(products.__name__) or () for page in seen]
    found = [(identity, url) for each in told for identity, url, *_ in each]
    return {identity for identity, _ in found}, {url for _, url in found}


def _shown_products(seen: list[Seen]) -> set[str]:
    from connectif_kit.audit.facts import catalogued

    found: list[Any] = [page.facts.get(catalogued.__name__) or () for page in seen]
    return {identity for products in found for identity, *_ in products}


def _setup(
    options: cli.Options,
    loaded: Loaded | None,
    folder: Path,
    rules: list[AnyRule],
    memory: Memory | None,
) -> Setup:
    from connectif_kit.audit.run import Setup

    known = tuple(rule.name for rule in rules)
    if options.no_cache or loaded is None:  # without a plan there is no place that is ours
        return Setup(loaded, known)
    mark = memory.stamp if memory else _stamp(options, Path(loaded.document.path))
    return Setup(loaded, known, mark, folder)


def gather(options: cli.Options) -> Gathered:
    """An empty gathering, with the baseline that was named."""
    from connectif_kit.reports.causes import Causes

    gathered = Gathered(Causes(verbose=options.verbose))
    gathered.shard = [] if options.shard else None
    if options.baseline:
        from connectif_kit.audit.baseline import Baseline, load

        there = options.baseline.is_file()
        text = options.baseline.read_text(encoding="utf-8") if there else ""
        if not there and not options.update_baseline:
            hint = "--update-baseline writes it"
            raise click.UsageError(f"there is no baseline {options.baseline}; {hint}")
        gathered.baseline = Baseline(load(str(options.baseline), text) if text else None)
    return gathered


def _readable(items: Iterable[Item | Diagnostic], unread: list[Diagnostic]) -> Iterator[Item]:
    """The pages; what cannot be one goes to `unread`, which is complete when the pages are at their end."""
    from connectif_kit.diagnostics import Diagnostic

    for item in items:
        if isinstance(item, Diagnostic):
            unread.append(item)
        else:
            yield item


def _parted(items: Iterable[Item], shard: str | None) -> Iterator[Item]:
    """The pages of one shard. Raises UsageError where it is not I/N."""
    if shard is None:
        yield from items
        return
    index, count = shard_of(shard)
    yield from (item for number, item in enumerate(items) if number % count == index - 1)


def shard_of(shard: str) -> tuple[int, int]:
    """`2/4` → (2, 4). Raises UsageError for anything else."""
    first, _, second = shard.partition("/")
    if not (first.isdecimal() and second.isdecimal() and 1 <= int(first) <= int(second)):
        raise click.UsageError(f"`{shard}` is no shard; expected I/N, such as 1/4")
    return int(first), int(second)


def _results(items: Iterator[Item], setup: Setup, options: cli.Options) -> Iterator[PageResult]:
    from connectif_kit.audit.run import run as look
    from connectif_kit.parallel import PAYS, jobs_for

    first = list(islice(items, PAYS))
    jobs = options.jobs or jobs_for(len(first))
    if len(first) < PAYS or not sys.stderr.isatty():
        return look(chain(first, items), setup, jobs)
    every = [*first, *items]
    return _progress(look(every, setup, jobs), len(every))


def _progress(results: Iterator[PageResult], total: int) -> Iterator[PageResult]:
    """The same, with a bar that shows how far it has come."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return iter(track(results, "checking", total=total, console=console, transient=True))


def _fixing(options: cli.Options, setup: Setup) -> Fixing:
    from connectif_kit.cli._audit_fix import Fixing

    return Fixing(setup, dry=options.dry_run)


def tell_baseline(options: cli.Options, gathered: Gathered, rules: list[AnyRule], *, complete: bool) -> None:
    """Say what the baseline knows and is no more, or write it anew."""
    if gathered.baseline is None or options.baseline is None:
        return
    ran = {rule.name for rule in rules}
    there = {seen.url_path for seen in gathered.seen}

    def was_checked(rule: str, url_path: str) -> bool:
        return rule in ran and (complete or url_path in there)

    gone = gathered.baseline.gone(was_checked)
    if options.update_baseline:
        from connectif_kit.files import write

        write(options.baseline, gathered.baseline.updated(was_checked).encode())
        click.echo(f"{options.baseline} is up to date; {gone} entries were dropped", err=True)
    elif gone:
        message = f"{gone} findings of {options.baseline} are gone: --update-baseline drops them"
        click.echo(message, err=True)


def _sharded(gathered: Gathered, options: cli.Options) -> Report:
    report = gathered.report()
    if gathered.shard is None or not options.shard:
        return report
    index, count = shard_of(options.shard)
    from connectif_kit.audit import codec

    unread = [codec.dumped(finding) for finding in gathered.unread]
    facts = {"index": index, "count": count, "pages": gathered.shard, "unread": unread}
    return replace(report, facts=facts)
