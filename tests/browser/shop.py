"""A small shop made for one test: its plan rendered, its pages served, the vendor's client stood in for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Route

from connectif_kit.build import render
from connectif_kit.plan.load import load

STANDIN = Path(__file__).with_name("standin.js").read_text()
STORE = {
    "id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11",
    "environment": "eu5",
    "url": "https://shop.example",
}
CLIENT = "https://cdn.connectif.cloud/eu5/client-script/3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11"
USER = {"storage": "shop.user", "fields": {"primary_key": "email", "_name": "first_name"}}
ANA = {"email": "ana@shop.example", "first_name": "Ana"}


def rendered(plan: Mapping[str, Any], modules: Mapping[str, str] | None = None) -> dict[str, str]:
    """What `build` writes for a plan; JSON is YAML, so the plan needs no other writing."""
    return dict(_rendered(written(plan), tuple((modules or {}).items())))


@cache
def _rendered(plan: str, modules: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Many tests begin with the same plan."""
    return render(load("connectif.yaml", plan.encode()), dict(modules).__getitem__)


def written(plan: Mapping[str, Any]) -> str:
    """A plan's text, for a store that needs no telling."""
    return json.dumps({"store": STORE, **plan}, indent=1, ensure_ascii=False)


@dataclass
class Shop:
    """`open` a page of the shop, then look at what the client was `sent`."""

    page: Page
    folder: Path
    url: str
    client: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    script: str = "connectif-events.min.js"

    def plan(self, plan: Mapping[str, Any], modules: Mapping[str, str] | None = None) -> None:
        """Render a plan into the shop's folder."""
        for path, text in rendered(plan, modules).items():
            (self.folder / "connectif" / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / "connectif" / path).write_text(text, encoding="utf-8")

    def write(self, path: str, body: str = "", head: str = "") -> None:
        """Write a page with loader and dispatcher in it."""
        loader = (self.folder / "connectif" / "loader.html").read_text(encoding="utf-8")
        tags = f'<script defer src="/connectif/{self.script}"></script>'
        file = self.folder / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        setup = f"<script>window.__client = {json.dumps(self.client)}</script>"
        html = f"<!doctype html><html lang=en><head><title>Shop</title><meta charset=utf-8>{setup}{head}"
        file.write_text(f"{html}</head><body>{loader}{tags}{body}</body></html>", encoding="utf-8")

    def store(self, **values: object) -> None:
        """Put JSON into localStorage before any page's scripts run."""
        for key, value in values.items():
            name, text = json.dumps(key.replace("_", ".")), json.dumps(json.dumps(value))
            self.page.add_init_script(f"localStorage.setItem({name}, {text})")

    def open(self, path: str = "/index.html", calls: int | None = 1) -> list[dict[str, Any]]:
        """Go to a page and wait for so many calls; nothing: only until the page has loaded."""
        self.page.goto(self.url + path)
        return self.sent(calls) if calls is not None else []

    def sent(self, calls: int = 1) -> list[dict[str, Any]]:
        """Every call of `sendEvents` on this page, when there are at least so many."""
        self.page.wait_for_function("n => window.__sent && window.__sent.length >= n", arg=calls)
        found: list[dict[str, Any]] = self.page.evaluate(
            "new Promise(r => setTimeout(() => r(window.__sent)))"
        )
        assert len(found) == calls, [one["events"] for one in found]
        return found

    def do(self, script: str, calls: int = 0) -> list[dict[str, Any]]:
        """Run a script in the page; the calls that it led to."""
        before = self.page.evaluate("(window.__sent || []).length")
        self.page.evaluate(f"() => {{ {script} }}")
        return self.sent(before + calls)[before:]

    def views(self) -> list[tuple[str, str, str | None]]:
        """Path, title and product of each visit that the client was told of, in order."""
        return [
            (
                one["path"],
                one["title"],
                next((e["product"]["productId"] for e in one["events"] if "product" in e), None),
            )
            for one in self.page.evaluate("window.__sent || []")
            if any(event["type"] == "page-visit" for event in one["events"])
        ]

    def seen(self, *views: tuple[str, str, str | None]) -> None:
        """Wait for so many visits, then hold them to these: path, title, product."""
        visits = (
            "(window.__sent || []).filter((one) => one.events.some((e) => e.type == 'page-visit')).length"
        )
        self.page.wait_for_function(f"(n) => {visits} >= n", arg=len(views))
        self.page.wait_for_timeout(150)
        found = self.views()
        assert found == list(views), found

    def types(self) -> list[list[str]]:
        """The types of the events of each call."""
        return [[event["type"] for event in one["events"]] for one in self.page.evaluate("window.__sent")]


def shop_for(page: Page, folder: Path, site: Callable[[Path], str]) -> Shop:
    """A shop without plan and pages, whose client is the stand-in."""
    shop = Shop(page, folder, site(folder))

    def client(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body=STANDIN)

    def keep(message: ConsoleMessage) -> None:
        if message.type == "warning":
            shop.warnings.append(message.text)

    page.context.route("https://cdn.connectif.cloud/**", client)
    page.on("console", keep)
    return shop
