"""A label of a page. https://support.connectif.ai/hc/en-us/articles/360014652160

At most ten a page, 25 characters each; the rest is thrown away silently.
"""

from connectif_kit.vocabulary.model import Field, Tag

PAGE_TAG = Tag(
    css_class="cn_page_tag",
    doc="A free label of this page.",
    article=360014652160,
    label=Field(
        html="page_tag",
        js="tags",
        many=True,
        max_length=25,
        doc="The label.",
        example="landing-summer",
    ),
    at_most=10,
)
