"""The policy that keeps the preview's pages from asking the vendor's hosts for anything.

A Content-Security-Policy can only say what is allowed. Every host of every top-level domain is, except the
vendor's own, `cloud`; of that one, the hosts that the pages themselves name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache

from connectif_kit.core.templates import BUNDLED
from connectif_kit.preview.addresses import VENDOR

LIST = "preview/top-level-domains.txt"
_LAX = "'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' data: blob: filesystem: mediastream:"
_OPEN = f"{_LAX} localhost:* *.localhost:* 127.0.0.1:* ws://localhost:* ws://127.0.0.1:*"
_UNLISTED = re.compile(
    r"""(?:(?:https?|wss?):|["'(=])//"""
    r"((?:[a-z0-9-]+\.)+cloud|[a-z0-9][a-z0-9-]*|\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?(?=[/\"'?#\s\\)])",
    re.IGNORECASE,
)
_RUNNING = {"document", "iframe", "frame", "object", "embed", "worker", "sharedworker", "serviceworker"}


def unlisted_hosts(text: str) -> set[str]:
    """Hosts in a page's source that no top-level domain of the list covers, without the vendor's."""
    found = {match[1].lower() for match in _UNLISTED.finditer(text)}
    return {host for host in found if host != VENDOR and not host.endswith(f".{VENDOR}")}


def wants_policy(headers: Mapping[str, str]) -> bool:
    """Whether an answer will run in a browser: a document or a worker's script.

    Browsers say so, except to other machines without TLS, where they mark at least what is navigated to. For
    anybody else the header would only be long.
    """
    wanted = headers.get("sec-fetch-dest")
    return wanted in _RUNNING if wanted else "upgrade-insecure-requests" in headers


def policy(hosts: Collection[str], report_to: str) -> str:
    """The header's value, with more hosts that are allowed and where a refused request is reported."""
    more = "".join(f" {host}:*" for host in sorted(hosts))
    sockets = "".join(f" ws://{host}:*" for host in sorted(hosts))
    plain, web_sockets = _domains()
    asked = f"{_OPEN}{more}{sockets} {plain} {web_sockets}"
    return f"default-src {_OPEN}{more} {plain}; connect-src {asked}; report-uri {report_to}"


@cache
def _domains() -> tuple[str, str]:
    names = (BUNDLED / LIST).read_text("ascii").split()
    return " ".join(f"*.{name}:*" for name in names), " ".join(f"ws://*.{name}:*" for name in names)
