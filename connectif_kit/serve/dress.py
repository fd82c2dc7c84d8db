"""What a page gets on its way to the browser: the integration, the stand-in's address, the inspector."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from connectif_kit.diagnostics import Diagnostic, KitError
from connectif_kit.html import Source, decode
from connectif_kit.inject import Injected, inject, strip
from connectif_kit.serve import BASE
from connectif_kit.vocabulary.platform import CDN

if TYPE_CHECKING:
    from connectif_kit.inject import Kit, ProductOn

_INLINE = re.compile(r"(<script\b[^>]*>)(.*?)(</script\s*>)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(?:script|link)\b[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """What all pages of one state of the plan get."""

    kit: Kit
    product: ProductOn
    token: str
    assets: Mapping[str, str]
    """Path in the site → text of what is rendered: the dispatcher, the worker."""

    @property
    def cdn(self) -> str:
        """Where the vendor's CDN is played, path for path."""
        return f"{BASE}/cdn/{self.token}"


@dataclass(frozen=True, slots=True)
class Dressed:
    """A page to send, and what there is to say of it."""

    data: bytes
    notes: tuple[Diagnostic, ...] = ()
    name: str | None = None
    encoding: str = ""


def dress(name: str, data: bytes, url_path: str, wardrobe: Wardrobe) -> Dressed:
    """A page's bytes with everything in it; a page that cannot take it is sent as it is, with the reason."""
    try:
        source = decode(name, data)
    except KitError as error:
        return Dressed(data, error.diagnostics)
    done = as_injected(source, url_path, wardrobe)
    if done.left_alone:  # a fragment is fetched by a page, an AMP page takes no script
        return Dressed(source.encode(rewritten(done.text, wardrobe.cdn)), encoding=source.encoding)
    text = _with_scripts(rewritten(done.text, wardrobe.cdn), data, wardrobe)
    return Dressed(source.encode(text), done.notes, done.page, source.encoding)


def as_injected(source: Source, url_path: str, wardrobe: Wardrobe) -> Injected:
    """A page as `inject` would leave it: one whose blocks were edited by hand stays, and says so."""
    stripped = strip(source)
    if wardrobe.kit.loaded.plan.ignored(url_path) or stripped.problems:
        return Injected(source.text, stripped.problems)
    bare = replace(source, text=stripped.text)
    return inject(bare, url_path, wardrobe.kit, wardrobe.product)


def rewritten(text: str, cdn: str) -> str:
    """HTML whose scripts ask us instead of the vendor; its words stay as they are."""
    if CDN not in text:
        return text
    text = _INLINE.sub(lambda m: m[1] + m[2].replace(CDN, cdn) + m[3], text)
    return _TAG.sub(lambda m: m[0].replace(CDN, cdn), text)


def _with_scripts(text: str, data: bytes, wardrobe: Wardrobe) -> str:
    """Ours comes first in the page, so that it hears everything; it waits for the document by itself."""
    script = inspector_script(digest(data), wardrobe)
    found = (re.search(rf"<{name}\b[^>]*>", text, re.IGNORECASE) for name in ("head", "html", "!doctype"))
    mark = next(filter(None, found), None)
    at = mark.end() if mark else 0
    return text[:at] + script + text[at:]


def digest(data: bytes) -> str:
    """A page's version."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def inspector_script(version: str, wardrobe: Wardrobe) -> str:
    """The element that brings reload, overlay and inspector."""
    nonce = wardrobe.kit.loaded.plan.integration.nonce
    attribute = f' nonce="{escape(nonce)}"' if nonce else ""
    source = f"{BASE}/assets/{wardrobe.token}/preview.js"
    return f'<script src="{source}" data-page="{version}"{attribute}></script>'
