"""A plan with carts, and what the tests put into them and read from what is sent."""

from __future__ import annotations

import json
from typing import Any

from tests.browser.shop import STORE

LINES = {
    "path": "lines",
    "fields": {"product_id": "id", "name": "id", "unit_price": "price", "quantity": "n"},
}
FIELDS = {"cart_id": "id", "product_basket_item": LINES}
BASE: dict[str, Any] = {
    "store": {**STORE, "currency": "EUR"},
    "catalog": {"url": "/p/{product_id}/"},
    "cart": {"storage": "basket", "fields": FIELDS},
}


def line(id_: str = "mug", price: float = 10, n: int = 1) -> dict[str, Any]:
    return {"id": id_, "price": price, "n": n}


def basket(*lines: dict[str, Any], id_: str = "c-1") -> dict[str, Any]:
    return {"id": id_, "lines": list(lines)}


def put(cart: object) -> str:
    return f"localStorage.setItem('basket', {json.dumps(json.dumps(cart))});"


def cart_of(call: dict[str, Any]) -> tuple[str, int, float, list[str]]:
    cart = call["options"]["cart"]
    ids = [one["productId"] for one in cart["products"]]
    return cart["cartId"], cart["totalQuantity"], cart["totalPrice"], ids


ORDER = {
    "purchaseId": "o-1",
    "products": [{"productId": "mug", "name": "Mug", "unitPrice": 10, "quantity": 1}],
}


def bought(**more: Any) -> str:
    return f"dispatchEvent(new CustomEvent('bought', {{detail: {json.dumps({**ORDER, **more})}}}));"


LAYER: dict[str, Any] = {
    **BASE,
    "cart": {"data_layer": ["add_to_cart", "remove_from_cart", "view_cart"]},
    "pages": {"confirmation": {"match": "/done", "purchase": {"data_layer": "purchase"}}},
    "events": {
        "changed": {"on": {"data_layer": ["add_to_cart", "remove_from_cart", "view_cart"]}, "send": "cart"}
    },
}


def push(event: str, item: str, more: str = "") -> str:
    return f"dataLayer.push({{event: '{event}', ecommerce: {{{more} items: [{item}]}}}});"


def tee(variant: str, price: float, more: str = "") -> str:
    return f"{{item_id: 'tee', item_name: 'Tee', item_variant: '{variant}', price: {price}, {more}}}"
