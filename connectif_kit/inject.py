"""Put the integration into built pages, and take it out again, byte for byte.

What we add stands between marks that carry a hash of their content; nothing else is touched. A
page is edited as text with positions, never re-serialised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from connectif_kit.diagnostics import Diagnostic, Edit, Place, Severity
from connectif_kit.html import Page, Source, apply_edits, hindrance, insertion_points, parse
from connectif_kit.model import Record
from connectif_kit.plan.sources import Meta, Selector
from connectif_kit.plan.sources import Source as Value
from connectif_kit.render.stamp import digest
from connectif_kit.render.tags import tag
from connectif_kit.render.templates import environment
from connectif_kit.vocabulary import TAGS

if TYPE_CHECKING:
    from connectif_kit.plan import Loaded
    from connectif_kit.plan.models import PageBase, Plan

_OURS = "<!-- connectif-kit:"
_BEGIN = f"{_OURS}begin "
# Characters that XML forbids and HTML ignores at best.
_IN_NO_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARK = re.compile(
    r"<!-- connectif-kit:"
    r"(?:begin (?P<begin>[a-z]+) (?P<hash>[0-9a-f]{12})|end (?P<end>[a-z]+)|[^>]{0,80}?) -->"
)


@dataclass(frozen=True, slots=True)
class Kit:
    """What every page of a site gets, worked out once: HTML for head and body."""

    loaded: Loaded
    head: str
    loader: str
    script: str


@dataclass(frozen=True, slots=True)
class Stripped:
    """A page as it was before we touched it, or why that cannot be told."""

    text: str
    blocks: int
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Injected:
    """A page's new text, what there is to say of it, and the name of its kind in the plan."""

    text: str
    notes: tuple[Diagnostic, ...] = ()
    page: str | None = None


class Found(Protocol):
    """A product's record, or why there is none."""

    @property
    def record(self) -> Record | None:
        """The product."""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """What there is to say of it."""


ProductOn: TypeAlias = "Callable[[Page, str, PageBase], Found]"
"""Looks up the product that a page shows: the page, its address's path, what the plan says of it."""


def kit_for(loaded: Loaded, files: Mapping[str, str], *, development: bool = False) -> Kit:
    """What every page gets, from what `render` made."""
    plan = loaded.plan
    script = "connectif-events.dev.js" if development else "connectif-events.min.js"
    at = f"{plan.store.base}{plan.site.assets}/{script}?v={digest(files[script])}"
    macros = environment().get_template("parts/page.html.j2").module
    loader = stamp_free(files["loader.html"])
    return Kit(loaded, str(macros.head(plan)).strip(), loader, str(macros.script(at, plan)).strip())  # type: ignore[attr-defined]  # macros of the template


def stamp_free(text: str) -> str:
    """A rendered include without its comments."""
    return re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL).strip()


def strip(source: Source, *, force: bool = False) -> Stripped:
    """Take our blocks out of a page; blocks that somebody has edited stay, and are reported."""
    if _OURS not in source.text:
        return Stripped(source.text, 0)
    blocks, lost = _blocks(source.text)
    problems = [*(() if force else _edited(source, blocks)), *_broken(source, lost)]
    if problems:
        return Stripped(source.text, 0, tuple(problems))
    kept = zip([0, *(block.end for block in blocks)], [*(block.start for block in blocks), None], strict=True)
    return Stripped("".join(source.text[start:end] for start, end in kept), len(blocks))


class _Block(NamedTuple):
    """One of our blocks in a page: its span, marks included, and what the marks say."""

    start: int
    end: int
    name: str
    hash: str
    content: str


def _blocks(text: str) -> tuple[list[_Block], list[int]]:
    """The blocks of a text, and where marks stand that have lost their other half; one pass."""
    blocks: list[_Block] = []
    lost: list[int] = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if opened and mark["end"] == opened["begin"]:
            content = text[opened.end() : mark.start()]
            blocks.append(_Block(opened.start(), mark.end(), mark["end"], opened["hash"], content))
            opened = None
        else:
            lost += [opened.start()] if opened else []
            lost += [] if mark["begin"] else [mark.start()]
            opened = mark if mark["begin"] else None
    return blocks, lost + ([opened.start()] if opened else [])


def _edited(source: Source, blocks: list[_Block]) -> Iterator[Diagnostic]:
    for block in blocks:
        if digest(_plain(block.content)) != block.hash:
            yield _note(
                "edited-block",
                Severity.ERROR,
                f"the injected block `{block.name}` was edited by hand; the page is left alone",
                source.place(block.start, block.end),
                "undo the edit, or let --force replace it",
            )


def _broken(source: Source, lost: list[int]) -> Iterator[Diagnostic]:
    if lost:
        message = "a mark of ours has lost its other half; the page is left alone"
        hint = "rebuild the page, then inject"
        yield _note("broken-mark", Severity.ERROR, message, source.place(lost[0]), hint)


def _note(rule: str, severity: Severity, message: str, place: Place, hint: str = "") -> Diagnostic:
    return Diagnostic(rule, severity, message, place, hint)


def _plain(content: str) -> str:
    return content.replace("\r\n", "\n").replace("\r", "\n")


def inject(source: Source, url_path: str, kit: Kit, product: ProductOn) -> Injected:
    """A bare page with loader, tags and dispatcher for its kind.

    A page that cannot take them (a fragment, a frameset, no HTML) keeps its text, and the note says why.
    """
    page = parse(source)
    try:
        return _injected(page, url_path, kit, product)
    finally:
        page.release()


def _injected(page: Page, url_path: str, kit: Kit, product: ProductOn) -> Injected:
    source, points = page.source, insertion_points(page)
    if isinstance(points, Diagnostic):
        return Injected(source.text, (points,))
    name, described = kit.loaded.plan.at(url_path)
    tags: list[str] = []
    notes: list[Diagnostic] = []
    if name and described:
        plan = kit.loaded.plan
        tags = [*label_tags(page, described, plan, url_path)]
        notes += _unmatched_labels(page, name, described, plan, url_path)
        if plan.kind_of(name) == "product" and not page.select(".cn_product_visited"):
            found = product(page, url_path, described)
            notes += found.diagnostics
            tags += [tag(TAGS["cn_product_visited"], found.record)] if found.record else []
    body = [*([] if has_loader(page) else [kit.loader]), *tags, kit.script]
    if points.body_implied:
        body.insert(0, "<body>")
    edits = [Edit(points.body_start, points.body_start, _block("body", "\n".join(body), source))]
    if points.head_end is not None and kit.head:
        edits.append(Edit(points.head_end, points.head_end, _block("head", kit.head, source)))
    return Injected(apply_edits(source.text, edits), tuple(notes), name)


def _block(name: str, content: str, source: Source) -> str:
    """Marked content in the page's own newlines.

    In ASCII: read in whatever encoding, it says the same, so a page that names none, or a wrong one,
    neither garbles a product's name nor spoils the content's hash.
    """
    marked = _marked(name, content)
    has_crlf = "\r" in source.text and "\r\n" in source.text  # one character is found much sooner
    return marked.replace("\n", "\r\n") if has_crlf else marked


@lru_cache(maxsize=64)  # the head's is the same on each page
def _marked(name: str, content: str) -> str:
    held = _plain(_IN_NO_HTML.sub("", content)).encode("ascii", "xmlcharrefreplace").decode("ascii")
    inside = f"\n{held}\n"
    return f"{_BEGIN}{name} {digest(inside)} -->{inside}<!-- connectif-kit:end {name} -->"


def has_loader(page: Page) -> bool:
    """Whether a page brings its own loader, in its present or its older form, and one that runs."""
    found = page.select('script[id^="__cn_generic_script__"], script[src*="/client-script/"]')
    return any(not hindrance(node) for node in found)


def label_tags(page: Page, described: PageBase, plan: Plan, url_path: str) -> Iterator[str]:
    """The tags whose text is the value (categories, labels), where the page has none of its own."""
    for css_class, sources in described.labels().items():
        if not page.select(f".{css_class}"):
            texts = (text for source in sources for text in _texts(page, source, plan, url_path))
            for text in dict.fromkeys(texts):
                yield tag(TAGS[css_class], text)


def _texts(page: Page, source: Value, plan: Plan, url_path: str) -> list[str]:
    from connectif_kit.catalog.pages import texts

    return texts(page, source, plan, url_path)


def _unmatched_labels(
    page: Page, name: str, described: PageBase, plan: Plan, url_path: str
) -> Iterator[Diagnostic]:
    """Selectors and meta names of labels that give this page no text."""
    for css_class, sources in described.labels().items():
        for source in sources if not page.select(f".{css_class}") else ():
            if isinstance(source, Selector | Meta) and not _texts(page, source, plan, url_path):
                asked = source.selector if isinstance(source, Selector) else source.meta
                message = f"`{asked}` gives no {css_class} on this page of kind `{name}`"
                place = Place(page.source.path)
                yield _note(UNMATCHED, Severity.NOTICE, message, place, "mend it in the plan, or the page")


UNMATCHED = "unmatched-label"
