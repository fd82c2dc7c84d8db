"""The plan as a map: page kinds × tags × events, and what this session has shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from connectif_kit.preview.memory import SEEN, VALID, WAITING, PageMemory, causes, own_name, things, worst

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan


def plan_map(loaded: LoadedPlan, seen: Sequence[PageMemory]) -> dict[str, Any]:
    """Pages with their promises and what became of them.

    `valid`: it came and is right; `seen`: it came and something in it is wrong; `missing`: the page was
    visited and it did not come; `waiting`: not visited yet. A kind of page has the worst state of its pages.
    """
    pages = [_page(loaded, name, [page for page in seen if page.name == name]) for name in loaded.plan.pages]
    others = [faulty for page in seen if page.name is None and (faulty := _faulty(loaded, page))]
    events = [_event(loaded, name, seen) for name in loaded.plan.events]
    states = [one["state"] for page in pages for one in (*page["events"], *page["tags"])]
    states += [event["state"] for event in events]
    faults = sum(one["faults"] for page in pages for one in page["faulty"]) + sum(o["faults"] for o in others)
    return {
        "pages": pages,
        "others": others,
        "events": events,
        "kept": states.count(VALID),
        "all": len(states),
        "faults": faults,
    }


def _page(loaded: LoadedPlan, name: str, seen: list[PageMemory]) -> dict[str, Any]:
    plan = loaded.plan
    tags, events = things(plan, name)
    return {
        "name": name,
        "kind": plan.kind_of(name),
        "match": plan.pages[name].match,
        "href": example_path(loaded, name) or (seen[-1].path if seen else ""),
        "plan": str(loaded.place("pages", name)),
        "visited": len(seen),
        "events": [{"name": e, "state": worst(page.event_state(e) for page in seen)} for e in events],
        "tags": [{"name": t, "state": worst(page.tag_state(t) for page in seen)} for t in tags],
        "faulty": [faulty for page in seen if (faulty := _faulty(loaded, page))],
    }


def _faulty(loaded: LoadedPlan, page: PageMemory) -> dict[str, Any] | None:
    """A page with what is wrong with it; nothing where nothing is."""
    found = causes(loaded.plan, page)
    return {"path": page.path, "faults": len(found), "causes": found} if found else None


def _event(loaded: LoadedPlan, name: str, seen: Iterable[PageMemory]) -> dict[str, Any]:
    """One of the plan's own events: it happens when somebody does something, so it is never missing."""
    rule = loaded.plan.events[name]
    alias, id_ = (getattr(rule.given().get(key), "literal", "") for key in ("alias", "id"))
    wanted = own_name({"type": rule.send, "eventAlias": alias, "eventId": id_})
    came = [sent[wanted] for page in seen if wanted in (sent := page.sent)]
    state = WAITING if not came else VALID if all(came) else SEEN
    names = ", ".join(rule.on.names)
    return {
        "name": name,
        "send": rule.send,
        "on": f"{rule.on.kind} {names}".strip(),
        "state": state,
        "plan": str(loaded.place("events", name)),
    }


def example_path(loaded: LoadedPlan, name: str) -> str:
    """An address of a page where the plan names one without wildcards."""
    base = loaded.plan.store.base
    plain = (glob for glob in loaded.plan.pages[name].match if "*" not in glob)
    path = next(plain, "")
    return base + path if path else ""
