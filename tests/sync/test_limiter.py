"""One budget for all calls: spaced evenly, learnt from every header form, kept through a storm of 429s."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest

from connectif_kit.fakeapi.limit import FAMILIES
from connectif_kit.fakeapi.server import new, running
from connectif_kit.sync.api import Api
from connectif_kit.sync.limiter import Limiter, Stopped
from tests.sync.tools import KEY

NOW = 1_700_000_000.0


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0

    def limiter(self, limit: int = 100) -> Limiter:
        return Limiter(limit, 60, Waits(self), clock=lambda: self.now, wall=lambda: NOW + self.now)


class Waits(threading.Event):
    """A stop signal that nobody gives; waiting for it lets time pass."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        self.clock.now += timeout or 0
        return False


def waited(clock: Clock, limiter: Limiter) -> float:
    before = clock.now
    limiter.acquire()
    return round(clock.now - before, 3)


def test_calls_are_spaced_evenly() -> None:
    clock = Clock()
    limiter = clock.limiter(100)
    for _ in range(101):
        limiter.acquire()
    assert clock.now == pytest.approx(60, rel=0.05)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(NOW) + 20)}, 20),
        ({"ratelimit-remaining": "0", "ratelimit-reset": "7"}, 7),
        ({"retry-after": "5"}, 5),
        ({"retry-after": "5", "ratelimit-reset": "50"}, 5),
    ],
)
def test_a_refusal_waits_as_long_as_the_headers_say(headers: Mapping[str, str], seconds: float) -> None:
    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    limiter.learn(429, headers)
    assert waited(clock, limiter) == pytest.approx(seconds, abs=0.7)


def test_a_refusal_that_says_nothing_is_tried_again_soon_and_slower_ever_after() -> None:
    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    rate = limiter.rate
    limiter.learn(429, {})
    first = waited(clock, limiter)
    limiter.learn(429, {})
    second = waited(clock, limiter)
    assert 1 < first < second < 15
    assert limiter.rate < rate


def test_an_empty_budget_is_waited_for_before_anything_is_refused() -> None:
    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    limiter.learn(200, {"ratelimit-remaining": "0", "ratelimit-reset": "30"})
    assert waited(clock, limiter) == pytest.approx(30, abs=0.7)


def test_what_others_spend_slows_us_down() -> None:
    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    limiter.learn(200, {"ratelimit-remaining": "3", "ratelimit-reset": "30"})
    assert waited(clock, limiter) == pytest.approx(10, abs=0.7)


def test_a_lower_limit_is_learnt_and_a_higher_one_is_not() -> None:
    limiter = Clock().limiter(80)
    limiter.learn(200, {"x-ratelimit-limit": "500"})
    assert limiter.rate * 60 == pytest.approx(80)
    limiter.learn(200, {"x-ratelimit-limit": "40"})
    assert limiter.rate * 60 == pytest.approx(40, rel=0.01)


@pytest.mark.parametrize("nonsense", ["soon", "", "-1", "1e400", "nan"])
def test_nonsense_in_headers_is_no_trap(nonsense: str) -> None:
    clock = Clock()
    limiter = clock.limiter()
    for name in ("retry-after", "ratelimit-reset", "x-ratelimit-limit", "x-ratelimit-remaining"):
        limiter.acquire()
        limiter.learn(429, {name: nonsense})
    assert waited(clock, limiter) < 130


def test_a_stop_ends_the_wait() -> None:
    stop = threading.Event()
    limiter = Limiter(1, 60, stop)
    limiter.acquire()
    limiter.learn(429, {"retry-after": "50"})
    threading.Timer(0.1, stop.set).start()
    start = time.monotonic()
    with pytest.raises(Stopped):
        limiter.acquire()
    assert time.monotonic() - start < 5


LIMIT, SECONDS, CALLS = 50, 3.0, 200


def storm(family: str) -> tuple[float, int]:
    """Seconds for all calls, and rows that arrived, where we think the limit to be twice what it is."""
    fake = new(limit=LIMIT, window=SECONDS, family=family)
    fake.api.window.grain = SECONDS / 60
    with running(fake), ThreadPoolExecutor(4) as pool:
        api = Api(fake.url, KEY, Limiter(LIMIT * 2, SECONDS))
        start = time.monotonic()
        list(pool.map(lambda n: api.call("PATCH", f"/contacts/email/p{n}@b.example", json={}), range(CALLS)))
        took = time.monotonic() - start
        api.close()
    return took, len(fake.store.contacts)


def test_a_storm_of_refusals_costs_less_than_15_percent() -> None:
    """A minute with its hundred calls, scaled down to three seconds, the headers' seconds with it."""
    ideal = CALLS / LIMIT * SECONDS
    with ThreadPoolExecutor(len(FAMILIES)) as pool:
        found = dict(zip(FAMILIES, pool.map(storm, FAMILIES), strict=True))
    slow = {family: round(took / ideal, 2) for family, (took, _) in found.items() if took > ideal * 1.15}
    assert slow == {}
    assert {rows for _, rows in found.values()} == {CALLS}
