"""What a trigger is: when an event of the plan happens. Each is a file in `plan/triggers/`."""

from __future__ import annotations

from typing import Literal

from connectif_kit.core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerKind:
    """A key of `on:`; `selectors` are what it is given, else names, or `true` where it is `bare`.

    `key` is its name in the dispatcher's rules, nothing where these need not know it; `part` is its file in
    `templates/parts/triggers/`, nothing where the dispatcher itself hears it; `parts` are files of
    `templates/parts/dispatcher/` that this calls. `brings` is what its sources may ask.
    """

    name: str
    doc: str
    key: str
    part: str = ""
    parts: tuple[str, ...] = ()
    selectors: bool = False
    bare: bool = False
    brings: frozenset[Literal["element", "detail"]] = frozenset()
