"""The rate limit: so many calls in a fixed window, with the header families that have been seen."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import field

from connectif_kit.core.records import dataclass

FAMILIES = ("x-ratelimit", "ratelimit", "retry-after", "none")


@dataclass(slots=True)
class Window:
    """Counts calls; `others` is what the account's other integrations use up in each window.

    `x-ratelimit` gives the reset in Unix seconds, `ratelimit` in seconds from now. Resets are rounded
    up to `grain` seconds; a window that is scaled down for a test wants a grain scaled down with it.
    """

    limit: int
    seconds: float
    wall: Callable[[], float]
    family: str = "x-ratelimit"
    others: int = 0
    start: float = -math.inf
    used: int = 0
    grain: float = 1.0
    refused: int = field(default=0, init=False)

    def take(self) -> tuple[bool, dict[str, str]]:
        """Whether one more call fits, and the headers that say how many more do."""
        now = self.wall()
        if now >= self.start + self.seconds:
            self.start, self.used = now, self.others
        fits = self.used < self.limit
        self.used += fits
        self.refused += not fits
        return fits, self.headers(now, fits)

    def headers(self, now: float, fits: bool) -> dict[str, str]:
        """As the family writes them."""
        left, reset = str(max(0, self.limit - self.used)), self.start + self.seconds
        if self.family == "x-ratelimit":
            return {
                "X-RateLimit-Limit": str(self.limit),
                "X-RateLimit-Remaining": left,
                "X-RateLimit-Reset": self._rounded(reset),
            }
        if self.family == "ratelimit":
            return {"RateLimit-Remaining": left, "RateLimit-Reset": self._rounded(reset - now)}
        if self.family == "retry-after" and not fits:
            return {"Retry-After": self._rounded(reset - now)}
        return {}

    def _rounded(self, seconds: float) -> str:
        return f"{math.ceil(seconds / self.grain) * self.grain:.{0 if self.grain >= 1 else 3}f}"
