"""Anything that has names and values → a record of the vocabulary, each value checked, text kept as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from connectif_kit.catalog import convert
from connectif_kit.catalog.amounts import of_line, of_lines, settle
from connectif_kit.catalog.causes import ending
from connectif_kit.catalog.column_readers import declared, found_in, says_which
from connectif_kit.catalog.currencies import NONE, Codes, codes_in, converted, in_name, listed, of_column
from connectif_kit.catalog.currencies import named as is_currency
from connectif_kit.catalog.entities import decoded, decoded_prose
from connectif_kit.catalog.hints import DOUBTFUL, LACKING, cut, hint_for
from connectif_kit.catalog.layout import PRICES, Column, Layout
from connectif_kit.catalog.price import without_noise
from connectif_kit.catalog.row import RULE
from connectif_kit.catalog.spelling import address, all_led, choice_of, moment, names_of, spelt_alike
from connectif_kit.catalog.values import Ask, Data, ask_nobody, at, fill, value
from connectif_kit.core.diagnostics import Diagnostic, Place, Severity
from connectif_kit.core.messages import joined, say
from connectif_kit.core.records import dataclass
from connectif_kit.plan.source import Source
from connectif_kit.vocabulary.currencies import CODES, THREE_DECIMALS
from connectif_kit.vocabulary.kinds import AMOUNT, DATETIME, DECIMAL, TEXT, TIMESTAMP, URL
from connectif_kit.vocabulary.model import Entity, Field, Record, Value


@dataclass(frozen=True, slots=True)
class Context:
    """What a record is read with: the row's place, the shop's address, and a page to ask.

    `url` is the plan's `catalog.url`; `ask` answers the sources that a row cannot; `plan` says
    where a property's mapping stands in `connectif.yaml`. Prices in another currency than `currency`
    are wrong unless `rates` has what one of it is worth; `currency_path` is where a row says its own.
    `time_zone` is that of moments without an offset; with `entities`, `&amp;` in a text is `&`;
    where prices are `exact`, `1.299` is no 1299.
    """

    place: Place = Place("")
    store_url: str = ""
    url: str | None = None
    ask: Ask = ask_nobody
    plan: Mapping[str, Place] = field(default_factory=dict)
    currency: str = ""
    rates: Mapping[str, Decimal] = field(default_factory=dict)
    currency_path: str | None = None
    time_zone: str = ""
    entities: bool = False
    exact: bool = False


def record(
    data: Data, fields: Mapping[str, Source], entity: Entity, *, context: Context
) -> tuple[Record, list[Diagnostic]]:
    """One object as a record, and what is wrong with it; an error means that it must not be used."""
    return Mapper(fields, entity, context).record(data, context.place)


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
        self.names = names_of(entity)
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
        problems += [self.contradiction(*said, place) for said in self.finish(out, data)]
        if not out.keys() >= self.needed:
            problems += self.lacking(out, problems, place)
        return out, problems

    def text(
        self, column: Column, found: str, place: Place, problems: list[Diagnostic], raw: object
    ) -> str | None:
        """A faultless text in the spelling that we emit; another is reported, with the cell that it is of."""
        field = column.field
        text = column.decode(found.strip()) if column.decode else found.strip()
        if field.kind is AMOUNT:
            text = without_noise(text)
        if field.choices:
            text = choice_of(field, text)
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
            if len(set(texts)) > 1 and (field.html in PRICES or field.html == "product_id"):
                problems.append(self.several(column, texts, place))
                return
            texts = texts[:1]
        good = [field.on_one_line(text) for text in texts]
        if not column.free:
            made = (self.text(column, text, place, problems, raw) for text in texts)
            good = [text for text in made if text is not None]
        if good:
            out[field.html] = tuple(dict.fromkeys(good)) if field.many else good[0]

    def several(self, column: Column, texts: list[str], place: Place) -> Diagnostic:
        """A complaint about a price, or an id, that has several values."""
        name = column.field.html
        message = say("`{name}` has several values, {texts}", name=name, texts=", ".join(map(cut, texts[:3])))
        hint = say("say which counts: `{name}: {{path: {key}, nth: 1}}`", name=name, key=column.key)
        return self.complaint(column.field, message, place, hint)

    def take_nested(
        self,
        column: Column,
        items: list[Any],
        place: Place,
        out: dict[str, Value],
        problems: list[Diagnostic],
    ) -> None:
        """Records inside the record; a bad one is left out and reported."""
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
        if layout.choice:
            problems += self.passed_over(layout.choice, data, place)
        named = filter(None, (convert.text_of(at(data, key)) for key in layout.currencies))
        text = next(named, "")
        of_row, unknown = of_column(text)
        if unknown:
            message = say("`{text}` is not a currency that is known", text=cut(text))
            problems.append(self.contradiction("currency", message, place))
        for column in layout.money:
            name = column.field.html
            price = out.get(name)
            if not isinstance(price, str):
                continue
            own = own_codes(column, data)
            codes = own or self._beside(column.key, data) or in_name(column.key) or of_row
            if not codes or self._ours(codes):
                if own and of_row and not own & of_row:
                    message = say(
                        "it is in {own}, and its row says {row}", own=listed(own), row=listed(of_row)
                    )
                    problems.append(self.contradiction(name, message, place))
                continue
            rates = [self.context.rates[code] for code in codes if code in self.context.rates]
            if len(rates) == 1 and self.entity.name in ("product", "product_basket_item"):
                out[name] = converted(price, rates[0], self.context.currency)
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
        if not codes & CODES:
            return False
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
        ours, name = self.context.currency, column.field.html
        if any(" " in code for code in codes):
            message = say("`{name}` is in {codes} at once", name=name, codes=listed(codes))
            return self.complaint(column.field, message, place, "")
        against = (
            say("the store's currency is {ours}", ours=ours)
            if ours
            else say("rows before it are in {codes}", codes=listed(self.seen))
        )
        message = say("`{name}` is in {codes}, {against}", name=name, codes=listed(codes), against=against)
        hint = say(
            "`catalog.rates: {rate}` converts such prices, `catalog.where` leaves such rows out",
            rate=f"{{{min(codes)}: …}}",
        )
        if not ours:
            hint = say("say which is the store's: `currency: EUR` in `store`; then {hint}", hint=hint)
        return self.complaint(column.field, message, place, hint)

    def take_own(self, data: Data, out: dict[str, Value]) -> None:
        """Properties that only the store knows, of an entity that is open to them."""
        for name, source in self.own.items() if self.entity.open else ():
            found = value(source, data, self.context.ask)
            if isinstance(found, list):
                out[name] = tuple(found)
            elif (text := convert.text_of(found)) is not None:
                out[name] = text

    def finish(self, out: dict[str, Value], data: Data) -> Iterable[tuple[str, str]]:
        """What follows from the rest: a product's address, led categories, the discount.

        Gives what its prices contradict, by property.
        """
        if not self.is_product:
            return list(of_lines(out)) if "product_basket_item" in out else ()
        if "url" not in out and self.context.url:
            made = fill(self.context.url, {**data, **out})
            if made:
                out["url"] = address(self.context.store_url, made)
        if "category" in out:
            out["category"] = all_led(out["category"])
        said = settle(out)
        if self.entity.name == "product":
            return said
        # A gift in a cart costs nothing.
        return [*(each for each in said if each[0] != "unit_price"), *of_line(out)]

    def passed_over(self, column: Column, data: Data, place: Place) -> list[Diagnostic]:
        """Why the first of several prices does not count."""
        why = column.choice.passed(data) if column.choice else ""
        return [self.contradiction(column.field.html, why, place)] if why else []

    def contradiction(self, name: str, said: str, place: Place) -> Diagnostic:
        """A warning about an amount that is doubtful beside the others."""
        hint = DOUBTFUL.get(name, "")
        plan = self.context.plan.get(name)
        message = joined((f"`{name}`", said), ": ")
        return Diagnostic(RULE, Severity.WARNING, message, place, hint, plan, element=name)

    def lacking(self, out: Data, problems: list[Diagnostic], place: Place) -> list[Diagnostic]:
        """Required properties that are absent and not already complained of."""
        reported = {d.element for d in problems}
        return [
            self.complaint(
                each, say("`{missing}` is missing", missing=each.html), place, LACKING.get(each.html, "")
            )
            for each in self.required
            if each.html not in out and each.html not in reported
        ]

    def problem(self, column: Column, fault: str, text: str, place: Place, raw: object) -> Diagnostic:
        """What is wrong with a text, under the file's name for it and ours."""
        shown = cut(text)
        if isinstance(raw, str) and raw.strip() != text:
            shown = say("{shown}` of `{whole}", shown=shown, whole=cut(raw))
        called = f" (`{column.key}`)" if column.key not in ("", column.field.html) else ""
        hint = hint_for(column.field, column.key, text)
        message = say(
            "`{name}`{called}: expected {fault}, got `{shown}`",
            name=column.field.html,
            called=called,
            fault=fault,
            shown=shown,
        )
        return self.complaint(column.field, message, place, hint)

    def complaint(self, about: Field, message: str, place: Place, hint: str) -> Diagnostic:
        """An error for what must be there, else a warning: the property is left out."""
        severity = Severity.ERROR if about.required else Severity.WARNING
        if not about.required:
            message = ending(message)
        return Diagnostic(
            RULE, severity, message, place, hint, self.context.plan.get(about.html), element=about.html
        )

    def _layout(self, keys: tuple[str, ...]) -> Layout:
        """What can be read from objects with these keys, in the vocabulary's order."""
        spelt = {spelt_alike(key): key for key in reversed(keys)}
        columns = (
            declared(each, self.fields[each.html], keys, self.context.ask)
            if each.html in self.fields
            else found_in(each, spelt, self.names[each.html])
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
        choice = next((column for column in found if column.choice), None)
        return Layout(quick, currencies, tuple(money), choice)

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
        if not amount or exact or (source and says_which(source)):
            return column
        field = replace(column.field, kind=AMOUNT)
        return column._replace(field=field, quick=column.quick and AMOUNT.fault)


def own_codes(column: Column, data: Data) -> Codes:
    """The currencies that a price's own text names."""
    return codes_in(convert.text_of(column.raw(data)) or "") if column.raw else NONE


def usable(problems: Iterable[Diagnostic]) -> bool:
    """Whether a record with these problems may be used."""
    return not any(problem.severity is Severity.ERROR for problem in problems)
