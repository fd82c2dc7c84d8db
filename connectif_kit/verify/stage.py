"""A fresh profile of the browser, in which the stand-in plays the vendor; nothing leaves the machine."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from connectif_kit.build.testing import VENDOR_HOST, client_context, watch_context
from connectif_kit.core.records import dataclass
from connectif_kit.core.templates import environment
from connectif_kit.page.html import decode
from connectif_kit.verify.bare import OURS
from connectif_kit.verify.bare import bare as bare_page
from connectif_kit.verify.origin import VENDOR, SiteFolder, worker_script
from connectif_kit.verify.recorder import Recorder
from connectif_kit.vocabulary.platform import CDN_HOST, CLIENT_FOLDER

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route

    from connectif_kit.plan.loaded import LoadedPlan

PATIENCE = 60_000
"""Milliseconds after which a page that does not load is given up."""
HANGS = 2.0
"""Seconds in which a page answers, however busy the machine is."""
_ANSWER = json.dumps({"trackerId": "0" * 24, "banners": [], "webContents": []})


@dataclass(frozen=True, slots=True)
class Show:
    """What all profiles of a run share."""

    browser: Browser
    whole: Callable[[], Awaitable[Browser]]
    """The browser that shows notifications, which may be another. Raises KitError where there is none."""
    loaded: LoadedPlan
    origin: str
    folder: SiteFolder | None = None
    headers: dict[str, str] | None = None
    credentials: tuple[str, str] | None = None
    hosts: frozenset[str] = frozenset()
    """Hosts beside the origin's that may be asked; none in a local folder."""
    slowness: float = 1.0
    """How many times longer than usual things take on this machine now."""

    state: Any = None
    """Cookies and storage that every visitor begins with."""
    platform: str = ""
    """Who answers the vendor's hosts in place of the stand-in: `https:`, they themselves, or an origin."""
    dispatcher: str = ""
    """Another build of the dispatcher, in place of the site's."""

    def patient(self, seconds: float) -> float:
        """So many seconds of a machine that has nothing else to do."""
        return seconds * self.slowness

    def url(self, path: str) -> str:
        """The address of a path of the site."""
        return self.origin + path


@dataclass(slots=True)
class Stage:
    """One profile: its context and what its pages have reported."""

    show: Show
    context: BrowserContext
    recorder: Recorder

    async def page(self) -> Page:
        """A new tab, whose uncaught errors are reported."""
        page = await self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.recorder.add(_error(error), page))
        page.on("console", lambda message: self._hear_console(message, page))
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    async def blank(self) -> Page:
        """A page of the site's origin that has nothing in it."""
        page, address = await self.page(), self.show.url(VENDOR + "/blank.html")
        empty = "<!doctype html>"
        await page.route(address, lambda route: route.fulfill(body=empty, content_type="text/html"))
        await page.goto(address)
        return page

    def _hear_console(self, message: ConsoleMessage, page: Page) -> None:
        if message.text.startswith(_DEVELOPMENT):
            self.recorder.add({"kind": "explained", "message": message.text}, page)
            return
        is_heard = message.type == "error" or (message.type == "warning" and is_hydration(message.text))
        if is_heard and not _OF_THE_NETWORK.search(message.text):
            reported = {"kind": "console", "message": message.text[:500], "source": message.location["url"]}
            self.recorder.add(reported, page)

    async def go(self, page: Page, path: str) -> int:
        """Open a path of the site; its status. Raises what Playwright raises."""
        response = await page.goto(self.show.url(path), wait_until="domcontentloaded")
        return response.status if response else 0


def _error(error: Any) -> dict[str, Any]:
    return {"kind": "error", "message": str(error.message), "stack": str(error.stack or "")}


_OF_THE_NETWORK = re.compile(r"^(?:Failed to load resource|Refused to |Access to )|Content Security Policy")
"""What the browser itself logs of requests; what a policy blocks is reported otherwise."""
_DEVELOPMENT = "connectif-kit: "
"""How the development build begins what it logs."""
_HYDRATION = re.compile(
    r"hydrat|Minified React error #4(?:18|19|2[1235])\b|server[- ]rendered (?:HTML|text)", re.IGNORECASE
)
"""What React, Vue, Svelte, Solid and Preact say when HTML is not what they would render."""


def is_hydration(message: str) -> bool:
    """Whether a framework complains of the HTML that it is to take over; it goes on by rendering again."""
    return bool(_HYDRATION.search(message))


@asynccontextmanager
async def stage(
    show: Show,
    *,
    state: Any = None,
    workers: bool = False,
    simulate_consent: bool = False,
    bare: bool = False,
) -> AsyncIterator[Stage]:
    """A profile, with the cookies and storage of another one where `state` is given.

    `bare`: the site as it is without our additions.
    """
    context = await show.browser.new_context(**_options(show, state, workers=workers))
    recorder = Recorder(show.loaded, pulse=lambda: _answered(context))
    await context.expose_binding("connectifKitReport", lambda source, text: recorder.hear(source, text))
    watch = watch_script(show.loaded, simulate_consent=simulate_consent, workers=workers)
    await context.add_init_script(watch)
    if workers:
        await context.grant_permissions(["notifications"], origin=show.origin)
    player = Vendor(show, recorder)
    await context.route(re.compile(rf"^(?!{re.escape(show.origin)}/)https?:"), player.answer)
    if bare:
        await take_away(context, show, player)
    if show.dispatcher:
        await put_in_place(context, show)
    try:
        yield Stage(show, context, recorder)
    finally:
        await context.close()


async def _answered(context: BrowserContext) -> None:
    """Wait until the newest page has answered; one that hangs is not waited for."""
    for page in context.pages[-1:]:
        asked = asyncio.ensure_future(page.evaluate("0"))
        asked.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.wait([asked], timeout=HANGS)


def _options(show: Show, state: Any, *, workers: bool) -> dict[str, Any]:
    options: dict[str, Any] = {"service_workers": "allow" if workers else "block"}
    if state is not None or show.state is not None:
        options["storage_state"] = show.state if state is None else state
    if show.headers:
        options["extra_http_headers"] = show.headers
    if show.credentials:
        options["http_credentials"] = {
            **dict(zip(("username", "password"), show.credentials, strict=True)),
            "origin": show.origin,
        }
    return options


def watch_script(loaded: LoadedPlan, *, simulate_consent: bool = False, workers: bool = True) -> str:
    """What runs in every document before its own scripts."""
    made = environment().get_template("verify/watch.js.j2")
    return made.render(watch_context(loaded.plan, simulate_consent=simulate_consent, workers=workers))


def client_script(loaded: LoadedPlan) -> str:
    """The stand-in for the vendor's client."""
    return environment().get_template("verify/client.js.j2").render(client_context(loaded.plan))


def vendor_answer(host: str, path: str, client: str) -> dict[str, Any] | None:
    """What one of the vendor's hosts answers, for Playwright's `fulfill`; nothing for other hosts."""
    script = {"content_type": "text/javascript", "headers": {"cache-control": "no-store"}}
    if host == CDN_HOST:
        return {"body": client if CLIENT_FOLDER in path else worker_script(), **script}
    if not host.endswith(f".{VENDOR_HOST}"):
        return None
    allow = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}
    return {"body": _ANSWER, "content_type": "application/json", "headers": allow}


async def put_in_place(context: BrowserContext, show: Show) -> None:
    """Another dispatcher where the pages ask for the site's."""

    async def answer(route: Route) -> None:
        await route.fulfill(body=show.dispatcher, content_type="text/javascript")

    await context.route(re.compile(rf"/{OURS}[\w.]*\.js(\?|$)"), answer)


async def take_away(context: BrowserContext, show: Show, vendor: Vendor) -> None:
    """Show the site as it is without us: no blocks in its pages, an empty dispatcher, an empty client."""

    async def answer(route: Route) -> None:
        if OURS in urlsplit(route.request.url).path:
            await route.fulfill(body="", content_type="text/javascript")
        elif route.request.resource_type == "document":
            served = await route.fetch()
            source = decode(route.request.url, await served.body())
            await route.fulfill(response=served, body=bare_page(source))
        else:
            await route.continue_()

    vendor.client = ""
    await context.route(re.compile(rf"^{re.escape(show.origin)}/"), answer)


def _is_vendor(host: str) -> bool:
    return host.endswith(f".{VENDOR_HOST}")


COLLECTOR = "/integration-type/system/scrippet-notification/"
"""Where the vendor's client posts what it sends, as JSON; the spelling is the vendor's."""


_GONE = ("disposed", "has been closed", "crashed")
"""What Playwright says of an answer for a page that nobody looks at any more."""


class Platform:
    """The vendor's own hosts: what is asked of them is watched and let through."""

    def __init__(self, show: Show, recorder: Recorder) -> None:
        self.show = show
        self.recorder = recorder

    async def answer(self, route: Route) -> None:
        """Hear a request to one of them, and have it answered."""
        request, parts = route.request, urlsplit(route.request.url)
        if CLIENT_FOLDER in parts.path and not request.service_worker:
            self._tell(request, {"kind": "client", "source": request.url})
        if COLLECTOR in parts.path and request.method == "POST":
            self._tell(request, {"kind": "sent", "body": request.post_data or ""})
        if self.show.platform == "https:":
            await route.continue_()
        else:
            await self._hand_on(route, f"{self.show.platform}/{parts.hostname}{parts.path}")

    async def _hand_on(self, route: Route, address: str) -> None:
        """Answer with what another address says, unless the page is gone by then."""
        from playwright.async_api import Error

        try:
            await route.fulfill(response=await route.fetch(url=address))
        except Error as error:
            if not any(word in str(error) for word in _GONE):
                raise

    def _tell(self, request: Request, reported: dict[str, Any]) -> None:
        """As the stand-in would tell it."""
        page = request.frame.page
        loads = [tell.load for tell in self.recorder.of(page, "document")]
        path = page.url.removeprefix(self.show.origin)
        reported = {**reported, "load": loads[-1] if loads else "", "path": path}
        if reported["kind"] == "sent":
            reported["sent"] = json.dumps({"body": _parsed(reported.pop("body")), "path": path})
        self.recorder.hear({"page": page}, json.dumps(reported))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return {}


class Vendor:
    """Plays the vendor's hosts and the store's own public address; everybody else is not reached."""

    def __init__(self, show: Show, recorder: Recorder) -> None:
        self.show = show
        self.recorder = recorder
        self.client = client_script(show.loaded)
        self.store = urlsplit(show.loaded.plan.store.url).netloc

    async def answer(self, route: Route) -> None:
        """Answer a request that does not go to the site's origin."""
        parts = urlsplit(route.request.url)
        host = parts.hostname or ""
        if self.show.platform and _is_vendor(host):
            await Platform(self.show, self.recorder).answer(route)
        elif played := vendor_answer(host, parts.path, self.client):
            await route.fulfill(**played)
        elif parts.netloc == self.store and self.show.folder is not None:
            await self._own(route, parts.path)
        elif host in self.show.hosts:
            await route.continue_(headers=self._plain(route.request.headers))
        elif route.request.service_worker:
            # A worker whose import fails is not installed, and other vendors' scripts are none of ours.
            await route.fulfill(body="", content_type="text/javascript")
        else:
            self._note(route.request, host)
            await route.abort()

    def _plain(self, headers: dict[str, str]) -> dict[str, str]:
        """A request's headers without those that are for the site alone."""
        own = {name.lower() for name in self.show.headers or {}}
        return {name: value for name, value in headers.items() if name.lower() not in own}

    def _note(self, request: Request, host: str) -> None:
        """A script or an answer of somebody else's that the page asked for in vain."""
        if request.resource_type in ("script", "fetch", "xhr") and not request.service_worker:
            reported = {"kind": "unreached", "name": host, "type": request.resource_type}
            self.recorder.add(reported, request.frame.page)

    async def _own(self, route: Route, path: str) -> None:
        """A file of the site that is asked for by its public address."""
        assert self.show.folder is not None  # noqa: S101 - asked by the caller
        answer = self.show.folder.answer(path)
        headers = {
            "access-control-allow-origin": "*",
            **({"location": answer.location} if answer.location else {}),
        }
        await route.fulfill(status=answer.status, body=answer.data, content_type=answer.kind, headers=headers)
