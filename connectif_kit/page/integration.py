"""What a page has of the integration: loaders, dispatchers, tags, our marks, workers, hand-written calls.

Worked out once for each page, and the only answer: what `inject` takes for present is what `audit`
finds and what the preview shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urljoin

from connectif_kit.core.diagnostics import Diagnostic
from connectif_kit.core.messages import say
from connectif_kit.page.html import (
    Node,
    Page,
    hindrance,
    insertion_points,
    is_code,
    template_sign,
    without_comments,
)
from connectif_kit.page.html.hidden import hidden_tags
from connectif_kit.page.hydration import Hydration, hydrated_document, is_payload, is_rendered_later
from connectif_kit.page.loaders import Loader, is_dispatcher, loader_at, may_load
from connectif_kit.page.marks import OURS, Block, blocks
from connectif_kit.page.once import once
from connectif_kit.page.special import special
from connectif_kit.page.tags import Part, TagOccurrence, tags_at
from connectif_kit.page.workers import Registered, imported, registered
from connectif_kit.vocabulary.platform import LOADER_ID

_CLASS = re.compile("cn[_-]", re.IGNORECASE)
_CALL = re.compile(r"""\btype["'`]?\s*:\s*["'`]([a-z][a-z-]+)["'`]""")


class Brought(NamedTuple):
    """A script that a page brings in by its address, in an element or by an inline script's import."""

    script: Node
    address: str


class Registration(NamedTuple):
    """A service worker that an inline script registers."""

    script: Node
    worker: Registered


class Call(NamedTuple):
    """An inline script that calls `sendEvents` by hand: its code without comments, the events it names."""

    script: Node
    code: str
    events: frozenset[str]


def _is_named(attributes: Mapping[str, str]) -> bool:
    if "cn" in attributes.get("class", "").lower():
        return True
    identity = attributes.get("id", "").lower()
    return "connectif" in identity or identity.startswith("cn-")


class Integration:
    """A page, and what it has of the integration."""

    def __init__(self, page: Page, url_path: str = "") -> None:
        self.page = page
        self.url_path = url_path

    @property
    def text(self) -> str:
        """The page's source."""
        return self.page.source.text

    def mentions(self, word: str) -> bool:
        """Whether a word stands anywhere in the source, for a quick look before a slow one."""
        # Where it does not, CPython says so sooner from behind than `in` does.
        return self.page.source.text.rfind(word) >= 0

    def live(self, nodes: Iterable[Node]) -> list[Node]:
        """Those that stand in no `<template>`."""
        return [node for node in nodes if not node.in_template]

    # ------------------------------------------------------------ what kind of file it is

    @once
    def special(self) -> str:
        """Why the page takes no integration and none is missing in it, such as `redirect`; mostly empty."""
        return special(self.page, self.url_path)

    @once
    def is_document(self) -> bool:
        """Whether it is a page of its own and no fragment."""
        page = self.page
        if page.has_doctype:
            return True
        nodes = (self.body, page.html, page.head)
        return any(node is not None and node.start_tag is not None for node in nodes)

    @once
    def body(self) -> Node | None:
        """`<body>`, written or implied."""
        return self.page.body

    @once
    def refusal(self) -> str:
        """Why `inject` leaves the page as it is; nothing where it does not."""
        if self.marks_fault:
            return self.marks_fault
        if sign := template_sign(self.text):
            return say(
                "it is a template and no built page, `{code}` has not run; leave it out with `site.ignore`",
                code=" ".join(sign.code.split()),
            )
        points = insertion_points(self.page)
        return points.message if isinstance(points, Diagnostic) else ""

    @once
    def hydration(self) -> Hydration | None:
        """Whose document the page is, if React hydrates all of it."""
        return hydrated_document(self.page)

    def comes_later(self, *words: str) -> bool:
        """Whether React makes something with one of some words in it once the page runs."""
        return self.hydration is not None and is_rendered_later(self.page, *words)

    # ------------------------------------------------------------ our marks

    @once
    def _marks(self) -> tuple[list[Block], list[int]]:
        return blocks(self.text) if self.page.may_comment(OURS.removeprefix("<!-- ")) else ([], [])

    @property
    def blocks(self) -> list[Block]:
        """What `inject` has put in, with the marks around it."""
        return self._marks[0]

    @property
    def broken_marks(self) -> list[int]:
        """Where marks stand that have lost their other half."""
        return self._marks[1]

    @once
    def marks_fault(self) -> str:
        """What is wrong with our marks, so that nobody touches what is between them."""
        if self.broken_marks:
            return "a mark of `connectif-kit` has lost its other half"
        edited = any(block.is_edited for block in self.blocks)
        return "what stands between the marks of `connectif-kit` was edited by hand" if edited else ""

    def is_ours(self, node: Node) -> bool:
        """Whether an element stands between our marks."""
        tag = node.start_tag
        return bool(tag) and any(block.start < tag.start < block.end for block in self.blocks if tag)

    # ------------------------------------------------------------ scripts

    @once
    def all_scripts(self) -> list[Node]:
        """Every script element, dead ones included."""
        return self.page.select("script")

    @once
    def scripts(self) -> list[Node]:
        """Every script element that a browser would look at."""
        return self.live(self.all_scripts)

    @once
    def inline_code(self) -> list[Node]:
        """The inline scripts that run."""
        found = [node for node in self.scripts if "src" not in node.attributes and is_code(node)]
        return self._without_payload(found)

    def _without_payload(self, scripts: list[Node]) -> list[Node]:
        """What React's own data repeats as text is run by no browser."""
        return [node for node in scripts if not is_payload(node)] if self.hydration else scripts

    @once
    def loaders(self) -> list[Loader]:
        """Every script that brings the client, in document order."""
        return [loader for loader in self._written_loaders if not loader.hindrance]

    @once
    def idle_loaders(self) -> list[Loader]:
        """Every script that would bring the client, did the browser run it as it should."""
        return [loader for loader in self._written_loaders if loader.hindrance]

    @once
    def _written_loaders(self) -> list[Loader]:
        if not may_load(self.text):
            return []
        scripts = self._without_payload(self.all_scripts)
        return [loader for script in scripts if (loader := loader_at(script))]

    @once
    def dispatchers(self) -> list[Node]:
        """The scripts that bring the event dispatcher."""
        return [node for node, why in self._written_dispatchers if not why]

    @once
    def idle_dispatchers(self) -> list[tuple[Node, str]]:
        """The scripts that would bring the dispatcher, did the browser run them; and why it does not."""
        return [(node, why) for node, why in self._written_dispatchers if why]

    @once
    def _written_dispatchers(self) -> list[tuple[Node, str]]:
        return [(node, hindrance(node)) for node in self.all_scripts if is_dispatcher(node)]

    @once
    def workers(self) -> list[Registration]:
        """The service workers that inline scripts register."""
        return [Registration(node, worker) for node in self.inline_code for worker in registered(node.text)]

    @once
    def brought(self) -> list[Brought]:
        """The scripts that the page runs and that stand in files of their own, the dispatcher left out."""
        elements = [node for node in self.scripts if "src" in node.attributes and not hindrance(node)]
        found = [Brought(node, node.attributes["src"]) for node in elements if not is_dispatcher(node)]
        inline = [Brought(node, file) for node in self.inline_code for file in imported(node.text)]
        return [*found, *inline]

    @once
    def calls(self) -> list[Call]:
        """The inline scripts that send events by hand."""
        return list(self._calls())

    def _calls(self) -> Iterator[Call]:
        for script in self.inline_code:
            code = without_comments(script.text) if "sendEvents" in script.text else ""
            if "sendEvents" in code:
                yield Call(script, code, frozenset(_CALL.findall(code)))

    @once
    def is_integrated(self) -> bool:
        """Whether the page carries anything of the integration beside tags: then its classes mean it."""
        if self.loaders or self.dispatchers or self.blocks or self.idle_loaders or self.calls:
            return True
        return any(hidden.name.startswith(LOADER_ID) for hidden in hidden_tags(self.page))

    def address(self, written: str) -> str:
        """An address of the page as its `<base>` makes it, which may still be relative to the page."""
        try:
            return urljoin(self._base, written.strip()) if self._base else written.strip()
        except ValueError:
            return written.strip()

    @once
    def _base(self) -> str:
        found = self.live(self.page.select("base[href]"))
        return found[0].attributes["href"].strip() if found else ""

    # ------------------------------------------------------------ tags

    @once
    def marked(self) -> list[Node]:
        """Every element with a class that looks like the platform's, dead ones included."""
        return [node for node in self.named if _CLASS.search(node.attributes.get("class") or "")]

    @once
    def _noted(self) -> list[Node]:
        """Every element that a rule may ask for by an attribute; one walk through the tree for all, 8 %."""
        return self.page.select(
            '[class*="cn" i], [id*="connectif" i], [id^="cn-" i],'
            "[class~=product_basket_item], [data-cn-track-click], [itemscope], [typeof]"
        )

    @once
    def named(self) -> list[Node]:
        """Every element with a class or an id that may be the platform's."""
        return [node for node in self._noted if _is_named(node.attributes)]

    def with_attribute(self, name: str) -> list[Node]:
        """Every element with one of the attributes that `_noted` asks for, dead ones included."""
        return [node for node in self._noted if name in node.attributes]

    @once
    def basket_items(self) -> list[Node]:
        """Every basket item, in a tag or not, dead ones included."""
        return [node for node in self._noted if "product_basket_item" in node.classes]

    @once
    def all_tags(self) -> list[TagOccurrence]:
        """Every known tag, those inside `<template>` included."""
        return tags_at(self.marked)

    @once
    def tags(self) -> list[TagOccurrence]:
        """The tags that the client script reads."""
        return [use for use in self.all_tags if not use.node.in_template]

    @once
    def parts(self) -> list[Part]:
        """The live tags and their basket items."""
        return [part for use in self.tags for part in use.parts]

    def of(self, css_class: str) -> list[TagOccurrence]:
        """The live tags of one class."""
        return [use for use in self.tags if use.tag.css_class == css_class]
