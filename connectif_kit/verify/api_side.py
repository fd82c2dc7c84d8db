"""The API's half of the validation: what the pages have shown, read back from the account.

With a key the store's own account is asked. Without one a `fake-api` takes what the run has sent, as `sync`
would send it, which shows whether the API takes such contacts and orders at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from connectif_kit.core.messages import say
from connectif_kit.fakeapi.server import new, running
from connectif_kit.sync.api import Api, base_url, is_local, key_from, path_of, results
from connectif_kit.sync.limiter import Limiter
from connectif_kit.verify import faults
from connectif_kit.verify.acts import EMAIL
from connectif_kit.verify.page_checks import alike
from connectif_kit.vocabulary import ENTITIES

if TYPE_CHECKING:
    from connectif_kit.sync.api import Reply
    from connectif_kit.verify.tour import Order, Outcome
    from connectif_kit.vocabulary.model import Entity

COMPARED = ("name", "unitPrice")
"""What of a product the account must have as the page has it; stock and texts may be a sync behind."""
MOST = 5
REHEARSAL = 10**6
"""Calls a minute to an account of our own."""


def read_back(order: Order, outcome: Outcome, key: str | None, url: str | None) -> None:
    """Ask the account of a key; without one, an empty account of this run. Raises KitError."""
    if key or url:
        _ask_account(order, outcome, base_url(url), key_from(key), limit=100)
        return
    with running(new(limit=REHEARSAL)) as fake:
        _ask_account(order, outcome, fake.url, "demo:demo", limit=REHEARSAL, is_rehearsal=True)


def _ask_account(
    order: Order, outcome: Outcome, url: str, key: str, *, limit: int, is_rehearsal: bool = False
) -> None:
    api = Api(url, key, Limiter(limit))
    if is_local(url):
        api.first_pause, api.pace = 0.02, 0.05
    try:
        ApiSide(order, outcome, api, is_rehearsal=is_rehearsal).run()
    finally:
        api.close()


class ApiSide:
    """One account; `is_rehearsal` where it is a `fake-api` of this run, empty before."""

    def __init__(self, order: Order, outcome: Outcome, api: Api, *, is_rehearsal: bool) -> None:
        self.order = order
        self.outcome = outcome
        self.api = api
        self.is_rehearsal = is_rehearsal

    def run(self) -> None:
        """Ask for each thing that the run has seen. Raises KitError where the API does not answer."""
        if self.is_rehearsal:
            self._rehearse()
        else:
            self._products()
            self._coupons()
        if self.is_rehearsal or self.order.platform:
            self._contact()
            self._purchases()
        else:
            why = say("the stand-in has taken contacts and orders; with `--real-client` they reach the store")
            self.outcome.by_hand["API"] = why

    def _seen(self, type_: str, name: str) -> Iterator[dict[str, Any]]:
        """Objects of one kind that pages have sent, each once."""
        known: set[str] = set()
        for one in self.outcome.sent:
            inside = one.get(name) if name else one
            key = str(inside.get(f"{name}Id", "")) if isinstance(inside, Mapping) else ""
            if (
                one["type"] == type_
                and isinstance(inside, Mapping)
                and key not in known
                and len(known) < MOST
            ):
                known.add(key)
                yield dict(inside)

    def _ask(self, *parts: str, needs: str) -> Any:
        """What the account has at a path; nothing where it has nothing."""
        reply = self.api.call("GET", path_of(*parts), needs=needs)
        return reply.json if reply.is_ok else None

    # ------------------------------------------------------------ what is there

    def _products(self) -> None:
        for product in self._seen("product-visited", "product"):
            name = str(product["productId"])
            there = self._ask("products", "product-id", name, needs="products:read")
            if there is None:
                self._add(faults.NOT_IN_STORE, say("the store has no product `{name}`", name=name), name)
                continue
            wrong = [key for key in COMPARED if key in there and not alike(there[key], product.get(key))]
            for key in wrong:
                message = say(
                    "product `{name}`: {key} is `{there}` in the store and `{here}` in the page",
                    name=name,
                    key=key,
                    there=str(there[key]),
                    here=str(product.get(key)),
                )
                self._add(faults.DIFFERENT_IN_STORE, message, f"{name} {key}")
            if not wrong:
                self.outcome.prove("API products", say("product {name} read back by the API", name=name))

    def _coupons(self) -> None:
        reply = self.api.call("GET", "/coupon-sets/", needs="coupon-sets:read")
        if reply.is_ok:
            number = len(results(reply.json))
            self.outcome.prove("API coupons", say("{n} coupon sets read by the API", n=number))

    def _contact(self) -> None:
        if not any(one["type"] == "contact" and one.get("primaryKey") == EMAIL for one in self.outcome.sent):
            return
        if self._ask("contacts", "email", EMAIL, needs="contacts:read") is None:
            self._add(faults.NOT_IN_STORE, say("the store has no contact `{name}`", name=EMAIL), EMAIL)
        else:
            self.outcome.prove("API contact", say("contact {name} read back by the API", name=EMAIL))

    def _purchases(self) -> None:
        for purchase in self._seen("purchase", "purchase"):
            name = str(purchase["purchaseId"])
            if self._ask("purchases", "purchase-id", name, needs="purchases:read") is None:
                self._add(faults.NOT_IN_STORE, say("the store has no purchase `{name}`", name=name), name)
            else:
                self.outcome.prove("API purchase", say("purchase {name} read back by the API", name=name))

    def _add(self, fault: faults.FindingKind, message: str, element: str) -> None:
        place = self.order.loaded.place("store")
        self.outcome.findings.add(fault, message, place, place, element)

    # ------------------------------------------------------------ without a key

    def _rehearse(self) -> None:
        """Send contacts and orders to the empty account, as `sync` does."""
        for contact in [one for one in self.outcome.sent if one["type"] == "contact"][-1:]:
            body = _for_api(ENTITIES["contact"], contact)
            email = str(body.pop("_email", "") or contact.get("primaryKey", ""))
            if "@" in email:
                self._refused(
                    self.api.call("PATCH", path_of("contacts", "email", email), json=body), "contact"
                )
        for purchase in self._seen("purchase", "purchase"):
            body = {**_for_api(ENTITIES["purchase"], purchase), "contactEmail": EMAIL}
            self._products_of(body)
            self._refused(self.api.call("POST", "/purchases/", json=body), "purchase")

    def _products_of(self, body: Mapping[str, Any]) -> None:
        for line in body.get("products", ()):
            rest = {key: line[key] for key in ("name", "unitPrice", "productDetailUrl") if key in line}
            self.api.call("PATCH", path_of("products", "product-id", str(line["productId"])), json=rest)

    def _refused(self, reply: Reply, what: str) -> None:
        if not reply.is_ok:
            said = reply.json.get("detail", reply.json) if isinstance(reply.json, Mapping) else reply.json
            message = say("the API refuses such a {what}: {said}", what=what, said=str(said)[:300])
            self._add(faults.REFUSED_BY_API, message, what)


def _for_api(entity: Entity, sent: Mapping[str, Any]) -> dict[str, Any]:
    """An object of the client's under the API's names; what the API does not know is left out."""
    by_js = {field.js: field for field in entity.fields if field.js}
    made: dict[str, Any] = {}
    for name, value in sent.items():
        field = by_js.get(name)
        if field is None or not field.api:
            continue
        if field.entity:
            inner = field.entity
            made[field.api] = (
                [_for_api(inner, one) for one in value] if field.many else _for_api(inner, value)
            )
        else:
            made[field.api] = value
    return made
