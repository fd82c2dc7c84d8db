"""Web push: the worker at its path, registered, and a push that becomes a notification."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from connectif_kit.core.messages import say
from connectif_kit.verify import faults
from connectif_kit.verify.acts import ask

if TYPE_CHECKING:
    from connectif_kit.verify.stage import Stage
    from connectif_kit.verify.tour import Tour

REGISTERED = 6.0
SHOWN = 3_000
"""Milliseconds until a push must have become a notification."""
TITLE = "connectif-kit verify"
MESSAGE = json.dumps({"title": TITLE, "options": {"body": "a push, delivered by verify", "data": {}}})


class Worker:
    """The plan's service worker."""

    def __init__(self, tour: Tour) -> None:
        self.tour = tour
        self.plan = tour.order.loaded.plan
        self.worker = self.plan.service_worker
        self.place = tour.order.loaded.place("service_worker")

    async def run(self) -> None:
        """Prove it, where the plan has one and the browser can be asked."""
        if self.worker is None or not self.tour.order.wants("service_worker"):
            return
        path = self.plan.store.base + self.worker.path
        if not self.tour.order.serves(path):
            self._add(faults.MISSING_WORKER, say("there is no worker at {path}", path=path))
            return
        if self.tour.order.engine != "chromium":
            self.tour.outcome.by_hand["push"] = say(
                "{engine} cannot be given a push", engine=self.tour.order.engine
            )
            return
        async with self.tour.stage(workers=True) as stage:
            await self._push(stage, path)

    def _add(self, fault: faults.Fault, message: str) -> None:
        self.tour.outcome.findings.add(fault, message, self.place, self.place)

    async def _push(self, stage: Stage, path: str) -> None:
        sample = next((one for samples in self.tour.found.values() for one in samples), None)
        page = await stage.page()
        await stage.go(page, sample.address if sample else self.plan.store.base + "/")
        made = await ask(page, "register", path=path)
        if "error" in made:
            self._add(
                faults.BROKEN_WORKER,
                say("the browser does not take the worker at {path}: {made}", path=path, made=made["error"]),
            )
            return
        session = await stage.context.new_cdp_session(page)
        try:
            number = await _registration(session, made["scope"])
        except TimeoutError:
            self.tour.outcome.by_hand["push"] = say("the browser does not say how to deliver a push")
            return
        await session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self.tour.show.origin, "registrationId": number, "data": MESSAGE},
        )
        if await ask(
            page, "notified", scope=made["scope"], title=TITLE, patience=self.tour.show.patient(SHOWN)
        ):
            self.tour.outcome.prove("push", say("a push to {path}", path=path))
        else:
            self._add(
                faults.WORKER_WITHOUT_PUSH,
                say("the worker at {path} shows no notification for a push", path=path),
            )


async def _registration(session: Any, scope: str) -> str:
    """The browser's number of a registration."""
    import asyncio

    found: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def updated(event: dict[str, Any]) -> None:
        for one in event["registrations"]:
            if one["scopeURL"] == scope and not one.get("isDeleted") and not found.done():
                found.set_result(one["registrationId"])

    session.on("ServiceWorker.workerRegistrationUpdated", updated)
    await session.send("ServiceWorker.enable")
    return await asyncio.wait_for(found, REGISTERED)
