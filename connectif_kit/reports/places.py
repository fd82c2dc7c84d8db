"""All places of a cause, in little memory: a cause may be on every page of a large site."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from connectif_kit.core.diagnostics import Place

_NUMBERS = 4


class Places(Sequence[Place]):
    """Places as numbers, 24 bytes each; a `Place` is made where one is asked for."""

    def __init__(self, places: Iterable[Place] = ()) -> None:
        self._paths: list[str] = []
        self._numbers = array("I")
        self.extend(places)

    def extend(self, places: Iterable[Place]) -> None:
        """Add places at the end."""
        for place in places:
            self.append(place)

    def append(self, place: Place) -> None:
        """Add a place; the paths are the pages' own texts, which a run keeps anyway."""
        self._paths.append(place.path)
        self._numbers.extend((place.line, place.column, place.end_line, place.end_column))

    def __len__(self) -> int:
        return len(self._paths)

    @overload
    def __getitem__(self, index: int) -> Place: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Place, ...]: ...
    def __getitem__(self, index: int | slice) -> Place | tuple[Place, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        number = range(len(self))[index]
        return Place(self._paths[number], *self._numbers[number * _NUMBERS : (number + 1) * _NUMBERS])

    def __iter__(self) -> Iterator[Place]:
        return (self[number] for number in range(len(self)))
