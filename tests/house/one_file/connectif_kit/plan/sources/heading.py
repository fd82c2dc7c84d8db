"""The source `heading`."""

from pydantic import Field

from connectif_kit.plan.source import PageReader, Source


class Heading(Source):
    """The first heading of a level."""

    NAME = "heading"
    STATIC = True
    heading: int = Field(description="The level.")

    def in_page(self, page: PageReader) -> object:
        """Its text."""
        return next(iter(page.selected(f"h{self.heading}", None, None)), None)
