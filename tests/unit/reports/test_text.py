"""The terminal's report: largest causes first, each place once, carets below the value, what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectif_kit.core.diagnostics import Diagnostic, Edit, Place, Severity
from connectif_kit.reports import Report
from connectif_kit.reports.causes import grouped
from connectif_kit.reports.text import write
from tests.audit_pages import page, product
from tests.tools import Cli


def one(rule: str, path: str, *, fixable: bool = False, severity: Severity = Severity.ERROR) -> Diagnostic:
    edits = (Edit(0, 1, "x"),) if fixable else ()
    return Diagnostic(rule, severity, "wrong", Place(path, 3, 1), element=f"html>{rule}", edits=edits)


def text(*found: Diagnostic) -> list[str]:

    return write(grouped(found, lambda _: "")).splitlines()


def rules_of(lines: list[str]) -> list[str]:
    return [line.split()[-1] for line in lines if line.startswith(("a", "b", "c")) and "  " in line]


def test_the_largest_cause_comes_first_and_notices_last() -> None:
    lines = text(
        one("rare", "a"),
        *(one("known", path, severity=Severity.NOTICE) for path in "abc"),
        one("common", "b"),
        one("common", "c"),
    )
    assert rules_of(lines) == ["common", "rare", "known"]
    assert lines[-1] == "next: connectif-kit explain common"


def test_it_ends_with_what_can_be_fixed_all_places_counted() -> None:
    lines = text(
        *(one("comma", path, fixable=path != "c") for path in "abc"), one("other", "a", fixable=True)
    )
    assert lines[-1] == "next: 3 fixable with connectif-kit audit --fix · connectif-kit explain comma"


def test_nothing_found_has_nothing_next() -> None:
    assert text() == ["no findings"]


def test_no_place_is_named_twice() -> None:
    lines = text(one("twice", "a"), one("twice", "b"), one("twice", "b"), one("twice", "a"))
    assert "  also: 3 times on 2 more pages: b:3:1" in lines
    alone = text(one("twice", "a"), *[one("twice", "a")] * 2, one("twice", "b"))
    assert [line for line in alone if "also" in line] == ["  also: 3 times on 1 more page: b:3:1"]


def test_the_caret_is_below_the_value(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text(page(product(1, "12,50")))
    lines = cli("audit", "p.html").stdout.splitlines()
    source = next(number for number, line in enumerate(lines) if "12,50</span>" in line)
    caret = lines[source + 1]
    assert lines[source][caret.index("^") : caret.rindex("^") + 1] == "12,50"
    assert lines[-1] == "next: 1 fixable with connectif-kit audit --fix · connectif-kit explain decimal-comma"


def test_a_fault_of_the_element_is_shown_at_the_element(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text(page(product(1, unit_prize="1.50")))
    lines = cli("audit", "p.html").stdout.splitlines()
    source = next(number for number, line in enumerate(lines) if "unit_prize" in line and "│" in line)
    caret = lines[source + 1]
    assert lines[source][caret.index("^") :].startswith("<span class=")


@pytest.mark.parametrize(
    ("before", "columns"),
    [
        ("<b>", 3),
        ("\t\t<b>", 5),
        ("\u5546\u54c1\u540d", 6),
        ("e\u0301", 1),
        ("\U0001f381", 2),
        ("x" * 500, 21),
    ],
)
def test_the_caret_counts_columns_and_not_characters(before: str, columns: int) -> None:
    line = f"{before}14,50</b>"
    place = Place("a.html", 1, len(before) + 1, 1, len(before) + 6)
    finding = Diagnostic("decimal-comma", Severity.ERROR, "wrong", place)
    _, _, shown, below, *_ = write(Report((finding,), line_of=lambda _: line)).splitlines()
    assert "14,50" in shown
    assert below == f"    │ {' ' * columns}^^^^^"
