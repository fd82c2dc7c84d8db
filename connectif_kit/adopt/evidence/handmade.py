"""A hand-made integration: loaders, tags and `sendEvents` in pages and in script files.

The plan keeps what works: it takes the way to report that is there. What stays in the site and would
report a second time is named, with its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from connectif_kit.adopt.javascript import Call, Script
from connectif_kit.adopt.line import Line, counted, listed
from connectif_kit.adopt.site import Evidence, Site
from connectif_kit.page.integration import Integration
from connectif_kit.vocabulary import EVENTS, TAGS


class Parts(NamedTuple):
    """What a page has of an integration: how many loaders, which tags."""

    loaders: int
    idle: int
    tags: tuple[str, ...]


def look(there: Integration) -> Parts | None:
    """The integration's parts of a page; None where it has none."""
    tags = tuple(dict.fromkeys(use.tag.css_class for use in there.tags))
    parts = Parts(len(there.loaders), len(there.idle_loaders), tags)
    return parts if any(parts) else None


def sent(script: Script) -> Iterator[tuple[Call, dict[str, Any]]]:
    """Each event that a script sends by hand."""
    for call in script.calls:
        if call.name.endswith("sendEvents") and call.arguments:
            events = call.arguments[0] if isinstance(call.arguments[0], list) else []
            yield from ((call, event) for event in events if isinstance(event, dict))


def conclude(site: Site) -> Iterator[Line]:
    """The way to report, and what there is."""
    seen = list(site.saw(EVIDENCE.name))
    calls = [(script, call) for script in site.scripts for call in script.calls]
    by_hand = [script.at(call) for script, call in calls if call.name.endswith("sendEvents")]
    visitors = Counter(name for _, parts in seen for name in parts.tags if _is_visitors(name))
    if by_hand:
        yield Line(("integration", "activity"), "js-events", f"sendEvents by hand, {listed(by_hand, 2)}")
    elif visitors:
        name, times = visitors.most_common(1)[0]
        why = f"{name} is written on {counted(times, 'page')}"
        yield Line(("integration", "activity"), "server-tags", why)
    if any(page.ours for page in site.own()):
        yield Line(("found", "ours"), "what `inject` once wrote: it is renewed by the next `inject`")
    yield from _found(site, [parts for _, parts in seen])
    yield from _double(site)


def _is_visitors(name: str) -> bool:
    tag = TAGS.get(name)
    return bool(tag and tag.personal)


def _found(site: Site, parts: list[Parts]) -> Iterator[Line]:
    """What is said on the terminal: what is there, and what is missing."""
    if not parts:
        return
    total = sum(1 for _ in site.own())
    with_loader = sum(1 for each in parts if each.loaders)
    yield Line(("found", "loader"), f"a loader on {with_loader} of {counted(total, 'page')}")
    if idle := sum(1 for each in parts if each.idle and not each.loaders):
        yield Line(("found", "idle"), f"a loader that loads nothing on {counted(idle, 'page')}")
    tags = Counter(name for each in parts for name in each.tags)
    for name, times in tags.most_common():
        yield Line(("found", name), f"{name} on {counted(times, 'page')}: it stays")


def _double(site: Site) -> Iterator[Line]:
    """Events that are sent by hand: the plan leaves them to the site's own code."""
    for script in site.scripts:
        for call, event in sent(script):
            kind = event.get("type")
            if isinstance(kind, str):
                known = "" if kind in EVENTS else ", which is not an event of the platform"
                said = (
                    f"{script.at(call)} sends {kind} by hand{known}: take it out, or keep it out of `events:`"
                )
                yield Line(("found", f"{script.at(call)} {kind}"), said)


def by_hand(site: Site) -> dict[str, str]:
    """Event type → where it is sent by hand."""
    return {
        str(event.get("type")): script.at(call) for script in site.scripts for call, event in sent(script)
    }


EVIDENCE = Evidence("handmade", conclude, look, order=15)
