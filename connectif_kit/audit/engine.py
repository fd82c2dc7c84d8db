"""Run the rules over pages, then across them; one bad page never ends a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from connectif_kit.audit import rules as rules_package
from connectif_kit.audit.rule import Finding, Rule, SiteRule, diagnostic
from connectif_kit.audit.site import Seen, Site
from connectif_kit.audit.suppress import Switch, complaints, suppressed, switches
from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Diagnostic, KitError, Place, Severity, did_you_mean
from connectif_kit.html import Span, decode, parse
from connectif_kit.model import Json
from connectif_kit.plan import Loaded
from connectif_kit.registry import collect

MOST_OF_A_RULE = 500
"""Findings of one rule in one page: nobody reads more, and no page can make us slow."""

AnyRule: TypeAlias = Rule | SiteRule


@dataclass(frozen=True, slots=True)
class PageResult:
    """What a run takes from one page: findings, facts for the rules across pages, what it carries.

    `held` are comments that switch off rules across pages; `failed` says that the page could not
    be looked at; `mark` is what the cache knows the page by, empty without one.
    """

    name: str
    url_path: str
    findings: tuple[Diagnostic, ...] = ()
    page: str | None = None
    facts: Mapping[str, Json] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    held: tuple[Switch, ...] = ()
    failed: bool = False
    mark: bytes = b""

    def __reduce__(self) -> tuple[type[PageResult], tuple[object, ...]]:
        # Results go from process to process: a dataclass with slots pickles itself slowly.
        given = (self.name, self.url_path, self.findings, self.page, self.facts, self.tags, self.held)
        return PageResult, (*given, self.failed, self.mark)

    @property
    def seen(self) -> Seen:
        """The part that rules across pages look at."""
        return Seen(self.name, self.url_path, self.page, self.facts)


@cache
def rules() -> dict[str, AnyRule]:
    """Every rule by name; each lies in the file of its name."""
    found: list[AnyRule] = [*collect(rules_package, Rule), *collect(rules_package, SiteRule)]
    return {rule.name: rule for rule in sorted(found, key=lambda rule: rule.name)}


def chosen(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> list[AnyRule]:
    """The rules to run. Raises KitError for a name that is none."""
    known = rules()
    unknown = [name for name in (*select, *ignore) if name not in known]
    if unknown:
        raise KitError(
            Diagnostic("unknown-rule", Severity.ERROR, f"`{name}` is no rule", Place("--select/--ignore"),
                       did_you_mean(name, known))
            for name in unknown
        )  # fmt: skip
    return [rule for name, rule in known.items() if (not select or name in select) and name not in ignore]


class Program:
    """The rules of a run, sorted out once for all pages; `planned` says whether there is a plan."""

    def __init__(self, run: Iterable[AnyRule], *, planned: bool) -> None:
        ran = [rule for rule in run if planned or not rule.needs_plan]
        self.on_pages = [rule for rule in ran if isinstance(rule, Rule)]
        across = [rule for rule in ran if isinstance(rule, SiteRule)]
        self.collectors = {rule.collect.__name__: rule.collect for rule in across}
        self.across = {rule.name for rule in across}
        self.ran = {rule.name for rule in ran}


def audit(
    name: str, data: bytes, url_path: str, loaded: Loaded | None, run: Program, *, static: bool = True
) -> PageResult:
    """Everything that the rules find in one page and take from it."""
    try:
        page = parse(decode(name, data))
    except KitError as error:
        return PageResult(name, url_path, error.diagnostics)
    try:
        return _result(View(page, url_path, loaded, static=static), name, run)
    finally:
        page.release()


def check(view: View, run: Sequence[AnyRule]) -> list[Diagnostic]:
    """The findings on a page that no comment switches off, and what is wrong with such comments."""
    program = Program(run, planned=view.loaded is not None)
    return list(_result(view, view.page.source.path, program).findings)


def _result(view: View, name: str, run: Program) -> PageResult:
    found = [(_offset(finding, view), made) for finding, made in _findings(view, run)]
    off = switches(view.page) if view.page.has_comment_with("connectif-kit-") else []
    kept = suppressed(found, off)
    held = [one for one in off if one.rule in run.across or (one.rule == "all" and not one.used)]
    kept += complaints((one for one in off if one not in held), rules(), run.ran) if off else []
    return PageResult(
        name,
        view.url_path,
        tuple(sorted(kept, key=lambda each: each.sort_key)),
        view.name,
        _facts(view, run),
        tuple(dict.fromkeys(use.tag.css_class for use in view.tags)),
        tuple(held),
    )


def _findings(view: View, run: Program) -> Iterator[tuple[Finding, Diagnostic]]:
    for rule in run.on_pages:
        for number, finding in enumerate(rule.check(view)):
            if number == MOST_OF_A_RULE:
                message = f"`{rule.name}` finds more than {MOST_OF_A_RULE} faults here; the rest is not shown"
                yield finding, Diagnostic("limited", Severity.NOTICE, message, Place(view.page.source.path))
                break
            yield finding, diagnostic(finding, rule, view.loaded, view)


def _facts(view: View, run: Program) -> dict[str, Json]:
    found = {name: collect(view) for name, collect in run.collectors.items()}
    return {name: facts for name, facts in found.items() if facts}


def _offset(finding: Finding, view: View) -> int:
    """Where comments count; a fault of the page as a whole is covered by any that is never closed."""
    where = finding.where
    if isinstance(where, Span):
        return len(view.text) if where == view.top else where.start
    start = None if isinstance(where, Place) else where.start_tag
    return start.start if start else 0


def judge(site: Site, run: Iterable[AnyRule], held: Mapping[str, Sequence[Switch]]) -> list[Diagnostic]:
    """What the rules across pages find; `held` are the pages' comments that may switch it off."""
    across = [rule for rule in run if isinstance(rule, SiteRule) and (site.loaded or not rule.needs_plan)]
    kept = []
    for rule in across:
        for finding in rule.judge(site):
            made = diagnostic(finding, rule, site.loaded, None)
            covering = [switch for switch in held.get(made.place.path, ()) if switch.covers(made)]
            for switch in covering:
                switch.used = True
            kept += [] if covering else [made]
    left = [switch for page in held.values() for switch in page]
    return kept + complaints(left, rules(), {rule.name for rule in across})
