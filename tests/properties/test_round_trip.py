"""What we render, we accept; and each required property that is taken away is missed, once."""

from collections.abc import Iterator
from typing import Any

import pytest

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.page_run import check, rules
from connectif_kit.build.tags import tag as render_tag
from connectif_kit.core.diagnostics import Diagnostic
from connectif_kit.page.html import decode, parse
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.model import Entity, Tag

GENERATED = [tag for tag in TAGS.values() if not tag.retired]


def audited(markup: str) -> list[Diagnostic]:
    html = f"<!doctype html><html lang=en><title>x</title><body>{markup}</body></html>"
    return check(PageContext(parse(decode("page.html", html.encode())), "/"), list(rules().values()))


@pytest.mark.parametrize("tag", GENERATED, ids=lambda tag: tag.css_class)
@pytest.mark.parametrize("full", [True, False], ids=["full", "minimal"])
def test_what_we_render_we_accept(tag: Tag, full: bool) -> None:
    assert audited(render_tag(tag, tag.example(full=full))) == []


def required(entity: Entity, record: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The paths of all required properties, those of basket items included."""
    for field in entity.fields:
        if field.entity and field.html in record:
            yield from required(field.entity, record[field.html][0], (*path, field.html))
        elif field.required:
            yield (*path, field.html)


def changed(record: Any, path: tuple[str, ...], value: str | None) -> dict[str, Any]:
    """A record with the property at a path emptied, or without it."""
    name, *rest = path
    if rest:
        (item,) = record[name]
        return {**record, name: (changed(item, tuple(rest), value),)}
    kept = {key: text for key, text in record.items() if key != name}
    return kept if value is None else {**kept, name: value}


CASES = [
    pytest.param(tag, path, id=f"{tag.css_class}-{'.'.join(path)}")
    for tag in GENERATED
    if tag.entity
    for path in required(tag.entity, tag.example())
]


@pytest.mark.parametrize(("tag", "path"), CASES)
def test_each_required_property_is_missed_once(tag: Tag, path: tuple[str, ...]) -> None:
    record = changed(tag.example(), path, None)
    (found,) = audited(render_tag(tag, record))
    assert found.rule == "missing-field"
    assert f"`{path[-1]}`" in found.message


@pytest.mark.parametrize("tag", [tag for tag in GENERATED if tag.label], ids=lambda tag: tag.css_class)
def test_a_label_without_text_is_missed(tag: Tag) -> None:
    (found,) = audited(render_tag(tag, ""))
    assert found.rule == "missing-field"
