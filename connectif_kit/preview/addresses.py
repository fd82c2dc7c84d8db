"""Addresses as a browser reads them: whose host stands in one, in whatever spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import unquote

from connectif_kit.preview import BASE
from connectif_kit.vocabulary.platform import CDN_HOST

VENDOR = CDN_HOST.partition(".")[2]
_BLANKS = "".join(map(chr, range(33)))
_ABSOLUTE = re.compile(r"(?:(https?|wss?|ftp):)?[/\\]{2}[/\\]*([^/\\?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_SLASHLESS = re.compile(r"(https?|wss?|ftp):([^/\\?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_DEFAULT_PORTS = {"http": "80", "ws": "80", "https": "443", "wss": "443", "": ""}
_IN_CODE = r"(?:https?:)?(?:\\?/){2}cdn\.connectif\.cloud\.?(?::(?:443|80))?(?=[/\"'`\\])"
_CODE = re.compile(_IN_CODE, re.IGNORECASE)
_CODE_BYTES = re.compile(_IN_CODE.encode(), re.IGNORECASE)
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_RULES = re.compile(r"(?:https?:)?(?:\\?/){2}((?:[a-z0-9-]+\.)*connectif\.cloud)\.?(?::\d+)?", re.IGNORECASE)
_CSS_URL = re.compile(r"""(url\(\s*["']?|@import\s+["'])([^"')\s]+)""", re.IGNORECASE)
_CSS_SET = re.compile(r"""(?<=image-set\()(?:[^()]|\([^()]*\))*""", re.IGNORECASE)
_CSS_TEXT = re.compile(r"""(["'])([^"']+)(?=\1)""")


class Address(NamedTuple):
    """An address that names a host: scheme if any, host, port unless it is the scheme's own, the rest."""

    scheme: str
    host: str
    port: str
    rest: str

    @property
    def is_vendor(self) -> bool:
        """Whether the host is one of the vendor's."""
        return self.host == VENDOR or self.host.endswith(f".{VENDOR}")

    @property
    def path(self) -> str:
        """Path, query and fragment, from the root."""
        return self.rest if self.rest.startswith("/") else f"/{self.rest}"


def absolute(text: str) -> Address | None:
    """An attribute's address, if it names a host; read as the URL Standard reads it."""
    clean = re.sub("[\t\n\r]", "", text.strip(_BLANKS))
    found = _ABSOLUTE.match(clean) or _SLASHLESS.match(clean)
    if found is None:
        return None
    scheme = (found[1] or "").lower()
    host, _, port = found[2].rpartition("@")[2].partition(":")
    port = "" if port == _DEFAULT_PORTS.get(scheme) else port
    return Address(scheme, _host(host), port, found[3].replace("\\", "/"))


def _host(text: str) -> str:
    """A host's plain form: no escapes, no capitals, no full-width letters, no dot at its end."""
    plain = unicodedata.normalize("NFKC", unquote(text)).lower()
    return plain.replace("。", ".").rstrip(".")


def origin_of(address: str) -> str:
    """`shop.example` or `localhost:8080`: what two addresses of one site share; the scheme may differ."""
    found = absolute(address)
    return "" if found is None else f"{found.host}:{found.port}".rstrip(":")


class Places(NamedTuple):
    """Where requests go in the preview: the vendor's to us, the shop's own to the page's own host."""

    token: str
    origins: Collection[str] = ()

    @property
    def cdn(self) -> str:
        """Where the vendor's CDN is played, path for path."""
        return f"{BASE}/cdn/{self.token}"

    def local(self, address: str) -> str | None:
        """The address to ask instead; None where the address may stay."""
        found = absolute(address)
        if found is None:
            return None
        if found.host == CDN_HOST:
            return self.cdn + found.path
        if found.is_vendor:
            return f"{BASE}/kept/{self.token}/{found.host}{found.path}"
        return self._own(address)

    def in_code(self, code: str) -> str:
        """JavaScript whose literal addresses of the CDN are ours; the browser sees to those it composes."""
        return _CODE.sub(lambda _: self.cdn, code)

    def in_rules(self, rules: str) -> str:
        """Speculation rules and import maps: no policy keeps them from asking the vendor's hosts."""
        kept = _RULES.sub(lambda m: f"{BASE}/kept/{self.token}/{m[1].lower()}", rules)
        return _TEXT.sub(lambda m: f'"{self._own(m[1]) or m[1]}"', kept)

    def _own(self, address: str) -> str | None:
        """The local address of one of the shop's own."""
        found = absolute(address.replace("\\/", "/"))
        if found is None or f"{found.host}:{found.port}".rstrip(":") not in self.origins:
            return None
        return "/" + found.path.lstrip("/")  # two slashes at the start would name a host again

    def in_css(self, css: str) -> str:
        """Styles whose `url(…)`, `image-set(…)` and `@import` ask here."""

        def here(found: re.Match[str]) -> str:
            return found[1] + (self.local(found[2]) or found[2])

        sets = _CSS_SET.sub(lambda found: _CSS_TEXT.sub(here, found[0]), css)
        return _CSS_URL.sub(here, sets)

    def in_file(self, suffix: str, data: bytes) -> bytes:
        """A script's or a style's file."""
        if suffix != ".css":
            return self.in_code_bytes(data)
        return self.in_css(data.decode("latin-1")).encode("latin-1")

    def in_code_bytes(self, code: bytes) -> bytes:
        """The same for a file of whatever encoding."""
        return _CODE_BYTES.sub(lambda _: self.cdn.encode(), code)
