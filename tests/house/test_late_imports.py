"""Imports stand at a file's top; where one may wait for the work it is for is said here, with the reason.

A function of the command line may import: a command loads its room when it starts its work, so that
`--help` loads none. Elsewhere a function imports nothing but what these two tables name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.tools import ROOT

PACKAGE = ROOT / "connectif_kit"

LIBRARIES = {
    "concurrent": "pools of threads and processes, for sites that are worth one",
    "difflib": "for a word that was misspelt",
    "httpx2": "an HTTP client, where something is fetched or sent",
    "jinja2": "templates, of which an audit of clean pages renders none",
    "markupsafe": "comes with jinja2",
    "multiprocessing": "comes with pools of processes",
    "obstore": "an extra: reports and pages in object storage",
    "playwright": "an extra: a real browser",
    "rich": "a terminal with colour, not a file and not CI",
    "rjsmin": "scripts of a build",
    "soupsieve": "comes with the second parser",
    "stamina": "another try where a server has failed",
    "tree_sitter": "has no wheels for every machine",
    "tree_sitter_javascript": "has no wheels for every machine",
    "uvicorn": "a server that listens",
    "watchdog": "whoever watches files",
    "webencodings": "pages in another encoding than UTF-8",
    "websockets": "a socket through the preview's proxy",
    "xml": "its `saxutils` load an HTTP client and TLS, for one format of reports",
    "zoneinfo": "times in a zone that the plan names",
}
"""Other libraries, that cost time or may not be there: what they are for."""

_FROZEN = "the models: a frozen plan says first of what they are made"
OURS = {
    ("audit/expected.py", "build"): "a build of the plan, which is kept from run to run",
    ("audit/expected.py", "build.stamp"): "a build of the plan, which is kept from run to run",
    ("audit/expected.py", "inject"): "a build of the plan, which is kept from run to run",
    ("inject/prepared.py", "build"): "a build of the plan, which is kept from run to run",
    ("plan/frozen.py", "plan.loaded"): _FROZEN,
    ("plan/frozen.py", "plan.models"): _FROZEN,
    ("plan/frozen.py", "plan.source"): _FROZEN,
    ("plan/workspace.py", "plan.load"): "a reader of YAML and the checks: a frozen plan needs neither",
    ("audit/inputs.py", "audit.fetch"): "robots.txt and the network: pages that lie on disk need neither",
    (
        "audit/recalled.py",
        "audit.session",
    ): "plan, parser and rules: an unchanged site is answered without them",
    (
        "catalog/__init__.py",
        "catalog.pages",
    ): "readers of structured data, where products are read from pages",
    ("catalog/index.py", "catalog.index_file"): "SQLite, for more products than memory should hold",
    ("page/html/__init__.py", "page.html.soup"): "one of two parsers",
    ("page/html/__init__.py", "page.html.turbo"): "one of two parsers",
    ("plan/checks/bad_selector.py", "plan.selectors"): "a grammar that takes time to compile",
    ("plan/locate.py", "plan.yaml12"): "a reader of YAML, for plans of several stores",
    ("verify/pytest_plugin.py", "plan.locate"): "pytest loads the plug-in in every run of every project",
    ("verify/pytest_plugin.py", "plan.workspace"): "pytest loads the plug-in in every run of every project",
    ("verify/pytest_plugin.py", "verify.listening"): "pytest loads the plug-in in every run of every project",
}
"""File and module of the kit: what it saves that it is loaded late."""


def late(path: Path) -> Iterator[tuple[int, str]]:
    """Line and module of each import inside a function."""
    for function in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import):
                    yield from ((node.lineno, alias.name) for alias in node.names)
                elif isinstance(node, ast.ImportFrom):
                    yield node.lineno, "." * node.level + (node.module or "")


def unexplained(package: Path) -> Iterator[str]:
    """`plan/load.py:12: json`, for each import that is late without a reason."""
    for name, line, module in found(package):
        known = (name, module.removeprefix("connectif_kit.")) in OURS or module.partition(".")[0] in LIBRARIES
        if not known:
            yield f"{name}:{line}: {module}"


def found(package: Path) -> Iterator[tuple[str, int, str]]:
    """File, line and module of each late import outside of the command line."""
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        if not name.startswith("cli/") and name != "__main__.py":
            yield from ((name, line, module) for line, module in late(path))


def test_an_import_inside_a_function_has_its_reason() -> None:
    assert list(unexplained(PACKAGE)) == []


def test_no_reason_has_outlived_its_import() -> None:
    there = [(name, module.removeprefix("connectif_kit.")) for name, _, module in found(PACKAGE)]
    assert LIBRARIES.keys() - {module.partition(".")[0] for _, module in there} == set()
    assert OURS.keys() - set(there) == set()


def test_a_late_import_is_found_in_any_form(tmp_path: Path) -> None:
    (tmp_path / "cli").mkdir()
    (tmp_path / "cli/build.py").write_text("def command():\n    from connectif_kit.build import render\n")
    (tmp_path / "one.py").write_text(
        "import json\n"
        "def work():\n"
        "    import httpx2\n"
        "    import os.path\n"
        "    def inside():\n"
        "        from . import two\n"
        "class Work:\n"
        "    async def start(self):\n"
        "        if self:\n"
        "            from connectif_kit.audit.fetch import Fetcher\n"
    )
    assert sorted(set(unexplained(tmp_path))) == [
        "one.py:10: connectif_kit.audit.fetch",
        "one.py:4: os.path",
        "one.py:6: .",
    ]
