"""One budget for all calls: evenly spaced, learnt from the headers and from refusals.

The account's other integrations spend the same budget, so what is left may fall by itself. The
headers come in two families, `X-RateLimit-*` (reset in Unix seconds) and `RateLimit-*` (seconds
from now); `Retry-After` is read where it ever appears.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime

EPOCH = 1_000_000_000
BURST = 2
PATIENCE = 0.05
"""Without a header that says when, the first new try comes after this part of the window."""


LONGEST = 900.0
"""No header makes us wait longer than this many seconds at a time."""


WORTH_TELLING = 5.0


class Stopped(Exception):  # noqa: N818 - no error: somebody asked for it
    """The run is to end; nothing new is sent."""


class Limiter:
    """When the next call may go out; shared by all threads.

    `limit` calls in each `window` seconds at most; `stop` ends every wait.
    """

    def __init__(
        self,
        limit: int,
        window: float = 60.0,
        stop: threading.Event | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self.window = window
        self.stop = stop or threading.Event()
        self.most = limit
        self.rate = limit / window
        self.calls = 0
        self.blind = 0
        self.blocked = self.next = -1e9
        self.tell: Callable[[str], None] = lambda _: None
        self._reported: dict[str, float] = {}
        self._clock, self._wall = clock, wall
        self._lock = threading.Lock()

    def acquire(self) -> None:
        """Wait for a place. Raises Stopped."""
        while not self.stop.is_set():
            pause = self._take()
            if pause <= 0:
                return
            self.announce(pause, "the API's budget is used up")
            self.stop.wait(min(pause, 1.0))
        raise Stopped

    def announce(self, pause: float, why: str) -> None:
        """Say once for each reason that a long pause has begun; again where it is much longer."""
        if pause >= WORTH_TELLING and pause > 2 * self._reported.get(why, 0):
            self._reported[why] = pause
            self.tell(f"waiting {pause:.0f} s: {why}")

    def _take(self) -> float:
        """How long to wait still; 0 where a place was taken."""
        with self._lock:
            now = self._clock()
            due = max(self.next, self.blocked)
            if due > now:
                return due - now
            self.calls += 1
            gap = 1 / self.rate
            self.next = max(self.next, now - BURST * gap) + gap
            if self.blind:
                self.next = max(self.next, now + self._pause())
            return 0.0

    def learn(self, status: int, headers: Mapping[str, str]) -> None:
        """What a reply says of the budget; `headers` are found whatever their case."""
        limit, left, reset = (self._number(headers, name) for name in ("limit", "remaining", "reset"))
        with self._lock:
            now = self._clock()
            if limit and limit >= 1:
                self.rate = min(self.rate, min(self.most, limit) / self.window)
            if reset is not None:
                reset = min(reset - self._wall() if reset > EPOCH else reset, self.window * 2)
            if status == 429:
                self._refused(now, reset, _seconds(headers.get("retry-after")))
            else:
                self._accepted(now, left, reset)

    def _refused(self, now: float, reset: float | None, after: float | None) -> None:
        wait = after if after is not None else reset
        if wait is not None and wait >= 0:
            self.blocked = max(self.blocked, now + min(max(wait, 0.02), LONGEST))
            return
        if now >= self.blocked:
            self.rate = max(self.rate * 0.9, 1 / self.window)
            self.blind += 1
            self.blocked = now + self._pause()

    def _accepted(self, now: float, left: float | None, reset: float | None) -> None:
        if self.blind:
            self.blind = 0
        self.rate = min(self.rate * 1.005, self.most / self.window)
        if left is not None and reset is not None and reset > 0 and left < 1:
            self.blocked = max(self.blocked, now + min(reset, LONGEST))
        elif left is not None and reset is not None and reset > 0:
            even = reset / left
            if even > 1 / self.rate:
                self.next = max(self.next, now + min(even, LONGEST))

    def _pause(self) -> float:
        return float(min(self.window * PATIENCE * 1.2 ** max(0, self.blind - 1), self.window / 4))

    @staticmethod
    def _number(headers: Mapping[str, str], name: str) -> float | None:
        return _seconds(headers.get(f"x-ratelimit-{name}") or headers.get(f"ratelimit-{name}"))


def _seconds(text: str | None) -> float | None:
    """A number that is one, or an HTTP date as seconds from now; nothing for anything else."""
    if not text:
        return None
    try:
        found = float(text.split(",")[0].split(";")[0])
    except ValueError:
        return _until(text)
    return found if math.isfinite(found) and found >= 0 else None


def _until(text: str) -> float | None:
    """An HTTP date as seconds from now."""
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
