"""`csp-blocks-client` says of each policy what Chromium does (`tests/browser/test_content_policies.py`)."""

import pytest

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.page_run import check, chosen
from connectif_kit.page.html import decode, parse
from connectif_kit.plan.load import load
from tests.content_policies import CASES, PLAN, Case


def findings(html: str, plan: str = PLAN) -> list[str]:
    page = parse(decode("page.html", html.encode()))
    loaded = load("connectif.yaml", plan.encode()) if plan else None
    found = check(PageContext(page, "/", loaded, static=True), chosen())
    return [each.message for each in found if each.rule == "csp-blocks-client"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_policy_keeps_out_is_reported_and_nothing_else(case: Case) -> None:
    assert (findings(case.html) == []) == case.works


@pytest.mark.parametrize(
    "case", [case for case in CASES if "strict" in case.name], ids=lambda case: case.name
)
def test_without_a_plan_the_verdict_is_the_same(case: Case) -> None:
    assert (findings(case.html, "") == []) == case.works
