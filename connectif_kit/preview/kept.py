"""Requests that would have left this machine for the vendor: what was asked, and from which page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from connectif_kit.core.messages import Message, say
from connectif_kit.preview.addresses import absolute
from connectif_kit.preview.journal import MalformedError, parsed
from connectif_kit.preview.notes import note

MAX_ADDRESS = 300


def kept_back(host: str, path: str, page: str) -> bytes:
    """A record of a request that was led here instead; `page` is the address of the page that asked."""
    address = f"https://{host}/{path}"[:MAX_ADDRESS]
    return _record(page, say("kept on this machine: a request for {address}", address=address))


def refused(data: bytes) -> bytes | None:
    """A record of a browser's report on the policy; nothing where it concerns no other host.

    Raises MalformedError.
    """
    given = parsed(data)
    report = given.get("csp-report") if isinstance(given, Mapping) else None
    if not isinstance(report, Mapping):
        raise MalformedError("no `csp-report`")
    address = str(report.get("blocked-uri", ""))
    found = absolute(address)
    if found is None:
        return None
    what = str(report.get("effective-directive") or report.get("violated-directive") or "")[:40]
    return _record(
        str(report.get("document-uri", "")), _said(address[:MAX_ADDRESS], what, vendor=found.is_vendor)
    )


def _said(address: str, what: str, *, vendor: bool) -> Message:
    if vendor:
        return say("blocked: a request to the vendor ({what}) for {address}", what=what, address=address)
    return say(
        "blocked by the preview's policy ({what}): {address}; name its host in the page's HTML to allow it",
        what=what,
        address=address,
    )


def _record(page: str, message: Message) -> bytes:
    parts = urlsplit(page) if page.startswith(("http://", "https://")) else urlsplit("/")
    return json.dumps({"path": parts.path or "/", "at": 0, "notes": [note("blocked", message)]}).encode()
