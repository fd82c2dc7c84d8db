"""What a rule sees of a page: what it holds of the integration, and its place in the plan."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from connectif_kit.core.messages import say
from connectif_kit.page.html import Page, Span
from connectif_kit.page.hydration import WAY_IN
from connectif_kit.page.integration import Integration
from connectif_kit.page.loaders import Loader
from connectif_kit.page.once import once
from connectif_kit.page.private import private_texts
from connectif_kit.page.special import FRAGMENT
from connectif_kit.page.tags import DEEPEST_VALUE, MOST_TAGS, MOST_VALUES, Part, TagOccurrence, Value
from connectif_kit.plan.loaded import LoadedPlan
from connectif_kit.plan.models import PageBase

__all__ = [
    "DEEPEST_VALUE",
    "MOST_TAGS",
    "MOST_VALUES",
    "Loader",
    "PageContext",
    "Part",
    "TagOccurrence",
    "Value",
]


class PageContext(Integration):
    """A page on its way through the rules.

    `name`, `kind` and `described` are its place in the plan; nothing where there is no plan, or
    where no page of the plan matches, or the page's address is not known (empty), or the file is a
    redirect, an AMP page or a proof of ownership. `static` pages are files that every visitor gets,
    which they are not where the plan's server writes the tags. `policies` came with a server's answer.
    """

    def __init__(
        self, page: Page, url_path: str, loaded: LoadedPlan | None = None, *, static: bool = False
    ) -> None:
        super().__init__(page, url_path)
        self.loaded = loaded
        # What a server has made for one visitor stays so when it is saved.
        by_server = loaded is not None and loaded.plan.integration.activity == "server-tags"
        self.static = static and not by_server
        self.policies: tuple[str, ...] = ()
        self.memo: dict[str, Any] = {}
        self.name: str | None = None
        self.described: PageBase | None = None
        if loaded and url_path and self.special in ("", FRAGMENT):
            self.name, self.described = loaded.plan.at(url_path)
        self.kind = loaded.plan.kind_of(self.name) if loaded and self.name else None

    @once
    def is_asked(self) -> bool:
        """Whether the plan wants an integration in it: a page of its own, and none that it leaves alone."""
        if self.loaded is None or self.special or not self.is_document:
            return False
        return not (self.url_path and self.loaded.plan.ignored(self.url_path))

    @once
    def top(self) -> Span:
        """Where a fault of the page as a whole is shown: its `<body>` or `<html>` tag, else its start."""
        tags = [node.start_tag for node in (self.body, self.page.html) if node]
        return next((tag for tag in tags if tag), Span(0, 0))

    @once
    def products(self) -> list[TagOccurrence]:
        """The live `cn_product_visited` tags."""
        return self.of("cn_product_visited")

    @property
    def catalog_by_tags(self) -> bool:
        """Whether the platform reads the catalogue from the pages."""
        return self.loaded is not None and self.loaded.plan.integration.catalog == "tags"

    @once
    def private(self) -> list[str]:
        """What no message may quote: keys, and what the page says of one visitor."""
        return private_texts(self)

    @property
    def way_in(self) -> str:
        """How what is missing comes into the page."""
        return self.injected(say("`connectif-kit inject` adds it"))

    def injected(self, hint: str) -> str:
        """A hint that `inject` helps; where it leaves the page alone, why it does, or what to do instead."""
        if self.hydration:
            return WAY_IN
        return (
            say("`inject` leaves this page alone: {refusal}", refusal=self.refusal) if self.refusal else hint
        )

    @once
    def canonical(self) -> str:
        """The address that the page names as its own, absolute, or nothing."""
        links = self.live(self.page.select('link[rel~="canonical" i][href]'))
        found = next((node.attributes["href"].strip() for node in links), "")
        return found if found.startswith(("http://", "https://")) else ""


@lru_cache(maxsize=256)  # every page names the same few
def host_of(address: str) -> str:
    """The host that an address names, in lower case; nothing where it names none."""
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
