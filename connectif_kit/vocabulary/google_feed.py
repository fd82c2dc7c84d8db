"""The Google merchant feed, as the platform maps it. https://support.connectif.ai/hc/en-us/articles/13860524243356

Names are elements of `rss > channel > item`, without their `g:`. Where there is a `sale_price`, it
is what is charged and `price` is the price before the discount.
"""

FEED_NAMES: dict[str, tuple[str, ...]] = {
    "product_id": ("id",),
    "name": ("title",),
    "url": ("link",),
    "unit_price": ("sale_price", "price"),
    "unit_price_original": ("price",),
    "description": ("description",),
    "image_url": ("image_link",),
    "availability": ("availability",),
    "category": ("product_type", "google_product_category"),
    "brand": ("brand",),
}

IN_STOCK = (
    *("instock", "available", "availablefororder", "limitedavailability", "onlineonly", "instoreonly"),
    *("preorder", "presale", "backorder", "madetoorder", "true"),
)
OUT_OF_STOCK = ("outofstock", "oos", "unavailable", "soldout", "discontinued", "reserved", "false")

AVAILABILITY: dict[str, str] = {
    **dict.fromkeys(IN_STOCK, "InStock"),
    **dict.fromkeys(OUT_OF_STOCK, "OutOfStock"),
}
"""Google's and schema.org's words, small and without what stands between their letters."""
