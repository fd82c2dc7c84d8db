"""Pages from a web server, politely: robots.txt, one request after another, only the hosts named."""

from __future__ import annotations

import gzip
import html
import re
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from connectif_kit import __version__
from connectif_kit.diagnostics import Diagnostic, KitError, Place, Severity

if TYPE_CHECKING:
    import httpx2

AGENT = f"connectif-kit/{__version__}"
PAGE_BYTES = 10_000_000
SITEMAP_BYTES = 50_000_000
SITEMAPS = 200
REDIRECTS = 5
_LOC = re.compile(r"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*(.*?)\s*(?:\]\]>)?\s*</(?:\w+:)?loc>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as the server sent it; `url` is where it was found in the end."""

    url: str
    data: bytes


@dataclass(slots=True)
class Fetcher:
    """Fetches within the hosts of the addresses that were given.

    `rate` is requests a second, `timeout` seconds for each, `limit` pages in all.
    """

    hosts: frozenset[str]
    rate: float = 5.0
    timeout: float = 15.0
    limit: int = 1000
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _next: float = 0.0
    _client: httpx2.Client | None = None

    def one(self, url: str) -> Fetched | Diagnostic:
        """What is at an address, whatever it is."""
        return self._get(url, PAGE_BYTES)

    def addresses(self, sitemap: str) -> list[str]:
        """The addresses that a sitemap, or an index of them, names; none where there is no sitemap."""
        given = self._get(sitemap, SITEMAP_BYTES)
        if isinstance(given, Diagnostic) or not _is_sitemap(given):
            return []
        addresses: dict[str, None] = {}
        waiting = [given]
        for _ in range(SITEMAPS):
            if waiting and len(addresses) < self.limit:
                list(self._read(waiting.pop(0), waiting, addresses))
        return list(addresses)[: self.limit]

    def pages(self, url: str) -> Iterator[Fetched | Diagnostic]:
        """The page at an address, or all pages of the sitemap there."""
        given = self._get(url, SITEMAP_BYTES)
        if isinstance(given, Diagnostic) or not _is_sitemap(given):
            yield given
            return
        addresses: dict[str, None] = {}
        waiting = [given]
        for _ in range(SITEMAPS):
            if not waiting or len(addresses) >= self.limit:
                break
            yield from self._read(waiting.pop(0), waiting, addresses)
        for address in list(addresses)[: self.limit]:
            yield self._get(address, PAGE_BYTES)
        if waiting or len(addresses) > self.limit:
            message = f"the sitemap has more pages; the first {self.limit:,} are checked"
            yield Diagnostic("limited", Severity.NOTICE, message, Place(url), "--limit takes more")

    def _read(
        self, sitemap: Fetched, waiting: list[Fetched], addresses: dict[str, None]
    ) -> Iterator[Diagnostic]:
        """Take a sitemap's addresses; those of an index are sitemaps."""
        text = unzipped(sitemap.data).decode("utf-8", "replace")
        found = (urljoin(sitemap.url, html.unescape(loc)) for loc in _LOC.findall(text))
        if "<sitemapindex" not in text[:2000]:
            addresses.update(dict.fromkeys(found))
            return
        for address in list(dict.fromkeys(found))[:SITEMAPS]:
            inner = self._get(address, SITEMAP_BYTES)
            if isinstance(inner, Diagnostic):
                yield inner
            else:
                waiting.append(inner)

    def _get(self, url: str, most: int) -> Fetched | Diagnostic:
        """One address, its redirects followed by hand so that none leads out."""
        import httpx2

        at = url
        for _ in range(REDIRECTS + 1):
            if why := self._refused(at):
                return _unfetched(url, why)
            try:
                status, location, data = self._requested(at, most)
            except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
                return _unfetched(url, str(error) or type(error).__name__)
            if location:
                at = urljoin(at, location)
            elif status != 200:
                return _unfetched(url, f"the server answers {status}")
            else:
                return _unfetched(url, f"more than {most:,} bytes") if data is None else Fetched(at, data)
        return _unfetched(url, f"more than {REDIRECTS} redirects")

    def _refused(self, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.netloc.lower() not in self.hosts:
            return f"{url} is on another host; only {', '.join(sorted(self.hosts))} is visited"
        robots = self._robots_of(f"{parts.scheme}://{parts.netloc}")
        return "" if robots.can_fetch(AGENT, url) else "robots.txt asks not to"

    def _robots_of(self, origin: str) -> RobotFileParser:
        """The host's rules; a host without them allows everything, as RFC 9309 says."""
        import httpx2

        if origin not in self._robots:
            robots = self._robots[origin] = RobotFileParser()
            try:
                status, _, data = self._requested(f"{origin}/robots.txt", 500_000)
            except httpx2.HTTPError:
                status, data = 0, None
            robots.parse((data or b"").decode("utf-8", "replace").splitlines() if status == 200 else [])
            if delay := robots.crawl_delay(AGENT):
                self.rate = min(self.rate, 1 / float(delay))
        return self._robots[origin]

    def _requested(self, url: str, most: int) -> tuple[int, str, bytes | None]:
        """Status, where it redirects to, and the body; nothing where that is too long."""
        import httpx2
        import stamina

        for attempt in stamina.retry_context(on=httpx2.TransportError, attempts=3, wait_max=2.0):
            with attempt:
                self._wait()
                return self._once(url, most)
        raise RuntimeError("unreachable")

    def _once(self, url: str, most: int) -> tuple[int, str, bytes | None]:
        if self._client is None:
            import httpx2

            self._client = httpx2.Client(timeout=self.timeout, headers={"User-Agent": AGENT})
        with self._client.stream("GET", url) as response:
            if response.is_redirect:
                return response.status_code, response.headers["location"], b""
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > most:
                    return response.status_code, "", None
            return response.status_code, "", bytes(body)

    def _wait(self) -> None:
        """Keep the distance between two requests."""
        now = time.monotonic()
        if now < self._next:
            time.sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self.rate

    def close(self) -> None:
        """Let go of connections."""
        if self._client is not None:
            self._client.close()


def unzipped(data: bytes) -> bytes:
    """A sitemap's text, packed or not; of what unpacks to more than a sitemap may hold, the beginning."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, SITEMAP_BYTES)
    except (zlib.error, gzip.BadGzipFile):
        return b""


def _is_sitemap(page: Fetched) -> bool:
    head = unzipped(page.data)[:2000]
    return b"<urlset" in head or b"<sitemapindex" in head


def _unfetched(url: str, why: str) -> Diagnostic:
    return Diagnostic("unfetched-page", Severity.ERROR, f"the page cannot be fetched: {why}", Place(url))


def hosts_of(urls: list[str]) -> frozenset[str]:
    """The hosts of addresses. Raises KitError where one has none."""
    for url in urls:
        if not urlsplit(url).hostname:
            raise KitError.at(Place(url), "bad-url", "the address has no host")
    return frozenset(urlsplit(url).netloc.lower() for url in urls)
