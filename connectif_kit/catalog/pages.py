"""The product that a page itself tells of: structured data, or sources that built HTML can answer."""

from __future__ import annotations

from connectif_kit.catalog.found import Found
from connectif_kit.catalog.page_formats import by_format
from connectif_kit.catalog.page_sources import by_source
from connectif_kit.page.html import Page
from connectif_kit.plan.models import Plan
from connectif_kit.plan.source import Source


def product_on(page: Page, how: str | list[str] | Source, plan: Plan, page_url: str) -> Found:
    """The product on a page, read as the plan says: a format, several in the order that counts, or a source.

    Problems are findings on the page; where there is no usable product, one of them says why.
    """
    if isinstance(how, Source):
        return by_source(page, how, plan, page_url)
    return by_format(page, [how] if isinstance(how, str) else how, plan, page_url)
