"""The source `literal`: the value itself."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import ObjectReader, PageReader, Source


class Literal(Source):
    """The value itself."""

    NAME = "literal"
    STATIC = True
    IN_BROWSER = False
    literal: str | int | float | bool = Field(description="The value.")

    def in_object(self, _: ObjectReader) -> object:
        """The value itself."""
        return self.literal

    def in_page(self, _: PageReader) -> object:
        """The value itself."""
        return self.literal
