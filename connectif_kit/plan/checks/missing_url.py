"""GA4's items without an address."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan
from connectif_kit.plan.queries import walk
from connectif_kit.plan.values import speaks_ga4


@check(
    Severity.WARNING,
    bad="cart: {data_layer: [add_to_cart, remove_from_cart]}",
    good='cart: {data_layer: [add_to_cart, remove_from_cart]}\ncatalog: {url: "/p/{product_id}/"}',
    rests_on={"catalog"},
)
def missing_url(plan: Plan) -> Iterator[Problem]:
    """GA4's items have no address, and the platform wants one for every line (article 360014712720)."""
    for path, source in walk(plan):
        described = path[-1] in ("cart", "purchase", "product")
        if described and speaks_ga4(source) and not source.fields and not plan.catalog.url:
            message = say(
                "GA4 items have no address: lines of products not seen in this visit would be left out"
            )
            hint = say('under `catalog:` add `url: "/p/{product_id}/"`, as your products\' addresses are')
            yield Problem(path, message, hint)
