"""Journeys at the push of a button: the plan's own sources filled, its own triggers pulled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from connectif_kit.build.encode import described
from connectif_kit.core.messages import say
from connectif_kit.preview.plan_map import example_path
from connectif_kit.vocabulary import ENTITIES, EVENTS
from connectif_kit.vocabulary.kinds import Json
from connectif_kit.vocabulary.model import Entity, Field, to_json

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan
    from connectif_kit.plan.models import EventRule, Plan
    from connectif_kit.plan.source import Source

SEARCH_FOR = "mug"


def journeys(loaded: LoadedPlan) -> list[dict[str, Any]]:
    """Search, add to cart, log in, buy: each a list of steps for the browser, or why it cannot be done."""
    makers = {
        say("Search"): _search(loaded),
        say("Add to cart"): _reported(loaded, "cart", "cart", "cart"),
        say("Log in"): _reported(loaded, "login", "contact", "contact"),
        say("Buy"): _buy(loaded),
    }
    return [_journey(name, steps) for name, steps in makers.items()]


def _journey(name: str, steps: list[dict[str, Any]] | str) -> dict[str, Any]:
    return {"name": name, "why": steps} if isinstance(steps, str) else {"name": name, "steps": steps}


def _search(loaded: LoadedPlan) -> list[dict[str, Any]] | str:
    plan = loaded.plan
    for name in plan.pages_of("search"):
        source = plan.pages[name].reports().get("search", {}).get("search_text")
        path = example_path(loaded, name)
        if path and getattr(source, "NAME", "") == "query":
            return [{"do": "go", "to": f"{path}?{source.query}={SEARCH_FOR}"}]  # type: ignore[union-attr]  # only Query has this name
    return say("the plan has no search page whose text is read from the address")


def _reported(loaded: LoadedPlan, send: str, option: str, entity: str) -> list[dict[str, Any]] | str:
    """Fill the storage that the plan reads, then pull the triggers of the events that send it."""
    plan = loaded.plan
    steps = list(_filled(getattr(plan, option), ENTITIES[entity]))
    rules = [rule for rule in plan.events.values() if rule.send == send]
    for rule in rules:
        own, general = getattr(rule, option), getattr(plan, option)
        steps += _pulled(rule, shaped(described(own, general) if own else general, ENTITIES[entity]))
    if not rules or not any(step["do"] != "keep" for step in steps):
        return say("no event of the plan that a button can pull sends `{send}`", send=send)
    return steps


def _buy(loaded: LoadedPlan) -> list[dict[str, Any]] | str:
    plan = loaded.plan
    for name in plan.pages_of("confirmation"):
        source = plan.pages[name].reports().get("purchase", {}).get("purchase")
        path = example_path(loaded, name)
        if not path or source is None or isinstance(source, str):
            continue
        if source.NAME == "storage":
            return [*_filled(source, ENTITIES["purchase"]), {"do": "go", "to": path}]
    return _reported_purchase(plan)


def _reported_purchase(plan: Plan) -> list[dict[str, Any]] | str:
    entity = ENTITIES["purchase"]
    for rule in plan.events.values():
        if rule.send == "purchase":
            source = rule.given().get("purchase")
            steps = list(_pulled(rule, shaped(source, entity), source))
            if steps:
                return steps
    return say("the plan reads the order from where no button can put one")


def _filled(source: Source | None, entity: Entity) -> Iterator[dict[str, Any]]:
    if source is not None and source.NAME == "storage":
        yield {"do": "keep", "key": source.storage, "value": shaped(source, entity), "fresh": _fresh(source)}  # type: ignore[attr-defined]  # only Storage has this name


def _fresh(source: Source | None, inside: str = "") -> list[str]:
    """Paths of ids that must be new each time, or the second purchase is none."""
    fields = (source.fields if source else None) or {}
    path = getattr(fields["purchase_id"], "path", "") if "purchase_id" in fields else "purchaseId"
    around = (getattr(source, "path", None) or "") if source else ""
    return [".".join(filter(None, (inside, around, path)))] if path else []


def _pulled(rule: EventRule, detail: Json, source: Source | None = None) -> Iterator[dict[str, Any]]:
    for name in rule.on.names[:1]:
        if rule.on.kind == "event":
            yield {"do": "dispatch", "name": name, "detail": detail, "fresh": _fresh(source)}
        elif rule.on.kind == "data_layer":
            entry = {"event": name, "ecommerce": _ga4(detail)}
            yield {"do": "push", "entry": entry, "fresh": _fresh(source, "ecommerce")}
        elif rule.on.kind in ("click", "submit"):
            yield {"do": rule.on.kind, "selector": name}


def _ga4(detail: Json) -> Json:
    item = EVENTS["product-visited"].example.get("product")
    return detail if isinstance(detail, dict) else {"items": [item]}


def shaped(source: Source | None, entity: Entity) -> Json:
    """An example of an entity in the shape that a source reads: its paths turned round."""
    example = to_json(entity, entity.example(full=False) | _more(entity))
    if source is None or not source.fields:
        return example
    made: dict[str, Any] = {}
    for name, inner in source.fields.items():
        field = entity.by_html.get(name)
        if field and getattr(inner, "NAME", "") == "path":
            _put(made, inner.path.split("."), _value(field, inner, example))  # type: ignore[attr-defined]  # a Path
    _put_same_names(made, source.fields, entity, example)
    inside = getattr(source, "path", None) if source.NAME != "path" else None
    return _wrapped(made, inside)


def _value(field: Field, inner: Source, example: Json) -> Any:
    """An example of a property as the source that reads it wants it."""
    if field.entity:
        return [shaped(inner, field.entity)] if field.many else shaped(inner, field.entity)
    value: Any = example.get(field.js) if isinstance(example, dict) else None
    split = getattr(inner, "split", None)
    return split.join(map(str, value)) if split and isinstance(value, list) else value


def _put_same_names(
    made: dict[str, Any], mapped: Mapping[str, Source], entity: Entity, example: Json
) -> None:
    """What the plan does not map is read under its own name, unless another property has taken that one."""
    for field in entity.fields:
        value = example.get(field.js) if isinstance(example, dict) and field.js else None
        name = next((name for name in (field.js, field.html) if name and name not in made), None)
        if name and value is not None and field.html not in mapped:
            made[name] = value


def _more(entity: Entity) -> dict[str, Any]:
    """Lines for carts and orders; names for contacts."""
    wanted = ("product_basket_item", "cart_id", "_name", "_surname", "quantity", "purchase_date")
    return {f.html: f.sample for f in entity.fields if f.html in wanted and f.sample}


def _put(into: dict[str, Any], steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        into = into.setdefault(step, {})
    if value is not None:
        into[steps[-1]] = value


def _wrapped(value: dict[str, Any], path: str | None) -> Json:
    for step in reversed(path.split(".") if path else []):
        value = {step: value}
    return value
