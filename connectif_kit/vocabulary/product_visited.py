"""A product's page was seen. https://support.connectif.ai/hc/en-us/articles/360014650320

The platform's verifier fetches the page and looks for the tag in the raw HTML. JavaScript event:
https://support.connectif.ai/hc/en-us/articles/360014712720
"""

from connectif_kit.vocabulary.model import Event, Field, Tag
from connectif_kit.vocabulary.product import PRODUCT

PRODUCT_VISITED = Tag(
    css_class="cn_product_visited",
    doc="The product that this page shows.",
    article=360014650320,
    entity=PRODUCT,
    event="product-visited",
    pages=("product",),
    required_on=("product",),
)

PRODUCT_VISITED_EVENT = Event(
    type="product-visited",
    turn=1,
    doc="The visitor sees a product's page.",
    article=360014712720,
    fields=(Field(html="product", js="product", kind=PRODUCT, required=True, doc="The product."),),
    tag="cn_product_visited",
    ga4="view_item",
)
