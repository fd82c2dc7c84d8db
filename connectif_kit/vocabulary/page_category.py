"""The category of a page. https://support.connectif.ai/hc/en-us/articles/360014652120

At most ten a page, 25 characters each; the client keeps longer texts, so the kit cuts nothing and
warns.
"""

from connectif_kit.vocabulary.model import Field, Tag

PAGE_CATEGORY = Tag(
    css_class="cn_page_category",
    doc="A category that this page belongs to.",
    article=360014652120,
    label=Field(
        html="page_category",
        js="categories",
        many=True,
        max_length=25,
        doc="The category's name.",
        example="Mugs",
    ),
    pages=("*",),
    required_on=("category",),
    at_most=10,
)
