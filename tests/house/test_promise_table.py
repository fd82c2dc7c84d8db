"""What the README promises has a test: `promises.toml` names it, in the README's own words."""

from __future__ import annotations

import re
import tomllib

from tests.tools import ROOT

README = " ".join((ROOT / "README.md").read_text("utf-8").split())
TABLE: dict[str, list[str]] = tomllib.loads((ROOT / "tests/house/promises.toml").read_text("utf-8"))
"""Promise → the tests that hold it."""


def names_of_tests() -> set[str]:
    """The names of all tests."""
    files = (path for path in (ROOT / "tests").rglob("test_*.py") if "node_modules" not in path.parts)
    return {name for path in files for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.M)}


def test_a_promise_of_the_table_stands_in_the_readme() -> None:
    assert [promise for promise in TABLE if promise not in README] == []


def test_a_promise_is_held_by_tests_that_are_there() -> None:
    known = names_of_tests()
    assert [(promise, name) for promise, names in TABLE.items() for name in names if name not in known] == []
    assert [promise for promise, names in TABLE.items() if not names] == []


def test_all_that_a_user_can_rely_on_is_in_the_table() -> None:
    section = README.partition("## What you can rely on")[2].partition("Pages are read by")[0]
    promises = [each.strip() for each in section.split("* ")[1:]]
    assert len(promises) > 3
    assert [each for each in promises if not any(promise in each for promise in TABLE)] == []
