"""What scripts push to the dataLayer, or send by `gtag`: GA4's events, and the shop's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from connectif_kit.adopt.evidence.handmade import by_hand
from connectif_kit.adopt.javascript import CUT
from connectif_kit.adopt.line import Line, listed
from connectif_kit.adopt.site import Evidence, Site
from connectif_kit.vocabulary import EVENTS

_GTM = re.compile(r"""['"]script['"]\s*,\s*['"]([A-Za-z_$][\w$]*)['"]\s*,\s*['"]GTM-""")
_PUSH = re.compile(r"(?:^|\.)(\w*[dD]ata_?[lL]ayer\w*)\.push$")
_CART = ("add_to_cart", "remove_from_cart")


def names(site: Site) -> dict[str, str]:
    """Event name → where it is pushed."""
    found: dict[str, str] = {}
    for script in site.scripts:
        for call in script.calls:
            name = ""
            if _PUSH.search(call.name) and call.arguments and isinstance(call.arguments[0], dict):
                name = str(call.arguments[0].get("event") or "")
            elif call.name.rpartition(".")[2] == "gtag" and call.text(0) == "event":
                name = call.text(1)
            if name and CUT not in name:
                found.setdefault(name, script.at(call))
    return found


def _layer(site: Site) -> tuple[str, str] | None:
    for script in site.scripts:
        if found := _GTM.search(script.code):
            return found[1], script.path
    return None


def conclude(site: Site) -> Iterator[Line]:
    """The dataLayer's name, and events that GA4's names tell."""
    layer = _layer(site)
    if layer and layer[0] != "dataLayer":
        yield Line(("integration", "data_layer_name"), layer[0], f"the GTM snippet in {layer[1]}")
    found, sent = names(site), by_hand(site)
    for event in EVENTS.values():
        if event.ga4 in found and event.ga4 in ("login", "sign_up"):
            value: dict[str, Any] = {"on": {"data_layer": event.ga4}, "send": event.type}
            why = f"{found[event.ga4]} pushes {event.ga4}; once `contact:` is planned"
            if event.type not in sent:
                yield Line(("events", event.type), value, why, sure=False)
    if cart := [name for name in _CART if name in found]:
        value = {"on": {"data_layer": cart}, "send": "cart"}
        why = f"{listed((found[name] for name in cart), 2)}; once `cart:` is planned"
        yield Line(("events", "cart-changed"), value, why, sure=False)


EVIDENCE = Evidence("data_layer", conclude, order=55)
