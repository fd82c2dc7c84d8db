"""An empty order, totals that are not the sum of the lines, a cart without products: faults everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from connectif_kit.preview.validation import entity_verdicts, event_verdicts, tag_verdicts

LINE = {
    "productId": "m",
    "name": "Mug",
    "productDetailUrl": "https://shop.example/p/m",
    "unitPrice": 12.5,
    "quantity": 2,
    "price": 25,
}
CART = {"cartId": "c", "totalQuantity": 2, "totalPrice": 25, "products": [LINE]}
EMPTY = {"cartId": "c", "totalQuantity": 0, "totalPrice": 0, "products": []}


def cart_faults(**changed: Any) -> list[str]:
    return [v.path for v in entity_verdicts("cart", {**CART, **changed}) if v.expected]


def order_faults(**changed: Any) -> list[str]:
    order = {"purchaseId": "o", **{k: v for k, v in CART.items() if k != "cartId"}, **changed}
    return [v.path for v in event_verdicts({"type": "purchase", "purchase": order}) if v.expected]


def test_what_adds_up_is_right() -> None:
    assert cart_faults() == []
    assert cart_faults(**EMPTY) == []
    assert order_faults() == []
    tenth = {**LINE, "unitPrice": 0.1, "quantity": 1, "price": 0.1}
    assert cart_faults(products=[tenth, tenth, tenth], totalQuantity=3, totalPrice=0.3) == []


@pytest.mark.parametrize("products", [[], None])
def test_a_cart_with_totals_and_no_products_is_wrong(products: list[Any] | None) -> None:
    assert "products" in cart_faults(products=products)


def test_an_order_without_products_is_wrong_whatever_its_totals() -> None:
    assert order_faults(products=[]) == ["purchase.products"]
    assert order_faults(products=[], totalQuantity=0, totalPrice=0) == ["purchase.products"]


def test_totals_are_the_sums_of_the_lines() -> None:
    assert cart_faults(totalQuantity=1) == ["totalQuantity"]
    assert cart_faults(totalPrice=12.5) == ["totalPrice"]
    assert order_faults(totalQuantity=3, totalPrice=24) == ["purchase.totalQuantity", "purchase.totalPrice"]


def test_the_same_holds_for_live_tags() -> None:
    line = [
        (f"product_basket_item[0].{name}", text) for name, text in (("quantity", "2"), ("price", "25.00"))
    ]
    totals = [("purchase_id", "o"), ("total_quantity", "2"), ("total_price", "24.00")]
    wrong = {v.path for v in tag_verdicts("cn_purchase", totals + line) if v.expected}
    assert "total_price" in wrong
    assert "total_quantity" not in wrong
    bare = {v.path for v in tag_verdicts("cn_purchase", totals) if v.expected}
    assert bare == {"product_basket_item"}
    assert not [v for v in tag_verdicts("cn_cart", []) if v.path == "product_basket_item"]
