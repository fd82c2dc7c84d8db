"""The plan of a sync: which rows are new, which way they go, what it costs; nothing is sent."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from connectif_kit.core import mask
from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.sync.items import Item, Rejected
from connectif_kit.sync.ledger import PENDING, UNCHANGED, Batch, Ledger, digest
from connectif_kit.sync.rejected import kept
from connectif_kit.sync.spool import Part, Spool, csv_line
from connectif_kit.sync.subjects import Subject

CHUNK = 1000
CALLS_PER_FILE = 5
"""Posting, some polls, the report: what one import costs of the budget."""
CALLS_PER_RUN = 2
SHOWN = 20


@dataclass(slots=True)
class Plan:
    """What a sync would do; `changes` shows its first rows, personal data made unreadable."""

    subject: str
    counts: Counter[str] = field(default_factory=Counter)
    files: int = 0
    single: int = 0
    size: int = 0
    per_minute: int = 100
    changes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows that are to be sent."""
        return self.counts["new"] + self.counts["changed"]

    @property
    def calls(self) -> int:
        """Calls of the API that it takes, about."""
        return self.single + (CALLS_PER_RUN + self.files * CALLS_PER_FILE if self.files else 0)

    @property
    def minutes(self) -> float:
        """How long the calls take at the rate limit."""
        return self.calls / self.per_minute


class PlannedRow(NamedTuple):
    """A checked row with what the ledger knows it by."""

    item: Item
    key: bytes
    hash: bytes
    columns: tuple[str, ...]
    line: str
    seq: int


class Known(NamedTuple):
    """A checked row, whether the API has it, and the file it goes into, if any."""

    ready: PlannedRow
    state: str
    part: Part | None


@dataclass(slots=True)
class Preparation:
    """Rows go in, a plan, spooled files and the ledger's own lists come out; inside its transaction."""

    subject: Subject
    ledger: Ledger
    spool: Spool
    scope: int
    way: str = "auto"
    limit: int | None = None
    plan: Plan = field(init=False)
    _has_sent: bool = field(init=False)
    _room: int = field(init=False)
    _headers: dict[tuple[str, ...], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.plan = Plan(self.subject.name)
        self._room = self.limit or 0
        found = self.ledger.db.execute("SELECT 1 FROM sent WHERE scope = ? LIMIT 1", (self.scope,))
        self._has_sent = found.fetchone() is not None

    def take(self, items: Iterable[Item | Rejected]) -> Plan:
        """Everything, in one go. Raises KitError and OSError."""
        numbered = enumerate(items, 1)
        while chunk := list(islice(numbered, CHUNK)):
            self._chunk(chunk)
        self.spool.flush(sync=True)
        for part in self.spool.parts:
            if part.rows:
                self._batch(part)
        if self._has_sent and not self.limit:
            self.plan.counts["gone"] = self._gone()
        return self.plan

    def _gone(self) -> int:
        """How many rows the API holds from earlier runs that the source no longer has."""
        ask = "SELECT count(*) FROM sent WHERE scope = ? AND key NOT IN (SELECT key FROM items)"
        return int(self.ledger.db.execute(ask, (self.scope,)).fetchone()[0])

    def _batch(self, part: Part) -> None:
        """Whichever way is cheaper for this file."""
        cheap = part.rows <= CALLS_PER_FILE and self.subject.calls and self.way == "auto"
        how = "calls" if cheap or self.way == "calls" or not self.subject.imports else "import"
        self.ledger.add_batch(Batch(part.number, part.path.name, how, part.rows, "ready"))
        self.plan.files += how == "import"
        self.plan.single += part.rows if how == "calls" else 0
        self.plan.size += part.size if how == "import" else 0

    def _chunk(self, chunk: list[tuple[int, Item | Rejected]]) -> None:
        self.plan.counts["rows"] += len(chunk)
        known: list[Known] = []
        for seq, each in chunk:
            if isinstance(each, Rejected):
                self._reject(seq, each)
            else:
                ready = self._ready(seq, each)
                if not ready.line.isascii() and _SURROGATE.search(ready.line):
                    self._reject(seq, Rejected(each.row, HALF))
                    continue
                state = self._state(ready) if self._has_sent else "new"
                if state == "changed" and self.subject.name == "purchases":
                    self._reject(seq, Rejected(each.row, CHANGED_PURCHASE))
                elif self._fits(state):
                    part = self.spool.place(ready.columns, ready.line) if state != "unchanged" else None
                    known.append(Known(ready, state, part))
        self._keep(known)

    def _fits(self, state: str) -> bool:
        """Whether the limit of rows leaves room for one more."""
        if not self.limit or state == "unchanged":
            return True
        self._room -= 1
        self.plan.counts["later"] += self._room < 0
        return self._room >= 0

    def _keep(self, known: list[Known]) -> None:
        """Into the ledger's list and the files; a key that came before is turned away."""
        values = [
            (
                each.ready.key,
                each.ready.hash,
                each.part.number if each.part else 0,
                each.ready.seq,
                PENDING if each.part else UNCHANGED,
            )
            for each in known
        ]
        self._alias(known)
        done = self.ledger.db.executemany("INSERT OR IGNORE INTO items VALUES (?, ?, ?, ?, ?)", values)
        if done.rowcount != len(known):
            known = [each for each in known if self._is_first(each.ready)]
        self.plan.counts.update(each.state for each in known)
        for each in known:
            if each.part:
                self.spool.add(each.part, each.ready.line)
                if len(self.plan.changes) < SHOWN:
                    self.plan.changes.append(self._shown(each))

    def _alias(self, known: list[Known]) -> None:
        """Emails of contacts that are kept under another key, so that an erasure finds them."""
        rows = [(each.ready.key, each.ready.item.cells) for each in known]
        pairs = [(key, cells.get("_email", "").lower()) for key, cells in rows if "_externalId" in cells]
        values = [(self.scope, email, key) for key, text in pairs if text and (email := digest(text))]
        self.ledger.db.executemany("INSERT OR IGNORE INTO aliases VALUES (?, ?, ?)", values)

    def _ready(self, seq: int, item: Item) -> PlannedRow:
        name = item.key.lower() if "@" in item.key else item.key
        if item.body:
            line = f"{json.dumps([item.key, item.body], ensure_ascii=False)}\n"
            return PlannedRow(item, digest(name), digest(item.body), (), line, seq)
        columns, line = tuple(item.cells), csv_line(tuple(item.cells.values()))
        header = self._headers.get(columns) or self._headers.setdefault(columns, csv_line(columns))
        return PlannedRow(item, digest(name), digest(header + line), columns, line, seq)

    def _state(self, ready: PlannedRow) -> str:
        """Whether the API holds this row, and in this form."""
        ask = "SELECT hash FROM sent WHERE scope = ? AND key = ?"
        found = self.ledger.db.execute(ask, (self.scope, ready.key)).fetchone()
        return "new" if found is None else "unchanged" if found[0] == ready.hash else "changed"

    def _shown(self, each: Known) -> str:
        place, key = each.ready.item.row.place, each.ready.item.key
        shown = mask.masked(key) if "@" in key else mask.hidden(key) if self.subject.personal else key
        return f"{place.path}:{place.line}  {each.state}  {shown}"

    def _is_first(self, ready: PlannedRow) -> bool:
        ask = "SELECT seq, hash FROM items WHERE key = ?"
        seq, content = self.ledger.db.execute(ask, (ready.key,)).fetchone()
        if seq == ready.seq:
            return True
        if content == ready.hash:
            self.plan.counts["repeated"] += 1
        else:
            self._reject(ready.seq, Rejected(ready.item.row, REPEATED))
        return False

    def _reject(self, seq: int, rejected: Rejected) -> None:
        self.plan.counts["rejected"] += 1
        data = json.dumps(rejected.row.origin or rejected.row.data, default=str)
        error = kept(rejected.error)
        self.ledger.db.execute(
            "INSERT OR REPLACE INTO rejected (seq, line, data, error, whole) VALUES (?, ?, ?, ?, 1)",
            (seq, rejected.row.place.line, data, error),
        )


_SURROGATE = re.compile("[\ud800-\udfff]")
HALF = say("half a character (a lone surrogate such as \\ud800) is in it")
REPEATED = say("the same key is in the file already, with other values")
CHANGED_PURCHASE = say(
    "this purchase was sent with other values; the API cannot change one: delete it, then send it"
)


def spooled_bodies(path: Path) -> Iterator[tuple[str, str]]:
    """Keys and bodies of a spooled file of single calls."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            key, body = json.loads(line)
            yield key, body
