"""Journeys that the plan draws up, or that `serve --record` has kept: replayed, and compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from connectif_kit.core.messages import count, joined, say
from connectif_kit.verify import faults
from connectif_kit.verify.acts import ask, click
from connectif_kit.verify.replay import Replay
from connectif_kit.verify.sent import has_values, sent
from connectif_kit.verify.visit import PROMISED, rest

if TYPE_CHECKING:
    from playwright.async_api import Page

    from connectif_kit.plan.models.verification import Step
    from connectif_kit.verify.stage import Stage
    from connectif_kit.verify.tour import Tour


class Journeys:
    """The plan's journeys, each by a visitor of its own."""

    def __init__(self, tour: Tour) -> None:
        self.tour = tour
        self.loaded = tour.order.loaded

    async def run(self) -> None:
        """Go through them all, and through what was recorded."""
        for name, steps in self.loaded.plan.journeys.items():
            if self.tour.order.wants(name):
                await Script(self.tour, name).run(steps)
        for file in self.tour.order.recordings:
            await Replay(self.tour, file).run()


class Script:
    """One journey of the plan; it ends with its first step that fails."""

    def __init__(self, tour: Tour, name: str) -> None:
        self.tour = tour
        self.name = name
        self.place = tour.order.loaded.place("journeys", name)
        self.since = 0
        """Since when what is sent counts."""

    async def run(self, steps: list[Step]) -> None:
        """Step by step."""
        async with self.tour.stage() as stage:
            page = await stage.page()
            for number, step in enumerate(steps, 1):
                made = await self._step(stage, page, step)
                if isinstance(made, str):
                    message = say(
                        "journey `{name}`, step {number}: {made}", name=self.name, number=number, made=made
                    )
                    self._fail(step, message)
                    return
                page = made
        self.tour.outcome.prove(f"journeys/{self.name}", count(len(steps), "{n} step", "{n} steps"))

    def _fail(self, step: Step, message: str) -> None:
        fault = faults.MISSING_EVENT if step.expect else faults.BROKEN_JOURNEY
        self.tour.outcome.findings.add(
            faults.UNEXPECTED_EVENT if step.never else fault, message, self.place, self.place, self.name
        )

    async def _step(self, stage: Stage, page: Page, step: Step) -> Page | str:
        """The page to go on with, or what went wrong."""
        if step.expect:
            return await self._expect(stage, step.expect) or page
        if step.never:
            return await self._never(stage, page, step.never) or page
        if step.tab:
            other = await stage.page()
            await other.goto(page.url, wait_until="domcontentloaded")
            await self.tour.arrived(stage, other, stage.recorder.now)
            return other
        return await self._do(stage, page, step) or page

    async def _do(self, stage: Stage, page: Page, step: Step) -> str:
        since = stage.recorder.now
        if step.open or step.reload or step.back:
            await self._go(stage, page, step)
            await self.tour.arrived(stage, page, since)
        elif step.click:
            if not await click(page, "match", selector=step.click):
                return say("the page has no `{selector}`", selector=step.click)
        elif step.fill:
            for selector, text in step.fill.items():
                if not await ask(page, "write", selector=selector, text=text):
                    return say("the page has no field `{selector}`", selector=selector)
        elif step.submit and not await ask(page, "submit", selector=step.submit):
            return say("the page has no form `{selector}`", selector=step.submit)
        await self.tour.quiet(page)
        return ""

    async def _go(self, stage: Stage, page: Page, step: Step) -> None:
        if step.open:
            await stage.go(page, self.tour.order.loaded.plan.store.base + step.open)
        elif step.reload:
            await page.reload(wait_until="domcontentloaded")
        else:
            await page.go_back(wait_until="domcontentloaded")
            await page.go_forward(wait_until="domcontentloaded")

    async def _expect(self, stage: Stage, wanted: Mapping[str, Mapping[str, str]]) -> str:
        """What did not come, or nothing."""
        recorder = stage.recorder

        def missing() -> list[str]:
            came = list(sent(recorder, self.since))
            return [
                name for name, values in wanted.items() if not any(_fits(one, name, values) for one in came)
            ]

        await recorder.until(lambda: not missing(), stage.show.patient(PROMISED))
        lost = missing()
        came = ", ".join(str(one["type"]) for one in sent(recorder, self.since)) or say("nothing")
        self.since = recorder.now
        texts = [say("{name} was not sent, but {came}", name=_said(n, wanted[n]), came=came) for n in lost]
        return joined(texts, "; ")

    async def _never(self, stage: Stage, page: Page, wanted: Mapping[str, Mapping[str, str]]) -> str:
        await rest(stage, page)
        await self.tour.quiet(page)
        came = list(sent(stage.recorder, self.since))
        found = [name for name, values in wanted.items() if any(_fits(one, name, values) for one in came)]
        return joined([say("{name} was sent", name=_said(name, wanted[name])) for name in found], "; ")


def _said(name: str, values: Mapping[str, str]) -> str:
    inside = ", ".join(f"{key}: {value}" for key, value in values.items())
    return f"{name} ({inside})" if inside else name


def _fits(one: Mapping[str, Any], name: str, values: Mapping[str, str]) -> bool:
    return one.get("type") == name and has_values(one, values)
