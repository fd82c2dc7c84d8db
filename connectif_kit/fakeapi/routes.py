"""Requests → replies: keys and scopes, the limit, then the route."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any
from urllib.parse import unquote

from connectif_kit.core.records import dataclass
from connectif_kit.fakeapi.http import Refusal, Reply, Request, refuse
from connectif_kit.fakeapi.limit import Window
from connectif_kit.fakeapi.store import Store

Found = Mapping[str, str]
Handler = Callable[["Api", Request, Found], Reply]


@dataclass(slots=True)
class Api:
    """One account: its data, its keys (key → scopes; all of them where nothing is said), its limit."""

    store: Store
    window: Window
    keys: dict[str, tuple[str, ...] | None] = field(default_factory=lambda: {"demo:demo": None})
    calls: list[str] = field(default_factory=list)

    def handle(self, request: Request) -> Reply:
        """The answer to a request, errors as documented."""
        if request.method == "GET" and request.path.startswith("/files/"):
            return self._file(request.path)
        fits, headers = self.window.take()
        if not fits:
            return Reply(429, headers=headers)
        try:
            reply = self._answer(request)
        except Refusal as refusal:
            reply = refusal.reply
        self.calls.append(f"{request.method} {request.path} {reply.status}")
        return Reply(reply.status, reply.json, {**headers, **reply.headers}, reply.file)

    def _answer(self, request: Request) -> Reply:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "apikey" or key not in self.keys:
            raise refuse(401)
        self.store.imports.advance()
        path = request.path.rstrip("/")
        for method, pattern, scope, handler in ROUTES:
            found = re.fullmatch(pattern, path)
            if found and method == request.method:
                self._permit(key, scope)
                return handler(
                    self, request, {name: unquote(text or "") for name, text in found.groupdict().items()}
                )
        known = any(re.fullmatch(pattern, path) for _, pattern, _, _ in ROUTES)
        raise refuse(405 if known else 404, "There is nothing here.")

    def _permit(self, key: str, scope: str) -> None:
        scopes = self.keys[key]
        if scopes is not None and scope not in scopes:
            raise refuse(403, f"The key lacks the scope {scope}, or the account is blocked.")

    def _file(self, path: str) -> Reply:
        found = re.fullmatch(r"/files/error-report-([0-9a-f]{24})\.csv", path)
        job = self.store.imports.all.get(found[1]) if found else None
        return Reply(200, file=job.report()) if job else Reply(404)


def _json(request: Request) -> Any:
    if "application/json" not in request.headers.get("content-type", ""):
        raise refuse(415, "Content type must be application/json.")
    try:
        return json.loads(request.body)
    except ValueError:
        raise refuse(400, "The body is not JSON.") from None


def _contact_key(found: Found) -> tuple[str, str]:
    external = found.get("how") == "external-id"
    return ("_externalId" if external else "_email", found["key"])


def _list(results: list[Any]) -> Reply:
    return Reply(200, {"links": {"next": None, "prev": None}, "results": results})


def _patch_contact(api: Api, request: Request, found: Found) -> Reply:
    return Reply(200, api.store.patch_contact(*_contact_key(found), _json(request)))


def _delete_contact(api: Api, _: Request, found: Found) -> Reply:
    api.store.delete_contact(*_contact_key(found))
    return Reply(204)


def _get_product(api: Api, _: Request, found: Found) -> Reply:
    if found["key"] not in api.store.products:
        raise refuse(404, "Product not found.")
    return Reply(200, api.store.products[found["key"]])


def _post_purchase(api: Api, request: Request, _: Found) -> Reply:
    trigger = request.query.get("triggerPurchaseEvent", "true") != "false"
    return Reply(201, api.store.add_purchase(_json(request), trigger=trigger))


def _get_purchase(api: Api, _: Request, found: Found) -> Reply:
    if found["key"] not in api.store.purchases:
        raise refuse(404, "Purchase not found.")
    return Reply(200, api.store.purchases[found["key"]])


def _delete_purchase(api: Api, _: Request, found: Found) -> Reply:
    api.store.purchases.pop(found["key"], None)
    return Reply(204)


def _delete_product(api: Api, _: Request, found: Found) -> Reply:
    api.store.products.pop(found["key"], None)
    return Reply(204)


def _post_import(api: Api, request: Request, _: Found) -> Reply:
    kind = request.headers.get("content-type", "")
    new = api.store.imports.take(kind, request.body, api.store.coupon_sets)
    return Reply(201, new.json(_base(request)))


def _imports(api: Api, request: Request, _: Found) -> Reply:
    return _list([each.json(_base(request)) for each in reversed(api.store.imports.all.values())])


def _import(api: Api, request: Request, found: Found) -> Reply:
    job = api.store.imports.all.get(found["key"])
    if job is None:
        raise refuse(404, "Import not found.")
    if request.method == "DELETE":
        if job.state not in ("finished", "error"):
            raise refuse(400, "The import is not finished.")
        del api.store.imports.all[job.id]
        return Reply(204)
    return Reply(200, job.json(_base(request)))


def _base(request: Request) -> str:
    return f"http://{request.headers.get('host', '127.0.0.1')}"


def _contact_fields(api: Api, _: Request, __: Found) -> Reply:
    return _list([{"id": n, "name": n, "type": kind, "custom": True} for n, kind in api.store.custom.items()])


_CONTACT = r"/contacts/(?:(?P<how>email|external-id)/)?(?P<key>[^/]+)"
_PRODUCT = r"/products/product-id/(?P<key>[^/]+)"
_PURCHASE = r"/purchases/purchase-id/(?P<key>[^/]+)"

ROUTES: tuple[tuple[str, str, str, Handler], ...] = (
    ("GET", _CONTACT, "contacts:read", lambda a, _, f: Reply(200, a.store.contact(*_contact_key(f)))),
    ("PATCH", _CONTACT, "contacts:write", _patch_contact),
    ("DELETE", _CONTACT, "contacts:delete", _delete_contact),
    ("GET", "/contact-fields", "contact-fields:read", _contact_fields),
    ("GET", _PRODUCT, "products:read", _get_product),
    (
        "PATCH",
        _PRODUCT,
        "products:write",
        lambda a, r, f: Reply(200, a.store.patch_product(f["key"], _json(r))),
    ),
    ("DELETE", _PRODUCT, "products:delete", _delete_product),
    ("POST", "/purchases", "purchases:write", _post_purchase),
    ("GET", _PURCHASE, "purchases:read", _get_purchase),
    ("DELETE", _PURCHASE, "purchases:delete", _delete_purchase),
    (
        "GET",
        "/coupon-sets",
        "coupon-sets:read",
        lambda a, _, __: _list([*map(a.store.coupon_set, a.store.coupon_sets)]),
    ),
    (
        "GET",
        "/coupon-sets/(?P<key>[^/]+)",
        "coupon-sets:read",
        lambda a, _, f: Reply(200, a.store.coupon_set(f["key"])),
    ),
    ("GET", "/store", "store:read", lambda *_: Reply(200, {"name": "A local account"})),
    ("POST", "/imports", "imports:write", _post_import),
    ("GET", "/imports", "imports:read", _imports),
    ("GET", "/imports/(?P<key>[^/]+)", "imports:read", _import),
    ("DELETE", "/imports/(?P<key>[^/]+)", "imports:delete", _import),
)
