"""The source `page`: the path of the page's own address."""

from __future__ import annotations

from typing import Literal as OneOf

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import PageReader, Source


class PagePath(Source):
    """The page's own address: its path as `match` has it, below the shop's folder, without `.html`."""

    NAME = "page"
    STATIC = True
    page: OneOf["path"] = Field(description="`path`: of /p/mug/index.html it is /p/mug.")

    def in_page(self, page: PageReader) -> object:
        """The page's own path."""
        return page.path
