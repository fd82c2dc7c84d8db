"""Columns that the plan names and the file does not have: said once, not once for each row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from connectif_kit.catalog.fields import Mapper
from connectif_kit.catalog.row import RULE
from connectif_kit.catalog.values import Data, at
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity, did_you_mean
from connectif_kit.core.messages import joined, say
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.path import Path
from connectif_kit.plan.sources.template import Template

MAX_KEYS = 200


class Columns:
    """The mapped columns that no row has shown yet, and the complaints that may follow from them."""

    def __init__(self, name: str, table: bool, mapper: Mapper, most: int) -> None:
        self.name = name
        self.table = table
        self.mapper = mapper
        self.most = most
        self.absent = {(field, path) for field, source in mapper.fields.items() for path in _paths(source)}
        # Of several that may answer, one that is never there is only doubtful: nothing waits for it.
        self.doubtful = {(field, path) for field, source in mapper.fields.items() for path in _tried(source)}
        self.known: dict[str, None] = {}
        self.held: list[Diagnostic] = []

    @property
    def waits(self) -> bool:
        """Whether a column has not been seen yet."""
        return bool(self.absent or self.doubtful)

    def new(self, header: tuple[str, ...]) -> bool:
        """Whether a header has a column that is waited for, or hints should name."""
        return self.waits and not self.known.keys() >= set(header[:MAX_KEYS])

    def sift(self, data: Data, wrong: list[Diagnostic]) -> list[Diagnostic]:
        """The complaints of a row that may be reported: those about an absent column wait."""
        if len(self.known) < MAX_KEYS:
            self.known.update(dict.fromkeys(data))
        self.doubtful -= {(field, path) for field, path in self.doubtful if _has(data, path)}
        self.absent -= {(field, path) for field, path in self.absent if _has(data, path)}
        waiting = {field for field, _ in self.absent}
        reported = [problem for problem in (*self.held, *wrong) if problem.element not in waiting]
        self.held = [problem for problem in (*self.held, *wrong) if problem.element in waiting][: self.most]
        return reported

    def reported(self) -> Iterator[Diagnostic]:
        """At the end of the file: each column that no row had."""
        for field, path in sorted(self.absent) if self.known else ():
            near = self._near(path)
            needed = self._needed(field)
            if self.table or needed or near:
                severity = Severity.ERROR if needed else Severity.WARNING
                yield self._complaint(field, path, near, severity)
        for field, path in sorted(self.doubtful) if self.known else ():
            near = self._near(path)
            if self.table or near:
                yield self._complaint(field, path, near, Severity.WARNING)

    def _complaint(self, field: str, path: str, near: str, severity: Severity) -> Diagnostic:
        said = (
            say("{name} has no column `{path}`", name=self.name, path=path)
            if self.table
            else say("no row of {name} has `{path}`", name=self.name, path=path)
        )
        message = joined((said, near), "; ") if near else said
        hint = "" if near else say("it has {names}", names=", ".join(list(self.known)[:30]))
        place = self.mapper.context.plan.get(field) or Place(self.name)
        return Diagnostic(RULE, severity, message, place, hint, element=field)

    def _needed(self, field: str) -> bool:
        made = field == "url" and self.mapper.context.url
        return field in self.mapper.needed and self.mapper.fields[field].default is None and not made

    def _near(self, path: str) -> str:
        same = next((key for key in self.known if key.lower() == path.lower()), None)
        return say("did you mean `{near}`?", near=same) if same else did_you_mean(path, self.known)


def _paths(source: Source) -> list[str]:
    if isinstance(source, Path):
        return [source.path] if source.path else []
    return re.findall(r"\{([^{}]+)\}", source.template) if isinstance(source, Template) else []


def _tried(source: Source) -> list[str]:
    """The paths of a source that is the first of several."""
    return [path for each in source.inner() for path in (*_paths(each), *_tried(each))]


def _has(data: Mapping[str, object], path: str) -> bool:
    return path in data or at(data, path) is not None
