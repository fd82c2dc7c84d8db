"""What is answered before the command line is loaded is what the command line says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connectif_kit import quick
from connectif_kit.cli import run
from connectif_kit.reference.helps import files
from tests.tools import ROOT, Cli

_ASKED = [
    ["--help"],
    ["-h"],
    ["audit", "--help"],
    ["new", "-h"],
    ["audit", "--no-such-option"],
    ["sync", "x", "--qq"],
]


def test_the_kept_texts_are_current() -> None:
    """`python -m connectif_kit.reference write` renews them."""
    there = {file.name: file.read_text("utf-8") for file in (ROOT / "templates/help").iterdir()}
    assert there == files()


@pytest.mark.parametrize("columns", ["80", "120"])
def test_every_answer_is_the_command_lines_own(
    columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every command: its help, and an option that it does not have."""
    monkeypatch.setenv("COLUMNS", columns)
    commands = [name for name in json.loads(files()["78.json"]) if name]
    for asked in [*_ASKED, *([name, word] for name in commands for word in ("--help", "--no-such-option"))]:
        status, told = quick.answered(asked), capsys.readouterr()
        assert (status, told) == (run(asked), capsys.readouterr())


@pytest.mark.parametrize(
    "asked",
    [[], ["--version"], ["audti"], ["audit"], ["audit", "-q"], ["audit", "--formt", "x"], ["audit", "--fix"]],
)
def test_all_else_is_left_to_the_command_line(asked: list[str]) -> None:
    """What has a value, a near name, or no text of ours."""
    assert quick.answered(asked) is None


def test_another_width_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Narrow terminals are rare."""
    monkeypatch.setenv("COLUMNS", "60")
    assert quick.answered(["--help"]) is None


def test_a_process_answers_so(cli: Cli, tmp_path: Path) -> None:
    """Without click."""
    done = cli.process("audit", "--no-such-option", env={"PYTHONVERBOSE": "1"})
    assert (done.code, "No such option" in done.stderr) == (2, True)
    assert "import 'click'" not in done.stderr
    assert not list(tmp_path.iterdir())
