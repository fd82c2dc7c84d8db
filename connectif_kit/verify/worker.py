"""Web push: the worker at its path, a push, its click; and the workers that the site has already."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectif_kit.core.diagnostics import KitError
from connectif_kit.core.messages import say
from connectif_kit.core.templates import BUNDLED
from connectif_kit.verify import faults
from connectif_kit.verify.acts import ask
from connectif_kit.verify.visit import rest
from connectif_kit.verify.worker_scopes import Scopes

if TYPE_CHECKING:
    from playwright.async_api import Page

    from connectif_kit.verify.recorder import Tell
    from connectif_kit.verify.stage import Stage
    from connectif_kit.verify.tour import Tour

REGISTERED = 6.0
ANSWERED = 10.0
SHOWN = 3_000
"""Milliseconds until a push must have become a notification."""
DELIVERIES = 3
"""A worker that the page registers at the same moment may miss the first."""
RELOADS = 3
"""How often a page may load itself again while it is asked for something."""
TITLE = "connectif-kit verify"


def message(origin: str) -> str:
    """A push as the platform sends it."""
    click = {"closeOnClick": True, "actionTypeId": "open-new-window", "redirectUrl": f"{origin}/"}
    options = {"body": "a push, delivered by verify", "data": {"notificationClick": click}}
    return json.dumps({"title": TITLE, "options": options})


class Worker:
    """The plan's service worker, beside those that the site has already."""

    def __init__(self, tour: Tour) -> None:
        self.tour = tour
        self.plan = tour.order.loaded.plan
        self.worker = self.plan.service_worker
        self.place = tour.order.loaded.place("service_worker")
        sample = next((one for samples in tour.found.values() for one in samples), None)
        self.address = sample.address if sample else self.plan.store.base + "/"
        self.path = self.plan.store.base + self.worker.path if self.worker else ""
        self.home = self.path.rpartition("/")[0] + "/"

    async def run(self) -> None:
        """Prove it, where the plan has one and the browser can be asked."""
        if self.worker is None or not self.tour.order.wants("service_worker"):
            return
        path = self.path
        if not self.tour.order.serves(path):
            self._add(faults.MISSING_WORKER, say("there is no worker at {path}", path=path))
            return
        if self.tour.order.engine != "chromium":
            self.tour.outcome.by_hand["push"] = say(
                "{engine} cannot be given a push", engine=self.tour.order.engine
            )
            return
        if self._has_conflict([tell for made in self.tour.outcome.visits for tell in made.tells]):
            return
        try:
            await self.tour.show.whole()
        except KitError as error:
            why = error.diagnostics[0]
            self.tour.outcome.by_hand["push"] = f"{why.message}: {why.hint}"
            return
        await self._prove(path)

    async def _prove(self, path: str) -> None:
        alone = await self._imported_alone()
        async with self.tour.stage(workers=True, whole=True) as stage:
            page = await self._opened(stage)
            wrong = await self._push(stage, page, path)
            if await self._is_beside(stage, page):
                if wrong:
                    self._add(*wrong)
                else:
                    await self._same_caches(page, alone)

    def _add(self, fault: faults.FindingKind, text: str) -> None:
        self.tour.outcome.findings.add(fault, text, self.place, self.place)

    async def _opened(self, stage: Stage) -> Page:
        """A page of the site, whose own workers are registered by now."""
        page = await stage.page()
        await stage.go(page, self.address)
        await page.wait_for_load_state("load")
        await rest(stage, page)
        await self.tour.quiet(page)
        return page

    # ------------------------------------------------------------ push

    async def _push(self, stage: Stage, page: Page, path: str) -> tuple[faults.FindingKind, str] | None:
        """What is wrong with the worker, or with what it does with a push."""
        made = await self._registered(page, path)
        if "error" in made:
            text = say(
                "the browser does not take the worker at {path}: {made}", path=path, made=made["error"]
            )
            return faults.BROKEN_WORKER, text
        session = await stage.context.new_cdp_session(page)
        try:
            number = await _registration(session, made["scope"])
        except TimeoutError:
            self.tour.outcome.by_hand["push"] = say("the browser does not say how to deliver a push")
            return None
        data = message(self.tour.show.origin)
        given = {"origin": self.tour.show.origin, "registrationId": number, "data": data}
        for _ in range(DELIVERIES):
            await session.send("ServiceWorker.deliverPushMessage", given)
            if await self._is_notified(page, made["scope"]):
                break
        else:
            text = say("the worker at {path} shows no notification for a push", path=path)
            return faults.WORKER_WITHOUT_PUSH, text
        self.tour.outcome.prove("push", say("a push to {path}", path=path))
        return await self._click(stage, path)

    async def _registered(self, page: Page, path: str, **scope: str) -> Any:
        """The registration's scope, or an error."""
        asked = self._ask(page, "register", path=path, **scope)
        try:
            return await asyncio.wait_for(asked, self.tour.show.patient(ANSWERED))
        except TimeoutError:
            return {"error": "it is not activated"}

    async def _is_notified(self, page: Page, scope: str) -> bool:
        patience = self.tour.show.patient(SHOWN)
        return bool(await self._ask(page, "notified", scope=scope, title=TITLE, patience=patience))

    async def _ask(self, page: Page, do: str, **order: Any) -> Any:
        """What the page answers; asked again where it loads itself again, as many do for a new worker."""
        from playwright.async_api import Error

        for _ in range(RELOADS):
            try:
                return await ask(page, do, **order)
            except Error:
                await page.wait_for_load_state("load")
        return await ask(page, do, **order)

    async def _click(self, stage: Stage, path: str) -> tuple[faults.FindingKind, str] | None:
        """A click on the notification closes it, or opens what it is about; what is wrong otherwise."""
        workers = [one for one in stage.context.service_workers if urlsplit(one.url).path == path]
        done = await self._clicked(workers[-1]) if workers else None
        if done is None:
            self.tour.outcome.by_hand["push clicked"] = say("the browser does not show the worker")
        elif done["closed"] or done["opened"]:
            self.tour.outcome.prove("push clicked", say("the notification of {path}", path=path))
        else:
            text = say("the worker at {path} does nothing when a push is clicked", path=path)
            return faults.WORKER_WITHOUT_CLICK, text
        return None

    async def _clicked(self, worker: Any) -> Any:
        """What the worker did; nothing where it does not answer: one that another has replaced never does."""
        from playwright.async_api import Error

        script = (BUNDLED / "verify" / "click.js").read_text("utf-8").strip().rstrip(";")
        try:
            return await asyncio.wait_for(worker.evaluate(script, TITLE), self.tour.show.patient(ANSWERED))
        except (TimeoutError, Error):
            return None

    # ------------------------------------------------------------ the site's own

    def _scopes(self, tells: Sequence[Tell]) -> Scopes:
        return Scopes(tells, self.path, self.tour.show.url(self.home), self.tour.order.serves)

    def _has_conflict(self, tells: Sequence[Tell]) -> bool:
        """Whether the site's pages register another worker for the plan's scope, or remove the plan's."""
        scopes = self._scopes(tells)
        if rivals := scopes.rivals:
            text = say(
                "the site's own worker {other} and {path} have the same scope: each replaces the other",
                other=rivals[0],
                path=self.path,
            )
        elif scopes.is_removed:
            text = say("the site's own script unregisters {path}, with each subscription", path=self.path)
        else:
            return False
        self._add(faults.WORKER_CONFLICT, text)
        return True

    async def _is_beside(self, stage: Stage, page: Page) -> bool:
        """Whether the plan's worker and those that the site registers itself are there after another load."""
        await page.reload(wait_until="load")
        await rest(stage, page)
        await self.tour.quiet(page)
        recorder = stage.recorder
        patience = self.tour.show.patient(ANSWERED)
        await recorder.until(lambda: self._scopes(recorder.of(page)).is_settled, patience)
        now = {one["script"] for one in await self._ask(page, "registrations")}
        if self._has_conflict(recorder.of(page)):
            return False
        beside = {one.path for one in self._scopes(recorder.of(page)).neighbours if one.script in now}
        if beside:
            names = ", ".join(sorted(beside))
            self.tour.outcome.prove("workers", say("{path} beside {names}", path=self.path, names=names))
        return True

    async def _imported_alone(self) -> list[str]:
        """The caches that the imported scripts fill where they are all of the worker, in an empty page."""
        found: list[str] = []
        for script in self.worker.import_ if self.worker else ():
            if not script.startswith("/") or not self.tour.order.serves(script):
                continue
            async with self.tour.stage(workers=True) as stage:
                page = await stage.blank()
                await self._registered(page, script, scope=self.home)
                found += await self._ask(page, "caches")
        return found

    async def _same_caches(self, page: Page, alone: list[str]) -> None:
        """Whether the imported scripts do what they do alone."""
        if not alone:
            return
        now = await self._ask(page, "caches")
        if lost := sorted(set(alone) - set(now)):
            self._add(
                faults.WORKER_CONFLICT,
                say(
                    "the worker keeps nothing in {lost}, as the imported script does alone",
                    lost=", ".join(lost),
                ),
            )
        else:
            self.tour.outcome.prove("workers", say("imported: {number} files kept", number=len(alone)))


async def _registration(session: Any, scope: str) -> str:
    """The browser's number of a registration."""
    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def updated(event: dict[str, Any]) -> None:
        for one in event["registrations"]:
            if one["scopeURL"] == scope and not one.get("isDeleted") and not found.done():
                found.set_result(one["registrationId"])

    session.on("ServiceWorker.workerRegistrationUpdated", updated)
    await session.send("ServiceWorker.enable")
    return await asyncio.wait_for(found, REGISTERED)
