"""What the stand-in client must know of the vocabulary and the plan, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from connectif_kit.plan.shapes import BaseModel
from connectif_kit.vocabulary import EVENTS, TAGS
from connectif_kit.vocabulary.kinds import DECIMAL, INTEGER, Json
from connectif_kit.vocabulary.model import Entity, Event, Field, Tag
from connectif_kit.vocabulary.product import BASKET_ITEM, PRODUCT

if TYPE_CHECKING:
    from connectif_kit.plan.models import Plan

_PARSED = {DECIMAL.name: "float", INTEGER.name: "integer"}


def facts(plan: Plan) -> dict[str, Json]:
    """Tags with their properties as the client reads them, and how the store's settings stand."""
    how = plan.integration
    worker = plan.service_worker
    return {
        "store": plan.store.id,
        "environment": plan.store.environment,
        "autoInitialize": how.auto_initialize,
        "autoSend": how.activity != "js-events",
        "consent": how.consent is not None,
        "consentRule": _plain(how.consent),
        "worker": f"{plan.store.base}{worker.path}" if worker else None,
        "tags": {css_class: _tag(tag) for css_class, tag in TAGS.items()},
        "events": _events(),
    }


def _plain(value: object) -> str:
    """A part of the plan as one line, as near to what stands there as JSON can be."""
    if isinstance(value, BaseModel):
        return value.model_dump_json(exclude_none=True, exclude_defaults=True)
    return "" if value is None else str(value)


def _events() -> list[Json]:
    """Tag classes with their event types, in the client's order."""
    return [[event.tag, event.type] for event in sorted(EVENTS.values(), key=_turn) if event.tag]


def _turn(event: Event) -> int:
    return event.turn


def _tag(tag: Tag) -> Json:
    return {
        "entity": tag.entity.name if tag.entity else None,
        "first": tag.first_only,
        "open": bool(tag.entity and tag.entity.open),
        "fields": _fields(tag.entity) if tag.entity else [],
    }


def _fields(entity: Entity) -> list[Json]:
    return [_field(entity, field) for field in entity.fields if field.js and field.html]


def _field(entity: Entity, field: Field) -> Json:
    parse = "items" if field.entity else _PARSED.get(field.kind.name, "text")
    made: dict[str, Json] = {"html": field.html, "js": field.js, "parse": parse}
    made["many"] = field.many
    made["needed"] = _needed(entity, field)
    if field.entity:
        made["fields"] = _fields(field.entity)
    return made


def _needed(entity: Entity, field: Field) -> bool:
    """Whether the client drops the whole object without it: a basket item is held to a product's needs."""
    if entity is BASKET_ITEM:
        known = PRODUCT.by_html.get(field.html)
        return bool(known and known.required)
    return field.required and entity.name != "newsletter_subscribe"
