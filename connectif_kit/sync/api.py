"""Calls to the HTTP API: the key, the budget, what is tried again and what is not."""

from __future__ import annotations

import json as jsons
import os
import random
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from connectif_kit.core.diagnostics import KitError, Place
from connectif_kit.core.mask import masked
from connectif_kit.core.records import dataclass
from connectif_kit.sync import error_messages as words
from connectif_kit.sync.limiter import Limiter, Stopped
from connectif_kit.vocabulary.http_api import HOST

VARIABLE = "CONNECTIF_API_KEY"
ATTEMPTS = 8
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
LONGEST_STORM = 30 * 60.0
MAX_BODY = 20_000_000
MAX_REPORT = 200_000_000
MAX_HOPS = 3
SHORTEST_SECRET = 5
"""Parts of a key below this length are also parts of words."""
_PATH = re.compile(r"/(?!/)[!-~]*").fullmatch


class OutcomeUnknown(Exception):  # noqa: N818 - nobody knows whether it is one
    """The call may or may not have been carried out, and must not simply be repeated."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer other than those that end the run: any 2xx, or a 4xx about what was sent."""

    status: int
    json: Any

    @property
    def is_ok(self) -> bool:
        """Whether it was carried out."""
        return self.status < 300

    @property
    def code(self) -> str:
        """The vendor's own error code, such as E0401."""
        return str(self.json.get("code", "")) if isinstance(self.json, dict) else ""


def key_from(text: str | None) -> str:
    """The key as the header wants it; a pasted `apiKey ` is taken off. Raises KitError."""
    key = re.sub(r"(?i)^apikey\s+", "", (text or "").strip())
    place, hint = Place(VARIABLE), f"the copy button in {words.KEYS} gives it: `keyId:keySecret`"
    if not key:
        raise KitError.at(place, "no-api-key", f"the environment variable {VARIABLE} is not set", hint)
    if not re.fullmatch(r"[!-9;-~]+:[!-9;-~]+", key):
        raise KitError.at(place, "bad-api-key", "the key is not of the form `keyId:keySecret`", hint)
    return key


def base_url(text: str | None) -> str:
    """Where the API is: https, or this machine. Raises KitError."""
    parts = urlsplit(text or HOST)
    local = is_local(text or HOST)
    if not parts.hostname or (parts.scheme != "https" and not (parts.scheme == "http" and local)):
        hint = "only `connectif-kit fake-api` on this machine is spoken to without https"
        raise KitError.at(Place("--api-url"), "bad-api-url", f"`{text}` is not an https address", hint)
    return (text or HOST).rstrip("/")


def is_local(url: str) -> bool:
    """Whether an address is this machine's own."""
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")


@dataclass(slots=True)
class Api:
    """One account of the API, for any number of threads.

    `server_time` is what the server's clock said last, in Unix seconds.
    """

    base: str
    key: str = field(repr=False)
    limiter: Limiter
    timeout: float = 60.0
    first_pause: float = FIRST_PAUSE
    pace: float = 1.0
    server_time: float = 0.0
    _client: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        import httpx2

        self._client = httpx2.Client(
            base_url=self.base,
            timeout=self.timeout,
            headers={"Authorization": f"apiKey {self.key}", "User-Agent": "connectif-kit"},
            follow_redirects=False,
            trust_env=not is_local(self.base),  # a proxy would read what never leaves this machine
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def call(
        self, method: str, path: str, *, json: Any = None, needs: str = "", once: bool = False, **more: Any
    ) -> Reply:
        """One call, repeated while that is safe: on 429, 5xx, time-outs and lost connections.

        With `once`, a call that may have been carried out raises InDoubt instead of being repeated.
        Raises KitError on 401 and 403, and where the API does not answer for long; Stopped.
        """
        if not _PATH(path):
            raise self._failure((f"an address that is not the API's: {masked(path[:200])}", ""))
        failures, since = 0, time.monotonic()
        while True:
            self.limiter.acquire()
            status, headers, body = self._send(method, path, json, more)
            self._note(status, headers)
            if status == 429:
                if time.monotonic() - since > LONGEST_STORM:
                    raise self._failure(words.refusal(429, None))
            elif 0 < status < 500:
                if status in words.FATAL:
                    raise self._failure(words.refusal(status, body, needs))
                self._is_the_api(method, path, status, headers, body, once=once)
                return Reply(status, body)
            elif once:
                raise OutcomeUnknown(masked(str(body)))
            else:
                failures += 1
                self._pause(failures, status, body)

    def _is_the_api(
        self, method: str, path: str, status: int, headers: Mapping[str, str], body: Any, *, once: bool
    ) -> None:
        """A login page or a redirect is not an answer of the API. Raises KitError."""
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        where = f"{method} {self.base}{path.partition('?')[0]}"
        hint = "is this the address of the API, and nothing in between?"
        if 300 <= status < 400:
            raise self._failure((masked(f"{where} redirects elsewhere, as the API never does"), hint))
        is_empty = once or status == 204 or method in ("GET", "DELETE")
        if status < 300 and (kind == "text/html" or (body is None and not is_empty)):
            said = f"{where} answers {status} with {kind or 'nothing'}, not as the API does"
            raise self._failure((masked(said), hint))

    def _pause(self, failures: int, status: int, body: Any) -> None:
        """Wait longer after each failure, with jitter, and give up in the end."""
        if failures >= ATTEMPTS:
            no_answer = tuple(text.format(detail=masked(str(body))) for text in words.NO_ANSWER)
            raise self._failure(words.refusal(status, body) if status else (no_answer[0], no_answer[1]))
        longest = min(self.first_pause * 2 ** (failures - 1), LONGEST_PAUSE)
        pause = longest * random.uniform(0.5, 1.0)  # noqa: S311 - jitter
        self.limiter.announce(pause, f"the API fails: {status}" if status else "the API does not answer")
        if self.limiter.stop.wait(pause):
            raise Stopped

    def _send(
        self, method: str, path: str, json: Any, more: Mapping[str, Any]
    ) -> tuple[int, Mapping[str, str], Any]:
        """Status, headers, body; status 0 where there was no whole answer, with the reason as body."""
        import httpx2

        try:
            with self._client.stream(method, path, json=json, **more) as reply:
                data = b""
                for chunk in reply.iter_bytes():
                    data += chunk
                    if len(data) > MAX_BODY:
                        return 0, {}, f"the answer is larger than {MAX_BODY // 10**6} MB"
                return reply.status_code, reply.headers, _body(reply.headers, self.without_key(data))
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            return 0, {}, self._said(error)
        except (ValueError, RecursionError):
            return 0, {}, "the answer was cut short, or is not JSON"

    def _said(self, error: Exception) -> str:
        said = self.without_key(str(error).encode("utf-8", "replace")).decode("utf-8", "replace")
        return said or type(error).__name__

    def without_key(self, data: bytes) -> bytes:
        """A reply that may repeat our key, without it."""
        number, _, secret = self.key.partition(":")
        for part in (self.key, secret, number):
            if len(part) >= SHORTEST_SECRET:
                data = data.replace(part.encode(), b"[key]")
        return data

    def next_path(self, link: object) -> str:
        """The path of a `links.next` that lies below our own address; empty where there is none.

        Raises KitError: the key goes to no other host.
        """
        if not link:
            return ""
        try:
            url, base = urljoin(self.base + "/", str(link)), urlsplit(self.base)
            parts = urlsplit(url)
            ours = (parts.scheme, parts.hostname, parts.port or _port(parts.scheme), parts.username)
            is_ours = ours == (base.scheme, base.hostname, base.port or _port(base.scheme), None)
        except ValueError:
            is_ours = False
        path = parts.path.removeprefix(base.path) if is_ours else ""
        path += f"?{parts.query}" if is_ours and parts.query else ""
        if not _PATH(path):
            said = f"the next page is said to be at another address: {masked(str(link)[:200])}"
            raise self._failure((said, "the key goes to no other host"))
        return path

    def _note(self, status: int, headers: Mapping[str, str]) -> None:
        if status:
            self.limiter.learn(status, headers)
        if "date" in headers:
            try:
                self.server_time = parsedate_to_datetime(headers["date"]).timestamp()
            except (ValueError, OverflowError):
                return

    def _failure(self, said: words.Words) -> KitError:
        return KitError.at(Place(self.base), "api-failure", *said)

    def fetch(self, url: str, file: Path) -> None:
        """A file that the API links to, without the key, into a private file. Raises KitError, OSError."""
        import httpx2

        try:
            for _ in range(MAX_HOPS + 1):
                if not url.startswith("https://") and not (
                    url.startswith("http://") and is_local(url) and is_local(self.base)
                ):
                    raise self._failure((f"a report's address is not https: {masked(url[:200])}", ""))
                environment = not is_local(url)
                with (
                    httpx2.Client(timeout=self.timeout, trust_env=environment) as client,
                    client.stream("GET", url, follow_redirects=False) as reply,
                ):
                    if not reply.has_redirect_location:
                        reply.raise_for_status()
                        self._save(reply.iter_bytes(), file)
                        return
                    url = urljoin(url, reply.headers["location"])
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise self._failure((f"a report cannot be fetched: {masked(self._said(error))}", "")) from None
        raise self._failure((f"a report is redirected more than {MAX_HOPS} times", ""))

    def _save(self, chunks: Iterable[bytes], file: Path) -> None:
        file.unlink(missing_ok=True)
        size = 0
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > MAX_REPORT:
                    raise self._failure((f"a report is larger than {MAX_REPORT // 10**6} MB", ""))
                out.write(chunk)


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _body(headers: Mapping[str, str], data: bytes) -> Any:
    """JSON where the reply has it: a 401 or a 429 has none. Raises ValueError, RecursionError."""
    if "json" not in headers.get("content-type", "") or not data:
        return None
    return jsons.loads(data)


NO_STEP = ("", ".", "..")
"""What no id can be: these steps would make another path of it."""


def path_of(*parts: str) -> str:
    """`/contacts/email/ana%40shop.example`: steps of a path, each wholly encoded. Raises KitError."""
    if wrong := [part for part in parts if part in NO_STEP]:
        raise KitError.at(
            Place(f"`{wrong[0]}`"), "bad-id", "this cannot be an id: it would change the address"
        )
    return "/" + "/".join(quote(part, safe="") for part in parts)


def results(body: Any) -> list[dict[str, Any]]:
    """The entries of a page of a list, whatever the rest of it is."""
    found = body.get("results") if isinstance(body, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def next_link(body: Any) -> object:
    """`links.next` of a page of a list."""
    links = body.get("links") if isinstance(body, dict) else None
    return links.get("next") if isinstance(links, dict) else None
