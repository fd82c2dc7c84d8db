"""A language that few speak."""

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import Plan

_STORE = """
store:
  {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://a.example", language: %s}
"""


@check(Severity.WARNING, bad=_STORE % "tlh", good=_STORE % "es")
def unspoken_language(plan: Plan) -> Iterator[Problem]:
    """A language that few speak."""
    if plan.store.language == "tlh":
        yield Problem(("store", "language"), "few speak it")
