"""The plan as a map: page kinds × tags × events, and what this session has shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from connectif_kit.serve.promises import VISIT, expected_events, expected_tags

if TYPE_CHECKING:
    from connectif_kit.plan import Loaded

SEEN, VALID, MISSING, WAITING = "seen", "valid", "missing", "waiting"


def plan_map(
    loaded: Loaded, records: Iterable[Mapping[str, Any]], tags: Mapping[str, Mapping[str, bool]]
) -> dict[str, Any]:
    """Pages with their promises and what became of them; `tags` is page name → tag class → valid.

    `valid`: it came and is right; `seen`: it came and something in it is wrong; `missing`: the page was
    visited and it did not come; `waiting`: nobody has been there.
    """
    records = list(records)
    seen = _seen(records)
    paths = {record["page"]: record["path"] for record in reversed(records)}
    pages = [
        _page(loaded, name, seen.get(name), tags.get(name), paths.get(name)) for name in loaded.plan.pages
    ]
    events = [_event(loaded, name, seen) for name in loaded.plan.events]
    states = [one["state"] for page in pages for one in (*page["events"], *page["tags"])]
    states += [event["state"] for event in events]
    return {"pages": pages, "events": events, "kept": states.count(VALID), "all": len(states)}


def _seen(records: Iterable[Mapping[str, Any]]) -> dict[str | None, dict[str, bool]]:
    """Page name → event type → whether all of them were right; carts and contacts count as events."""
    found: dict[str | None, dict[str, bool]] = {}
    for record in records:
        types = found.setdefault(record["page"], {})
        for event in record["events"]:
            for name in (event["type"], own_name(event["event"])):
                types[name] = types.get(name, True) and event["valid"]
        for option in ("cart", "contact"):
            if record[option]:
                types[option] = types.get(option, True) and record[option]["valid"]
    return found


def _page(
    loaded: Loaded,
    name: str,
    seen: Mapping[str, bool] | None,
    tags: Mapping[str, bool] | None,
    path: str | None,
) -> dict[str, Any]:
    plan = loaded.plan
    return {
        "name": name,
        "kind": plan.kind_of(name),
        "match": plan.pages[name].match,
        "href": example_path(loaded, name) or path or "",
        "plan": str(loaded.place("pages", name)),
        "visited": seen is not None or tags is not None,
        "events": [{"name": e, "state": _state(e, seen)} for e in expected_events(plan, name)],
        "tags": [{"name": t, "state": _state(t, tags)} for t in expected_tags(plan, name)],
    }


def own_name(event: Mapping[str, Any]) -> str:
    """An event's type, and which of the store's own events it is: `custom product-like`."""
    return f"{event.get('type')} {event.get('eventAlias') or event.get('eventId') or ''}".strip()


def _state(name: str, seen: Mapping[str, bool] | None) -> str:
    if seen is None:
        return WAITING
    if name not in seen:
        return MISSING
    return VALID if seen[name] else SEEN


def _event(loaded: Loaded, name: str, seen: Mapping[str | None, Mapping[str, bool]]) -> dict[str, Any]:
    """One of the plan's own events: it happens when somebody does something, so it is never missing."""
    rule = loaded.plan.events[name]
    alias, id_ = (getattr(rule.given().get(key), "literal", "") for key in ("alias", "id"))
    wanted = own_name({"type": rule.send, "eventAlias": alias, "eventId": id_})
    came = [types[wanted] for types in seen.values() if wanted in types]
    state = WAITING if not came else VALID if all(came) else SEEN
    names = ", ".join(rule.on.names)
    return {
        "name": name,
        "send": rule.send,
        "on": f"{rule.on.kind} {names}".strip(),
        "state": state,
        "plan": str(loaded.place("events", name)),
    }


def example_path(loaded: Loaded, name: str) -> str:
    """An address of a page where the plan names one without wildcards."""
    base = loaded.plan.store.base
    plain = (glob for glob in loaded.plan.pages[name].match if "*" not in glob)
    path = next(plain, "")
    return base + path if path else ""


def missing_events(loaded: Loaded, name: str | None, came: Iterable[str]) -> list[str]:
    """What a page's kind promises and this page load has not sent."""
    there = set(came)
    return [e for e in expected_events(loaded.plan, name) if e not in there] if name else _visit(there)


def _visit(there: set[str]) -> list[str]:
    return [] if VISIT in there else [VISIT]
