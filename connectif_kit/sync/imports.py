"""Bulk imports: posted, watched gently, their reports joined back to the rows."""

from __future__ import annotations

import csv
import json
import re
import time
from collections.abc import Callable
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.core.mask import masked
from connectif_kit.core.records import dataclass
from connectif_kit.sync import error_messages as words
from connectif_kit.sync.api import (
    ATTEMPTS,
    LONGEST_PAUSE,
    Api,
    OutcomeUnknown,
    Reply,
    next_link,
    path_of,
    results,
)
from connectif_kit.sync.ledger import Batch, Ledger, digest
from connectif_kit.sync.limiter import Stopped
from connectif_kit.sync.subjects import Subject
from connectif_kit.vocabulary.http_api import IMPORT_ENDS, MAX_QUEUED_IMPORTS

SHARE = 0.2
"""Of the budget that watching may take."""
FIRST_LOOK, LONGEST_LOOK = 1.0, 30.0
FULL_QUEUE = 10.0
UNDER_WAY = ("queued", "inProgress")
MAX_PAGES = 10


@dataclass(slots=True)
class Importer:
    """Sends the import batches of one run.

    `reported` is called with what went wrong with an import as a whole; `moved` after each step.
    """

    api: Api
    ledger: Ledger
    subject: Subject
    run: int
    scope: int
    spool: Path
    form: dict[str, str]
    reported: Callable[[str, str], None]
    moved: Callable[[], None]
    pace: float = 1.0
    _looks: dict[int, int] = field(default_factory=dict)
    _posts: dict[int, int] = field(default_factory=dict)
    _odds: dict[int, int] = field(default_factory=dict)

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

    def settle(self) -> None:
        """Until everything that was posted has ended; what was not, is not. Raises as `send` does."""
        batches = [each for each in self.ledger.batches() if each.how == "import"]
        for each in batches:
            if each.state == "posting":
                self._settle(each)
        while under_way := [each for each in self.ledger.batches() if each.state == "posted"]:
            self._watch(under_way)

    def _step(self) -> bool:
        """Post what can be posted, look at what is under way; whether anything is left."""
        batches = [each for each in self.ledger.batches() if each.how == "import"]
        ready = [each for each in batches if each.state == "ready"]
        under_way = [each for each in batches if each.state == "posted"]
        if ready and len(under_way) < MAX_QUEUED_IMPORTS:
            if self._post(ready[0]):
                return True
            if not under_way:
                self._wait(FULL_QUEUE * self.pace, "10 imports of the account are queued already")
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
        except OutcomeUnknown as error:
            return self._doubtful(batch, str(error))
        if reply.is_ok:
            self._posted(batch, reply)
            return True
        self.ledger.move(batch.number, "ready")
        if reply.code == "E0401":
            return False
        raise KitError.at(Place(self.api.base), "api-failure", *words.refusal(reply.status, reply.json))

    def _doubtful(self, batch: Batch, said: str) -> bool:
        """Whether a post without an answer has arrived. Raises KitError after many of them."""
        tries = self._posts[batch.number] = self._posts.get(batch.number, 0) + 1
        self._wait(min(self.api.first_pause * 2**tries, LONGEST_PAUSE), f"the API fails: {said}")
        if self._settle(batch):
            return True
        if tries >= ATTEMPTS:
            raise self._failure(words.NO_IMPORT[0].format(tries=tries, said=said), words.NO_IMPORT[1])
        return False

    def _posted(self, batch: Batch, reply: Reply) -> None:
        """Note the import's id. It was taken, so without an id it is never posted again. Raises KitError."""
        number = _id(reply)
        if number:
            self.ledger.move(batch.number, "posted", number)
        elif not self._settle(batch):
            self.ledger.move(batch.number, "failed")
            raise self._failure(words.NO_ID[0].format(rows=batch.rows), words.NO_ID[1])

    def _failure(self, message: str, hint: str) -> KitError:
        return KitError.at(Place(self.api.base), "api-failure", masked(message), hint)

    def _settle(self, batch: Batch) -> bool:
        """Whether a post of unknown outcome has arrived: only if exactly one unknown import looks like it."""
        found = [each for each in self._list() if self._looks_like(each, batch)]
        if len(found) == 1 and is_id(found[0].get("id")):
            self.ledger.move(batch.number, "posted", str(found[0]["id"]))
            return True
        self.ledger.move(batch.number, "ready")
        return False

    def _looks_like(self, each: dict[str, Any], batch: Batch) -> bool:
        options = each.get("options")
        options = options if isinstance(options, dict) else {}
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
        path = "/imports/"
        for _ in range(MAX_PAGES):
            reply = self.api.call("GET", path, needs=self.subject.needs)
            if not reply.is_ok:
                break
            found += results(reply.json)
            path = self.api.next_path(next_link(reply.json))
            if not path:
                break
        return found

    def _watch(self, batches: list[Batch]) -> None:
        """Look at each once, after a pause that leaves most of the budget to others."""
        looks = min(self._looks.get(each.number, 0) for each in batches)
        share = len(batches) / (self.api.limiter.rate * SHARE)
        self._wait(max(min(FIRST_LOOK * 1.5**looks, LONGEST_LOOK) * self.pace, share))
        for each in batches:
            self._looks[each.number] = self._looks.get(each.number, 0) + 1
            path = path_of("imports", each.import_id or "")
            reply = self.api.call("GET", path, needs=self.subject.needs)
            self._look(each, reply)

    def _look(self, batch: Batch, reply: Reply) -> None:
        state = reply.json.get("status") if reply.is_ok and isinstance(reply.json, dict) else None
        if reply.status == 404:
            state = "gone"
        if state == "finished":
            self._finished(batch, reply.json)
        elif isinstance(state, str) and state in (*IMPORT_ENDS, "gone"):
            message, hint = words.IMPORT_ENDS[str(state)]
            self.ledger.move(batch.number, "failed")
            self.reported(message.format(id=batch.import_id, rows=batch.rows), hint)
        else:
            self._odd(batch, reply, state)

    def _odd(self, batch: Batch, reply: Reply, state: object) -> None:
        """A state that is none of the known ones, many times on end. Raises KitError."""
        is_odd = not isinstance(state, str) or state not in UNDER_WAY
        odd = self._odds[batch.number] = self._odds.get(batch.number, 0) + 1 if is_odd else 0
        if odd >= ATTEMPTS:
            said = str(state)[:40] if state is not None else f"answer {reply.status}"
            message, hint = words.ODD_STATE
            raise self._failure(message.format(id=batch.import_id, said=said), hint)

    def _finished(self, batch: Batch, job: dict[str, Any]) -> None:
        """Acknowledge what was taken; what was refused comes back with its reason."""
        refused: dict[bytes, tuple[str, str]] = {}
        errors = _count(job.get("errors"))
        report = self.spool / f"report-{batch.import_id}.csv"
        if errors:
            url = str(job.get("errorReportFileUrl") or "")
            if url:
                self.api.fetch(url, report)
                refused = self._joined(report)
            if len(refused) < errors:
                self._unmatched(batch, report, errors)
                return
        self.ledger.acknowledge_batch(self.run, self.scope, batch.number, refused)
        for file in (report, self.spool / batch.path):
            file.unlink(missing_ok=True)

    def _unmatched(self, batch: Batch, report: Path, errors: int) -> None:
        file = self.ledger.path.parent / f"import-errors-{batch.import_id}.csv"
        message, hint = words.UNMATCHED
        if report.exists():
            report.replace(file)
        else:
            hint = words.NO_REPORT
        self.ledger.move(batch.number, "failed")
        self.reported(message.format(errors=errors, id=batch.import_id), hint.format(file=file.name))

    def _joined(self, report: Path) -> dict[bytes, tuple[str, str]]:
        """Key → reason and row, from an error report whose form the vendor does not describe."""
        with report.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            try:
                return self._by_key(file)
            except csv.Error:
                return {}

    def _by_key(self, file: TextIO) -> dict[bytes, tuple[str, str]]:
        first = file.readline(100_000)
        file.seek(0)
        reader = csv.DictReader(file, delimiter=max(",;\t", key=first.count))
        names = list(reader.fieldnames or ())
        reason = _reason_column(names)
        found = {}
        for each in reader:
            row = {name: cell or "" for name, cell in each.items() if isinstance(name, str)}
            key = next((row[name] for name in self.subject.keys if row.get(name)), "")
            key = key.lower() if "@" in key else key
            cells = {name: cell for name, cell in row.items() if name != reason and cell}
            if key and self.ledger.pending(digest(key)):
                said = masked(row.get(reason, "")) or "no reason given"
                found[digest(key)] = (said, json.dumps(cells, ensure_ascii=False))
        return found

    def _wait(self, seconds: float, why: str = "the API works on the imports") -> None:
        self.api.limiter.announce(seconds, masked(why))
        if self.api.limiter.stop.wait(seconds):
            raise Stopped


def _reason_column(names: list[str]) -> str:
    said = [name for name in names if any(word in name.lower() for word in ("error", "reason", "message"))]
    return (said or names or [""])[-1]


def is_id(number: object) -> bool:
    """Whether a text can be an import's id; it goes into paths and file names."""
    return isinstance(number, str) and re.fullmatch(r"[0-9A-Za-z_-]{1,64}", number) is not None


def _id(reply: Reply) -> str:
    """The new import's id; empty where the answer has none that can be."""
    number = reply.json.get("id") if isinstance(reply.json, dict) else None
    return number if isinstance(number, str) and is_id(number) else ""


def _count(errors: object) -> int:
    """How many rows failed; at least one where the answer makes no sense of it."""
    if isinstance(errors, int):
        return max(0, errors)
    return 0 if errors is None else 1


def _moment(text: object) -> float:
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except (ValueError, OverflowError):
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
