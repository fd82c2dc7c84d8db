"""Random journeys in a shop that keeps its cart in storage: parameters that are views, products from its state, late or never,
orders that empty the cart, several things in one task, pages that come back. `FUZZ_SEQUENCES=2000` plays so many.
"""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser.fuzzing import CHUNK, SEQUENCES, carts_in, changes, on_a_clock, orders_in, played
from tests.browser.shop import STORE, Shop

LINES = {
    "path": "lines",
    "fields": {"product_id": "id", "name": "id", "unit_price": "price", "quantity": "n"},
}
PLAN: dict[str, Any] = {
    "store": {**STORE, "currency": "EUR"},
    "integration": {"catalog": "api", "spa": {"query": ["page"]}},
    "catalog": {"url": "/p/{product_id}/"},
    "pages": {
        "home": {"match": "/"},
        "product": {
            "match": "/p/*",
            "product": {
                "global": "state.product",
                "fields": {
                    "product_id": "id",
                    "name": "name",
                    "unit_price": "price",
                    "url": {"page": "path", "base": "https://shop.example"},
                },
            },
        },
        "content": {"match": "/**"},
    },
    "cart": {"storage": "basket", "fields": {"cart_id": "auto", "product_basket_item": LINES}},
    "events": {
        "changed": {"on": {"event": "changed"}, "send": "cart"},
        "bought": {"on": {"event": "bought"}, "send": "purchase", "purchase": {"detail": ""}},
        "noted": {
            "on": {"event": "noted"},
            "send": "custom",
            "alias": "noted",
            "payload": {"n": {"detail": "n"}},
        },
    },
}
# The state keeps the last product until the next one comes; what comes after its route was left is lost.
APP = """<main id=app><h1>Home</h1></main><script>
window.state = {};
let current = 0;
const acts = {
  go: ({path, title, product, delay}) => {
    const mine = (current += 1);
    history.pushState(0, "", path);
    setTimeout(() => { if (mine != current) return;
      document.title = title; app.innerHTML = `<h1>${title}</h1>`; if (product) state.product = product }, delay);
  },
  sort: ({query}) => history.replaceState(0, "", location.pathname + (query[0] == "?" ? query : location.search.replace(/&sort=\\w+/, "") + query)),
  cart: ({lines, how}) => {
    if (lines) localStorage.basket = JSON.stringify({lines});
    else if (how == "gone") delete localStorage.basket;
    else localStorage.basket = how;
    dispatchEvent(new Event("changed"));
  },
  buy: ({order, first, how}) => {
    const bought = () => dispatchEvent(new CustomEvent("bought", {detail: order}));
    if (first) bought();
    acts.cart({how});
    if (!first) bought();
  },
  note: ({n}) => dispatchEvent(new CustomEvent("noted", {detail: {n}})),
  back: () => dispatchEvent(new PageTransitionEvent("pageshow", {persisted: true})),
};
window.play = (steps) => steps.forEach((step) => setTimeout(() => step.acts.forEach((one) => acts[one.act](one)), step.at));
</script>"""
EMPTY = ("gone", "null", "{}", '{"lines": []}', '{"lines": null}')


@dataclass
class Model:
    """What a visitor does, and what should be told of it."""

    random: random.Random
    steps: list[dict[str, Any]] = field(default_factory=list)
    at: int = 200
    route: str = "/"
    arrives: int = 0
    title: str = "Home"
    views: list[tuple[str, str, str | None, bool]] = field(default_factory=list)
    """Path, title, product, whether both were there for sure."""
    cart: dict[str, int] = field(default_factory=dict)
    carts: list[dict[str, int]] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)

    def play(self) -> None:
        """Some ten moments, each with one act or a few in one task."""
        moves = [self.go, self.go, self.go, self.sort, self.back]
        others = [self.change, self.change, self.buy, self.note]
        for _ in range(self.random.randint(4, 12)):
            self.at += self.random.choice([60, 150, 400, 1000, 2500, 4600])
            # Of two routes in one task the first is none.
            chosen = [self.random.choice(moves), *self.random.sample(others, self.random.choice([0, 1, 2]))]
            if self.random.random() < 0.5:
                chosen.reverse()
            before = self.cart
            made = [one for act in chosen if (one := act())]
            self.steps.append({"at": self.at, "acts": made})
            # What was there within a task only, nobody sees.
            if self.cart != before:
                self.carts.append(self.cart)
        self.leave(self.at + 9000)

    def leave(self, at: int) -> None:
        product = self.route.split("/")[2] if self.route.startswith("/p/") else None
        self.views.append((self.route, self.title, product, at >= self.arrives + 400))

    def go(self) -> dict[str, Any] | None:
        id_ = self.random.choice("abcd")
        route = self.random.choice([f"/p/{id_}/", f"/p/{id_}/", f"/list/?page={id_}", "/"])
        if route == self.route:
            return None
        self.leave(self.at)
        delay = self.random.randint(0, 3000)
        self.route, self.arrives = route, self.at + delay
        self.title = f"Title {route}"
        product = {"id": id_, "name": f"N {id_}", "price": ord(id_)} if route.startswith("/p/") else None
        return {"act": "go", "path": route, "title": self.title, "product": product, "delay": delay}

    def sort(self) -> dict[str, Any]:
        query = self.random.choice(["&sort=x", "&sort=y"]) if "?" in self.route else "?utm_source=x"
        return {"act": "sort", "query": query}

    def change(self) -> dict[str, Any]:
        id_ = self.random.choice("xyz")
        count = self.random.choice([0, 1, 2, 3])
        self.cart = {**{k: n for k, n in self.cart.items() if k != id_}, **({id_: count} if count else {})}
        lines = [{"id": name, "price": 1.1, "n": n} for name, n in self.cart.items()]
        return {"act": "cart", "lines": lines or None, "how": self.random.choice(EMPTY)}

    def buy(self) -> dict[str, Any]:
        id_ = f"o-{self.random.randint(1, 4)}"
        if id_ not in self.orders:
            self.orders.append(id_)
        self.cart = {}
        line = {"productId": "x", "name": "N", "unitPrice": 5, "quantity": 1}
        order = {"purchaseId": id_, "products": [line]}
        first = self.random.random() < 0.5
        return {"act": "buy", "order": order, "first": first, "how": self.random.choice(EMPTY)}

    def note(self) -> dict[str, Any]:
        self.notes.append(len(self.notes))
        return {"act": "note", "n": self.notes[-1]}

    def back(self) -> dict[str, Any] | None:
        """From the browser's cache: a page that had come."""
        if self.at < self.arrives + 400:
            return None
        self.leave(self.at)
        return {"act": "back"}


def route_of(path: str) -> str:
    return path.replace("&sort=x", "").replace("&sort=y", "").replace("?utm_source=x", "")


def check(model: Model, calls: list[dict[str, Any]]) -> None:
    """Nothing wrong, nothing twice, nothing lost."""
    visits = [call for call in calls if any(event["type"] == "page-visit" for event in call["events"])]
    assert [call["path"] for call in visits] == [view[0].partition("?")[0] for view in model.views], "visits"
    for call, (route, title, product, came) in zip(visits, model.views, strict=True):
        told = [event["product"] for event in call["events"] if "product" in event]
        ids = [one["productId"] for one in told]
        assert call["title"] in ((title,) if came else (title, "")), f"title of {route}: {call['title']}"
        assert ids in ([[product]] if came and product else [[]] if not product else [[product], []]), (
            f"product of {route}: {ids}"
        )
        assert all(one["name"] == f"N {one['productId']}" for one in told)
    others = [e for call in calls if call not in visits for e in call["events"] if "product" in e]
    assert others == [], "products beside their visits"
    events = [event for call in calls for event in call["events"]]
    assert orders_in(calls) == model.orders, "orders"
    assert [e["payload"]["n"] for e in events if e["type"] == "custom"] == model.notes, "notes"
    check_carts(model, calls)


def check_carts(model: Model, calls: list[dict[str, Any]]) -> None:
    last: dict[str, int] = {}
    ids: list[str] = []
    sent = carts_in(calls)
    for id_, lines in sent:
        if last and not lines:
            assert id_ == ids[-1], "an emptied cart keeps its id"
        elif lines and not last:
            assert id_ not in ids, "a new cart has a new id"
        ids.append(id_)
        last = lines
    assert changes([{}, *(lines for _, lines in sent)]) == [{}, *model.carts], "carts"


def run(shop: Shop, seed: int) -> None:
    """One journey on a clock of its own."""
    model = Model(random.Random(seed))
    model.play()
    calls = played(shop, model.steps, model.at + 9500)
    try:
        check(model, calls)
    except AssertionError as error:
        told = [
            (c["path"], c["title"], [e["type"] for e in c["events"]], c["options"].get("cart")) for c in calls
        ]
        raise AssertionError(
            f"seed {seed}: {error}\n{model.steps}\n{model.views}\n{model.carts}\n{told}"
        ) from error


@pytest.fixture
def fuzzed(own_shop: Shop) -> Shop:
    """The shop on a clock that the test moves."""
    return on_a_clock(own_shop, PLAN, APP)


@pytest.mark.parametrize("start", range(0, SEQUENCES, CHUNK))
def test_random_journeys_are_reported_as_they_were(fuzzed: Shop, start: int) -> None:
    for seed in range(start, start + CHUNK):
        run(fuzzed, seed)
