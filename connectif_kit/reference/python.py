"""The functions that other programs may call, from their signatures and docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from connectif_kit.reference import markdown
from connectif_kit.reference.markdown import prose


def public() -> dict[str, list[Any]]:
    """What is documented: title → the things to import."""
    from connectif_kit import build as render
    from connectif_kit import inject
    from connectif_kit.audit import page_run as engine
    from connectif_kit.core import diagnostics
    from connectif_kit.page.html import decode
    from connectif_kit.plan import load, locate

    return {
        "Plan": [load.load, load.LoadedPlan, locate.find],
        "Build": [render.render],
        "Inject": [inject.kit_for, inject.inject, inject.strip, inject.Injected],
        "Audit": [engine.chosen, engine.RuleSet, engine.PageInput, engine.audit, engine.PageResult],
        "Shared": [decode, diagnostics.Diagnostic, diagnostics.Place, diagnostics.KitError],
    }


def page() -> str:
    """Each function and class with its signature."""
    lines = markdown.head("Python API", "")
    lines += [
        "What the commands do is done by functions from values to values: they read no file but where"
        " they say so, print nothing, and raise `KitError` with every mistake. Their names are not"
        " promised yet: they may change with a new version.",
        "",
        "```python",
        EXAMPLE,
        "```",
        "",
    ]
    for title, things in public().items():
        lines += [f"## {title}", ""]
        for thing in things:
            lines += _thing(thing)
    return markdown.page(lines).replace("from connectif_kit//", "from the docstrings of connectif_kit/")


EXAMPLE = """\
from pathlib import Path

from connectif_kit.audit.page_run import PageInput, RuleSet, audit, chosen
from connectif_kit.plan.load import load

loaded = load("connectif.yaml", Path("connectif.yaml").read_bytes(), Path())
page = Path("public/p/harbour-mug/index.html")
given = PageInput(str(page), page.read_bytes(), "/p/harbour-mug/")
result = audit(given, loaded, RuleSet(chosen(), planned=True))
for finding in result.findings:
    print(finding.place, finding.rule, finding.message)"""


def _thing(thing: Any) -> Iterator[str]:
    signature = "" if isinstance(thing, type) else _signature(thing)
    kind = "class " if isinstance(thing, type) else "def "
    yield from (f"### {thing.__name__}", "", "```python", f"from {thing.__module__} import {thing.__name__}")
    yield from (f"{kind}{thing.__name__}{signature}: ...", "```", "", prose(inspect.getdoc(thing) or ""), "")


def _signature(thing: Any) -> str:
    one_line = str(inspect.signature(thing)).replace("'", "")
    if len(one_line) < 90:
        return one_line
    return one_line.replace("(", "(\n    ", 1).replace(", ", ",\n    ").replace(") ->", ",\n) ->")
