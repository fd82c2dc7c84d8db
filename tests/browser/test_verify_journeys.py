"""Journeys of the plan and of a recorded session, and the store's own script in place of the stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from connectif_kit.plan.load import load
from connectif_kit.preview.journal import Journal
from tests.browser.broken_shops import edit
from tests.tools import ROOT, Cli

JOURNEYS = """
journeys:
  buy-a-mug:
    - open: /p/harbour-mug/
    - expect: {product-visited: {product_id: MUG-01, unit_price: "14.5"}}
    - submit: form[data-buy]
    - expect: {cart: {total_quantity: 1}}
    - open: /checkout/
    - fill: {"#checkout input[type=email]": ana@shop.example}
    - submit: form#checkout
    - expect: {purchase: {total_price: "14.50"}, cart: {total_quantity: 0}}
    - reload: true
    - back: true
    - tab: true
    - never: purchase
  lost:
    - open: /
    - click: "#nowhere"
  other-words:
    - open: /search/?q=bowl
    - expect: {search: {search_text: mug}}
  twice:
    - open: /
    - never: page-visit
"""


@pytest.fixture
def shop(cli: Cli, starter: Path) -> Path:
    plan = starter / "connectif.yaml"
    plan.write_text(plan.read_text("utf-8") + JOURNEYS, "utf-8")
    for command in (["build"], ["inject", "public"]):
        done = cli(*command, cwd=starter)
        assert done.code == 0, done.stderr
    return starter


def test_journeys_of_the_plan_are_gone_step_by_step(shop: Path) -> None:
    names = [
        option
        for name in ("home", "buy-a-mug", "lost", "other-words", "twice")
        for option in ("--only", name)
    ]
    done = Cli(shop)("verify", *names, "--format", "json")
    found = {one["element"]: (one["rule"], one["message"]) for one in json.loads(done.stdout)["findings"]}
    assert {name: rule for name, (rule, _) in found.items()} == {
        "lost": "broken-journey",
        "other-words": "missing-event",
        "twice": "unexpected-event",
    }
    assert found["lost"][1] == "journey `lost`, step 2: the page has no `#nowhere`"
    assert "search (search_text: mug) was not sent, but search" in found["other-words"][1]


def recorded(shop: Path, price: float) -> Path:
    """What `serve --record` keeps of two views and a subscription."""
    plan = shop / "connectif.yaml"
    loaded = load(str(plan), plan.read_bytes(), shop)
    journal = Journal()
    product = {"productId": "MUG-01", "unitPrice": price}
    views: list[tuple[str, list[dict[str, Any]]]] = [
        ("/p/harbour-mug/", [{"type": "product-visited", "product": product}, {"type": "page-visit"}]),
        ("/", [{"type": "page-visit"}, {"type": "newsletter-subscribe", "email": "ana@shop.example"}]),
    ]
    for number, (path, events) in enumerate(views):
        sent = {"path": path, "load": str(number), "body": {"events": events}}
        journal.add(json.dumps(sent).encode(), loaded)
    file = shop / "session.json"
    file.write_text(json.dumps(journal.session(loaded)), "utf-8")
    return file


def test_a_recorded_session_is_gone_again_and_compared(shop: Path) -> None:
    verify = ("verify", "--only", "home", "--journey", "session.json")
    recorded(shop, 14.5)
    done = Cli(shop)(*verify)
    assert (done.code, done.stdout) == (0, "no findings in 1 page\n"), done.stdout
    recorded(shop, 13.0)
    done = Cli(shop)(*verify)
    assert "product.unitPrice is `14.5`, and was `13.0` when it was recorded" in done.stdout
    (shop / "session.json").write_text("{}")
    done = Cli(shop)(*verify)
    assert (done.code, "bad-recording" in done.stderr) == (2, True)


@pytest.fixture
def platform() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The platform's hosts on loopback, and what was posted to them."""
    posted: list[dict[str, Any]] = []
    client = (ROOT / "tests/browser/real_client.js").read_bytes()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(client, "text/javascript")

        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._answer(b"{}", "application/json")

        def _answer(self, data: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Access-Control-Allow-Origin", "*")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", posted
    server.shutdown()
    server.server_close()


def test_the_stores_own_script_is_watched(shop: Path, platform: tuple[str, list[dict[str, Any]]]) -> None:
    origin, posted = platform
    verify = ("verify", "--real-client", "--only", "product", "--only", "liked")
    done = Cli(shop)(*verify, env={"CONNECTIF_KIT_PLATFORM": origin})
    assert (done.code, done.stdout) == (0, "no findings in 2 pages\n"), done.stdout
    assert "2. proved   Product" in done.stderr
    types = [event["type"] for body in posted for event in body["events"]]
    assert types.count("product-visited") >= 2
    assert types.count("custom") == 1
    for page in (shop / "public/p").rglob("*.html"):
        edit(page, "/connectif/connectif-events", "/connectif/no-events")
    done = Cli(shop)("verify", "--real-client", "--only", "product", env={"CONNECTIF_KIT_PLATFORM": origin})
    assert "missing-dispatcher" in done.stdout
