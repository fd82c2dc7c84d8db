"""What this session has shown of each page: the overview remembers it, the pill counts it, both by cause."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.preview.validation import expected_events, expected_tags
from connectif_kit.vocabulary import EVENTS, TAGS

if TYPE_CHECKING:
    from connectif_kit.plan.models import Plan

MAX_PAGES = 2_000
AT_ONCE = 100
MAX_SIGNS = 500
VALID, SEEN, MISSING, WAITING = "valid", "seen", "missing", "waiting"
WORST_FIRST = (MISSING, SEEN, VALID, WAITING)
OPTIONS = {"cart": "cn_cart", "contact": "cn_client_info"}
_TAG = re.compile(r"cn_[a-z_]+")
_DROPPED = re.compile(r"`(cn_\w+)` dropped: ")


@dataclass(slots=True)
class PageMemory:
    """One address's path: its newest report, and what its newest load has sent."""

    path: str
    name: str | None
    load: str = ""
    report: Mapping[str, Any] | None = None
    late: bool = False
    """Whether what has not come by now is missing."""
    noted: bool = False
    sent: dict[str, bool] = field(default_factory=dict)
    """Event type (and own event's name) → whether all of them were right; cart and contact, too."""
    signs: dict[tuple[str, str], None] = field(default_factory=dict)
    """What the requests show of faults, as (cause, what it says): each once, however many there are."""
    refused: dict[tuple[str, str], None] = field(default_factory=dict)
    """What the dispatcher has refused, likewise."""
    _cause: str = ""
    _last: int = 0

    def begin(self, load: str) -> None:
        """Another load of the page: what the last one has sent is over."""
        self.load, self.late, self.noted = load, False, False
        self.sent, self.signs, self.refused, self._cause, self._last = {}, {}, {}, "", 0

    def take(self, record: Mapping[str, Any]) -> None:
        """One request more: in as many steps as it has parts, whatever came before."""
        for event in record["events"]:
            for name in (event["type"], own_name(event["event"])):
                self.sent[name] = self.sent.get(name, True) and event["valid"]
        for option in OPTIONS:
            if record[option]:
                self.sent[option] = self.sent.get(option, True) and record[option]["valid"]
        if len(self.signs) < MAX_SIGNS:
            self.signs.update(dict.fromkeys(_record_signs(record)))
        if len(self.refused) < MAX_SIGNS:
            self.refused.update(dict.fromkeys(self._refusals(record)))

    def _refusals(self, record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """What the dispatcher says in one go has one cause, the first."""
        for note in record["notes"]:
            if note["level"] == "refused":
                self._cause = self._cause if record["at"] - self._last < AT_ONCE else note["message"]
                self._last = record["at"]
                yield self._cause, note["message"]

    def event_state(self, name: str) -> str:
        """How an event of the plan stands on this page."""
        if name in self.sent:
            return VALID if self.sent[name] else SEEN
        return MISSING if self.late else WAITING

    def tag_state(self, name: str) -> str:
        """How a tag of the plan stands on this page."""
        if self.report is None:
            return WAITING
        if name not in self.report["valid"]:
            return MISSING
        return VALID if self.report["valid"][name] else SEEN


class RunCache:
    """All pages that were seen, by path; a fault stays until this very page was seen without it."""

    def __init__(self) -> None:
        self._pages: dict[str, PageMemory] = {}
        self._lock = threading.Lock()

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._pages.clear()

    def pages(self) -> list[PageMemory]:
        """What is remembered, in the order in which it was first seen."""
        with self._lock:
            return list(self._pages.values())

    def take_report(self, path: str, load: str, report: Mapping[str, Any], *, late: bool) -> PageMemory:
        """Remember what the page in view holds."""
        page = self._page(path, report["name"], load)
        page.report, page.late = report, late or page.late
        return page

    def take_record(self, record: Mapping[str, Any]) -> PageMemory | None:
        """Remember what a page has sent; nothing where no load of a page has sent it."""
        if not record["load"]:
            return None
        page = self._page(record["path"].partition("?")[0], record["page"], record["load"])
        page.take(record)
        return page

    def _page(self, path: str, name: str | None, load: str) -> PageMemory:
        with self._lock:
            page = self._pages.get(path)
            if page is None:
                if len(self._pages) >= MAX_PAGES:
                    self._pages.pop(next(iter(self._pages)))
                page = self._pages[path] = PageMemory(path, name)
            if load and page.load != load:
                page.begin(load)
            return page


def own_name(event: Mapping[str, Any]) -> str:
    """An event's type, and which of the store's own events it is: `custom product-like`."""
    return f"{event.get('type')} {event.get('eventAlias') or event.get('eventId') or ''}".strip()


def worst(states: Iterable[str]) -> str:
    """The worst of several states."""
    found = set(states)
    return next((state for state in WORST_FIRST if state in found), WAITING)


def causes(plan: Plan, page: PageMemory) -> list[dict[str, Any]]:
    """What is wrong with a page, one entry for each cause, with everything that shows it.

    A wrong price in a tag is one fault, although the audit, the live tag and the dropped event all say so.
    """
    found: dict[str, dict[str, None]] = {}
    for cause, text in _signs(plan, page):
        found.setdefault(cause, {})[text] = None
    return [{"cause": cause, "signs": [*signs]} for cause, signs in found.items()]


def _signs(plan: Plan, page: PageMemory) -> Iterator[tuple[str, str]]:
    """Every sign of a fault, as (cause, what it says)."""
    if page.report:
        yield from _report_signs(page.report)
    yield from page.signs
    yield from page.refused
    if page.late and not plan.ignored(unquote(page.path)):
        for name in expected_events(plan, page.name):
            if name not in page.sent:
                yield _event_cause(name), say("{name} was not sent", name=name)


def _report_signs(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for tag in report["tags"]:
        for verdict in tag["values"]:
            if verdict["expected"]:
                at = verdict["path"] or "text"
                yield (
                    tag["name"],
                    say(
                        "{name}: {path}: expected {expected}",
                        name=tag["name"],
                        path=at,
                        expected=verdict["expected"],
                    ),
                )
    for name in report["absent"]:
        yield name, say("{name} is missing: the plan requires it", name=name)
    for finding in report["findings"]:
        if finding["severity"] != "notice":
            yield _finding_cause(finding), finding["rule"] + ": " + finding["message"]


def _finding_cause(finding: Mapping[str, Any]) -> str:
    """The tag that a finding is about, or its rule."""
    named = _TAG.findall(f"{finding['message']} {finding['element']}")
    return next((name for name in named if name in TAGS), str(finding["rule"]))


def _record_signs(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for event in record["events"]:
        for verdict in event["verdicts"]:
            if verdict["expected"]:
                yield (
                    _event_cause(event["type"]),
                    say(
                        "{name}: {path}: expected {expected}",
                        name=event["type"],
                        path=verdict["path"],
                        expected=verdict["expected"],
                    ),
                )
    for option, tag in OPTIONS.items():
        for verdict in (record[option] or {}).get("verdicts", ()):
            if verdict["expected"]:
                yield (
                    tag,
                    say(
                        "{name}: {path}: expected {expected}",
                        name=option,
                        path=verdict["path"],
                        expected=verdict["expected"],
                    ),
                )
    for note in record["notes"]:
        if note["level"] == "error":
            yield _note_cause(note["message"]), note["message"]


def _event_cause(name: str) -> str:
    """An event that reports a tag shares the tag's cause."""
    event = EVENTS.get(name)
    return (event.tag if event else None) or name


def _note_cause(message: str) -> str:
    dropped = _DROPPED.match(message)
    tag = dropped[1] if dropped else ""
    return tag if tag in TAGS else message


def visitors(records: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Who came: the contact and the cart of each browser, as the platform would know them by now."""
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        if not record["visitor"]:
            continue
        known = found.setdefault(
            record["visitor"], {"visitor": record["visitor"], "contact": None, "cart": None}
        )
        known["requests"] = known.get("requests", 0) + 1
        for option in OPTIONS:
            known[option] = record[option] or known[option]
    return list(found.values())


def things(plan: Plan, name: str) -> tuple[list[str], list[str]]:
    """The tags and the events that a page of the plan must show."""
    return expected_tags(plan, name), expected_events(plan, name)
