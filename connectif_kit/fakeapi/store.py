"""The account behind the local API: contacts, products, purchases, coupon sets, and their rules."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import field
from typing import Any
from urllib.parse import urlsplit

from connectif_kit.core.records import dataclass
from connectif_kit.fakeapi.check import NEVER_EMPTY as NEVER_EMPTY_TYPES
from connectif_kit.fakeapi.check import cell, custom_cell, faults, fields_of
from connectif_kit.fakeapi.http import invalid, refuse
from connectif_kit.fakeapi.imports import Import, Queue
from connectif_kit.vocabulary.contact import CONTACT
from connectif_kit.vocabulary.http_api import PRODUCT_ONLY_API, PURCHASE_ONLY_API
from connectif_kit.vocabulary.kinds import DATE, DECIMAL, INTEGER, PHONE
from connectif_kit.vocabulary.product import PRODUCT
from connectif_kit.vocabulary.purchase import PURCHASE

Json = dict[str, Any]
MAX_CODES = 500_000
CONTACT_FIELDS = fields_of(CONTACT)
PRODUCT_FIELDS = fields_of(PRODUCT, PRODUCT_ONLY_API)
PURCHASE_FIELDS = fields_of(PURCHASE, PURCHASE_ONLY_API)
NEEDED_OF_PRODUCT = [each.api for each in PRODUCT_FIELDS.values() if each.required]
NEVER_EMPTY = (PHONE, DATE, DECIMAL, INTEGER)
_TYPES: dict[str, type | tuple[type, ...]] = {"integer": int, "decimal": (int, float), "boolean": bool}


@dataclass(slots=True)
class Store:
    """`writes` is every accepted write in its order: (kind, key); `events` what workflows would see."""

    domains: tuple[str, ...] = ()
    wall: Callable[[], float] = time.time
    custom: dict[str, str] = field(default_factory=dict)
    contacts: list[Json] = field(default_factory=list)
    products: dict[str, Json] = field(default_factory=dict)
    purchases: dict[str, Json] = field(default_factory=dict)
    coupon_sets: dict[str, Json] = field(default_factory=dict)
    codes: dict[str, set[str]] = field(default_factory=dict)
    writes: list[tuple[str, str]] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    imports: Queue = field(init=False)
    _by: dict[str, dict[str, Json]] = field(init=False)

    def __post_init__(self) -> None:
        self.imports = Queue(self.take_row, self.wall)
        self._by = {"_email": {}, "_externalId": {}}

    def add_coupon_set(
        self, set_id: str, name: str, kind: str = "multiple", quantity: int | None = 0
    ) -> None:
        """A set, as somebody would make it in the app."""
        self.coupon_sets[set_id] = {"id": set_id, "name": name, "type": kind, "quantity": quantity}
        self.codes[set_id] = set()

    def coupon_set(self, set_id: str) -> Json:
        """A set with its counters."""
        if set_id not in self.coupon_sets:
            raise refuse(404, "Coupon set not found.")
        held = self.coupon_sets[set_id]
        codes = len(self.codes[set_id]) if held["type"] == "multiple" else held["quantity"]
        more = {"quantity": codes, "assigned": 0, "available": codes, "createdAt": "2026-01-01T00:00:00Z"}
        return held | more | {"usedInWorkflows": []}

    def contact(self, key: str, value: str) -> Json:
        """A contact by `_email` or `_externalId`."""
        found = self._by[key].get(value)
        if found is None:
            raise refuse(404, f"Contact {value} not found.")
        return found

    def patch_contact(self, key: str, value: str, body: Any) -> Json:
        """Patch or create by one of the keys."""
        found = self._contact_faults(key, value, body)
        if found:
            raise invalid(found)
        holder = self._by["_email"].get(body.get("_email", ""))
        if holder is not None and holder is not self._by[key].get(value):
            raise refuse(409, "Another contact has this email.")
        self.writes.append(("contacts", value))
        return self._put_contact({**body, key: value})

    def _contact_faults(self, key: str, value: str, body: Any) -> dict[str, str]:
        found = faults({key: value}, CONTACT_FIELDS) | faults(body, CONTACT_FIELDS, open_to=self.custom)
        for name, kind in self.custom.items() if isinstance(body, dict) else ():
            if name in body and not _typed(kind, body[name]):
                found[f"/{name}"] = "Value is not valid"
        return found

    def _put_contact(self, values: Json) -> Json:
        held = self._held(values)
        if held is None:
            held = {"id": f"{len(self.contacts) + 1:024x}"}
            self.contacts.append(held)
        held |= values
        for key, index in self._by.items():
            if key in held:
                index[held[key]] = held
        return held

    def _held(self, values: Json) -> Json | None:
        """The contact that these values speak of; the external id counts more than the email."""
        for key in ("_externalId", "_email"):
            if key in values:
                found = self._by[key].get(values[key])
                if found is not None:
                    return found
        return None

    def delete_contact(self, key: str, value: str) -> None:
        """Erase a contact; its purchases stay."""
        held = self.contact(key, value)
        self.contacts.remove(held)
        for name, index in self._by.items():
            index.pop(held.get(name, ""), None)

    def patch_product(self, product_id: str, body: Any) -> Json:
        """Patch or create by the shop's id."""
        found = faults(body, {k: f for k, f in PRODUCT_FIELDS.items() if k != "productId"})
        if isinstance(body, dict) and product_id not in self.products:
            for name in NEEDED_OF_PRODUCT:
                if name != "productId" and name not in body:
                    found[f"/{name}"] = "Value is required"
        if found:
            raise invalid(found)
        if self.strangers([body]):
            raise refuse(400, "Url is not allowed.", code="E0201", allowedDomains=list(self.domains))
        self.writes.append(("products", product_id))
        held = self.products.setdefault(product_id, {"productId": product_id, "availability": "instock"})
        held.update(body)
        return held

    def strangers(self, products: Iterable[Json]) -> list[str]:
        """Products outside the authorised domains."""
        found = [p for p in products if "productDetailUrl" in p and not self._at_home(p["productDetailUrl"])]
        return [str(p.get("productId", "")) for p in found]

    def _at_home(self, url: str) -> bool:
        parts = urlsplit(url)
        return not self.domains or f"{parts.scheme}://{parts.netloc}" in self.domains

    def add_purchase(self, body: Any, *, trigger: bool) -> Json:
        """A new order: its contact and products must be known."""
        found = faults(body, PURCHASE_FIELDS)
        needed = [f.api for f in PURCHASE_FIELDS.values() if f.required] + ["products"]
        found |= {f"/{name}": "Value is required" for name in needed if name not in (body or {})}
        if found:
            raise invalid(found)
        number = body["purchaseId"]
        if number in self.purchases:
            raise refuse(409, f"Purchase {number} already exists.")
        self._check_purchase(body)
        self.writes.append(("purchases", number))
        if trigger:
            self.events.append(number)
        self.purchases[number] = body
        return {"id": f"{len(self.purchases):024x}", **body}

    def _check_purchase(self, body: Json) -> None:
        known = body.get("contactEmail") in self._by["_email"]
        if not known and body.get("contactExternalId") not in self._by["_externalId"]:
            raise refuse(400, "The contact does not exist.", code="E0101")
        lacking = [p["productId"] for p in body["products"] if p["productId"] not in self.products]
        if lacking:
            raise refuse(400, "Products do not exist.", code="E0102", productIds=lacking)
        if strangers := self.strangers(body["products"]):
            extra = {"productsId": strangers, "allowedDomains": list(self.domains)}
            raise refuse(400, "Some product urls are not allowed.", code="E0103", **extra)

    def take_row(self, into: Import, row: dict[str, str]) -> str:
        """One row of an import."""
        return {"contacts": self._contact_row, "products": self._product_row, "coupons": self._code_row}[
            into.type
        ](into, row)

    def _contact_row(self, into: Import, row: dict[str, str]) -> str:
        for name, text in row.items():
            known = CONTACT_FIELDS.get(name)
            if known and not text and known.kind in NEVER_EMPTY:
                return f"{name}: a cell of this column may not be empty"
        own = {name: row[name] for name in row if name in self.custom and name not in CONTACT_FIELDS}
        for name, text in own.items():
            if not text and self.custom[name] in NEVER_EMPTY_TYPES:
                return f"{name}: a cell of this column may not be empty"
        typed = {name: custom_cell(self.custom[name], text) for name, text in own.items() if text}
        if wrong := {f"/{name}": why for name, (_, why) in typed.items() if why}:
            return _said(wrong)
        body = {n: cell(CONTACT_FIELDS[n], t) for n, t in row.items() if t and n in CONTACT_FIELDS}
        body |= {name: value for name, (value, _) in typed.items()}
        if not body.get("_externalId") and not body.get("_email"):
            return "_email: required"
        if found := faults(body, CONTACT_FIELDS, open_to=self.custom):
            return _said(found)
        return self._merge(into, body, self._held(body), self._put_contact, "_externalId", "_email")

    def _product_row(self, into: Import, row: dict[str, str]) -> str:
        body = {n: cell(PRODUCT_FIELDS[n], t) for n, t in row.items() if t and n in PRODUCT_FIELDS}
        lacking = {f"/{name}": "Value is required" for name in NEEDED_OF_PRODUCT if name not in body}
        if found := lacking | faults(body, PRODUCT_FIELDS):
            return _said(found)
        if self.strangers([body]):
            return "productDetailUrl: not allowed"
        number = body["productId"]

        def put(values: Json) -> Json:
            self.products[number] = self.products.get(number, {}) | values
            return self.products[number]

        return self._merge(into, body, self.products.get(number), put, "productId")

    def _merge(
        self, into: Import, body: Json, held: Json | None, put: Callable[[Json], Json], *keys: str
    ) -> str:
        """By the import's two flags."""
        if held is not None and not into.options["overrideExisting"]:
            return ""
        if held is not None and into.options["updateOnlyEmptyFields"]:
            body = {name: value for name, value in body.items() if name in keys or name not in held}
        put(body)
        self.writes.append((into.type, next(body[key] for key in keys if key in body)))
        return ""

    def _code_row(self, into: Import, row: dict[str, str]) -> str:
        codes, code = self.codes[into.options["couponSetId"]], row.get("code", "")
        if not code or code in codes:
            return "code: already in the set" if code else "code: required"
        if len(codes) >= MAX_CODES:
            return "the set is full"
        codes.add(code)
        self.writes.append(("coupons", code))
        return ""


def _typed(kind: str, value: Any) -> bool:
    return isinstance(value, _TYPES.get(kind, list if kind == "checkbox" else str))


def _said(found: dict[str, str]) -> str:
    return "; ".join(f"{path.lstrip('/')}: {why}" for path, why in found.items())
