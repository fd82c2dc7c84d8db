"""A plan with its own names and one with those of the templates."""

from __future__ import annotations

import pytest

from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan
from tests.engines.shops import MAPPED, OWN_NAMES


@pytest.fixture(scope="module", params=[OWN_NAMES, MAPPED], ids=["own names", "mapped"])
def loaded(request: pytest.FixtureRequest) -> LoadedPlan:
    return load("connectif.yaml", request.param.encode())
