"""Undocumented: the client script reads it, no article names it. Recognised, never generated."""

from connectif_kit.vocabulary.model import Entity, Event, Field, Tag

_PRODUCT_ID = Field(
    html="product_id", js="productId", required=True, doc="Shop id of the product.", example="mug-blue"
)

PRODUCT_NOT_FOUND = Tag(
    css_class="cn_product_not_found",
    doc="A product that no longer exists.",
    article=360014650320,
    entity=Entity("product_not_found", "A product that is gone.", 360014650320, (_PRODUCT_ID,)),
    event="product-not-found",
    retired="no article describes it",
)

PRODUCT_NOT_FOUND_EVENT = Event(
    type="product-not-found",
    turn=3,
    doc="A product that no longer exists.",
    article=360014650320,
    fields=(_PRODUCT_ID,),
    tag="cn_product_not_found",
    retired="no article describes this event",
)
