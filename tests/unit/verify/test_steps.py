"""The platform's eight steps: what is said of those that nothing has proved."""

from __future__ import annotations

import pytest

from connectif_kit.plan.load import load
from connectif_kit.verify.steps import steps
from connectif_kit.verify.tour import Outcome

PLAN = """
store: {id: 9d1f8a52-7c1b-4a54-8f43-2a6a3de1c0aa, environment: eu5, url: "https://mugs.example"}
pages:
  confirmation: {match: /thanks%s}
"""
ORDER = ", purchase: {storage: order, fields: {purchase_id: id}}"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "the plan has nothing of it"),
        (ORDER, "no way was found to make it happen in these pages"),
    ],
)
def test_a_page_of_thanks_without_its_order_plans_no_purchase(more: str, said: str) -> None:
    plan = load("connectif.yaml", (PLAN % more).encode()).plan
    [purchase] = [step for step in steps(plan, Outcome()) if step.number == 6]
    assert (purchase.state, purchase.evidence) == ("by hand", said)
