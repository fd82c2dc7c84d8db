"""An earlier report, read from its JSON or from the HTML page that holds the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from connectif_kit.core.diagnostics import KitError, Place, Severity
from connectif_kit.core.files import reason
from connectif_kit.reports.comparison import Earlier, EarlierFinding

_DATA = re.compile(r'<script type="application/json" id="report">(.*?)</script>', re.DOTALL)


def read(path: Path) -> Earlier:
    """The report in a file. Raises KitError where it cannot be read or is none of ours."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise reason(error, str(path)) from None
    except ValueError:
        raise _no_report(path) from None
    return parse(path, text)


def parse(path: Path, text: str) -> Earlier:
    """The report in a text. Raises KitError where it is none of ours."""
    try:
        page = _DATA.search(text)
        data = json.loads(page[1] if page else text)
        if data["version"] != 1:
            raise _no_report(path)
        run = data.get("run") or {}
        findings = tuple(_finding(each, data.get("paths")) for each in data["findings"])
        return Earlier(path.name, findings, str(run.get("started", "")), str(run.get("site", "")))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        raise _no_report(path) from None


def _finding(data: dict[str, Any], paths: list[str] | None) -> EarlierFinding:
    places = [*_numbered(data["places"], paths)] if paths is not None else [*_named(data)]
    rule, element = str(data["rule"]), str(data["element"])
    message = str(data.get("english") or data["message"])
    unnamed = max(0, int(data["count"]) - len(places))
    return EarlierFinding(rule, Severity(data["severity"]), message, element, places, unnamed)


def _numbered(places: list[int], paths: list[str]) -> Iterator[Place]:
    """Places as the page has them: number of the path, line, column, one after another."""
    for at in range(0, len(places), 3):
        yield Place(str(paths[places[at]]), int(places[at + 1]), int(places[at + 2]))


def _named(data: dict[str, Any]) -> Iterator[Place]:
    for at in (data, *data["also"]):
        yield Place(str(at["path"]), int(at["line"]), int(at["column"]))


def _no_report(path: Path) -> KitError:
    hint = "write it with `audit --format json=FILE` or `audit --format html=FILE`"
    return KitError.at(
        Place(str(path)), "bad-report", "the file is not a report that `audit` has written", hint
    )
