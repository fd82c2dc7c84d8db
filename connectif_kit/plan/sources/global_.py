"""The source `global`: a dotted path from `window`."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import Source


class Global(Source):
    """A dotted path from `window`."""

    NAME = "global"
    global_: str = Field(alias="global", description="`shop.user` is window.shop.user.")
