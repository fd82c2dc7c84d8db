"""What the pages tell while they are driven: awaited, never slept for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, TypeVar

from connectif_kit.core.records import dataclass
from connectif_kit.preview.journal import MalformedError, record_of

if TYPE_CHECKING:
    from playwright.async_api import Page

    from connectif_kit.plan.loaded import LoadedPlan

T = TypeVar("T")
TICK = 0.25


async def _nothing() -> None:
    """The pulse of a recorder whose pages nobody waits for."""


@dataclass(frozen=True, slots=True)
class Tell:
    """One thing that happened: `client`, `sent`, `blocked`, `happened`, `layer` or `error`, and where."""

    number: int
    kind: str
    page: Any
    load: str
    path: str
    after: int
    """Milliseconds since the document began."""
    data: Mapping[str, Any]

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events of what was sent, each with its verdicts."""
        found: list[dict[str, Any]] = self.data.get("events", [])
        return found

    @property
    def types(self) -> list[str]:
        """The types of the events of what was sent."""
        return [event["type"] for event in self.events]

    def option(self, name: str) -> dict[str, Any] | None:
        """The `cart` or `contact` of what was sent, with its verdicts."""
        found: dict[str, Any] | None = self.data.get(name)
        return found


@dataclass(slots=True)
class Recorder:
    """All that the pages of one profile have reported, in order."""

    loaded: LoadedPlan
    tells: list[Tell] = field(default_factory=list)
    pulse: Callable[[], Awaitable[None]] = _nothing
    """Returns when the page has answered."""
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, source: Any, text: str) -> None:
        """The page's binding: one tell as JSON."""
        try:
            given = json.loads(text)
        except ValueError:
            return
        if not isinstance(given, dict):
            return
        if given.get("kind") == "sent":
            given = self._sent(given)
        self.add(given, source["page"])

    def add(self, given: Mapping[str, Any], page: Any) -> None:
        """Something happened."""
        kind, load, path = (str(given.get(name, "")) for name in ("kind", "load", "path"))
        after = int(given.get("after") or 0)
        self.tells.append(Tell(len(self.tells), kind, page, load, path, after, given))
        self._changed.set()

    def _sent(self, given: Mapping[str, Any]) -> dict[str, Any]:
        try:
            record = record_of(str(given.get("sent", "")).encode(), self.loaded)
        except MalformedError:
            record = {"events": [], "notes": [], "body": None}
        return {**record, **{key: given[key] for key in ("kind", "load", "path", "after") if key in given}}

    def of(self, page: Page | None = None, *kinds: str, since: int = 0) -> list[Tell]:
        """Tells of a page (all pages: None), of some kinds, from a number on."""
        return [t for t in self.tells[since:] if page in (None, t.page) and (not kinds or t.kind in kinds)]

    def sent(self, page: Page | None = None, since: int = 0) -> Iterator[tuple[Tell, dict[str, Any]]]:
        """Every event that was sent, with the call that it came in."""
        for tell in self.of(page, "sent", since=since):
            yield from ((tell, event) for event in tell.events)

    @property
    def now(self) -> int:
        """The number of the next tell."""
        return len(self.tells)

    async def until(self, wanted: Callable[[], T], seconds: float) -> T:
        """The first true answer of `wanted`, asked again after each tell; the last one when time is up.

        Time passes in ticks, each of which ends with an answer of the page: while a busy machine lets the
        page do nothing, none does.
        """
        while not (found := wanted()) and seconds > 0:
            seconds -= await self._tick(min(TICK, seconds))
        return found or wanted()

    async def _tick(self, longest: float) -> float:
        """Wait for a tell; the seconds that count as passed."""
        clock = asyncio.get_running_loop()
        started = clock.time()
        self._changed.clear()
        try:
            await asyncio.wait_for(self._changed.wait(), longest)
        except TimeoutError:
            await self.pulse()
        return min(longest, clock.time() - started)
