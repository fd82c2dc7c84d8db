"""A site for the command line to work on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.sites import PAGE, PLAN


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A plan and a site of a home page and twenty others."""
    (tmp_path / "connectif.yaml").write_text(PLAN, encoding="utf-8")
    for name in ("index.html", *(f"a/{n}.html" for n in range(20))):
        path = tmp_path / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, encoding="utf-8")
    return tmp_path
