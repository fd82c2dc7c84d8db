"""Entries of the dataLayer that the plan waits for: each must have been followed by what it promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from connectif_kit.core.messages import say
from connectif_kit.verify import faults

if TYPE_CHECKING:
    from connectif_kit.core.diagnostics import Place
    from connectif_kit.verify.tour import Tour
    from connectif_kit.verify.visit import Visit


def check_entries(tour: Tour) -> None:
    """Report entries that came before anybody listened, and were not heard afterwards either."""
    for visit in tour.outcome.visits:
        if tour.is_broken(faults.PAGE_ERROR, faults.CSP_BLOCKS_CLIENT):
            return
        for name, type_, plan in _promises(tour, visit):
            entries = [tell for tell in visit.of("layer") if tell.data.get("name") == name]
            if entries and type_ not in _sent(visit):
                _report(tour, visit, name, type_, plan, is_early=not entries[0].data.get("ready"))


def _sent(visit: Visit) -> set[str]:
    options = {name for tell in visit.of("sent") for name in ("cart", "contact") if tell.option(name)}
    return {*visit.types, *options}


def _promises(tour: Tour, visit: Visit) -> Iterator[tuple[str, str, Place]]:
    """Names of entries that a page's view or the plan's events wait for, what is promised then, and where."""
    loaded, sample = tour.order.loaded, visit.sample
    for rule_name, rule in loaded.plan.events.items():
        if rule.on.kind == "data_layer" and (not rule.pages or sample.name in rule.pages):
            for name in rule.on.names:
                yield name, rule.send, loaded.place("events", rule_name)
    for type_, fields in loaded.plan.pages[sample.name].reports().items():
        for source in fields.values():
            names = getattr(source, "data_layer", None) or []
            for name in [names] if isinstance(names, str) else names:
                yield name, type_, loaded.place("pages", sample.name)


def _report(tour: Tour, visit: Visit, name: str, type_: str, plan: Place, *, is_early: bool) -> None:
    if is_early:
        message = say(
            "`{name}` was pushed to the dataLayer before the loader ran, and {type} was not sent",
            name=name,
            type=type_,
        )
        fault = faults.EARLY_DATA_LAYER
    else:
        message = say("{type} was not sent after `{name}` was pushed to the dataLayer", type=type_, name=name)
        fault = faults.MISSING_EVENT
    tour.outcome.findings.add(fault, message, visit.sample.place, plan, element=f"dataLayer {name}")
