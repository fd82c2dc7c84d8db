"""Put the integration into built pages, and take it out again, byte for byte.

What we add stands between marks that carry a hash of their content; nothing else is touched. A
page is edited as text with positions, never re-serialised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeAlias

from connectif_kit.build.stamp import digest
from connectif_kit.build.tags import tag
from connectif_kit.catalog.page_sources import texts
from connectif_kit.core.diagnostics import Diagnostic, Edit, Place, Severity
from connectif_kit.core.messages import say
from connectif_kit.core.patterns import lazily
from connectif_kit.core.records import dataclass
from connectif_kit.core.templates import environment
from connectif_kit.page.html import Insertion, Page, Source, apply_edits, insertion_points, parse
from connectif_kit.page.hydration import LOADER_WORDS, WAY_IN, Hydration
from connectif_kit.page.integration import Integration
from connectif_kit.page.marks import Block, blocks, marked, plain
from connectif_kit.plan.checks.long_label import long_label
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.model import Record
from connectif_kit.vocabulary.platform import DISPATCHERS

if TYPE_CHECKING:
    from connectif_kit.plan.loaded import LoadedPlan
    from connectif_kit.plan.models import PageBase, Plan

# Characters that XML forbids and HTML ignores at best.
_IN_NO_HTML = lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Kit:
    """What every page of a site gets, worked out once: HTML for head and body.

    `hydrated` asks for it in documents that React hydrates whole, too.
    """

    loaded: LoadedPlan
    head: str
    loader: str
    script: str
    hydrated: bool = False


@dataclass(frozen=True, slots=True)
class Stripped:
    """A page as it was before we touched it, or why that cannot be told."""

    text: str
    blocks: int
    problems: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Injected:
    """A page's new text, what there is to say of it, and the name of its kind in the plan.

    `left_alone` is the kind of a file that takes no integration (`page.special`).
    """

    text: str
    notes: tuple[Diagnostic, ...] = ()
    page: str | None = None
    left_alone: str = ""


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


def kit_for(
    loaded: LoadedPlan, files: Mapping[str, str], *, development: bool = False, hydrated: bool = False
) -> Kit:
    """What every page gets, from what `render` made."""
    plan = loaded.plan
    script = DISPATCHERS[2] if development else DISPATCHERS[1]
    at = f"{plan.store.base}{plan.site.assets}/{script}?v={digest(files[script])}"
    macros = environment().get_template("parts/page.html.j2").module
    loader = stamp_free(files["loader.html"])
    head, tail = str(macros.head(plan)).strip(), str(macros.script(at, plan)).strip()  # type: ignore[attr-defined]  # macros of the template
    return Kit(loaded, head, loader, tail, hydrated)


def stamp_free(text: str) -> str:
    """A rendered include without its comments."""
    return re.sub(r"<!--.*?-->\s*", "", text, flags=re.DOTALL).strip()


def strip(source: Source, *, force: bool = False) -> Stripped:
    """Take our blocks out of a page; blocks that somebody has edited stay, and are reported."""
    found, lost = blocks(source.text)
    if not found and not lost:
        return Stripped(source.text, 0)
    problems = [*(() if force else _edited(source, found)), *_broken(source, lost)]
    if problems:
        return Stripped(source.text, 0, tuple(problems))
    kept = zip([0, *(block.end for block in found)], [*(block.start for block in found), None], strict=True)
    return Stripped("".join(source.text[start:end] for start, end in kept), len(found))


def _edited(source: Source, found: list[Block]) -> Iterator[Diagnostic]:
    for block in found:
        if block.is_edited:
            yield _note(
                "edited-block",
                Severity.ERROR,
                say(
                    "the injected block `{name}` was edited by hand; the page is left alone", name=block.name
                ),
                source.place(block.start, block.end),
                say("undo the edit, or let --force replace it"),
            )


def _broken(source: Source, lost: list[int]) -> Iterator[Diagnostic]:
    if lost:
        message = say("one of the two comments around the injected block is missing; the page is left alone")
        hint = say("rebuild the page, then inject")
        yield _note("broken-mark", Severity.ERROR, message, source.place(lost[0]), hint)


def _note(rule: str, severity: Severity, message: str, place: Place, hint: str = "") -> Diagnostic:
    return Diagnostic(rule, severity, message, place, hint)


def inject(source: Source, url_path: str, kit: Kit, product: ProductOn) -> Injected:
    """A bare page with loader, tags and dispatcher for its kind.

    A page that takes none keeps its text: `left_alone` names its kind (a redirect, an AMP page, a
    fragment), or a note says why (it is empty, a frameset, cut off).
    """
    page = parse(source)
    try:
        return _injected(Integration(page, url_path), kit, product)
    finally:
        page.release()


def _injected(there: Integration, kit: Kit, product: ProductOn) -> Injected:
    page, source = there.page, there.page.source
    if there.special:
        return Injected(source.text, left_alone=there.special)
    points = insertion_points(page)
    if isinstance(points, Diagnostic):
        return Injected(source.text, (points,))
    name, described = kit.loaded.plan.at(there.url_path)
    if there.hydration and not kit.hydrated:
        return Injected(source.text, tuple(_to_react(there, there.hydration)), name)
    tags: list[str] = []
    notes: list[Diagnostic] = []
    if name and described:
        plan = kit.loaded.plan
        tags = [*label_tags(there, described, plan)]
        notes += [*_unmatched_labels(there, name, described, plan), *_long_labels(there, described, plan)]
        if plan.kind_of(name) == "product" and not there.of("cn_product_visited"):
            found = product(page, there.url_path, described)
            notes += found.diagnostics
            tags += [tag(TAGS["cn_product_visited"], found.record)] if found.record else []
    if there.hydration and kit.loaded.plan.integration.spa:
        tags = []  # they would stay when a link of the app leads to another product
    body = [*([] if there.loaders else [kit.loader]), *tags, *([] if there.dispatchers else [kit.script])]
    put = _last_in_body if there.hydration else _with
    return Injected(put(page, points, "\n".join(body), kit.head), tuple(notes), name)


def _last_in_body(page: Page, points: Insertion, body: str, _: str) -> str:
    """Where React, which owns the document, bears it."""
    at = points.body_end
    return apply_edits(page.source.text, [Edit(at, at, _block("body", body, page.source))] if body else [])


def _to_react(there: Integration, document: Hydration) -> Iterator[Diagnostic]:
    """Why a page that has no loader gets none."""
    if not there.loaders and not there.comes_later(*LOADER_WORDS):
        message = say("left alone: {reason}", reason=document.reason)
        yield _note(HYDRATED, Severity.NOTICE, message, Place(there.page.source.path), WAY_IN)


HYDRATED = "hydrated-document"


def _with(page: Page, points: Insertion, body: str, head: str) -> str:
    source, edits = page.source, []
    if body:
        inside = f"<body>\n{body}" if points.body_implied else body
        edits.append(Edit(points.body_start, points.body_start, _block("body", inside, source)))
    if points.head_end is not None and head:
        edits.append(Edit(points.head_end, points.head_end, _block("head", head, source)))
    return apply_edits(source.text, edits)


def located(found: Sequence[Diagnostic], bare: Source, lies: Source) -> Iterator[Diagnostic]:
    """Findings of a bare page at their places in the page as it lies, with our blocks in it."""
    ours = blocks(lies.text)[0] if found else []

    def moved(offset: int) -> int:
        for block in ours:
            offset += block.end - block.start if block.start <= offset else 0
        return offset

    for finding in found:
        place = finding.place
        if not ours or place.path != bare.path or (place.line, place.column) == (1, 1):
            yield finding
            continue
        start = moved(bare.offset(place.line, place.column))
        end = moved(bare.offset(place.end_line, place.end_column)) if place.end_line else None
        yield replace(finding, place=lies.place(start, end))


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
    return marked(
        name, plain(_IN_NO_HTML.sub("", content)).encode("ascii", "xmlcharrefreplace").decode("ascii")
    )


def label_tags(there: Integration, described: PageBase, plan: Plan) -> Iterator[str]:
    """The tags whose text is the value (categories, labels), where the page has none of its own."""
    for css_class, sources in described.labels().items():
        if not there.of(css_class):
            found = (text for source in sources for text in texts(there.page, source, plan, there.url_path))
            for text in dict.fromkeys(found):
                yield tag(TAGS[css_class], text)


def _unmatched_labels(there: Integration, name: str, described: PageBase, plan: Plan) -> Iterator[Diagnostic]:
    """Selectors and meta names of labels that give this page no text."""
    for css_class, sources in described.labels().items():
        for source in sources if not there.of(css_class) else ():
            if (asked := source.asks()) and not texts(there.page, source, plan, there.url_path):
                message = say(
                    "`{asked}` gives no {css_class} on this page of kind `{name}`",
                    asked=asked,
                    css_class=css_class,
                    name=name,
                )
                place = Place(there.page.source.path)
                yield _note(
                    UNMATCHED, Severity.NOTICE, message, place, say("fix it in the plan, or the page")
                )


def _long_labels(there: Integration, described: PageBase, plan: Plan) -> Iterator[Diagnostic]:
    """Labels taken from this page that the platform cuts; of those in the plan, the plan's check says so."""
    for css_class, sources in described.labels().items():
        if there.of(css_class):
            continue
        asked = (source for source in sources if source.asks())
        for text in (text for source in asked for text in texts(there.page, source, plan, there.url_path)):
            if (label := TAGS[css_class].label) and label.beyond(text):
                message = say(
                    "{css_class} has {length} characters; {most} are kept: `{kept}`",
                    css_class=css_class,
                    length=len(text),
                    most=label.max_length,
                    kept=text[: label.max_length],
                )
                place = Place(there.page.source.path)
                yield _note(long_label.name, Severity.NOTICE, message, place, say("shorten it on the page"))


UNMATCHED = "unmatched-label"
