"""The vocabulary as the browser and TypeScript know it, as far as a plan can send it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from connectif_kit.build.encode import (
    CART,
    CONTACT,
    LINE,
    MARKS,
    PRODUCT,
    PURCHASE,
    Rule,
    described,
    field_names,
)
from connectif_kit.core.records import dataclass
from connectif_kit.plan.models import Plan
from connectif_kit.plan.queries import walk
from connectif_kit.vocabulary import ENTITIES, EVENTS
from connectif_kit.vocabulary.kinds import INTEGER, Json
from connectif_kit.vocabulary.model import Entity, Field

_FIRST = (PRODUCT, LINE, CART, PURCHASE, CONTACT)
_CONTACT = frozenset({"primary_key", "_name", "_surname", "_newsletter_subscription_status"})
"""What the article on contacts in events names (360014775379); the rest is sent where a plan maps it."""
_ANONYMOUS = frozenset({"tracker_id", "_newsletter_subscription_status"})
"""What may be said of a contact without an email, besides the store's own fields (360014654740)."""
_COMPUTED = frozenset({"totalQuantity", "totalPrice", "price"})


@dataclass(frozen=True, slots=True)
class Property:
    """A property of a TypeScript interface."""

    name: str
    type: str
    doc: str
    required: bool


@dataclass(frozen=True, slots=True)
class Interface:
    """A TypeScript interface."""

    name: str
    doc: str
    fields: list[Property]
    open: bool


def tables(plan: Plan, rules: list[Rule], *, ga4: bool) -> dict[str, str]:
    """Rows of the entities that can be sent: those of the public functions, and what events carry.

    An entity's name among them stands for its rows.
    """
    wanted = [PRODUCT, LINE, CART, CONTACT, *(name for rule in rules for name in field_names(rule))]
    wanted += [str(rule["writes"]) for rule in rules if "writes" in rule]
    made: dict[str, str] = {}
    spelt = _spelt(plan)
    for name in dict.fromkeys(wanted):
        if name in EVENTS and name not in ENTITIES:
            made[name] = " ".join(_row(f, ga4=False, spelt=True) for f in EVENTS[name].fields if f.js)
        if name in ENTITIES:
            base = [PRODUCT] if name == LINE else []
            known = ENTITIES[PRODUCT].by_html if base else {}
            fields = [field for field in fields_of(plan, name) if field.html not in known]
            made[name] = " ".join([*base, *(_row(f, ga4=ga4, spelt=f.html in spelt) for f in fields)])
    return made


def fields_of(plan: Plan, entity: str) -> list[Field]:
    """An entity's fields that this plan can send; of a mapped contact what plan or article name."""
    named = [field for field in ENTITIES[entity].fields if field.js]
    general = [plan.contact] if plan.contact else []
    own = [described(rule.contact, plan.contact) for rule in plan.events.values() if rule.contact]
    sources = [*general, *own]
    if entity != CONTACT or any(not source.fields for source in sources):
        return named
    wanted = _CONTACT.union(*(source.fields or {} for source in sources))
    return [field for field in named if field.html in wanted]


def _spelt(plan: Plan) -> set[str]:
    """Properties whose values stand in the plan itself: no need to look at their spelling in the browser."""
    mapped = [(path[-1], source.NAME == "literal") for path, source in walk(plan)]
    return {str(name) for name, literal in mapped if literal} - {
        name for name, literal in mapped if not literal
    }


def _row(field: Field, *, ga4: bool, spelt: bool) -> str:
    """`unitPrice=!#===price`: name in JavaScript, marks, name in tags, allowed words, name in GA4."""
    marks = "!" * field.required + "*" * field.many + ("^" if field.entity else "")
    marks += "" if isinstance(field.kind, Entity) else MARKS.get(field.kind.name, "")
    marks += "?" * (field.html in _ANONYMOUS)
    usual = re.sub(r"[A-Z]+|\d", lambda found: "_" + found[0].lower(), field.js)
    html = "" if field.html == usual else field.html
    words = () if spelt else field.choices
    return "=".join([field.js, marks, html, "|".join(words), field.ga4 if ga4 else ""]).rstrip("=")


def promise(field: Field) -> Json:
    """What a property must be: in words, as limits, and whether it must be there."""
    limits = {"maximum": field.maximum, "maxLength": field.max_length}
    rule: dict[str, Json] = {name: value for name, value in limits.items() if value is not None}
    if isinstance(field.kind, Entity):
        words = f"a {field.kind.name}"
    elif field.choices:
        words = "one of " + ", ".join(field.choices)
    else:
        words = field.kind.doc
        rule |= {name: field.kind.schema[name] for name in ("format", "pattern") if name in field.kind.schema}
        rule |= {"integer": True} if field.kind is INTEGER else {}
    return [words, rule, field.required]


def interfaces() -> list[str]:
    """Entities that a page's own code meets; those that every shop has come first."""
    named = [name for name, entity in ENTITIES.items() if entity.interface]
    return sorted(named, key=lambda name: (*_FIRST, name).index(name))


def interface(entity: Entity, named: Iterable[Field], custom: bool) -> Interface:
    """An entity's properties as TypeScript knows them."""
    fields = [
        Property(field.js, _typescript(field), field.doc, field.required and field.js not in _COMPUTED)
        for field in named
    ]
    return Interface(entity.interface, entity.doc, fields, custom)


def _typescript(field: Field) -> str:
    if field.choices:
        one = " | ".join(f'"{choice}"' for choice in field.choices)
        return f"({one})[]" if field.many else one
    one = field.kind.interface or "object" if isinstance(field.kind, Entity) else field.kind.typescript
    return f"{one}[]" if field.many else one
