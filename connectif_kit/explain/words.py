"""Tags, events and properties, from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from connectif_kit.build.tags import tag as markup
from connectif_kit.explain.text import indented
from connectif_kit.plan.values import MIRRORED
from connectif_kit.vocabulary import ENTITIES, EVENTS, PAGE_KINDS, TAGS, article
from connectif_kit.vocabulary.model import Entity, Event, Field, Tag


def vocabulary() -> Iterator[tuple[str, str]]:
    """Name → explanation of every tag, event, kind of page and property, by all its names."""
    for tag in TAGS.values():
        yield tag.css_class, _tag(tag)
    for event in EVENTS.values():
        yield event.type, _event(event)
    for kind in PAGE_KINDS.values():
        yield kind.name, f"{kind.name}: a kind of page\n\n{kind.doc}"
    for entity in ENTITIES.values():
        for field in (*entity.fields, *entity.api_only):
            yield field.html or field.api, _field(field, entity)
    yield from _ga4()
    yield from _faces()
    yield from _choices()


def _tag(tag: Tag) -> str:
    where = "on every page" if "*" in tag.pages else f"on pages of kind {' or '.join(tag.pages)}"
    lines = [f"{tag.css_class}: an HTML tag, {where}", tag.doc]
    if tag.retired:
        lines.append(f"Not generated: {tag.retired}.")
    else:
        lines += [indented(markup(tag, tag.example()))]
    if tag.personal:
        lines.append("About one visitor: never in HTML that everybody gets.")
    return "\n\n".join([*lines, article(tag.article)])


def _event(event: Event) -> str:
    fields = [f"  {f.html} ({f.js}){' required' if f.required else ''}: {f.doc}" for f in event.fields]
    lines = [f"{event.type}: a JavaScript event", event.doc, "\n".join(fields)]
    if event.tag:
        lines.append(f"The tag {event.tag} reports the same: use one of both, never both.")
    if event.ga4:
        lines.append(f"In GA4's dataLayer: {event.ga4}.")
    return "\n\n".join(line for line in [*lines, article(event.article)] if line)


def _field(field: Field, entity: Entity) -> str:
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


def _ga4() -> Iterator[tuple[str, str]]:
    """GA4's own names, which a plan's `data_layer` may listen for."""
    for event in EVENTS.values():
        if event.ga4:
            said = f"It tells what {event.type} tells, and fills its fields without a map."
            example = f"on: {{data_layer: {event.ga4}}}"
            yield event.ga4, f"{event.ga4}: an event of GA4\n\n{said}\n\nSuch as:\n\n{indented(example)}"
    for name in sorted(MIRRORED):
        said = "It tells of the cart without showing it whole; the dispatcher keeps a mirror of it."
        example = f"cart: {{data_layer: [{', '.join(sorted(MIRRORED))}]}}"
        yield name, f"{name}: an event of GA4\n\n{said}\n\nSuch as:\n\n{indented(example)}"
    own = [field for entity in ENTITIES.values() for field in entity.fields]
    of_events = [field for event in EVENTS.values() for field in event.fields]
    for field in (field for field in (*own, *of_events) if field.ga4):
        yield field.ga4, f"{field.ga4}: GA4's name of {field.html}\n\n{field.doc}"


def _faces() -> Iterator[tuple[str, str]]:
    """The names that JavaScript, the API and CSV files have for what tags and plans call otherwise."""
    for entity in ENTITIES.values():
        for field in (*entity.fields, *entity.api_only):
            for face, name in (("JavaScript", field.js), ("the API and CSV", field.api)):
                if name and name != field.name:
                    said = f"{name}: the name of {field.name} in {face}, a property of {entity.name}"
                    yield name, f"{said}\n\n{field.doc}"


def _choices() -> Iterator[tuple[str, str]]:
    """The values that a property can have, and the names that events have for their own."""
    entities = [(entity.name, entity.fields + entity.api_only) for entity in ENTITIES.values()]
    for owner, fields in (*entities, *((event.type, event.fields) for event in EVENTS.values())):
        for field in fields:
            for choice in dict.fromkeys((*field.choices, *field.api_choices)):
                yield choice, f"{choice}: a value of {field.name}, a property of {owner}\n\n{field.doc}"
    for event in EVENTS.values():
        for field in event.fields:
            for name in (field.html, field.js):
                if name:
                    yield name, f"{name}: a property of the event {event.type}\n\n{field.doc}"
