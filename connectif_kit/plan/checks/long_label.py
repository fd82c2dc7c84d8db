"""A label that the platform would cut."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.plan.queries import literals
from connectif_kit.plan.source import shown


@check(
    Severity.WARNING,
    bad='pages: {content: {match: "/help/**", page_tag: everything about delivery and returns}}',
    good='pages: {content: {match: "/help/**", page_tag: delivery}}',
)
def long_label(plan: Plan) -> Iterator[Problem]:
    """A text in the plan is longer than the platform keeps.

    The rest is cut, so two labels might become one (article 360014652160).
    """
    for path, field, text in literals(plan):
        if field.max_length and field.beyond(text):
            message = say(
                "{text} has {length} characters; {most} are kept",
                text=shown(text),
                length=len(text),
                most=field.max_length,
            )
            yield Problem(path, message, say("shorten it"))
