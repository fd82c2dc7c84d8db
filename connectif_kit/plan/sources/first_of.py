"""The source `first_of`: the first of several that finds something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from connectif_kit.plan.shapes import BeforeValidator, Field
from connectif_kit.plan.source import ObjectReader, Source, as_list

if TYPE_CHECKING:
    from connectif_kit.plan.source import FieldSource


class FirstOf(Source):
    """The first of several sources that finds something; under `fields:`, a plain list says the same."""

    NAME = "first_of"
    first_of: Annotated[list[FieldSource], BeforeValidator(as_list)] = Field(
        min_length=1, description="Dotted paths or sources, in the order that counts."
    )

    @property
    def static(self) -> bool:
        """Whether built HTML alone can answer for each of them."""
        return all(source.static for source in self.first_of)

    def inner(self) -> Sequence[Source]:
        """The sources that are tried."""
        return self.first_of

    def in_object(self, where: ObjectReader) -> object:
        """What the first says that says anything."""
        tried = (where.value(each) for each in self.first_of)
        return next((each for each in tried if each is not None), None)
