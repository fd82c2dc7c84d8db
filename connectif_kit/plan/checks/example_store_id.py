"""The store id of the examples."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.example import EXAMPLE_HOST, EXAMPLE_ID
from connectif_kit.plan.models import Plan


@check(
    Severity.WARNING,
    bad='store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://mugs.test"}',
    good='store: {id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: "https://mugs.test"}',
    rests_on={"store"},
)
def example_store_id(plan: Plan) -> Iterator[Problem]:
    """The plan of a real shop has the store id of the examples.

    That id belongs to no store: no visit, product or order would be received by anybody.
    """
    host = urlsplit(plan.store.url).hostname or ""
    tried = f".{host}".endswith((f".{EXAMPLE_HOST}", ".localhost")) or host.startswith("127.")
    if plan.store.id == EXAMPLE_ID and not tried:
        message = say("this is the examples' store id: no store would receive anything")
        hint = say("yours is the client id in Store settings › Channels › Web")
        yield Problem(("store", "id"), message, hint)
