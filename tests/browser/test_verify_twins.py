"""Sites that real generators build are proved as the starter is."""

from __future__ import annotations

import shutil

import pytest

from tests.engines.test_twins import TWINS, write_pages
from tests.tools import ROOT, Cli, run


@pytest.mark.parametrize("name", ["hugo", "eleventy"])
def test_a_site_of_this_generator_is_proved(name: str, cli: Cli) -> None:
    twin, site = TWINS[name], cli.cwd
    shutil.copytree(ROOT / "tests/twins" / name, site, dirs_exist_ok=True)
    write_pages(name, site / twin.content)
    assert cli("build", "-o", twin.output, "--target", twin.target).code == 0
    assert run(*twin.command, cwd=site).code == 0
    assert cli("inject").code == 0
    done = cli("verify")
    assert (done.code, done.stdout) == (0, "no findings in 4 pages\n"), done.stderr
    assert "2. proved   Product" in done.stderr
