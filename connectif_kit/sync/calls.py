"""Single calls: contacts and products are patched, purchases posted, a few at a time."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from connectif_kit.core.records import dataclass
from connectif_kit.sync import error_messages as words
from connectif_kit.sync.api import Api, Reply, path_of, results
from connectif_kit.sync.items import body_of
from connectif_kit.sync.ledger import Batch, Ledger, digest
from connectif_kit.sync.prepare import spooled_bodies
from connectif_kit.sync.spool import csv_rows
from connectif_kit.sync.subjects import SUBJECTS, Subject

WORKERS = 4


class Call(NamedTuple):
    """One row on its way: its key's digest, what it says, how to send it."""

    key: bytes
    data: str
    send: Callable[[], Reply]


@dataclass(slots=True)
class Caller:
    """Sends the batches of single calls of one run."""

    api: Api
    ledger: Ledger
    subject: Subject
    run: int
    scope: int
    spool: Path
    moved: Callable[[], None]
    trigger: bool = True
    already: int = 0
    _types: dict[str, str] = field(default_factory=dict)
    _ensuring: threading.Lock = field(default_factory=threading.Lock)

    def send(self) -> None:
        """Until every row has its answer. Raises KitError and Stopped, after what was under way is noted."""
        batches = [each for each in self.ledger.batches() if each.how == "calls" and each.state != "done"]
        if batches and self.subject.entity.open:
            self._types = self._custom_types(batches)
        for batch in batches:
            self._send_all(self._calls(batch))
            self.ledger.move(batch.number, "done")
            (self.spool / batch.path).unlink(missing_ok=True)

    def _send_all(self, calls: Iterator[Call]) -> None:
        """A few at a time; the first failure stops new ones, never the noting of those under way."""
        under_way: dict[Future[Reply], Call] = {}
        failure: BaseException | None = None
        with ThreadPoolExecutor(WORKERS, thread_name_prefix="sync") as pool:
            while failure is None and (call := next(calls, None)):
                under_way[pool.submit(call.send)] = call
                if len(under_way) >= WORKERS:
                    failure = self._note(under_way, FIRST_COMPLETED)
            while under_way:
                failure = self._note(under_way, FIRST_COMPLETED) or failure
        if failure:
            raise failure

    def _note(self, under_way: dict[Future[Reply], Call], until: str) -> BaseException | None:
        """Write down what has come back; gives the failure of a call that did not."""
        done, _ = wait(under_way, return_when=until)
        failure = None
        taken = []
        for each in done:
            call = under_way.pop(each)
            if error := each.exception():
                failure = error
                continue
            reply = each.result()
            is_there = reply.status == 409 and self.subject.name == "purchases"
            self.already += is_there
            if reply.is_ok or is_there:
                taken.append(call.key)
            else:
                message, hint = words.refusal(reply.status, reply.json, self.subject.needs)
                self.ledger.refuse(call.key, f"{message}{f' ({hint})' if hint else ''}", call.data)
        self.ledger.acknowledge(self.run, self.scope, taken)
        self.moved()
        return failure

    def _calls(self, batch: Batch) -> Iterator[Call]:
        """The rows of a batch that have no answer yet."""
        path = self.spool / batch.path
        if self.subject.name == "purchases":
            for name, text in spooled_bodies(path):
                if self.ledger.pending(key := digest(name)):
                    yield Call(key, text, partial(self._purchase, json.loads(text)))
            return
        send = self._contact if self.subject.name == "contacts" else self._product
        for cells in csv_rows(path):
            name = next(cells[each] for each in self.subject.keys if each in cells)
            if self.ledger.pending(key := digest(name.lower() if "@" in name else name)):
                body = body_of(self.subject, cells, self._types)
                yield Call(key, json.dumps(cells, ensure_ascii=False), partial(send, body))

    def _contact(self, body: dict[str, Any]) -> Reply:
        """By the external id where there is one, as imports do, else by the email."""
        how, key = ("external-id", "_externalId") if "_externalId" in body else ("email", "_email")
        rest = {name: value for name, value in body.items() if name != key}
        return self.api.call(
            "PATCH", path_of("contacts", how, body[key]), json=rest, needs=self.subject.needs
        )

    def _product(self, body: dict[str, Any]) -> Reply:
        rest = {name: value for name, value in body.items() if name != "productId"}
        path = path_of("products", "product-id", str(body["productId"]))
        return self.api.call("PATCH", path, json=rest, needs=self.subject.needs)

    def _purchase(self, body: dict[str, Any]) -> Reply:
        """Post it; where contact or products are lacking, make sure of them and post it again."""
        for _ in range(3):
            reply = self._post(body)
            if reply.code not in ("E0101", "E0102"):
                return reply
            with self._ensuring:
                helped = (
                    self._ensure_contact(body)
                    if reply.code == "E0101"
                    else self._ensure_products(body, reply)
                )
            if not helped.is_ok:
                return helped
        return reply

    def _post(self, body: dict[str, Any]) -> Reply:
        params = {} if self.trigger else {"triggerPurchaseEvent": "false"}
        return self.api.call("POST", "/purchases/", json=body, needs=self.subject.needs, params=params)

    def _ensure_contact(self, body: dict[str, Any]) -> Reply:
        if "contactEmail" in body:
            return self._contact({"_email": body["contactEmail"]})
        return self._contact({"_externalId": body["contactExternalId"]})

    def _ensure_products(self, body: dict[str, Any], reply: Reply) -> Reply:
        """Products that the order's own lines describe fully; the API's word where they do not."""
        lacking = reply.json.get("productIds") or reply.json.get("productsId")
        lacking = lacking if isinstance(lacking, list) else []
        known = SUBJECTS["products"].by_api
        helped = reply
        for line in body["products"]:
            product = {name: value for name, value in line.items() if name in known}
            if product.get("productId") in lacking and all(
                f.api in product for f in known.values() if f.required
            ):
                helped = self._product(product)
                if not helped.is_ok:
                    return helped
        return helped

    def _custom_types(self, batches: list[Batch]) -> dict[str, str]:
        """The types of the store's own contact fields, asked for only where rows have some."""
        known = self.subject.by_api
        for batch in batches:
            row = next(csv_rows(self.spool / batch.path), {})
            if set(row) - set(known):
                return self._fields()
        return {}

    def _fields(self) -> dict[str, str]:
        reply = self.api.call("GET", "/contact-fields/", needs="Contact fields: read")
        return {str(each.get("id")): str(each.get("type")) for each in results(reply.json)}
