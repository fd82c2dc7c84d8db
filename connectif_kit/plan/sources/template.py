"""The source `template`: a text with `{path}` places, filled from the object that is being mapped."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import ObjectReader, Source


class Template(Source):
    """A text with `{path}` places, filled from the object that is being mapped."""

    NAME = "template"
    NEEDS = "object"
    template: str = Field(description="`/p/{sku}/`")

    def in_object(self, where: ObjectReader) -> object:
        """The text; nothing where one of its places is empty."""
        return where.fill(self.template)
