"""How messages name paths and numbers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def shown(path: Path) -> str:
    """A path as a message names it: from here, where it lies below here or near."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.count("..") > 2 else relative


def shown_in(folder: Path) -> Callable[[str], str]:
    """`shown` for the many paths inside a folder, each given from there with `/` between its steps."""
    start = shown(folder)
    before = "" if start == "." else os.path.join(start, "")  # noqa: PTH118 - pathlib drops the end
    return lambda inside: f"{before}{inside}"


def unfolded(doc: str) -> str:
    """A docstring's text after its first line, each paragraph in one line: what translators see of it."""
    return "\n\n".join(" ".join(part.split()) for part in doc.partition("\n")[2].strip().split("\n\n"))


def counted(number: int, noun: str) -> str:
    """`1 file`, `2,000 files`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
