"""Web push without HTTPS."""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan

_STORE = "store: {{id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: {}://mugs.example}}\n"


@check(
    Severity.WARNING,
    bad=_STORE.format("http") + "service_worker: {path: /service-worker.js}",
    good=_STORE.format("https") + "service_worker: {path: /service-worker.js}",
    rests_on={"store"},
)
def insecure_worker(plan: Plan) -> Iterator[Problem]:
    """A service worker is planned for a store without HTTPS: browsers register none there."""
    url = plan.store.url
    if plan.service_worker and url.startswith("http://") and not re.match(r"http://(localhost|127\.)", url):
        message = say("web push needs HTTPS, and store.url begins with http://")
        yield Problem(("service_worker",), message, at_value=False)
