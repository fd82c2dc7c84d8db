"""Calls to the HTTP API: the key, the budget, what is tried again and what is not."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlsplit

from connectif_kit.diagnostics import KitError, Place
from connectif_kit.sync import words
from connectif_kit.sync.limiter import Limiter, Stopped
from connectif_kit.sync.mask import masked
from connectif_kit.vocabulary.http_api import HOST

VARIABLE = "CONNECTIF_API_KEY"
ATTEMPTS = 8
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
LONGEST_STORM = 30 * 60.0
MAX_REPORT = 100_000_000


class InDoubt(Exception):  # noqa: N818 - nobody knows whether it is one
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
        raise KitError.at(Place("--api-url"), "bad-api-url", f"`{text}` is no https address", hint)
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
                return Reply(status, body)
            elif once:
                raise InDoubt(masked(str(body)))
            else:
                failures += 1
                self._pause(failures, status, body)

    def _pause(self, failures: int, status: int, body: Any) -> None:
        """Wait longer after each failure, with jitter, and give up in the end."""
        if failures >= ATTEMPTS:
            no_answer = tuple(text.format(detail=masked(str(body))) for text in words.NO_ANSWER)
            raise self._failure(words.refusal(status, body) if status else (no_answer[0], no_answer[1]))
        longest = min(self.first_pause * 2 ** (failures - 1), LONGEST_PAUSE)
        if self.limiter.stop.wait(longest * random.uniform(0.5, 1.0)):  # noqa: S311 - jitter
            raise Stopped

    def _send(
        self, method: str, path: str, json: Any, more: Mapping[str, Any]
    ) -> tuple[int, Mapping[str, str], Any]:
        """Status, headers, body; status 0 where there was no whole answer, with the reason as body."""
        import httpx2

        try:
            reply = self._client.request(method, path, json=json, **more)
            return reply.status_code, reply.headers, _body(reply)
        except httpx2.TransportError as error:
            return 0, {}, str(error) or type(error).__name__
        except ValueError:
            return 0, {}, "the answer was cut short"

    def _note(self, status: int, headers: Mapping[str, str]) -> None:
        if status:
            self.limiter.learn(status, headers)
        if "date" in headers:
            try:
                self.server_time = parsedate_to_datetime(headers["date"]).timestamp()
            except ValueError:
                return

    def _failure(self, said: words.Words) -> KitError:
        return KitError.at(Place(self.base), "api-failure", *said)

    def fetch(self, url: str) -> bytes:
        """A file that the API links to, without the key. Raises KitError."""
        import httpx2

        if not url.startswith("https://") and not (is_local(url) and is_local(self.base)):
            raise self._failure((f"a report's address is not https: {masked(url)}", ""))
        try:
            with httpx2.stream("GET", url, timeout=self.timeout, follow_redirects=True) as reply:
                reply.raise_for_status()
                data = b""
                for chunk in reply.iter_bytes():
                    data += chunk
                    if len(data) > MAX_REPORT:
                        raise self._failure(("a report is larger than 100 MB", ""))
                return data
        except httpx2.HTTPError as error:
            raise self._failure((f"a report cannot be fetched: {masked(str(error))}", "")) from None


def _body(reply: Any) -> Any:
    """JSON where the reply has it: a 401 or a 429 has none. Raises ValueError where it is cut short."""
    if "json" not in reply.headers.get("content-type", "") or not reply.content:
        return None
    return reply.json()


NO_STEP = ("", ".", "..")
"""What no id can be: these steps would make another path of it."""


def path_of(*parts: str) -> str:
    """`/contacts/email/ana%40shop.example`: steps of a path, each wholly encoded. Raises KitError."""
    if wrong := [part for part in parts if part in NO_STEP]:
        raise KitError.at(Place(f"`{wrong[0]}`"), "bad-id", "this can be no id: it would change the address")
    return "/" + "/".join(quote(part, safe="") for part in parts)
