"""Bulk imports: taken in, queued, worked off one after the other, with a report of what failed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import Any

from connectif_kit.core.records import dataclass
from connectif_kit.fakeapi.http import invalid, refuse
from connectif_kit.fakeapi.multipart import parts
from connectif_kit.vocabulary.http_api import IMPORT_ENDS, MAX_IMPORT_BYTES, MAX_QUEUED_IMPORTS

TYPES = ("contacts", "products", "coupons")
Apply = Callable[["Import", dict[str, str]], str]
"""Takes one row in; returns what is wrong with it, or nothing."""


@dataclass(slots=True)
class Import:
    """One import and how far it is."""

    id: str
    type: str
    options: dict[str, Any]
    rows: list[dict[str, str]]
    created: float
    state: str = "queued"
    started: float | None = None
    finished: float | None = None
    success: int = 0
    failed: list[tuple[dict[str, str], str]] = field(default_factory=list)
    readable: bool = True

    def json(self, base: str) -> dict[str, Any]:
        """As the API shows it."""
        shown: dict[str, Any] = {
            "id": self.id,
            "type": self.type,
            "status": self.state,
            "total": len(self.rows),
            "success": self.success,
            "errors": len(self.failed),
            "origin": "api",
            "options": self.options,
            "createdAt": _iso(self.created),
        }
        if self.started is not None:
            shown["startedAt"] = _iso(self.started)
        if self.finished is not None:
            shown["cancelledAt" if self.state == "cancelled" else "finishedAt"] = _iso(self.finished)
        if self.failed and self.state == "finished":
            shown["errorReportFileUrl"] = f"{base}/files/error-report-{self.id}.csv"
        return shown

    def report(self) -> bytes:
        """The rows that failed, as they came, and why."""
        out = io.StringIO()
        names = list(self.rows[0]) if self.rows else []
        writer = csv.writer(out, delimiter=self.options["delimiter"])
        writer.writerow([*names, "error"])
        for row, why in self.failed:
            writer.writerow([*(row.get(name, "") for name in names), why])
        return out.getvalue().encode()


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(slots=True)
class Queue:
    """All imports of the account; `seconds` is what one takes, `ends` how some of them end."""

    apply: Apply
    wall: Callable[[], float]
    seconds: float = 0.2
    ends: Mapping[int, str] = field(default_factory=dict)
    all: dict[str, Import] = field(default_factory=dict)

    def take(self, content_type: str, body: bytes, coupon_sets: Mapping[str, Any]) -> Import:
        """A new import from a multipart body. Refuses as documented."""
        if len(body) > MAX_IMPORT_BYTES + 100_000:
            raise refuse(413, "File is larger than 50 MB.")
        form = parts(content_type, body)
        _check(form, coupon_sets)
        if sum(each.state not in IMPORT_ENDS for each in self.all.values()) >= MAX_QUEUED_IMPORTS:
            raise refuse(400, "There are 10 imports queued already.", code="E0401")
        options: dict[str, Any] = {
            "delimiter": _text(form, "delimiter"),
            "overrideExisting": _text(form, "overrideExisting") == "true",
            "updateOnlyEmptyFields": _text(form, "updateOnlyEmptyFields") == "true",
        }
        if "couponSetId" in form:
            options["couponSetId"] = _text(form, "couponSetId")
        new = Import(f"{len(self.all) + 1:024x}", _text(form, "type"), options, [], self.wall())
        try:
            text = form["file"][1].decode("utf-8-sig")
            reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=options["delimiter"], restval="")
            new.rows = [dict(row) for row in reader]
        except (UnicodeDecodeError, csv.Error):
            new.readable = False
        self.all[new.id] = new
        return new

    def advance(self) -> None:
        """Let time do its work: whatever should have ended by now has."""
        now = self.wall()
        free = 0.0
        for number, each in enumerate(self.all.values()):
            if each.finished is not None:
                free = max(free, each.finished)
                continue
            start = max(free, each.created)
            if now < start:
                return
            each.state, each.started = "inProgress", start
            if now < start + self.seconds:
                return
            each.finished = free = start + self.seconds
            self._work(each, self.ends.get(number, "finished" if each.readable else "error"))

    def _work(self, each: Import, end: str) -> None:
        each.state = end
        rows = each.rows if end == "finished" else each.rows[: len(each.rows) // 2]
        for row in rows:
            why = self.apply(each, row)
            if why:
                each.failed.append((row, why))
            else:
                each.success += 1


def _text(form: Mapping[str, tuple[str, bytes]], name: str) -> str:
    return form.get(name, ("", b""))[1].decode("utf-8", "replace")


def _check(form: Mapping[str, tuple[str, bytes]], coupon_sets: Mapping[str, Any]) -> None:
    """Every form field by its rule (422)."""
    allowed = {
        "type": TYPES,
        "delimiter": (",", ";"),
        "overrideExisting": ("true", "false"),
        "updateOnlyEmptyFields": ("true", "false"),
    }
    found = {f"/{name}": "Value is not valid" for name, ok in allowed.items() if _text(form, name) not in ok}
    if _text(form, "updateOnlyEmptyFields") == "true" and _text(form, "overrideExisting") != "true":
        found["/updateOnlyEmptyFields"] = "Needs overrideExisting"
    if _text(form, "type") == "coupons" and _text(form, "couponSetId") not in coupon_sets:
        found["/couponSetId"] = "Value is not valid"
    if form.get("file", ("", b""))[0] != "text/csv":
        found["/file"] = "A part of type text/csv is required"
    if found:
        raise invalid(found)
