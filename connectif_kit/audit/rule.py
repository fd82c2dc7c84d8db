"""A rule: a function with a name, a severity, an explanation, and its own bad and good pages."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from connectif_kit.audit.view import View
from connectif_kit.diagnostics import Diagnostic, Edit, Place, Severity
from connectif_kit.html import Node, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault that a rule saw: where, what, how to mend it, which line of the plan it breaks.

    `where` is an element (its start tag is shown) or a span of the page's text; `plan` is a path
    inside the plan; `key` tells apart two findings of a rule at one element path (a property's
    name), so that the baseline knows them again after a rebuild.
    """

    where: Node | Span
    message: str
    hint: str = ""
    plan: tuple[str | int, ...] | None = None
    severity: Severity | None = None
    edits: tuple[Edit, ...] = ()
    element: str = ""


Check: TypeAlias = Callable[[View], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Example:
    """A page that a rule is shown: its HTML, where it lies, and the plan it is held against."""

    html: str
    url_path: str = "/"
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault that can be found. `bad` and `good` are its tests and its documentation."""

    name: str
    severity: Severity
    doc: str
    check: Check
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    needs_plan: bool = False

    @property
    def title(self) -> str:
        """The explanation's first line."""
        return self.doc.partition("\n")[0]


def rule(
    severity: Severity,
    *,
    bad: str | Example | Iterable[str | Example],
    good: str | Example | Iterable[str | Example],
    needs_plan: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a function; its name and docstring become the rule's."""

    def made(check: Check) -> Rule:
        name = check.__name__.replace("_", "-")
        doc = inspect.cleandoc(check.__doc__ or "")
        return Rule(name, severity, doc, check, _examples(bad), _examples(good), needs_plan)

    return made


def _examples(given: str | Example | Iterable[str | Example]) -> tuple[Example, ...]:
    if isinstance(given, str | Example):
        given = (given,)
    return tuple(
        one if isinstance(one, Example) else Example(textwrap.dedent(one).strip("\n")) for one in given
    )


def diagnostic(found: Finding, rule: Rule, view: View) -> Diagnostic:
    """A finding with its places worked out."""
    where = found.where
    place = view.page.place(where)
    plan: Place | None = None
    if found.plan is not None and view.loaded:
        plan = view.loaded.place(*found.plan)
    path = found.element or ("html" if isinstance(where, Span) else where.path)
    return Diagnostic(
        rule.name, found.severity or rule.severity, found.message, place, found.hint, plan, path, found.edits
    )
