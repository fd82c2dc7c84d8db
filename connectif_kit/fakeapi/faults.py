"""Faults on demand: how often, which, and the dice they are thrown with."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import field

from connectif_kit.core.records import dataclass

KINDS = {
    "429": "refuses as if the budget were used up",
    "500": "fails before doing anything",
    "500-after": "fails after having done it",
    "stall": "does not answer for a while",
    "reset": "drops the connection before doing anything",
    "reset-after": "does it and drops the connection",
    "half": "does it and answers with half a body",
}


@dataclass(slots=True)
class Faults:
    """Fault → share of the calls that it strikes; a 429 names `retry_after`, if that is set."""

    rates: Mapping[str, float] = field(default_factory=dict)
    seed: int = 0
    retry_after: str = ""
    dice: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        unknown = set(self.rates) - set(KINDS)
        if unknown:
            raise ValueError(f"no such fault: {', '.join(sorted(unknown))}; known: {', '.join(KINDS)}")
        self.dice = random.Random(self.seed)  # noqa: S311 - repeatable on purpose

    def strike(self) -> str:
        """The fault for this call, or nothing."""
        at = self.dice.random()
        for kind, share in self.rates.items():
            at -= share
            if at < 0:
                return kind
        return ""
