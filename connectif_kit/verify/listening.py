"""What the pages of a shop's own test send to the platform, as the fixture of `pytest_plugin` gives it."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Route
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from connectif_kit.build.testing import VENDOR_HOST
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.verify.recorder import Recorder
from connectif_kit.verify.sent import has_values, sent
from connectif_kit.verify.stage import client_script, vendor_answer, watch_script

PATIENCE = 5.0


class Connectif:
    """What the pages of a browser context send to the platform, played by a stand-in."""

    def __init__(self, context: BrowserContext, loaded: LoadedPlan) -> None:
        self._context = context
        self._recorder = Recorder(loaded)
        self._client = client_script(loaded)
        self._hosts = re.compile(rf"^https://([^/]+\.)?{re.escape(VENDOR_HOST)}/")
        context.expose_binding("connectifKitReport", lambda source, text: self._recorder.hear(source, text))
        context.add_init_script(watch_script(loaded))
        context.route(self._hosts, self._answer)

    def _answer(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        played = vendor_answer(parts.hostname or "", parts.path, self._client)
        if played:
            route.fulfill(**played)
        else:
            route.abort()

    @property
    def journal(self) -> list[dict[str, Any]]:
        """Everything that was sent so far, in order; carts and contacts as `{"type": "cart", …}`."""
        return list(sent(self._recorder, 0))

    def expect(self, type_: str, /, *, timeout: float = PATIENCE, **fields: object) -> dict[str, Any]:
        """Wait for something that is sent, with these values; fails the test with what came instead.

        Names are the plan's (`total_price`) or the client's (`totalPrice`); numbers are compared by worth.
        """
        __tracebackhide__ = True
        found: dict[str, Any] | None = self._until(lambda: self._first(type_, fields), timeout)
        if found is None:
            wanted = ", ".join(f"{name}={value!r}" for name, value in fields.items())
            came = "\n  ".join(map(str, self.journal)) or "nothing"
            pytest.fail(f"no {type_}({wanted}) was sent; what was sent:\n  {came}")
        return found

    def _first(self, type_: str, fields: Mapping[str, object]) -> dict[str, Any] | None:
        return next((one for one in self.journal if one["type"] == type_ and has_values(one, fields)), None)

    def _until(self, wanted: Any, timeout: float) -> Any:
        """The first answer that is not None; asked again with each request to the platform."""
        end = time.monotonic() + timeout
        while (found := wanted()) is None and (left := end - time.monotonic()) > 0:
            try:
                self._context.wait_for_event(
                    "requestfinished", lambda one: bool(self._hosts.match(one.url)), timeout=left * 1000
                )
            except PlaywrightTimeout:
                return wanted()
        return found
