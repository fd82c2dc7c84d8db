"""A thing exists because its file is there: no lists to keep."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def modules(package: ModuleType) -> list[ModuleType]:
    """Every module directly inside a package, by name."""
    return [import_module(f"{package.__name__}.{name}") for name in sorted(names(package.__path__))]


def names(folders: Iterable[str]) -> set[str]:
    """The names of the modules and packages that lie in some folders, those that begin with `_` left out."""
    found: set[str] = set()
    for folder in folders:
        for entry in os.scandir(folder):
            if entry.name.endswith(".py") or Path(entry, "__init__.py").is_file():
                found.add(entry.name.removesuffix(".py"))
    return {name for name in found if name[0] != "_"}


def collect(package: ModuleType, type_: type[T]) -> list[T]:
    """Every instance of a type that a package's modules define at top level, each once.

    An object that one module imports from another is the same object and is counted once.
    """
    found: dict[int, T] = {}
    for module in modules(package):
        for value in vars(module).values():
            if isinstance(value, type_):
                found.setdefault(id(value), value)
    return list(found.values())
