"""What comes of looking for a page's product."""

from __future__ import annotations

from connectif_kit.catalog.structured.breadcrumbs import PageUrls
from connectif_kit.catalog.structured.microdata import joined
from connectif_kit.core.diagnostics import Diagnostic
from connectif_kit.core.records import dataclass
from connectif_kit.page.html import Page
from connectif_kit.plan.models import Plan
from connectif_kit.vocabulary.model import Record

MISSING = "missing-product-data"


DISAGREES = "product-data-disagrees"


MALFORMED = "malformed-json-ld"


@dataclass(frozen=True, slots=True)
class Found:
    """A page's product, or why there is none."""

    record: Record | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


def addresses_around(page: Page, plan: Plan, page_url: str) -> PageUrls:
    """The addresses that a page's own are relative to, and those that name it."""
    base, named = _addresses(page, page_url)
    return PageUrls(base, named, plan.store.url, plan.store.currency, plan.store.language)


def _addresses(page: Page, page_url: str) -> tuple[str, str]:
    """What a page's addresses are relative to, and what it calls itself."""
    hrefs = [node.attributes["href"] for node in page.select("base[href]")[:1]]
    base = joined(page_url, hrefs[0]) if hrefs else page_url
    canonical = [node.attributes["href"] for node in page.select('link[rel~="canonical" i][href]')[:1]]
    named = joined(base, canonical[0]) if canonical and canonical[0].strip() else ""
    return base, named
