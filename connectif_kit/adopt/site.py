"""A site as the evidence sees it: values only, read from the disk or from a server before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any

from connectif_kit.adopt.javascript import Script
from connectif_kit.adopt.line import Line
from connectif_kit.adopt.tables import FromFile
from connectif_kit.core.records import dataclass
from connectif_kit.page.integration import Integration

STAND_IN = "https://shop.example"
"""The address of a site whose own is not known yet."""
TEMPLATE = "template"
"""What makes a page none of the shop's: code in it that has not run."""


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page: its address's path, its file, why it is none of the shop's, and what each evidence saw.

    What `inject` once wrote is no evidence, but for the stores that it loads: `ours` has them.
    """

    path: str
    name: str
    special: str = ""
    seen: dict[str, Any] = field(default_factory=dict)
    ours: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """The built pages that were looked at, the scripts, and the names of all other files of the site.

    `configured` holds what the generator's configuration says: `url`, `language`, `currency`, each with
    the file that says it. `total` is the number of pages that there are.
    """

    pages: tuple[SeenPage, ...] = ()
    scripts: tuple[Script, ...] = ()
    others: tuple[str, ...] = ()
    configured: dict[str, tuple[str, str]] = field(default_factory=dict)
    generator: str = ""
    total: int = 0
    files: tuple[FromFile, ...] = ()

    def own(self) -> Iterator[SeenPage]:
        """The pages that are the shop's: no redirects, fragments and proofs of ownership."""
        return (page for page in self.pages if not page.special)

    def saw(self, name: str) -> Iterator[tuple[SeenPage, Any]]:
        """What an evidence saw on the shop's own pages, where it saw anything."""
        return ((page, found) for page in self.own() if (found := page.seen.get(name)))


@dataclass(frozen=True, slots=True)
class Evidence:
    """One kind of evidence: what it sees on each page, and what it concludes from all of them.

    `order` is when it concludes and where its lines stand; a later one may read `site.saw` of any.
    """

    name: str
    conclude: Callable[[Site], Iterator[Line]]
    look: Callable[[Integration], Any] | None = None
    order: int = 50
