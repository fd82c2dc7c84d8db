"""What has led to a page's findings, done once more: for a trace that shows the step that failed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from connectif_kit.verify import faults
from connectif_kit.verify.journey import Journey
from connectif_kit.verify.trials import BY_SELECTOR, Trials

if TYPE_CHECKING:
    from connectif_kit.core.diagnostics import Diagnostic
    from connectif_kit.verify.sample import Sample
    from connectif_kit.verify.stage import Stage
    from connectif_kit.verify.tour import Tour

_OF_THE_SHOP = (faults.CART_NOT_EMPTIED, faults.MISSING_TRIGGER, faults.MISSING_EVENT, faults.DUPLICATE_EVENT)
"""What is found while a cart is filled and an order is placed."""


async def again(tour: Tour, stage: Stage, sample: Sample, found: Sequence[Diagnostic]) -> None:
    """Pull the triggers of the events that findings are of, and go the way to an order where one failed."""
    trials = Trials(tour)
    for name in _events(tour, found):
        rule = tour.order.loaded.plan.events[name]
        pull = trials.pull if rule.on.kind in BY_SELECTOR else trials.push
        await pull(stage, sample, name, rule)
    if any(_is_of_shop(tour, one) for one in found):
        await Journey(tour).shop(stage)


def _events(tour: Tour, found: Sequence[Diagnostic]) -> Iterator[str]:
    """The plan's events that findings are of: by their names, or by what they send."""
    for name, rule in tour.order.loaded.plan.events.items():
        if rule.on.kind not in (*BY_SELECTOR, "event", "data_layer"):
            continue
        subjects = {one.element.partition(".")[0] for one in found}
        if name in subjects:
            yield name


def _is_of_shop(tour: Tour, finding: Diagnostic) -> bool:
    if finding.rule == faults.CART_NOT_EMPTIED.name:
        return True
    is_step = finding.rule in {fault.name for fault in _OF_THE_SHOP}
    subject = finding.element.partition(" ")[0]
    rule = tour.order.loaded.plan.events.get(subject)
    return is_step and (subject == "purchase" or (rule is not None and rule.send in ("cart", "purchase")))
