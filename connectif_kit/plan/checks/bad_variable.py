"""A template's variable that cannot be written."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.plan.variables import faults


@check(
    Severity.ERROR,
    bad="templates: {product: shop-item}",
    good="templates: {product: shop.item}",
)
def bad_variable(plan: Plan) -> Iterator[Problem]:
    """A variable of the site's own templates that their languages cannot read."""
    for fault in faults(plan.templates):
        if not fault.is_unknown:
            yield Problem(("templates", *fault.path), fault.message, fault.hint, at_value=False)
