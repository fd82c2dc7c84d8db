"""The edge to the network: a sample of a published shop's pages and scripts, read into values.

Politely: robots.txt is heeded, one request follows another, and no other host is visited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from connectif_kit.adopt.gather import look
from connectif_kit.adopt.javascript import Script, read
from connectif_kit.adopt.site import SeenPage, Site
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place
from connectif_kit.page.html import Node, decode, parse

if TYPE_CHECKING:
    from connectif_kit.audit.fetch import Fetched, Fetcher

SAMPLE = 60
"""Pages that are fetched: evenly from the sitemap, else by the links of those before."""
SCRIPTS = 12
LINKS = 400
_FILES = (".pdf", ".jpg", ".jpeg", ".png", ".webp", ".svg", ".gif", ".zip", ".xml", ".json", ".txt", ".mp4")


def survey(url: str, fetcher: Fetcher, most: int = SAMPLE) -> Site:
    """What a published shop's pages and scripts say. Raises KitError where its first page cannot be had."""
    start = url if urlsplit(url).path else f"{url}/"
    first = fetcher.one(start)
    if isinstance(first, Diagnostic):
        raise KitError([first])
    walk = _Walk(fetcher, first.url)
    walk.take(first)
    known = walk.from_sitemap(urljoin(first.url, "/sitemap.xml"), most)
    waiting = list(dict.fromkeys([*known, *walk.links]))
    while waiting and len(walk.pages) < most:
        address = waiting.pop(0)
        if address in walk.seen:
            continue
        before = len(walk.links)
        found = fetcher.one(address)
        walk.seen.add(address)
        if not isinstance(found, Diagnostic):
            walk.take(found)
        waiting += [] if known else list(walk.links)[before:]
    scripts = (*walk.inline.values(), *walk.script_files())
    return Site(tuple(walk.pages), scripts, (), total=len(walk.pages))


class _Walk:
    """The pages fetched so far, and where they lead."""

    def __init__(self, fetcher: Fetcher, start: str) -> None:
        self.fetcher = fetcher
        self.base = urlsplit(start).path.rpartition("/")[0]
        self.origin = "{0.scheme}://{0.netloc}".format(urlsplit(start))
        self.pages: list[SeenPage] = []
        self.inline: dict[str, Script] = {}
        self.links: dict[str, None] = {}
        self.sources: dict[str, None] = {}
        self.seen = {start}

    def take(self, found: Fetched) -> None:
        """Read a page, and remember its links and its scripts."""
        path = unquote(urlsplit(found.url).path)
        inside = path.removeprefix(self.base) or "/"
        if b"<" not in found.data[:2000]:
            return
        try:
            self.pages.append(look(found.url, inside, found.data, self.inline))
            self._leads_to(found)
        except KitError:
            return

    def _leads_to(self, found: Fetched) -> None:
        page = parse(decode(found.url, found.data))
        try:
            hrefs = [node.attributes["href"] for node in page.select("a[href]")]
            hrefs += [node.attributes["action"] for node in page.select("form[action]") if _asks(node)]
            sources = [node.attributes["src"] for node in page.select("script[src]")]
        finally:
            page.release()
        for address in self._own(found.url, hrefs):
            if len(self.links) < LINKS and not urlsplit(address).path.lower().endswith(_FILES):
                self.links.setdefault(address)
        for address in self._own(found.url, sources):
            self.sources.setdefault(address)

    def _own(self, here: str, addresses: Iterable[str]) -> Iterator[str]:
        """Addresses inside the shop, without their fragment."""
        for written in addresses:
            try:
                address = urldefrag(urljoin(here, written.strip()))[0]
                is_own = address.startswith(f"{self.origin}{self.base}/") and not urlsplit(address).query
            except ValueError:
                continue
            if is_own or address.endswith(".js"):
                yield address

    def from_sitemap(self, address: str, most: int) -> list[str]:
        """Addresses of the sitemap, evenly over all of it."""
        found = [
            each for each in self.fetcher.addresses(address) if each.startswith(f"{self.origin}{self.base}/")
        ]
        return found[:: max(1, -(-len(found) // most))]

    def script_files(self) -> Iterator[Script]:
        """The shop's own scripts."""
        for address in list(self.sources)[:SCRIPTS]:
            if address.startswith(self.origin):
                found = self.fetcher.one(address)
                if not isinstance(found, Diagnostic):
                    yield read(urlsplit(address).path, found.data.decode("utf-8", "replace"))


def _asks(form: Node) -> bool:
    """Whether a form only asks for a page, as a search does."""
    return form.attributes.get("method", "get").lower() == "get"


def nowhere(url: str) -> KitError:
    """What is said of an address that is none."""
    hint = "write it with https://, as your visitors see it"
    return KitError.at(Place("--from"), "bad-url", f"`{url}` is not the address of a shop", hint)
