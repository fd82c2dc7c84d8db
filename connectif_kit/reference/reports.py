"""The report formats."""

from __future__ import annotations

import inspect
from importlib import import_module

from connectif_kit.reference import markdown
from connectif_kit.reference.markdown import prose
from connectif_kit.reports import formats


def page() -> str:
    """Every format, and the shape of the one that is ours."""
    lines = markdown.head("Report formats", "reports/")
    lines += [
        "`inject` and `audit` write any number of reports in one run: `--format NAME` to standard output,"
        " `--format NAME=FILE` to a file.",
        "",
        *markdown.table(
            ["Format", "For"],
            ([f"[{name}](#{name})", prose(form.doc)] for name, form in formats().items()),
        ),
        "",
        "Exit status: **0** clean or notices only, **1** errors or warnings, **2** where the run itself"
        " failed.",
        "",
    ]
    for name, form in formats().items():
        module = import_module(form.write.__module__)
        lines += [f"## {name}", "", *_doc(inspect.getdoc(module) or ""), ""]
    return markdown.page(lines)


def _doc(text: str) -> list[str]:
    """A module's docstring; its indented part is code."""
    lines, inside = [], False
    for line in text.splitlines():
        code = line.startswith("    ") or (inside and not line.strip())
        if code != inside:
            lines.append("```text" if code else "```\n")
        inside = code
        lines.append(line[4:] if code else prose(line))
    return lines
