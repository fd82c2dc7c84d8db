"""From an address to a file inside the site, or a refusal."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from urllib.parse import quote, unquote

from connectif_kit.core.records import dataclass

INDEXES = ("index.html", "index.htm")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to send, its path inside the site; or where to go instead."""

    path: Path | None = None
    relative: str = ""
    redirect: str = ""


class RefusedError(Exception):
    """The address asks for something outside the site, or for what no server gives."""


def resolve(root: Path, url_path: str) -> Found | None:
    """The file of a decoded address path, with clean URLs; nothing where there is none.

    Raises RefusedError for traversal in any disguise, for dot files, and for links that leave the root.
    """
    steps = _steps(url_path)
    start = root.joinpath(*steps)
    if _is_folder(start) and not url_path.endswith("/"):
        _inside(root, start)
        return Found(redirect=quote(f"/{'/'.join(steps)}/"))
    for candidate in _candidates(start, is_folder=url_path.endswith("/")):
        if _is_file(candidate):
            _inside(root, candidate)
            return Found(candidate, candidate.relative_to(root).as_posix())
    return None


def _steps(url_path: str) -> list[str]:
    seen = url_path
    for _ in range(3):
        if "\\" in seen or any(ord(char) < 32 for char in seen) or ".." in seen.split("/"):
            raise RefusedError(url_path)
        seen = unquote(seen)
    steps = [step for step in url_path.split("/") if step not in ("", ".")]
    if any(step.startswith(".") and step != ".well-known" for step in steps):
        raise RefusedError(url_path)
    return steps


def _candidates(start: Path, *, is_folder: bool) -> list[Path]:
    indexes = [start / name for name in INDEXES]
    if is_folder:
        return [*indexes, start.with_name(f"{start.name}.html")] if start.name else indexes
    return [start, start.with_name(f"{start.name}.html")] if start.name else indexes


def _is_folder(path: Path) -> bool:
    """Whether it is one, and the system takes the name at all."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    """Only plain files that can be read: opening a pipe or a device would hang."""
    try:
        return stat.S_ISREG(path.stat().st_mode) and os.access(path, os.R_OK)
    except (OSError, ValueError):
        return False


def _inside(root: Path, path: Path) -> None:
    try:
        real = path.resolve()
    except (OSError, RuntimeError) as error:  # a loop of links
        raise RefusedError(str(path)) from error
    if not real.is_relative_to(root.resolve()):
        raise RefusedError(str(path))
