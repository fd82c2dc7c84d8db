"""One cause in many rows is one complaint: the first of them, with how many there are and where."""

from __future__ import annotations

import re
from dataclasses import field, replace

from connectif_kit.core.diagnostics import Diagnostic, Severity
from connectif_kit.core.records import dataclass

MAX_CAUSES = 1000
SHOWN_LINES = 8

_VALUES = re.compile(r"`[^`]*`|[0-9][0-9,.]*").sub
_END = "; it is left out"


@dataclass(slots=True)
class FindingGroups:
    """Complaints by what they are about; how many rows have none is not their business."""

    first: dict[tuple[object, ...], Diagnostic] = field(default_factory=dict)
    lines: dict[tuple[object, ...], list[int]] = field(default_factory=dict)
    count: dict[tuple[object, ...], int] = field(default_factory=dict)
    beyond: Diagnostic | None = None

    def add(self, problem: Diagnostic) -> None:
        """One complaint more."""
        what = _VALUES("", problem.message)
        key = (problem.rule, problem.severity, problem.element, problem.place.path, problem.plan, what)
        if key not in self.first:
            if len(self.first) >= MAX_CAUSES:
                self.beyond = self.beyond or problem
                return
            self.first[key] = problem
            self.lines[key], self.count[key] = [], 0
        self.count[key] += 1
        lines = self.lines[key]
        if len(lines) < SHOWN_LINES and problem.place.line not in lines:
            lines.append(problem.place.line)

    def told(self) -> list[Diagnostic]:
        """One complaint for each cause, in the order in which they came."""
        found = [self._whole(key) for key in self.first]
        if self.beyond:
            message = f"more than {MAX_CAUSES:,} kinds of problems; the rest is not shown"
            found.append(Diagnostic(self.beyond.rule, Severity.ERROR, message, self.beyond.place))
        return found

    def _whole(self, key: tuple[object, ...]) -> Diagnostic:
        problem, lines, count = self.first[key], self.lines[key], self.count[key]
        if count == 1:
            return problem
        more = f" and {count - len(lines):,} more" if count > len(lines) and len(lines) > 1 else ""
        rows = f"{count:,} rows" + (f": lines {', '.join(map(str, lines))}{more}" if len(lines) > 1 else "")
        said = problem.message.removesuffix(_END)
        end = _END if said != problem.message else ""
        return replace(problem, message=f"{said} ({rows}){end}")
