"""A plan that is in order, with the places of its parts."""

from __future__ import annotations

from pathlib import Path as FilePath

from connectif_kit.core.diagnostics import Diagnostic, Place
from connectif_kit.core.records import dataclass
from connectif_kit.plan.document import Document
from connectif_kit.plan.models import Plan


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A valid plan, where its parts stand, and what is doubtful in it; `store` is its name among several."""

    plan: Plan
    document: Document
    notes: tuple[Diagnostic, ...] = ()
    store: str = ""

    @property
    def config(self) -> FilePath:
        """What `-c` takes to read it again: `connectif.yaml`, `connectif.yaml#es`."""
        return FilePath(f"{self.document.path}#{self.store}" if self.store else self.document.path)

    def place(self, *path: str | int) -> Place:
        """Where a part of the plan stands, or the nearest thing around it."""
        return self.document.key_place(path) if path else Place(self.document.path)
