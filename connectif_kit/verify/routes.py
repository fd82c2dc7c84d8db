"""A single-page app: its views change without loading, and each must report its own product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectif_kit.core.messages import say
from connectif_kit.preview.validation import VISIT
from connectif_kit.verify import faults
from connectif_kit.verify.acts import ask, click
from connectif_kit.verify.sample import live
from connectif_kit.verify.trials import FATAL
from connectif_kit.verify.visit import LATE, PRODUCT, PROMISED

if TYPE_CHECKING:
    from playwright.async_api import Page

    from connectif_kit.page.integration import Integration
    from connectif_kit.verify.sample import Sample
    from connectif_kit.verify.stage import Stage
    from connectif_kit.verify.tour import Tour

STEPS = 4


class Routes:
    """From one product to another, by the app's own links."""

    def __init__(self, tour: Tour) -> None:
        self.tour = tour
        self.loaded = tour.order.loaded
        self.products = {one.path.rstrip("/"): one for one in tour.of_kind("product")}
        others = [one for kind in ("category", "home", "content") for one in tour.of_kind(kind)]
        self.others = {one.path.rstrip("/") for one in others}

    async def run(self) -> None:
        """Follow links while they do not load a document."""
        if (
            self.loaded.plan.integration.spa is None
            or self.tour.is_broken(*FATAL)
            or not self.products
            or not self.tour.order.wants("spa")
        ):
            return
        async with self.tour.stage() as stage:
            page = await stage.page()
            first = next(iter(self.products.values()))
            await self.tour.open(stage, page, first)
            previous = _product_id(live(await page.content(), first))
            seen = {first.path.rstrip("/")}
            for _ in range(STEPS):
                path = await self._next(page, seen)
                if path is None or not await self._follow(stage, page, path, previous):
                    return
                seen.add(path.rstrip("/"))

    async def _next(self, page: Page, seen: set[str]) -> str | None:
        links: list[str] = await ask(page, "links")
        ways = [one for known in (self.products, self.others) for one in links if one.rstrip("/") in known]
        return next((one for one in ways if one.rstrip("/") not in seen), None)

    async def _follow(self, stage: Stage, page: Page, path: str, previous: str) -> bool:
        """Whether to go on from there."""
        recorder = stage.recorder
        since, loads = recorder.now, {tell.load for tell in recorder.of(page, "client")}
        await click(page, "link", path=path)
        came = await recorder.until(
            lambda: any(VISIT in t.types for t in recorder.of(page, "sent", since=since)),
            stage.show.patient(PROMISED),
        )
        if {tell.load for tell in recorder.of(page, "client")} != loads:
            return False  # a document was loaded: this site's links are ordinary ones
        sample = self.products.get(path.rstrip("/"))
        if sample is None:
            return bool(came)
        await recorder.until(lambda: _products(stage, page, since), stage.show.patient(LATE) if came else 0.1)
        self._judge(live(await page.content(), sample), _products(stage, page, since), sample, previous)
        return False

    def _judge(self, now: Integration, sent: list[str], sample: Sample, previous: str) -> None:
        shown = _product_id(now)
        place = self.loaded.place("integration", "spa")
        add = self.tour.outcome.findings.add
        if previous and previous in (*sent, *([] if sent else [shown])):
            message = say(
                "after a change of route to {path} the page still describes the previous product",
                path=sample.path,
            )
            add(faults.STALE_PRODUCT, message, sample.place, place)
        elif not sent:
            add(
                faults.MISSING_EVENT,
                say("{type} was not sent after a change of route", type=PRODUCT),
                sample.place,
                place,
                PRODUCT,
            )
        else:
            self.tour.outcome.prove("route", say("change of route to {path}", path=sample.path))


def _product_id(page: Integration) -> str:
    for use in page.of("cn_product_visited"):
        for part in use.parts[:1]:
            first = part.first("product_id")
            return first.text if first else ""
    return ""


def _products(stage: Stage, page: Page, since: int) -> list[str]:
    events = [event for _, event in stage.recorder.sent(page, since) if event["type"] == PRODUCT]
    return [str((event["event"].get("product") or {}).get("productId", "")) for event in events]
