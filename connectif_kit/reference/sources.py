"""Source × place: where each source of values may stand, as the plan's own checks say it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from connectif_kit.core.diagnostics import Diagnostic, KitError, Severity
from connectif_kit.core.records import dataclass
from connectif_kit.plan.load import load
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources import SOURCES
from connectif_kit.plan.trigger import TriggerKind
from connectif_kit.plan.triggers import TRIGGERS
from connectif_kit.reference import markdown
from connectif_kit.reference.markdown import cell

Data = dict[str, Any]
STORE: Data = {
    "id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11",
    "environment": "eu5",
    "url": "https://shop.example",
}
BROWSER, BUILD = "browser", "build"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a source may stand: `plan` is a plan with the source there, as data; who reads it is `face`."""

    name: str
    doc: str
    face: str
    plan: Callable[[Data], Data]


def _mapped(source: Data, **more: Any) -> Data:
    return {"fields": {"primary_key": "email", "got": source}, **more}


def _in_event(kind: TriggerKind) -> Callable[[Data], Data]:
    on = "#it" if kind.selectors else True if kind.bare else "e"

    def plan(source: Data) -> Data:
        event = {"on": {kind.name: on}, "send": "custom", "alias": "x", "payload": {"got": source}}
        return {"events": {"tried": event}}

    return plan


def _in_catalog(**catalog: Any) -> Callable[[Data], Data]:
    given = {"product_id": {"literal": "1"}, "unit_price": {"literal": 1}, "url": {"literal": "/p/1"}}
    return lambda source: {
        "pages": {"product": {"match": "/p/*"}},
        "catalog": {**catalog, "fields": {**given, "name": source}},
    }


def _login(contact: Data) -> Data:
    return {"events": {"tried": {"on": {"event": "e"}, "send": "contact", "contact": contact}}}


PLACES = (
    *(Place(f"on: {kind.name}", kind.doc, BROWSER, _in_event(kind)) for kind in TRIGGERS.values()),
    Place(
        "fields of an event",
        "The map of what an event brings.",
        BROWSER,
        lambda source: _login(_mapped(source, **{"global": "who"})),
    ),
    Place(
        "fields",
        "The map of a contact, a cart or an order that is an object.",
        BROWSER,
        lambda source: {"contact": _mapped(source, **{"global": "who"})},
    ),
    Place(
        "fields of an element",
        "The map of a contact, a cart or an order that a `selector` finds.",
        BROWSER,
        lambda source: {
            "contact": {
                "selector": "section",
                "fields": {"primary_key": {"selector": "i"}, "got": source},
            }
        },
    ),
    Place(
        "a page's report",
        "What a view of a page reports, such as `search_text`.",
        BROWSER,
        lambda source: {"pages": {"search": {"match": "/", "search_text": source}}},
    ),
    Place(
        "page_info",
        "What is said of a page in place of its own words.",
        BROWSER,
        lambda source: {"pages": {"home": {"match": "/", "page_info": {"title": source}}}},
    ),
    Place(
        "a page's label",
        "`page_category` and its like, which `inject` writes into the HTML.",
        BUILD,
        lambda source: {"pages": {"category": {"match": "/", "page_category": source}}},
    ),
    Place(
        "catalog.fields, a file",
        "Products that are read from a file.",
        BUILD,
        _in_catalog(source="products.csv"),
    ),
    Place(
        "catalog.fields, pages",
        "Products that are read from the pages' structured data.",
        BUILD,
        _in_catalog(source="json-ld"),
    ),
)


def example(kind: type[Source]) -> Data:
    """The shortest source of a kind that a plan takes."""
    for value in ([{"literal": "path"}], "path", "./path.js", 1, True):
        try:
            kind.model_validate({kind.NAME: value})
        except ValueError:
            continue
        return {kind.NAME: value}
    raise ValueError(f"no example of {kind.NAME}")


def refusal(place: Place, source: Data) -> str:
    """Why a plan refuses a source at a place; nothing where it takes it."""
    text = json.dumps({"store": STORE, **place.plan(source)})
    try:
        said = load("connectif.yaml", text.encode()).notes
    except KitError as error:
        said = tuple(error.diagnostics)
    return next((one.message for one in said if _refuses(one)), "")


def _refuses(said: Diagnostic) -> bool:
    return said.rule == "misplaced-source" or said.severity is Severity.ERROR


def page() -> str:
    """The table, and the reasons under it."""
    lines = markdown.head("Where a source may stand", "plan/sources/*.py and plan/checks/*.py")
    lines += [
        "Each [source](configuration.md) at each place of a plan: ✓ where it works, else the letter of the"
        " reason for which the plan is refused. The tests hold each ✓ to what the browser, `inject` or `feed`"
        " makes of it. `first_of` works where each of those does that it tries.",
        "",
    ]
    lines += _places()
    reasons: dict[str, int] = {}
    rows = [[f"`{name}`", *_cells(kind, reasons)] for name, kind in SOURCES.items()]
    lines += ["## The table", ""]
    lines += [*markdown.table(["", *(str(n) for n in range(1, len(PLACES) + 1))], rows), ""]
    lines += ["## The reasons", ""]
    lines += [f"* **{_letter(number)}**: {markdown.prose(reason)}" for reason, number in reasons.items()]
    return markdown.page([*lines, ""])


def _places() -> Iterator[str]:
    yield from ("## The places", "")
    rows = [[str(n), f"`{p.name}`", cell(p.doc), p.face] for n, p in enumerate(PLACES, 1)]
    yield from markdown.table(["", "place", "", "read by"], rows)
    yield ""


def _cells(kind: type[Source], reasons: dict[str, int]) -> Iterator[str]:
    source = example(kind)
    for place in PLACES:
        reason = refusal(place, source).replace(f"`{kind.NAME}`", "it")
        yield _letter(reasons.setdefault(reason, len(reasons))) if reason else "✓"


def _letter(number: int) -> str:
    return chr(ord("a") + number)
