"""What a page gets on its way to the browser: the integration, the stand-in's address, the inspector."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import field, replace
from html import escape
from typing import TYPE_CHECKING

from connectif_kit.core.diagnostics import Diagnostic, Edit, KitError
from connectif_kit.core.records import dataclass
from connectif_kit.inject import Injected, inject, strip
from connectif_kit.page.html import Page, apply_edits, decode, parse
from connectif_kit.page.hydration import hydrated_document
from connectif_kit.preview import BASE
from connectif_kit.preview.addresses import Places
from connectif_kit.preview.policy import unlisted_hosts
from connectif_kit.preview.rewrite import edits

if TYPE_CHECKING:
    from connectif_kit.catalog import Catalogue
    from connectif_kit.inject import Kit, ProductOn
    from connectif_kit.page.html import Source

_DOCTYPE = re.compile(r"\s*(?:<!--.*?-->\s*)*<!doctype[^>]*>", re.IGNORECASE | re.DOTALL)
LOST = "/404.html"


@dataclass(frozen=True, slots=True)
class PreviewAssets:
    """What all pages of one state of the plan get."""

    kit: Kit
    product: ProductOn
    places: Places
    assets: Mapping[str, str]
    """Path in the site → text of what is rendered: the dispatcher, the worker."""
    plain: Kit
    """What `inject` puts into the pages; `kit` is its development build."""
    files: Mapping[str, str]
    """What `render` made, by its path in the output folder."""
    catalogue: Catalogue
    read: frozenset[tuple[str, str]] = frozenset()
    """What the plan reads from attributes, as (selector, attribute): such values stay as they are."""


@dataclass(frozen=True, slots=True)
class Dressed:
    """A page to send, and what there is to say of it."""

    data: bytes
    notes: tuple[Diagnostic, ...] = ()
    name: str | None = None
    encoding: str = ""
    hosts: frozenset[str] = field(default_factory=frozenset)
    """Hosts that it names and that no top-level domain of the policy's list covers."""


def dress(
    name: str, data: bytes, url_path: str, wardrobe: PreviewAssets, *, fetched: bool = False
) -> Dressed:
    """A page's bytes with everything in it; a page that cannot take it is sent as it is, with the reason.

    What a script has fetched gets the integration where it is a whole page, as a visitor's would have it,
    and never the inspector; a fragment is sent as it is.
    """
    try:
        source = decode(name, data)
    except KitError as error:
        return Dressed(data, error.diagnostics)
    done = as_injected(source, url_path, wardrobe)
    if fetched and done.left_alone:
        return Dressed(data, encoding=source.encoding)
    page = parse(replace(source, text=done.text))
    try:
        made = list(edits(page, wardrobe.places, wardrobe.read))
        if not fetched and not done.left_alone:  # an AMP page takes no script, a redirect is never seen
            lost = url_path if url_path.endswith(LOST) else ""
            made.append(_script(page, data, wardrobe, lost))
    finally:
        page.release()
    text = apply_edits(done.text, made)
    hosts = frozenset(unlisted_hosts(done.text))
    return Dressed(source.encode(text), done.notes, done.page, source.encoding, hosts)


def as_injected(source: Source, url_path: str, wardrobe: PreviewAssets) -> Injected:
    """A page as `inject` would leave it: one whose blocks were edited by hand stays, and says so."""
    if wardrobe.kit.loaded.plan.ignored(url_path):
        return Injected(source.text)
    stripped = strip(source)
    if stripped.problems:
        return Injected(source.text, stripped.problems)
    return inject(replace(source, text=stripped.text), url_path, wardrobe.kit, wardrobe.product)


def _script(page: Page, data: bytes, wardrobe: PreviewAssets, lost: str) -> Edit:
    """Ours comes first in the page, so that it hears everything; it waits for the document by itself."""
    tags = [node.start_tag for node in (page.head, page.html) if node and node.start_tag]
    doctype = None if tags else _DOCTYPE.match(page.source.text)
    hydrated = hydrated_document(page) is not None
    at = tags[0].end if tags else doctype.end() if doctype else 0
    return Edit(at, at, inspector_script(digest(data), wardrobe, hydrated=hydrated, lost=lost))


def digest(data: bytes, size: int = 8) -> str:
    """A short name for some bytes, such as a page's version."""
    return hashlib.blake2b(data, digest_size=size).hexdigest()


def inspector_script(version: str, wardrobe: PreviewAssets, *, hydrated: bool = False, lost: str = "") -> str:
    """What brings reload, overlay and inspector; it takes itself away before React sees a `hydrated` page.

    `lost`: the path of the page that answers for what is not there; the address asked for is not its own.
    """
    nonce = wardrobe.kit.loaded.plan.integration.nonce
    attribute = f' nonce="{escape(nonce)}"' if nonce else ""
    attribute += " data-hydrated" if hydrated else ""
    attribute += f' data-at="{escape(lost)}"' if lost else ""
    source = f"{BASE}/assets/{wardrobe.places.token}/preview.js"
    return f'<script src="{source}" data-page="{version}"{attribute}></script>'
