"""Every check of the plan is shown its own bad and good plan; they are its documentation, too."""

from __future__ import annotations

import pytest

from connectif_kit.core.diagnostics import KitError
from connectif_kit.explain import explanations
from connectif_kit.plan.check import Check
from connectif_kit.plan.checks import checks
from connectif_kit.plan.load import load

STORE = "store: {id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: https://mugs.example}\n"


def found(plan: str) -> list[str]:
    """The rules that complain of a plan; a store is added where it has none of its own."""
    whole = plan if plan.startswith("store:") else STORE + plan
    try:
        problems = load("connectif.yaml", whole.encode()).notes
    except KitError as error:
        problems = error.diagnostics
    return [problem.rule for problem in problems]


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.name)
def test_a_check_finds_its_bad_plan_and_no_fault_in_its_good_one(check: Check) -> None:
    assert check.name in found(check.bad)
    assert check.name not in found(check.good)


@pytest.mark.parametrize("check", checks().values(), ids=lambda check: check.name)
def test_a_check_is_explained(check: Check) -> None:
    texts = explanations()[check.name]
    assert any(check.doc in text and check.bad.splitlines()[0] in text for text in texts)
