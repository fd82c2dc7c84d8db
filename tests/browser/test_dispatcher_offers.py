"""A route's JSON-LD whose offers are not plain price: nothing is sent rather than another price."""

from __future__ import annotations

import json
from typing import Any

from tests.browser.shop import STORE, Shop
from tests.browser.test_dispatcher_views import APP, PLAN

MONTHLY = {"@type": "UnitPriceSpecification", "price": "5", "billingDuration": "P1M"}
LISTED = {"@type": "UnitPriceSpecification", "price": "40", "priceType": "https://schema.org/ListPrice"}
DELIVERY = {"@type": "DeliveryChargeSpecification", "price": "5"}
LEASE = "http://purl.org/goodrelations/v1#LeaseOut"
OFFERS: list[tuple[dict[str, Any], int | None]] = [
    ({"price": "30", "priceSpecification": LISTED}, 30),
    ({"priceSpecification": [LISTED, {"price": "31"}]}, 31),
    ({"priceSpecification": [DELIVERY, {"price": "32"}]}, 32),
    ({"priceSpecification": LISTED}, None),
    ({"priceSpecification": MONTHLY}, None),
    ({"price": "0", "priceSpecification": MONTHLY}, None),
    ({"price": "2", "businessFunction": LEASE}, None),
    ({"price": "1.299"}, None),
    ({"price": "1299.00"}, 1299),
]


def test_only_a_plain_price_is_sent(shop: Shop) -> None:
    pages = {**PLAN["pages"], "product": {"match": "/p/*", "product": "json-ld"}}
    shop.plan({**PLAN, "store": {**STORE, "currency": "EUR"}, "pages": pages})
    shop.write("index.html", APP)
    shop.open("/")
    for number, (offer, price) in enumerate(OFFERS):
        before = shop.page.evaluate("__sent.length")
        product = {"@type": "Product", "sku": "a", "name": "A", "url": f"/p/{number}/", "offers": offer}
        markup = f'<script type="application/ld+json">{json.dumps(product)}</script>'
        go = f"history.pushState(0, '', '/p/{number}/'); document.title = 'Product'; "
        go += f"app.innerHTML = {json.dumps(markup)}"
        shop.page.evaluate(f"() => {{ {go} }}")
        shop.page.wait_for_function(f"__sent.length > {before}")
        [call] = shop.page.evaluate(f"__sent.slice({before})")
        told = [event["product"]["unitPrice"] for event in call["events"] if "product" in event]
        assert told == ([] if price is None else [price]), offer
