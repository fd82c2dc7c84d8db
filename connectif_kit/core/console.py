"""Where a run speaks while it goes on; the command line gives it a terminal, others nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from connectif_kit.core.records import dataclass


def _unheard(_: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Console:
    """`say` takes talk, `show` what was asked for (a diff, names of files), each a line or more.

    `track` shows how far a list has come, where somebody watches; `is_watched` says whether. `colour`
    is what reports on standard output have. `ask` puts a question; nothing where nobody can answer.
    """

    say: Callable[[str], None] = _unheard
    show: Callable[[str], None] = _unheard
    track: Callable[[Iterator[Any], int], Iterator[Any]] = lambda items, _: items
    is_watched: bool = False
    colour: bool = False
    ask: Callable[[str], bool] | None = None
