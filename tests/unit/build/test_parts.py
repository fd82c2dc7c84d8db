"""The parts of dispatcher and loader are plain JavaScript: linted, formatted and type-checked as they lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tools import ROOT, run

PARTS = ROOT / "templates" / "parts"
SHARED = [
    "shown.js",
    "consent.js",
    *(f"consent/{name}.js" for name in ("cookie", "storage", "global", "google", "event")),
]
LOADER = ["consent/kit.js", *(f"{name}.js" for name in ("loader", "loader_free", "loader_gate"))]
FOLDERS = ("dispatcher", "sources", "triggers")


@pytest.mark.parametrize("command", ["lint", "format"])
def test_the_parts_are_as_a_linter_wants_them(command: str, node_tool: Callable[[str], Path]) -> None:
    for what in (".", "../report/report.js"):
        done = run(node_tool("biome"), command, "--config-path=.", what, cwd=PARTS)
        assert done.code == 0, done.stdout + done.stderr


@pytest.mark.parametrize("program", ["dispatcher", "loader"])
def test_the_parts_are_strictly_typed(program: str, node_tool: Callable[[str], Path]) -> None:
    found = sorted(
        str(path.relative_to(PARTS)) for folder in FOLDERS for path in (PARTS / folder).glob("*.js")
    )
    files = [*SHARED, "consent/module.js", *found] if program == "dispatcher" else [*SHARED, *LOADER]
    strict = ("--checkJs", "--allowJs", "--strict", "--noEmit", "--pretty", "false", "--types", "")
    world = ("--target", "es2019", "--lib", "es2019,dom,dom.iterable", "--moduleDetection", "legacy")
    assert run(node_tool("tsc"), *strict, *world, "types.d.ts", *files, cwd=PARTS).stdout == ""


def test_the_minified_parts_are_up_to_date() -> None:
    """`scripts/minify` renews them."""
    done = run("node", "scripts/minify.mjs", "--check", cwd=ROOT)
    assert (done.code, done.stdout) == (0, ""), done.stderr


def test_a_part_is_no_template() -> None:
    for path in PARTS.rglob("*.js"):
        text = path.read_text("utf-8")
        assert text.isascii(), path
        assert not any(mark in text for mark in ("{%", "{#")), path
        assert max(map(len, text.splitlines())) <= 160, path
