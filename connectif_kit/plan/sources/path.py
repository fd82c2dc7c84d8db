"""The source `path`: a dotted path inside the object that is being mapped."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import ObjectReader, Source


class Path(Source):
    """A dotted path inside the object that is being mapped."""

    NAME = "path"
    NEEDS = "object"
    path: str = Field(description="`price.amount`, `lines.0.sku`")

    def in_object(self, where: ObjectReader) -> object:
        """What the path leads to."""
        return where.at(self.path)
