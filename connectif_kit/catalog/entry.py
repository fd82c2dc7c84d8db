"""What an index of products is made of."""

from __future__ import annotations

from typing import NamedTuple

from connectif_kit.core.diagnostics import Place
from connectif_kit.vocabulary.model import Record


class Entry(NamedTuple):
    """A product, where its row is, and its page's path; `only` says that the path should be its alone."""

    place: Place
    identity: str
    path: str
    only: bool
    record: Record


class Again(NamedTuple):
    """How many products repeat an id, or an address, and the first that does."""

    place: Place
    value: str
    times: int
