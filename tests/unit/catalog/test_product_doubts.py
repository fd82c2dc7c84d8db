"""What a page's data leaves doubtful, and what is reported of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.catalog.product_markup import (
    item,
    offer,
    og,
    page,
    product,
    script,
    spec,
    values,
)


def test_an_id_that_offers_do_not_agree_on_is_reported() -> None:
    two = [offer(sku="V-6", price="9.56"), offer(sku="V-3", price="5.29")]
    data = {
        name: value for name, value in product(offers=two).items() if name not in ("sku", "mpn", "gtin13")
    }
    found = page(script(data))
    assert values(found, "product_id", "unit_price") == ["V-6", "5.29"]
    assert any("several ids, `V-6`, `V-3`" in each.message for each in found.diagnostics)


def test_a_price_before_that_is_less_than_the_price_is_reported() -> None:
    found = page(
        script(product(offers=offer(price="30.00", priceSpecification=spec("20.00", priceType="ListPrice"))))
    )
    assert found.record is not None
    assert (found.record["unit_price"], "unit_price_original" in found.record) == ("30.00", False)
    assert any("the price before, 20.00, is less" in each.message for each in found.diagnostics)


@pytest.mark.parametrize("price", ["12.50 USD EUR", "€12.50 USD"])
def test_a_price_in_two_currencies_at_once_is_refused(price: str) -> None:
    found = page(script(product(offers={"@type": "Offer", "price": price, "priceCurrency": "EUR"})))
    assert found.record is None
    assert any("at once" in each.message for each in found.diagnostics)


@pytest.mark.parametrize("no", [False, "false", "http://schema.org/False"])
def test_a_price_without_vat_alone_is_taken_and_reported(no: Any) -> None:
    net = spec("25.00", valueAddedTaxIncluded=no)
    found = page(script(product(offers={"@type": "Offer", "priceSpecification": net})))
    assert values(found, "unit_price") == ["25.00"]
    assert any("25.00 is a price without VAT" in each.message for each in found.diagnostics)


PAST, FUTURE = "2001-01-31", "2999-01-31"


@pytest.mark.parametrize(
    ("offers", "price", "said"),
    [
        ([offer(price="15", priceValidUntil=PAST), offer(price="20", priceValidUntil=FUTURE)], "20", ""),
        ([offer(price="15", validFrom=FUTURE), offer(price="20")], "20", ""),
        (offer(price="15", priceValidUntil=PAST), "15", "it holds on other days than today"),
        (offer(price="20", priceSpecification=spec("10", priceType="SalePrice", validFrom=FUTURE)), "20", ""),
        (
            offer(price="20", priceSpecification=spec("10", priceType="SalePrice", validThrough=PAST)),
            "20",
            "",
        ),
        (offer(price="20", priceSpecification=spec("0", priceType="SalePrice")), "20", "taken as none"),
        (
            offer(price="20", priceSpecification=spec("25", priceType="SalePrice")),
            "20",
            "is more than `price`",
        ),
        (offer(price="20", priceCurrency=["EUR", "USD"]), None, "its currency is EUR and USD at once"),
        (offer(price="20", priceCurrency=["EUR", "€"]), "20", ""),
        (offer(price="20", valueAddedTaxIncluded=False), "20", "said to be a price without VAT"),
        ({"@type": "AggregateOffer", "lowPrice": "30", "highPrice": "20"}, None, "is more than the highest"),
        ({"@type": "AggregateOffer", "price": "20", "lowPrice": "15"}, "20", "`lowPrice` 15; 20 is taken"),
        (
            {
                "@type": "AggregateOffer",
                "priceCurrency": "USD",
                "offers": [{"@type": "Offer", "price": "20"}],
            },
            None,
            "the price is in USD",
        ),
        (
            offer(
                priceSpecification={
                    "@type": "CompoundPriceSpecification",
                    "price": "25",
                    "priceComponent": [spec("20"), {"@type": "DeliveryChargeSpecification", "price": "5"}],
                }
            ),
            None,
            "includes charges for delivery",
        ),
    ],
)
def test_what_holds_today_in_one_currency_without_charges_is_the_price(
    offers: Any, price: str | None, said: str
) -> None:
    found = page(script(product(offers=offers)))
    assert (found.record and found.record["unit_price"]) == price
    told = [each.message for each in found.diagnostics]
    assert any(said in each for each in told) if said else told == []


def test_a_currency_beside_the_product_is_that_of_its_offers() -> None:
    found = page(script(product(priceCurrency="USD", offers={"@type": "Offer", "price": "20"})))
    assert found.record is None
    assert any("the price is in USD" in each.message for each in found.diagnostics)


def test_a_page_that_shows_another_currency_than_its_data_is_reported() -> None:
    euros = '<meta itemprop=priceCurrency content="EUR">'
    for shown, count in (("$20.00", 1), ("20,00 €", 0)):
        found = page(item(f'{euros}<b itemprop=price content="20">{shown}</b>'), "microdata")
        assert [each.message for each in found.diagnostics if "the page shows" in each.message][:1] == (
            [f"`unit_price`: it is in EUR, and the page shows `{shown}`"] * count
        )


@pytest.mark.parametrize(
    ("tags", "price", "said"),
    [
        ({"product:sale_price:amount": "15"}, "15", ""),
        ({"product:sale_price:amount": "0"}, "20", "taken as none"),
        ({"product:sale_price:amount": "25"}, "20", "is more than"),
        ({"product:sale_price:amount": "15", "product:sale_price_dates:end": PAST}, "20", ""),
        ({"product:sale_price:amount": "15", "product:sale_price_dates:start": FUTURE}, "20", ""),
        ({"product:sale_price:amount": "15", "product:sale_price_dates:end": FUTURE}, "15", ""),
    ],
)
def test_open_graphs_reduced_price_counts_where_it_is_one(
    tags: dict[str, str], price: str, said: str
) -> None:
    whole = {"product:price:amount": "20", "product:price:currency": "EUR", **tags}
    found = page(og(**whole), "open-graph")
    assert found.record is not None
    assert (found.record["unit_price"], "unit_price_original" in found.record) == (price, price == "15")
    assert [said in each.message for each in found.diagnostics] == ([True] if said else [])


@pytest.mark.parametrize(
    ("rating", "value"),
    [
        ({"ratingValue": "9", "bestRating": "10", "worstRating": "1"}, "4.5"),
        ({"ratingValue": "90", "bestRating": "100"}, "4.5"),
        ({"ratingValue": "4.5", "bestRating": "100"}, None),
        ({"ratingValue": "11", "bestRating": "10"}, None),
        ({"ratingValue": "0", "bestRating": "10", "worstRating": "-10"}, None),
        ({"ratingValue": "4", "bestRating": "5", "worstRating": "0"}, "4"),
    ],
)
def test_a_rating_lies_on_its_scale_or_is_reported(rating: dict[str, str], value: str | None) -> None:
    found = page(script(product(aggregateRating=rating)))
    assert found.record is not None
    assert found.record.get("rating_value") == value
    assert ["not a rating from" in each.message for each in found.diagnostics] == [True] * (value is None)


def test_of_several_ratings_the_first_is_taken_and_that_is_reported() -> None:
    found = page(script(product(aggregateRating=[{"ratingValue": "4"}, {"ratingValue": "2"}])))
    assert found.record is not None
    assert found.record["rating_value"] == "4"
    assert ["several ratings" in each.message for each in found.diagnostics] == [True]


@pytest.mark.parametrize(
    ("first", "name", "category"),
    [
        ({"name": "Home", "item": "https://shop.example/index.php/"}, "Light", "/Light"),
        ({"name": "🏠 Home"}, "Light", "/Light"),
        ({"name": "Home »", "item": "https://shop.example/"}, "<span>Light</span> »", "/Light"),
        ({"name": "Barro"}, "Light", "/Barro/Light"),
    ],
)
def test_a_start_is_known_under_its_disguises(first: dict[str, str], name: str, category: str) -> None:
    light = {"name": name, "item": "https://shop.example/light/"}
    steps = [{"position": n, **step} for n, step in enumerate([first, light, {"name": "Vase"}], 1)]
    trail = {"@type": "BreadcrumbList", "itemListElement": steps}
    assert values(page(script([product(), trail])), "category") == [(category,)]
