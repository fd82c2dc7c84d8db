"""The public API, as a stranger's program uses it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

import connectif_kit
from connectif_kit import KitError, Severity, audit_page, inject_page, load_plan, render_plan
from connectif_kit.api import __all__ as documented
from connectif_kit.reference.python import EXAMPLE
from tests.tools import ROOT, Cli, run

PAGE = "/p/harbour-mug/"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "templates/starter", tmp_path / "shop"))


def test_its_files_are_those_that_build_writes(shop: Path, cli: Cli) -> None:
    assert cli("build", cwd=shop).code == 0
    files = render_plan(load_plan(shop / "connectif.yaml"))
    assert files == {name: (shop / "connectif" / name).read_text("utf-8") for name in files}


def test_its_page_is_that_which_inject_leaves(shop: Path, cli: Cli) -> None:
    page, plan = shop / f"public{PAGE}index.html", load_plan(shop / "connectif.yaml")
    made = inject_page(page.read_bytes(), PAGE, plan)
    cli("build", cwd=shop)
    assert cli("inject", "public", cwd=shop).code == 0
    assert made.data == page.read_bytes()
    assert (made.kind, made.findings) == ("product", ())
    assert inject_page(made.data, PAGE, plan).data == made.data, "a second time changes nothing"


def test_a_bare_page_lacks_what_an_injected_one_has(shop: Path) -> None:
    bare, plan = (shop / f"public{PAGE}index.html").read_bytes(), load_plan(shop / "connectif.yaml")
    assert "missing-loader" in {finding.rule for finding in audit_page(bare, PAGE, plan)}
    assert audit_page(inject_page(bare, PAGE, plan).data, PAGE, plan) == ()


def test_without_a_plan_what_needs_none_is_found() -> None:
    (found,) = audit_page(b'<p>\n<div class="cn_caart" style="display:none"></div>', "/", path="a.html")
    assert (found.rule, found.place.path, found.place.line) == ("misspelt-class", "a.html", 2)


def test_what_somebody_edited_stays(shop: Path) -> None:
    bare, plan = (shop / f"public{PAGE}index.html").read_bytes(), load_plan(shop / "connectif.yaml")
    edited = inject_page(bare, PAGE, plan).data.replace(b"product_id", b"product_no")
    made = inject_page(edited, PAGE, plan)
    assert made.data == edited
    assert {finding.severity for finding in made.findings} == {Severity.ERROR}


def test_every_mistake_of_a_plan_is_raised_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "connectif.yaml").write_text("store: {id: 5}\nstor: 1\n")
    with pytest.raises(KitError) as error:
        load_plan(tmp_path / "connectif.yaml")
    assert {found.place.line for found in error.value.diagnostics} == {1, 2}


def test_the_documented_example_runs(shop: Path) -> None:
    done = run(sys.executable, "-c", EXAMPLE, cwd=shop, env={"PYTHONPATH": str(ROOT)})
    assert (done.code, done.stdout, done.stderr) == (0, "", "")


def test_the_package_names_what_is_documented_and_loads_it_late() -> None:
    assert sorted(connectif_kit._PUBLIC) == sorted(documented)  # type: ignore[attr-defined]  # not in the stub
    script = "import sys, connectif_kit; print('pydantic' in sys.modules); connectif_kit.load_plan"
    done = run(sys.executable, "-c", script, cwd=ROOT)
    assert (done.code, done.stdout) == (0, "False\n")
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(connectif_kit, "nothing")  # noqa: B009 - mypy knows that it is not there
