"""JSON Schema of `connectif.yaml`, for editors; and what may stand where, for *did you mean*."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from connectif_kit.plan.models import Plan
from connectif_kit.plan.source import Model
from connectif_kit.vocabulary import PAGE_KINDS

if TYPE_CHECKING:
    from connectif_kit.plan.document import Path


@cache
def _models() -> dict[str, Any]:
    _build(Model)
    return Plan.model_json_schema(by_alias=True)


def _build(model: type[Model]) -> None:
    """Build what is built when it is first needed: before 2.14 pydantic does not do so for a default."""
    for each in model.__subclasses__():
        each.model_rebuild()
        _build(each)


@cache
def schema() -> dict[str, Any]:
    """Draft 2020-12, with the vocabulary's own words where the models leave them open."""
    raw = deepcopy(_models())
    _accept_shorthands(raw)
    # A list is the first of its sources that is filled.
    several = {"type": "array", "items": {"$ref": "#/$defs/FieldSource"}, "minItems": 1}
    raw["$defs"]["FieldSource"]["anyOf"].append(several)
    page = {"$ref": "#/$defs/Page"}
    pages = raw["properties"]["pages"]
    pages["properties"] = {kind.name: {**page, "description": kind.doc} for kind in PAGE_KINDS.values()}
    pages["additionalProperties"] = {**page, "anyOf": _OWN_KIND}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "connectif.yaml",
        "description": "A store's pages and events, from which connectif-kit builds its integration.",
        **{key: value for key, value in raw.items() if key not in ("title", "description")},
    }


_OWN_KIND = [
    {"required": ["kind"], "properties": {"kind": {"type": "string"}}},
    {"required": ["tags"], "properties": {"tags": {"minItems": 1}}},
    {"required": ["optional_tags"], "properties": {"optional_tags": {"minItems": 1}}},
]


def _accept_shorthands(node: Any) -> None:
    """What the reader takes beside the models' form: a scalar for a source, one item for a list."""
    if isinstance(node, list):
        for item in node:
            _accept_shorthands(item)
    if not isinstance(node, dict):
        return
    for value in node.values():
        _accept_shorthands(value)
    if {"$ref": "#/$defs/Literal"} in node.get("oneOf", []):
        node["anyOf"] = [*node.pop("oneOf"), {"type": ["string", "number", "boolean"]}]
    if {"$ref": "#/$defs/SpaOptions"} in node.get("anyOf", []):
        node["anyOf"] = [*node["anyOf"], {"type": "boolean"}]
    if node.get("type") == "array":
        items = node.pop("items")
        node.pop("type")
        node["anyOf"] = [{"type": "array", "items": items}, items]


def keys_at(path: Path) -> list[str]:
    """The keys that may stand in the mapping at a place of a plan; none where they are free."""
    return list(_node(path).get("properties", {}))


def described(path: Path, key: str) -> str:
    """What a key at a place is for."""
    node = _node(path).get("properties", {}).get(key, {})
    return _doc(node, _models()["$defs"])


def required() -> list[str]:
    """What the keys are for that a plan must have somewhere: what is said where one is missing."""
    models = _models()
    nodes = [models, *models["$defs"].values()]
    given = [(node.get("properties", {}), name) for node in nodes for name in node.get("required", ())]
    texts = [_doc(properties.get(name, {}), models["$defs"]) for properties, name in given]
    return list(dict.fromkeys(text for text in texts if text))


def _doc(node: dict[str, Any], definitions: dict[str, Any]) -> str:
    return str(node.get("description") or _resolved(node, definitions).get("description", ""))


def _node(path: Path) -> dict[str, Any]:
    node = _models()
    definitions = node["$defs"]
    for step in path:
        node = _step(_resolved(node, definitions), step, definitions)
    return _resolved(node, definitions)


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
