"""Erasure requests, and looking at coupon sets: single calls outside any run."""

from __future__ import annotations

from typing import Any

from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.sync import error_messages as words
from connectif_kit.sync.api import Api, next_link, path_of, results
from connectif_kit.sync.ledger import Ledger, digest

MAX_PAGES = 1000


def contact(api: Api, ledger: Ledger, account: str, key: str) -> bool:
    """Erase a contact by email or external id; whether it was there. Its purchases stay."""
    how = "email" if "@" in key else "external-id"
    return _delete(api, ledger, f"{account} contacts", path_of("contacts", how, key), key, "Contacts: delete")


def purchase(api: Api, ledger: Ledger, account: str, key: str) -> bool:
    """Delete a purchase by the shop's id; whether it was there, as far as the API says."""
    path = path_of("purchases", "purchase-id", key)
    return _delete(api, ledger, f"{account} purchases", path, key, "Purchases: delete")


def _delete(api: Api, ledger: Ledger, scope: str, path: str, key: str, needs: str) -> bool:
    reply = api.call("DELETE", path, needs=needs)
    if not reply.is_ok and reply.status != 404:
        raise KitError.at(Place(api.base), "api-failure", *words.refusal(reply.status, reply.json, needs))
    ledger.forget(ledger.scope(scope), digest(key.lower() if "@" in key else key))
    return reply.is_ok


def coupon_sets(api: Api) -> list[dict[str, Any]]:
    """Every coupon set with its counters; they are up to ten seconds old."""
    found: list[dict[str, Any]] = []
    path: str = "/coupon-sets/"
    for _ in range(MAX_PAGES):
        if not path:
            break
        reply = api.call("GET", path, needs="Coupon sets: read")
        if not reply.is_ok or not isinstance(reply.json, dict):
            said = words.refusal(reply.status, reply.json, "Coupon sets: read")
            raise KitError.at(Place(api.base), "api-failure", *said)
        found += results(reply.json)
        path = api.next_path(next_link(reply.json))
    return found
