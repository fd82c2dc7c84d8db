"""Which workers the site's own pages register, and whether one of them takes the place of the plan's."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from connectif_kit.core.records import dataclass
from connectif_kit.verify.recorder import Tell


class Registration(NamedTuple):
    """A worker's script and its scope, as addresses."""

    script: str
    scope: str

    @property
    def path(self) -> str:
        """The script's path."""
        return urlsplit(self.script).path


@dataclass(frozen=True, slots=True)
class Scopes:
    """What pages have reported of workers, beside the plan's: its path, and the address of its folder."""

    tells: Sequence[Tell]
    path: str
    home: str
    serves: Callable[[str], bool]

    def _reported(self, kind: str) -> Iterator[Registration]:
        for tell in self.tells:
            if tell.kind == kind:
                yield Registration(str(tell.data.get("script", "")), str(tell.data["scope"]))

    @property
    def own(self) -> set[str]:
        """The scopes of the plan's worker."""
        return {self.home, *(one.scope for one in self._reported("registers") if one.path == self.path)}

    @property
    def rivals(self) -> list[str]:
        """Paths of other workers for a scope of ours; one whose file is not there takes nobody's place."""
        others = (
            one for one in self._reported("registers") if one.path != self.path and one.scope in self.own
        )
        return [path for path in dict.fromkeys(one.path for one in others) if self.serves(path)]

    @property
    def is_removed(self) -> bool:
        """Whether a page unregisters the plan's worker."""
        return any(one.scope in self.own for one in self._reported("unregisters"))

    @property
    def neighbours(self) -> set[Registration]:
        """Workers with a scope of their own that the browser has taken, and no page has removed."""
        removed = {one.scope for one in self._reported("unregisters")}
        return {one for one in self._reported("registered") if one.scope not in self.own | removed}

    @property
    def is_settled(self) -> bool:
        """Whether the browser has answered each registration."""
        return set(self._reported("registers")) <= {*self._reported("registered"), *self._reported("refused")}
