"""What the encoder marks beside a source: optional fields, what a tag holds, reduced prices."""

from __future__ import annotations

from typing import Any

from connectif_kit.build import encode
from connectif_kit.vocabulary import ENTITIES
from tests.unit.build.test_encode import event, pages, plan


def test_ga4s_map_is_for_entries_of_the_data_layer_only() -> None:
    assert "fields" not in event({"on": {"event": "search"}, "send": "search"})


def test_a_field_that_may_be_missing_is_marked() -> None:
    form = {"send": "form-submitted", "form_id": "6" * 24, "payload": {"email": {"detail": "mail"}}}
    assert "kinds" not in event(form)
    assert event({**form, "primary_key_field": "email"})["kinds"] == {"primaryKeyField": "?"}


def test_a_tag_that_the_browser_writes_is_called_by_what_it_holds() -> None:
    product = {"match": "/p/*", "product": {"storage": "seen"}}
    [page] = pages(pages={"product": product}, integration={"activity": "client-tags"})
    assert page[1][0]["writes"] == "product"


def test_of_a_prices_several_places_the_reduced_ones_are_marked() -> None:
    price = {"first_of": ["sale_price", "price"]}
    made: Any = plan(
        pages={
            "product": {
                "match": "/p/*",
                "product": {"storage": "p", "fields": {"unit_price": price, "name": price}},
            }
        },
    )
    source: Any = encode.Encoder(spa=False).source(made.pages["product"].product, ENTITIES["product"])
    assert source[2]["unitPrice"][3] == [1, 0]
    assert source[2]["name"] == ["first_of", ["sale_price", "price"]]
