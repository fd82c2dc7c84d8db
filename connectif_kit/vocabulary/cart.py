"""The current cart. https://support.connectif.ai/hc/en-us/articles/360014651660

JavaScript option: https://support.connectif.ai/hc/en-us/articles/360014714260. There is no cart
event: the platform works out what was added, removed or abandoned. An emptied cart must be sent
too, or it will count as abandoned. The article's table types `total_quantity` as text and its
note calls `cart_id` optional: the client parses an integer and drops a cart without id, so the
kit takes an integer and a required id.
"""

from connectif_kit.vocabulary.kinds import DECIMAL, INTEGER, URL
from connectif_kit.vocabulary.model import Entity, Field, Tag
from connectif_kit.vocabulary.product import BASKET_ITEM

CART = Entity(
    "cart",
    "The visitor's cart as a whole.",
    360014651660,
    (
        Field(
            html="cart_id",
            js="cartId",
            api="cartId",
            required=True,
            doc="Unique id of the cart; repeated in the purchase that it becomes.",
            example="c-1001",
        ),
        Field(
            html="total_quantity",
            js="totalQuantity",
            api="totalQuantity",
            kind=INTEGER,
            required=True,
            doc="Units in the cart, all lines together.",
            example="2",
        ),
        Field(
            html="total_price",
            js="totalPrice",
            api="totalPrice",
            ga4="value",
            kind=DECIMAL,
            required=True,
            doc="What the cart costs.",
            example="25.00",
        ),
        Field(
            html="product_basket_item",
            js="products",
            api="products",
            ga4="items",
            kind=BASKET_ITEM,
            many=True,
            doc="One for each product; none in an emptied cart.",
        ),
        Field(
            html="cart_recovery_url",
            js="cartRecoveryUrl",
            kind=URL,
            doc="Address that restores this cart, inside an authorised domain (12317493610908).",
            example="https://shop.example/cart/?restore=c-1001",
        ),
    ),
    interface="Cart",
)

CART_TAG = Tag(
    css_class="cn_cart",
    doc="The visitor's cart, on every page.",
    article=360014651660,
    entity=CART,
    first_only=True,
    personal=True,
)
