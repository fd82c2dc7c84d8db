"""Which tags the pages of each kind carry, where they are wrong, and what the plan says of them there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field

from connectif_kit.audit.page_run import PageResult
from connectif_kit.core.diagnostics import Diagnostic, Severity
from connectif_kit.core.records import dataclass
from connectif_kit.plan.models import Page, Plan
from connectif_kit.plan.queries import may_carry, required_tags
from connectif_kit.reports import Coverage
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.model import Tag

NO_KIND = "–"
"""Pages that no kind of the plan matches."""
_TAG = re.compile(r"\bcn_\w+")


@dataclass(slots=True)
class _Kind:
    pages: int = 0
    tags: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class CoverageCount:
    """Counts pages as they come; what rules across pages find of them comes afterwards."""

    _kinds: dict[str, _Kind] = field(default_factory=dict)
    _wrong: dict[str, set[str]] = field(default_factory=dict)
    """The tags that are known to be wrong, by page: only pages with a fault are kept."""

    def page(self, result: PageResult) -> None:
        """Take in a page with all that was found in it, whether a baseline knows it or not."""
        kind = self._kinds.setdefault(result.page or NO_KIND, _Kind())
        kind.pages += 1
        kind.tags.update(result.tags)
        self._found(kind, result.name, result.findings, result.tags)

    def across(self, finding: Diagnostic, page: str | None, tags: Iterable[str] = tuple(TAGS)) -> None:
        """Take in what a rule across pages found in a page of that name in the plan."""
        if kind := self._kinds.get(page or NO_KIND):
            self._found(kind, finding.place.path, [finding], tags)

    def _found(self, kind: _Kind, page: str, findings: Iterable[Diagnostic], tags: Iterable[str]) -> None:
        for tag in _concerned(findings):
            known = self._wrong.setdefault(page, set())
            if tag in tags and tag not in known:
                known.add(tag)
                kind.wrong[tag] += 1

    def reported(self, plan: Plan | None) -> dict[str, Coverage]:
        """By kind: of every tag that is there or is promised, what is expected."""
        return {
            name: Coverage(kind.pages, kind.tags, kind.wrong, _expected(plan, name, kind))
            for name, kind in self._kinds.items()
        }


def _concerned(findings: Iterable[Diagnostic]) -> Iterator[str]:
    """The tags that findings are about, if they are more than advice: the outermost of the element's path."""
    for finding in findings:
        if finding.severity is not Severity.NOTICE:
            named = (name for name in _TAG.findall(finding.element) if name in TAGS)
            if tag := next(named, None):
                yield tag


def _expected(plan: Plan | None, name: str, kind: _Kind) -> dict[str, str]:
    if plan is None or name not in plan.pages:
        return {}
    page, built_in = plan.pages[name], plan.kind_of(name)
    promised = [tag.css_class for tag in required_tags(plan, page, built_in)]
    there = dict.fromkeys([*promised, *page.optional_tags, *kind.tags])
    return {
        tag: "promised" if tag in promised else _allowed(plan, page, built_in, TAGS[tag]) for tag in there
    }


def _allowed(plan: Plan, page: Page, kind: str, tag: Tag) -> str:
    """What reports by being there is forbidden in a file that everybody gets, unless the plan names it."""
    for_all = tag.one_shot and plan.integration.activity != "server-tags"
    named = tag.css_class in page.allowed_tags
    return (
        "optional"
        if named or (may_carry(page, kind, tag) and not for_all and not tag.retired)
        else "forbidden"
    )
