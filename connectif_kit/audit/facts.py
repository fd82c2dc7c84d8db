"""What rules across pages take from each page: small JSON, each kind of fact once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from connectif_kit.audit.view import View
from connectif_kit.html import Node
from connectif_kit.model import Json
from connectif_kit.plan import Loaded

_REGISTER = re.compile(
    r"serviceWorker\s*\.\s*register\(\s*([\"'`])([^\"'`]+)\1(?:[^)]*?scope\s*:\s*([\"'`])([^\"'`]+)\3)?"
)


def spot(view: View, node: Node) -> list[Json]:
    """Where an element stands, for `site.place`."""
    tag = node.start_tag
    if tag is None or "\r" in view.text:
        at = view.page.place(node)
        return [at.line, at.column, at.end_line, at.end_column]
    # Most pages are asked for one place only: counting is sooner done than a table of all lines.
    return [number for offset in tag for number in _line_column(view.text, offset)]


def _line_column(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def products(view: View) -> Json:
    """`[id, address, price, place]` of each product that the page shows."""
    found: list[Json] = []
    for use in view.products:
        values = [use.parts[0].first(name) for name in ("product_id", "url", "unit_price")]
        texts: list[Json] = [value.text if value else "" for value in values]
        if texts[0]:
            found.append([*texts, spot(view, use.node)])
    return found


def selectors(view: View) -> Json:
    """The numbers of the plan's selectors that match something on the page."""
    if view.loaded is None:
        return None
    waited = awaited(view.loaded)
    return [
        number for number, (_, css, pages) in enumerate(waited) if _expected(view, pages) and _has(view, css)
    ]


def awaited(loaded: Loaded) -> list[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    """Every selector that an event waits for or reads: its path in the plan, itself, its pages."""
    found = _AWAITED.get(id(loaded))
    if found is None or found[0] is not loaded:
        found = _AWAITED[id(loaded)] = (loaded, list(_awaited(loaded)))
    return found[1]


_AWAITED: dict[int, tuple[Loaded, list[tuple[tuple[str | int, ...], str, tuple[str, ...]]]]] = {}


def _awaited(loaded: Loaded) -> Iterator[tuple[tuple[str | int, ...], str, tuple[str, ...]]]:
    from connectif_kit.plan.sources import Selector

    for name, rule in loaded.plan.events.items():
        if rule.on.kind in ("submit", "click", "change"):
            for css in rule.on.names:
                yield ("events", name, "on"), css, tuple(rule.pages)
        for key, value in rule.given().items():
            if isinstance(value, Selector):
                yield ("events", name, key), value.selector, tuple(rule.pages)


def _expected(view: View, pages: tuple[str, ...]) -> bool:
    return not pages or view.name in pages


def _has(view: View, css: str) -> bool:
    try:
        return view.page.has(css)
    except ValueError:  # no selector: the plan's own check complains
        return True


def workers(view: View) -> Json:
    """`[file, scope, place]` of each service worker that an inline script registers."""
    if "serviceWorker" not in view.text:
        return None
    return [
        [found[2], found[4] or "", spot(view, node)]
        for node in view.inline_code
        for found in _REGISTER.finditer(node.text)
    ]
