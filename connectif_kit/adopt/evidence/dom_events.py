"""Events of the page's own, `new CustomEvent("user:login")`: the best moment to report what went well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from connectif_kit.adopt.javascript import CUT
from connectif_kit.adopt.line import Line
from connectif_kit.adopt.site import Evidence, Site

_EVENT = re.compile(r"(?:^|\.)(?:CustomEvent|createEvent|emit)$")
_MEANT: tuple[tuple[re.Pattern[str], str, dict[str, Any], str], ...] = (
    (
        re.compile(r"log-?in|signed-?in|sign-?in", re.IGNORECASE),
        "login",
        {"send": "login", "contact": {"detail": "", "fields": {"primary_key": "email"}}},
        "fit the fields to its `detail`",
    ),
    (
        re.compile(r"regist|sign-?up|signed-?up", re.IGNORECASE),
        "register",
        {"send": "register", "contact": {"detail": "", "fields": {"primary_key": "email"}}},
        "fit the fields to its `detail`",
    ),
    (
        re.compile(r"cart|basket|carrito|panier|carrello|carrinho", re.IGNORECASE),
        "cart-changed",
        {"send": "cart"},
        "once `cart:` is planned",
    ),
)


def conclude(site: Site) -> Iterator[Line]:
    """A commented line for each event whose name says what happens."""
    for script in site.scripts:
        for call in script.calls:
            name = call.text(0)
            if not (_EVENT.search(call.name) and name) or CUT in name or len(name) > 60:
                continue
            for pattern, at, value, note in _MEANT:
                if pattern.search(name):
                    why = f"{script.at(call)} makes it; {note}"
                    yield Line(("events", at), {"on": {"event": name}, **value}, why, sure=False)
                    break


EVIDENCE = Evidence("dom_events", conclude, order=52)
