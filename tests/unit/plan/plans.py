"""A plan as text, and what is said of it."""

from __future__ import annotations

from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan.load import load
from connectif_kit.plan.loaded import LoadedPlan
from tests.tools import ROOT

STARTER = (ROOT / "templates" / "starter" / "connectif.yaml").read_bytes()
STORE = """\
store:
  id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11
  environment: eu5
  url: https://shop.example
"""
LINES = STORE.count("\n")


def read(text: str) -> LoadedPlan:
    return load("connectif.yaml", text.encode())


def complaints(text: str | bytes) -> list[str]:
    """`LINE:COLUMN MESSAGE | HINT` of everything that is said of a plan, warnings marked."""
    try:
        found = load("plan.yaml", text.encode() if isinstance(text, str) else text).notes
    except KitError as error:
        found = error.diagnostics
    return [
        f"{d.place.line}:{d.place.column} {'' if d.severity == 'error' else f'({d.severity}) '}{d.message}"
        + (f" | {d.hint}" if d.hint else "")
        for d in found
    ]


def of(rest: str) -> list[str]:
    """Complaints about what follows the store; lines are counted from there."""
    found = complaints(STORE + rest)
    return [f"{int(line) - LINES}:{said}" for line, _, said in (one.partition(":") for one in found)]


CATALOG_FEED = "integration: {catalog: api}\n"
