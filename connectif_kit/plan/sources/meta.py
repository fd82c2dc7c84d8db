"""The source `meta`: the content of a `<meta>` with this name or property."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import PageReader, Source


class Meta(Source):
    """The content of a `<meta>` with this name or property."""

    NAME = "meta"
    STATIC = True
    meta: str = Field(description="The element's name or property, such as og:title.")

    def asks(self) -> str:
        """The element's name."""
        return self.meta

    def in_page(self, page: PageReader) -> object:
        """The content of the first such element."""
        return page.meta(self.meta.lower())
