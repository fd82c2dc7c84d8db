"""Every key of `connectif.yaml`, and every source of values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from connectif_kit.explain.plan import PAGE_DATA_DOCS, Setting, example, settings, source_options
from connectif_kit.plan.sources import SOURCES
from connectif_kit.plan.triggers import TRIGGERS
from connectif_kit.reference import markdown
from connectif_kit.reference.markdown import cell, prose


def page() -> str:
    """Sections, sources, triggers."""
    lines = markdown.head("Configuration", "plan/")
    lines += [
        "The keys of `connectif.yaml`. `connectif-kit schema` prints them as a JSON Schema, for"
        " completion in your editor; `connectif-kit explain KEY` explains one in a terminal.",
        "",
    ]
    for section, (first, *keys) in settings().items():
        lines += [f"## {section}", "", prose(first.doc), ""]
        lines += [f"Default: `{first.default}`.", ""] if first.default else []
        lines += _example(section)
        lines += _table(section, keys)
    return markdown.page([*lines, *_sources(), *_triggers(), *_product_data()])


def _example(section: str) -> Iterator[str]:
    if text := example(section):
        yield from ("In the starter's plan:", "", "```yaml", text, "```", "")


def _table(section: str, keys: Iterable[Setting]) -> list[str]:
    rows = [
        [f"`{each.path.removeprefix(section + '.')}`", cell(each.form), _code(each.default), cell(each.doc)]
        for each in keys
    ]
    return [*markdown.table(["Key", "Value", "Default", "Meaning"], rows), ""] if rows else []


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _sources() -> Iterator[str]:
    options = source_options()
    yield from ("## Sources of values", "")
    yield (
        "Where a value comes from: a mapping with one key that names the source. A plain text, number or"
        " truth value stands for itself, and under `fields:` a text is a path in the object that is being"
        " mapped."
    )
    yield ""
    for name, source in SOURCES.items():
        where = "in built HTML and in the browser" if source.STATIC else "in the browser only"
        if source.NEEDS == "object" or name == "first_of":
            where = "where the sources are that it stands with"
        yield from (f"### {{{name}: …}}", "", f"*Works {where}.*", "", prose(source.__doc__ or ""), "")
        yield from _table("", options[name])
    yield from ("### Options of every source", "")
    yield "They change what was found, in this order, and work for sources in pages and for columns of a"
    " catalogue."
    yield ""
    yield from _table("", options[""])


def _triggers() -> Iterator[str]:
    yield from ("## Triggers", "", "What `on:` of an event may be; one of them.", "")
    yield from markdown.table(
        ["Trigger", "When"], ([f"`{name}`", prose(kind.doc)] for name, kind in TRIGGERS.items())
    )
    yield ""


def _product_data() -> Iterator[str]:
    yield from ("## Product data", "", "What `product:` of a page may be, beside a source.", "")
    rows = ([f"`{name}`", prose(doc)] for name, doc in PAGE_DATA_DOCS.items())
    yield from markdown.table(["Value", "Where the product is read"], rows)
