"""An id that is the same for everybody makes one cart, one order or one contact of all: it is refused."""

from __future__ import annotations

from typing import Any

import pytest

from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan.load import load
from tests.browser.shop import written

LINES = {"product_basket_item": "lines"}
CONSTANT: list[tuple[str, dict[str, Any]]] = [
    ("cart", {"cart_id": {"literal": "0"}, **LINES}),
    ("cart", {"cart_id": 0, **LINES}),
    ("cart", {"cart_id": {"template": "cart"}, **LINES}),
    ("cart", {"cart_id": {"path": "id", "default": "none"}, **LINES}),
    ("contact", {"primary_key": {"literal": "shop@shop.example"}}),
    ("purchase", {"purchase_id": {"literal": "order"}, **LINES}),
    ("purchase", {"purchase_id": "id", "cart_id": {"literal": 1}, **LINES}),
]


def plan(kind: str, fields: dict[str, Any]) -> bytes:
    source = {"storage": "x", "fields": fields}
    if kind == "purchase":
        return written({"pages": {"confirmation": {"match": "/done", "purchase": source}}}).encode()
    return written({kind: source}).encode()


@pytest.mark.parametrize(("kind", "fields"), CONSTANT)
def test_a_constant_id_is_refused(kind: str, fields: dict[str, Any]) -> None:
    with pytest.raises(KitError) as caught:
        load("connectif.yaml", plan(kind, fields))
    told = [one for one in caught.value.diagnostics if one.rule == "constant-id"]
    assert len(told) == 1
    assert "would be the id of every" in told[0].message
    assert ("`cart_id: auto`" in told[0].hint) == ("cart_id" in told[0].message)


@pytest.mark.parametrize("id_", ["id", "auto", {"path": "a.b"}, {"template": "c-{id}"}, {"cookie": "cart"}])
def test_an_id_that_differs_is_taken(id_: object) -> None:
    load("connectif.yaml", plan("cart", {"cart_id": id_, **LINES}))
