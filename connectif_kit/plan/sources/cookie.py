"""The source `cookie`: a cookie."""

from __future__ import annotations

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import Source


class Cookie(Source):
    """A cookie."""

    NAME = "cookie"
    PARTS = ("parsed",)
    cookie: str = Field(description="The cookie's name.")
    path: str | None = Field(None, description="A dotted path inside the cookie's JSON.")
