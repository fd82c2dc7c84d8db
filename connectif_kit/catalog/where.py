"""Rows that the plan's `where` wants: a filter by what columns say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from connectif_kit.catalog.convert import text_of
from connectif_kit.catalog.row import RULE
from connectif_kit.catalog.values import at
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity, did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.plan.models import Condition


class Where:
    """A row is wanted where every condition holds; texts are compared in any case, without blanks around."""

    def __init__(self, conditions: Mapping[str, Condition], places: Mapping[str, Place]) -> None:
        self.conditions = dict(conditions)
        self.places = places
        self.absent = set(self.conditions)
        self.known: dict[str, None] = {}

    def wants(self, data: Mapping[str, Any]) -> bool:
        """Whether a row is taken."""
        if self.absent:
            self.known.update(dict.fromkeys(list(data)[:200]) if len(self.known) < 200 else ())
            self.absent = {path for path in self.absent if path not in data and at(data, path) is None}
        return all(_holds(condition, at(data, path)) for path, condition in self.conditions.items())

    def reported(self) -> Iterator[Diagnostic]:
        """At the end of the file: conditions on what no row has. They would let all rows pass, or none."""
        for path in sorted(self.absent) if self.known else ():
            near = did_you_mean(path, self.known)
            message = say("`where` asks for `{path}`, which no row has", path=path)
            hint = near or say("it has {names}", names=", ".join(list(self.known)[:30]))
            yield Diagnostic(RULE, Severity.ERROR, message, self.places.get(path, Place("")), hint)


def _holds(condition: Condition, found: object) -> bool:
    texts = [_folded(each) for each in (found if isinstance(found, list | tuple) else [found])] or [""]
    if condition.is_ is not None and not any(text in condition.wanted for text in texts):
        return False
    if condition.not_ is not None and any(text in condition.unwanted for text in texts):
        return False
    return condition.contains is None or any(condition.contains.lower() in text for text in texts)


def _folded(value: object) -> str:
    return (text_of(value) or "").lower()
