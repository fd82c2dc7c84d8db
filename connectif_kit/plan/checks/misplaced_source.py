"""A source that cannot answer where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.diagnostics import Severity
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.models import PAGE_DATA, Plan
from connectif_kit.plan.queries import walk
from connectif_kit.plan.sources import FirstOf, Source
from connectif_kit.plan.yaml12 import Path

_IN_FILES = ("path", "template", "literal")


@check(
    Severity.ERROR,
    bad="contact: {detail: user, fields: {primary_key: email}}",
    good="contact: {storage: user, fields: {primary_key: email}}",
)
def misplaced_source(plan: Plan) -> Iterator[Problem]:
    """A source that cannot answer where it stands.

    `detail` and `attribute` ask the event that happened, `path` and `template` the object that is mapped;
    where there is none of these, they would give nothing, always.
    """
    for path, source in walk(plan):
        yield from _in_place(path, source)
    yield from _in_catalogue(plan)


def _in_place(path: Path, source: Source) -> Iterator[Problem]:
    inside = "fields" in path
    if source.NAME in ("path", "template") and not inside:
        message = f"`{source.NAME}` maps an object, and there is none here"
        yield Problem(path, message, "use it under `fields:`")
    # In a field map, `attribute` is one of the element that is mapped.
    without_event = path[0] != "events" and not (inside and source.NAME == "attribute")
    if source.NAME in ("attribute", "detail") and without_event:
        yield Problem(path, f"`{source.NAME}` needs an event that happened; this is read without one")


def _in_catalogue(plan: Plan) -> Iterator[Problem]:
    """Products are read at build time, from a file or from pages: no browser can answer."""
    in_pages = plan.catalog.source in PAGE_DATA
    for name, source in ((n, each) for n, s in plan.catalog.fields.items() for each in _leaves(s)):
        if source.NAME not in _IN_FILES and not (in_pages and source.static):
            where = "the pages' HTML" if in_pages else "a file"
            message = f"`{source.NAME}` cannot answer here: the catalogue is read from {where}"
            yield Problem(
                ("catalog", "fields", name), message, "use a column's name, `template` or `literal`"
            )


def _leaves(source: Source) -> Iterator[Source]:
    """A source, or those that it is the first of."""
    if isinstance(source, FirstOf):
        for inner in source.first_of:
            yield from _leaves(inner)
    else:
        yield source
