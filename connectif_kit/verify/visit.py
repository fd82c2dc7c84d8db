"""One look at one page: as it is served, and as it is once its scripts have run."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import field
from typing import TYPE_CHECKING

from connectif_kit.core.records import dataclass
from connectif_kit.preview.validation import VISIT, expected_events
from connectif_kit.verify.cost import Cost, Meter
from connectif_kit.verify.recorder import Tell
from connectif_kit.verify.sample import Sample, live, raw

if TYPE_CHECKING:
    from playwright.async_api import Page

    from connectif_kit.page.integration import Integration
    from connectif_kit.plan.models import Plan
    from connectif_kit.verify.stage import Stage

CLIENT = 2.5
"""Seconds in which the client must have been asked for: the loader may look for consent twice a second."""
PROMISED = 6.0
"""Seconds for what a view promises: the dispatcher itself gives up after four."""
RESTLESS = 4.0
"""Seconds in which a page comes to rest, if ever."""
LATE = 8.0
"""Seconds more in which data that is only late would come."""
PRODUCT = "product-visited"
KNOWN_AT_LOAD = ("query", "meta", "literal", "page")
"""Sources that a first view of a page can answer; others know only of what the visitor has done."""


@dataclass(slots=True)
class Visit:
    """A page and all that it reported."""

    sample: Sample
    status: int = 0
    failure: str = ""
    """Why the page could not be opened."""
    moved_to: str = ""
    """The address that the page sent its visitor to, by itself."""
    expected: list[str] = field(default_factory=list)
    raw: Integration | None = None
    live: Integration | None = None
    tells: Sequence[Tell] = ()
    picture: bytes = b""
    trace: bytes = b""
    """Playwright's trace of one more view, as a zip; of a page with errors only."""
    cost: Cost = field(default_factory=Cost)

    def of(self, *kinds: str) -> list[Tell]:
        """What it reported, of some kinds."""
        return [tell for tell in self.tells if tell.kind in kinds]

    @property
    def events(self) -> list[tuple[Tell, dict[str, object]]]:
        """Every event that was sent, with its call."""
        return [(tell, event) for tell in self.of("sent") for event in tell.events]

    @property
    def types(self) -> list[str]:
        """Types of the events that were sent."""
        return [str(event["type"]) for _, event in self.events]


def expected_at_load(plan: Plan, sample: Sample) -> list[str]:
    """What a first view of a page must report: an order, say, is there only for who has bought."""
    reports = plan.pages[sample.name].reports()
    return [
        type_
        for type_ in expected_events(plan, sample.name)
        if type_ in (VISIT, PRODUCT) or all(_known(source) for source in reports.get(type_, {}).values())
    ]


def _known(source: object) -> bool:
    return getattr(source, "NAME", "") in KNOWN_AT_LOAD


async def visit(stage: Stage, sample: Sample, *, picture: bool = False) -> Visit:
    """Open a page, wait for what it promises and for quiet, read it."""
    from playwright.async_api import Error

    page = await stage.page()
    made = Visit(sample, expected=expected_at_load(stage.show.loaded.plan, sample), raw=raw(sample))
    meter = Meter(stage, page)
    try:
        await meter.start()
        made.status = await stage.go(page, sample.address)
        await settle(stage, page, made.expected)
        made.cost = await meter.stop(sample, made.raw)
        made.moved_to = _moved(stage, page, sample)
        made.live = live(await page.content(), sample)
        if picture:
            made.picture = await page.screenshot(type="jpeg", quality=50)
    except Error as error:
        made.failure = error.message.splitlines()[0]
    made.tells = stage.recorder.of(page)
    await page.close()
    return made


def _moved(stage: Stage, page: Page, sample: Sample) -> str:
    """Where another document of another path was loaded; an app that changes its address loads none."""
    path = page.url.removeprefix(stage.show.origin).partition("?")[0].partition("#")[0]
    documents = {tell.load for tell in stage.recorder.of(page, "document")}
    is_other = _plain(path) != _plain(sample.path)
    return path if is_other and (len(documents) > 1 or not page.url.startswith(stage.show.origin)) else ""


def _plain(path: str) -> str:
    return path.removesuffix("index.html").removesuffix(".html").rstrip("/")


async def settle(stage: Stage, page: Page, expected: Sequence[str], since: int = 0) -> None:
    """Wait for the client, for what is promised, and until the page asks for nothing more."""
    recorder = stage.recorder
    await page.wait_for_load_state("load")

    def came() -> set[str]:
        return {event["type"] for _, event in recorder.sent(page, since)}

    await recorder.until(lambda: recorder.of(page, "client", "blocked"), stage.show.patient(CLIENT))
    if recorder.of(page, "client"):
        await recorder.until(lambda: came().issuperset(expected), stage.show.patient(PROMISED))
        if PRODUCT in expected and VISIT in came() and PRODUCT not in came():
            await recorder.until(lambda: PRODUCT in came(), stage.show.patient(LATE))
    await rest(stage, page)


async def rest(stage: Stage, page: Page) -> None:
    """Until the page asks for nothing more; a chat or a feed may ask for ever."""
    from playwright.async_api import TimeoutError as Endless

    with suppress(Endless):
        await page.wait_for_load_state("networkidle", timeout=stage.show.patient(RESTLESS) * 1000)
