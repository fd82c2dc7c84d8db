"""The source `detail`: a path in the `detail` of the page's own event; empty for the whole."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import Source


class Detail(Source):
    """A path in the `detail` of the page's own event; empty for the whole."""

    NAME = "detail"
    NEEDS = "detail"
    detail: str = Field(description="A dotted path; empty for the whole.")
