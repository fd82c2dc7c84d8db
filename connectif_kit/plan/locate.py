"""Where plans lie: the file of one, those that it extends, those of several stores."""

from __future__ import annotations

import re
from pathlib import Path

FILE = "connectif.yaml"
MAX_BYTES = 2_000_000


def find(start: Path) -> Path | None:
    """The nearest `connectif.yaml`, in a folder or above it."""
    return next((folder / FILE for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def others(start: Path) -> list[Path]:
    """The plans of several stores, `connectif.es.yaml` …, beside each other in a folder or above it.

    One that another extends is no store's own.
    """
    stem, suffix = FILE.split(".")
    for folder in (start, *start.parents):
        found = sorted(folder.glob(f"{stem}.*.{suffix}"))
        shared = {str(folder / name) for path in found for name in _EXTENDS(_start(path))}
        if found:
            return [path for path in found if str(path) not in shared]
    return []


_EXTENDS = re.compile(r"^extends:\s*[\"']?([^\s\"'#]+)", re.MULTILINE).findall


def _start(path: Path) -> str:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES).decode("utf-8", "replace")


def files(path: Path) -> list[Path]:
    """A plan's file and those of the plans that it extends."""
    found, waiting = list[Path](), [path]
    while waiting:
        each = waiting.pop()
        if each not in found and each.is_file():
            found.append(each)
            waiting += [each.parent / name for name in _EXTENDS(_start(each))]
    return found


def content(path: Path) -> bytes:
    """A plan's bytes with those of the plans that it extends: other bytes, another plan."""
    return b"".join(each.read_bytes() for each in files(path))
