"""A selector that cannot be read, or that built HTML cannot answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from connectif_kit.core.diagnostics import Severity
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.plan.check import Problem, check
from connectif_kit.plan.document import Path
from connectif_kit.plan.models import Plan
from connectif_kit.plan.queries import in_html, product_data, walk
from connectif_kit.plan.source import Source, shown
from connectif_kit.plan.sources.selector import Selector
from connectif_kit.plan.values import unbalanced
from connectif_kit.vocabulary import TAGS


@check(
    Severity.ERROR,
    bad='events: {news: {on: {click: "a[href=/a"}, send: custom, alias: news}}',
    good='events: {news: {on: {click: "a[href]"}, send: custom, alias: news}}',
)
def bad_selector(plan: Plan) -> Iterator[Problem]:
    """A CSS selector that no browser can read, or that built HTML cannot answer.

    A browser throws at such a selector, so the event or value behind it is lost. What is read at build
    time (labels, product data) is asked of the HTML as it lies, which knows no `:hover` and no `:checked`.
    """
    for path, css, static in _given(plan):
        if said := _fault(css, static):
            yield Problem(path, say("{css} {said}", css=shown(css), said=said))


def _given(plan: Plan) -> Iterator[tuple[Path, str, bool]]:
    """Path, selector, and whether it is asked of built HTML."""
    catalogue: Iterable[tuple[Path, Source]] = (
        (("catalog", "fields", name), source) for name, source in plan.catalog.fields.items()
    )
    for path, source in (*walk(plan), *catalogue):
        if isinstance(source, Selector):
            yield (*path, "selector"), source.selector, _asked_of_html(plan, path)
    for name, rule in plan.events.items():
        if rule.on.how.selectors:
            for index, css in enumerate(rule.on.names):
                yield ("events", name, "on", rule.on.kind, index), css, False


_PLAIN = lazily(
    r"(?:[a-z][a-z0-9]*)?(?:[.#][A-Za-z_][\w-]*|\[[a-z][\w-]*(?:=[a-z]+)?\])*", re.ASCII
).fullmatch


def _fault(css: str, static: bool) -> str:
    """What is wrong with a selector; plain ones need no grammar, which takes its time to load."""
    if css and _PLAIN(css):
        return ""
    if alone := unbalanced(css):
        return say("is not a selector: unbalanced `{alone}`", alone=alone)
    from connectif_kit.plan.selectors import selector_fault

    return selector_fault(css, static=static)


def _asked_of_html(plan: Plan, path: Path) -> bool:
    """Whether a source is read at build time: labels, and product data that the HTML holds."""
    if path[0] == "catalog":
        return True
    if path[0] != "pages":
        return False
    labels = {tag.label.html for tag in TAGS.values() if tag.label}
    page = plan.pages[str(path[1])]
    return path[2] in labels or (path[2] == "product" and in_html(product_data(plan, page)))
