"""Page results as JSON and back: for the cache and for the reports of shards.

A page's own name is left out, so that a result does not depend on the folder that we run in.
"""

from __future__ import annotations

import json
from typing import Any

from connectif_kit.audit.page_run import PageResult
from connectif_kit.audit.suppressions import Suppression
from connectif_kit.core.diagnostic_json import diagnostic, dumped
from connectif_kit.core.diagnostics import Place

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(result: PageResult) -> str:
    """A result as JSON, without the page's name and address."""
    whole = [
        [dumped(finding, result.name) for finding in result.findings],
        result.page,
        result.facts,
        result.tags,
        [_switch(switch) for switch in result.held],
        result.failed,
        result.special,
    ]
    return _JSON.encode(whole)


def load(text: str, name: str, url_path: str, mark: bytes = b"") -> PageResult:
    """The result of a page. ValueError, TypeError or LookupError where the text is none of ours."""
    findings, page, facts, tags, held, failed, special = json.loads(text)
    return PageResult(
        name,
        url_path,
        tuple(diagnostic(each, name) for each in findings),
        page,
        facts,
        tuple(tags),
        tuple(_switch_from(each, name) for each in held),
        bool(failed),
        mark,
        str(special),
    )


def _switch(switch: Suppression) -> list[Any]:
    numbers = [switch.place.line, switch.place.column, switch.until.line, switch.until.column]
    return [switch.rule, switch.start, switch.end, switch.reason, switch.used, numbers]


def _switch_from(data: list[Any], name: str) -> Suppression:
    rule, start, end, reason, used, (line, column, until_line, until_column) = data
    place, until = Place(name, line, column), Place(name, until_line, until_column)
    return Suppression(rule, start, end, place, reason, until, used)
