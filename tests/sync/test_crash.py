"""Killed at any instant, with the network failing too: nothing lost, nothing acknowledged sent again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.tools import crash_run


@pytest.mark.parametrize("seed", range(8))
def test_killed_at_random_moments_the_account_ends_up_with_exactly_the_rows(
    tmp_path: Path, seed: int
) -> None:
    outcome = crash_run(tmp_path, seed)
    assert outcome.faults == []
    assert outcome.kills >= 1, "nothing was killed, so nothing was shown"
