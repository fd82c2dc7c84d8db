"""What a page's findings learn from the catalogue file, which the rules for one page do not see.

The pages go through many processes and a cache that knows nothing of the catalogue; so the hint that
depends on it is completed here, when a page's result is taken in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from connectif_kit.audit.page_run import PageResult
from connectif_kit.audit.ways import INJECT, where_listed
from connectif_kit.core.diagnostics import Diagnostic
from connectif_kit.plan.models import Plan

_RULES = ("missing-tag", "product-tag-in-script")


def informed(result: PageResult, plan: Plan, why_absent: Callable[[str], str | None]) -> PageResult:
    """A page's result whose hints say whether the catalogue has the page's product.

    `why_absent` is asked with the page's address: empty where the product is there, `None` where the
    catalogue cannot be read.
    """
    asks = where_listed(plan, result.url_path)
    if not any(_waits(finding, asks) for finding in result.findings):
        return result
    why = why_absent(result.url_path)
    if why is None:
        return result
    hint = why or f"{INJECT}: {plan.catalog.source} has its product"
    found = (replace(each, hint=hint) if _waits(each, asks) else each for each in result.findings)
    return result._replace(findings=tuple(found))


def _waits(finding: Diagnostic, asks: str) -> bool:
    return finding.rule in _RULES and finding.hint == asks
