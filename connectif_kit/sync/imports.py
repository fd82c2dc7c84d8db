"""Bulk imports: posted, watched gently, their reports joined back to the rows."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from connectif_kit.diagnostics import KitError, Place
from connectif_kit.sync import words
from connectif_kit.sync.api import Api, InDoubt, Reply
from connectif_kit.sync.ledger import Batch, Ledger, digest
from connectif_kit.sync.limiter import Stopped
from connectif_kit.sync.mask import masked
from connectif_kit.sync.subjects import Subject
from connectif_kit.vocabulary.http_api import IMPORT_ENDS, MAX_QUEUED_IMPORTS

SHARE = 0.2
"""Of the budget that watching may take."""
FIRST_LOOK, LONGEST_LOOK = 1.0, 30.0
FULL_QUEUE = 10.0
MAX_PAGES = 10


@dataclass(slots=True)
class Importer:
    """Sends the import batches of one run.

    `told` is called with what went wrong with an import as a whole; `moved` after each step.
    """

    api: Api
    ledger: Ledger
    subject: Subject
    run: int
    scope: int
    spool: Path
    form: dict[str, str]
    told: Callable[[str, str], None]
    moved: Callable[[], None]
    pace: float = 1.0
    _looks: dict[int, int] = field(default_factory=dict)

    def send(self) -> None:
        """Until every batch has ended. Raises KitError and Stopped; what is noted then, stays."""
        batches = [each for each in self.ledger.batches() if each.how == "import"]
        if all(each.state in ("done", "failed") for each in batches):
            return
        self._list()  # tells the server's clock, and whether the key is good for imports
        for each in batches:
            if each.state == "posting":
                self._settle(each)
        while self._step():
            self.moved()

    def _step(self) -> bool:
        """Post what can be posted, look at what is under way; whether anything is left."""
        batches = [each for each in self.ledger.batches() if each.how == "import"]
        ready = [each for each in batches if each.state == "ready"]
        under_way = [each for each in batches if each.state == "posted"]
        if ready and len(under_way) < MAX_QUEUED_IMPORTS:
            if self._post(ready[0]):
                return True
            if not under_way:
                self._wait(FULL_QUEUE * self.pace)
        if under_way:
            self._watch(under_way)
        return bool(ready or under_way)

    def _post(self, batch: Batch) -> bool:
        """Whether the queue took it. Raises KitError where the API refuses it as a whole."""
        self.ledger.move(batch.number, "posting", posted=self.api.server_time)
        file = (batch.path, (self.spool / batch.path).read_bytes(), "text/csv")
        try:
            reply = self.api.call(
                "POST", "/imports/", data=self.form, files={"file": file}, needs=self.subject.needs, once=True
            )
            if reply.is_ok:
                self.ledger.move(batch.number, "posted", _id(reply))
                return True
        except InDoubt:
            self._wait(self.api.first_pause)
            return self._settle(batch)
        self.ledger.move(batch.number, "ready")
        if reply.code == "E0401":
            return False
        raise KitError.at(Place(self.api.base), "api-failure", *words.refusal(reply.status, reply.json))

    def _settle(self, batch: Batch) -> bool:
        """Whether a post of unknown outcome has arrived: only if exactly one unknown import looks like it."""
        found = [each for each in self._list() if self._looks_like(each, batch)]
        if len(found) == 1:
            self.ledger.move(batch.number, "posted", str(found[0]["id"]))
            return True
        self.ledger.move(batch.number, "ready")
        return False

    def _looks_like(self, each: dict[str, Any], batch: Batch) -> bool:
        options = each.get("options") or {}
        same = all(
            str(options.get(name)).lower() == value.lower()
            for name, value in self.form.items()
            if name != "type" and name in options
        )
        total_known = each.get("total") or each.get("status") != "queued"
        return (
            each.get("type") == self.form["type"]
            and same
            and (not total_known or each.get("total") == batch.rows)
            and _moment(each.get("createdAt")) >= (batch.posted or 0) - 1
            and not self.ledger.knows_import(str(each.get("id")))
        )

    def _list(self) -> list[dict[str, Any]]:
        """The account's imports, those of the app too."""
        found: list[dict[str, Any]] = []
        path: str | None = "/imports/"
        for _ in range(MAX_PAGES):
            reply = self.api.call("GET", path or "", needs=self.subject.needs)
            if not reply.is_ok or not isinstance(reply.json, dict):
                break
            found += [each for each in reply.json.get("results") or () if isinstance(each, dict)]
            path = (reply.json.get("links") or {}).get("next")
            if not path or not str(path).startswith((self.api.base, "/")):
                break
        return found

    def _watch(self, batches: list[Batch]) -> None:
        """Look at each once, after a pause that leaves most of the budget to others."""
        looks = min(self._looks.get(each.number, 0) for each in batches)
        share = len(batches) / (self.api.limiter.rate * SHARE)
        self._wait(max(min(FIRST_LOOK * 1.5**looks, LONGEST_LOOK) * self.pace, share))
        for each in batches:
            self._looks[each.number] = self._looks.get(each.number, 0) + 1
            reply = self.api.call("GET", f"/imports/{each.import_id}", needs=self.subject.needs)
            self._look(each, reply)

    def _look(self, batch: Batch, reply: Reply) -> None:
        state = reply.json.get("status") if reply.is_ok and isinstance(reply.json, dict) else None
        if reply.status == 404:
            state = "gone"
        if state == "finished":
            self._finished(batch, reply.json)
        elif state in (*IMPORT_ENDS, "gone"):
            message, hint = words.IMPORT_ENDS[str(state)]
            self.ledger.move(batch.number, "failed")
            self.told(message.format(id=batch.import_id, rows=batch.rows), hint)

    def _finished(self, batch: Batch, job: dict[str, Any]) -> None:
        """Acknowledge what was taken; what was refused comes back with its reason."""
        refused: dict[bytes, tuple[str, str]] = {}
        errors = int(job.get("errors") or 0)
        if errors:
            url = str(job.get("errorReportFileUrl") or "")
            report = self.api.fetch(url) if url else b""
            refused = self._joined(report)
            if len(refused) < errors:
                self._unmatched(batch, report, errors)
                return
        self.ledger.acknowledge_batch(self.run, self.scope, batch.number, refused)
        (self.spool / batch.path).unlink(missing_ok=True)

    def _unmatched(self, batch: Batch, report: bytes, errors: int) -> None:
        from connectif_kit.files import write

        file = self.ledger.path.parent / f"import-errors-{batch.import_id}.csv"
        write(file, report)
        file.chmod(0o600)
        message, hint = words.UNMATCHED
        self.ledger.move(batch.number, "failed")
        self.told(message.format(errors=errors, id=batch.import_id), hint.format(file=file.name))

    def _joined(self, report: bytes) -> dict[bytes, tuple[str, str]]:
        """Key → reason and row, from an error report whose form the vendor does not describe."""
        text = report.decode("utf-8-sig", "replace")
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        names = list(reader.fieldnames or ())
        reason = _reason_column(names)
        found = {}
        for row in reader:
            row = {name: cell or "" for name, cell in row.items() if isinstance(name, str)}
            key = next((row[name] for name in self.subject.keys if row.get(name)), "")
            key = key.lower() if "@" in key else key
            cells = {name: cell for name, cell in row.items() if name != reason and cell}
            if key and self.ledger.pending(digest(key)):
                said = masked(row.get(reason, "")) or "no reason given"
                found[digest(key)] = (said, json.dumps(cells, ensure_ascii=False))
        return found

    def _wait(self, seconds: float) -> None:
        if self.api.limiter.stop.wait(seconds):
            raise Stopped


def _reason_column(names: list[str]) -> str:
    said = [name for name in names if any(word in name.lower() for word in ("error", "reason", "message"))]
    return (said or names or [""])[-1]


def _id(reply: Reply) -> str:
    """The new import's id. Raises InDoubt where the answer has none."""
    if isinstance(reply.json, dict) and reply.json.get("id"):
        return str(reply.json["id"])
    raise InDoubt("the answer has no id")


def _moment(text: object) -> float:
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except ValueError:
        return time.time()


def form_of(
    subject: Subject, coupon_set: str | None, *, keep_existing: bool = False, only_empty: bool = False
) -> dict[str, str]:
    """The fields of the multipart form, but for the file."""
    form = {
        "type": subject.name,
        "delimiter": ",",
        "overrideExisting": "false" if keep_existing else "true",
        "updateOnlyEmptyFields": "true" if only_empty else "false",
    }
    return form | ({"couponSetId": coupon_set} if coupon_set else {})
