"""The store settings that a plan needs: what to switch, where, and which article says so."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator

from connectif_kit.core.messages import say
from connectif_kit.core.records import dataclass
from connectif_kit.plan.models import Plan

ADVANCED = say("Store settings › Channels › Web › Advanced configuration")
SHOP = say("Store settings › E-commerce")


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to set or to look after; `article` is the number of the one that says so, if any does."""

    title: str
    value: str
    where: str
    why: str
    article: int = 0


def settings(plan: Plan, loader: str) -> list[Setting]:
    """Everything to set in the store and on the server; `loader` is the inline script's exact text."""
    return [*_script(plan), *_domains(plan), *_catalog(plan), *_worker(plan), *_policy(plan, loader)]


def _on(switch: bool) -> str:
    return say("on") if switch else say("off")


def _script(plan: Plan) -> Iterator[Setting]:
    how = plan.integration
    yield Setting(
        say("Auto-initialise the client script"),
        _on(how.auto_initialize),
        ADVANCED,
        say("The dispatcher initialises the client itself.")
        if not how.auto_initialize
        else say("The client starts by itself; the dispatcher waits for it."),
        6088128435740,
    )
    tags = how.activity != "js-events"
    yield Setting(
        say("Auto-send events on initialisation"),
        _on(tags),
        ADVANCED,
        say("The client reads the tags and sends the visit.")
        if tags
        else say(
            "The dispatcher sends the visit; with both, every activity would count and be billed twice."
        ),
        6088128435740,
    )


def _domains(plan: Plan) -> Iterator[Setting]:
    yield Setting(
        say("Authorised domains"),
        ", ".join(plan.store.allowed),
        ADVANCED,
        say("What comes from any other origin is dropped silently."),
        6088128435740,
    )


def _catalog(plan: Plan) -> Iterator[Setting]:
    by_tags = plan.integration.catalog == "tags"
    why = {
        "tags": say(
            "The verifier fetches each product's page and looks for cn_product_visited in the raw HTML."
        ),
        "feed": say("The catalogue comes by feed; pages are not fetched for verification."),
        "api": say("The catalogue comes by API; with verification on, its products would stay unverified."),
    }[plan.integration.catalog]
    for title in (say("Product synchronisation"), say("Product verification")):
        yield Setting(title, _on(by_tags), SHOP, why, 6088567458716)
    if plan.integration.catalog == "feed":
        yield Setting(
            say("Product feed"),
            say("the public address of the feed"),
            SHOP,
            say("The feed must be complete: a product absent for ten days counts as discontinued."),
            13860524243356,
        )


def _worker(plan: Plan) -> Iterator[Setting]:
    if plan.service_worker:
        yield Setting(
            say("ServiceWorker URL"),
            plan.store.url + plan.service_worker.path,
            say("Store settings › Channels › Web push notifications"),
            say("The client registers the worker from here; it needs HTTPS and the shop's own origin."),
            360014660000,
        )


def _policy(plan: Plan, loader: str) -> Iterator[Setting]:
    """No official policy exists; these follow from what the client does."""
    where = say("Your server, if it sends a Content-Security-Policy")
    allowed = f"'nonce-{plan.integration.nonce}'" if plan.integration.nonce else f"'sha256-{_sha256(loader)}'"
    lines = {
        "script-src": f"'self' {allowed} https://cdn.connectif.cloud",
        "connect-src": f"'self' https://{plan.store.environment}-api.connectif.cloud",
        "style-src": "'self' 'unsafe-inline'",
    }
    if plan.service_worker:
        lines["worker-src"] = "'self'"
    for directive, value in lines.items():
        yield Setting(
            f"CSP {directive}",
            value,
            where,
            say("Derived from what the client does; the vendor publishes no list, so try it on a test page."),
        )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
