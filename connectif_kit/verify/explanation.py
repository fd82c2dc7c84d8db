"""Why something was not sent: the same acts with the development build, which says what it left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from connectif_kit.build import render
from connectif_kit.plan.workspace import module_reader
from connectif_kit.verify import faults
from connectif_kit.verify.journey import Journey
from connectif_kit.verify.tour import Outcome, Tour
from connectif_kit.verify.trials import ENTITY_OF, Trials
from connectif_kit.verify.visit import visit
from connectif_kit.vocabulary.platform import DISPATCHERS

if TYPE_CHECKING:
    from connectif_kit.core.diagnostics import Diagnostic

_LEFT_OUT = re.compile(r"(?P<what>[\w-]+) is (?:left out|not sent)\b")


async def explain(tour: Tour) -> None:
    """Where an incomplete object is why something did not come, say so in place of "missing"."""
    found = tour.outcome.findings
    missing = [one for one in found.all if one.rule == faults.MISSING_EVENT.name]
    if not missing or tour.is_broken(faults.MISSING_DISPATCHER):
        return
    said = await _said(tour, missing)
    for one in missing:
        reasons = [reason for what, reason in said if what in _awaited(tour, one)]
        if reasons:
            message = one.message + ": " + reasons[0]
            found.explain(one, faults.WRONG_VALUE, message)


async def _said(tour: Tour, missing: list[Diagnostic]) -> list[tuple[str, str]]:
    """`cart` → why the development build left it out."""
    loaded = tour.order.loaded
    script = render(loaded, module_reader(tour.order.home))[DISPATCHERS[2]]
    outcome = Outcome(visits=tour.outcome.visits)
    shadow = replace(tour, outcome=outcome, show=replace(tour.show, dispatcher=script), heard=[])
    if any(one.element in loaded.plan.events or one.element == "purchase" for one in missing):
        await Journey(shadow).run()
        await Trials(shadow).run()
    pages = {one.place.path for one in missing}
    for made in [one for one in tour.outcome.visits if one.sample.file in pages]:
        async with shadow.stage() as fresh:
            await visit(fresh, made.sample)
    return list(_reasons(shadow.heard))


def _reasons(heard: list[str]) -> Iterator[tuple[str, str]]:
    for text in heard:
        if found := _LEFT_OUT.search(text):
            yield found["what"], text.removeprefix("connectif-kit: ")[:300]


def _awaited(tour: Tour, finding: Diagnostic) -> set[str]:
    """Names under which the development build speaks of what was missing."""
    rule = tour.order.loaded.plan.events.get(finding.element)
    send = rule.send if rule is not None else finding.element
    return {send, ENTITY_OF.get(send, send), "product" if send == "product-visited" else send}
