"""Each event of the plan: its trigger pulled on a page that has it, what is promised awaited and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from connectif_kit.build.encode import described
from connectif_kit.core.messages import either, joined, say
from connectif_kit.preview.journeys import shaped
from connectif_kit.verify import faults
from connectif_kit.verify.acts import ask, click
from connectif_kit.verify.expected import differences, expected_values
from connectif_kit.verify.sample import Sample, having
from connectif_kit.vocabulary import ENTITIES
from connectif_kit.vocabulary.kinds import Json

if TYPE_CHECKING:
    from playwright.async_api import Page

    from connectif_kit.plan.models import EventRule
    from connectif_kit.verify.recorder import Recorder, Tell
    from connectif_kit.verify.stage import Stage
    from connectif_kit.verify.tour import Tour

SIMULATED = "simulated"
PROMPT = 5.0
"""Seconds for what follows a trigger."""
BY_SELECTOR = ("submit", "click", "change")
BY_NAME = ("event", "data_layer")
ENTITY_OF = {"login": "contact", "register": "contact"}
FATAL = (
    faults.MISSING_LOADER,
    faults.CLIENT_NOT_LOADED,
    faults.CSP_BLOCKS_CLIENT,
    faults.PAGE_ERROR,
    faults.UNREACHED_SCRIPT,
    faults.MISSING_DISPATCHER,
    faults.HYDRATION_ERROR,
)
"""Of what comes after one of these, nobody knows whether it is a fault of its own."""


def matching(rule: EventRule, recorder: Recorder, page: Page | None, since: int) -> list[tuple[Tell, Any]]:
    """What came of a rule's promise: its event, the cart, or the contact."""
    if rule.send in ("cart", "contact"):
        tells = recorder.of(page, "sent", since=since)
        return [(tell, option) for tell in tells if (option := tell.option(rule.send))]
    return [(t, e) for t, e in recorder.sent(page, since) if _is_promised(rule, e["event"])]


def _is_promised(rule: EventRule, event: Mapping[str, Any]) -> bool:
    if event.get("type") != rule.send:
        return False
    for name, key in (
        ("event_alias", "eventAlias"),
        ("alias", "eventAlias"),
        ("event_id", "eventId"),
        ("form_id", "formId"),
    ):
        literal = getattr(rule.given().get(name), "literal", None)
        if literal is not None and event.get(key) not in (None, literal):
            return False
    return True


class Trials:
    """The plan's events, one after another."""

    def __init__(self, tour: Tour) -> None:
        self.tour = tour
        self.loaded = tour.order.loaded
        self.outcome = tour.outcome

    async def run(self) -> None:
        """Try each rule that nobody has proved yet."""
        for name, rule in self.loaded.plan.events.items():
            if self.outcome.proofs.get(f"events/{name}") or not self.tour.order.wants(name):
                continue
            if rule.on.kind in BY_SELECTOR:
                await self._by_selector(name, rule)
            elif rule.on.kind in BY_NAME:
                await self._by_name(name, rule)
            elif rule.on.kind == "manual":
                self._manual(name)
            elif rule.on.kind != "load":
                self.outcome.by_hand.setdefault(
                    f"events/{name}", f"`verify` has no way to make a `{rule.on.kind}` happen"
                )

    def _samples(self, rule: EventRule) -> list[Sample]:
        names = rule.pages or list(self.tour.found)
        return [one for name in names for one in self.tour.found.get(name, ())]

    # ------------------------------------------------------------ by selector

    async def _by_selector(self, name: str, rule: EventRule) -> None:
        sample = having(rule.on.names, self._samples(rule)) or await self._live(rule)
        if sample is None:
            if not self.tour.is_broken(*FATAL):
                what = either(f"`{selector}`" for selector in rule.on.names)
                place = self.loaded.place("events", name)
                message = say("no page has {what}: `{name}` can never happen", what=what, name=name)
                self.outcome.findings.add(faults.MISSING_TRIGGER, message, place, place, element=name)
            return
        async with self.tour.stage() as stage:
            await self.pull(stage, sample, name, rule)

    async def _live(self, rule: EventRule) -> Sample | None:
        """A page in which a script makes the element."""
        for visit in self.outcome.visits:
            fits = not rule.pages or visit.sample.name in rule.pages
            if fits and visit.live and any(_has(visit.live, selector) for selector in rule.on.names):
                return visit.sample
        return None

    async def pull(self, stage: Stage, sample: Sample, name: str, rule: EventRule) -> None:
        """Do what a visitor does to an element, and judge what comes of it."""
        page = await stage.page()
        await self.tour.open(stage, page, sample)
        selector = await self._present(page, rule)
        if selector is None:
            return
        if rule.on.kind == "submit":
            await ask(page, "fill", selector=selector)
            if hindrance := await ask(page, "hindrance", selector=selector):
                reason = say(
                    "the form `{selector}` on {path} asks for what only a person has: {what}",
                    selector=selector,
                    path=sample.path,
                    what=hindrance,
                )
                self.outcome.by_hand[f"events/{name}"] = reason
                return
        expected = await expected_values(page, rule)
        since = stage.recorder.now
        if rule.on.kind == "click":
            await click(page, "match", selector=selector)
        else:
            await ask(page, rule.on.kind, selector=selector)
        await self.judge(stage, page, name, rule, since, expected, sample, rule.on.kind)

    async def _present(self, page: Page, rule: EventRule) -> str | None:
        for selector in rule.on.names:
            if await page.query_selector(selector):
                return selector
        return None

    # ------------------------------------------------------------ by name

    async def _by_name(self, name: str, rule: EventRule) -> None:
        """The shop's own code did not do it on our way: we do, which proves the plan's half."""
        sample = next(iter(self._samples(rule)), None)
        if sample is None:
            return
        async with self.tour.stage() as stage:
            await self.push(stage, sample, name, rule)

    async def push(self, stage: Stage, sample: Sample, name: str, rule: EventRule) -> None:
        """Make a named trigger happen in a page, and judge what comes of it."""
        page = await stage.page()
        await self.tour.open(stage, page, sample)
        for order in self._filled(rule):
            await ask(page, **order)
        since = stage.recorder.now
        for order in pulled(rule, self._detail(rule), self.loaded.plan.integration.data_layer_name):
            await ask(page, **order)
        await self.judge(stage, page, name, rule, since, {}, sample, SIMULATED)

    def _detail(self, rule: EventRule) -> Json:
        entity = ENTITIES.get(ENTITY_OF.get(rule.send, rule.send))
        if entity is None:
            return {}
        general = getattr(self.loaded.plan, entity.name, None)
        source = rule.given().get(entity.name) or getattr(rule, entity.name, None)
        return shaped(described(source, general) if source else general, entity)

    def _filled(self, rule: EventRule) -> Iterator[dict[str, Any]]:
        """What the plan reads from the visitor's storage, as examples."""
        for name in ("contact", "cart"):
            source = getattr(rule, name) or getattr(self.loaded.plan, name)
            wanted = name in (rule.send, ENTITY_OF.get(rule.send))
            if wanted and source is not None and source.NAME == "storage":
                yield {"do": "store", "key": source.storage, "value": shaped(source, ENTITIES[name])}

    def _manual(self, name: str) -> None:
        """Only the shop's own code can say with what."""
        self.outcome.by_hand.setdefault(
            f"events/{name}", f"`connectifKit.send({name!r})` is for your own code"
        )

    # ------------------------------------------------------------ judging

    async def judge(
        self,
        stage: Stage,
        page: Page,
        name: str,
        rule: EventRule,
        since: int,
        expected: Mapping[str, str],
        sample: Sample,
        how: str,
    ) -> bool:
        """Whether a rule's promise was kept after its trigger; what is wrong is reported."""
        recorder = stage.recorder
        if rule.send == "push-opt-in":
            return False
        came = await recorder.until(lambda: matching(rule, recorder, page, since), stage.show.patient(PROMPT))
        place = self.loaded.place("events", name)
        if not came:
            if not self.tour.is_broken(*FATAL):
                message = say(
                    "{send} was not sent after {said} on {path}",
                    send=rule.send,
                    said=said(rule),
                    path=sample.path,
                )
                self.outcome.findings.add(faults.MISSING_EVENT, message, sample.place, place, element=name)
            return False
        await self.tour.quiet(page)
        self._compare(came, name, rule, expected, sample)
        self._once(matching(rule, recorder, page, since), name, rule, sample)
        self.outcome.prove(f"events/{name}", say("{how} on {path}", how=how, path=sample.path))
        # What we ourselves have dispatched proves the plan's half: nobody has seen the shop's own code do it.
        proof = f"simulated {rule.send}" if how == SIMULATED else rule.send
        self.outcome.prove(proof, say("{said} on {path}", said=said(rule), path=sample.path))
        return True

    def _compare(
        self,
        came: Sequence[tuple[Tell, Any]],
        name: str,
        rule: EventRule,
        expected: Mapping[str, str],
        sample: Sample,
    ) -> None:
        place = self.loaded.place("events", name)
        sent = came[0][1]
        for path, wanted, got in differences(expected, sent.get("event", {})):
            message = say(
                "{send}: {path} is `{got}`, the plan's source says `{wanted}`",
                send=rule.send,
                path=path,
                got=got,
                wanted=wanted,
            )
            self.outcome.findings.add(
                faults.DIFFERENT_VALUE, message, sample.place, place, element=f"{name}.{path}"
            )
        for verdict in sent["verdicts"]:
            if verdict["expected"]:
                message = say(
                    "{name}: {path}: expected {expected}",
                    name=rule.send,
                    path=verdict["path"],
                    expected=verdict["expected"],
                )
                self.outcome.findings.add(
                    faults.WRONG_VALUE, message, sample.place, place, element=f"{name}.{verdict['path']}"
                )

    def _once(self, came: Sequence[tuple[Tell, Any]], name: str, rule: EventRule, sample: Sample) -> None:
        if len(came) > 1 and rule.send != "contact" and not self.tour.is_broken(*faults.TWO_LOADERS):
            message = say(
                "{send} was sent {came} times after {said}", send=rule.send, came=len(came), said=said(rule)
            )
            place = self.loaded.place("events", name)
            self.outcome.findings.add(faults.DUPLICATE_EVENT, message, sample.place, place, element=name)


def _has(page: Any, selector: str) -> bool:
    try:
        return bool(page.live(page.page.select(selector)))
    except Exception:  # only browsers know this selector
        return False


def said(rule: EventRule) -> str:
    """`click on `[data-like]``, `event `user:login``."""
    names = either(f"`{one}`" for one in rule.on.names)
    return joined([rule.on.kind, names], " ") if names else rule.on.kind


def pulled(rule: EventRule, detail: Json, layer: str) -> Iterator[dict[str, Any]]:
    """Orders that make a named trigger happen."""
    name = rule.on.names[0]
    if rule.on.kind == "event":
        yield {"do": "dispatch", "name": name, "detail": detail}
    else:
        inside = detail if isinstance(detail, dict) else {}
        yield {"do": "push", "layer": layer, "entry": {"event": name, "ecommerce": inside, **inside}}
