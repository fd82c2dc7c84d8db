"""Rows that the plan's `where` wants: a filter by what columns say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from connectif_kit.catalog.convert import text_of
from connectif_kit.catalog.row import RULE
from connectif_kit.catalog.values import at
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity, did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.plan.models import Condition

_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+").fullmatch
_SHOWN = 5
"""How many of a column's texts are named where none is wanted."""


class _Test:
    """One condition, its texts as they are compared: 10, 10.0 and 10.00 are one number, 007 is a code."""

    def __init__(self, condition: Condition) -> None:
        self.wanted = None if condition.is_ is None else {_alike(text) for text in condition.wanted}
        self.unwanted = {_alike(text) for text in condition.unwanted}
        self.part = (condition.contains or "").lower()

    @property
    def wants_none(self) -> bool:
        """Whether the plan itself rules out all that it asks for."""
        return self.wanted is not None and self.wanted <= self.unwanted

    def holds(self, found: object) -> bool:
        texts = _texts(found)
        alike = {_alike(text) for text in texts}
        if self.wanted is not None and not alike & self.wanted:
            return False
        return not alike & self.unwanted and any(self.part in text for text in texts)


class Where:
    """A row is wanted where every condition holds; texts are compared in any case, without blanks around."""

    def __init__(self, conditions: Mapping[str, Condition], places: Mapping[str, Place]) -> None:
        self.tests = {path: _Test(condition) for path, condition in conditions.items()}
        self.places = places
        self.absent = set(self.tests)
        self.known: dict[str, None] = {}
        self.takes_any = False
        self.unfulfilled: dict[str, dict[str, None]] = {path: {} for path in self.tests}
        """Conditions that no row fulfils so far, and what their columns say instead."""

    def wants(self, data: Mapping[str, Any]) -> bool:
        """Whether a row is taken."""
        if self.absent:
            self.known.update(dict.fromkeys(list(data)[:200]) if len(self.known) < 200 else ())
            self.absent = {path for path in self.absent if path not in data and at(data, path) is None}
        wanted = all(test.holds(at(data, path)) for path, test in self.tests.items())
        self.takes_any = self.takes_any or wanted
        if not self.takes_any:
            self._note(data)
        return wanted

    def _note(self, data: Mapping[str, Any]) -> None:
        for path, said in list(self.unfulfilled.items()):
            if self.tests[path].holds(found := at(data, path)):
                del self.unfulfilled[path]
            elif len(said) < _SHOWN:
                said.update(dict.fromkeys(filter(None, _texts(found))))

    def reported(self) -> Iterator[Diagnostic]:
        """At the end of the file: conditions on what no row has, or that together no row fulfils."""
        for path in sorted(self.absent) if self.known else ():
            near = did_you_mean(path, self.known)
            message = say("`where` asks for `{path}`, which no row has", path=path)
            hint = near or say("it has {names}", names=", ".join(list(self.known)[:30]))
            yield Diagnostic(RULE, Severity.ERROR, message, self.places.get(path, Place("")), hint)
        if self.known and not (self.takes_any or self.absent or self._wants_none):
            yield self._none_found()

    @property
    def _wants_none(self) -> bool:
        return any(test.wants_none for test in self.tests.values())

    def _none_found(self) -> Diagnostic:
        """The first condition that no row fulfils; else each is fulfilled by some row, and all by none."""
        path = next(iter(self.unfulfilled or self.tests))
        said = [text[:40] for text in self.unfulfilled.get(path, ())][:_SHOWN]
        hint = say("`{path}` says {names}", path=path, names=", ".join(said)) if said else ""
        message = say("`where` matches none of the file's rows")
        return Diagnostic(RULE, Severity.WARNING, message, self.places.get(path, Place("")), hint)


def _texts(found: object) -> list[str]:
    several = found if isinstance(found, list | tuple) else [found]
    return [(text_of(each) or "").lower() for each in several] or [""]


def _alike(text: str) -> str:
    """A text as it is compared: a number without the zeros at its end."""
    return text.rstrip("0").rstrip(".") if _FRACTION(text) else text
