"""Where each part of a plan stands, for the development build's words."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from connectif_kit.plan.models import OPTIONS
from connectif_kit.plan.queries import walk

if TYPE_CHECKING:
    from connectif_kit.core.diagnostics import Place
    from connectif_kit.plan.loaded import LoadedPlan


def places_of(loaded: LoadedPlan) -> dict[str, str]:
    """Part of the plan → `connectif.yaml:41:9`."""
    plan = loaded.plan
    paths: list[tuple[str | int, ...]] = [("pages",), ("events",), *((name,) for name in OPTIONS)]
    paths += [("events", name) for name in plan.events] + [("pages", name) for name in plan.pages]
    paths += [path for path, _ in walk(plan)]
    return {"/".join(str(s) for s in path if s != "fields"): _named(loaded.place(*path)) for path in paths}


def _named(place: Place) -> str:
    """A place by the plan's name alone: the folder we were started in is not part of an output."""
    return f"{PurePath(place.path).name}:{place.line}:{place.column}"
