"""`scripts/mutants` on a small project: what its tests notice is counted, what they do not is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.mutation import javascript, python
from tests.mutation.__main__ import ROOT, main
from tests.mutation.table import candidates, chosen, read_table

LIBRARY = '''"""A library."""


def doubled(number: int) -> int:
    """Twice."""
    return number * 2


def is_late(hour: int) -> bool:
    return hour > 22
'''
WATCHED = """from library import doubled, is_late


def test_doubled():
    assert doubled(3) == 6


def test_is_late():
    assert is_late(23)
    {more}
"""
TABLE = """
[library]
files = ["library.py"]
tests = ["test_library.py"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose tests leave a gap: nobody asks about ten o'clock."""
    (tmp_path / "library.py").write_text(LIBRARY)
    (tmp_path / "test_library.py").write_text(WATCHED.format(more=""))
    (tmp_path / "table.toml").write_text(TABLE)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:randomly\n")
    return tmp_path


def run(project: Path, *more: str) -> int:
    return main(["--root", str(project), "--table", str(project / "table.toml"), *more])


def test_a_survivor_is_shown_and_the_rest_are_counted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project) == 1
    said = capsys.readouterr().out
    assert re.findall(r"^\+ +(.*)", said, re.MULTILINE) == ["return hour >= 22"]
    row = said.splitlines()[-1]
    total, killed, equivalent, survived = map(int, re.findall(r"\d+", row)[:4])
    assert (equivalent, survived) == (0, 1)
    assert killed == total - 1 > 2
    assert (project / "library.py").read_text() == LIBRARY, "faults are put into copies"


def test_an_equivalent_is_left_out_of_the_count(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reason = '[[library.equivalent]]\nbefore = "return hour > 22"\nafter = "return hour >= 22"\nwhy = "x"\n'
    (project / "table.toml").write_text(TABLE + reason)
    assert run(project) == 0
    assert "| 1 | 0 | 100% |" in capsys.readouterr().out


def test_tests_that_fail_without_a_fault_prove_nothing(project: Path) -> None:
    (project / "test_library.py").write_text(WATCHED.format(more="assert is_late(1)"))
    with pytest.raises(RuntimeError, match="without a fault the tests end with 1"):
        run(project)


def test_an_unknown_module_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "nothing") == 2
    assert "unknown: nothing; table.toml has library" in capsys.readouterr().err


def test_the_same_seed_chooses_the_same_faults(project: Path) -> None:
    [module] = read_table(project / "table.toml", project)
    first, again, other = (chosen(module, project, seed, 3) for seed in (1, 1, 2))
    assert first == again != other
    assert len(candidates(module, project)) > 3


def test_types_docstrings_and_messages_are_left_alone() -> None:
    source = b'"""Text."""\nx: int = 1\ndef f(a: "int" = 2) -> "str":\n    """Text."""\n    raise E("a b")\n'
    assert [mutant.applied(source).count(b'"""') for mutant in python.mutants(source)] == [4, 4]


PYTHON = b"""
def f(a, b):
    if not a or a == b and a is not None:
        return [x for x in a if x not in b]
    while a:
        a -= 1
        continue
    a.x = min(a, -b) + 2
    f(True, "key", "a message")
    return a if b else f"{a + 1}"
"""
JAVASCRIPT = b"""
const f = (a, b) => (a == b ? !a : a + 1);
if (a && b.some((x) => x > 2)) f("key", "a message");
const g = () => { return true; };
"""


@pytest.mark.parametrize(("make", "source"), [(python.mutants, PYTHON), (javascript.mutants, JAVASCRIPT)])
def test_every_fault_is_another_program(make: object, source: bytes) -> None:
    found = make(source)  # type: ignore[operator]  # either of the two above
    assert len(found) > 10
    assert len({mutant.applied(source) for mutant in found}) == len(found)
    for mutant in found:
        assert mutant.applied(source) != source
        if make is python.mutants:
            compile(mutant.applied(source), "x.py", "exec")
        before, after = mutant.lines(source)
        assert before != after


def test_the_table_names_files_tests_and_faults_that_are_there() -> None:
    for module in read_table(ROOT / "tests/mutation/table.toml", ROOT):
        assert module.files, module.name
        assert module.tests, module.name
        named = [*module.tests, *(each for near in module.near.values() for each in near)]
        assert [each for each in named if not (ROOT / each).is_file()] == []
        possible = (
            {case.mutant.lines((ROOT / case.path).read_bytes()) for case in candidates(module, ROOT)}
            if module.equivalents
            else set()
        )
        assert module.equivalents - possible == set(), "an equivalent that is not a fault any more"
