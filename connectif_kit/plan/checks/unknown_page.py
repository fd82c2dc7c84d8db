"""An event for pages that are not planned."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity, did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan

_NAMED = 12
_COMPARED = 200


@check(
    Severity.ERROR,
    bad="events: {in: {on: {event: in}, send: page-visit, pages: [prodcut]}}\npages: {home: {match: /}}",
    good="events: {in: {on: {event: in}, send: page-visit, pages: [home]}}\npages: {home: {match: /}}",
    rests_on={("pages",)},
)
def unknown_page(plan: Plan) -> Iterator[Problem]:
    """An event is limited to a page that the plan does not have, so it would never be sent there."""
    known = {*plan.pages, *map(plan.kind_of, plan.pages)}
    for name, rule in plan.events.items():
        for index, page in enumerate(rule.pages):
            if page not in known:
                yield Problem(
                    ("events", name, "pages", index),
                    say("unknown page `{page}`", page=page),
                    _hint(page, known),
                )


def _hint(page: str, known: set[str]) -> str:
    near = did_you_mean(page, known) if len(known) <= _COMPARED else ""
    return near or (say("planned: {names}", names=_some(known)) if known else say("no page is planned"))


def _some(names: set[str]) -> str:
    """The first few of many names."""
    return ", ".join(sorted(names)[:_NAMED]) + (", …" if len(names) > _NAMED else "")
