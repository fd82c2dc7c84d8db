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


def test_the_platform_counts_by_the_minute() -> None:
    """100 calls a minute: https://support.connectif.ai/hc/en-us/articles/360020088531."""
    clock = Clock()
    limiter = Limiter(100, stop=Waits(clock), clock=lambda: clock.now, wall=lambda: NOW + clock.now)
    for _ in range(101):
        limiter.acquire()
    assert clock.now == pytest.approx(60, rel=0.05)


def test_a_budget_that_begins_again_now_is_not_waited_for() -> None:
    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    for left in ("0", "1"):
        limiter.learn(200, {"ratelimit-remaining": left, "ratelimit-reset": "0"})
        assert waited(clock, limiter) < 1


def test_a_call_is_left_or_none_is() -> None:
    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    limiter.learn(200, {"ratelimit-remaining": "1", "ratelimit-reset": "12"})
    assert waited(clock, limiter) == pytest.approx(12, abs=0.1)
    limiter.learn(200, {"ratelimit-remaining": "1", "ratelimit-reset": "1"})
    assert waited(clock, limiter) == pytest.approx(1, abs=0.1)
    limiter.learn(200, {"ratelimit-remaining": "100", "ratelimit-reset": "12"})
    assert waited(clock, limiter) < 1


def test_a_short_rest_is_made_good_by_two_calls_and_a_long_one_by_no_more() -> None:
    clock = Clock()
    limiter = clock.limiter(60)
    limiter.acquire()
    clock.now += 100
    gaps = [waited(clock, limiter) for _ in range(5)]
    assert gaps == [0, 0, 0, 1, 1]
    assert limiter.calls == 6


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("5;w=60", 5),
        ("5, 100", 5),
        ("1.5", 1.5),
        ("0", 0.02),
        ("nonsense", 3),
        ("-5", 3),
        ("inf", 3),
        ("nan", 3),
        ("", 3),
        ("99999", 900),
        ("Fri, 99 Foo 2026 00:00:00 GMT", 3),
    ],
)
def test_a_refusal_is_read_in_whatever_form_it_says_when(header: str, seconds: float) -> None:
    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    limiter.learn(429, {"retry-after": header})
    assert waited(clock, limiter) == pytest.approx(seconds, abs=0.02)


def test_a_date_in_the_past_is_now() -> None:
    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    limiter.learn(429, {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"})
    assert waited(clock, limiter) < 1


def test_a_date_to_come_is_waited_for() -> None:
    from email.utils import formatdate

    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    limiter.learn(429, {"retry-after": formatdate(time.time() + 100, usegmt=True)})
    assert waited(clock, limiter) == pytest.approx(100, abs=10)


def test_a_second_refusal_does_not_shorten_the_first() -> None:
    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    limiter.learn(429, {"retry-after": "50"})
    limiter.learn(429, {"retry-after": "1"})
    limiter.learn(429, {})
    limiter.learn(200, {"ratelimit-remaining": "0", "ratelimit-reset": "1"})
    assert waited(clock, limiter) == pytest.approx(50, abs=0.1)


def test_refusals_of_calls_that_were_under_way_count_as_one() -> None:
    """Four threads are refused at the same moment: that is one lesson and not four."""
    once, four = Clock(), Clock()
    one, many = once.limiter(), four.limiter()
    for limiter, times in ((one, 1), (many, 4)):
        limiter.acquire()
        for _ in range(times):
            limiter.learn(429, {})
    assert waited(once, one) == waited(four, many) == pytest.approx(3, abs=0.01)
    assert one.rate == many.rate == pytest.approx(1.5)


def test_refusals_one_after_the_other_wait_longer_each_time_up_to_a_quarter_of_the_window() -> None:
    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    found = []
    for _ in range(12):
        limiter.learn(429, {})
        found.append(waited(clock, limiter))
    assert found[:4] == pytest.approx([3, 3.6, 4.32, 5.184], abs=0.02)
    assert found[-2:] == pytest.approx([15, 15])


def test_while_refusals_go_on_one_call_goes_out_at_a_time_and_then_all_is_as_before() -> None:
    clock = Clock()
    limiter = clock.limiter(60)
    limiter.acquire()
    limiter.learn(429, {})
    waited(clock, limiter)
    assert waited(clock, limiter) == pytest.approx(3, abs=0.01), "its answer is not there yet"
    limiter.learn(200, {})
    assert waited(clock, limiter) == pytest.approx(3, abs=0.01)
    assert waited(clock, limiter) == pytest.approx(1.1, abs=0.1)


def test_the_rate_comes_back_slowly_and_never_above_what_was_asked_for() -> None:
    clock = Clock()
    limiter = clock.limiter(60)
    limiter.acquire()
    for _ in range(3):
        limiter.learn(429, {})
        limiter.acquire()
    low = limiter.rate
    assert low == pytest.approx(0.9**3)
    limiter.learn(200, {})
    assert limiter.rate == pytest.approx(low * 1.005)
    for _ in range(100):
        limiter.learn(200, {})
    assert limiter.rate == 1


def test_however_often_it_is_refused_a_call_a_window_goes_out() -> None:
    clock = Clock()
    limiter = clock.limiter(60)
    for _ in range(100):
        limiter.acquire()
        limiter.learn(429, {})
    assert limiter.rate == pytest.approx(1 / 60)


def test_a_limit_of_one_is_learnt_and_one_of_none_is_not() -> None:
    limiter = Clock().limiter(80)
    limiter.learn(200, {"ratelimit-limit": "0"})
    assert limiter.rate * 60 == pytest.approx(80)
    limiter.learn(429, {"ratelimit-limit": "1", "retry-after": "1"})
    assert limiter.rate * 60 == pytest.approx(1)


def test_the_documented_headers_come_before_the_others() -> None:
    limiter = Clock().limiter(80)
    limiter.learn(429, {"x-ratelimit-limit": "30", "ratelimit-limit": "20", "retry-after": "1"})
    assert limiter.rate * 60 == pytest.approx(30)


def test_a_reset_beyond_two_windows_is_a_mistake_and_two_windows_are_waited() -> None:
    clock = Clock()
    limiter = clock.limiter()
    limiter.acquire()
    limiter.learn(200, {"ratelimit-remaining": "0", "ratelimit-reset": "5000"})
    assert waited(clock, limiter) == pytest.approx(120, abs=0.1)


def test_a_long_pause_is_announced_once_and_again_where_it_is_much_longer() -> None:
    clock = Clock()
    limiter = clock.limiter()
    said: list[str] = []
    limiter.tell = said.append
    for seconds in ("4", "5", "9", "11", "20"):
        limiter.acquire()
        limiter.learn(429, {"retry-after": seconds})
        limiter.acquire()
    assert said == [f"waiting {n} s: the API's budget is used up" for n in (5, 11)]
    limiter.announce(6, "a queue is full")
    assert said[2:] == ["waiting 6 s: a queue is full"]


def test_a_stopped_limiter_lets_nothing_out() -> None:
    stop = threading.Event()
    stop.set()
    limiter = Limiter(100, 60, stop)
    with pytest.raises(Stopped):
        limiter.acquire()
    assert limiter.calls == 0


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
