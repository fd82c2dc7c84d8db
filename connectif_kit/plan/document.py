"""What a YAML text says, and where: what the reader of YAML fills in, and a frozen plan brings with it."""

from __future__ import annotations

from dataclasses import field
from typing import TypeAlias

from connectif_kit.core.diagnostics import Diagnostic, Place
from connectif_kit.core.records import dataclass

Path: TypeAlias = tuple[str | int, ...]


@dataclass(slots=True)
class Document:
    """What a YAML text says, where it says it, and everything that is wrong with its form."""

    path: str
    data: object = None
    complete: bool = True
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Where a value stands; the nearest thing around it when it is not there."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Place(self.path))

    def key_place(self, path: Path) -> Place:
        """Where a value's key stands."""
        return self.keys.get(path) or self.place(path)
