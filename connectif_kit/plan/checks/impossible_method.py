"""A way of reporting that a single-page app cannot take."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan


@check(
    Severity.ERROR,
    bad="integration: {spa: true, activity: client-tags}",
    good="integration: {spa: true, activity: js-events}",
    rests_on={"integration"},
)
def impossible_method(plan: Plan) -> Iterator[Problem]:
    """A single-page app reports by tags.

    The client reads tags once per page load, so its routes would be lost (article 360017857779).
    """
    activity = plan.integration.activity
    if plan.integration.spa and activity != "js-events":
        message = say(
            "{activity} reads tags once per page load: routes of a single-page app would be lost",
            activity=activity,
        )
        yield Problem(("integration", "spa"), message, say("choose activity: js-events"))
