"""A selector that is sent as a text."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.plan.queries import literals
from connectif_kit.plan.source import shown
from connectif_kit.plan.values import like_selector, literal_fault, selector_source


@check(
    Severity.WARNING,
    bad='pages: {category: {match: "/c/*", page_category: "h1.title"}}',
    good='pages: {category: {match: "/c/*", page_category: {selector: h1.title}}}',
)
def selector_as_text(plan: Plan) -> Iterator[Problem]:
    """A text that looks like a selector: as it is written, the selector itself would be sent."""
    for path, field, text in literals(plan):
        if like_selector(text) and not literal_fault(field, text):
            message = say("{text} is sent as it stands, and looks like a selector", text=shown(text))
            yield Problem(path, message, say("did you mean `{meant}`?", meant=selector_source(text)))
