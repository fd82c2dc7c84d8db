"""The whole of `connectif.yaml`."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from connectif_kit.plan import globs
from connectif_kit.plan.models.auditing import Auditing
from connectif_kit.plan.models.catalog import Catalog
from connectif_kit.plan.models.events import EventRule
from connectif_kit.plan.models.pages import Page
from connectif_kit.plan.models.store import Integration, ServiceWorker, Site, Store
from connectif_kit.plan.models.types import Version
from connectif_kit.plan.models.verification import Journey, Verification
from connectif_kit.plan.shapes import (
    Field,
)
from connectif_kit.plan.source import Model
from connectif_kit.plan.sources import ObjectSource
from connectif_kit.plan.variables import Templates
from connectif_kit.vocabulary import PAGE_KINDS


class Plan(Model):
    """A store's pages and events: the whole of `connectif.yaml`."""

    version: Version = Field(1, description="Version of this format.")
    store: Store
    # Made without a check: that would build each of these, before the plan builds all of them at once.
    integration: Integration = Integration.model_construct()
    site: Site = Site.model_construct()
    catalog: Catalog = Catalog.model_construct()
    audit: Auditing = Auditing.model_construct()
    pages: dict[str, Page] = Field(
        {}, description="Kinds of page, built-in or your own; the first match counts."
    )
    contact: ObjectSource | None = Field(None, description="Who the visitor is.")
    cart: ObjectSource | None = Field(None, description="The visitor's cart.")
    events: dict[str, EventRule] = Field({}, description="What happens on the pages.")
    service_worker: ServiceWorker | None = None
    verify: Verification = Field(
        Verification.model_construct(), description="What `connectif-kit verify` holds the pages to."
    )
    journeys: dict[str, Journey] = Field(
        {}, description="What visitors do in the shop, step by step, and what must be sent: for `verify`."
    )
    templates: Templates = Field(
        default_factory=Templates, description="Where the site's own templates have what the tags need."
    )
    stores: dict[str, dict[str, Any]] | None = Field(
        None,
        description="Name → what one of several stores says itself, its id and its part of the site first;"
        " the rest of the plan is what they share.",
    )
    extends: str | None = Field(
        None, description="A plan with what several stores share; this one's own keys count before its keys."
    )

    def kind_of(self, name: str) -> str:
        """The built-in kind of a page name; an own kind is its own."""
        return self.pages[name].kind or name

    def page_at(self, url_path: str) -> str | None:
        """The name of the first page in the plan that an address's path matches."""
        path = self._inside(url_path)
        for name, page in self.pages.items():
            if any(globs.matches(glob, path) for glob in page.match):
                return name
        return None

    def page_of(self, pathname: str) -> str | None:
        """The same for a path as a browser has it: `/p/caf%C3%A9/`."""
        return self.page_at(unquote(pathname))

    def ignored(self, url_path: str) -> bool:
        """Whether `site.ignore` leaves an address alone."""
        path = self._inside(url_path)
        return any(globs.matches(glob, path) for glob in self.site.ignore)

    def path_of(self, url_path: str) -> str:
        """An address's path as `match` has it: below the shop's folder, in its one form."""
        return globs.normal(unquote(self._inside(url_path)))

    def _inside(self, url_path: str) -> str:
        """The path below the shop's own folder; a folder whose name only begins alike is another."""
        base = self.store.base
        return url_path[len(base) :] if f"{url_path}/".startswith(f"{base}/") else url_path

    def pages_of(self, kind: str) -> list[str]:
        """Names of the pages that are of a built-in kind."""
        return [name for name in self.pages if self.kind_of(name) == kind]

    def at(self, url_path: str) -> tuple[str | None, Page | None]:
        """The page's name and what the plan says of it."""
        name = self.page_at(url_path)
        return name, self.pages[name] if name else None


def builtin(name: str) -> bool:
    """Whether a page name is a built-in kind."""
    return name in PAGE_KINDS
