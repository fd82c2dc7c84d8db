"""A browser to drive: one that is installed, or Playwright's own; or how to get one."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

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
LOOPBACK = frozenset(("127.0.0.1", "localhost"))


def installed() -> Path | None:
    """A Chromium of the machine: the one that CONNECTIF_KIT_BROWSER names, else the first that is found."""
    named = os.environ.get("CONNECTIF_KIT_BROWSER")
    if named:
        return Path(named)
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found:
        return Path(found)
    folders = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    kin = _MAC if sys.platform == "darwin" else [os.path.join(f, w) for f in folders if f for w in _WINDOWS]  # noqa: PTH118 - Windows' own paths
    return next((Path(path) for path in kin if Path(path).is_file()), None)


def is_available() -> bool:
    """Whether Playwright is installed, and a browser that it can drive; asks no browser."""
    path = installed()
    return find_spec("playwright") is not None and path is not None and path.is_file()


def check_playwright() -> None:
    """Raise KitError, with the way to get it, where Playwright is not installed."""
    if find_spec("playwright") is None:
        hint = say('install it: `pip install "connectif-kit[browser]"`')
        raise KitError.at(Place("verify"), "no-browser", say("driving a browser needs Playwright"), hint)


async def launch(
    playwright: Playwright, engine: str = "chromium", hosts: frozenset[str] = LOOPBACK
) -> Browser:
    """A headless browser that reaches these hosts and no others.

    Raises KitError with the way to get one.
    """
    kind: BrowserType = getattr(playwright, engine)
    if engine != "chromium":
        return await _launched(kind, engine, None, [])
    arguments = [*ARGUMENTS, _only(hosts), *_sandbox()]
    return await _launched(kind, engine, installed(), arguments)


def _only(hosts: frozenset[str]) -> str:
    """Requests of service workers pass by the routes of a page; this holds for them too."""
    excluded = "".join(f", EXCLUDE {host}" for host in sorted(hosts | LOOPBACK))
    return f"--host-resolver-rules=MAP * ~NOTFOUND{excluded}"


def _sandbox() -> list[str]:
    """Chromium refuses to run as root, as in most containers, with its sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox"] if is_root else []


async def _launched(kind: BrowserType, engine: str, path: Path | None, arguments: list[str]) -> Browser:
    from playwright.async_api import Error

    try:
        return await kind.launch(executable_path=path, args=arguments)
    except Error as error:
        reason = str(error).strip().splitlines()[0][:200]
        hint = HOW if engine == "chromium" else f"run `python -m playwright install {engine}`"
        where = Place(str(path) if path else engine)
        raise KitError.at(where, "no-browser", f"no {engine} could be started: {reason}", hint) from None
