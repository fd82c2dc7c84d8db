"""The product, and the basket item that carts and purchases are made of.

https://support.connectif.ai/hc/en-us/articles/360014655140 (product)
https://support.connectif.ai/hc/en-us/articles/360014704899 (basket item)

Availability is written `InStock` in tags and events and `instock` in the API, as each article
prints it; any case is accepted. `published_at` may be Unix milliseconds in the tag (360014650320).
Units in stock and the blacklist are known to the API and to imports only (6351026048668).
"""

from connectif_kit.vocabulary.kinds import BOOLEAN, DECIMAL, INTEGER, TIMESTAMP, URL
from connectif_kit.vocabulary.model import Entity, Field

_FIELDS = (
    Field(
        html="url",
        js="productDetailUrl",
        api="productDetailUrl",
        kind=URL,
        required=True,
        doc="Address of the product's page, not percent-encoded, inside an authorised domain.",
        example="https://shop.example/p/blue-mug/",
    ),
    Field(
        html="product_id",
        js="productId",
        api="productId",
        ga4="item_id",
        required=True,
        doc="Unique id of the product in the shop; the key of the catalogue.",
        example="mug-blue",
    ),
    Field(
        html="name",
        js="name",
        api="name",
        ga4="item_name",
        required=True,
        doc="The product's name.",
        example="Blue mug",
    ),
    Field(
        html="unit_price",
        js="unitPrice",
        api="unitPrice",
        ga4="price",
        kind=DECIMAL,
        required=True,
        doc="Price of one unit as sold now, taxes included.",
        example="12.50",
    ),
    Field(
        html="description",
        js="description",
        api="description",
        lines=True,
        doc="Description; HTML in it must be escaped in a tag.",
        example="Stoneware, 350 ml.",
    ),
    Field(
        html="image_url",
        js="imageUrl",
        api="imageUrl",
        kind=URL,
        doc="Address of the picture.",
        example="https://shop.example/img/mug-blue.jpg",
    ),
    Field(
        html="thumbnail_url",
        js="thumbnailUrl",
        api="thumbnailUrl",
        kind=URL,
        doc="Address of the small picture.",
        example="https://shop.example/img/mug-blue-s.jpg",
    ),
    Field(
        html="availability",
        js="availability",
        api="availability",
        choices=("InStock", "OutOfStock"),
        api_choices=("instock", "outofstock"),
        any_case=True,
        doc="Whether it can be bought now.",
        example="InStock",
    ),
    Field(
        html="category",
        js="categories",
        api="categories",
        ga4="item_category",
        many=True,
        doc="Full path, its levels led and separated by `/`; one element for each category.",
        example=("/Kitchen/Mugs",),
    ),
    Field(
        html="tag",
        js="tags",
        api="tags",
        many=True,
        doc="Free labels, one element each.",
        example=("handmade", "gift"),
    ),
    Field(
        html="brand",
        js="brand",
        api="brand",
        ga4="item_brand",
        doc="The brand.",
        example="Barro",
    ),
    Field(
        html="review_count",
        js="reviewCount",
        api="reviewCount",
        kind=INTEGER,
        doc="How many reviews it has.",
        example="8",
    ),
    Field(
        html="rating_value",
        js="rating",
        api="rating",
        kind=DECIMAL,
        maximum=5,
        doc="Mean rating from 0 to 5.",
        example="4.6",
    ),
    Field(
        html="rating_count",
        js="ratingCount",
        api="ratingCount",
        kind=INTEGER,
        doc="How many ratings it has.",
        example="21",
    ),
    Field(
        html="related_external_product_id",
        js="relatedExternalProductIds",
        api="relatedExternalProductIds",
        many=True,
        doc="Shop ids of related products, one element each.",
        example=("plate-white",),
    ),
    Field(
        html="priority",
        js="priority",
        api="priority",
        kind=INTEGER,
        doc="Priority among recommendations; higher first.",
        example="1",
    ),
    Field(
        html="unit_price_original",
        js="unitPriceOriginal",
        api="unitPriceOriginal",
        kind=DECIMAL,
        doc="Price before the discount.",
        example="15.00",
    ),
    Field(
        html="unit_price_without_vat",
        js="unitPriceWithoutVAT",
        api="unitPriceWithoutVAT",
        kind=DECIMAL,
        doc="Price without taxes.",
        example="10.33",
    ),
    Field(
        html="discounted_percentage",
        js="discountedPercentage",
        api="discountedPercentage",
        kind=DECIMAL,
        maximum=100,
        doc="Discount from 0 to 100, without the `%` sign.",
        example="16.67",
    ),
    Field(
        html="discounted_amount",
        js="discountedAmount",
        api="discountedAmount",
        kind=DECIMAL,
        doc="Original price less unit price.",
        example="2.50",
    ),
    Field(
        html="published_at",
        js="publishedAt",
        api="publishedAt",
        kind=TIMESTAMP,
        doc="When it was first published.",
        example="2026-01-15T10:20:30Z",
    ),
    *(
        Field(
            html=f"custom_field_{n}",
            js=f"customField{n}",
            api=f"customField{n}",
            doc=f"Free text, number {n} of three.",
            example=example,
        )
        for n, example in ((1, "350 ml"), (2, "dishwasher safe"), (3, "A-17"))
    ),
)

_API_ONLY = (
    Field(
        html="",
        js="",
        api="inStockUnits",
        kind=INTEGER,
        doc="Units in stock.",
        example="14",
    ),
    Field(
        html="",
        js="",
        api="isBlacklisted",
        kind=BOOLEAN,
        doc="Whether it is kept out of recommendations.",
        example="false",
    ),
)

PRODUCT = Entity(
    "product",
    "A product as its page shows it.",
    360014655140,
    _FIELDS,
    api_only=_API_ONLY,
    interface="Product",
)

BASKET_ITEM = Entity(
    "product_basket_item",
    "One line of a cart or a purchase: a product, how many, and what the line costs.",
    360014704899,
    (
        Field(
            html="quantity",
            js="quantity",
            api="quantity",
            ga4="quantity",
            kind=INTEGER,
            required=True,
            doc="Units of this product.",
            example="2",
        ),
        Field(
            html="price",
            js="price",
            api="price",
            kind=DECIMAL,
            required=True,
            doc="What the whole line costs: unit price times quantity.",
            example="25.00",
        ),
        *_FIELDS,
    ),
    interface="BasketItem",
)
