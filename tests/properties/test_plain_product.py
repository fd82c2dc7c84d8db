"""What is read at once says what the whole reading says, of products written in every way."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from connectif_kit.catalog import page_formats
from connectif_kit.catalog.structured import jsonld, plain
from connectif_kit.catalog.structured.breadcrumbs import PageUrls
from connectif_kit.catalog.structured.graph import Graph
from connectif_kit.page.html import decode, parse

_TEXT = st.sampled_from(["", "Mug", " Blue  mug ", "12.50", "https://shop.example/p/a/", "../a", "a&b", "\n"])
_PRICE = st.sampled_from(
    ["12.50", "0", "0.00", "007.5", "1.234", "1,50", "€ 5", "", "12.5", "-1", 12.5, 3, None]
)
_STOCK = st.sampled_from(
    ["https://schema.org/InStock", "OutOfStock", "14", "0", "PreOrder", "yes", " InStock "]
)
_ODD = st.sampled_from([None, [], {}, ["a", "b"], {"@id": "#o"}, {"@value": "x"}, True, 7])
_OFFER = st.fixed_dictionaries(
    {},
    optional={
        "@type": st.sampled_from(["Offer", "AggregateOffer", "Demand", ["Offer"]]),
        "price": _PRICE,
        "priceCurrency": st.sampled_from(["EUR", "eur", "€", "", "KWD", None]),
        "availability": _STOCK | _ODD,
        "url": _TEXT | _ODD,
        "itemCondition": st.sampled_from(["NewCondition", "UsedCondition"]),
        "lowPrice": _PRICE,
        "priceSpecification": _ODD,
        "eligibleQuantity": _ODD,
        "seller": _ODD,
        "@id": st.just("#o"),
    },
)
_THING = st.fixed_dictionaries(
    {},
    optional={
        "@type": st.sampled_from(
            ["Product", "ProductGroup", "https://schema.org/Product", ["Product", "Car"]]
        ),
        "@id": st.just("#o"),
        "name": _TEXT | _ODD,
        "sku": _TEXT | _ODD,
        "url": _TEXT | _ODD,
        "brand": _ODD,
        "offers": _OFFER | _ODD | st.lists(_OFFER, max_size=2),
        "hasVariant": _ODD,
        "schema:name": _TEXT,
        "mainEntity": _ODD,
    },
)
_PLAIN = _THING.map(lambda thing: thing | {"@type": "Product", "name": "Mug"})


@given(_THING | _PLAIN, _OFFER)
def test_both_readings_say_the_same(thing: dict[str, Any], offer: dict[str, Any]) -> None:
    """Where the quick one says anything."""
    data = thing if "offers" in thing else thing | {"offers": offer | {"@type": "Offer"}}
    html = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    page = parse(decode("page.html", html.encode()))
    things = jsonld.data(page)
    quick, around = plain.product(things[0]), PageUrls("https://shop.example/p/a/")
    whole = page_formats.read_whole(page, "json-ld", Graph(things), around)
    assert quick is None or page_formats.read_things(page, "json-ld", things, around) == whole


def test_a_usual_product_is_read_at_once() -> None:
    """Or the quick reading would be there for nobody."""
    offer = {"@type": "Offer", "price": "9.00", "priceCurrency": "EUR", "availability": "InStock"}
    found = plain.product(
        {"@context": "https://schema.org", "@type": "Product", "name": "Mug", "offers": offer}
    )
    assert found == plain.PlainProduct("Mug", "9.00", "InStock", "", "", "EUR")
