"""Copies of the starter whose host is told to send a policy that keeps the integration out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.browser.broken_shops import Broken

STRICT = "script-src 'self' 'unsafe-inline'"
OPEN = (
    "script-src 'self' 'unsafe-inline' https://cdn.connectif.cloud; connect-src 'self' https://*.connectif.cloud;"
    " style-src 'self' 'unsafe-inline'; upgrade-insecure-requests; report-uri https://reports.example/"
)


def written(name: str, text: str) -> Callable[[Path], None]:
    return lambda shop: _write(shop / name, text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def underscore(path: str, policy: str) -> str:
    return f"{path}\n  Content-Security-Policy: {policy}\n"


def vercel(source: str, policy: str) -> str:
    headers = [{"key": "Content-Security-Policy", "value": policy}]
    return json.dumps({"headers": [{"source": source, "headers": headers}]}, indent=2)


BROKEN_HOSTS = (
    Broken(
        "policy in _headers",
        "csp-blocks-client",
        written("public/_headers", underscore("/*", STRICT)),
        only=("home", "product"),
    ),
    Broken(
        "policy in vercel.json",
        "csp-blocks-client",
        written("vercel.json", vercel("/p/:slug/", STRICT)),
        only=("home", "product"),
    ),
    Broken(
        "policy in netlify.toml that forbids what is sent",
        "csp-blocks-client",
        written(
            "netlify.toml",
            '[[headers]]\nfor = "/*"\n[headers.values]\nContent-Security-Policy = """\n'
            "  script-src 'self' 'unsafe-inline' https://cdn.connectif.cloud;\n  connect-src 'self'\"\"\"\n",
        ),
        only=("home",),
    ),
    Broken(
        "policy of the worker's answer",
        "csp-blocks-client",
        written("public/_headers", underscore("/service-worker.js", "default-src 'self'")),
        only=("home", "service_worker"),
    ),
    Broken(
        "policy that nobody reads",
        "unread-policy",
        written("nginx.conf", "add_header Content-Security-Policy \"default-src 'self'\";"),
        only=("home",),
    ),
)
HARMLESS_HOSTS = (
    Broken(
        "an open policy", "", written("public/_headers", underscore("/*", OPEN)), only=("home", "product")
    ),
    Broken(
        "a policy that names the shop's own address",
        "",
        written("public/_headers", underscore("/*", OPEN.replace("'self'", "https://shop.example"))),
        only=("home", "product"),
    ),
    Broken(
        "a strict policy elsewhere",
        "",
        written("public/_headers", underscore("/admin/*", STRICT)),
        only=("home", "product"),
    ),
)
