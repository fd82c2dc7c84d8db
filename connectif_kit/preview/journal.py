"""The local collector's memory: what the pages sent, each record held against the plan."""

from __future__ import annotations

import json
import math
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.preview import validation as promises
from connectif_kit.preview.notes import notes

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan

FORMAT = 1
MAX_RECORDS = 5_000
MAX_BODY = 1_000_000
MAX_EVENTS = 200
MAX_DEPTH = 200
MAX_IMPORT = 50_000_000


class MalformedError(ValueError):
    """A request to the collector that is not what the stand-in sends."""


@dataclass(slots=True)
class Journal:
    """Records in the order of their arrival; the oldest give way."""

    records: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=MAX_RECORDS))
    number: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, data: bytes, loaded: LoadedPlan) -> dict[str, Any]:
        """Keep what a page sent; gives the record. Raises MalformedError."""
        record = record_of(data, loaded)
        with self.lock:
            self.number += 1
            record["n"] = self.number
            self.records.append(record)
        return record

    def take(self, data: bytes, loaded: LoadedPlan) -> list[dict[str, Any]]:
        """Put an exported session in the place of this one, each request judged again by this plan.

        Raises MalformedError; then everything stays as it was.
        """
        given = parsed(data)
        found = given.get("records") if isinstance(given, dict) else None
        if not isinstance(found, list) or given.get("format") != FORMAT:
            raise MalformedError(say("this is not a session of format {format}", format=FORMAT))
        made = [record_of(json.dumps(one).encode(), loaded) for one in found[-MAX_RECORDS:]]
        with self.lock:
            self.records.clear()
            for record in made:
                self.number += 1
                record["n"] = self.number
                self.records.append(record)
        return made

    def clear(self) -> None:
        """Forget everything; numbers go on."""
        with self.lock:
            self.records.clear()

    def session(self, loaded: LoadedPlan, last: int = MAX_RECORDS) -> dict[str, Any]:
        """Everything, or the last requests, as `serve --record` writes and `verify` reads it."""
        store = loaded.plan.store
        with self.lock:
            return {
                "format": FORMAT,
                "store": {"id": store.id, "environment": store.environment, "url": store.url},
                "records": list(self.records)[-last:],
            }


def record_of(data: bytes, loaded: LoadedPlan) -> dict[str, Any]:
    """A request of the stand-in with its verdicts. Raises MalformedError."""
    given = parsed(data)
    if not isinstance(given, dict):
        raise MalformedError(say("no object"))
    body = given.get("body")
    if body is not None and not isinstance(body, dict):
        raise MalformedError(say("`body` is not an object"))
    path = _path(given.get("path"))
    name = loaded.plan.page_of(path.partition("#")[0].partition("?")[0])
    return {
        "n": 0,
        "at": _number(given.get("at")) or round(time.time() * 1000),
        "load": str(given.get("load", ""))[:40],
        "visitor": str(given.get("visitor", ""))[:40],
        "path": path,
        "page": name,
        "notes": notes(given.get("notes")),
        "body": body,
        "events": _events(body, name, loaded) if body else [],
        "cart": _option(body, "cart", "cart"),
        "contact": _option(body, "entityInfo", "contact"),
    }


def parsed(data: bytes) -> Any:
    """JSON as it can be written again: no half characters, no infinite numbers. Raises MalformedError."""
    try:
        return _clean(json.loads(data), 0)
    except (ValueError, RecursionError) as error:
        raise MalformedError(say("no JSON")) from error


def _clean(value: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise MalformedError(say("nested too deeply"))
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [_clean(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {_clean(key, depth + 1): _clean(item, depth + 1) for key, item in value.items()}
    return value


def _path(value: Any) -> str:
    path = str(value or "/")[:2000]
    return path if path.startswith("/") else "/"


def _number(value: Any) -> int:
    return int(value) if isinstance(value, int | float) and abs(value) < 1e15 else 0


def _events(body: Mapping[str, Any], name: str | None, loaded: LoadedPlan) -> list[dict[str, Any]]:
    """Every event of a request with its verdicts and the plan's line."""
    given = body.get("events")
    events = given[:MAX_EVENTS] if isinstance(given, list) else []
    found = []
    for event in events:
        if not isinstance(event, Mapping):
            raise MalformedError(say("an event is not an object"))
        verdicts = promises.event_verdicts(event)
        type_ = str(event.get("type"))
        if type_ in ("login", "register") and not _primary_key(body):
            hint = say("send it with `entityInfo.primaryKey`")
            verdicts.append(promises.Verdict("entityInfo.primaryKey", None, "email", say("who it is"), hint))
        found.append(
            {
                "type": type_,
                "event": dict(event),
                "verdicts": [verdict.json() for verdict in verdicts],
                "valid": not any(verdict.expected for verdict in verdicts),
                "plan": promises.plan_line(loaded, name, type_),
                "article": promises.about(type_),
            }
        )
    return found


def _primary_key(body: Mapping[str, Any]) -> bool:
    contact = body.get("entityInfo")
    return isinstance(contact, Mapping) and bool(contact.get("primaryKey"))


def _option(body: Mapping[str, Any] | None, key: str, entity: str) -> dict[str, Any] | None:
    value = (body or {}).get(key)
    if not isinstance(value, Mapping) or not set(value) - {"trackerId"}:
        return None
    if key == "entityInfo" and not any(item for name, item in value.items() if name != "trackerId"):
        return None  # an anonymous visitor
    verdicts = [verdict.json() for verdict in promises.entity_verdicts(entity, value)]
    return {
        "value": dict(value),
        "verdicts": verdicts,
        "valid": not any(v["expected"] for v in verdicts),
    }
