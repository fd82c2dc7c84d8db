"""What a visitor of any shop does: opens an account, fills a cart, empties it, buys, comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from connectif_kit.core.messages import either, say
from connectif_kit.preview.journeys import shaped
from connectif_kit.preview.validation import VISIT
from connectif_kit.verify import faults
from connectif_kit.verify.acts import EMAIL, ask, click
from connectif_kit.verify.trials import BY_NAME, FATAL, Trials
from connectif_kit.vocabulary import ENTITIES

if TYPE_CHECKING:
    from playwright.async_api import Page, Request

    from connectif_kit.verify.recorder import Tell
    from connectif_kit.verify.sample import Sample
    from connectif_kit.verify.stage import Stage
    from connectif_kit.verify.tour import Tour

REACTION = 3.0
"""Seconds in which the page does something after a click, if it does anything."""
ORDERED = 8.0
LATE_SCRIPT = 5.0
"""Seconds in which a script of the shop comes that a timer puts into the page."""
PRODUCTS_TRIED = 6
"""Some products are sold out."""
CHECKOUT_STEPS = 4


class Journey:
    """One visitor after another."""

    def __init__(self, tour: Tour) -> None:
        self.tour = tour
        self.loaded = tour.order.loaded
        self.plan = tour.order.loaded.plan
        self.outcome = tour.outcome
        self.trials = Trials(tour)
        self.scripts: list[str] = []
        """The scripts that the shop's pages have loaded, in their order."""
        self.late: set[str] = set()
        """Those without which nothing could be put into the cart: a timer puts them into the page."""

    async def run(self) -> None:
        """Go as far as the shop goes."""
        if self._wants("login", "register", "contact", pages=("account",)):
            await self._accounts()
        if self._wants("cart", "purchase", pages=("cart", "checkout", "confirmation")):
            await self._shop()

    def _wants(self, *sends: str, pages: tuple[str, ...]) -> bool:
        """Whether an event that sends one of these is asked for, or a page of one of these kinds."""
        names = [name for name, rule in self.plan.events.items() if rule.send in sends]
        names += [name for kind in pages for name in self.plan.pages_of(kind)]
        return self.tour.order.wants(*names, *sends)

    async def _shop(self) -> None:
        async with self.tour.stage() as stage:
            await self.shop(stage)
        if "purchase" not in self.outcome.proofs:
            await self._simulated_order()

    async def shop(self, stage: Stage) -> None:
        """Fill the cart, empty it, fill it again and buy."""
        page = await stage.page()
        page.on("requestfinished", self._hear)
        if await self._add(stage, page):
            await self._empty(stage, page)
            await self._add(stage, page)
            await self._buy(stage, page)

    def _hear(self, request: Request) -> None:
        if request.resource_type == "script":
            self.scripts.append(request.url)

    async def _open(self, stage: Stage, page: Page, sample: Sample) -> None:
        """Open a page and wait for the scripts that others had late."""
        known = len(self.scripts)
        await self.tour.open(stage, page, sample)
        if self.late:
            await self._come(stage, page, lambda: self.late <= set(self.scripts[known:]))

    async def _come(self, stage: Stage, page: Page, loaded: Callable[[], bool]) -> bool:
        """Whether more scripts come, and have run."""
        came = await stage.recorder.until(loaded, stage.show.patient(LATE_SCRIPT))
        await self.tour.quiet(page)
        return came

    # ------------------------------------------------------------ accounts

    async def _accounts(self) -> None:
        """Each form of an account page, by a visitor of its own: after one, others may be hidden."""
        for sample in self.tour.of_kind("account")[:1]:
            index = 0
            while await self._form(sample, index):
                index += 1

    async def _form(self, sample: Sample, index: int) -> bool:
        async with self.tour.stage() as stage:
            page = await stage.page()
            await self.tour.open(stage, page, sample)
            since = stage.recorder.now
            if index >= min(await ask(page, "forms"), 5):
                return False
            if await ask(page, "submit", index=index):
                await self._reacted(stage, page, since)
                await self._named(stage, page, since, sample, "form")
            self._note_contact(stage)
            return True

    def _note_contact(self, stage: Stage) -> None:
        for tell in stage.recorder.of(None, "sent"):
            contact = tell.option("contact")
            if contact and contact["value"].get("primaryKey") == EMAIL:
                self.outcome.prove("contact", say("form on {path}", path=tell.path))

    async def _reacted(self, stage: Stage, page: Page, since: int) -> None:
        """Wait until something happens after a visitor's act."""
        recorder = stage.recorder
        await recorder.until(
            lambda: recorder.of(None, "happened", "layer", "sent", since=since), stage.show.patient(REACTION)
        )
        await self.tour.quiet(page)

    async def _named(self, stage: Stage, page: Page, since: int, sample: Sample, how: str) -> None:
        """Rules whose named trigger the shop's own code has pulled."""
        reported = stage.recorder.of(None, "happened", "layer", since=since)
        names = {tell.data.get("name") for tell in reported}
        for name, rule in self.plan.events.items():
            fits = not rule.pages or sample.name in rule.pages
            if rule.on.kind in BY_NAME and fits and names.intersection(rule.on.names):
                await self.trials.judge(stage, page, name, rule, since, {}, sample, how)

    async def _until(self, stage: Stage, since: int, what: Callable[[Stage, int], Any]) -> Any:
        return await stage.recorder.until(lambda: what(stage, since), stage.show.patient(REACTION))

    async def _moved(self, stage: Stage, page: Page, since: int, before: str) -> bool:
        """Whether an order was sent or another page came."""

        def moved() -> bool:
            return bool(orders(stage, since)) or page.url != before

        return await stage.recorder.until(moved, stage.show.patient(REACTION))

    # ------------------------------------------------------------ the cart

    async def _add(self, stage: Stage, page: Page) -> bool:
        """Put a product into the cart; whether a cart was reported."""
        recorder = stage.recorder
        for number, sample in enumerate(self.tour.of_kind("product")[:PRODUCTS_TRIED]):
            await self._open(stage, page, sample)
            since, before = recorder.now, await self._kept_cart(page)
            if not await self._click(stage, page, since, patient=number == 0 and not self.late):
                continue
            await self._named(stage, page, since, sample, say("added to the cart"))
            if not carts(stage, since) and await self._kept_cart(page) != before:
                self._unheard(sample)
                return False
            if any(filled(tell) for tell in carts(stage, since)):
                self.outcome.prove("cart", say("added to the cart on {path}", path=sample.path))
                return True
        return False

    async def _click(self, stage: Stage, page: Page, since: int, *, patient: bool) -> bool:
        """Click what puts a product into the cart; `patient`: once more after a script that comes late."""
        known, before = set(self.scripts), await self._kept_cart(page)
        was_there = await click(page, "find", kind="add")
        came = was_there and (await self._until(stage, since, carts) or await self._kept_cart(page) != before)
        if came or not patient:
            return was_there
        if not await self._come(stage, page, lambda: not known.issuperset(self.scripts)):
            return was_there
        self.late = set(self.scripts) - known
        was_there = await click(page, "find", kind="add")
        await self._until(stage, since, carts)
        return was_there

    async def _kept_cart(self, page: Page) -> Any:
        """The cart where the plan finds it in the visitor's storage."""
        source: Any = self.plan.cart
        key = source.storage if source is not None and source.NAME == "storage" else None
        return await ask(page, "stored", key=key) if key else None

    def _unheard(self, sample: Sample) -> None:
        """The shop's cart has changed, and what the plan waits for has not happened."""
        for name, rule in self.plan.events.items():
            known = self.tour.is_broken(*FATAL, faults.MISSING_EVENT)
            if rule.send == "cart" and rule.on.kind in BY_NAME and not known:
                what: str = either(f"`{one}`" for one in rule.on.names)
                message = say("the shop's cart has changed, and {what} has not happened", what=what)
                place = self.loaded.place("events", name)
                self.outcome.findings.add(faults.MISSING_TRIGGER, message, sample.place, place, element=name)

    async def _empty(self, stage: Stage, page: Page) -> None:
        """Take everything out again."""
        for sample in self.tour.of_kind("cart")[:1]:
            await self._open(stage, page, sample)
            since = stage.recorder.now
            if not await click(page, "find", kind="remove"):
                return
            if await self._until(stage, since, emptied):
                self.outcome.prove("cart emptied", say("removed on {path}", path=sample.path))
            elif await ask(page, "lacks", kind="remove"):
                self._not_emptied(say("the last line was taken out"), sample)

    def _not_emptied(self, when: str, sample: Sample) -> None:
        place = self.loaded.place("cart")
        message = say("the empty cart was not reported after {when}", when=when)
        if not self.tour.is_broken(faults.CART_NOT_EMPTIED, *FATAL):
            self.outcome.findings.add(faults.CART_NOT_EMPTIED, message, sample.place, place)

    # ------------------------------------------------------------ the order

    async def _buy(self, stage: Stage, page: Page) -> None:
        """Fill in the checkout until an order is reported."""
        recorder = stage.recorder
        for sample in self.tour.of_kind("checkout")[:1]:
            since = recorder.now
            await self._open(stage, page, sample)
            for _ in range(CHECKOUT_STEPS):
                before = page.url
                if not await ask(page, "submit", index=0):
                    break
                if await self._moved(stage, page, since, before):
                    await self.tour.arrived(stage, page, since)
                if await self._ordered(stage, page, since, sample):
                    return

    async def _ordered(self, stage: Stage, page: Page, since: int, sample: Sample) -> bool:
        path = page.url.removeprefix(self.tour.show.origin).partition("?")[0]
        name = self.plan.page_of(path)
        is_confirmation = name is not None and self.plan.kind_of(name) == "confirmation"
        recorder = stage.recorder
        came = await recorder.until(
            lambda: orders(stage, since), stage.show.patient(ORDERED) if is_confirmation else 0.1
        )
        if not came:
            if is_confirmation and not self.tour.is_broken(*FATAL):
                message = say("purchase was not sent: the visitor has bought")
                place = self.loaded.place("pages", str(name))
                self.outcome.findings.add(
                    faults.MISSING_EVENT, message, self._file_of(str(name)), place, "purchase"
                )
            return is_confirmation
        await self.tour.quiet(page)
        self._check_order(stage, came, sample)
        await self._again(stage, page, name or sample.name)
        return True

    def _file_of(self, name: str) -> Any:
        samples = self.tour.found.get(name)
        return samples[0].place if samples else self.loaded.place("pages", name)

    def _check_order(self, stage: Stage, came: list[tuple[Tell, Any]], sample: Sample) -> None:
        tell, event = came[0]
        place = self.loaded.place("pages", str(tell.data.get("page") or sample.name))
        for verdict in event["verdicts"]:
            if verdict["expected"]:
                message = say(
                    "purchase: {path}: expected {expected}",
                    path=verdict["path"],
                    expected=verdict["expected"],
                )
                self.outcome.findings.add(
                    faults.WRONG_VALUE, message, sample.place, place, str(verdict["path"])
                )
        self.outcome.prove("purchase", say("checkout on {path}", path=sample.path))
        last = carts(stage, 0)[-1:]
        if self.plan.cart is not None and last and filled(last[0]):
            self._not_emptied(say("the order"), sample)
        elif last:
            self.outcome.prove("cart emptied", "order")

    # ------------------------------------------------------------ once and no more

    async def _again(self, stage: Stage, page: Page, name: str) -> None:
        """Reload, back and forward, a second tab: an order is one."""
        address = page.url
        for what in (say("a reload"), say("back and forward"), say("a second tab")):
            since = stage.recorder.now
            await self._repeat(stage, page, what, address)
            if orders(stage, since) and not self.tour.is_broken(*faults.TWO_LOADERS):
                place = self.loaded.place("pages", name)
                message = say("purchase was sent again after {what}", what=what)
                self.outcome.findings.add(
                    faults.DUPLICATE_EVENT, message, self._file_of(name), place, "purchase again"
                )
                return
        self.outcome.prove("once", say("reload, back and forward, second tab"))

    async def _repeat(self, stage: Stage, page: Page, what: str, address: str) -> None:
        since = stage.recorder.now
        if what == "a reload":
            await page.reload(wait_until="domcontentloaded")
        elif what == "a second tab":
            page = await stage.page()
            await page.goto(address, wait_until="domcontentloaded")
        else:
            await page.go_back(wait_until="domcontentloaded")
            await page.go_forward(wait_until="domcontentloaded")
        recorder = stage.recorder
        await recorder.until(
            lambda: any(VISIT in t.types for t in recorder.of(page, "sent", since=since)),
            stage.show.patient(REACTION),
        )
        await self.tour.quiet(page)

    async def _simulated_order(self) -> None:
        """No way was found through the checkout: the order is put where the plan reads it."""
        for name in self.plan.pages_of("confirmation"):
            source: Any = self.plan.pages[name].reports().get("purchase", {}).get("purchase")
            sample = next(iter(self.tour.found.get(name, ())), None)
            if sample is None or getattr(source, "NAME", "") != "storage" or self.tour.is_broken(*FATAL):
                continue
            async with self.tour.stage() as stage:
                page = await stage.page()
                await self.tour.open(stage, page, sample)
                value = shaped(source, ENTITIES["purchase"])
                await ask(page, "store", key=source.storage, value=value)
                since = stage.recorder.now
                await page.reload(wait_until="domcontentloaded")
                if await self._until(stage, since, orders):
                    self.outcome.prove(
                        "simulated purchase", say("an order in the storage on {path}", path=sample.path)
                    )
                    continue
                place = self.loaded.place("pages", name)
                message = say("purchase was not sent: an order was where the plan reads it")
                self.outcome.findings.add(faults.MISSING_EVENT, message, sample.place, place, "purchase")


def carts(stage: Stage, since: int) -> list[Tell]:
    """Calls that brought a cart."""
    return [tell for tell in stage.recorder.of(None, "sent", since=since) if tell.option("cart")]


def emptied(stage: Stage, since: int) -> list[Tell]:
    """Calls that brought an empty cart."""
    return [tell for tell in carts(stage, since) if not filled(tell)]


def filled(tell: Tell) -> bool:
    """Whether a reported cart has something in it."""
    cart = tell.option("cart")
    return bool(cart and cart["value"].get("products"))


def orders(stage: Stage, since: int) -> list[tuple[Tell, Any]]:
    """Purchases that were sent."""
    return [(tell, event) for tell, event in stage.recorder.sent(None, since) if event["type"] == "purchase"]
