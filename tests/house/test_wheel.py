"""What users install: the wheel, built here and run from a folder of its own."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest

from connectif_kit import __version__
from tests.tools import ROOT, Run, run


@dataclass(frozen=True, slots=True)
class Installed:
    """A wheel and the folder that it was unpacked into."""

    wheel: Path
    folder: Path

    def command(self, *args: str, cwd: Path) -> Run:
        """Run the installed `connectif-kit`; the sources are out of its sight."""
        script = self.folder / "bin" / "connectif-kit"
        return run(sys.executable, script, *args, cwd=cwd, env={"PYTHONPATH": str(self.folder)})


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Built with the tools at hand and installed without its dependencies: no network."""
    made, folder = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("installed")
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", made, cwd=ROOT)
    assert built.code == 0, built.stdout + built.stderr
    (wheel,) = made.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", folder, wheel)
    done = run(*pip, cwd=made)
    assert done.code == 0, done.stderr
    return Installed(wheel, folder)


def test_every_template_is_in_the_wheel_and_nothing_else_of_ours(installed: Installed) -> None:
    with ZipFile(installed.wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    templates = {f"connectif_kit/{path.relative_to(ROOT).as_posix()}" for path in files("templates")}
    modules = {path.relative_to(ROOT).as_posix() for path in files("connectif_kit")}
    assert packed == templates | modules


def test_the_package_index_can_show_the_readme(installed: Installed) -> None:
    done = run(sys.executable, "-m", "twine", "check", "--strict", installed.wheel, cwd=installed.folder)
    assert done.code == 0, done.stdout + done.stderr


def test_no_python_lies_among_the_templates() -> None:
    # One would make `pip install --editable` fail: hatchling cannot map a second package.
    assert list((ROOT / "templates").rglob("*.py")) == []


def test_the_installed_command_says_its_version(installed: Installed, tmp_path: Path) -> None:
    done = installed.command("--version", cwd=tmp_path)
    assert (done.code, __version__ in done.stdout) == (0, True), done.stderr


def test_the_installed_command_finds_all_it_needs_for_the_demo(installed: Installed, tmp_path: Path) -> None:
    done = installed.command("demo", cwd=tmp_path)
    assert done.code == 0, done.stdout + done.stderr


def files(folder: str) -> list[Path]:
    """Every file that belongs there; byte code does not."""
    found = (ROOT / folder).rglob("*")
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]
