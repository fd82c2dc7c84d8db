"""An interrupt ends `serve` with 130, however early or late it comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.serving import shop
from tests.tools import ROOT

COMMAND = [sys.executable, "-m", "connectif_kit", "serve", "--port", "0"]


def started(folder: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.Popen(COMMAND, cwd=folder, stderr=subprocess.PIPE, text=True, env=environment)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """How a process ended, and what it had still to say; a process that does not end fails the test."""
    try:
        said = process.communicate(timeout=15)[1]
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise AssertionError("the interrupt was missed") from None
    return process.returncode, said


# From the word to the loop that serves it takes some ten milliseconds.
@pytest.mark.parametrize("wait", [0, 0.0005, 0.001, 0.002, 0.004, 0.008, 0.012, 0.02, 0.03])
def test_an_interrupt_right_after_the_word_is_heard(tmp_path: Path, wait: float) -> None:
    process = started(shop(tmp_path))
    assert process.stderr
    for line in process.stderr:
        if line.startswith("preview:"):
            break
    time.sleep(wait)
    process.send_signal(signal.SIGINT)
    status, said = ended(process)
    assert status == 130
    assert "Traceback" not in said
    assert said.endswith("stopped\n")


def test_a_polite_end_is_reported_as_shells_expect(tmp_path: Path) -> None:
    process = started(shop(tmp_path))
    assert process.stderr
    for line in process.stderr:
        if line.startswith("preview:"):
            break
    process.terminate()
    assert ended(process)[0] == 143
