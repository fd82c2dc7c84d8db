"""The files of the site, as a host would give them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from starlette.responses import (
    FileResponse,
    RedirectResponse,
    Response,
)

from connectif_kit.core.files import HTML_SUFFIXES, url_path
from connectif_kit.core.records import dataclass
from connectif_kit.preview.answers import FALLBACKS, REWRITTEN, Asked, media_type, not_there, page_answer
from connectif_kit.preview.paths import Found, RefusedError, resolve
from connectif_kit.preview.render_page import LOST
from connectif_kit.preview.state import MAX_PAGE, Preview


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """Answers from the site's folder; `absent` makes the page for what is not there."""

    preview: Preview
    absent: Callable[[Asked], Response]

    def answer(self, asked: Asked) -> Response:
        """What a host would answer."""
        base, prefix, root = self.preview.base, self.preview.prefix, self.preview.root
        if root is None:
            return not_there()
        inside = asked.path.startswith(f"{prefix}/")
        found = resolve(root, asked.path.removeprefix(prefix)) if inside else None
        if found is None:
            home = base and asked.path in ("/", base)
            return RedirectResponse(f"{quote(base)}/{asked.query}", 302) if home else self._lost(root, asked)
        if found.redirect:
            return RedirectResponse(quote(prefix) + found.redirect + asked.query, 302)
        return self._sent(found, asked) if found.path else not_there()

    def _sent(self, found: Found, asked: Asked, status: int = 200, at: str = "") -> Response:
        """A file as a visitor would get it; `at` is the address's path where it is not the file's own."""
        path = found.path
        assert path is not None  # noqa: S101 - a redirect was answered before
        suffix = path.suffix.lower()
        if suffix in HTML_SUFFIXES and path.stat().st_size <= MAX_PAGE:
            at = at or self.preview.prefix + url_path(found.relative)
            made = self.preview.page(str(path), path.read_bytes(), at, fetched=not asked.is_document)
            return page_answer(made, status, suffix)
        if suffix in REWRITTEN:
            data = path.read_bytes()
            local = self.preview.wardrobe.places.in_file(suffix, data)
            if local != data:
                return Response(local, status, media_type=media_type(path))
        return FileResponse(path, status, media_type=media_type(path))

    def _lost(self, root: Path, asked: Asked) -> Response:
        """What a host would give: a single-page app's own page, the site's own 404 page, or a plain word."""
        if asked.is_route and self.preview.loaded.plan.integration.spa:
            inside = self.preview.base if self.preview.carries_base else ""
            for name in FALLBACKS:
                found = resolve(root, f"{inside}{name}")
                if found and found.path:
                    return self._sent(found, asked, 200, asked.path)
        try:
            found = resolve(root, LOST)
        except RefusedError:
            found = None
        if found and found.path:
            return self._sent(found, asked, 404)
        return self.absent(asked)
