"""What every word of the kit means, from the things that the words stand for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from connectif_kit.model import Entity, Event, Field, Tag


def explanations() -> dict[str, list[str]]:
    """Name → its explanations; a word may name several things (`search` a page kind and an event)."""
    found: dict[str, list[str]] = {}
    for name, text in (*_rules(), *_vocabulary(), *_settings()):
        found.setdefault(name, []).append(text)
    return found


def _rules() -> Iterator[tuple[str, str]]:
    from connectif_kit.audit.engine import rules

    for name, rule in rules().items():
        bad, good = rule.bad[0].html, rule.good[0].html
        yield (
            name,
            f"{name}: a rule of `connectif-kit audit` ({rule.severity})\n\n{rule.doc}\n\n"
            f"Bad:\n\n{_indented(bad)}\n\nGood:\n\n{_indented(good)}\n\n"
            f"Switch it off for a page: <!-- connectif-kit-disable {name}: the reason -->",
        )


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


def _vocabulary() -> Iterator[tuple[str, str]]:
    from connectif_kit.vocabulary import ENTITIES, EVENTS, PAGE_KINDS, TAGS

    for tag in TAGS.values():
        yield tag.css_class, _tag(tag)
    for event in EVENTS.values():
        yield event.type, _event(event)
    for kind in PAGE_KINDS.values():
        yield kind.name, f"{kind.name}: a kind of page\n\n{kind.doc}"
    for entity in ENTITIES.values():
        for field in (*entity.fields, *entity.api_only):
            yield field.html or field.api, _field(field, entity)


def _tag(tag: Tag) -> str:
    from connectif_kit.render.tags import tag as markup
    from connectif_kit.vocabulary import article

    where = "on every page" if "*" in tag.pages else f"on pages of kind {' or '.join(tag.pages)}"
    lines = [f"{tag.css_class}: an HTML tag, {where}", tag.doc]
    if tag.retired:
        lines.append(f"Not generated: {tag.retired}.")
    else:
        lines += [_indented(markup(tag, tag.example()))]
    if tag.personal:
        lines.append("About one visitor: never in HTML that everybody gets.")
    return "\n\n".join([*lines, article(tag.article)])


def _event(event: Event) -> str:
    from connectif_kit.vocabulary import article

    fields = [f"  {f.html} ({f.js}){' required' if f.required else ''}: {f.doc}" for f in event.fields]
    lines = [f"{event.type}: a JavaScript event", event.doc, "\n".join(fields)]
    if event.tag:
        lines.append(f"The tag {event.tag} reports the same: use one of both, never both.")
    if event.ga4:
        lines.append(f"In GA4's dataLayer: {event.ga4}.")
    return "\n\n".join(line for line in [*lines, article(event.article)] if line)


def _field(field: Field, entity: Entity) -> str:
    from connectif_kit.vocabulary import article

    kind = field.kind
    form = kind.doc if not isinstance(kind, Entity) else f"{kind.name}: {kind.doc}"
    names = {"HTML class": field.html, "JavaScript": field.js, "API and CSV": field.api, "GA4": field.ga4}
    lines = [
        f"{field.html or field.api}: a property of {entity.name}{', required' if field.required else ''}",
        field.doc,
        "\n".join(f"  {face}: {name}" for face, name in names.items() if name),
        f"Form: {' or '.join(field.choices) if field.choices else form}.",
    ]
    if field.example:
        shown = field.example if isinstance(field.example, str) else ", ".join(field.example)
        lines.append(f"Such as: {shown}")
    return "\n\n".join([*lines, article(entity.article)])


def _settings() -> Iterator[tuple[str, str]]:
    """Every key of connectif.yaml, from its JSON Schema: `store.id`, `integration.activity` …"""
    from connectif_kit.plan.models import TRIGGERS
    from connectif_kit.plan.schema import schema
    from connectif_kit.plan.sources import SOURCES

    whole = schema()
    for section, node in whole["properties"].items():
        yield section, f"{section}: a section of connectif.yaml\n\n{_doc(node, whole)}"
        for key, inner in _properties(node, whole).items():
            text = f"{section}.{key}: a setting of connectif.yaml\n\n{_doc(inner, whole)}"
            yield f"{section}.{key}", text
            for choice in inner.get("enum", ()):
                yield str(choice), f"{choice}: a value of {section}.{key}\n\n{text}"
    for name, source in SOURCES.items():
        yield name, f"{name}: a source of values\n\n{source.__doc__}"
    for name, doc in TRIGGERS.items():
        yield name, f"{name}: a trigger of events\n\n{doc}"


def _resolved(node: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    for option in (node, *node.get("anyOf", ())):
        if "$ref" in option:
            found: dict[str, Any] = whole["$defs"][option["$ref"].rsplit("/", 1)[-1]]
            return found
    return node


def _properties(node: dict[str, Any], whole: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = _resolved(node, whole).get("properties", {})
    return found


def _doc(node: dict[str, Any], whole: dict[str, Any]) -> str:
    doc = node.get("description") or _resolved(node, whole).get("description", "")
    choices = f"\n\nOne of: {', '.join(map(str, node['enum']))}." if "enum" in node else ""
    default = node.get("default")
    after = f"\n\nDefault: {default}." if isinstance(default, str | bool | int) and default != "" else ""
    return f"{doc}{choices}{after}"
