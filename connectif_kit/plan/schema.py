"""JSON Schema of `connectif.yaml`, for editors; and what may stand where, for *did you mean*."""

from __future__ import annotations

from functools import cache
from typing import Any

from connectif_kit.plan.models import OPTIONS, Plan
from connectif_kit.plan.yaml12 import Path
from connectif_kit.vocabulary import EVENTS, PAGE_KINDS


@cache
def schema() -> dict[str, Any]:
    """Draft 2020-12, with the vocabulary's own words where the models leave them open."""
    raw = Plan.model_json_schema(by_alias=True)
    sends = [*(name for name, event in EVENTS.items() if not event.retired), *OPTIONS]
    raw["$defs"]["Event"]["properties"]["send"]["enum"] = sends
    _accept_shorthands(raw)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "connectif.yaml",
        "description": "A store's pages and events, from which connectif-kit builds its integration.",
        **raw,
        "properties": {
            **raw["properties"],
            "pages": {
                **raw["properties"]["pages"],
                "properties": {
                    kind.name: {"$ref": "#/$defs/Page", "description": kind.doc}
                    for kind in PAGE_KINDS.values()
                },
            },
        },
    }


def _accept_shorthands(node: Any) -> None:
    """What the reader takes beside the models' form: a scalar for a source, one item for a list."""
    if isinstance(node, list):
        for item in node:
            _accept_shorthands(item)
    if not isinstance(node, dict):
        return
    for value in node.values():
        _accept_shorthands(value)
    if "oneOf" in node and any("$ref" in option for option in node["oneOf"]):
        node["anyOf"] = [*node.pop("oneOf"), {"type": ["string", "number", "boolean"]}]
        node.pop("discriminator", None)
    if node.get("type") == "array":
        items = node.pop("items")
        description = {key: node.pop(key) for key in ("description", "title", "default") if key in node}
        node.pop("type")
        node["anyOf"] = [{"type": "array", "items": items}, items]
        node.update(description)


def keys_at(path: Path) -> list[str]:
    """The keys that may stand in the mapping at a place of a plan; none where they are free."""
    node = Plan.model_json_schema(by_alias=True)
    definitions = node["$defs"]
    for step in path:
        node = _step(_resolved(node, definitions), step, definitions)
    return list(_resolved(node, definitions).get("properties", {}))


def _step(node: dict[str, Any], step: str | int, definitions: dict[str, Any]) -> dict[str, Any]:
    if isinstance(step, int):
        found = node.get("items", {})
    else:
        found = node.get("properties", {}).get(step) or node.get("additionalProperties") or {}
    return _resolved(found, definitions) if isinstance(found, dict) else {}


def _resolved(node: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema behind a reference, or the one mapping among alternatives."""
    if "$ref" in node:
        found = definitions[node["$ref"].rsplit("/", 1)[-1]]
        return found if isinstance(found, dict) else {}
    options = [_resolved(option, definitions) for option in node.get("anyOf", [])]
    shaped = [option for option in options if option.get("properties") or option.get("additionalProperties")]
    return shaped[0] if len(shaped) == 1 else node
