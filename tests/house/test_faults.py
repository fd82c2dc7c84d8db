"""Every id that is printed is explained, and everything that is explained is printed."""

from pathlib import Path

import pytest

from connectif_kit.audit.page_run import rules
from connectif_kit.explain import explanations, faults
from connectif_kit.plan.checks import checks
from connectif_kit.reference import pages
from tests.house.printed_ids import Package, printed, severities
from tests.tools import ROOT

COPIED = {
    "diagnostic_json.py: rule",  # a finding read back from a cache
    "rule.py: rule.name",
    "causes.py: self.beyond.rule",  # of the complaint that it stands for
    "page.py: long_label.name",
    "load.py: one.name",
}
"""Complaints that bear the name of a rule, of a check, or of another complaint."""


@pytest.fixture(scope="module")
def package() -> Package:
    return Package.read(ROOT / "connectif_kit")


@pytest.fixture(scope="module")
def found(package: Package) -> tuple[dict[str, list[str]], list[str]]:
    return printed(package)


@pytest.fixture
def ids(found: tuple[dict[str, list[str]], list[str]]) -> dict[str, list[str]]:
    """Each id that the kit prints, with the places."""
    return found[0]


def test_every_printed_id_is_explained(ids: dict[str, list[str]]) -> None:
    known = explanations()
    assert {name: places for name, places in ids.items() if name not in known} == {}


def test_every_printed_id_is_a_rule_a_check_or_a_fault(ids: dict[str, list[str]]) -> None:
    registered = {*rules(), *checks(), *(fault.name for fault in faults())}
    assert {name: places for name, places in ids.items() if name not in registered} == {}


def test_every_fault_is_printed(ids: dict[str, list[str]]) -> None:
    assert {fault.name for fault in faults()} - ids.keys() == set()


def test_the_severity_that_is_documented_is_the_one_that_is_printed(package: Package) -> None:
    written = severities(package)
    assert len(written) > 40
    wrong = {
        fault.name: (fault.severity, written[fault.name])
        for fault in faults()
        if fault.name in written
        and " to " not in fault.severity
        and set(fault.severity.split(" or ")) != written[fault.name]
    }
    assert wrong == {}


def test_no_id_escapes_the_look_at_the_syntax(found: tuple[dict[str, list[str]], list[str]]) -> None:
    split = [line.rpartition(": ") for line in found[1]]
    assert {f"{Path(place.partition(':')[0]).name}: {value}" for place, _, value in split} == COPIED


def test_every_id_is_in_the_reference(ids: dict[str, list[str]]) -> None:
    text = "\n".join(pages().values())
    assert [name for name in ids if f"\n## {name}\n" not in text and f"\n### {name}\n" not in text] == []


@pytest.mark.parametrize(
    "code",
    [
        "KitError.at(place, 'new-id', 'message')",
        "Diagnostic('new-id', Severity.ERROR, 'message', place)",
        "Diagnostic(rule='new-id', severity=Severity.ERROR, message='', place=place)",
        "Diagnostic(NAME, Severity.ERROR, 'message', place)",
        "Diagnostic('new-id' if late else 'old-id', Severity.ERROR, 'message', place)",
        "_note('new-id', 'message')",
        "_note(*reason)",
        "name = 'new-id'\n    Diagnostic(name, Severity.ERROR, '', place)",
        "replace(found, rule='new-id')",
    ],
)
def test_an_id_is_seen_in_every_form(tmp_path: Path, code: str) -> None:
    folder = tmp_path / "kit"
    folder.mkdir()
    (folder / "a.py").write_text(
        "NAME = 'new-id'\n"
        "def _why(page):\n    return 'new-id', 'message'\n"
        "def _note(rule, message):\n    return Diagnostic(rule, Severity.ERROR, message, 1)\n"
        f"def look(page, late, place, found):\n    reason = _why(page)\n    {code}\n"
    )
    ids, unread = printed(Package.read(folder))
    assert "new-id" in ids
    assert unread == []
