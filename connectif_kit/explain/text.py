"""How explanations are written."""

from __future__ import annotations

from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]


def indented(text: str) -> str:
    """A text as an example stands in an explanation."""
    return "\n".join(f"    {line}" for line in text.splitlines())
