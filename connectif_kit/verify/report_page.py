"""The run as one HTML page that needs nothing else: steps, findings, each page's picture, tags and events."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectif_kit import __version__
from connectif_kit.core.language import ENGLISH, Language
from connectif_kit.core.templates import environment
from connectif_kit.verify.steps import steps
from connectif_kit.verify.traces import SHOW, folder_of, named

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan
    from connectif_kit.reports import Report
    from connectif_kit.verify.recorder import Tell
    from connectif_kit.verify.tour import Outcome
    from connectif_kit.verify.visit import Visit

LONGEST = 4_000
"""Characters of one event; a cart of a thousand lines is not read to its end."""


def page(
    loaded: LoadedPlan, outcome: Outcome, report: Report, language: Language = ENGLISH, file: str = ""
) -> str:
    """The whole page, in the language of who reads it; `file` is where it will lie, beside its traces."""
    names = {made.sample.address: name for name, made in named(outcome.visits).items()} if file else {}
    number = len(report.findings)
    findings = language.count(number, "{n:,} finding", "{n:,} findings")
    template = environment().get_template("verify/report.html.j2")
    return template.render(
        summary=findings if number else language.say("no findings"),
        language=language,
        t=language.say,
        tn=language.count,
        spoken=language.text,
        store=loaded.plan.store.url,
        version=__version__,
        steps=list(steps(loaded.plan, outcome)),
        findings=report.findings,
        pages=[_page(visit, report, names.get(visit.sample.address, "")) for visit in outcome.visits],
        traces=folder_of(Path(file or "-")),
        show_trace=SHOW,
    )


def _page(visit: Visit, report: Report, trace: str) -> dict[str, Any]:
    return {
        "address": visit.sample.address,
        "name": visit.sample.name,
        "types": visit.types,
        "picture": base64.b64encode(visit.picture).decode(),
        "cost": visit.cost,
        "tags": list(_tags(visit)),
        "events": [_event(event) for _, event in visit.events],
        "zip": trace,
        "trace": [_line(tell) for tell in visit.tells],
        "findings": [one for one in report.findings if one.place.path == visit.sample.file],
    }


def _tags(visit: Visit) -> Iterator[dict[str, Any]]:
    for use in visit.live.tags if visit.live else ():
        values = [(value.name, value.text) for value in use.values] or [("", use.text)]
        yield {"name": use.tag.css_class, "rows": values}


def _event(event: dict[str, Any]) -> dict[str, str]:
    text = json.dumps(event["event"], indent=2, ensure_ascii=False)
    return {"type": event["type"], "json": text[:LONGEST]}


def _line(tell: Tell) -> str:
    """What happened, in one line."""
    known = ("name", "message", "blockedURI", "effectiveDirective", "source")
    said = " ".join(str(tell.data[name]) for name in known if tell.data.get(name))
    return f"{tell.after} ms: {tell.kind} {said or ', '.join(tell.types)}"[:300]
