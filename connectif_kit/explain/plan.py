"""The keys of connectif.yaml, its sources and triggers, from the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectif_kit.catalog.structured import breadcrumbs, choosing
from connectif_kit.core.records import dataclass
from connectif_kit.core.templates import BUNDLED
from connectif_kit.explain.text import Schema, indented
from connectif_kit.plan.load import load
from connectif_kit.plan.schema import schema
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources import SOURCES
from connectif_kit.plan.triggers import TRIGGERS
from connectif_kit.vocabulary import ENTITIES, EVENTS, PAGE_KINDS, TAGS


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of the plan: its path, the form of its value, its default, what it is for."""

    path: str
    form: str
    default: str
    doc: str


def settings() -> dict[str, list[Setting]]:
    """Section of the plan → its keys; the section itself comes first."""
    whole = schema()
    return {
        section: [
            _setting(path, inner, whole)
            for _, path, inner in (("", section, node), *_keys(node, section, whole))
        ]
        for section, node in whole["properties"].items()
    }


def source_options() -> dict[str, list[Setting]]:
    """Source of values → the keys beside it; under the empty name the options that every source has."""
    whole = schema()
    common = {field.alias or name for name, field in Source.model_fields.items()}
    found: dict[str, list[Setting]] = {"": []}
    for name, source in SOURCES.items():
        keys = whole["$defs"][source.__name__]["properties"]
        made = {key: _setting(key, node, whole) for key, node in keys.items()}
        found[name] = [made[key] for key in made if key not in common]
        found[""] = [made[key] for key in made if key in common]
    return found


def _setting(path: str, node: Schema, whole: Schema) -> Setting:
    default = node.get("default")
    shown = str(default).lower() if isinstance(default, bool) else default
    default_text = str(shown) if isinstance(shown, str | int) else ""
    return Setting(path, _form(node, whole), default_text, _doc_of(node, whole))


def _form(node: Schema, whole: Schema) -> str:
    """`text`, `true or false`, `one of …`, `source`, each alternative once."""
    if choices := _choices(node):
        return "one of " + ", ".join(choices)
    found = list(dict.fromkeys(filter(None, _forms(node, whole))))
    plain = [form for form in found if not form.startswith("list of ")]
    lists = [form for form in found if form.startswith("list of ") and form[8:] in plain]
    return " or ".join([*(f for f in found if f not in lists), *(["a list of them"] if lists else [])])


_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "mapping",
}


def _forms(node: Schema, whole: Schema) -> Iterator[str]:
    name = str(node.get("$ref", "")).rsplit("/", 1)[-1]
    if name in ("ValueSource", "ObjectSource", "FieldSource") or name in _source_models():
        yield "source"
    elif name:
        yield from _forms(whole["$defs"][name], whole)
    elif "const" in node:
        yield str(node["const"]).lower() if isinstance(node["const"], bool) else str(node["const"])
    types = node.get("type", [])
    for each in [types] if isinstance(types, str) else types:
        inner = " or ".join(dict.fromkeys(_forms(node.get("items", {}), whole))) if each == "array" else ""
        yield f"list of {inner}" if inner else _TYPES.get(each, "")
    for option in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        yield from _forms(option, whole)


def plan_settings() -> Iterator[tuple[str, str]]:
    """Every key of connectif.yaml, from its JSON Schema, under its own name and under its path."""
    whole = schema()
    known = _named_elsewhere()
    for section, node in whole["properties"].items():
        yield section, _section(section, node, whole)
        for _, path, inner in _keys(node, section, whole):
            text = f"{path}: a setting of connectif.yaml\n\n{_doc(inner, whole)}"
            for name in dict.fromkeys((path, *_tails(path.replace(".<name>", "")))):
                yield name, text
            for choice in _choices(inner):
                if choice not in known:
                    yield choice, f"{choice}: a value of {path}\n\n{PAGE_DATA_DOCS.get(choice) or text}"
    yield from _sources(whole)
    for name, kind in TRIGGERS.items():
        yield name, f"{name}: a trigger of events\n\n{kind.doc}"
    yield from _readings()
    yield from _own_names()


def _tails(path: str) -> list[str]:
    """`a.b.c`, `b.c`, `c`: what a key is called by those who leave out where it stands."""
    steps = path.split(".")
    return [".".join(steps[number:]) for number in range(len(steps))]


def _readings() -> Iterator[tuple[str, str]]:
    """How a page's own product is understood where shops write it in several ways."""
    yield "offers", f"offers: which price of a page's structured data counts, and why\n\n{choosing.CHOICE}"
    yield "breadcrumbs", f"breadcrumbs: how they become categories\n\n{breadcrumbs.CHOICE}"


PAGE_DATA_DOCS = {
    "catalog": "The row of the file in `catalog.source` whose address is the page's.",
    "json-ld": "The schema.org Product in the page's <script type=application/ld+json>.",
    "microdata": "The schema.org Product in the page's itemscope and itemprop attributes.",
    "rdfa": "The schema.org Product in the page's typeof and property attributes.",
    "open-graph": "The product in the page's <meta property=og:…> and <meta property=product:…>.",
}


def _named_elsewhere() -> set[str]:
    """Values that are explained as what they are, not as a setting's value."""
    return {*EVENTS, *PAGE_KINDS, *TAGS, "cart", "contact"}


def _section(name: str, node: Schema, whole: Schema) -> str:
    """What a section is for, its keys, and how the starter's plan writes it."""
    keys = [f"  {_relative(path)}: {_doc_of(inner, whole)}" for _, path, inner in _keys(node, name, whole)]
    if not keys and name in ENTITIES:
        fields = [field.html for field in ENTITIES[name].fields if field.html]
        keys = ["  a source such as storage, global or selector, with", f"  fields: {', '.join(fields)}"]
    shown = example(name)
    lines = [
        f"{name}: a section of connectif.yaml",
        _doc(node, whole),
        "\n".join(["Keys:", *keys]) if keys else "",
        f"Such as:\n\n{indented(shown)}" if shown else "",
    ]
    return "\n\n".join(line for line in lines if line)


def _relative(path: str) -> str:
    return path.partition(".")[2]


def _starter() -> str:
    return (BUNDLED / "starter" / "connectif.yaml").read_text("utf-8")


def example(section: str, most: int = 12) -> str:
    """The section's lines in the starter's plan, the first of them; a line with more follows in it."""
    found: list[str] = []
    for line in _starter().splitlines():
        inside = line[:1] in (" ", "#", "")
        if (found and not inside) or (found and not line.strip()):
            break
        if found or line.startswith(f"{section}:"):
            found.append(line)
    return "\n".join(found[:most])


def _keys(node: Schema, section: str, whole: Schema) -> Iterator[tuple[str, str, Schema]]:
    """What `_below` finds; the templates' variables, all of one shape, once."""
    seen = set()
    for key, path, inner in _below(node, section, whole):
        path = re.sub(r"^templates\.\w+\.", "templates.<name>.", path)
        if path not in seen:
            seen.add(path)
            yield key, path, inner


def _below(node: Schema, path: str, whole: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Key, path and schema of everything in a mapping; a source's own keys are reported with the source."""
    for shape in _shapes(node, whole):
        free = shape.get("additionalProperties")
        if isinstance(free, dict):
            yield from _below(free, f"{path}.<name>", whole)
            continue
        for key, inner in shape.get("properties", {}).items():
            if f".{key}." not in f"{path}.":
                yield key, f"{path}.{key}", inner
                yield from _below(inner, f"{path}.{key}", whole)


def _shapes(node: Schema, whole: Schema) -> Iterator[Schema]:
    """The mappings that a schema allows, sources aside."""
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        if name not in _source_models():
            yield from _shapes(whole["$defs"][name], whole)
    elif "properties" in node or isinstance(node.get("additionalProperties"), dict):
        yield node
    for option in (*node.get("anyOf", ()), *node.get("oneOf", ())):
        if "required" not in option:
            yield from _shapes(option, whole)


def _source_models() -> set[str]:
    return {source.__name__ for source in SOURCES.values()}


def _sources(whole: Schema) -> Iterator[tuple[str, str]]:
    """The sources, the keys beside each, and the options that all of them have."""
    common = {field.alias or name for name, field in Source.model_fields.items()}
    for name, source in SOURCES.items():
        keys = whole["$defs"][source.__name__]["properties"]
        own = {key: node for key, node in keys.items() if key not in common}
        lines = "\n".join(f"  {key}: {_doc_of(node, whole)}" for key, node in own.items())
        options = f"Options of every source: {', '.join(key for key in keys if key in common)}."
        yield name, f"{name}: a source of values\n\n{source.__doc__}\n\n{lines}\n\n{options}"
        for key, node in own.items():
            if key != name:
                yield key, f"{{{name}: …, {key}: …}}: an option of the source {name}\n\n{_doc(node, whole)}"
    for key in (key for key in keys if key in common):
        said = f"{{<source>: …, {key}: …}}: an option of every source\n\n{_doc(keys[key], whole)}"
        yield key, said
        for choice in _choices(keys[key]):
            yield choice, f"{choice}: a value of {key}\n\n{said}"


def _own_names() -> Iterator[tuple[str, str]]:
    """What the starter's plan calls its events: names that are the shop's to choose."""
    for name in load("connectif.yaml", _starter().encode()).plan.events:
        line = next(line.strip() for line in _starter().splitlines() if line.startswith(f"  {name}:"))
        said = "a name of the shop's own, in `events` of the starter's plan"
        yield name, f"{name}: {said}\n\n{indented(line)}"


def _choices(node: Schema) -> list[str]:
    """The words that a schema lists, also among alternatives and for the items of a list."""
    found = [choice for choice in node.get("enum", ()) if isinstance(choice, str)]
    items = [node["items"]] if "items" in node else []
    free = [inner] if isinstance(inner := node.get("additionalProperties"), dict) else []
    for option in (*node.get("anyOf", ()), *node.get("oneOf", ()), *items, *free):
        found += _choices(option)
    return list(dict.fromkeys(found))


def _resolved(node: Schema, whole: Schema) -> Schema:
    for option in (node, *node.get("anyOf", ())):
        if "$ref" in option:
            found: Schema = whole["$defs"][option["$ref"].rsplit("/", 1)[-1]]
            return found
    return node


def _doc_of(node: Schema, whole: Schema) -> str:
    return str(node.get("description") or _resolved(node, whole).get("description", ""))


def _doc(node: Schema, whole: Schema) -> str:
    listed = _choices(node)
    choices = f"\n\nOne of: {', '.join(listed)}." if listed else ""
    default = node.get("default")
    shown = str(default).lower() if isinstance(default, bool) else default
    after = f"\n\nDefault: {shown}." if isinstance(shown, str | int) and shown != "" else ""
    return f"{_doc_of(node, whole)}{choices}{after}"
