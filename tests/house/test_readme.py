"""The README's tour is run as it is printed, and what it promises is shown."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.tools import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"<!-- tour -->\n```console\n(.*?)```", README, re.DOTALL)


def commands_and_output(block: str) -> list[tuple[str, str]]:
    """Each command with the lines that the README shows below it."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(command, "\n".join(lines)) for command, *lines in (part.rstrip().split("\n") for part in parts)]


def test_the_tour_runs_as_printed(tmp_path: Path) -> None:
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    command = bin_folder / "connectif-kit"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m connectif_kit "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    env = {**os.environ, "PATH": f"{bin_folder}:{os.environ['PATH']}", "NO_COLOR": "1"}
    where = tmp_path
    statuses = []
    for line, shown in (pair for block in BLOCKS for pair in commands_and_output(block)):
        if line.startswith("cd "):
            where /= line.removeprefix("cd ")
            continue
        done = subprocess.run(
            line, shell=True, cwd=where, env=env, capture_output=True, text=True, check=False
        )
        statuses.append(done.returncode)
        assert shown in done.stdout, f"{line}: {done.stdout}{done.stderr}"
    assert statuses[:-1] == [0] * (len(statuses) - 1)
    assert statuses[-1] == 1, "the last command of the tour finds the fault"
    assert "public/p/harbour-mug/index.html:" in done.stdout
    assert "14,50" in done.stdout


def test_the_plan_in_the_readme_is_valid() -> None:
    from connectif_kit.plan.load import load

    plan, part = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    load("connectif.yaml", (plan.split("catalog:")[0] + part).encode())
    assert load("README.md", plan.encode()).plan.pages


def test_every_command_has_its_row() -> None:
    from connectif_kit.cli import app

    for name in app.list_commands(None):  # type: ignore[arg-type]  # the context is not used
        assert f"`{name}" in README, f"{name} is not in the README"
