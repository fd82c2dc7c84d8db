"""An order was placed. https://support.connectif.ai/hc/en-us/articles/360014651860

JavaScript event: https://support.connectif.ai/hc/en-us/articles/360014712220. `source_type` and
`source_name` keep their snake case in JavaScript, as that article prints them. `payment_method`
is missing from one language's table and present in its example: it is accepted, optional. In the
HTTP API, which knows no visitor, the purchase names its contact itself.
"""

from connectif_kit.vocabulary.kinds import DATETIME, DECIMAL, EMAIL, INTEGER
from connectif_kit.vocabulary.model import Entity, Event, Field, Tag
from connectif_kit.vocabulary.product import BASKET_ITEM

PURCHASE = Entity(
    "purchase",
    "An order.",
    360014651860,
    (
        Field(
            html="purchase_id",
            js="purchaseId",
            api="purchaseId",
            ga4="transaction_id",
            required=True,
            doc="Unique id of the order.",
            example="o-5001",
        ),
        Field(
            html="total_quantity",
            js="totalQuantity",
            api="totalQuantity",
            kind=INTEGER,
            required=True,
            doc="Units in the order, all lines together.",
            example="2",
        ),
        Field(
            html="total_price",
            js="totalPrice",
            api="totalPrice",
            ga4="value",
            kind=DECIMAL,
            required=True,
            doc="What was paid.",
            example="25.00",
        ),
        Field(
            html="product_basket_item",
            js="products",
            api="products",
            ga4="items",
            kind=BASKET_ITEM,
            many=True,
            doc="One for each product.",
        ),
        Field(
            html="cart_id",
            js="cartId",
            api="cartId",
            doc="Id of the cart that was bought; without it the cart counts as abandoned.",
            example="c-1001",
        ),
        Field(
            html="purchase_date",
            js="purchaseDate",
            api="purchaseDate",
            kind=DATETIME,
            doc="When it was placed.",
            example="2026-01-15T10:20:30Z",
        ),
        Field(
            html="payment_method",
            js="paymentMethod",
            api="paymentMethod",
            ga4="payment_type",
            doc="How it was paid.",
            example="Credit card",
        ),
        Field(
            html="source_type",
            js="source_type",
            choices=("marketplace", "digital-store", "point-of-sale", "third-party", "other"),
            doc="Where it was placed; `digital-store` is the shop's own site.",
            example="digital-store",
        ),
        Field(
            html="source_name",
            js="source_name",
            doc="Free text that tells more about the source.",
            example="web-en",
        ),
    ),
    api_only=(
        Field(
            html="",
            js="",
            api="contactEmail",
            kind=EMAIL,
            doc="Who bought; this or `contactExternalId`, and the contact must be there already.",
            example="ana@shop.example",
        ),
        Field(
            html="",
            js="",
            api="contactExternalId",
            max_length=50,
            doc="Who bought, by the shop's own id.",
            example="u-77",
        ),
    ),
    interface="Purchase",
)

PURCHASE_TAG = Tag(
    css_class="cn_purchase",
    doc="The order, on the first page after it was placed.",
    article=360014651860,
    entity=PURCHASE,
    event="purchase",
    pages=("confirmation",),
    personal=True,
    one_shot=True,
)

PURCHASE_EVENT = Event(
    type="purchase",
    turn=8,
    doc="The visitor has placed an order.",
    article=360014712220,
    fields=(Field(html="purchase", js="purchase", kind=PURCHASE, required=True, doc="The order."),),
    tag="cn_purchase",
    ga4="purchase",
)
