"""What the API's refusals mean, in words for the person who reads them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectif_kit.core.mask import masked

Words = tuple[str, str]
"""Message and hint."""

FATAL = (401, 403)
KEYS = "Store settings › API and IP access"

_CODES: dict[str, Words] = {
    "E0101": (
        "E0101: the contact of this purchase does not exist",
        "give contactEmail or contactExternalId of a contact that is synced",
    ),
    "E0102": (
        "E0102: products of this purchase are not in the catalogue",
        "sync these products first: {products}",
    ),
    "E0103": (
        "E0103: products of this purchase have an address outside the authorised domains: {products}",
        "authorised are {domains} (Store settings › Channels › Web)",
    ),
    "E0201": (
        "E0201: the product's address lies outside the authorised domains",
        "authorised are {domains} (Store settings › Channels › Web)",
    ),
    "E0301": ("E0301: 5 exports are queued already", "wait until one ends, or delete one"),
    "E0401": ("E0401: 10 imports are queued already", "wait until one ends; the kit does so by itself"),
    "E0501": ("E0501: the contact of this event does not exist", "sync the contact first"),
}

_STATUSES: dict[int, Words] = {
    400: ("the API could not read the request: {detail}", ""),
    401: (
        "the API does not accept the key",
        f"make one in {KEYS} and set CONNECTIF_API_KEY to what its copy button gives",
    ),
    403: (
        "the key lacks a permission for this, or the account is blocked: {detail}",
        f"give the key what it needs in {KEYS}: {{needs}}",
    ),
    404: ("the API knows nothing of it: {detail}", ""),
    405: ("the API does not do that here: {detail}", ""),
    409: ("it is there already: {detail}", ""),
    413: ("the file is larger than the API takes", "make it smaller with --file-size"),
    415: (
        "the API does not take this form of body: {detail}",
        "this is a bug in connectif-kit, please report it",
    ),
    422: ("the API refuses the values: {faults}", ""),
    429: (
        "the API's budget is used up, and stays so",
        "another integration of the account may be spending it; run the same command later to go on",
    ),
    500: (
        "the API fails: {status} {detail}",
        "everything that it has acknowledged is noted; run the same command later to go on",
    ),
}

NO_ANSWER: Words = (
    "the API does not answer: {detail}",
    "check the network; run the same command later to go on",
)

IMPORT_ENDS: dict[str, Words] = {
    "error": (
        "the API gave up on the import {id}: none of its {rows} rows counts as sent",
        "run the same command again; if it happens again, ask the vendor what is wrong with this import",
    ),
    "cancelled": (
        "the import {id} was cancelled in the app: none of its {rows} rows counts as sent",
        "run the same command again to send them",
    ),
    "gone": (
        "the import {id} is no longer there: none of its {rows} rows counts as sent",
        "run the same command again to send them",
    ),
}

NO_IMPORT: Words = (
    "the API took no import, {tries} times on end: {said}",
    "run the same command later to go on",
)

NO_ID: Words = (
    "the API has taken an import of {rows} rows, but gives no id for it: it is not posted again",
    "look in the app whether it has arrived; the same command goes on with what is left",
)

ODD_STATE: Words = (
    "the API says nothing known of the import {id}: {said}",
    "look at it in the app; run the same command later to go on, or --no-resume to drop it",
)

NO_REPORT = "it has no report either: look at the import in the app"

UNMATCHED: Words = (
    "the API refused {errors} rows of the import {id} and does not say which",
    "its own report is in {file}",
)


def refusal(status: int, body: Any, needs: str = "") -> Words:
    """Message and hint for an error reply, personal data made unreadable."""
    known = body if isinstance(body, Mapping) else {}
    code = str(known.get("code", ""))
    message, hint = _CODES.get(code) or _STATUSES.get(status) or _STATUSES[500 if status >= 500 else 400]
    facts = {
        "status": status,
        "detail": known.get("detail") or known.get("title") or "no reason given",
        "faults": faults(known) or known.get("detail") or "no reason given",
        "products": _listed(known.get("productIds") or known.get("productsId")),
        "domains": _listed(known.get("allowedDomains")),
        "needs": needs or "read and write",
    }
    return masked(message.format(**facts)), masked(hint.format(**facts))


def faults(body: Mapping[str, Any]) -> str:
    """`_points: Value is not valid; …` from `validationErrors`."""
    errors = body.get("validationErrors")
    named = [each for each in errors if isinstance(each, Mapping)] if isinstance(errors, list) else []
    return "; ".join(f"{each.get('name') or each.get('path')}: {each.get('reason')}" for each in named)


def _listed(names: Any) -> str:
    return ", ".join(map(str, names[:10])) if isinstance(names, list) and names else "not said"
