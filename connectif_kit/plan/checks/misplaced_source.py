"""A source that cannot answer where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.document import Path
from connectif_kit.plan.models import PAGE_DATA, Plan
from connectif_kit.plan.queries import walk
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.literal import Literal
from connectif_kit.plan.sources.selector import Selector
from connectif_kit.plan.triggers import TRIGGERS


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
        yield from _in_place(plan, path, source)
    yield from _in_catalogue(plan)


def _in_place(plan: Plan, path: Path, source: Source) -> Iterator[Problem]:
    if source.NEEDS == "object" and "fields" not in path:
        message = say("`{NAME}` maps an object, and there is none here", NAME=source.NAME)
        yield Problem(path, message, say("use it under `fields:`"))
    if source.NEEDS == "detail" or (source.NEEDS == "element" and not _in_element(plan, path)):
        yield from _without_event(plan, path, source)


_THINGS = {"element": say("element"), "detail": say("detail")}


def _without_event(plan: Plan, path: Path, source: Source) -> Iterator[Problem]:
    """`attribute` and `detail` where nothing brings an element or a detail."""
    if path[0] != "events":
        yield Problem(
            path, say("`{NAME}` needs an event that happened; this is read without one", NAME=source.NAME)
        )
        return
    kind = plan.events[str(path[1])].on.kind
    thing = source.NEEDS
    bringing = [name for name, kind in TRIGGERS.items() if thing in kind.brings]
    if kind not in bringing:
        message = say(
            "`{NAME}` finds nothing here: a `{kind}` trigger brings no {thing}",
            NAME=source.NAME,
            kind=kind,
            thing=_THINGS[thing],
        )
        severity = Severity.WARNING if kind == "load" else Severity.ERROR
        yield Problem(
            path, message, say("triggers that do: {bringing}", bringing=", ".join(bringing)), severity
        )


def _in_element(plan: Plan, path: Path) -> bool:
    """Whether a source maps an element that a selector found."""
    above = dict(walk(plan)) if "fields" in path else {}
    ends = [n for n, step in enumerate(path) if step == "fields"]
    return any(isinstance(above.get(path[:end]), Selector) for end in ends)


def _in_catalogue(plan: Plan) -> Iterator[Problem]:
    """Products are read at build time, from a file or from pages: no browser can answer."""
    in_pages = plan.catalog.source in PAGE_DATA
    for name, source in ((n, each) for n, s in plan.catalog.fields.items() for each in _leaves(s)):
        if not (source.NEEDS == "object" or isinstance(source, Literal)) and not (in_pages and source.static):
            where = say("the pages' HTML") if in_pages else say("a file")
            message = say(
                "`{NAME}` cannot answer here: the catalogue is read from {where}",
                NAME=source.NAME,
                where=where,
            )
            yield Problem(
                ("catalog", "fields", name), message, say("use a column's name, `template` or `literal`")
            )


def _leaves(source: Source) -> Iterator[Source]:
    """A source, or those that it is the first of."""
    if inner := source.inner():
        for each in inner:
            yield from _leaves(each)
    else:
        yield source
