"""One cause in many rows is one complaint: the first of them, with how many there are and where."""

from __future__ import annotations

import re
from dataclasses import field, replace

from connectif_kit.core.diagnostics import Diagnostic, Severity
from connectif_kit.core.messages import Message, count, joined, say
from connectif_kit.core.records import dataclass

MAX_CAUSES = 1000
SHOWN_LINES = 8

_VALUES = re.compile(r"`[^`]*`|[0-9][0-9,.]*").sub
LEFT_OUT = say("; it is left out")
"""How a complaint ends whose value is not taken; `without_end` takes it off again."""


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

    def reported(self) -> list[Diagnostic]:
        """One complaint for each cause, in the order in which they came."""
        found = [self._whole(key) for key in self.first]
        if self.beyond:
            message = say("more than {most:,} kinds of problems; the rest is not shown", most=MAX_CAUSES)
            found.append(Diagnostic(self.beyond.rule, Severity.ERROR, message, self.beyond.place))
        return found

    def _whole(self, key: tuple[object, ...]) -> Diagnostic:
        problem, lines, number = self.first[key], self.lines[key], self.count[key]
        if number == 1:
            return problem
        named = ", ".join(map(str, lines))
        more = say(" and {n:,} more", n=number - len(lines)) if number > len(lines) > 1 else ""
        where = joined((say(": lines {lines}", lines=named), more), "") if len(lines) > 1 else ""
        said = without_end(problem.message)
        end = LEFT_OUT if said != problem.message else ""
        rows = count(number, "{n:,} row", "{n:,} rows")
        return replace(problem, message=joined((said, " (", rows, where, ")", end), ""))


def ending(message: str) -> Message:
    """A complaint of a value that is not taken."""
    return joined((message, LEFT_OUT), "")


def without_end(message: str) -> str:
    """A complaint without its end, so that something can be added to it."""
    if isinstance(message, Message) and message.values.get("part1") == LEFT_OUT:
        before: str = message.values["part0"]
        return before
    return message.removesuffix(LEFT_OUT) if message.endswith(LEFT_OUT) else message
