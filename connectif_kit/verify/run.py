"""A whole run, from the first page to the last worker."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from connectif_kit.build.testing import VENDOR_HOST
from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.page.host_headers import Sent
from connectif_kit.preview.validation import VISIT
from connectif_kit.verify.browser import Browsers
from connectif_kit.verify.comparison import Comparison
from connectif_kit.verify.consent import Agreement
from connectif_kit.verify.data_layer import check_entries
from connectif_kit.verify.driver import driven
from connectif_kit.verify.explanation import explain
from connectif_kit.verify.hosts import of_hosts
from connectif_kit.verify.journey import Journey
from connectif_kit.verify.page_checks import PageCheck
from connectif_kit.verify.remote import remote_pages
from connectif_kit.verify.routes import Routes
from connectif_kit.verify.sample import Sample, chosen, pages_by_name
from connectif_kit.verify.scripted import Journeys
from connectif_kit.verify.stage import Show
from connectif_kit.verify.tour import Order, Outcome, Tour
from connectif_kit.verify.traces import trace
from connectif_kit.verify.trials import Trials
from connectif_kit.verify.visit import Visit, visit
from connectif_kit.verify.worker import Worker

if TYPE_CHECKING:
    from playwright.async_api import Browser

TABS = 3
"""Pages that are open at once."""
USUAL = 0.2
"""Seconds that a profile and a page take on a machine that has nothing else to do."""
SLOWEST = 4.0


def _is_asked(order: Order, sample: Sample) -> bool:
    """Whether a page is to be visited; of pages only those that are named, if any is."""
    return not order.only.intersection(order.loaded.plan.pages) or sample.name in order.only


def verify(order: Order) -> Outcome:
    """Drive the browser through the site. Raises KitError where there is none."""
    return driven(partial(_verify, order), order.engine, _hosts(order))


async def _verify(order: Order, browsers: Browsers) -> Outcome:
    from playwright.async_api import Error

    try:
        return await verify_in(browsers, order)
    except Error as error:
        reason = error.message.strip().splitlines()[0]
        raise KitError.at(Place(order.origin), "browser-failed", reason) from None


def _hosts(order: Order) -> frozenset[str]:
    """Every host that the browser may reach."""
    vendor = {f"*.{VENDOR_HOST}"} if order.platform else set()
    return order.allow | vendor | {urlsplit(order.origin).hostname or "localhost"}


async def verify_in(browsers: Browsers, order: Order) -> Outcome:
    """A run in browsers that may have been started before."""
    browser = await browsers.plain()
    slowness = await _slowness(browser)
    remote = order.remote
    show = Show(
        browser,
        browsers.whole,
        order.loaded,
        order.origin,
        order.folder,
        headers=dict(remote.headers) if remote else None,
        credentials=remote.auth if remote else None,
        hosts=order.allow,
        slowness=slowness,
        state=order.state,
        platform=order.platform,
    )
    return await _go(Tour(order, show, Outcome(), _found(order)))


def _found(order: Order) -> dict[str, list[Sample]]:
    """The site's pages, by their names in the plan."""
    if order.folder is not None:
        return pages_by_name(order.loaded, order.folder, order.shown)
    assert order.remote is not None  # noqa: S101 - one of the two is the site
    return remote_pages(order.loaded, order.remote)


async def _slowness(browser: Browser) -> float:
    """How long a profile and its first page take, measured against a machine that has nothing else to do."""
    started = time.monotonic()
    async with await browser.new_context(service_workers="block") as context:
        page = await context.new_page()
        await page.set_content("<!doctype html><title>one page</title>")
    return min(SLOWEST, max(1.0, (time.monotonic() - started) / USUAL))


async def _go(tour: Tour) -> Outcome:
    samples = [one for one in chosen(tour.found, every=tour.order.every) if _is_asked(tour.order, one)]
    of_hosts(tour)
    await Agreement(tour, samples).run()
    await _pages(tour, samples)
    check_entries(tour)
    await asyncio.gather(_events(tour), Worker(tour).run(), Routes(tour).run())
    await explain(tour)
    if tour.order.traces:
        await trace(tour)
    return tour.outcome


async def _events(tour: Tour) -> None:
    """What visitors do, if the pages report anything at all: without, each wait would be in vain."""
    if VISIT not in tour.outcome.proofs:
        return
    await Journey(tour).run()
    await Trials(tour).run()
    await Journeys(tour).run()


async def _pages(tour: Tour, samples: Sequence[Sample]) -> None:
    """Each page in a profile of its own: what one keeps must not help another."""
    gate = asyncio.Semaphore(TABS)

    async def one(sample: Sample) -> Visit:
        async with gate:
            async with tour.stage() as fresh:
                made = await visit(fresh, sample, picture=tour.order.pictures)
            await Comparison(tour, made).run()
            return made

    outcome = tour.outcome
    outcome.visits = list(await asyncio.gather(*map(one, samples)))
    folder = tour.order.folder
    configured = folder.policies if folder else lambda _: list[Sent]()
    for made in outcome.visits:
        check = PageCheck(made, tour.order.loaded, outcome.findings, configured, tour.order.serves)
        for type_ in check.run():
            outcome.prove(type_, made.sample.address)
