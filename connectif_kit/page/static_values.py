"""What the plan's sources give of a page as it is built, without a browser."""

from __future__ import annotations

from connectif_kit.html import Page
from connectif_kit.plan.sources import Literal, Meta, Selector, Source


def static_texts(page: Page, source: Source) -> list[str]:
    """What a source gives at build time: texts without surrounding or doubled blanks, none empty.

    Nothing where the selector is none: the plan's own check complains.
    """
    if isinstance(source, Literal):
        return [str(source.literal)]
    if isinstance(source, Meta):
        return _clean(_contents(page, source.meta.lower())[:1])
    if isinstance(source, Selector):
        try:
            nodes = page.select(source.selector)
        except ValueError:
            return []
        texts = [n.attributes.get(source.attribute, "") if source.attribute else n.text for n in nodes]
        return _clean(texts if source.all else texts[:1])
    return []


def _contents(page: Page, wanted: str) -> list[str]:
    metas = [node.attributes for node in page.select("meta[content]")]
    return [
        m["content"] for m in metas if wanted in (m.get("name", "").lower(), m.get("property", "").lower())
    ]


def _clean(texts: list[str]) -> list[str]:
    return [clean for text in texts if (clean := " ".join(text.split()))]
