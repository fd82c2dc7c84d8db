"""The command line without a process of its own: a run costs milliseconds instead of most of a second."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from connectif_kit.cli import run
from tests.tools import Run

Kit: TypeAlias = Callable[..., Run]


def kit_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Run]:
    """`kit("audit", "public")` in a folder → exit code, standard output and error."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.chdir(folder)

    def kit(*arguments: str | Path) -> Run:
        capfd.readouterr()
        code = run([str(each) for each in arguments])
        return Run(code, *capfd.readouterr())

    return kit
