"""The source `module`: a file of the shop's own, for what no other source can say."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import Source


class Module(Source):
    """A file with `export default function (context) {…}`, for what no other source can say."""

    NAME = "module"
    module: str = Field(description="Path of the file, from the plan's folder.")
