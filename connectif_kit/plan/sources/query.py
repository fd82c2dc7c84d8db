"""The source `query`: a parameter of the page's address."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import Source


class Query(Source):
    """A parameter of the page's address."""

    NAME = "query"
    query: str = Field(description="The parameter's name.")
