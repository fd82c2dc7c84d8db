"""Where a run's browsers come from: started for it and closed behind it, or kept from run to run."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from connectif_kit.verify.browser import Browsers

T = TypeVar("T")
Work = Callable[[Browsers], Awaitable[T]]
"""What is done in some browsers."""
Key = tuple[str, frozenset[str]]
"""An engine, and the hosts that it may reach: they are settled when a browser starts."""


def driven(work: Work[T], engine: str, hosts: frozenset[str]) -> T:
    """Do it in browsers of its own, or in those that a block of `kept_browsers` shares."""
    kept = _KEPT.get()
    if kept is not None:
        return kept.run(work, (engine, hosts))
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(_alone(work, engine, hosts))
    # Somebody drives a browser in this very thread, as a test does.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _alone(work, engine, hosts)).result()


async def _alone(work: Work[T], engine: str, hosts: frozenset[str]) -> T:
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browsers = Browsers(playwright, engine, hosts)
        try:
            return await work(browsers)
        finally:
            await browsers.close()


@contextmanager
def kept_browsers() -> Iterator[None]:
    """Runs within the block share their browsers, each of which starts when it is first asked for."""
    kept = Kept()
    before = _KEPT.set(kept)
    try:
        yield
    finally:
        _KEPT.reset(before)
        kept.close()


class Kept:
    """Browsers, and the event loop that drives them, in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._manager: Any = None
        self._playwright: Any = None
        self._browsers: dict[Key, Browsers] = {}

    def run(self, work: Work[T], key: Key) -> T:
        """Do it in the browsers of this engine and these hosts."""
        if self._playwright is None:
            self._start()
        if key not in self._browsers:
            self._browsers[key] = Browsers(self._playwright, *key)
        return self._do(_awaited(work, self._browsers[key]))

    def close(self) -> None:
        """Close what was started."""
        if self._playwright is not None:
            for browsers in self._browsers.values():
                self._do(browsers.close())
            self._do(self._manager.__aexit__(None, None, None))
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    def _start(self) -> None:
        from playwright.async_api import async_playwright

        self._thread.start()
        self._manager = async_playwright()
        self._playwright = self._do(self._manager.__aenter__())

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def _awaited(work: Work[T], browsers: Browsers) -> T:
    return await work(browsers)


_KEPT: ContextVar[Kept | None] = ContextVar("kept", default=None)
