"""Product pages as shops write them: the right value, or a complaint; never another value in silence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.catalog.product_markup import (
    MONTHLY,
    item,
    named,
    offer,
    page,
    product,
    script,
    spec,
    told,
    values,
)

USED = "http://schema.org/RefurbishedCondition"
LEASE = "http://purl.org/goodrelations/v1#LeaseOut"

PRICES: list[tuple[str, Any, str | None]] = [
    ("new beside refurbished", [offer(price="10", itemCondition=USED), offer(price="30")], "30"),
    ("only used", [offer(price="10", itemCondition=USED)], "10"),
    ("a lease beside a sale", [offer(price="2", businessFunction=LEASE), offer(price="30")], "30"),
    ("a lease alone", [offer(price="2", businessFunction=LEASE)], None),
    (
        "a sale that says so",
        [offer(price="30", businessFunction="http://purl.org/goodrelations/v1#Sell")],
        "30",
    ),
    ("a pack of ten", [offer(price="20", eligibleQuantity={"minValue": 10}), offer(price="30")], "30"),
    ("one piece", [offer(price="30", eligibleQuantity={"value": 1})], "30"),
    ("for members", [offer(price="20", validForMemberTier={"name": "gold"}), offer(price="30")], "30"),
    ("for resellers", [offer(price="20", eligibleCustomerType="Reseller"), offer(price="30")], "30"),
    ("sold out is cheaper", [offer(price="20", availability="SoldOut"), offer(price="30")], "30"),
    ("all sold out", [offer(price="20", availability="SoldOut")], "20"),
    ("a placeholder of 0", [offer(price=0), offer(price="30")], "30"),
    ("another currency is cheaper", [offer(price="20", priceCurrency="GBP"), offer(price="30")], "30"),
    (
        "delivery",
        offer(priceSpecification=[spec("5", **{"@type": "DeliveryChargeSpecification"}), spec("30")]),
        "30",
    ),
    ("instalments beside the price", offer(price="30", priceSpecification=MONTHLY), "30"),
    ("instalments alone", offer(priceSpecification=MONTHLY), None),
    ("the price is the instalment", offer(price="5.00", priceSpecification=MONTHLY), None),
    ("a deposit", offer(price="0", priceSpecification=spec("99", priceComponentType="Downpayment")), None),
    ("a list price alone", offer(priceSpecification=spec("30", priceType="ListPrice")), "30"),
    ("a struck price alone", offer(priceSpecification=spec("30", priceType="StrikethroughPrice")), None),
    ("two plain specifications", offer(priceSpecification=[spec("30"), spec("35")]), None),
    ("the same twice", offer(priceSpecification=[spec("30"), spec("30.00")]), "30"),
    (
        "specification in pounds first",
        offer(priceSpecification=[spec("20", priceCurrency="GBP"), spec("30")]),
        "30",
    ),
    (
        "minimum advertised",
        offer(priceSpecification=[spec("20", priceType="MinimumAdvertisedPrice"), spec("30")]),
        "30",
    ),
    (
        "for orders over 100",
        offer(priceSpecification=[spec("20", eligibleTransactionVolume={}), spec("30")]),
        "30",
    ),
    (
        "per kilogram",
        offer(priceSpecification=[spec("9", referenceQuantity={"value": 1, "unitCode": "KGM"}), spec("30")]),
        "30",
    ),
    (
        "Google's price with its measure",
        offer(
            priceSpecification=spec(
                "81", referenceQuantity={"value": "4.5", "unitCode": "LTR", "valueReference": {"value": 1}}
            )
        ),
        "81",
    ),
    ("a monetary amount", offer(price={"@type": "MonetaryAmount", "value": "30", "currency": "EUR"}), "30"),
    (
        "a monetary amount in dollars",
        offer(price={"value": "30", "currency": "USD"}, priceCurrency=None),
        None,
    ),
    ("two values", offer(price=["20", "30"]), None),
    ("one value twice", offer(price=["30", "30.00"]), "30"),
    ("free", offer(price="Free"), None),
    ("negative", offer(price="-30"), None),
    ("a range in the text", offer(price="20 - 30"), None),
    ("from", offer(price="From 20"), None),
    ("a percentage", offer(price="40%"), None),
    ("thousands with a point", offer(price="1.299"), None),
    ("what binary fractions made", offer(price=19.990000000000002), "19.99"),
    ("somebody who wants to buy", {"@type": "Demand", "price": "2", "priceCurrency": "EUR"}, None),
    ("thousands as a number", offer(price=1.299), None),
    ("cents without a whole", offer(price=",99 €"), "0.99"),
    ("euro as a word", offer(price="30", priceCurrency="Euro"), "30"),
    ("code in small letters", offer(price="30", priceCurrency="eur"), "30"),
    ("dollars", offer(price="30", priceCurrency="$"), None),
    ("dollars in the price", offer(price="$30", priceCurrency=None), None),
    ("dollars in a price of euros", offer(price="$30"), None),
    ("Arabic digits", offer(price="٣٠"), None),
    ("narrow blanks", offer(price="1\u202f299,00\u00a0€"), "1299.00"),
    ("Swiss apostrophes", offer(price="1’299.00"), "1299.00"),
    (
        "an aggregate's offers count",
        {"@type": "AggregateOffer", "lowPrice": "1", "offers": [offer(price="30")]},
        "30",
    ),
    ("an aggregate in lower case", {"@type": "aggregateoffer", "lowPrice": "30", "highPrice": "30"}, "30"),
    (
        "with its shipping",
        offer(price="30", shippingDetails={"shippingRate": {"value": 5, "currency": "EUR"}}),
        "30",
    ),
]


@pytest.mark.parametrize(("offers", "price"), named(PRICES))
def test_the_price_of_offers(offers: Any, price: str | None) -> None:
    found = page(script(product(offers=offers)))
    assert values(found, "unit_price") == [price]
    assert price or told(found, "unit_price")


@pytest.mark.parametrize(
    ("price", "specified", "taken"),
    [
        ("30", spec("25"), "30"),
        ("30", spec("25", priceType="SalePrice"), "25"),
        ("0", {}, "0"),
        ("30", spec("25", valueAddedTaxIncluded=False), None),
    ],
)
def test_what_is_taken_against_another_price_is_reported(
    price: str, specified: Any, taken: str | None
) -> None:
    found = page(script(product(offers=offer(price=price, priceSpecification=specified))))
    assert values(found, "unit_price") == [taken or price]
    assert told(found, "unit_price") == bool(taken)


def test_thousandths_are_right_in_a_currency_that_has_them() -> None:
    found = page(script(product(offers=offer(price="1.299", priceCurrency="KWD"))), currency="KWD")
    assert values(found, "unit_price") == ["1.299"]


WRITTEN: list[tuple[str, str, str | None, str | None]] = [
    ("two prices", "<b itemprop=price>40</b><b itemprop=price>30</b>", None, None),
    ("a struck one", "<s><b itemprop=price>40</b></s><b itemprop=price>30</b>", "30", "40"),
    ("struck inside", "<b itemprop=price><del>40,00</del> 30,00 €</b>", "30.00", None),
    ("cents in an element", "<b itemprop=price>30<sup>50</sup></b>", None, None),
    ("cents with their sign", "<b itemprop=price>30<sup>,50</sup> €</b>", "30.50", None),
    ("said twice for screen readers", "<b itemprop=price><i>30.50</i><i>30.50</i></b>", None, None),
    ("content before text", '<b itemprop=price content="30.50">30 €</b>', "30.50", None),
    ("empty content", '<b itemprop=price content="">30 €</b>', None, None),
    ("in dollars", "<b itemprop=price>$30</b>", None, None),
    ("from", "<b itemprop=price>desde 30 €</b>", None, None),
    ("blocks", "<div itemprop=price><div>30</div><div>EUR</div></div>", "30", None),
    ("a link", '<a itemprop=price href="#buy">30,00 €</a>', "30.00", None),
    (
        "delivery has its own item",
        "<b itemprop=price>30</b><p itemscope><b itemprop=price>5</b></p>",
        "30",
        None,
    ),
    ("delivery has none", "<b itemprop=price>30</b><p>+ <b itemprop=price>5</b></p>", None, None),
]


@pytest.mark.parametrize(("offers", "price", "before"), named(WRITTEN))
def test_a_price_in_the_text(offers: str, price: str | None, before: str | None) -> None:
    found = page(item(offers), "microdata")
    assert values(found, "unit_price", "unit_price_original") == [price, before]
    assert price or told(found, "unit_price")


def test_a_price_that_readers_see_otherwise_is_reported() -> None:
    cents = page(item('<b itemprop=price content="3050">30,50 €</b>'), "microdata")
    assert (values(cents, "unit_price"), told(cents, "unit_price")) == (["3050"], True)
    same = page(item('<b itemprop=price content="30.5"><s>40</s> 30,50 €</b>'), "microdata")
    assert (values(same, "unit_price"), told(same, "unit_price")) == (["30.5"], False)


def test_a_product_that_another_names_as_related_is_not_the_pages() -> None:
    other = {"@type": "Product", "@id": "#b", "sku": "z", "name": "Bowl", "offers": offer(price="9.00")}
    for relation in ("isSimilarTo", "isRelatedTo", "isAccessoryOrSparePartFor"):
        main = product(**{"@id": "#a", relation: {"@id": "#b"}})
        for graph in ([main, other], [other, main]):
            found = page(script({"@graph": graph}))
            assert values(found, "product_id", "unit_price") == ["v-1", "30.00"]


def test_a_category_that_is_named_by_its_id_is_looked_up() -> None:
    code = {"@type": "CategoryCode", "@id": "#c", "name": "Light"}
    assert values(page(script([product(category={"@id": "#c"}), code])), "category") == [("/Light",)]
