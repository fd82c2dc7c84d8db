"""Where plans lie: the file of one, those that it extends, those of several stores."""

from __future__ import annotations

import re
from pathlib import Path

FILE = "connectif.yaml"
MAX_BYTES = 2_000_000


def file_of(config: Path) -> Path:
    """The file of a plan; `connectif.yaml#es` is the store `es` of the plan in `connectif.yaml`."""
    return config.with_name(config.name.partition("#")[0]) if "#" in config.name else config


def store_of(config: Path) -> str:
    """The store that is named behind a plan's file; empty where none is."""
    return config.name.partition("#")[2]


def each_store(config: Path) -> list[Path]:
    """The stores of a plan that has several, else the plan itself."""
    if store_of(config) or not config.is_file() or not _STORES(text := _start(config)):
        return [config]
    from connectif_kit.plan.yaml12 import read

    data = read(str(config), text).data
    stores = data.get("stores") if isinstance(data, dict) else None
    named = [str(name) for name in stores] if isinstance(stores, dict) else []
    return [config.with_name(f"{config.name}#{name}") for name in named] or [config]


_STORES = re.compile(r"^[\"']?stores[\"']?\s*:", re.MULTILINE).search


def find(start: Path) -> Path | None:
    """The nearest `connectif.yaml`, in a folder or above it."""
    return next((folder / FILE for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def others(start: Path) -> list[Path]:
    """The plans of several stores, `connectif.es.yaml` …, beside each other in a folder or above it.

    One that another extends is not a store's own.
    """
    stem, suffix = FILE.split(".")
    for folder in (start, *start.parents):
        found = sorted(folder.glob(f"{stem}.*.{suffix}"))
        shared = {str(folder / name) for path in found for name in _EXTENDS(_start(path))}
        if found:
            return [path for path in found if str(path) not in shared]
    return []


def here() -> list[Path]:
    """The plans where we are: of each store, if they are several; none where there is one for all."""
    one = find(Path.cwd())
    stores = each_store(one) if one else others(Path.cwd())
    return [] if one and len(stores) == 1 else stores


_EXTENDS = re.compile(r"^extends:\s*[\"']?([^\s\"'#]+)", re.MULTILINE).findall


def _start(path: Path) -> str:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES).decode("utf-8", "replace")


def files(path: Path) -> list[Path]:
    """A plan's file and those of the plans that it extends."""
    found, waiting = list[Path](), [file_of(path)]
    while waiting:
        each = waiting.pop()
        if each not in found and each.is_file():
            found.append(each)
            waiting += [each.parent / name for name in _EXTENDS(_start(each))]
    return found


def content(path: Path) -> bytes:
    """A plan's bytes with those of the plans that it extends: other bytes, another plan."""
    return b"".join((*(each.read_bytes() for each in files(path)), store_of(path).encode()))
