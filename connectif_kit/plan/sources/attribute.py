"""The source `attribute`: an attribute of the element that triggered the event."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import Source


class Attribute(Source):
    """An attribute of the element that triggered the event."""

    NAME = "attribute"
    NEEDS = "element"
    attribute: str = Field(description="The attribute's name, such as data-id.")
