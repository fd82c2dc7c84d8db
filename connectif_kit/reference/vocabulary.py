"""The platform's tags and events, with the names that each face has for a property."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from connectif_kit.build.tags import tag as markup
from connectif_kit.reference import markdown
from connectif_kit.reference.markdown import cell, prose
from connectif_kit.vocabulary import ENTITIES, EVENTS, TAGS, article
from connectif_kit.vocabulary.model import Entity, Event, Field, Tag


def tags() -> str:
    """Every HTML tag, and every entity that one holds."""
    lines = markdown.head("HTML tags", "vocabulary/")
    lines += ["Hidden elements that the platform's client reads. Each fact names the article it is from.", ""]
    for tag in TAGS.values():
        lines += _tag(tag)
    lines += ["## Properties of what tags hold", ""]
    for entity in ENTITIES.values():
        lines += [
            f"### {entity.name}",
            "",
            prose(entity.doc),
            "",
            *_fields((*entity.fields, *entity.api_only)),
        ]
    return markdown.page(lines)


def _tag(tag: Tag) -> Iterator[str]:
    where = "every page" if "*" in tag.pages else f"pages of kind {', '.join(tag.pages)}"
    marks = [f"on {where}"]
    marks += ["required in the HTML"] if tag.required_on else []
    marks += ["about one visitor: never in HTML that everybody gets"] if tag.personal else []
    marks += ["reports by being there"] if tag.one_shot else []
    marks += [f"at most {tag.at_most}"] if tag.at_most else []
    yield from (f"## {tag.css_class}", "", f"*{' · '.join(marks)}*", "", prose(tag.doc), "")
    if tag.retired:
        yield from (f"Not generated: {prose(tag.retired)}.", "")
    else:
        yield from ("```html", markup(tag, tag.example()), "```", "")
    if tag.entity and tag.entity.name not in ENTITIES:
        yield from _fields(tag.entity.fields)
    elif tag.entity:
        yield from (f"Its properties are those of [{tag.entity.name}](#{tag.entity.name.lower()}).", "")
    yield from (f"[Article {tag.article}]({article(tag.article)})", "")


def _fields(fields: Iterable[Field]) -> list[str]:
    rows = [
        [
            f"`{field.name}`" + (" (required)" if field.required else ""),
            f"{cell(field.doc)} *{_form(field)}*",
            *(f"`{name}`" if name else "" for name in (field.js, field.api, field.ga4)),
        ]
        for field in fields
    ]
    names = ["HTML class and plan", "Meaning", "JavaScript", "API and CSV", "GA4"]
    return [*markdown.table(names, rows), ""]


def _form(field: Field) -> str:
    if isinstance(field.kind, Entity):
        return f"[{field.kind.name}](#{field.kind.name.lower()})" + (", several" if field.many else "")
    form = " or ".join(f"`{choice}`" for choice in field.choices) or cell(field.kind.doc)
    limits = [form, *(["several"] if field.many else [])]
    limits += [f"at most {field.max_length} characters"] if field.max_length else []
    limits += [f"at most {field.maximum}"] if field.maximum else []
    return ", ".join(limits)


def events() -> str:
    """Every event of `sendEvents`, and the names that GA4 has for them."""
    lines = markdown.head("JavaScript events", "vocabulary/")
    lines += ["What `send:` in the plan's `events` may be, and what a page's view reports by itself.", ""]
    for event in EVENTS.values():
        lines += _event(event)
    return markdown.page(lines)


def _event(event: Event) -> Iterator[str]:
    yield from (f"## {event.type}", "", prose(event.doc), "")
    if event.retired:
        yield from (f"Not sent: {prose(event.retired)}.", "")
    if event.tag:
        yield from (
            f"The tag [{event.tag}](tags.md#{event.tag}) reports the same: one of both, never both.",
            "",
        )
    if event.ga4:
        yield from (f"In GA4's dataLayer: `{event.ga4}`.", "")
    if event.fields:
        rows = [
            [
                f"`{field.html}`" + (" (required)" if field.required else ""),
                f"`{field.js}`",
                _linked(_form(field)),
                cell(field.doc),
            ]
            for field in event.fields
        ]
        yield from markdown.table(["In the plan", "JavaScript", "Form", "Meaning"], rows)
    yield from ("", f"[Article {event.article}]({article(event.article)})", "")


def _linked(form: str) -> str:
    return form.replace("](#", "](tags.md#")
