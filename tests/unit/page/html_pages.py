"""A page in each engine."""

from __future__ import annotations

import pytest

from connectif_kit.page.html import (
    Engine,
    Node,
    Page,
    Source,
    Span,
    parse,
)

ENGINES: tuple[Engine, ...] = ("turbohtml", "html5lib")

both = pytest.mark.parametrize("engine", ENGINES)


def page_of(text: str, engine: Engine = "auto") -> Page:
    return parse(Source("page.html", text), engine=engine)


def cut(page: Page, span: Span | None) -> str:
    assert span is not None
    return page.source.text[span.start : span.end]


def by_class_prefix(page: Page, prefix: str) -> list[Node]:
    """The elements with a class that begins so, in document order, those in templates too."""
    found = page.select(f'[class*="{prefix}"]')
    return [node for node in found if any(name.startswith(prefix) for name in node.classes)]
