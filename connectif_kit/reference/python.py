"""The functions that other programs may call, from their signatures and docstrings."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from connectif_kit import api
from connectif_kit.reference import markdown
from connectif_kit.reference.markdown import prose


def public() -> list[Any]:
    """What is documented."""
    return [getattr(api, name) for name in sorted(api.__all__, key=lambda name: (name[0].isupper(), name))]


def page() -> str:
    """Each function and class with its signature."""
    lines = markdown.head("Python API", "")
    lines += [
        "What the commands do is done by functions from values to values: they read no file but where"
        " they say so, write none, print nothing, and raise `KitError` with every mistake. What stands"
        " here is what you may rely on; other modules may change with any version.",
        "",
        "```python",
        EXAMPLE,
        "```",
        "",
    ]
    for thing in public():
        lines += _thing(thing)
    return markdown.page(lines)


EXAMPLE = """\
from pathlib import Path

from connectif_kit import audit_page, inject_page, load_plan, render_plan

plan = load_plan("connectif.yaml")
files = render_plan(plan)
page = Path("public/p/harbour-mug/index.html")
injected = inject_page(page.read_bytes(), "/p/harbour-mug/", plan)
for finding in (*injected.findings, *audit_page(injected.data, "/p/harbour-mug/", plan)):
    print(finding.place, finding.rule, finding.message)"""


def _thing(thing: Any) -> Iterator[str]:
    signature = "" if isinstance(thing, type) else _signature(thing)
    kind = "class " if isinstance(thing, type) else "def "
    yield from (f"## {thing.__name__}", "", "```python", f"from connectif_kit import {thing.__name__}")
    yield from (f"{kind}{thing.__name__}{signature}: ...", "```", "", prose(inspect.getdoc(thing) or ""), "")


def _signature(thing: Any) -> str:
    """On one line where it fits, else each parameter on its own."""
    found = inspect.signature(thing)
    parameters = [_unquoted(parameter) for parameter in found.parameters.values()]
    names = [str(parameter) for parameter in parameters]
    keywords = [index for index, each in enumerate(parameters) if each.kind is each.KEYWORD_ONLY]
    if keywords:
        names.insert(keywords[0], "*")
    one_line = f"({', '.join(names)}) -> {found.return_annotation}"
    if len(one_line) < 90:
        return one_line
    return "".join(["(\n", *(f"    {name},\n" for name in names), f") -> {found.return_annotation}"])


def _unquoted(parameter: inspect.Parameter) -> inspect.Parameter:
    """Without the quotes of an annotation that is kept as a text."""
    return parameter.replace(annotation=_Bare(parameter.annotation))


class _Bare:
    """An annotation that shows itself as it is written."""

    def __init__(self, text: object) -> None:
        self.text = str(text)

    def __repr__(self) -> str:
        return self.text
