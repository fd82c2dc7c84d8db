"""Ids that are neither rules nor checks, by the room that prints them."""

from __future__ import annotations

from connectif_kit.explain import rooms
from connectif_kit.reference import markdown
from connectif_kit.reference.markdown import prose

ROOMS = {
    "core": "Any command",
    "plan": "Reading connectif.yaml",
    "catalog": "Products and the feed",
    "page": "Reading pages",
    "build": "build",
    "inject": "inject",
    "audit": "audit",
    "sync": "sync",
    "preview": "serve",
    "verify": "verify",
}


def page() -> str:
    """Every other id that is printed."""
    found = rooms()
    lines = markdown.head("Other ids that are printed", "*/faults.py")
    lines += [
        "Beside the [rules](../rules.md) of `audit` and the [checks](checks.md) of a plan, commands"
        " report what follows. `connectif-kit explain ID` shows the same in a terminal.",
        "",
    ]
    for room in sorted(found, key=lambda room: list(ROOMS).index(room) if room in ROOMS else len(ROOMS)):
        lines += [f"## {ROOMS.get(room, room)}", ""]
        for fault in found[room]:
            lines += [f"### {fault.name}", "", f"*{fault.severity}*", "", prose(fault.doc), ""]
            lines += [f"What to do: {prose(fault.remedy)}", ""]
    return markdown.page(lines)
