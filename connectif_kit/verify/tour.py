"""What the parts of a run share: the site's pages, the visitor's consent, the outcome so far."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectif_kit.core.records import dataclass
from connectif_kit.preview.validation import VISIT
from connectif_kit.verify.acts import ask
from connectif_kit.verify.faults import FindingKind, Findings
from connectif_kit.verify.sample import Sample
from connectif_kit.verify.sent import sent
from connectif_kit.verify.stage import Show, Stage, stage
from connectif_kit.verify.visit import CLIENT, Visit

if TYPE_CHECKING:
    from playwright.async_api import Page

    from connectif_kit.core.diagnostics import Diagnostic
    from connectif_kit.plan.loaded import LoadedPlan
    from connectif_kit.verify.origin import SiteFolder
    from connectif_kit.verify.remote import Remote

READY = 6.0
"""Seconds until a page has reported its visit; only what comes later can be told from it."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be verified, and how."""

    loaded: LoadedPlan
    origin: str
    folder: SiteFolder | None
    """The built site; nothing where somebody else serves it, as `remote` says."""
    home: Path = Path()
    """The plan's folder, from which its modules are read."""
    remote: Remote | None = None
    state: Any = None
    """Cookies and storage to begin with."""
    platform: str = ""
    """Who plays the vendor in place of the stand-in: `https:`, the vendor, or an origin."""
    engine: str = "chromium"
    every: bool = False
    allow: frozenset[str] = frozenset()
    """Hosts outside this machine that pages may ask for scripts and pictures."""
    only: frozenset[str] = frozenset()
    """Names of the plan (pages, events, `cart`, `contact`, `service_worker`, `spa`); none: everything."""
    recordings: tuple[Path, ...] = ()
    """Sessions of `serve --record` to go through again."""
    pictures: bool = False
    traces: bool = False
    """Whether pages with errors are opened once more, with a trace."""
    new: Callable[[Sequence[Diagnostic]], Sequence[Diagnostic]] = tuple
    """Those of some findings that are reported: a baseline knows the others."""
    shown: Callable[[str], str] = str

    def serves(self, path: str) -> bool:
        """Whether the site has something at a path."""
        if self.folder is not None:
            return self.folder.file_of(path) is not None
        return self.remote is not None and self.remote.get(path) is not None

    def wants(self, *names: str) -> bool:
        """Whether one of these is asked for."""
        return not self.only or not self.only.isdisjoint(names)


@dataclass(slots=True)
class Outcome:
    """What came of it."""

    findings: Findings = field(default_factory=Findings)
    visits: list[Visit] = field(default_factory=list)
    proofs: dict[str, list[str]] = field(default_factory=dict)
    """What was proved → by what: `purchase` → [`checkout on /checkout/`]."""
    sent: list[dict[str, Any]] = field(default_factory=list)
    """Everything that was sent, carts and contacts as `{"type": "cart", …}`."""
    by_hand: dict[str, str] = field(default_factory=dict)
    """What only a person can see → why."""

    def prove(self, name: str, by: str) -> None:
        """Something was seen to work."""
        known = self.proofs.setdefault(name, [])
        if by not in known:
            known.append(by)


@dataclass(slots=True)
class Tour:
    """One run on its way."""

    order: Order
    show: Show
    outcome: Outcome
    found: dict[str, list[Sample]]
    state: Any = None
    """Cookies and storage of a visitor who has agreed."""
    simulated: bool = False
    """Whether we agree in the visitor's place."""
    heard: list[str] = field(default_factory=list)
    """What a development build has logged."""

    @asynccontextmanager
    async def stage(self, *, workers: bool = False, whole: bool = False) -> AsyncIterator[Stage]:
        """A fresh visitor who has agreed, if the plan asks for that; `whole`: who sees notifications."""
        given = {"state": self.state, "workers": workers, "simulate_consent": self.simulated}
        show = replace(self.show, browser=await self.show.whole()) if whole else self.show
        async with stage(show, **given) as fresh:
            yield fresh
            self.outcome.sent += sent(fresh.recorder, 0)
            self.heard += [str(tell.data["message"]) for tell in fresh.recorder.of(None, "explained")]

    def of_kind(self, kind: str) -> list[Sample]:
        """The site's pages of a built-in kind."""
        return [one for samples in self.found.values() for one in samples if one.kind == kind]

    def is_broken(self, *faults: FindingKind) -> bool:
        """Whether one of these was found, so that what follows from it is not a finding of its own."""
        return self.outcome.findings.has(*faults)

    async def open(self, stage: Stage, page: Page, sample: Sample) -> None:
        """Open a page and wait until its own visit is reported."""
        since = stage.recorder.now
        await stage.go(page, sample.address)
        await self.arrived(stage, page, since)

    async def arrived(self, stage: Stage, page: Page, since: int) -> None:
        """Wait until the page that was opened has reported its visit."""
        recorder = stage.recorder
        await page.wait_for_load_state("load")
        if await recorder.until(lambda: recorder.of(page, "client", since=since), self.show.patient(CLIENT)):
            await recorder.until(
                lambda: any(VISIT in t.types for t in recorder.of(page, "sent", since=since)),
                self.show.patient(READY),
            )

    async def quiet(self, page: Page) -> None:
        """Let the page do what it has to do now."""
        from playwright.async_api import Error

        try:
            await ask(page, "idle")
        except Error:  # it was left meanwhile
            await page.wait_for_load_state("load")
