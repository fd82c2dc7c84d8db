"""Where scripts keep the cart and the visitor: localStorage, sessionStorage, cookies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from connectif_kit.adopt import words
from connectif_kit.adopt.javascript import CUT, Call
from connectif_kit.adopt.line import Line, listed
from connectif_kit.adopt.site import Evidence, Site

_STORES = re.compile(r"(?:localStorage|sessionStorage)\.(?:getItem|setItem)$")
_PROPERTY = re.compile(r"(?:localStorage|sessionStorage)\.([\w-]+)$")
_COOKIES = re.compile(r"(?:^|\.)(?:Cookies|\$cookies|cookies?|Cookie)\.(?:get|set|getJSON)$")
_LIBRARIES = re.compile(r"snipcart|shopify", re.IGNORECASE)
_FIELDS: dict[str, dict[str, Any]] = {
    "cart": {"cart_id": "id", "product_basket_item": "lines"},
    "contact": {"primary_key": "email", "_name": "first_name"},
}


class Kept(NamedTuple):
    """A key of a storage or a cookie, and where a script names it."""

    kind: str
    key: str
    where: str


def kept(site: Site) -> Iterator[Kept]:
    """Every key that a script reads or writes."""
    for script in site.scripts:
        for call in script.calls:
            if _STORES.search(call.name) and (key := call.text(0)):
                yield Kept("storage", key, script.at(call))
            elif _COOKIES.search(call.name) and (key := call.text(0)):
                yield Kept("cookie", key, script.at(call))
        for call in script.assignments:
            if found := _assigned(call):
                yield Kept(*found, script.at(call))


def _assigned(call: Call) -> tuple[str, str] | None:
    name = call.text(0).partition("=")[0].strip()
    if call.name.endswith("document.cookie"):
        return ("cookie", name) if name and CUT not in name else None
    found = _PROPERTY.search(call.name)
    return ("storage", found[1]) if found else None


def conclude(site: Site) -> Iterator[Line]:
    """A commented line for the cart, one for the visitor: which fields are in there, only you can see."""
    found = [each for each in kept(site) if CUT not in each.key and len(each.key) < 60]
    for what, pattern in (("cart", words.CART), ("contact", words.CONTACT)):
        of = [each for each in found if pattern.search(each.key) and not _LIBRARIES.search(each.key)]
        if what == "contact":
            of = [each for each in of if not words.CART.search(each.key)]
        if not of:
            continue
        first = of[0]
        places = listed(dict.fromkeys(each.where for each in of if each.key == first.key), 2)
        value = {first.kind: first.key, "fields": _FIELDS[what]}
        why = f"kept by {places}; fit the fields to what your browser shows under Application › {first.key}"
        yield Line((what,), value, why, sure=False)


EVIDENCE = Evidence("storage", conclude, order=70)
