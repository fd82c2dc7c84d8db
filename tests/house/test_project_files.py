"""The project's own files: what a newcomer's machine relies on."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.tools import ROOT, run


@pytest.mark.parametrize("key", ["resolved", "extraneous"])
def test_the_lock_file_names_no_registry_and_no_stray_package(key: str) -> None:
    # npm leaves strays at its first pass, and Debian's npm then refuses the ones for other systems:
    # `npm install --package-lock-only` twice. rollup is held at a version whose packages for every system
    # are out, or `npm ci` misses them.
    lock = json.loads((ROOT / "tests/node/package-lock.json").read_text("utf-8"))
    assert [name for name, package in lock["packages"].items() if key in package] == []


@pytest.mark.parametrize(
    "script", ["scripts/demo", "scripts/test", "scripts/check", "scripts/lock", ".ci/run"]
)
def test_a_script_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert run("bash", "-n", ROOT / script, cwd=ROOT).code == 0


@pytest.mark.parametrize("name", ["acorn", "eleventy", "tsc"])
def test_nodes_tools_answer(node_tool: Callable[[str], Path], name: str) -> None:
    done = run(node_tool(name), "--help", cwd=ROOT)
    assert done.code == 0, done.stderr


def test_hugo_answers(hugo_path: Path) -> None:
    assert run(hugo_path, "version", cwd=ROOT).code == 0


LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PLATFORMS = [
    ("linux", "x86_64"),
    ("linux", "armv7l"),
    ("darwin", "x86_64"),
    ("darwin", "arm64"),
    ("win32", "AMD64"),
]
PYTHONS = ["3.11.2", "3.11.9", "3.12.1", "3.13.0", "3.14.0"]


def machine(platform: tuple[str, str], python: str) -> dict[str, str]:
    """What the markers of requirements ask about."""
    return {
        "sys_platform": platform[0],
        "os_name": "nt" if platform[0] == "win32" else "posix",
        "platform_machine": platform[1],
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "python_full_version": python,
        "python_version": ".".join(python.split(".")[:2]),
    }


def locked(text: str, on: dict[str, str]) -> dict[str, str]:
    """Name → version of the entries that count on a machine."""
    found = [Requirement(line) for line in re.findall(r"^([a-z0-9].*?) \\$", text, re.MULTILINE)]
    here = [entry for entry in found if entry.marker is None or entry.marker.evaluate(on)]
    assert len({entry.name for entry in here}) == len(here), "two versions of one package"
    return {entry.name: str(entry.specifier).removeprefix("==") for entry in here}


def asked(names: list[str], on: dict[str, str]) -> list[Requirement]:
    wanted = [Requirement(text) for text in names if not text.startswith("connectif-kit[")]
    return [each for each in wanted if each.marker is None or each.marker.evaluate(on)]


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS, ids=" ".join)
def test_the_lock_has_all_that_is_asked_for(platform: tuple[str, str], python: str) -> None:
    """`scripts/lock` renews it; what users need stands before what developers need."""
    on = machine(platform, python)
    extras = PROJECT["project"]["optional-dependencies"]
    for_users = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
    for text, names in (
        (LOCK.partition("# For developers")[0], for_users),
        (LOCK, for_users + extras["dev"] + extras["browser"]),
    ):
        versions = locked(text, on)
        for each in asked(names, on):
            assert each.specifier.contains(versions[each.name.lower()]), f"{each}: run scripts/lock"


def test_the_lock_names_no_registry_and_a_hash_for_all() -> None:
    assert not re.search(r"://|--(?!hash=sha256:[0-9a-f]{64}\b)", LOCK)
    entries = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) > 50
    assert [entry for entry in entries if "--hash=" not in entry] == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github/workflows").glob("*.yml")), ids=lambda path: path.name
)
def test_a_workflow_runs_what_is_pinned_and_may_do_no_more_than_it_must(path: Path) -> None:
    text = path.read_text("utf-8")
    uses = re.findall(r"uses: (\S+)", text)
    assert [each for each in uses if not re.search(r"@[0-9a-f]{40}$|^\./", each)] == []
    assert re.search(r"^permissions:", text, re.MULTILINE)
    assert re.findall(r"(\S+): write", text) == (["id-token"] if path.name == "release.yml" else [])
