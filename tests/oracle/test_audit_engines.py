"""Two parsers, one audit: the same findings, by rule and element, on any page."""

from __future__ import annotations

from collections import Counter

import pytest

from connectif_kit.core.diagnostics import KitError
from connectif_kit.page.html import Engine
from tests.audit_pages import found, loaded, mutants, seeds

PLANNED = loaded()


def seen(data: bytes, engine: Engine) -> Counter[tuple[str, str]] | str:
    """Rules and elements, counted; or that the bytes are not text."""
    try:
        return Counter((finding.rule, finding.element) for finding in found(data, PLANNED, engine))
    except KitError as error:
        return error.diagnostics[0].rule


def test_both_engines_find_the_same_on_every_example() -> None:
    for data in seeds():
        assert seen(data, "turbohtml") == seen(data, "html5lib"), data


SEEDS = [*range(3), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(3, 10))]


@pytest.mark.parametrize("seed", SEEDS)
def test_both_engines_find_the_same_on_mutated_pages(seed: int) -> None:
    for data in mutants(500, seed):
        assert seen(data, "turbohtml") == seen(data, "html5lib"), data
