"""`table.toml`: which modules are tried, which tests must notice, which faults change nothing."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.mutation import javascript, python
from tests.mutation.edits import Mutant


@dataclass(frozen=True, slots=True)
class Module:
    """One or more files, and the test files that hold them: first the first, then those `near` the file."""

    name: str
    files: tuple[str, ...]
    tests: tuple[str, ...]
    near: Mapping[str, list[str]] = field(default_factory=dict)
    equivalents: frozenset[tuple[str, str]] = frozenset()
    prepare: tuple[str, ...] = ()
    """A command to run in the faulty copy before its tests: what is made from the files."""

    def tests_of(self, path: str) -> list[str]:
        """The test files that must notice a fault in a file: the first of all, then those near to it."""
        first, *others = self.tests
        return list(dict.fromkeys([first, *self.near.get(Path(path).name, ()), *others]))


@dataclass(frozen=True, slots=True)
class Case:
    """A fault in a file of a module."""

    module: Module
    path: str
    mutant: Mutant

    @property
    def tests(self) -> list[str]:
        """The test files that must notice it."""
        return self.module.tests_of(self.path)

    def is_equivalent(self, root: Path) -> bool:
        """Whether the table says that nobody can notice it."""
        return self.mutant.lines((root / self.path).read_bytes()) in self.module.equivalents


def read_table(path: Path, root: Path) -> list[Module]:
    """The modules of a table; `files` may have `*`."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_module(name, given, root) for name, given in found.items()]


def _module(name: str, given: Mapping[str, Any], root: Path) -> Module:
    files = sorted(
        each.relative_to(root).as_posix() for pattern in given["files"] for each in root.glob(pattern)
    )
    equivalents = frozenset((each["before"], each["after"]) for each in given.get("equivalent", ()))
    tests, prepare = tuple(given.get("tests", ())), tuple(given.get("prepare", ()))
    return Module(name, tuple(files), tests, given.get("near", {}), equivalents, prepare)


def candidates(module: Module, root: Path) -> list[Case]:
    """Every fault of a module, in the order of its files and their texts."""
    return [
        Case(module, path, mutant)
        for path in module.files
        for mutant in _mutants(path, (root / path).read_bytes())
    ]


def _mutants(path: str, source: bytes) -> list[Mutant]:
    return javascript.mutants(source) if path.endswith(".js") else python.mutants(source)


def chosen(module: Module, root: Path, seed: int, count: int) -> list[Case]:
    """As many faults as asked for, the same for the same seed and sources."""
    found = candidates(module, root)
    return random.Random(f"{seed}:{module.name}").sample(found, min(count, len(found)))
