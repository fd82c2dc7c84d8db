"""The project's own files: what a newcomer's machine relies on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tools import ROOT, run


@pytest.mark.parametrize("key", ["resolved", "extraneous"])
def test_the_lock_file_names_no_registry_and_no_stray_package(key: str) -> None:
    # npm leaves strays at its first pass, and Debian's npm then refuses the ones for other systems:
    # `npm install --package-lock-only` twice. rollup is held at a version whose packages for every system
    # are out, or `npm ci` misses them.
    lock = json.loads((ROOT / "tests/node/package-lock.json").read_text("utf-8"))
    assert [name for name, package in lock["packages"].items() if key in package] == []


@pytest.mark.parametrize("script", ["scripts/demo", "scripts/test", "scripts/check", ".ci/run"])
def test_a_script_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert run("bash", "-n", ROOT / script, cwd=ROOT).code == 0


@pytest.mark.parametrize("name", ["acorn", "eleventy", "tsc"])
def test_nodes_tools_answer(node_tool: Callable[[str], Path], name: str) -> None:
    done = run(node_tool(name), "--help", cwd=ROOT)
    assert done.code == 0, done.stderr


def test_hugo_answers(hugo_path: Path) -> None:
    assert run(hugo_path, "version", cwd=ROOT).code == 0
