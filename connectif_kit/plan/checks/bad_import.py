"""A script of the worker's that has no address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan


@check(
    Severity.ERROR,
    bad='service_worker: {import: ["/push worker.js"]}',
    good="service_worker: {import: [/push-worker.js]}",
)
def bad_import(plan: Plan) -> Iterator[Problem]:
    """What the service worker imports is not the address of a script."""
    worker = plan.service_worker
    for index, script in enumerate(worker.import_ if worker else []):
        if re.search(r"[\s\"'<>]", script):
            yield Problem(
                ("service_worker", "import", index),
                say("`{script}` is not the address of a script", script=script),
            )
