"""An environment that nobody has seen."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity, did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import ENVIRONMENTS, Plan


@check(
    Severity.WARNING,
    bad='store: {id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5x, url: "https://mugs.example"}',
    good='store: {id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: "https://mugs.example"}',
)
def unknown_environment(plan: Plan) -> Iterator[Problem]:
    """The environment is none of those seen so far.

    The loader asks for the client script of a store in its environment; under another one there is
    none, and nothing is recorded (article 360014628900). New environments may appear, so this is a warning.
    """
    name = plan.store.environment
    if name not in ENVIRONMENTS:
        hint = did_you_mean(name, ENVIRONMENTS) or say("seen so far: {names}", names=", ".join(ENVIRONMENTS))
        yield Problem(("store", "environment"), say("unknown environment `{name}`", name=name), hint)
