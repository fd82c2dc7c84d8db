"""Kinds of page; keys that speak of tags and events are derived from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from connectif_kit.core.diagnostics import did_you_mean
from connectif_kit.plan.models.types import SomeGlobs, TagClasses, Values, field_type
from connectif_kit.plan.shapes import (
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    create_model,
)
from connectif_kit.plan.source import Model, Source, complaint, shown
from connectif_kit.plan.sources import ObjectSource, ValueSource
from connectif_kit.vocabulary import EVENTS, PAGE_KINDS, TAGS
from connectif_kit.vocabulary.model import Event

PAGE_DATA = ("catalog", "json-ld", "microdata", "rdfa", "open-graph")
"""Where a product page's data may come from, besides sources."""


PAGE_FORMATS = PAGE_DATA[1:]
"""Those that are in the page itself, of which several may be named in the order that counts."""


def _product(value: object) -> object:
    if isinstance(value, str) and value not in PAGE_DATA:
        raise complaint(
            f"{shown(value)} is not a place for product data; "
            + (did_you_mean(value, PAGE_DATA) or "known: " + ", ".join(PAGE_DATA))
        )
    return value


def _page_format(value: object) -> object:
    if value not in PAGE_FORMATS:
        near = did_you_mean(value, PAGE_FORMATS) if isinstance(value, str) else ""
        raise complaint(
            f"{shown(value)} is not a format that a page has; {near or 'known: ' + ', '.join(PAGE_FORMATS)}"
        )
    return value


if TYPE_CHECKING:
    ProductData: TypeAlias = str | list[str] | Source
else:
    _Format = Annotated[str, BeforeValidator(_page_format), WithJsonSchema({"enum": list(PAGE_FORMATS)})]
    _Formats = Annotated[list[_Format], Field(min_length=1)]
    # In the schema a list's item may stand for the list, and so says the formats for both.
    _Place = Annotated[Literal[PAGE_DATA], WithJsonSchema({"enum": [PAGE_DATA[0]]})]
    ProductData = Annotated[
        Annotated[_Place, Tag("<place>")]
        | Annotated[_Formats, Tag("<places>")]
        | Annotated[ObjectSource, Tag("<source>")],
        Discriminator(lambda value: {str: "<place>", list: "<places>"}.get(type(value), "<source>")),
        BeforeValidator(_product),
    ]


class PageInfo(Model):
    """Words on a page in place of its own (360014710840)."""

    title: ValueSource | None = Field(None, description="In place of the document's title.")
    keywords: Values = Field([], description="In place of `<meta name=keywords>`.")
    tags: Values = Field([], description="In place of the page's cn_page_tag.")
    categories: Values = Field([], description="In place of the page's cn_page_category.")


class PageBase(Model):
    """A kind of page: where it is, and what it carries."""

    match: SomeGlobs = Field(description="Paths of these pages; `*` one step, `**` any number.")
    kind: str | None = Field(
        None,
        description="The built-in kind, where the name is your own.",
        json_schema_extra={"enum": [*PAGE_KINDS, None]},
    )
    tags: TagClasses = Field([], description="Tags that these pages must carry in their HTML.")
    optional_tags: TagClasses = Field(
        [], description="Tags that these pages may carry, such as cn_login after a login."
    )
    page_info: PageInfo | None = Field(None, description="Words on the page in place of its own.")

    @property
    def allowed_tags(self) -> list[str]:
        """Tags that these pages must or may carry, whatever their kind."""
        return [*self.tags, *self.optional_tags]

    def labels(self) -> dict[str, list[Source]]:
        """Tag class → its texts, for tags whose text is the value."""
        named = {tag.css_class: getattr(self, tag.label.html, None) for tag in _label_tags() if tag.label}
        return {css_class: values for css_class, values in named.items() if values}

    def reports(self) -> dict[str, dict[str, Source | str]]:
        """Event type → its fields, for what a view of the page itself reports."""
        found: dict[str, dict[str, Source | str]] = {}
        for event in _page_events():
            for field in event.fields:
                if (value := getattr(self, field.html, None)) is not None:
                    found.setdefault(event.type, {})[field.html] = value
        return found


def _label_tags() -> Iterator[Any]:
    return (tag for tag in TAGS.values() if tag.label and not tag.retired)


def _page_events() -> Iterator[Event]:
    """Events that seeing a certain kind of page reports."""
    for event in EVENTS.values():
        tag = TAGS.get(event.tag)
        if tag and not event.retired and "*" not in tag.pages:
            yield event


_IN_ORDER = "of several formats, [json-ld, microdata], the first that tells of a product counts."


def _page_fields() -> dict[str, Any]:
    fields: dict[str, Any] = {
        tag.label.html: (Values, Field([], description=tag.doc)) for tag in _label_tags() if tag.label
    }
    for event in _page_events():
        for field in event.fields:
            product = field.entity and field.entity.name == "product"
            type_ = ProductData if product else field_type(field)
            doc = f"{field.doc} ({event.type})" + (f"; {_IN_ORDER}" if product else "")
            fields[field.html] = (type_ | None, Field(None, description=doc))
    return fields


if TYPE_CHECKING:
    Page: TypeAlias = PageBase
else:
    Page = create_model("Page", __base__=PageBase, __doc__=PageBase.__doc__, **_page_fields())
