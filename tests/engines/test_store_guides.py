"""The guide to several stores, with the generators that it names."""

from __future__ import annotations

import re

import pytest

from tests.tools import NODE_MODULES, ROOT, Cli, run

DOC = (ROOT / "docs/stores.md").read_text("utf-8")


def files_of(text: str) -> dict[str, str]:
    """The files that a part of the guide shows."""
    return dict(re.findall(r"^`([\w./-]+)`\n\n```\w+\n(.*?)```", text, re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize(
    ("name", "built", "command"),
    [
        ("Hugo", "public", ["hugo", "--quiet"]),
        ("Eleventy", "_site", [str(NODE_MODULES / ".bin/eleventy"), "--quiet"]),
    ],
)
@pytest.mark.parametrize("plans", ["One plan", "A plan for each store"])
def test_the_guides_sites(cli: Cli, name: str, built: str, command: list[str], plans: str) -> None:
    sections = DOC.split("\n## ")
    [guide] = [each for each in sections if each.startswith(name)]
    [said] = [each for each in sections if each.startswith(plans)]
    catalogues = {path: text for path, text in files_of(DOC).items() if path.endswith(".csv")}
    for path, text in {**files_of(said), **catalogues, **files_of(guide)}.items():
        (cli.cwd / path).parent.mkdir(parents=True, exist_ok=True)
        (cli.cwd / path).write_text(text.replace("root: public/", f"root: {built}/"))
    run(*command, cwd=cli.cwd)
    done = cli("inject")
    assert (done.code, done.stderr.count("2 pages (1 home, 1 product)")) == (0, 2)
    assert cli("audit").code == 0
    assert 'name">Tasse bleue' in (cli.cwd / built / "fr/p/mug/index.html").read_text()
