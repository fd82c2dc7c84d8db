"""A page with our additions and without them: what only happens with them is ours."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from connectif_kit.core.messages import say
from connectif_kit.verify import faults
from connectif_kit.verify.bare import OURS
from connectif_kit.verify.recorder import Tell
from connectif_kit.verify.stage import is_hydration, stage
from connectif_kit.verify.visit import Visit, rest, visit

if TYPE_CHECKING:
    from connectif_kit.verify.tour import Tour

SEEN_AGAIN = 2
"""How often a page that shifts with us is seen again, with and without."""
_CHANGING = re.compile(r"https?://[^\s)]*|\d+")
"""What differs in one message from view to view."""


def complaints(made: Visit) -> list[Tell]:
    """What a page logs as an error, and what its framework says of the HTML."""
    errors = [tell for tell in made.of("error") if is_hydration(_text(tell))]
    return [*made.of("console"), *errors]


def _text(tell: Tell) -> str:
    return str(tell.data.get("message", ""))


def _key(tell: Tell) -> str:
    return _CHANGING.sub("", _text(tell))


class Comparison:
    """One page that has complained, or shifts: seen again with and without our additions."""

    def __init__(self, tour: Tour, made: Visit) -> None:
        self.tour = tour
        self.made = made
        self.budget = tour.order.loaded.plan.verify.budget

    async def run(self) -> None:
        """Report what is ours, and leave in the page's cost only what is."""
        shifts = self.made.cost.layout_shift > self.budget.layout_shift
        slow = self._spent(self.made) > self.budget.main_thread
        own = [tell for tell in complaints(self.made) if OURS in str(tell.data.get("source", ""))]
        for tell in own:
            self._report(tell)
        if not shifts and not slow and len(own) == len(complaints(self.made)):
            self._cost(0.0)
            return
        bare, again = await self._bare(), await self._again()
        known, same = {_key(t) for t in complaints(bare)}, {_key(t) for t in complaints(again)}
        for tell in complaints(self.made):
            if tell not in own and _key(tell) in same - known:
                self._report(tell)
        spent = min(self.made.cost.main_thread, again.cost.main_thread)
        self.made.cost = replace(self.made.cost, main_thread=spent)
        self._cost(await self._shift([self.made, again], [bare]))

    async def _shift(self, ours: list[Visit], bare: list[Visit]) -> float:
        """What shifts with us and never without; a page that shifts now and then by itself is seen again."""
        for _ in range(SEEN_AGAIN):
            shift = min(one.cost.layout_shift for one in ours) - max(one.cost.layout_shift for one in bare)
            if shift <= self.budget.layout_shift:
                return shift
            ours.append(await self._again())
            bare.append(await self._bare())
        return min(one.cost.layout_shift for one in ours) - max(one.cost.layout_shift for one in bare)

    async def _again(self) -> Visit:
        async with self.tour.stage() as fresh:
            return await visit(fresh, self.made.sample)

    async def _bare(self) -> Visit:
        """The page as it is without us, once it has come to rest."""
        async with stage(self.tour.show, state=self.tour.state, bare=True) as fresh:
            page = await fresh.page()
            await fresh.go(page, self.made.sample.address)
            await page.wait_for_load_state("load")
            await rest(fresh, page)
            await self.tour.quiet(page)
            bare = Visit(self.made.sample, tells=fresh.recorder.of(page))
            bare.cost = replace(bare.cost, layout_shift=_shifted(bare))
            return bare

    def _report(self, tell: Tell) -> None:
        fault = faults.HYDRATION_ERROR if is_hydration(_text(tell)) else faults.CONSOLE_ERROR
        line = _text(tell).splitlines()[0][:200]
        message = say("with the integration, and not without it: {line}", line=line)
        self._add(fault, message, element=_key(tell))

    def _cost(self, shift: float) -> None:
        cost = self.made.cost = replace(self.made.cost, layout_shift=round(max(0.0, shift), 4))
        spent = self._spent(self.made)
        if cost.bytes > self.budget.bytes:
            self._over("bytes", say("{n} bytes", n=cost.bytes), f"{self.budget.bytes}")
        if spent > self.budget.main_thread:
            self._over(
                "main_thread", say("{n} ms of the main thread", n=round(spent)), f"{self.budget.main_thread}"
            )
        if cost.layout_shift > self.budget.layout_shift:
            self._over(
                "layout_shift",
                say("a layout shift of {shift}", shift=str(cost.layout_shift)),
                f"{self.budget.layout_shift}",
            )

    def _spent(self, made: Visit) -> float:
        """Milliseconds on a machine that has nothing else to do."""
        return made.cost.main_thread / self.tour.show.slowness

    def _over(self, name: str, spent: str, allowed: str) -> None:
        message = say(
            "our additions cost this page {spent}; {allowed} are allowed", spent=spent, allowed=allowed
        )
        self._add(faults.OVER_BUDGET, message, element=name)

    def _add(self, fault: faults.FindingKind, message: str, element: str) -> None:
        place = self.tour.order.loaded.place("verify", "budget")
        plan = place if fault is faults.OVER_BUDGET else self.tour.order.loaded.place("integration")
        self.tour.outcome.findings.add(fault, message, self.made.sample.place, plan, element)


def _shifted(made: Visit) -> float:
    return sum(float(tell.data["value"]) for tell in made.of("shift"))
