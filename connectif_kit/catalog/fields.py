"""Anything that has names and values → a record of the vocabulary, each value checked, text kept as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from connectif_kit.catalog import convert
from connectif_kit.catalog.currencies import NONE, Codes, codes_in, converted, in_name, listed
from connectif_kit.catalog.currencies import named as is_currency
from connectif_kit.catalog.entities import decoded, decoded_prose
from connectif_kit.catalog.row import RULE
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.path import Path
from connectif_kit.vocabulary.google_feed import AVAILABILITY, FEED_NAMES
from connectif_kit.vocabulary.model import (
    AMOUNT,
    DATETIME,
    DECIMAL,
    TEXT,
    TIMESTAMP,
    URL,
    Entity,
    Field,
    Kind,
    Record,
    Value,
)
from connectif_kit.vocabulary.price_marks import THREE_DECIMALS

Data: TypeAlias = Mapping[str, Any]
Getter: TypeAlias = Callable[[Data], object]
Ask: TypeAlias = Callable[[Source, Data], object]

MAX_SHOWN = 60
_FEED_PRICE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?[A-Z]{3}").fullmatch
_LACKING = {"url": "say where the pages are, such as `catalog: {url: /p/{product_id}/}`, or map a column"}
_UNITS = re.compile(r"([-−])?([0-9]{1,12}(?:[.,][0-9]+)?)").fullmatch
PRICES = frozenset(
    (
        "unit_price",
        "unit_price_original",
        "unit_price_without_vat",
        "discounted_amount",
        "price",
        "total_price",
    )
)
"""Properties that are amounts of money."""
_LETTERS = re.compile(r"[^0-9a-z]").sub
_LAST = re.compile("[/:#]").split


def _ask_nobody(_: Source, __: Data) -> object:
    return None


@dataclass(frozen=True, slots=True)
class Context:
    """What a record is read with: the row's place, the shop's address, and a page to ask.

    `url` is the plan's `catalog.url`; `ask` answers the sources that a row cannot; `plan` says
    where a property's mapping stands in `connectif.yaml`. Prices in another currency than `currency`
    are wrong unless `rates` has what one of it is worth; `currency_path` is where a row says its own.
    `time_zone` is that of moments without an offset; with `entities`, `&amp;` in a text is `&`;
    where prices are `exact`, `1.299` is no 1299.
    """

    place: Place = Place("")  # noqa: RUF009 - frozen
    store_url: str = ""
    url: str | None = None
    ask: Ask = _ask_nobody
    plan: Mapping[str, Place] = field(default_factory=dict)
    currency: str = ""
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    currency_path: str | None = None
    time_zone: str = ""
    entities: bool = False
    exact: bool = False


def at(data: object, path: str) -> object:
    """What a dotted path leads to: a key that is spelt so, else step by step; lists by number or all."""
    if not path or data is None:
        return data
    if isinstance(data, Mapping):
        if path in data:
            return data[path]
        step, dot, rest = path.partition(".")
        return at(data.get(step), rest) if dot else None
    if not isinstance(data, list | tuple):
        return None
    step, _, rest = path.partition(".")
    if step.isdecimal() and step.isascii():
        return at(data[int(step)], rest) if len(step) < 7 and int(step) < len(data) else None
    found = [value for item in data if (value := at(item, path)) is not None]
    return found or None


def fill(template: str, data: object) -> str | None:
    """A template's text; nothing where one of its places is empty."""
    parts = re.split(r"\{([^{}]*)\}", template)
    values = [convert.text_of(at(data, path)) for path in parts[1::2]]
    if any(value is None for value in values):
        return None
    filled = iter(values)
    return "".join(part if number % 2 == 0 else next(filled) or "" for number, part in enumerate(parts))


def value(source: Source, data: Data, ask: Ask = _ask_nobody) -> object:
    """What a source says of an object, after its declared conversions."""
    return convert.apply(source, source.in_object(InObject(data, ask)))


class InObject(NamedTuple):
    """What sources may ask of an object, and of the page it stands in."""

    data: Data
    asked: Ask = _ask_nobody

    def at(self, path: str) -> object:
        """What a dotted path leads to."""
        return at(self.data, path)

    def fill(self, template: str) -> str | None:
        """A template's text; nothing where one of its places is empty."""
        return fill(template, self.data)

    def value(self, source: Source) -> object:
        """What another source says of the same object."""
        return value(source, self.data, self.asked)

    def ask(self, source: Source) -> object:
        """What the page says."""
        return self.asked(source, self.data)


def untouched(source: Source, data: Data, ask: Ask = _ask_nobody) -> object:
    """What a source finds in an object, before its declared conversions."""
    if tried := source.inner():
        found = (untouched(each, data, ask) for each in tried if value(each, data, ask) is not None)
        return next(found, None)
    return source.in_object(InObject(data, ask))


def record(
    data: Data, fields: Mapping[str, Source], entity: Entity, *, context: Context
) -> tuple[Record, list[Diagnostic]]:
    """One object as a record, and what is wrong with it; an error means that it must not be used."""
    return Mapper(fields, entity, context).record(data, context.place)


class Column(NamedTuple):
    """How one property is read from objects with certain keys; `free` takes any text as it is.

    `quick` is the whole check of a single text, where its kind is all there is to check. `raw` gives a
    price as it was before anything was made of it; `decode` takes the entities out of a text. `keys` are
    those that its value depends on, where it depends on nothing else.
    """

    field: Field
    read: Getter
    key: str
    free: bool
    quick: Callable[[str], str] | None
    raw: Getter | None = None
    decode: Callable[[str], str] | None = None
    keys: tuple[str, ...] = ()


Quick: TypeAlias = tuple[str, Getter, Callable[[str], str] | None, Callable[[str], str] | None, "Column"]
"""A column taken apart, for the loop that most of the time is spent in: name, read, quick, decode, whole."""


class Layout(NamedTuple):
    """What is read from objects with certain keys; `currencies` are the keys that name their currency."""

    quick: tuple[Quick, ...]
    currencies: tuple[str, ...] = ()
    money: tuple[Column, ...] = ()


def _column(
    each: Field, read: Getter, key: str, raw: Getter | None = None, keys: tuple[str, ...] = ()
) -> Column:
    plain = not (each.choices or each.max_length or each.maximum is not None)
    single = plain and not (each.many or each.kind is DATETIME or each.kind is TIMESTAMP)
    return Column(
        each,
        read,
        key,
        plain and each.kind is TEXT,
        each.kind.fault if single and isinstance(each.kind, Kind) else None,
        raw if each.html in PRICES else None,
        keys=keys,
    )


def _tidied(column: Column, text: str) -> str:
    """A text without entities, and without the line breaks that its field cannot have."""
    text = column.decode(text) if column.decode else text
    return column.field.on_one_line(text) if column.free else text


class Mapper:
    """A mapping made ready once for many objects: what to read, how, and how to check it."""

    def __init__(self, fields: Mapping[str, Source], entity: Entity, context: Context) -> None:
        self.fields = fields
        self.entity = entity
        self.context = context
        self.names = _names(entity)
        self.known = lru_cache(maxsize=256)(self._layout)
        self.seen: Codes = NONE
        self.required = tuple(each for each in entity.fields if each.required)
        self.needed = frozenset(each.html for each in self.required)
        self.is_product = "unit_price" in entity.by_html
        self.own = {name: source for name, source in fields.items() if name not in entity.by_html}

    def record(self, data: Data, place: Place) -> tuple[dict[str, Value], list[Diagnostic]]:
        """One object as a record, and its problems; required properties that lack are errors."""
        out: dict[str, Value] = {}
        problems: list[Diagnostic] = []
        layout = self.known(tuple(data))
        for html, read, quick, decode, column in layout.quick:
            found = read(data)
            if found is None or found == "":
                continue
            if quick and type(found) is str:
                text = found.strip()
                if (decode and "&" in text and ";" in text) or not text.isprintable():
                    text = _tidied(column, text)
                fault = quick(text)
                if text and not fault:
                    out[html] = text
                if not fault:
                    continue
            self.take(column, found, place, out, problems, data.get(column.key))
        if self.own:
            self.take_own(data, out)
        if layout.money:
            self.take_money(layout, data, place, out, problems)
        self.finish(out, data)
        if not out.keys() >= self.needed:
            problems += self.lacking(out, problems, place)
        return out, problems

    def text(
        self, column: Column, found: str, place: Place, problems: list[Diagnostic], raw: object
    ) -> str | None:
        """A text that is faultless, in the spelling that we emit; else told, with the cell that it is of."""
        field = column.field
        text = column.decode(found.strip()) if column.decode else found.strip()
        if field.choices:
            text = _choice(field, text)
        elif field.kind is URL and self.context.store_url and "://" not in text:
            text = address(self.context.store_url, text)
        text = field.on_one_line(text) if field.kind is TEXT else text
        fault = field.fault(text)
        if not fault and (field.kind is DATETIME or field.kind is TIMESTAMP):
            if made := moment(text, self.context.time_zone, field.kind is TIMESTAMP):
                return made
            fault = "a moment with its offset, such as 2026-01-15T10:20:30+01:00"
        if not fault:
            return text
        problems.append(self.problem(column, fault, text, place, raw))
        return None

    def take(
        self,
        column: Column,
        found: object,
        place: Place,
        out: dict[str, Value],
        problems: list[Diagnostic],
        raw: object,
    ) -> None:
        """A value that must be checked: one text, a list of them, or nested records."""
        field = column.field
        if type(found) is str and not field.many:
            if (text := self.text(column, found, place, problems, raw)) is not None:
                out[field.html] = text
            return
        items = list(found) if isinstance(found, list | tuple) else [found]
        if field.entity:
            self.take_nested(column, items, place, out, problems)
            return
        texts = [text for item in items if (text := convert.text_of(item)) is not None]
        if column.free and column.decode:
            texts = list(filter(None, map(column.decode, texts)))
        if not field.many:
            texts = texts[:1]
        good = [field.on_one_line(text) for text in texts]
        if not column.free:
            made = (self.text(column, text, place, problems, raw) for text in texts)
            good = [text for text in made if text is not None]
        if good:
            out[field.html] = tuple(dict.fromkeys(good)) if field.many else good[0]

    def take_nested(
        self,
        column: Column,
        items: list[Any],
        place: Place,
        out: dict[str, Value],
        problems: list[Diagnostic],
    ) -> None:
        """Records inside the record; a bad one is left out and told."""
        field = column.field
        source = self.fields.get(field.html)
        if field.entity is None:
            return
        inner = Mapper((source and source.fields) or {}, field.entity, self.context)
        good = []
        for item in items:
            if isinstance(item, Mapping):
                made, wrong = inner.record(item, place)
                problems += wrong
                good += [made] if usable(wrong) else []
        if good:
            out[field.html] = tuple(good) if field.many else good[0]

    def take_money(
        self, layout: Layout, data: Data, place: Place, out: dict[str, Value], problems: list[Diagnostic]
    ) -> None:
        """Prices in the store's currency; one in another is converted by the plan's rate, or refused."""
        named = (codes_in(convert.text_of(at(data, key)) or "") for key in layout.currencies)
        of_row = next(filter(None, named), NONE)
        for column in layout.money:
            name = column.field.html
            price = out.get(name)
            if not isinstance(price, str):
                continue
            codes = own_codes(column, data) or self._beside(column.key, data) or in_name(column.key) or of_row
            if not codes or self._ours(codes):
                continue
            rates = [self.context.rates[code] for code in codes if code in self.context.rates]
            if len(rates) == 1 and self.entity.name in ("product", "product_basket_item"):
                out[name] = converted(price, rates[0])
            else:
                del out[name]
                problems.append(self._foreign(column, codes, place))

    def strange(self, codes: Codes) -> bool:
        """Whether a price that names these must be looked at: they are not plainly the store's."""
        return bool(codes) and self.context.currency not in codes

    def _ours(self, codes: Codes) -> bool:
        """Whether a price is in the store's currency; where the plan has none, in that of the rows before."""
        if self.context.currency:
            return self.context.currency in codes
        common = self.seen & codes if self.seen else codes
        self.seen = common or self.seen
        return bool(common)

    def _beside(self, key: str, data: Data) -> Codes:
        """The currency that stands with a price: `<price currency="EUR">`, `{amount: 10, currency: EUR}`."""
        if found := data.get(f"{key}@currency"):
            return codes_in(convert.text_of(found) or "")
        inside = at(data, key.rpartition(".")[0]) if "." in key and key not in data else None
        names = [name for name in inside if is_currency(name)] if isinstance(inside, Mapping) else []
        return codes_in(convert.text_of(at(inside, names[0])) or "") if names else NONE

    def _foreign(self, column: Column, codes: Codes, place: Place) -> Diagnostic:
        ours = self.context.currency
        against = f"the store's currency is {ours}" if ours else f"rows before it are in {listed(self.seen)}"
        message = f"`{column.field.html}` is in {listed(codes)}, {against}"
        code = min(codes)
        hint = f"`catalog.rates: {{{code}: …}}` converts such prices, `catalog.where` leaves such rows out"
        if not ours:
            hint = "say which is the store's: `currency: EUR` in `store`; then " + hint
        return self.complaint(column.field, message, place, hint)

    def take_own(self, data: Data, out: dict[str, Value]) -> None:
        """Properties that only the store knows, of an entity that is open to them."""
        for name, source in self.own.items() if self.entity.open else ():
            found = value(source, data, self.context.ask)
            if isinstance(found, list):
                out[name] = tuple(found)
            elif (text := convert.text_of(found)) is not None:
                out[name] = text

    def finish(self, out: dict[str, Value], data: Data) -> None:
        """What follows from the rest: a product's address, led categories, the discount."""
        if not self.is_product:
            return
        if "url" not in out and self.context.url:
            made = fill(self.context.url, {**data, **out})
            if made:
                out["url"] = address(self.context.store_url, made)
        if "category" in out:
            out["category"] = _all_led(out["category"])
        if "unit_price_original" in out:
            _discount(out)

    def lacking(self, out: Data, problems: list[Diagnostic], place: Place) -> list[Diagnostic]:
        """Required properties that are absent and not already complained of."""
        told = {d.element for d in problems}
        return [
            self.complaint(each, f"`{each.html}` is missing", place, _LACKING.get(each.html, ""))
            for each in self.required
            if each.html not in out and each.html not in told
        ]

    def problem(self, column: Column, fault: str, text: str, place: Place, raw: object) -> Diagnostic:
        """What is wrong with a text, under the file's name for it and ours."""
        shown = _cut(text)
        if isinstance(raw, str) and raw.strip() != text:
            shown += f"` of `{_cut(raw)}"
        called = f" (`{column.key}`)" if column.key not in ("", column.field.html) else ""
        hint = _hint(column.field, column.key, text)
        message = f"`{column.field.html}`{called}: expected {fault}, got `{shown}`"
        return self.complaint(column.field, message, place, hint)

    def complaint(self, about: Field, message: str, place: Place, hint: str) -> Diagnostic:
        """An error for what must be there, else a warning: the property is left out."""
        severity = Severity.ERROR if about.required else Severity.WARNING
        if not about.required:
            message += "; it is left out"
        return Diagnostic(
            RULE, severity, message, place, hint, self.context.plan.get(about.html), element=about.html
        )

    def _layout(self, keys: tuple[str, ...]) -> Layout:
        """What can be read from objects with these keys, in the vocabulary's order."""
        spelt = {_spelt(key): key for key in reversed(keys)}
        columns = (
            self._declared(each, self.fields[each.html], keys)
            if each.html in self.fields
            else self._found(each, spelt)
            for each in self.entity.fields
        )
        found = tuple(self._doubting(self._decoding(column)) for column in columns if column)
        own = self.context.currency_path
        currencies = (own,) if own else tuple(key for key in keys if is_currency(key))
        money = [column for column in found if column.field.html in PRICES]
        if not currencies:
            money = [
                column
                for column in money
                if column.raw or "." in column.key or f"{column.key}@currency" in keys or in_name(column.key)
            ]
        quick = tuple((each.field.html, each.read, each.quick, each.decode, each) for each in found)
        return Layout(quick, currencies, tuple(money))

    def _decoding(self, column: Column) -> Column:
        kind = column.field.kind
        if not self.context.entities or not (kind is TEXT or kind is URL):
            return column
        prose = column.field.html == "description"
        return column._replace(decode=decoded_prose if prose else decoded)

    def _doubting(self, column: Column) -> Column:
        """A price such as `1.299` may be somebody's 1299, unless the plan or the currency says what it is."""
        source = self.fields.get(column.field.html)
        amount = column.field.html in PRICES and column.field.kind is DECIMAL
        exact = self.context.exact or self.context.currency in THREE_DECIMALS
        if not amount or exact or (source and _says_which(source)):
            return column
        field = replace(column.field, kind=AMOUNT)
        return column._replace(field=field, quick=column.quick and AMOUNT.fault)

    def _declared(self, each: Field, source: Source, keys: tuple[str, ...]) -> Column | None:
        key = source.path if isinstance(source, Path) else ""
        if isinstance(source, Path) and "." not in key and not convert.declared(source):
            return _column(each, itemgetter(key), key, keys=(key,)) if key in keys else None
        ask = self.context.ask
        return _column(
            each,
            lambda data: value(source, data, ask),
            key,
            lambda data: untouched(source, data),
            (key,) if key in keys else (),
        )

    def _found(self, each: Field, spelt: Mapping[str, str]) -> Column | None:
        keys = [spelt[name] for name in self.names[each.html] if name in spelt]
        if each.html == "unit_price_original" and "saleprice" not in spelt:
            keys = [key for key in keys if _spelt(key) != "price"]
        if not keys:
            return None
        first, rest = keys[0], keys[1:]
        if rest:
            return _column(
                each,
                lambda data: _plain(each, _first(data, keys)),
                first,
                lambda data: _first(data, keys),
                tuple(keys),
            )
        if each.many or each.kind is DECIMAL:
            return _column(each, lambda data: _plain(each, data[first]), first, itemgetter(first), (first,))
        return _column(each, itemgetter(first), first, keys=(first,))


def _says_which(source: Source) -> bool:
    """Whether the plan says which sign is the decimal one."""
    return source.number is not None or source.NAME == "literal" or any(map(_says_which, source.inner()))


def own_codes(column: Column, data: Data) -> Codes:
    """The currencies that a price's own text names."""
    return codes_in(convert.text_of(column.raw(data)) or "") if column.raw else NONE


def address(store_url: str, text: str) -> str:
    """An address of the shop made absolute; one that begins with the shop's folder keeps it once."""
    store = store_url.rstrip("/")
    base = "/" + store.partition("://")[2].partition("/")[2]
    if text.startswith("/") and base != "/" and not text.startswith((base + "/", "//")):
        return store + text
    return convert.join(store, text)


def usable(problems: Iterable[Diagnostic]) -> bool:
    """Whether a record with these problems may be used."""
    return not any(problem.severity is Severity.ERROR for problem in problems)


@cache
def _names(entity: Entity) -> dict[str, list[str]]:
    """Property → the spellings under which it is found where the plan does not say."""
    feed = FEED_NAMES if entity.name == "product" else {}
    faces = {f.html: (f.html, f.js, f.api, *feed.get(f.html, ()), f.ga4) for f in entity.fields}
    return {
        html: list(dict.fromkeys(_spelt(name) for name in names if name)) for html, names in faces.items()
    }


def _spelt(key: str) -> str:
    """`Product ID`, `product_id` and `productId` are one name, `g:price` is `price`."""
    return _LETTERS("", key.lower().removeprefix("g:"))


def _first(data: Data, keys: list[str]) -> object:
    return next((found for key in keys if (found := data.get(key)) not in (None, "")), None)


def _plain(each: Field, found: object) -> object:
    """The forms that the platform itself maps: prices with a currency, lists joined by `|`."""
    if not isinstance(found, str):
        return found
    if each.kind is DECIMAL:
        price = _FEED_PRICE(found)
        return price[1] if price else found
    if each.many:
        return found.split("|")
    return found


def moment(text: str, time_zone: str, day_will_do: bool = False) -> str:
    """A faultless moment in ISO 8601 with its offset; empty where nothing says which it has.

    Milliseconds stay. Without a time zone, a day that will do is taken as its first moment in UTC.
    """
    if text.isdecimal():
        return text
    written = str(DATETIME.to_json(text))
    found = datetime.fromisoformat(written)
    if found.tzinfo is not None:
        return written
    if time_zone:
        return found.replace(tzinfo=_zone(time_zone)).isoformat()
    return f"{written}T00:00:00Z" if day_will_do and len(written) == 10 else ""


@lru_cache(maxsize=8)
def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


def _choice(each: Field, text: str) -> str:
    """A choice as we spell it; availability also in Google's and schema.org's words."""
    if each.html == "availability":
        return availability(text) or text
    return {choice.lower(): choice for choice in each.choices}.get(text.lower(), text)


@lru_cache(maxsize=256)  # few words, many products
def availability(text: str) -> str:
    """`https://schema.org/InStock`, `in stock`, `14` units → `InStock`; empty for an unknown word."""
    if units := _UNITS(text.strip()):
        return "OutOfStock" if units[1] or not units[2].strip("0.,") else "InStock"
    return AVAILABILITY.get(_LETTERS("", _LAST(text.strip().rstrip("/"))[-1].lower()), "")


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + "…"


def _hint(each: Field, key: str, text: str) -> str:
    """The conversion that would help."""
    text = text.removesuffix("?")
    if each.kind in (DECIMAL, AMOUNT) and convert.number(text) not in ("", text):
        return f"declare `{each.html}: {{path: {key}, number: auto}}`"
    if each.kind in (DECIMAL, AMOUNT) and convert.ambiguous(text):
        return f"say which sign is the decimal one: `{each.html}: {{path: {key}, number: comma}}`"
    if each.choices:
        words = " or ".join(each.choices)
        return f"declare `{each.html}: {{path: {key}, map: {{{text[:20]}: …}}}}`, with {words}"
    return ""


@lru_cache(maxsize=10_000)  # a shop has few categories and many products
def _all_led(paths: Value) -> tuple[str, ...]:
    return tuple(_led(text) for text in paths if isinstance(text, str))


def _led(text: str) -> str:
    """A category's path led by `/`; Google's ` > ` parts levels, as on the platform."""
    if " > " in text:
        return convert.levels(text, ">")
    return text if text.startswith("/") else f"/{text}"


def _discount(out: dict[str, Value]) -> None:
    """The difference of both prices, exact; a price that is not reduced has no original."""
    now, before = out.get("unit_price"), out["unit_price_original"]
    if not isinstance(now, str) or not isinstance(before, str):
        return
    difference = _less(now, before)
    if not difference:
        del out["unit_price_original"]
    elif "discounted_amount" not in out:
        out["discounted_amount"] = difference


@lru_cache(maxsize=10_000)  # few prices, many products
def _less(now: str, before: str) -> str:
    """By how much a price is less than the one before, exact; empty where it is not."""
    difference = Decimal(before) - Decimal(now)
    return format(difference, "f") if difference > 0 else ""
