"""What our additions cost a page: bytes on the wire, time on its main thread, layout that shifts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectif_kit.core.records import dataclass
from connectif_kit.verify.bare import OURS, compressed, page_bytes
from connectif_kit.vocabulary.platform import CDN_HOST

if TYPE_CHECKING:
    from playwright.async_api import CDPSession, Page, Request

    from connectif_kit.page.integration import Integration
    from connectif_kit.verify.sample import Sample
    from connectif_kit.verify.stage import Stage

LONGEST = 4_000
"""Microseconds of one sample, of which there is one in each thousand; longer is a busy machine."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one view of a page costs more with our additions than without; the vendor's client is not ours."""

    bytes: int = 0
    """Compressed, as servers send them."""
    main_thread: float = 0.0
    """Milliseconds in which one of our functions was running."""
    layout_shift: float = 0.0
    """The sum of shifts, https://web.dev/articles/cls, that happen with ours and not without."""


@dataclass(frozen=True, slots=True)
class OwnCode:
    """Which of a page's scripts are ours: the dispatcher's file, and lines of the page itself."""

    path: str
    lines: frozenset[int]

    def begins(self, frame: Mapping[str, Any]) -> bool:
        """Whether a function of a profile is ours."""
        path = urlsplit(str(frame["url"])).path
        return OURS in path or (path == self.path and frame["lineNumber"] + 1 in self.lines)


def own_code(sample: Sample, raw: Integration | None) -> OwnCode:
    """Our scripts in a page as it is served."""
    places = [raw.page.place(loader.node) for loader in raw.loaders] if raw else []
    lines = {n for p in places if p.line for n in range(p.line, (p.end_line or p.line) + 1)}
    return OwnCode(sample.path, frozenset(lines))


def milliseconds(profile: Mapping[str, Any], own: OwnCode) -> float:
    """Time below our code in a CPU profile (chromedevtools.github.io/devtools-protocol/tot/Profiler)."""
    nodes = {node["id"]: node for node in profile["nodes"]}
    ours = set(_below(nodes, [n["id"] for n in nodes.values() if own.begins(n["callFrame"])]))
    spent = zip(profile.get("samples", ()), profile.get("timeDeltas", ()), strict=False)
    return float(sum(min(delta, LONGEST) for node, delta in spent if node in ours)) / 1000


def _below(nodes: Mapping[int, Any], start: Iterable[int]) -> Iterator[int]:
    """Nodes of our functions and of what they call, but for the vendor's client."""
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if CDN_HOST not in nodes[one]["callFrame"]["url"]:
            yield one
            waiting += nodes[one].get("children", ())


class Meter:
    """Measures one page while it is visited; only Chromium tells what ran for how long."""

    def __init__(self, stage: Stage, page: Page) -> None:
        self.stage = stage
        self.page = page
        self.session: CDPSession | None = None
        self.requests: dict[str, Request] = {}
        page.on("requestfinished", self._finished)

    def _finished(self, request: Request) -> None:
        path = urlsplit(request.url).path
        if OURS in path:
            self.requests[path] = request

    async def start(self) -> None:
        """Begin."""
        if self.stage.show.browser.browser_type.name == "chromium":
            self.session = await self.stage.context.new_cdp_session(self.page)
            await self.session.send("Profiler.enable")
            await self.session.send("Profiler.start")

    async def stop(self, sample: Sample, raw: Integration | None) -> Cost:
        """What it came to; shifts are all of the page's, whoever caused them."""
        spent = 0.0
        if self.session is not None:
            profile = (await self.session.send("Profiler.stop"))["profile"]
            spent = milliseconds(profile, own_code(sample, raw))
        loaded = sum([await _size(request) for request in self.requests.values()])
        size = page_bytes(raw.page.source) if raw else 0
        shifts = sum(float(tell.data["value"]) for tell in self.stage.recorder.of(self.page, "shift"))
        return Cost(size + loaded, spent, shifts)


async def _size(request: Request) -> int:
    response = await request.response()
    return compressed(await response.body()) if response else 0
