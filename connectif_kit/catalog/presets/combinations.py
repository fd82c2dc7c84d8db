"""PrestaShop's combinations: a product's variants, which stand in a file of their own.

https://docs.prestashop-project.org/1-6-documentation/english-documentation/user-guide/managing-the-catalog/importing-products
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import field

from connectif_kit.catalog.presets import Cells, Columns, refused, rows_of, several
from connectif_kit.catalog.row import Row
from connectif_kit.core.diagnostics import Place
from connectif_kit.core.records import dataclass
from connectif_kit.vocabulary.shop_exports import PRESTASHOP_COMBINATIONS

_POSITION = re.compile(r":\d+$").sub
_YES = ("1", "true", "yes", "si", "sí")


@dataclass(frozen=True, slots=True)
class Combination:
    """One variant; `unclear` is why it cannot be told what it is."""

    place: Place
    cells: Cells
    values: tuple[str, ...]
    unclear: str = ""

    @property
    def default(self) -> bool:
        """Whether it is the one that the product's page shows first."""
        return self.cells["default"].lower() in _YES


@dataclass(slots=True)
class Combinations:
    """All of them, by their product's id, or by its reference where they name no id."""

    by_id: dict[str, list[Combination]] = field(default_factory=lambda: defaultdict(list))
    by_reference: dict[str, list[Combination]] = field(default_factory=lambda: defaultdict(list))
    unread: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Combinations:
        """From a file's rows; what cannot be read is kept for the end."""
        found, columns = cls(), Columns(PRESTASHOP_COMBINATIONS)
        for row, usable in rows_of(iter(rows), columns):
            if usable:
                found.add(row.place, columns.cells(row.data))
            else:
                found.unread.append(row)
        return found

    def add(self, place: Place, cells: Cells) -> None:
        """One more."""
        made = _combination(place, cells)
        if cells["id"]:
            self.by_id[cells["id"]].append(made)
        elif cells["product_reference"]:
            self.by_reference[cells["product_reference"]].append(made)
        else:
            self.unread.append(refused(place, "a combination that names no product"))

    def take(self, product: str, reference: str) -> list[Combination]:
        """A product's own; each is taken once."""
        named = self.by_reference.pop(reference, []) if reference else []
        return self.by_id.pop(product, []) + named

    def rest(self) -> Iterator[Row]:
        """What no product has taken."""
        yield from self.unread
        for name, left in [*self.by_id.items(), *self.by_reference.items()]:
            for each in left:
                message = f"a combination: its product `{name}` is not in the catalogue's file"
                yield refused(each.place, message, "export all products")


def _combination(place: Place, cells: Cells) -> Combination:
    names, values = several(cells["attribute"]), several(cells["value"])
    bare = tuple(_POSITION("", value).strip() for value in values)
    unclear = ""
    if not values:
        unclear = "a combination without a value"
    elif len(names) != len(values):
        unclear = f"a combination of {len(names)} attributes with {len(values)} values"
    return Combination(place, cells, bare, unclear)


def default_of(found: list[Combination]) -> Combination | None:
    """The one that stands for its product: PrestaShop takes the first where none says so.

    None where several say so and differ in their price.
    """
    said = [each for each in found if each.default] or found[:1]
    return said[0] if len({each.cells["impact"] for each in said}) == 1 else None
