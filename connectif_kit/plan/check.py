"""A check of the plan: a function with a name, a severity, an explanation, and its own bad and good plans."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import TypeAlias

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.records import dataclass
from connectif_kit.plan.document import Path
from connectif_kit.plan.models import Plan

RestsOn: TypeAlias = "frozenset[str | Path]"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the plan at a path inside it; `severity` where it differs from its check's."""

    path: Path
    message: str
    hint: str = ""
    severity: Severity | None = None
    at_value: bool = True


Find: TypeAlias = Callable[[Plan], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Check:
    """A fault that a plan can have although every part of it has the right shape.

    `rests_on` names the sections whose mistakes may be why it complains: a false complaint is worse
    than one that waits for the next run. `("pages",)` is the section as a whole: its pages stay by
    name. `bad` and `good` are plans (a `store` is added where they have none): its tests and its
    documentation.
    """

    name: str
    severity: Severity
    doc: str
    find: Find
    bad: str
    good: str
    rests_on: RestsOn = frozenset()

    @property
    def title(self) -> str:
        """The explanation's first line."""
        return self.doc.partition("\n")[0]


def check(
    severity: Severity, *, bad: str, good: str, rests_on: set[str | Path] | None = None
) -> Callable[[Find], Check]:
    """Make a check of a function; its name and docstring become the check's."""

    def made(find: Find) -> Check:
        name = find.__name__.replace("_", "-")
        doc = inspect.cleandoc(find.__doc__ or "")
        rests = frozenset(rests_on or ())
        return Check(name, severity, doc, find, _plan(bad), _plan(good), rests)

    return made


def _plan(text: str) -> str:
    return textwrap.dedent(text).strip("\n")
