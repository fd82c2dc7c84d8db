"""The source `storage`: a key of localStorage, else sessionStorage; JSON is read as such."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import Source


class Storage(Source):
    """A key of localStorage, else sessionStorage; JSON is read as such."""

    NAME = "storage"
    PARTS = ("parsed",)
    storage: str = Field(description="The key.")
    path: str | None = Field(None, description="A dotted path inside the stored JSON.")
