"""An interrupt ends `serve` with 130, however early or late it comes."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.forked import Forked, forked
from tests.serving import shop


@contextmanager
def started(folder: Path) -> Iterator[Forked]:
    """A preview that has said where it serves."""
    with forked("serve", "--port", "0", cwd=shop(folder)) as process:
        for line in process.stderr:
            if line.startswith("preview:"):
                break
        yield process


# From the word to the loop that serves it takes some ten milliseconds.
@pytest.mark.parametrize("wait", [0, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.012, 0.02, 0.03])
def test_an_interrupt_right_after_the_word_is_heard(tmp_path: Path, wait: float) -> None:
    with started(tmp_path) as process:
        time.sleep(wait)
        process.send(signal.SIGINT)
        status, said = process.ended()
    assert status == 130
    assert "Traceback" not in said
    assert said.endswith("stopped\n")


def test_a_polite_end_is_reported_as_shells_expect(tmp_path: Path) -> None:
    with started(tmp_path) as process:
        process.send(signal.SIGTERM)
        assert process.ended()[0] == 143
