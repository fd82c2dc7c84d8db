"""A property that the thing being described does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from connectif_kit.core.diagnostics import Severity, did_you_mean
from connectif_kit.core.messages import say
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.document import Path
from connectif_kit.plan.models import EventRule, Plan
from connectif_kit.plan.queries import entity_at, walk
from connectif_kit.plan.variables import faults
from connectif_kit.vocabulary import ENTITIES, EVENTS
from connectif_kit.vocabulary.model import Entity


@check(
    Severity.ERROR,
    bad="cart: {storage: cart, fields: {cart_id: id, product_basket_items: lines}}",
    good="cart: {storage: cart, fields: {cart_id: id, product_basket_item: lines}}",
)
def unknown_property(plan: Plan) -> Iterator[Problem]:
    """A property that the entity or event does not have: its value would reach nobody."""
    for path, source in walk(plan):
        entity = entity_at(path) if source.fields is not None else None
        if entity is not None and not entity.open:
            yield from _unknown(path, entity, entity.by_html, source.fields or {})
    product = ENTITIES["product"]
    yield from _unknown(("catalog",), product, product.by_name, plan.catalog.fields)
    for name, rule in plan.events.items():
        yield from _of_event(name, rule)
    yield from _of_templates(plan)


def _unknown(path: Path, entity: Entity, known: Iterable[str], names: Iterable[str]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or say("known: {names}", names=", ".join(known))
            yield Problem(
                (*path, "fields", name),
                say("unknown property `{name}` of {entity}", name=name, entity=entity.name),
                hint,
                at_value=False,
            )


def _of_event(name: str, rule: EventRule) -> Iterator[Problem]:
    event = EVENTS.get(rule.send)
    known = [field.html for field in event.fields] if event else []
    for field in rule.given():
        if field not in known:
            has = say("it has: {names}", names=", ".join(known)) if known else say("it has no fields")
            hint = did_you_mean(field, known) or has
            yield Problem(
                ("events", name, field),
                say("{send} has no `{field}`", send=rule.send, field=field),
                hint,
                at_value=False,
            )


def _of_templates(plan: Plan) -> Iterator[Problem]:
    for fault in faults(plan.templates):
        if fault.is_unknown:
            yield Problem(("templates", *fault.path), fault.message, fault.hint, at_value=False)
