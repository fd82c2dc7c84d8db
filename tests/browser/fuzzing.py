"""What the fuzzed shops share: an app on a clock that the test moves, its steps played, its carts read."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from tests.browser.shop import Shop

SEQUENCES = int(os.environ.get("FUZZ_SEQUENCES", "100"))
"""How many are played: `FUZZ_SEQUENCES=2000` instead of the suite's hundred."""
CHUNK = 20
"""So many in one test."""
Call = dict[str, Any]
Lines = dict[str, int]


def on_a_clock(shop: Shop, plan: Mapping[str, Any], app: str) -> Shop:
    """A shop whose one page is an app, with a title of its own, on a clock that stands still."""
    shop.plan(plan)
    shop.write("index.html", app)
    file = shop.folder / "index.html"
    file.write_text(file.read_text().replace("<title>Shop</title>", "<title>Home</title>"))
    shop.page.clock.install()
    shop.page.add_init_script("localStorage.clear(); sessionStorage.clear()")  # each load is a new visitor
    return shop


def played(shop: Shop, steps: Sequence[Mapping[str, Any]], until: int, before: str = "") -> list[Call]:
    """Every call after steps that the app's `play` sets on the clock; `before` runs after the first."""
    page = shop.page
    page.goto(shop.url + "/")
    # The network keeps to no clock of ours.
    while not page.evaluate("window.__sent && __sent.length"):
        page.clock.run_for(50)
    page.evaluate(f"(steps) => {{ {before}; play(steps) }}", list(steps))
    page.clock.run_for(until)
    calls: list[Call] = page.evaluate("__sent")
    return calls


def carts_in(calls: Sequence[Call]) -> list[tuple[str, Lines]]:
    """Id and lines of each cart that was sent, its totals held to its lines of 1.10 each."""
    found = []
    for cart in (call["options"]["cart"] for call in calls if "cart" in call["options"]):
        lines = {line["productId"]: line["quantity"] for line in cart["products"]}
        assert cart["totalQuantity"] == sum(lines.values())
        assert cart["totalPrice"] == round(1.1 * sum(lines.values()), 2)
        found.append((cart["cartId"], lines))
    return found


def changes(carts: Sequence[Lines]) -> list[Lines]:
    """Carts without those that are like the one before."""
    return [cart for cart, _ in groupby(carts)]


def orders_in(calls: Sequence[Call]) -> list[str]:
    """The ids of the orders, in the order in which they were sent."""
    events = [event for call in calls for event in call["events"]]
    return [event["purchase"]["purchaseId"] for event in events if event["type"] == "purchase"]
