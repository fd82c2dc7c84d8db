"""A thing exists because its file is there: no lists to keep."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def modules(package: ModuleType) -> list[ModuleType]:
    """Every module directly inside a package, by name."""
    return [
        import_module(f"{package.__name__}.{info.name}")
        for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name)
    ]


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
