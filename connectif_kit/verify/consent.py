"""The visitor's consent: nothing before it, nothing without it, everything with it, nothing after it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from connectif_kit.core.messages import say
from connectif_kit.verify import faults
from connectif_kit.verify.acts import ask, click
from connectif_kit.verify.sample import Sample, raw
from connectif_kit.verify.stage import Stage, stage

if TYPE_CHECKING:
    from playwright.async_api import Page

    from connectif_kit.verify.tour import Tour

SILENCE = 1.2
"""Seconds in which nothing may come: the loader looks for consent twice a second."""
GIVEN = 3.0


class Agreement:
    """How a visitor of this site agrees."""

    def __init__(self, tour: Tour, samples: Sequence[Sample]) -> None:
        self.tour = tour
        self.samples = samples
        self.consent = tour.order.loaded.plan.integration.consent
        self.place = tour.order.loaded.place("integration", "consent")

    async def run(self) -> None:
        """Find out; the tour then has a visitor who has agreed."""
        if self.consent is None or not self.samples:
            return
        silent = await asyncio.gather(*map(self._is_silent, self.samples[:6]))
        if all(silent):
            await self._refuse()
        await self._give(is_kept=all(silent))

    def _ignored(self, when: str, sample: Sample) -> None:
        page = raw(sample)
        loaders = page.loaders if page else []
        place = page.page.place(loaders[-1].node) if page and loaders else sample.place
        message = say("the client is loaded {when}", when=when)
        self.tour.outcome.findings.add(faults.CONSENT_IGNORED, message, place, self.place, element=when)

    async def _is_silent(self, sample: Sample) -> bool:
        async with stage(self.tour.show) as fresh:
            page = await fresh.page()
            await fresh.go(page, sample.address)
            await page.wait_for_load_state("load")
            if not await _client(fresh, page, SILENCE):
                return True
        self._ignored(say("before the visitor has agreed"), sample)
        return False

    async def _refuse(self) -> None:
        sample = self.samples[0]
        async with stage(self.tour.show) as fresh:
            page = await fresh.page()
            await fresh.go(page, sample.address)
            await page.wait_for_load_state("load")
            if not await click(page, "find", kind="refuse"):
                return
            if await _client(fresh, page, SILENCE):
                self._ignored(say("although the visitor has refused"), sample)
            else:
                self.tour.outcome.prove("consent refused", sample.path)

    async def _give(self, *, is_kept: bool) -> None:
        sample = self.samples[0]
        async with stage(self.tour.show) as fresh:
            page = await fresh.page()
            await fresh.go(page, sample.address)
            await page.wait_for_load_state("load")
            clicked = await click(page, "find", kind="accept")
            if not clicked or not await _client(fresh, page, GIVEN):
                self._never(sample, clicked=clicked)
                return
            await self._remembered(fresh, sample)
            if is_kept:
                self.tour.outcome.prove("consent given", sample.path)
                await self._withdraw(fresh, page, sample)

    def _never(self, sample: Sample, *, clicked: bool) -> None:
        self.tour.simulated = True
        what = say("the visitor agrees, and what the plan waits for does not happen")
        message = (
            what if clicked else say("nothing in the page lets the visitor agree, so nothing is ever loaded")
        )
        self.tour.outcome.findings.add(faults.CONSENT_NEVER_GIVEN, message, sample.place, self.place)

    async def _remembered(self, fresh: Stage, sample: Sample) -> None:
        """The state of a visitor who has agreed; where a page forgets it, we agree each time."""
        self.tour.state = await fresh.context.storage_state()
        page = await fresh.page()
        await fresh.go(page, sample.address)
        await page.wait_for_load_state("load")
        if not await _client(fresh, page, GIVEN):
            self.tour.simulated = True
        await page.close()

    async def _withdraw(self, fresh: Stage, page: Page, sample: Sample) -> None:
        consent: Any = self.consent
        if consent.withdrawn:
            await ask(page, "dispatch", name=consent.withdrawn[0], detail=None)
            await self._silent_events(fresh, page, sample)
        elif consent.storage or consent.cookie:
            await ask(page, "forget", storage=consent.storage, cookie=consent.cookie)
            since = fresh.recorder.now
            await fresh.go(page, sample.address)
            if await fresh.recorder.until(
                lambda: fresh.recorder.of(page, "client", since=since), fresh.show.patient(SILENCE)
            ):
                self._ignored(say("after the visitor has withdrawn consent"), sample)
            else:
                self.tour.outcome.prove("consent withdrawn", sample.path)

    async def _silent_events(self, fresh: Stage, page: Page, sample: Sample) -> None:
        """After a withdrawal nothing is sent, whatever happens in the page."""
        since = fresh.recorder.now
        for rule in self.tour.order.loaded.plan.events.values():
            if rule.on.kind == "event":
                await ask(page, "dispatch", name=rule.on.names[0], detail={})
        if await fresh.recorder.until(
            lambda: fresh.recorder.of(page, "sent", since=since), fresh.show.patient(SILENCE)
        ):
            self._ignored(say("and sends after the visitor has withdrawn consent"), sample)
        else:
            self.tour.outcome.prove("consent withdrawn", sample.path)


async def _client(fresh: Stage, page: Page, seconds: float) -> bool:
    """Whether the page asks for the client."""
    found = await fresh.recorder.until(lambda: fresh.recorder.of(page, "client"), fresh.show.patient(seconds))
    return bool(found)
