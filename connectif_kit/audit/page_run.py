"""Run the rules over pages, then across them; one bad page never ends a run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from functools import cache
from itertools import islice
from typing import NamedTuple, TypeAlias

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.rule import Finding, Rule, SiteRule, diagnostic
from connectif_kit.audit.rules import page as page_rules
from connectif_kit.audit.rules import site as site_rules
from connectif_kit.audit.site import PageFacts, Site
from connectif_kit.audit.suppressions import Suppression, complaints, suppressed, switches
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity, did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.core.registry import collect
from connectif_kit.page.html import Span, decode, parse
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.vocabulary.kinds import Json

MOST_OF_A_RULE = 500
"""Findings of one rule in one page: nobody reads more, and no page can make us slow."""

AnyRule: TypeAlias = Rule | SiteRule


class PageResult(NamedTuple):
    """What a run takes from one page: findings, facts for the rules across pages, what it carries.

    `held` are comments that switch off rules across pages; `failed` says that the page could not
    be looked at; `mark` is what the cache knows the page by, empty without one; `special` is the kind
    of a file that takes no integration (`page.special`).
    """

    name: str
    url_path: str
    findings: tuple[Diagnostic, ...] = ()
    page: str | None = None
    facts: Mapping[str, Json] = {}  # shared by all that have none, and written to by nobody
    tags: tuple[str, ...] = ()
    held: tuple[Suppression, ...] = ()
    failed: bool = False
    mark: bytes = b""
    special: str = ""

    @property
    def seen(self) -> PageFacts:
        """The part that rules across pages look at."""
        return PageFacts(self.name, self.url_path, self.page, self.facts, self.special)


@cache
def rules() -> dict[str, AnyRule]:
    """Every rule by name; each lies in the file of its name."""
    found: list[AnyRule] = [*collect(page_rules, Rule), *collect(site_rules, SiteRule)]
    return {rule.name: rule for rule in sorted(found, key=lambda rule: rule.name)}


def chosen(
    select: Sequence[str] = (), ignore: Sequence[str] = (), also: Collection[str] = ()
) -> list[AnyRule]:
    """The rules to run; `also` are names beside theirs. Raises KitError for a name that is neither."""
    known = rules()
    unknown = [name for name in (*select, *ignore) if name not in known and name not in also]
    if unknown:
        place = Place("--select/--ignore")
        raise KitError(unknown_rule(name, [*known, *also], place) for name in unknown)
    return [rule for name, rule in known.items() if (not select or name in select) and name not in ignore]


def unknown_rule(name: str, known: Iterable[str], place: Place) -> Diagnostic:
    """The complaint of a name that is not a rule's."""
    message = say("unknown rule `{name}`", name=name)
    return Diagnostic("unknown-rule", Severity.ERROR, message, place, did_you_mean(name, known))


class RuleSet:
    """The rules of a run, sorted out once for all pages; `planned` says whether there is a plan."""

    def __init__(self, run: Iterable[AnyRule], *, planned: bool) -> None:
        ran = [rule for rule in run if planned or not rule.needs_plan]
        self.on_pages = [rule for rule in ran if isinstance(rule, Rule)]
        across = [rule for rule in ran if isinstance(rule, SiteRule)]
        self.collectors = {rule.collect.__name__: rule.collect for rule in across}
        self.across = {rule.name for rule in across}
        self.ran = {rule.name for rule in ran}


class PageInput(NamedTuple):
    """A page to look at: its name, its bytes, its address's path; whether every visitor gets these bytes.

    `mark` is what the cache knows it by; `policies` are the content security policies of a server's answer.
    """

    name: str
    data: bytes
    url_path: str
    static: bool = True
    mark: bytes = b""
    policies: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """A page on its way through the rules: what they found so far, or how one of ours failed."""

    name: str
    context: PageContext
    mark: bytes = b""
    found: list[tuple[Finding, Diagnostic]] = field(default_factory=list)
    facts: dict[str, Json] = field(default_factory=dict)
    failure: Exception | None = None


def audit(given: PageInput, loaded: LoadedPlan | None, run: RuleSet) -> PageResult:
    """Everything that the rules find in one page and take from it."""
    (result,) = audit_all([given], loaded, run)
    if isinstance(result, Exception):
        raise result
    return result


def audit_all(
    given: Iterable[PageInput], loaded: LoadedPlan | None, run: RuleSet
) -> list[PageResult | Exception]:
    """The same for some pages; for one on which we fail, how.

    All go through a rule before any goes through the next: while its code is near the processor,
    which takes a seventh off the time.
    """
    pages = [_opened(each, loaded) for each in given]
    going = [page for page in pages if isinstance(page, _Open)]
    for rule in run.on_pages:
        _apply(rule, going)
    for name, collector in run.collectors.items():
        _collect(name, collector, going)
    return [_result(page, run) if isinstance(page, _Open) else page for page in pages]


def _opened(given: PageInput, loaded: LoadedPlan | None) -> _Open | PageResult | Exception:
    try:
        page = parse(decode(given.name, given.data))
    except KitError as error:
        return PageResult(given.name, given.url_path, error.diagnostics, mark=given.mark)
    except Exception as error:
        return error
    context = PageContext(page, given.url_path, loaded, static=given.static)
    context.policies = given.policies
    return _Open(given.name, context, given.mark)


def _apply(rule: Rule, pages: Iterable[_Open]) -> None:
    """What a rule finds in pages; one on which a rule has failed is done with."""
    check = rule.check
    for page in pages:
        if page.failure is None:
            try:
                # Mostly there is nothing: then nothing more is done than to ask.
                for number, finding in enumerate(tuple(islice(check(page.context), MOST_OF_A_RULE + 1))):
                    page.found.append((finding, _diagnostic_of(finding, number, rule, page.context)))
            except Exception as error:
                page.failure = error


def _diagnostic_of(finding: Finding, number: int, rule: Rule, context: PageContext) -> Diagnostic:
    if number == MOST_OF_A_RULE:
        return _limited(rule, context)
    made = diagnostic(finding, rule, context.loaded, context)
    if made.edits and context.hydration:  # React would not find in the page what it has rendered
        return replace(made, edits=())
    return made


def _limited(rule: Rule, context: PageContext) -> Diagnostic:
    message = say(
        "`{name}` finds more than {most} faults here; the rest is not shown",
        name=rule.name,
        most=MOST_OF_A_RULE,
    )
    return Diagnostic("limited", Severity.NOTICE, message, Place(context.page.source.path))


def _collect(name: str, collect: Callable[[PageContext], Json], pages: Iterable[_Open]) -> None:
    for page in pages:
        if page.failure is None:
            try:
                if facts := collect(page.context):
                    page.facts[name] = facts
            except Exception as error:
                page.failure = error


def check(context: PageContext, run: Sequence[AnyRule]) -> list[Diagnostic]:
    """The findings on a page that no comment switches off, and what is wrong with such comments."""
    program, page = RuleSet(run, planned=context.loaded is not None), _Open(context.page.source.path, context)
    for rule in program.on_pages:
        _apply(rule, [page])
    if page.failure:
        raise page.failure
    return list(_reported(page, program).findings)


def _result(page: _Open, run: RuleSet) -> PageResult | Exception:
    """What a page gives in the end; its tree is let go of."""
    try:
        return page.failure or _reported(page, run)
    except Exception as error:
        return error
    finally:
        page.context.page.release()


def _reported(page: _Open, run: RuleSet) -> PageResult:
    context = page.context
    found = [(_offset(finding, context), made) for finding, made in page.found]
    off = switches(context.page) if context.page.has_comment_with("connectif-kit-") else []
    kept = suppressed(found, off)
    held = [one for one in off if one.rule in run.across or (one.rule == "all" and not one.used)]
    kept += complaints((one for one in off if one not in held), rules(), run.ran) if off else []
    return PageResult(
        page.name,
        context.url_path,
        tuple(sorted(kept, key=lambda each: each.sort_key)),
        context.name,
        page.facts,
        tuple(dict.fromkeys(use.tag.css_class for use in context.tags)),
        tuple(held),
        mark=page.mark,
        special=context.special,
    )


def _offset(finding: Finding, context: PageContext) -> int:
    """Where comments count; a fault of the page as a whole is covered by any that is never closed."""
    where = finding.where
    if isinstance(where, Span):
        return len(context.text) if where == context.top else where.start
    start = None if isinstance(where, Place) else where.start_tag
    return start.start if start else 0


def judge(site: Site, run: Iterable[AnyRule], held: Mapping[str, Sequence[Suppression]]) -> list[Diagnostic]:
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
