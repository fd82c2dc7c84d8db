"""Rows of a source → items in the API's form, every row checked before anything is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from connectif_kit.catalog.causes import without_end
from connectif_kit.catalog.convert import text_of
from connectif_kit.catalog.fields import Context, Mapper
from connectif_kit.catalog.row import Row
from connectif_kit.core import mask
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity, did_you_mean
from connectif_kit.core.messages import Message, either, joined, say
from connectif_kit.core.records import dataclass
from connectif_kit.plan.source import Source
from connectif_kit.sync.subjects import Subject
from connectif_kit.vocabulary.http_api import LIST_SEPARATOR
from connectif_kit.vocabulary.kinds import BOOLEAN, DATE, INTEGER, TEXT, TIMESTAMP, Kind
from connectif_kit.vocabulary.model import Entity, Field, Record, to_json

Cells = dict[str, str]


class Column(NamedTuple):
    """A column, what it is called in the API, what is wrong with a text, how a right one is spelt."""

    name: str
    api: str
    fault: Callable[[str], str] | None = None
    spell: Callable[[str], str] | None = None


REASON = "error"
"""The column that rejected rows come back with; it is not a field."""

NO_ID = (".", "..")
"""They would be steps of the address, not names in it."""

_FIELD_ID = re.compile(r"[A-Za-z][\w\-\[\]]{0,149}", re.ASCII).fullmatch
_LETTERS = re.compile(r"[^0-9a-z]").sub


class Item(NamedTuple):
    """A row that may be sent: what names it, its cells under API names, a purchase's whole body."""

    key: str
    cells: Cells
    body: str
    row: Row


class Rejected(NamedTuple):
    """A row that may not be sent, and why."""

    row: Row
    error: str


@dataclass(frozen=True, slots=True)
class Reader:
    """How rows of one subject are read.

    `fields` is the plan's mapping, `context` what the plan says of values, `authorised` the plan's test
    of a product's address. `custom` and `aside` collect which columns were taken as custom fields and
    which were left aside.
    """

    subject: Subject
    fields: Mapping[str, Source] = field(default_factory=dict)
    context: Context = field(default_factory=Context)
    authorised: Callable[[str], bool] = lambda _: True
    custom: dict[str, None] = field(default_factory=dict)
    aside: dict[str, None] = field(default_factory=dict)

    def items(self, rows: Iterable[Row]) -> Iterator[Item | Rejected]:
        """Every row, checked; in their order."""
        if self.subject.name == "purchases":
            yield from self._mapped(whole_orders(rows), self._order)
        elif self.subject.name == "products":
            yield from self._mapped(rows, self._product)
        else:
            yield from self._flat(rows)

    def _mapped(
        self, rows: Iterable[Row], make: Callable[[Row, dict[str, Any]], Item | Rejected]
    ) -> Iterator[Item | Rejected]:
        mapper = Mapper(self.fields, self.subject.entity, self.context)
        for row in rows:
            if row.problem and (not row.data or row.problem.severity is Severity.ERROR):
                yield Rejected(row, row.problem.message)
                continue
            record, problems = mapper.record(row.data, row.place)
            problems = [each for each in problems if each.severity is not Severity.NOTICE]
            if problems:
                yield Rejected(row, _said(problems))
            elif name := next((name for name in _ids(record) if name in NO_ID), ""):
                yield Rejected(row, say("`{name}` cannot be an id", name=name))
            else:
                yield make(row, dict(record))

    def _product(self, row: Row, record: dict[str, Any]) -> Item | Rejected:
        cells = {}
        for name, value in record.items():
            known = self.subject.entity.by_html[name]
            values = value if isinstance(value, tuple) else (value,)
            if known.many and any(LIST_SEPARATOR in text for text in values):
                why = say("`{sign}` separates values in an import", sign=LIST_SEPARATOR)
                return Rejected(row, joined((known.api, why), ": "))
            cells[known.api] = LIST_SEPARATOR.join(_spelt(known, text) for text in values)
        if not self.authorised(cells["productDetailUrl"]):
            return Rejected(row, say("productDetailUrl: outside the authorised domains (store.domains)"))
        return Item(cells["productId"], cells, "", row)

    def _order(self, row: Row, record: dict[str, Any]) -> Item | Rejected:
        lines = record.get("product_basket_item")
        if not isinstance(lines, tuple) or not lines:
            return Rejected(row, say("products: the order has no lines"))
        strangers = [line["product_id"] for line in lines if not self.authorised(line.get("url", ""))]
        if strangers:
            names = ", ".join(strangers)
            return Rejected(row, say("products: outside the authorised domains: {names}", names=names))
        if not {"contact_email", "contact_external_id"} & set(record):
            return Rejected(
                row, say("{names} is missing", names=either(("contactEmail", "contactExternalId")))
            )
        units = sum(int(line["quantity"]) for line in lines)
        record.setdefault("total_quantity", str(units))
        if record["total_quantity"] != str(units):
            said = record["total_quantity"]
            why = say("totalQuantity: {said}, but the lines have {units}", said=said, units=units)
            return Rejected(row, why)
        body = json.dumps(
            to_json(self.subject.entity, record, face="api"), sort_keys=True, ensure_ascii=False
        )
        return Item(record["purchase_id"], {}, body, row)

    def _flat(self, rows: Iterable[Row]) -> Iterator[Item | Rejected]:
        """The fast way, for contacts and coupons: plain columns."""
        columns = lru_cache(maxsize=64)(self._columns)
        keys = self.subject.keys
        for row in rows:
            if row.problem and (not row.data or row.problem.severity is Severity.ERROR):
                yield Rejected(row, row.problem.message)
                continue
            data, cells, wrong = row.data, {}, list[str]()
            for name, api, fault, spell in columns(tuple(data)):
                found = data[name]
                text = found.strip() if type(found) is str else _text(found)
                if text:
                    if fault and (why := fault(text)):
                        wrong.append(joined((api, why), ": "))
                    cells[api] = spell(text) if spell and not wrong else text
            key = next((cells[each] for each in keys if each in cells), "")
            if key and not wrong and key not in NO_ID:
                yield Item(key, cells, "", row)
            else:
                yield Rejected(row, joined(wrong, "; ") if wrong else _without_key(key, keys))

    def _columns(self, names: tuple[str, ...]) -> tuple[Column, ...]:
        """Column → API name and check, for rows with these columns. Raises KitError."""
        spelt = _spellings(self.subject.entity)
        declared = {getattr(source, "path", None): name for name, source in self.fields.items()}
        found: dict[str, Column] = {}
        for name in names:
            html = declared.get(name)
            known = self.subject.entity.by_html.get(html) if html else spelt.get(_LETTERS("", name.lower()))
            if known and known.api in found:
                message = f"the columns `{found[known.api][0]}` and `{name}` are both {known.api}"
                raise KitError.at(Place("source"), "two-columns", message, "take one of them out")
            if known:
                found[known.api] = _column(name, known, personal=self.subject.personal)
            elif html or self._is_custom(name, names):
                found[html or name] = Column(name, html or name)
        return tuple(sorted(found.values(), key=lambda column: column[1]))

    def _is_custom(self, name: str, names: tuple[str, ...]) -> bool:
        """Whether a column is one of the store's own contact fields."""
        if not self.subject.entity.open or name in ("tracker_id", REASON):
            self.aside[name] = None
            return False
        if not _FIELD_ID(name) or name == "id":
            near = did_you_mean(name, [f.api for f in self.subject.entity.fields if f.api not in names])
            message = f"the column `{name}` can be no contact field: an id has letters, digits, - and _"
            raise KitError.at(Place("source"), "bad-column", message, near or "rename it, or take it out")
        self.custom[name] = None
        return True


def whole_orders(rows: Iterable[Row]) -> Iterator[Row]:
    """Orders with their lines: neighbouring rows with the same order id are one order's lines."""
    whole: Row | None = None
    for row in rows:
        if row.problem or any(_LETTERS("", name.lower()) in _LINES for name in row.data):
            if whole:
                yield whole
            whole = None
            yield row
        elif whole and _order_id(whole.data) == _order_id(row.data):
            whole.data["products"].append(dict(row.data))
        else:
            if whole:
                yield whole
            whole = Row(row.place, {**row.data, "products": [dict(row.data)]})
    if whole:
        yield whole


_LINES = ("products", "items", "productbasketitem")


def _order_id(data: Mapping[str, Any]) -> object:
    names = ("purchaseid", "transactionid")
    return next((value for name, value in data.items() if _LETTERS("", name.lower()) in names), None)


def _spellings(entity: Entity) -> dict[str, Field]:
    """`_email`, `Email`, `primary_key` → the field."""
    found: dict[str, Field] = {}
    for each in entity.fields:
        for name in (each.api, each.html, each.js, each.ga4):
            if name:
                found.setdefault(_LETTERS("", name.lower()), each)
    return found


def _ids(record: Mapping[str, Any]) -> Iterator[str]:
    """Everything in a record, and in an order's lines, that may become a step of an address."""
    for name in ("product_id", "purchase_id", "contact_external_id", "contact_email"):
        if isinstance(found := record.get(name), str):
            yield found
    lines = record.get("product_basket_item")
    for line in lines if isinstance(lines, tuple) else ():
        yield from _ids(line)


def _text(found: object) -> str:
    """A value of a JSON or YAML row as a cell."""
    if isinstance(found, list | tuple):
        return LIST_SEPARATOR.join(text for each in found if (text := text_of(each)))
    return text_of(found) or ""


def _column(name: str, known: Field, *, personal: bool) -> Column:
    """The check of one column, made once."""
    choices = known.api_choices or known.choices
    if choices:
        spelt, expected = {each.lower(): each for each in choices}, ", ".join(choices)
        wrong = say("one of {choices}", choices=expected)
        return Column(
            name, known.api, lambda text: "" if text.lower() in spelt else wrong, lambda t: spelt[t.lower()]
        )
    if known.kind is TEXT and not known.max_length:  # nothing to check
        return Column(name, known.api)
    fault = known.kind.fault if isinstance(known.kind, Kind) else known.fault  # a call less for each cell

    def check(text: str) -> str:
        if why := fault(text):
            return say("expected {what}, got {got}", what=why, got=_quoted(text, personal=personal))
        return known.beyond(text)

    return Column(name, known.api, check, {INTEGER.name: _whole, DATE.name: _day}.get(known.kind.name))


def _quoted(text: str, *, personal: bool) -> str:
    return mask.hidden(text) if personal else text[:60]


def _day(text: str) -> str:
    """A day without the hour that databases write after it: imports want no more (360014217640)."""
    return text[:10]


def _whole(text: str) -> str:
    """No leading zeros: an import would refuse them (360014217640)."""
    return text.lstrip("0") or "0"


def _spelt(known: Field, text: str) -> str:
    """A text as the API spells it: choices, booleans, moments in ISO 8601."""
    if known.api_choices:
        return next((each for each in known.api_choices if each.lower() == text.lower()), text)
    if known.kind is BOOLEAN:
        return text.lower()
    if known.kind is TIMESTAMP and text.isdecimal():
        return datetime.fromtimestamp(int(text) / 1000, UTC).isoformat().replace("+00:00", "Z")
    return text


def _without_key(key: str, keys: Sequence[str]) -> str:
    if key:
        return say("`{name}` cannot be an id", name=key)
    return _missing(*reversed(keys))


def _missing(*names: str) -> Message:
    return say("{names} is missing", names=either(names))


def _said(problems: Iterable[Diagnostic]) -> str:
    return mask.masked(joined((without_end(each.message) for each in problems), "; "))


def body_of(subject: Subject, cells: Mapping[str, str], types: Mapping[str, str]) -> dict[str, Any]:
    """Cells as the JSON of a single call; `types` are the custom fields' own."""
    return {name: _json(subject.by_api.get(name), types.get(name, ""), text) for name, text in cells.items()}


def _json(known: Field | None, type_: str, text: str) -> Any:
    if known is None:
        return _custom(type_, text)
    if known.many:
        return text.split(LIST_SEPARATOR)
    record: Record = {known.html: text}
    return to_json(Entity("one", "", 0, (known,)), record, face="api")[known.api]


def _custom(type_: str, text: str) -> Any:
    """A custom field's text as its type wants it; what cannot be is left to the API to refuse."""
    try:
        if type_ == "integer":
            return int(text)
        if type_ == "decimal":
            return float(text)
    except ValueError:
        return text
    if type_ == "boolean" and text.lower() in ("true", "false"):
        return text.lower() == "true"
    return text.split(LIST_SEPARATOR) if type_ == "checkbox" else text
