"""A store whose own address is not among its authorised domains."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.plan.queries import authorised

_STORE = "store: {{id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: {}, domains: [{}]}}"


@check(
    Severity.ERROR,
    bad=_STORE.format('"https://shop.example"', '"https://www.shop.example"'),
    good=_STORE.format('"https://shop.example"', '"https://shop.example"'),
    rests_on={"store"},
)
def unauthorised_url(plan: Plan) -> Iterator[Problem]:
    """`store.url` lies outside `store.domains`.

    Visits from an origin that is not authorised are dropped silently (article 6088128435740).
    """
    if not authorised(plan, plan.store.url):
        message = say(
            "{url} lies outside the authorised domains: its visits would be dropped", url=plan.store.url
        )
        yield Problem(("store", "url"), message, say("add it to store.domains"))
