"""Waiting for what pages tell: time of a machine that lets a page do nothing does not count."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from connectif_kit.verify.recorder import TICK, Recorder

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan

NO_PLAN = cast("LoadedPlan", None)
"""Only what is sent is held against a plan."""


def waited(answers: int) -> tuple[bool, int]:
    """Whether a page that tells with this answer was heard in two ticks; how often it answered."""
    asked = 0

    async def wait() -> bool:
        return bool(await recorder.until(lambda: recorder.of(None, "layer"), 2 * TICK))

    async def pulse() -> None:
        nonlocal asked
        asked += 1
        if asked == answers:
            recorder.add({"kind": "layer"}, None)

    recorder = Recorder(NO_PLAN, pulse=pulse)
    return asyncio.run(wait()), asked


def test_what_a_page_tells_with_its_last_answer_is_heard() -> None:
    assert waited(2) == (True, 2)


def test_a_page_that_has_answered_each_time_is_not_waited_for_any_longer() -> None:
    assert waited(3) == (False, 2)
