"""A text that would be sent as it stands, and cannot be."""

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
    Severity.ERROR,
    bad='events: {sent: {on: {submit: form}, send: newsletter-subscribe, email: "#email"}}',
    good='events: {sent: {on: {submit: form}, send: newsletter-subscribe, email: {selector: "#email"}}}',
)
def bad_value(plan: Plan) -> Iterator[Problem]:
    """A text in the plan that is sent as it stands, and that its property cannot hold."""
    for path, field, text in literals(plan):
        if expected := literal_fault(field, text):
            selector = selector_source(text) if like_selector(text) else ""
            hint = selector or say(
                "to take it from the page, write a source such as {{selector: .{html}}}", html=field.html
            )
            yield Problem(
                path,
                say(
                    "{html}: expected {expected}, got {text}",
                    html=field.html,
                    expected=expected,
                    text=shown(text),
                ),
                hint,
            )
