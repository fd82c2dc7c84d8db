"""What a content security policy lets a page load and run, as browsers decide it.

https://www.w3.org/TR/CSP3/ §6.7, held against Chromium by `tests/browser/test_content_policies.py`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import new as hasher
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from connectif_kit.core.patterns import lazily
from connectif_kit.core.records import dataclass

_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_BASE64 = r"[A-Za-z0-9+/_-]+={0,2}"
_HASH = lazily(rf"'(sha256|sha384|sha512)-({_BASE64})'", re.IGNORECASE)
_NONCE = lazily(rf"'nonce-({_BASE64}|.*[<{{%].*)'", re.IGNORECASE)
"""Beside a real one, a placeholder of a server, which writes the same one into the script."""
_SCHEME = lazily(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = lazily(
    r"(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(\*|(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)(?::(\d+|\*))?(/[^?#]*)?"
)
_SPACED = lazily(r"'nonce-[^']*'", re.IGNORECASE)
_BLANK = lazily(r"\s+")
_FALLBACKS = {
    "script-src-elem": ("script-src-elem", "script-src", "default-src"),
    "connect-src": ("connect-src", "default-src"),
    "worker-src": ("worker-src", "child-src", "script-src", "default-src"),
}


class Script(NamedTuple):
    """A script as a policy sees it: `text` of an inline one, or `url`.

    `parsed` is one that stands in the HTML; others come from a script that was let in. `digests`, by
    their algorithms' names, stand for a text that is not kept.
    """

    url: str = ""
    text: str = ""
    nonce: str = ""
    integrity: str = ""
    parsed: bool = True
    digests: tuple[tuple[str, str], ...] = ()

    def has(self, algorithm: str, value: str) -> bool:
        """Whether the inline script has a hash."""
        if self.digests:
            return (algorithm, value) in self.digests
        return digest(self.text, algorithm) == value


@dataclass(frozen=True, slots=True)
class Sources:
    """One directive's sources, and its name."""

    directive: str
    words: tuple[str, ...]

    @property
    def nonces(self) -> list[str]:
        """The nonces that it names."""
        return [found[1] for word in self.words if (found := _NONCE.fullmatch(word))]

    @property
    def hashes(self) -> list[tuple[str, str]]:
        """Algorithm and digest of each hash that it names."""
        found = filter(None, map(_HASH.fullmatch, self.words))
        return [(each[1].lower(), _plain(each[2])) for each in found]

    def has(self, keyword: str) -> bool:
        """Whether a keyword stands in it, in whatever case."""
        return f"'{keyword}'" in map(str.lower, self.words)

    @property
    def voids_inline(self) -> bool:
        """Whether `'unsafe-inline'` counts for nothing here."""
        return bool(self.nonces or self.hashes or self.has("strict-dynamic"))

    def runs(self, script: Script) -> bool:
        """Whether an inline script runs."""
        if self.has("unsafe-inline") and not self.voids_inline:
            return True
        if script.nonce and script.nonce in self.nonces:
            return True
        return any(script.has(name, value) for name, value in self.hashes)

    def loads(self, script: Script, origin: str) -> bool:
        """Whether a script with an address is loaded into a page of an origin."""
        if script.nonce and script.nonce in self.nonces:
            return True
        if script.integrity and self._knows(script.integrity):
            return True
        if self.has("strict-dynamic"):
            return not script.parsed
        return self.allows(script.url, origin)

    def _knows(self, integrity: str) -> bool:
        """Whether every hash of an `integrity` is named, as browsers ask of a script with an address."""
        found = [_HASH.fullmatch(f"'{word.partition('?')[0]}'") for word in integrity.split()]
        known = [(each[1].lower(), _plain(each[2])) for each in found if each]
        return bool(known) and all(each in self.hashes for each in known)

    def allows(self, url: str, origin: str) -> bool:
        """Whether an address is one of the sources, seen from a page of an origin (empty: not known)."""
        return any(_matches(word, urlsplit(url), origin) for word in self.words)


class Policy:
    """One policy: its directives by name, of which the first counts."""

    def __init__(self, text: str) -> None:
        self._directives: dict[str, tuple[str, ...]] = {}
        whole = _SPACED.sub(lambda found: _BLANK.sub("", found[0]), text)
        for directive in whole.split(";"):
            # Only ASCII parts words, and a directive with anything else does not count (§2.2.1).
            name, *words = (directive.split() if directive.isascii() else []) or [""]
            self._directives.setdefault(name.lower(), tuple(words))

    def sources(self, directive: str) -> Sources | None:
        """What decides for a directive, after its fallbacks; nothing where all is allowed."""
        for name in _FALLBACKS[directive]:
            if name in self._directives:
                return Sources(name, self._directives[name])
        return None

    @property
    def wants_trusted_types(self) -> bool:
        """Whether a script's address may not be a plain string; Chromium wants this word in small letters."""
        return "'script'" in self._directives.get("require-trusted-types-for", ())

    @property
    def allows_default_type(self) -> bool:
        """Whether a page may make the policy that turns plain strings into trusted ones."""
        names = self._directives.get("trusted-types")
        return names is None or "default" in names or "*" in names


def policies(content: str) -> list[Policy]:
    """The policies of a `<meta>`: commas part them, as in a header."""
    return [Policy(text) for text in content.split(",") if text.strip()]


def digest(text: str, algorithm: str = "sha256") -> str:
    """An inline script's hash as a policy names it, without the algorithm's name."""
    parsed = text.replace("\r\n", "\n").replace("\r", "\n")
    return _plain(b64encode(hasher(algorithm, parsed.encode("utf-8", "replace")).digest()).decode())


def _plain(base64: str) -> str:
    return base64.replace("-", "+").replace("_", "/").rstrip("=")


def _matches(word: str, url: SplitResult, origin: str) -> bool:
    page = urlsplit(origin)
    if word == "*":
        return url.scheme in _DEFAULT_PORTS or url.scheme == page.scheme
    if word.lower() == "'self'":
        return bool(origin) and _is_same(page, url)
    if scheme := _SCHEME.fullmatch(word):
        return _scheme_matches(scheme[1].lower(), url.scheme)
    found = _host_source(word)
    if found is None:
        return False
    scheme_part, host, port, path = found
    return (
        _scheme_matches(scheme_part or page.scheme or "https", url.scheme)
        and _host_matches(host, url.hostname or "")
        and _port_matches(port, scheme_part or page.scheme or "https", url)
        and _path_matches(path, url.path or "/")
    )


@lru_cache(maxsize=512)
def _host_source(word: str) -> tuple[str, str, str, str] | None:
    found = _HOST.fullmatch(word.partition("?")[0].partition("#")[0])
    if found is None:
        return None
    return (found[1] or "").lower(), found[2].lower(), found[3] or "", found[4] or ""


def _is_same(page: SplitResult, url: SplitResult) -> bool:
    """`'self'`: the same host, and the same scheme and port or the safer ones."""
    if page.hostname != url.hostname:
        return False
    ports = _port(page), _port(url)
    if page.scheme == url.scheme:
        return ports[0] == ports[1]
    return page.scheme == "http" and url.scheme == "https" and ports == (80, 443)


def _port(url: SplitResult) -> int | None:
    return url.port or _DEFAULT_PORTS.get(url.scheme)


def _scheme_matches(given: str, scheme: str) -> bool:
    return given == scheme or (given, scheme) in (("http", "https"), ("ws", "wss"), ("http", "ws"))


def _host_matches(pattern: str, host: str) -> bool:
    if pattern == "*":
        return True
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else host == pattern


def _port_matches(port: str, scheme: str, url: SplitResult) -> bool:
    if port == "*":
        return True
    if not port:
        return _port(url) == _DEFAULT_PORTS.get(url.scheme)
    return int(port) == _port(url) or (port == "80" and scheme == "http" and _port(url) == 443)


def _path_matches(pattern: str, path: str) -> bool:
    if pattern in ("", "/"):
        return True
    wanted, given = unquote(pattern), unquote(path)
    return given.startswith(wanted) if wanted.endswith("/") else given == wanted
