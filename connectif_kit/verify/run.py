"""A whole run, from the first page to the last worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from connectif_kit.verify.browser import launch
from connectif_kit.verify.faults import Findings
from connectif_kit.verify.page_checks import PageCheck
from connectif_kit.verify.sample import Sample, chosen, pages_by_name
from connectif_kit.verify.stage import Show, stage
from connectif_kit.verify.visit import Visit, visit

if TYPE_CHECKING:
    from pathlib import Path

    from connectif_kit.plan import Loaded
    from connectif_kit.verify.origin import SiteFolder

TABS = 3
"""Pages that are open at once."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be verified, and how."""

    loaded: Loaded
    origin: str
    folder: SiteFolder
    engine: str = "chromium"
    every: bool = False
    pictures: bool = False
    shown: dict[str, str] = field(default_factory=dict)
    say: Callable[[str], None] = lambda _: None


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    findings: Findings = field(default_factory=Findings)
    visits: list[Visit] = field(default_factory=list)
    proofs: dict[str, list[str]] = field(default_factory=dict)
    """What was proved → by what: `purchase` → [`checkout on /checkout/`]."""

    def prove(self, name: str, by: str) -> None:
        """Something was seen to work."""
        known = self.proofs.setdefault(name, [])
        if by not in known:
            known.append(by)


def verify(order: Order) -> Outcome:
    """Drive the browser through the site. Raises KitError where there is none."""
    return asyncio.run(_verify(order))


async def _verify(order: Order) -> Outcome:
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await launch(playwright, order.engine)
        try:
            return await _tour(order, Show(browser, order.loaded, order.origin, order.folder))
        finally:
            await browser.close()


async def _tour(order: Order, show: Show) -> Outcome:
    outcome = Outcome()
    found = pages_by_name(order.loaded, order.folder, order.shown)
    samples = list(chosen(found, every=order.every))
    await _pages(order, show, samples, outcome)
    return outcome


async def _pages(order: Order, show: Show, samples: Sequence[Sample], outcome: Outcome) -> None:
    """Each page in a profile of its own: what one keeps must not help another."""
    gate = asyncio.Semaphore(TABS)

    async def one(sample: Sample) -> Visit:
        async with gate, stage(show) as fresh:
            return await visit(fresh, sample, picture=order.pictures)

    outcome.visits = list(await asyncio.gather(*map(one, samples)))
    for made in outcome.visits:
        if PageCheck(made, order.loaded, outcome.findings).run():
            for type_ in made.types:
                outcome.prove(type_, made.sample.address)
