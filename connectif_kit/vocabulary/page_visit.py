"""A page was seen. https://support.connectif.ai/hc/en-us/articles/360014710840

There is no tag: the automatic send always adds this event. `pageInfo` overrides what the page's
metadata and tags say: title (50 characters), keywords, tags, categories (ten of 25 characters).
"""

from connectif_kit.vocabulary.model import Entity, Event, Field

PAGE_VISIT = Event(type="page-visit", doc="The visitor sees a page.", article=360014710840)

PAGE_INFO = Entity(
    "page_info",
    "What the platform should know of the page, instead of what its metadata says.",
    360014699620,
    (
        Field(html="title", js="title", max_length=50, doc="The page's title.", example="Mugs"),
        Field(
            html="keyword",
            js="keywords",
            many=True,
            max_length=25,
            doc="Keywords.",
            example=("mugs",),
        ),
        Field(
            html="page_tag", js="tags", many=True, max_length=25, doc="Labels.", example=("landing-summer",)
        ),
        Field(
            html="page_category",
            js="categories",
            many=True,
            max_length=25,
            doc="Categories.",
            example=("Mugs",),
        ),
    ),
)
