"""Pages from a web server, politely: robots.txt, one request after another, only the hosts named."""

from __future__ import annotations

import gzip
import html
import re
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from connectif_kit import __version__
from connectif_kit.core.diagnostics import Diagnostic, KitError, Place, Severity
from connectif_kit.core.messages import count, say
from connectif_kit.core.records import dataclass
from connectif_kit.page.host_headers import POLICY

if TYPE_CHECKING:
    import httpx2

AGENT = f"connectif-kit/{__version__}"
PAGE_BYTES = 10_000_000
SITEMAP_BYTES = 50_000_000
SITEMAPS = 200
REDIRECTS = 5
ASKED = 3
"""How often a page is asked for that answers `Too Many Requests`, or that it is not there for now."""
TOO_MANY, UNAVAILABLE = 429, 503
UNSAID_WAIT = 5.0
"""Seconds until the next try where a server asks for fewer requests and does not say when."""
LONGEST_WAIT = 60.0
"""Seconds that are waited for a page, whatever its server asks for."""
LONGEST_WAITS = 600.0
"""Seconds that are waited so in a whole run."""
_LOC = re.compile(r"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*(.*?)\s*(?:\]\]>)?\s*</(?:\w+:)?loc>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as the server sent it; `url` is where it was found in the end."""

    url: str
    data: bytes
    policies: tuple[str, ...] = ()
    """The content security policies of the answer."""


class _Answer(NamedTuple):
    """Status, where it redirects to, the body (nothing where that is too long), the seconds to wait."""

    status: int
    location: str = ""
    data: bytes | None = b""
    wait: float | None = None
    policies: tuple[str, ...] = ()

    @property
    def is_busy(self) -> bool:
        """Whether the server wants to be asked again later."""
        return self.status == TOO_MANY or (self.status == UNAVAILABLE and self.wait is not None)


@dataclass(slots=True)
class Fetcher:
    """Fetches within the hosts of the addresses that were given.

    `rate` is requests a second, `timeout` seconds for each, `limit` pages in all; `say` takes a hint why
    it takes so long, `pause` waits.
    """

    hosts: frozenset[str]
    rate: float = 5.0
    timeout: float = 15.0
    limit: int = 1000
    say: Callable[[str], None] = lambda _: None
    pause: Callable[[float], None] = time.sleep
    _waited: float = 0.0
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
            message = say("the sitemap has more pages; the first {limit:,} are checked", limit=self.limit)
            yield Diagnostic("limited", Severity.NOTICE, message, Place(url), say("--limit takes more"))

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
                answer = self._requested(at, most)
            except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
                return _unfetched(url, str(error) or type(error).__name__)
            if not answer.location:
                return _page(url, at, answer, most)
            at = urljoin(at, answer.location)
        return _unfetched(url, say("more than {redirects} redirects", redirects=REDIRECTS))

    def _refused(self, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or parts.netloc.lower() not in self.hosts:
            return say(
                "{url} is on another host; only {hosts} is visited",
                url=url,
                hosts=", ".join(sorted(self.hosts)),
            )
        robots = self._robots_of(f"{parts.scheme}://{parts.netloc}")
        return "" if robots.can_fetch(AGENT, url) else say("robots.txt does not allow it")

    def _robots_of(self, origin: str) -> RobotFileParser:
        """The host's rules; a host without them allows everything, as RFC 9309 says."""
        import httpx2

        if origin not in self._robots:
            robots = self._robots[origin] = RobotFileParser()
            try:
                answer = self._requested(f"{origin}/robots.txt", 500_000)
            except httpx2.HTTPError:
                answer = _Answer(0)
            text = (answer.data or b"").decode("utf-8", "replace")
            robots.parse(text.splitlines() if answer.status == 200 else [])
            if delay := robots.crawl_delay(AGENT):
                self.rate = min(self.rate, 1 / float(delay))
        return self._robots[origin]

    def _requested(self, url: str, most: int) -> _Answer:
        """What the server answers, asked again where it says that it is busy and for how long."""
        answer = self._asked(url, most)
        for _ in range(ASKED - 1):
            if not answer.is_busy or not self._waits(url, answer):
                break
            answer = self._asked(url, most)
        return answer

    def _waits(self, url: str, answer: _Answer) -> bool:
        """Wait as the server says, unless that is too long."""
        wait = answer.wait or 0.0
        if wait > LONGEST_WAIT or self._waited + wait > LONGEST_WAITS:
            return False
        if wait:
            self.say(f"{url} answers {answer.status}: asked again in {_seconds(wait)}")
        self._waited += wait
        self.pause(wait)
        return True

    def _asked(self, url: str, most: int) -> _Answer:
        import httpx2
        import stamina

        for attempt in stamina.retry_context(on=httpx2.TransportError, attempts=3, wait_max=2.0):
            with attempt:
                self._wait()
                return self._once(url, most)
        raise RuntimeError("unreachable")

    def _once(self, url: str, most: int) -> _Answer:
        if self._client is None:
            import httpx2

            self._client = httpx2.Client(timeout=self.timeout, headers={"User-Agent": AGENT})
        with self._client.stream("GET", url) as response:
            status, headers = response.status_code, response.headers
            if response.is_redirect:
                return _Answer(status, headers["location"])
            if status in (TOO_MANY, UNAVAILABLE):
                return _Answer(status, wait=retry_after(headers, status))
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > most:
                    return _Answer(status, data=None)
            return _Answer(status, data=bytes(body), policies=tuple(headers.get_list(POLICY)))

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


def retry_after(headers: Mapping[str, str], status: int) -> float | None:
    """The seconds that `Retry-After` asks to wait, which may be a date (RFC 9110 §10.2.3).

    A date is held against the server's own clock. Where a server of many requests says nothing that can
    be read, a moment.
    """
    written = headers.get("retry-after", "").strip()
    if written.isascii() and written.isdigit():
        return float(written[:9])
    until = _date(written)
    if until is None:
        return UNSAID_WAIT if status == TOO_MANY else None
    now = _date(headers.get("date", "")) or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def _date(written: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(written)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _seconds(number: float) -> str:
    return count(round(number), "{n:,} second", "{n:,} seconds")


def _page(url: str, at: str, answer: _Answer, most: int) -> Fetched | Diagnostic:
    """The page that an answer is, or why it is none."""
    if answer.is_busy and answer.wait and answer.wait > LONGEST_WAIT:
        return _unfetched(
            url,
            say(
                "the server answers {status} and asks to wait {seconds}; at most {longest} are waited",
                status=answer.status,
                seconds=_seconds(answer.wait),
                longest=_seconds(LONGEST_WAIT),
            ),
            say("try again later, or with a lower --rate"),
        )
    if answer.status != 200:
        hint = say("ask more slowly, with --rate") if answer.status == TOO_MANY else ""
        return _unfetched(url, say("the server answers {status}", status=answer.status), hint)
    if answer.data is None:
        return _unfetched(url, say("more than {most:,} bytes", most=most))
    return Fetched(at, answer.data, answer.policies)


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


def _unfetched(url: str, why: str, hint: str = "") -> Diagnostic:
    return Diagnostic(
        "unfetched-page", Severity.ERROR, say("the page cannot be fetched: {why}", why=why), Place(url), hint
    )


def hosts_of(urls: list[str]) -> frozenset[str]:
    """The hosts of addresses. Raises KitError where one has none."""
    for url in urls:
        if not urlsplit(url).hostname:
            raise KitError.at(Place(url), "bad-url", say("the address has no host"))
    return frozenset(urlsplit(url).netloc.lower() for url in urls)
