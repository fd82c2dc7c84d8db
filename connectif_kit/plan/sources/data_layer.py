"""The source `data_layer`: the newest `dataLayer` entry with an event's name."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import Source
from connectif_kit.vocabulary.kinds import Json


class DataLayer(Source):
    """The newest `dataLayer` entry with this event's name (GA4 names are mapped by themselves)."""

    NAME = "data_layer"
    PARTS = ("data_layer",)
    data_layer: str | list[str] = Field(description="The entry's `event`, or several.")
    path: str | None = Field(None, description="A dotted path inside the entry.")

    def key(self) -> Json:
        """The names, as a list."""
        return [self.data_layer] if isinstance(self.data_layer, str) else list(self.data_layer)
