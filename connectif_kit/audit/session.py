"""One run of `audit`: pages through the workers, rules across them, baseline, report."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connectif_kit.audit import codec
from connectif_kit.audit import page_run as engine
from connectif_kit.audit.baseline import Baseline, load
from connectif_kit.audit.batch import Item, Setup
from connectif_kit.audit.coverage import CoverageCount
from connectif_kit.audit.fixes import Fixing
from connectif_kit.audit.inputs import Inputs
from connectif_kit.audit.options import Options
from connectif_kit.audit.page_run import AnyRule, PageResult
from connectif_kit.audit.remembered import stamp_of
from connectif_kit.audit.results import results
from connectif_kit.audit.run_cache import CachedRun, InputTracker, RunCache
from connectif_kit.audit.site import PageFacts, Site
from connectif_kit.audit.site_context import informing, site
from connectif_kit.audit.suppressions import Suppression
from connectif_kit.core import diagnostic_json
from connectif_kit.core.console import Console
from connectif_kit.core.diagnostics import Diagnostic, KitError, Misuse, Severity
from connectif_kit.core.files import write
from connectif_kit.core.records import dataclass
from connectif_kit.core.wording import shown
from connectif_kit.page.excerpt import line_of
from connectif_kit.plan import frozen
from connectif_kit.plan.checks import checks
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.locate import find
from connectif_kit.plan.models import Plan
from connectif_kit.plan.workspace import plan_here
from connectif_kit.reports import Outcome, Report, RunInfo
from connectif_kit.reports.causes import FindingGroups
from connectif_kit.reports.comparison import inside


@dataclass(frozen=True, slots=True)
class _Looked:
    """What a run looks at: its plan, the site's folder, what was named, the rules that it leaves out.

    `complete` says that it sees all pages of the site.
    """

    plan: Plan | None = None
    site: str = ""
    named: str = ""
    left_out: frozenset[str] = frozenset()
    complete: bool = False


@dataclass(slots=True)
class AuditSession:
    """What a run has found so far, in memory that does not grow with the pages' size."""

    options: Options
    causes: FindingGroups
    baseline: Baseline | None = None
    seen: list[PageFacts] = field(default_factory=list)
    marks: list[bytes] = field(default_factory=list)
    held: dict[str, tuple[Suppression, ...]] = field(default_factory=dict)
    coverage: CoverageCount = field(default_factory=CoverageCount)
    counts: Counter[Severity] = field(default_factory=Counter)
    failed: bool = False
    shard: list[tuple[str, str, str]] | None = None
    unread: list[Diagnostic] = field(default_factory=list)
    left_alone: Counter[str] = field(default_factory=Counter)
    informed: Callable[[PageResult], PageResult] = lambda result: result
    began: float = field(default_factory=time.time)
    looked: _Looked = field(default_factory=lambda: _Looked())

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
            self.shard.append((result.name, result.url_path, codec.dump(result)))

    def _count(self, result: PageResult) -> None:
        if result.special:
            self.left_alone[result.special] += 1
            return
        self.coverage.page(result)

    def findings(self, found: Iterable[Diagnostic], url_path: str) -> None:
        """Take in findings of the page at an address, those that the baseline does not know."""
        kept = self.baseline.new(found, url_path) if self.baseline else list(found)
        self.counts.update(finding.severity for finding in kept)
        self.causes.add(kept)

    @property
    def serious(self) -> bool:
        """Whether something is wrong, and not only to be known."""
        return bool(self.counts[Severity.ERROR] or self.counts[Severity.WARNING])

    def unreadable(self, found: Iterable[Diagnostic]) -> None:
        """Take in what stands where a page could."""
        for finding in found:
            self.marks.append(b"")
            self.failed = self.failed or finding.severity is Severity.ERROR
            self.findings([finding], finding.place.path)
            self.unread.append(finding)

    def report(self) -> Report:
        """The report of all that was taken in."""
        findings, others = self.causes.reported()
        return Report(
            findings,
            len(self.seen),
            line_of,
            self.coverage.reported(self.looked.plan),
            others=others,
            left_alone=dict(self.left_alone),
            more={} if self.shard is None else {"shard": self._facts()},
            run=self._run(),
            checked=self._checked,
            store_language=self._language(),
        )

    def _language(self) -> str:
        plan = self.looked.plan
        return (plan.store.language or "") if plan else ""

    def _run(self) -> RunInfo:
        started = datetime.fromtimestamp(self.began, UTC).isoformat(timespec="seconds")
        store = self.looked.plan.store.url if self.looked.plan else ""
        return RunInfo(
            started, round(time.time() - self.began, 1), self.looked.site, store, self.looked.named
        )

    def _checked(self, rule: str, path: str) -> bool:
        """Whether this run has asked a rule about a page, by its path from the site's folder."""
        return rule not in self.looked.left_out and (self.looked.complete or path in self._paths())

    def _paths(self) -> set[str]:
        return {inside(seen.name, self.looked.site) for seen in self.seen}

    def _facts(self) -> dict[str, Any]:
        """What `audit --merge` needs of a part."""
        index, count = self.options.part or (1, 1)
        unread = [diagnostic_json.dumped(finding) for finding in self.unread]
        paths = list(self.options.paths)
        return {"index": index, "count": count, "paths": paths, "pages": self.shard, "unread": unread}

    def outcome(self, keep: Keep = lambda _: None) -> Done:
        """The report, and the exit status: a baseline that is written takes in what is found."""
        status = 2 if self.failed else int(self.serious and not self.options.update_baseline)
        return Done(self.report(), status, keep)


Keep = Callable[[list[str]], None]


@dataclass(frozen=True, slots=True)
class Done(Outcome):
    """How a run ended; `keep` remembers it by the texts of its reports."""

    keep: Keep = lambda _: None


def run(
    options: Options,
    console: Console,
    memory: RunCache | None = None,
    also: Iterable[Diagnostic] | None = None,
    plan: LoadedPlan | None = None,
) -> Done:
    """Check once; `also` was found before, by what prepared the site; `plan` is the plan, if read already.

    Raises KitError, and Misuse for options that make no sense here.
    """
    witness = InputTracker()
    key = frozen.key_here(options.config)
    loaded, folder = _plan(options, console, plan, key)
    rules, notes = chosen(options, loaded)
    if loaded:
        witness.saw(Path(loaded.document.path))
    given = Inputs(options, loaded, folder, console.say, walked=memory.walked if memory else {})
    setup = _setup(options, loaded, folder, rules, memory)
    gathered = gather(options)
    gathered.looked = looked(given, rules, complete=given.is_whole)
    gathered.informed = informing(given, witness)
    fixes = Fixing(setup, console, dry=options.dry_run) if options.fix else None
    _pages(given, setup, gathered, console, fixes, memory)
    if not options.shard:
        judge(site(given, gathered.seen, witness, key=key), rules, gathered)
    judge_plan(notes, gathered)
    judge_before(also or (), loaded, gathered)
    if fixes and options.dry_run:
        for note in notes:
            console.say(f"{note.place}: {note.message}")
        return Done(gathered.report(), 2 if gathered.failed else int(bool(fixes.changed)))
    tell_baseline(gathered, rules, console, complete=given.is_whole, prepared=also is not None)

    def keep(reports: list[str]) -> None:
        if memory and loaded and not gathered.failed:
            reported = CachedRun(gathered.outcome().status, reports)
            memory.keep(reported, given.folders, gathered.marks, witness)

    return gathered.outcome(keep)


def looked(given: Inputs, ran: Iterable[AnyRule], *, complete: bool) -> _Looked:
    """What a run looks at by its inputs and its rules."""
    options, takes = given.options, {rule.name for rule in ran}
    left_out = {name for name in engine.rules() if name not in takes}
    left_out |= {name for name in checks() if not options.takes(name)}
    root = shown(given.root) if given.root else ""
    named = ", ".join(options.paths) or root
    return _Looked(
        given.loaded.plan if given.loaded else None, given.base, named, frozenset(left_out), complete
    )


def _plan(
    options: Options, console: Console, known: LoadedPlan | None, key: bytes
) -> tuple[LoadedPlan | None, Path]:
    """The plan that is known already, or is read now, and its folder."""
    if known:
        return known, known.config.parent.resolve()
    loaded, folder = plan(options.config, console)
    if loaded and not options.no_cache:
        frozen.keep(loaded, key)
    return loaded, folder


def plan(config: Path | None, console: Console) -> tuple[LoadedPlan | None, Path]:
    """The plan and its folder; no plan is not a mistake here."""
    if config is None and find(Path.cwd()) is None:
        console.say("no connectif.yaml here or above: pages are checked without a plan")
        return None, Path.cwd()
    return plan_here(config)


def chosen(options: Options, loaded: LoadedPlan | None) -> tuple[list[AnyRule], list[Diagnostic]]:
    """The rules to run, and what is doubtful in the plan, likewise chosen. Raises KitError."""
    notes = loaded.notes if loaded else ()
    also = {*checks(), *(note.rule for note in notes)}
    rules = engine.chosen(options.selected, [*options.ignored, *_off(loaded, options)], also)
    return rules, [note for note in notes if options.takes(note.rule)]


def _off(loaded: LoadedPlan | None, options: Options) -> list[str]:
    """The rules that the plan leaves out and nobody selects. Raises KitError for names that are none."""
    if loaded is None:
        return []
    known, asked = {*engine.rules(), *checks()}, loaded.plan.audit
    unknown = [(name, path) for name, path in asked.places().items() if name not in known]
    if unknown:
        raise KitError(engine.unknown_rule(name, known, loaded.place(*path)) for name, path in unknown)
    return [name for name in asked.off if name not in options.selected]


def _pages(
    given: Inputs,
    setup: Setup,
    gathered: AuditSession,
    console: Console,
    fixes: Fixing | None,
    memory: RunCache | None,
) -> None:
    """Take in every page, and what stands where a page could."""
    unread: list[Diagnostic] = []
    items = _parted(_readable(given.items(), unread), given.options)
    if fixes:
        items = iter(list(items))  # nothing is fixed before all that was named is found
    files = memory.files if memory else None
    for result in results(items, setup, given.options, console, files):
        gathered.page(fixes(result) if fixes else result)
    gathered.unreadable(unread)


def judge(found: Site, rules: Iterable[AnyRule], gathered: AuditSession) -> None:
    """Take in what the rules across pages find."""
    pages = {seen.name: seen for seen in gathered.seen}
    for finding in engine.judge(found, rules, gathered.held):
        page = pages.get(finding.place.path)
        gathered.findings([finding], page.url_path if page else "")
        if page:
            gathered.coverage.across(finding, page.page)


def judge_plan(notes: Iterable[Diagnostic], gathered: AuditSession) -> None:
    """Take in what is doubtful in the plan: it is as wrong as what is wrong in a page."""
    for note in notes:
        gathered.findings([note], Path(note.place.path).name)


def judge_before(also: Iterable[Diagnostic], loaded: LoadedPlan | None, gathered: AuditSession) -> None:
    """Take in what other steps have found; what is doubtful in the plan was taken in already."""
    notes = loaded.notes if loaded else ()
    for finding in also:
        if finding not in notes:
            gathered.findings([finding], finding.place.path)


def _setup(
    options: Options,
    loaded: LoadedPlan | None,
    folder: Path,
    rules: list[AnyRule],
    memory: RunCache | None,
) -> Setup:
    known = tuple(rule.name for rule in rules)
    if options.no_cache or loaded is None:  # without a plan there is no place that is ours
        return Setup(loaded, known)
    mark = memory.stamp if memory else stamp_of(options, Path(loaded.document.path))
    return Setup(loaded, known, mark, folder)


def gather(options: Options) -> AuditSession:
    """An empty gathering, with the baseline that was named."""
    gathered = AuditSession(
        options,
        FindingGroups(verbose=options.verbose),
        shard=[] if options.part else None,
    )
    if options.baseline:
        there = options.baseline.is_file()
        text = options.baseline.read_text(encoding="utf-8") if there else ""
        if not there and not options.update_baseline:
            raise Misuse(f"there is no baseline {options.baseline}; --update-baseline writes it")
        gathered.baseline = Baseline(load(str(options.baseline), text) if text else None)
    return gathered


def _readable(items: Iterable[Item | Diagnostic], unread: list[Diagnostic]) -> Iterator[Item]:
    """The pages; what cannot be one goes to `unread`, which is complete when the pages are at their end."""
    for item in items:
        if isinstance(item, Diagnostic):
            unread.append(item)
        else:
            yield item


def _parted(items: Iterable[Item], options: Options) -> Iterator[Item]:
    """The pages of one shard. Raises Misuse where it is not I/N."""
    index, count = options.part or (1, 1)
    return (item for number, item in enumerate(items) if number % count == index - 1)


def tell_baseline(
    gathered: AuditSession, rules: list[AnyRule], console: Console, *, complete: bool, prepared: bool = False
) -> None:
    """Say what the baseline knows and is no more, or write what is found now.

    `complete` runs look at every page; `prepared` ones at what came before the audit, too.
    """
    file = gathered.options.baseline
    if gathered.baseline is None or file is None:
        return
    known = engine.rules()
    ran = {*(rule.name for rule in rules), *filter(gathered.options.takes, checks())}
    there = {seen.url_path for seen in gathered.seen}

    def was_checked(rule: str, url_path: str) -> bool:
        if rule not in known and rule not in checks():  # found while the site was prepared
            return prepared
        return rule in ran and (complete or url_path in there)

    gone = gathered.baseline.gone(was_checked)
    if gathered.options.update_baseline:
        write(file, gathered.baseline.updated(was_checked).encode())
        console.say(f"{file} is up to date; {gone} entries were dropped")
    elif gone:
        console.say(f"{gone} findings of {file} are gone: --update-baseline drops them")
