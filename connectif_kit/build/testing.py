"""What a shop's own end-to-end tests need of the plan: the stand-in, and what watches the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from connectif_kit.build.client_facts import facts
from connectif_kit.vocabulary import ENTITIES, EVENTS
from connectif_kit.vocabulary.platform import CDN_HOST, CLIENT_FOLDER, api_of

if TYPE_CHECKING:
    from connectif_kit.plan.models import Plan

VENDOR_HOST = CDN_HOST.partition(".")[2]


def client_context(plan: Plan) -> dict[str, Any]:
    """What `verify/client.js.j2`, the stand-in for the vendor's client, is rendered with."""
    base = f"{api_of(plan.store.environment)}/connectif-kit"
    return {"facts": facts(plan), "preview": {"base": base, "token": "verify", "load": ""}}


def watch_context(plan: Plan, *, simulate_consent: bool = False, workers: bool = True) -> dict[str, Any]:
    """What `verify/watch.js.j2` is rendered with: it runs in every document before its own scripts."""
    rules = [rule for rule in plan.events.values() if rule.on.kind == "event"]
    consent = plan.integration.consent if simulate_consent else None
    watched = {
        "events": sorted({name for rule in rules for name in rule.on.names}),
        "layer": plan.integration.data_layer_name,
        "blocking": not workers,
        "consent": consent.model_dump(by_alias=True, exclude_none=True) if consent else None,
    }
    return {"watched": watched}


def client_names() -> dict[str, list[str]]:
    """A property's name in the plan → what the client calls it, wherever that differs."""
    found: dict[str, set[str]] = {}
    known = [*(one.fields for one in ENTITIES.values()), *(one.fields for one in EVENTS.values())]
    for field in (field for fields in known for field in fields):
        if field.html and field.js and field.js != field.html:
            found.setdefault(field.html, set()).add(field.js)
    return {name: sorted(names) for name, names in sorted(found.items())}


def testing_context(plan: Plan) -> dict[str, Any]:
    """What `playwright.mjs` is rendered with."""
    given = {"vendor": VENDOR_HOST, "cdn": CDN_HOST, "client_folder": CLIENT_FOLDER, "names": client_names()}
    return {**client_context(plan), **watch_context(plan), "testing": given}
