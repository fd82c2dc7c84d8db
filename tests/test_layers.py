"""Imports inside the package go one way: a module knows those on lines above its own, no others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.tools import ROOT

PACKAGE = "connectif_kit"

LAYERS = """
    interrupts  streams
    diagnostics  registry  files  collector  state  generators  mask
    model  parallel
    vocabulary
    plan
    html  catalog  fakeapi
    page
    render  inject  audit  sync  feed
    targets  adopt
    reports
    explain  reference  starter  serve
    cli
    __main__
"""

# Neighbours on one line do not know each other, except these.
SIDEWAYS = {("files", "diagnostics"), ("catalog", "html"), ("inject", "render"), ("feed", "render")}

LEVEL = {name: level for level, line in enumerate(LAYERS.split("\n")) for name in line.split()}


def imported(tree: ast.AST, package: list[str]) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported, wherever in the file; `package` resolves the dots."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *filter(None, [node.module])])
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)


def part(name: str) -> str:
    """`html` for `connectif_kit.html.node`; nothing for other packages and the version in the root."""
    first, _, rest = name.partition(".")
    second = rest.split(".")[0]
    return second if first == PACKAGE and second != "__version__" else ""


def allowed(importer: str, known: str) -> bool:
    """Downwards, inside one part, or sideways by agreement."""
    return (
        importer == known
        or (importer, known) in SIDEWAYS
        or LEVEL.get(known, len(LEVEL)) < LEVEL.get(importer, -1)
    )


def wrong_ways(root: Path) -> Iterator[str]:
    """`connectif_kit/plan/load.py:12: plan may not know cli`, for each such import below a folder."""
    for path in sorted((root / PACKAGE).rglob("*.py")):
        inside = path.relative_to(root)
        importer = part(".".join(inside.with_suffix("").parts))
        for line, name in imported(ast.parse(path.read_bytes()), list(inside.parent.parts)):
            known = part(name)
            if known and not allowed(importer, known):
                yield f"{inside.as_posix()}:{line}: {importer} may not know {known}"


def test_imports_go_one_way() -> None:
    assert list(wrong_ways(ROOT)) == []


def test_every_module_has_its_layer() -> None:
    modules = {path.stem for path in (ROOT / PACKAGE).glob("*.py")} - {"__init__"}
    packages = {path.parent.name for path in (ROOT / PACKAGE).glob("*/__init__.py")}
    assert (modules | packages) - set(LEVEL) == set()


def test_an_import_against_the_order_is_found_in_any_form(tmp_path: Path) -> None:
    folder = tmp_path / PACKAGE / "audit"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(
        "import json\n"
        "from connectif_kit import __version__, html\n"
        "from connectif_kit.audit import rules\n"
        "from . import rules\n"
        "from ..cli import main\n"
        "from .. import render\n"
        "def late():\n"
        "    import connectif_kit.serve.app\n"
        "    from connectif_kit import verify\n"
    )
    init = f"{PACKAGE}/audit/__init__.py"
    assert sorted(wrong_ways(tmp_path)) == [
        f"{init}:5: audit may not know cli",
        f"{init}:6: audit may not know render",
        f"{init}:8: audit may not know serve",
        f"{init}:9: audit may not know verify",
    ]
