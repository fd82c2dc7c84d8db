"""What is wrong with a plan although every part of it has the right shape; one file a check."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache

from connectif_kit.core.registry import collect
from connectif_kit.plan.check import Check, Problem
from connectif_kit.plan.models import Plan


@cache
def checks() -> dict[str, Check]:
    """Every check by name; each lies in the file of its name."""
    return {one.name: one for one in collect(sys.modules[__name__], Check)}


def problems(plan: Plan) -> Iterator[tuple[Check, Problem]]:
    """Every problem of a plan, with the check that found it."""
    for one in checks().values():
        for problem in one.find(plan):
            yield one, problem
