"""Imports inside the package go one way: a module knows those on lines above its own, no others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.tools import ROOT

PACKAGE = "connectif_kit"

LAYERS = """
    core
    vocabulary
    plan  fakeapi
    page
    catalog
    build
    reports
    inject  sync  feed
    audit
    preview  hooks
    adopt
    verify
    explain  checking
    rule_texts  doctor  api  quick
    cli
    reference
    __main__
"""

# Neighbours on one line do not know each other, except these.
SIDEWAYS: set[tuple[str, str]] = set()

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
    """`html` for `connectif_kit.page.html.node`; nothing for other packages and the version in the root."""
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
        "from connectif_kit import __version__, page\n"
        "from connectif_kit.audit import rules\n"
        "from . import rules\n"
        "from ..cli import main\n"
        "from .. import explain\n"
        "def late():\n"
        "    import connectif_kit.preview.app\n"
        "    from connectif_kit import verify\n"
    )
    init = f"{PACKAGE}/audit/__init__.py"
    assert sorted(wrong_ways(tmp_path)) == [
        f"{init}:5: audit may not know cli",
        f"{init}:6: audit may not know explain",
        f"{init}:8: audit may not know preview",
        f"{init}:9: audit may not know verify",
    ]


def test_click_is_the_command_lines_alone() -> None:
    """What a command does can be had without one."""
    for path in (ROOT / PACKAGE).rglob("*.py"):
        if LEVEL.get(part(_name(path, ROOT)), len(LEVEL)) < LEVEL["cli"]:
            names = [name for _, name in imported(ast.parse(path.read_bytes()), [])]
            assert not [name for name in names if name.partition(".")[0] == "click"], path


def modules(root: Path) -> dict[str, set[str]]:
    """Module → the modules of ours that it imports, wherever in the file."""
    files = {_name(path, root): path for path in (root / PACKAGE).rglob("*.py")}
    return {
        name: {known for known in _imports(path, root, set(files)) if known != name}
        for name, path in files.items()
    }


def _name(path: Path, root: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _imports(path: Path, root: Path, known: set[str]) -> Iterator[str]:
    package = list(path.relative_to(root).parent.parts)
    for _, name in imported(ast.parse(path.read_bytes()), package):
        yield from {name, name.rpartition(".")[0]} & known if name not in known else {name}


def circles(graph: dict[str, set[str]]) -> set[str]:
    """The modules that can be reached from themselves."""
    return {name for name in graph if name in _reached(graph, graph[name])}


def _reached(graph: dict[str, set[str]], start: set[str]) -> set[str]:
    seen, waiting = set[str](), list(start)
    while waiting:
        if (name := waiting.pop()) not in seen:
            seen.add(name)
            waiting += graph.get(name, ())
    return seen


def test_no_import_leads_round_in_a_circle() -> None:
    assert circles(modules(ROOT)) == set()


def test_a_circle_is_found_though_a_function_hides_it(tmp_path: Path) -> None:
    folder = tmp_path / PACKAGE
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "one.py").write_text("from connectif_kit import two\n")
    (folder / "two.py").write_text("def late():\n    from connectif_kit.one import x\n")
    (folder / "three.py").write_text("import connectif_kit.one\n")
    assert circles(modules(tmp_path)) == {f"{PACKAGE}.one", f"{PACKAGE}.two"}
