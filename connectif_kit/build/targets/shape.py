"""A tag as an include writes it: which variables, in which elements, with what around them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from connectif_kit.catalog.amounts import is_reduced
from connectif_kit.core.records import dataclass
from connectif_kit.plan.variables import Templates, Variable, variable_of
from connectif_kit.vocabulary.kinds import DATE, DECIMAL, INTEGER
from connectif_kit.vocabulary.model import Entity, Field, Record, Tag, Value

Step = str | int
Try: TypeAlias = "tuple[tuple[Step, ...], bool, tuple[tuple[Step, ...], ...]]"

_BESIDE = ("unit_price_original", "unit_price_without_vat")
"""Amounts that a price may contradict (catalog/amounts.py)."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property: where its value is, and what becomes of it.

    `steps` lead from the object around it, or from the template's own names, to the value;
    `others` lead to where it is else, should there be no text. `position` is the one that is taken of
    a list, counted from 1, or from -1 at its end; 0 takes all.
    `fixed` and `prefix` are HTML that no engine takes for its own. `inside` are the properties of
    objects that it holds; `options` makes a checkbox list of a list; a `number` is digits,
    `cents` are written with two decimals, a `date` as ISO 8601, `day` or `moment` as the property wants it;
    a `slug` is as shops write texts in addresses. `split` and `levels` are separators, `words` what stands
    for a text as it is written and `words_lower` in small letters; `default` is HTML like `fixed`.
    `beside` is the price that an amount must not contradict, which `contradicts` says how.
    """

    name: str
    steps: tuple[Step, ...] = ()
    others: tuple[tuple[Step, ...], ...] = ()
    position: int = 0
    many: bool = False
    options: bool = False
    number: bool = False
    cents: bool = False
    date: str = ""
    slug: bool = False
    split: str = ""
    levels: str = ""
    words: tuple[tuple[str, str], ...] = ()
    default: str = ""
    prefix: str = ""
    fixed: str = ""
    inside: tuple[Property, ...] = ()
    sample: Value = ""
    beside: Property | None = None

    @property
    def ways(self) -> tuple[tuple[Step, ...], ...]:
        """Where its value may be, in the order that counts."""
        return (self.steps, *self.others)

    @property
    def contradicts(self) -> str:
        """How an amount compares to the price beside it that it contradicts."""
        return "<=" if self.name == "unit_price_original" else ">"

    @property
    def is_priced(self) -> bool:
        """Whether it is a price that may be in several places: a 0 gives way to the next."""
        return self.number and self.name == "unit_price" and bool(self.others)

    @property
    def tries(self) -> tuple[Try, ...]:
        """Its ways, and whether a 0 there is none; all are asked for a price before a 0 is taken.

        With each the ways of the regular prices that a reduced one there must not be above.
        """
        asked: tuple[Try, ...] = tuple((way, False, ()) for way in self.ways)
        return (*self._priced(), *asked) if self.is_priced else asked

    def _priced(self) -> Iterator[Try]:
        reduced = [is_reduced(".".join(map(str, way))) for way in self.ways]
        for place, way in enumerate(self.ways):
            later = range(place + 1, len(reduced))
            regular = tuple(self.ways[n] for n in later if not reduced[n]) if reduced[place] else ()
            yield way, True, regular

    @property
    def is_chosen(self) -> bool:
        """Whether its texts are picked from several, or dropped by what is made of them."""
        picked = self.others or self.position or self.default or self.split
        return bool(picked or self.is_changed or self.cents or self.beside)

    @property
    def is_changed(self) -> bool:
        """Whether something else is made of a text, which may be nothing."""
        return bool(self.slug or self.words or self.levels)

    @property
    def words_lower(self) -> tuple[tuple[str, str], ...]:
        """The words in small letters; of several that are alike the first counts."""
        found: dict[str, str] = {}
        for old, new in self.words:
            found.setdefault(old.lower(), new)
        return tuple(found.items())

    @property
    def has_slugs(self) -> bool:
        """Whether slugs are made in it, or of anything inside."""
        return self.slug or any(each.has_slugs for each in self.inside)

    @property
    def has_prices(self) -> bool:
        """Whether prices are compared in it, or in anything inside."""
        return self.is_priced or self.beside is not None or any(each.has_prices for each in self.inside)

    @property
    def has_parts(self) -> bool:
        """Whether texts are cut or mapped in it, or in anything inside."""
        return bool(self.split or self.levels or self.words) or any(each.has_parts for each in self.inside)


def shape(tag: Tag, templates: Templates) -> Property:
    """The whole tag as the property that it is of the site's variables; without steps, of no object."""
    if tag.entity:
        variable = variable_of(templates, tag.entity.name)
        return _property(tag.css_class, variable, tag.entity, None)
    if tag.label:
        return _property(tag.css_class, variable_of(templates, tag.label.html), None, tag.label)
    return Property(tag.css_class)


def _property(name: str, variable: Variable, entity: Entity | None, field: Field | None) -> Property:
    fixed = variable.literal or ""
    prefix = "" if fixed else variable.prefix
    paths = variable.first_of or [name if variable.var is None else variable.var]
    steps, *others = [()] if fixed else map(_steps, paths)
    return Property(
        name,
        steps,
        tuple(others),
        position=variable.position,
        many=bool(field and field.many),
        options=variable.options,
        number=bool(field and field.kind in (DECIMAL, INTEGER)),
        cents=variable.divide is not None,
        date=_date(variable, field),
        slug=bool(variable.slug),
        split=variable.split or "",
        levels=variable.levels or "",
        words=tuple((variable.map or {}).items()),
        default=neutral(variable.default_text),
        prefix=neutral(prefix),
        fixed=neutral(fixed),
        inside=tuple(_inside(variable, entity)) if entity else (),
        sample=fixed or _sample(field),
    )


def _date(variable: Variable, field: Field | None) -> str:
    if not variable.date:
        return ""
    return "day" if field and field.kind is DATE else "moment"


def _inside(variable: Variable, entity: Entity) -> Iterator[Property]:
    given = variable.fields or {field.html: Variable() for field in entity.fields}
    made = []
    for name, inner in given.items():
        field = entity.by_html.get(name)
        made.append(_property(name, inner, field.entity if field else None, field))
    price = next((each for each in made if each.name == "unit_price" and not each.fixed), None)
    for each in made:
        yield replace(each, beside=price) if each.name in _BESIDE and not each.fixed else each


def _steps(path: str) -> tuple[Step, ...]:
    return tuple(int(step) if step.isdecimal() else step for step in path.split(".") if step)


def _sample(field: Field | None) -> Value:
    return field.sample if field and not field.entity else "…"


def neutral(text: str) -> str:
    """HTML of a text in which no engine, and no string literal of one, finds a character of its own."""
    return re.sub(r"[{}%$\\\r\n`\[\]]", lambda found: f"&#{ord(found[0])};", html.escape(text, quote=True))


def sample(whole: Property) -> Record:
    """A record of the examples, for what has no variables."""
    return {
        each.name: ((sample(each),) if each.many else sample(each)) if each.inside else _shown(each)
        for each in whole.inside
    }


def _shown(each: Property) -> Value:
    return (str(each.sample),) if each.options else each.sample


def variables(whole: Property, around: str = "") -> Iterator[str]:
    """Every variable that an include reads, as people write them."""
    for steps in whole.ways:
        here = ".".join(filter(None, (around, *map(str, steps))))
        for each in whole.inside:
            yield from variables(each, here + "[]" if whole.many else here)
        if steps and not whole.inside:
            yield here
