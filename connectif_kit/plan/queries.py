"""What others ask of a plan: its sources, what they fill in, where product data comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from connectif_kit.plan.document import Path
from connectif_kit.plan.models import EventBase, Page, PageBase, PageInfo, Plan
from connectif_kit.plan.source import Source
from connectif_kit.plan.sources.literal import Literal
from connectif_kit.plan.values import literal_text
from connectif_kit.vocabulary import ENTITIES, EVENTS, TAGS
from connectif_kit.vocabulary.model import Field, Tag


def walk(plan: Plan) -> Iterator[tuple[Path, Source]]:
    """Every source in a plan, with its path."""
    for name in ("contact", "cart"):
        if source := getattr(plan, name):
            yield from _below((name,), source)
    for name, page in plan.pages.items():
        yield from _below(("pages", name), page)
    for name, rule in plan.events.items():
        yield from _below(("events", name), rule)


def _below(path: Path, value: Any) -> Iterator[tuple[Path, Source]]:
    if isinstance(value, Source):
        yield path, value
        for name, inner in (value.fields or {}).items():
            yield from _below((*path, "fields", name), inner)
        for inner in value.inner():
            yield from _below(path, inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _below((*path, name), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _below((*path, index), inner)
    elif isinstance(value, PageBase | EventBase | PageInfo):
        for name in type(value).model_fields:
            yield from _below((*path, name), getattr(value, name))


def field_at(plan: Plan, path: Path) -> Field | None:
    """The property that a source at a path fills in; nothing for names of the store's own."""
    *above, name = (step for step in path if not isinstance(step, int))
    if above[-1:] == ["fields"]:
        entity = entity_at(path[:-2])
        return entity.by_html.get(name) if entity else None
    if path[0] == "events" and len(path) == 3:
        event = EVENTS.get(plan.events[str(path[1])].send)
        return next((field for field in event.fields if field.html == name), None) if event else None
    return _page_field(str(name)) if path[0] == "pages" else None


def _page_field(name: str) -> Field | None:
    labels = (tag.label for tag in TAGS.values() if tag.label and not tag.retired)
    reported = (field for event in EVENTS.values() for field in event.fields)
    return next((field for field in (*labels, *reported) if field.html == name), None)


def entity_at(path: Path) -> Any:
    """The entity that a source at a path fills in, by the names along the path, if any."""
    found = None
    for step in path:
        if found is not None and isinstance(step, str) and step in found.by_html:
            found = found.by_html[step].entity or found
        elif step in ENTITIES and isinstance(step, str):
            found = ENTITIES[step]
    return found


def product_data(plan: Plan, page: Page) -> str | list[str] | Source | None:
    """Where a product page's data comes from; the catalogue file where the page does not say."""
    given = getattr(page, "product", None)
    return given or ("catalog" if plan.catalog.source else None)


def in_html(data: str | list[str] | Source | None) -> bool:
    """Whether product data is known at build time."""
    if isinstance(data, Source):
        return data.static or bool(data.fields and all(f.static for f in data.fields.values()))
    return data is not None


def required_tags(plan: Plan, page: Page, kind: str | None) -> tuple[Tag, ...]:
    """The tags that pages must carry in their HTML: those that the plan names, then those of their kind."""
    written = plan.integration.catalog == "tags" or in_html(product_data(plan, page))
    return _required_by(kind, tuple(page.tags), with_product=written)


@lru_cache(maxsize=64)
def _required_by(kind: str | None, classes: tuple[str, ...], *, with_product: bool) -> tuple[Tag, ...]:
    """The same for all pages of a kind."""
    named = [TAGS[css_class] for css_class in classes]
    by_kind = [tag for tag in TAGS.values() if kind in tag.required_on and tag not in named]
    return (*named, *(tag for tag in by_kind if with_product or tag.css_class != "cn_product_visited"))


def may_carry(page: Page, kind: str | None, tag: Tag) -> bool:
    """Whether a tag may stand on pages of a description, because the plan or the platform says so."""
    return tag.css_class in page.allowed_tags or "*" in tag.pages or kind in tag.pages


def authorised(plan: Plan, url: str) -> bool:
    """Whether an address lies in an authorised domain; `*.` stands for any sub-domain (6088128435740)."""
    if any(url.startswith(f"{domain}/") for domain in plan.store.allowed):  # as most are written
        return True
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    return any(_covers(domain, origin, f"{origin}{parts.path}") for domain in plan.store.allowed)


@lru_cache(maxsize=256)
def _origins(scheme: str, host: str) -> re.Pattern[str]:
    pattern = f"{re.escape(scheme)}://{re.escape(host)}".replace(r"\*", r"[^/@]+")
    return re.compile(pattern, re.IGNORECASE)


def _covers(domain: str, origin: str, url: str) -> bool:
    if "*" not in domain and domain.count("/") == 2:  # most are: an origin and nothing more
        return origin == domain.lower()
    scheme, _, rest = domain.partition("://")
    host, _, path = rest.partition("/")
    inside = _origins(scheme, host).fullmatch(origin) is not None
    folder = f"{origin}/{path}".rstrip("/")
    return inside and (not path or f"{url}/".startswith(f"{folder}/"))


def literals(plan: Plan) -> Iterator[tuple[Path, Field, str]]:
    """Texts that are sent as they stand: path, the property each fills in, text."""
    for path, source in walk(plan):
        field = field_at(plan, path)
        text = literal_text(source) if isinstance(source, Literal) else None
        if text is not None and field is not None:
            yield path, field, text
