"""Consent managers: what must hold before anything loads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from connectif_kit.adopt.line import Line, counted
from connectif_kit.adopt.site import Evidence, Site
from connectif_kit.page.integration import Integration


class Manager(NamedTuple):
    """A consent manager: its name, its sign in a page, and the plan's `consent:` that fits it."""

    name: str
    sign: re.Pattern[str]
    consent: dict[str, Any]
    note: str = "check which of its purposes covers marketing"


_MANAGERS = (
    Manager(
        "Cookiebot",
        re.compile(r"consent\.cookiebot\.(?:com|eu)|id=[\"']?Cookiebot\b", re.IGNORECASE),
        {"global": "Cookiebot.consent.marketing"},
    ),
    Manager(
        "OneTrust",
        re.compile(r"otSDKStub|cdn\.cookielaw\.org|optanon", re.IGNORECASE),
        {"global": "OnetrustActiveGroups", "value": "C0004"},
        "C0004 is targeting, unless your groups were renamed",
    ),
    Manager(
        "Klaro",
        re.compile(r"klaro(?:\.min|-no-css)?\.js|klaroConfig"),
        {"cookie": "klaro", "path": "connectif"},
        "add a service called connectif to klaroConfig",
    ),
    Manager(
        "vanilla-cookieconsent",
        re.compile(r"cookieconsent(?:\.umd|\.esm)?(?:\.min)?\.js|CookieConsent\.run"),
        {"cookie": "cc_cookie", "path": "categories", "value": "marketing"},
        "put the name of your category in place of marketing",
    ),
    Manager("Usercentrics", re.compile(r"usercentrics\.eu|uc-settings"), {"google": ["ad_storage"]}),
    Manager("Didomi", re.compile(r"sdk\.privacy-center\.org|didomi"), {"google": ["ad_storage"]}),
    Manager("iubenda", re.compile(r"iubenda_cs|cdn\.iubenda\.com/cs"), {"google": ["ad_storage"]}),
    Manager("CookieYes", re.compile(r"cdn-cookieyes\.com"), {"google": ["ad_storage"]}),
    Manager("Osano", re.compile(r"cmp\.osano\.com"), {"google": ["ad_storage"]}),
    Manager("tarteaucitron", re.compile(r"tarteaucitron"), {"google": ["ad_storage"]}),
    Manager("Termly", re.compile(r"app\.termly\.io"), {"google": ["ad_storage"]}),
)


def look(there: Integration) -> str:
    """The manager that a page's scripts bring."""
    said = [node.attributes.get("src", "") + " " + node.attributes.get("id", "") for node in there.scripts]
    said += [node.text for node in there.inline_code]
    return next((m.name for m in _MANAGERS if any(m.sign.search(text) for text in said)), "")


def conclude(site: Site) -> Iterator[Line]:
    """A commented line: whose purposes are called what, only the shop knows."""
    seen = Counter(name for _, name in site.saw(EVIDENCE.name))
    manager = next((m for m in _MANAGERS if seen and m.name == seen.most_common(1)[0][0]), None)
    if manager:
        why = f"{manager.name} on {counted(seen[manager.name], 'page')}; {manager.note}"
        yield Line(("integration", "consent"), manager.consent, why, sure=False)
        return
    for script in site.scripts:
        for call in script.calls:
            if call.name.rpartition(".")[2] == "gtag" and call.text(0) == "consent":
                value = {"google": ["ad_storage", "ad_user_data"]}
                why = f"{script.at(call)} speaks Google's Consent Mode"
                yield Line(("integration", "consent"), value, why, sure=False)
                return


EVIDENCE = Evidence("consent", conclude, look, order=80)
