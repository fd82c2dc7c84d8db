"""The source `selector`: the first element that matches: a form field's value, else the text."""

from __future__ import annotations

import re

from connectif_kit.plan.shapes import Field
from connectif_kit.plan.source import Flag, PageReader, Source
from connectif_kit.vocabulary.kinds import Json

_FORM_FIELD = re.compile(r"(?:.*[\s>+~])?(?:input|select|textarea)(?:[.#\[:][^\s>+~,()]*)?").fullmatch
"""A selector that ends with a form field, as far as one look tells."""


class Selector(Source):
    """The first element that matches: a form field's value, else the text."""

    NAME = "selector"
    STATIC = True
    PARTS = ("reading",)
    selector: str = Field(
        description="A CSS selector, tried inside the element that triggered, then the page."
    )
    attribute: str | None = Field(None, description="Take this attribute instead of the text.")
    property: str | None = Field(None, description="Take this JavaScript property instead of the text.")
    all: Flag = Field(False, description="Take a list of all that match.")

    def parts(self) -> tuple[str, ...]:
        """A form field has a value: nobody reads its text."""
        untouched = self.attribute or self.property or self.fields or _FORM_FIELD(self.selector)
        return () if untouched else self.PARTS

    def asks(self) -> str:
        """The selector."""
        return self.selector

    def option(self) -> Json:
        """What is taken of an element."""
        return {name: value for name, value in self._taken().items() if value} or None

    def options(self) -> set[str]:
        """The same, as the dispatcher's parts ask whether a plan uses it."""
        return {f"selector_{name}" for name, value in self._taken().items() if value}

    def _taken(self) -> dict[str, Json]:
        return {name: getattr(self, name) for name in ("attribute", "property", "all")}

    def in_page(self, page: PageReader) -> object:
        """What the first element says, or each of them."""
        found = page.selected(self.selector, self.attribute, self.property)
        return found if self.all else next(iter(found), None)
