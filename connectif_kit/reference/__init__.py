"""The generated pages of docs/: `python -m connectif_kit.reference write` or `check`."""

from __future__ import annotations

from pathlib import Path

from connectif_kit.reference import (
    commands,
    configuration,
    ids,
    python,
    reports,
    rules,
    sources,
    vocabulary,
    words,
)

DOCS = Path(__file__).parent.parent.parent / "docs"


def pages() -> dict[str, str]:
    """File name below docs/ → text of every generated page."""
    return {
        "rules.md": rules.rules(),
        "reference/checks.md": rules.checks(),
        "reference/commands.md": commands.page(),
        "reference/configuration.md": configuration.page(),
        "reference/events.md": vocabulary.events(),
        "reference/ids.md": ids.page(),
        "reference/python.md": python.page(),
        "reference/reports.md": reports.page(),
        "reference/sources.md": sources.page(),
        "reference/tags.md": vocabulary.tags(),
        "reference/words.md": words.page(),
    }
