"""Random sequences of routes, pushes, cart changes and consent against a small model of what should be sent.

`FUZZ_SEQUENCES=2000` plays so many instead of the suite's hundred.
"""

# ruff: noqa: E501 - scripts and markup stand as a page has them

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser.fuzzing import CHUNK, SEQUENCES, carts_in, changes, on_a_clock, orders_in, played
from tests.browser.shop import STORE, Shop

GA4_CART = ["add_to_cart", "remove_from_cart"]
PLAN: dict[str, Any] = {
    "store": {**STORE, "currency": "EUR"},
    "integration": {"catalog": "feed", "spa": True, "consent": {"global": "agreed"}},
    "catalog": {"source": "products.csv", "url": "/p/{product_id}/"},
    "pages": {"home": {"match": "/"}, "product": {"match": "/p/*"}, "content": {"match": "/c/*"}},
    "cart": {"data_layer": GA4_CART},
    "events": {
        "changed": {"on": {"data_layer": GA4_CART}, "send": "cart"},
        "bought": {"on": {"data_layer": "purchase"}, "send": "purchase"},
    },
}
# `play` sets all that a visitor and the network do on the clock; content that comes after its route was left is lost.
APP = """<main id=app><h1>Home</h1></main><script>
window.agreed = true;
window.dataLayer = [];
const tag = (id) => `<div class="cn_product_visited" style="display:none"><span class=url>https://shop.example/p/${id}/</span>
<span class=product_id>${id}</span><span class=name>Name</span><span class=unit_price>10</span></div>`;
let current = 0;
const render = (path) => {
  const id = path.split("/")[2];
  const name = path == "/" ? "Home" : path.startsWith("/p/") ? "Product " + id : "Page " + id;
  const parts = [() => { document.title = name }, () => { app.innerHTML = `<h1>${name}</h1>` + (path.startsWith("/p/") ? tag(id) : "") }];
  return parts;
};
const show = (path, delay, gap, first, mine) => {
  const parts = render(path);
  if (first) parts.reverse();
  setTimeout(() => mine == current && parts[0](), delay);
  setTimeout(() => mine == current && parts[1](), delay + gap);
};
const acts = {
  go: ({path, delay, gap, first}) => {
    current += 1;
    history.pushState(0, "", path);
    show(path, delay, gap, first, current);
  },
  clean: ({query}) => history.replaceState(0, "", location.pathname + query),
  push: ({entry}) => dataLayer.push(entry),
  consent: ({given}) => { window.agreed = given },
};
window.play = (steps) => steps.forEach((step) => setTimeout(() => { acts[step.act](step) }, step.at));
window.trace = [];
</script>"""


@dataclass
class Model:
    """What a visitor does, and what should be told of it."""

    random: random.Random
    steps: list[dict[str, Any]] = field(default_factory=list)
    at: int = 100
    path: str = "/"
    arrives: int = 0
    views: list[tuple[str, bool, bool]] = field(default_factory=list)
    """Path, whether its content came for sure, whether it surely did not."""
    cart: dict[str, int] = field(default_factory=dict)
    carts: list[dict[str, int]] = field(default_factory=list)
    orders: list[str] = field(default_factory=list)

    def play(self) -> None:
        """A sequence of some ten acts."""
        acts = [self.go, self.go, self.go, self.clean, self.push, self.push, self.buy]
        for _ in range(self.random.randint(4, 12)):
            self.at += self.random.choice([60, 150, 400, 1000, 2500, 4500])
            self.random.choice(acts)()
        self.leave(self.at + 9000)

    def act(self, name: str, **more: Any) -> None:
        self.steps.append({"act": name, "at": self.at, **more})

    def go(self) -> None:
        """To a route; its content comes within three seconds, title and product not quite at once."""
        kind = self.random.choice(["/p/{}/", "/p/{}/", "/c/{}/", "/"])
        path = kind.format(self.random.choice("abc"))
        if path != self.path:
            self.route(path)

    def route(self, path: str) -> None:
        self.leave(self.at)
        delay, gap = self.random.randint(0, 2900), self.random.choice([0, 0, 30, 300])
        self.path, self.arrives = path, self.at + delay + gap
        self.act("go", path=path, delay=delay, gap=gap, first=self.random.random() < 0.5)

    def leave(self, at: int) -> None:
        self.views.append((self.path, at >= self.arrives + 350, at < self.arrives - 350))

    def clean(self) -> None:
        self.act("clean", query=self.random.choice(["", "?utm_source=x", "?sort=price"]))

    def push(self) -> None:
        """GA4's word on a change of the cart."""
        id_ = self.random.choice("xyz")
        event = self.random.choice(GA4_CART) if self.cart.get(id_) else "add_to_cart"
        item = {"item_id": id_, "item_name": "N", "price": 1.1, "quantity": 1}
        self.cart[id_] = self.cart.get(id_, 0) + (1 if event == "add_to_cart" else -1)
        self.carts.append({name: n for name, n in self.cart.items() if n})
        self.act("push", entry={"event": event, "ecommerce": {"items": [item]}})

    def buy(self) -> None:
        """An order, told twice now and then."""
        id_ = f"o-{self.random.randint(1, 3)}"
        item = {"item_id": "x", "item_name": "N", "price": 5, "quantity": 1}
        if id_ not in self.orders:
            self.orders.append(id_)
        if any(self.cart.values()):
            self.carts.append({})
        self.cart = {}
        self.act(
            "push",
            entry={"event": "purchase", "ecommerce": {"transaction_id": id_, "value": 5, "items": [item]}},
        )


def title_of(path: str) -> str:
    kind, _, id_ = path.strip("/").partition("/")
    return {"": "Home", "p": f"Product {id_}", "c": f"Page {id_}"}[kind]


def check(model: Model, views: list[tuple[str, str, str | None]], calls: list[dict[str, Any]]) -> None:
    """Nothing wrong, nothing twice, nothing lost."""
    assert [view[0] for view in views] == [view[0] for view in model.views], "visits"
    for (path, title, product), (_, came, gone) in zip(views, model.views, strict=True):
        wanted = path.split("/")[2] if path.startswith("/p/") else None
        assert title in ((title_of(path),) if came else (title_of(path), "")), f"title of {path}"
        assert product in ((wanted,) if came else (None,) if gone else (wanted, None)), f"product of {path}"
    told = changes([lines for _, lines in carts_in(calls)])
    assert told == changes(model.carts), "carts"
    assert orders_in(calls) == model.orders, "orders"


def run(shop: Shop, seed: int) -> None:
    """One sequence on a clock of its own."""
    model = Model(random.Random(seed))
    model.play()
    calls = played(shop, model.steps, model.at + 9500)
    try:
        check(model, shop.views(), calls)
    except AssertionError as error:
        told = [(c["path"], c["title"], [e["type"] for e in c["events"]]) for c in calls]
        raise AssertionError(f"seed {seed}: {error}\n{model.steps}\n{model.views}\n{told}") from error


@pytest.fixture
def fuzzed(own_shop: Shop) -> Shop:
    """The app on a clock that the test moves."""
    return on_a_clock(own_shop, PLAN, APP)


CONSENT_STEPS = 6


def run_with_consent(shop: Shop, seed: int) -> None:
    """Consent comes and goes between the acts: nothing is sent without it, nothing wrong with it."""
    chance = random.Random(seed)
    model = Model(chance)
    model.play()
    times = sorted(chance.sample(range(50, model.at + 2000), CONSENT_STEPS))
    given = [{"act": "consent", "at": at, "given": n % 2 == 1} for n, at in enumerate(times)]
    steps = sorted([*model.steps, *given], key=lambda step: step["at"])
    noted = "__sent.push = (one) => Array.prototype.push.call(__sent, {...one, agreed})"
    calls = played(shop, steps, model.at + 9500, before=noted)[1:]
    assert [call for call in calls if not call["agreed"]] == [], f"seed {seed}: sent without consent"
    paths = [view[0] for view in model.views]
    for path, title, product in shop.views():
        # One for each route at most, in their order.
        assert path in paths, f"seed {seed}: {path} twice"
        del paths[: paths.index(path) + 1]
        assert title in (title_of(path), ""), f"seed {seed}: {path} with {title}"
        assert product in ((path.split("/")[2], None) if path.startswith("/p/") else (None,)), f"seed {seed}"
    orders = orders_in(calls)
    assert len(orders) == len(set(orders))
    assert set(orders) <= set(model.orders)


@pytest.mark.parametrize("start", range(0, 40, 20))
def test_consent_that_comes_and_goes(fuzzed: Shop, start: int) -> None:
    for seed in range(start, start + 20):
        run_with_consent(fuzzed, seed)


@pytest.mark.parametrize("start", range(0, SEQUENCES, CHUNK))
def test_random_sequences_are_reported_as_they_were(fuzzed: Shop, start: int) -> None:
    for seed in range(start, start + CHUNK):
        run(fuzzed, seed)
