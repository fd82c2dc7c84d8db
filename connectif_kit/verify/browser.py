"""A browser to drive: one that is installed, or Playwright's own; or how to get one."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.core.messages import say

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserType, Playwright

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
    "chrome",
)
"""What Chromium and its kin are called on a search path."""
_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
SHELL = "chromium-headless-shell"
"""The same engine without the interface of a window: pages cost a third, and no notification is shown."""
ENGINES = ("chromium", "firefox", "webkit")
HOW = "install Chrome, Chromium or Edge, or run `python -m playwright install chromium`"
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WINDOW = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
)
"""What a window has beside the page, such as two pages for its address bar: as dear as the page itself.

A switch that is given twice counts as it is given last, so Playwright's own are here again.
"""
LOOPBACK = frozenset(("127.0.0.1", "localhost"))


def installed(*, whole: bool = False) -> Path | None:
    """A Chromium of the machine: the one that CONNECTIF_KIT_BROWSER names, else the first that is found.

    `whole`: one that shows notifications.
    """
    named = os.environ.get("CONNECTIF_KIT_BROWSER")
    if named:
        return Path(named)
    names = NAMES if whole else (SHELL, *NAMES)
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found:
        return Path(found)
    folders = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    kin = _MAC if sys.platform == "darwin" else [os.path.join(f, w) for f in folders if f for w in _WINDOWS]  # noqa: PTH118 - Windows' own paths
    return next((Path(path) for path in kin if Path(path).is_file()), None)


def is_available() -> bool:
    """Whether Playwright is installed, and a browser that it can drive; asks no browser."""
    path = installed()
    return importlib.util.find_spec("playwright") is not None and path is not None and path.is_file()


def check_playwright() -> None:
    """Raise KitError, with the way to get it, where Playwright is not installed."""
    if importlib.util.find_spec("playwright") is None:
        hint = say('install it: `pip install "connectif-kit[browser]"`')
        raise KitError.at(Place("verify"), "no-browser", say("driving a browser needs Playwright"), hint)


class Browsers:
    """Headless browsers that reach some hosts and no others: one for pages, one for notifications."""

    def __init__(
        self, playwright: Playwright, engine: str = "chromium", hosts: frozenset[str] = LOOPBACK
    ) -> None:
        self.kind: BrowserType = getattr(playwright, engine)
        self.engine = engine
        self.hosts = hosts
        self._started: dict[str, Browser] = {}

    async def plain(self) -> Browser:
        """The browser for pages. Raises KitError with the way to get one."""
        return await self._launch(installed(), {})

    async def whole(self) -> Browser:
        """One that shows notifications, the same where it does. Raises KitError with the way to get one."""
        path = installed(whole=True)
        if path is not None and "headless" in path.name:
            raise KitError.at(Place(str(path)), "no-browser", say("this browser shows no notifications"), HOW)
        # Playwright's own is a shell too, unless it is asked for by this name.
        return await self._launch(path, {} if path else {"channel": "chromium"})

    async def _launch(self, path: Path | None, options: dict[str, Any]) -> Browser:
        if self.engine != "chromium":
            path, options, arguments = None, {}, []
        else:
            arguments = [*ARGUMENTS, _only(self.hosts), *_sandbox(), *_window(path)]
        key = f"{path} {options}"
        known = self._started.get(key)
        if known is None or not known.is_connected():
            self._started[key] = await _launched(self.kind, self.engine, path, arguments, options)
        return self._started[key]

    async def close(self) -> None:
        """Close each that was started."""
        for one in self._started.values():
            await one.close()


def _window(path: Path | None) -> list[str]:
    is_whole = path is not None and "headless" not in path.name
    return ["--disable-features=" + ",".join(WINDOW)] if is_whole else []


def _only(hosts: frozenset[str]) -> str:
    """Requests of service workers pass by the routes of a page; this holds for them too."""
    excluded = "".join(f", EXCLUDE {host}" for host in sorted(hosts | LOOPBACK))
    return f"--host-resolver-rules=MAP * ~NOTFOUND{excluded}"


def _sandbox() -> list[str]:
    """Chromium refuses to run as root, as in most containers, with its sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox"] if is_root else []


async def _launched(
    kind: BrowserType, engine: str, path: Path | None, arguments: list[str], options: dict[str, Any]
) -> Browser:
    from playwright.async_api import Error

    try:
        return await kind.launch(executable_path=path, args=arguments, **options)
    except Error as error:
        reason = str(error).strip().splitlines()[0][:200]
        hint = HOW if engine == "chromium" else f"run `python -m playwright install {engine}`"
        where = Place(str(path) if path else engine)
        raise KitError.at(where, "no-browser", f"no {engine} could be started: {reason}", hint) from None
