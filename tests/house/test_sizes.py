"""Nothing is so large that nobody reads it: files, and the command line's above all."""

from __future__ import annotations

from pathlib import Path

from tests.tools import ROOT

MOST = 400
DATA = {
    "preview/top-level-domains.txt": "the list of the Internet's authority, as it comes",
}
"""Files below `templates/` that are data."""


def _long(folder: Path, most: int, patterns: tuple[str, ...] = ("*.py",)) -> dict[str, int]:
    found = (path for pattern in patterns for path in folder.rglob(pattern))
    sizes = {path.relative_to(folder).as_posix(): len(path.read_text("utf-8").splitlines()) for path in found}
    return {name: size for name, size in sizes.items() if size > most}


def test_no_file_of_the_package_is_long() -> None:
    assert _long(ROOT / "connectif_kit", MOST) == {}


def test_no_file_that_is_shipped_is_long_but_data() -> None:
    found = _long(ROOT / "templates", MOST, ("*.js", "*.css", "*.j2", "*.html", "*.ts", "*.yaml", "*.txt"))
    assert found.keys() == DATA.keys()


def test_no_file_of_tests_is_long_but_data() -> None:
    found = _long(ROOT / "tests", MOST)
    assert {name: size for name, size in found.items() if not name.startswith("node/")} == {}


COMMAND = 100


def test_a_command_is_options_and_one_call() -> None:
    assert _long(ROOT / "connectif_kit/cli", COMMAND) == {}
