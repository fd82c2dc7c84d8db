"""Product pages as shops write them: the right value, or a complaint; never another value in silence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest

from connectif_kit.catalog.found import Found
from connectif_kit.catalog.pages import product_on
from connectif_kit.core.diagnostics import Severity
from connectif_kit.page.html import decode, parse
from connectif_kit.plan.models import Plan

STORE = {
    "id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11",
    "environment": "eu5",
    "url": "https://shop.example",
    "currency": "EUR",
    "language": "es",
}
URL = "https://shop.example/p/vase/"


def page(body: str, formats: Any = "json-ld", url: str = URL, **store: str) -> Found:
    plan = Plan.model_validate({"store": STORE | store})
    tree = parse(decode("p/vase/index.html", f"<!doctype html><title>x</title>{body}".encode()))
    return product_on(tree, formats, plan, url)


def script(data: Any) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return f'<script type="application/ld+json">{text}</script>'


def product(**more: Any) -> dict[str, Any]:
    offer = {"@type": "Offer", "price": "30.00", "priceCurrency": "EUR"}
    return {"@type": "Product", "sku": "v-1", "name": "Vase", "offers": offer} | more


def offer(**more: Any) -> dict[str, Any]:
    return {"@type": "Offer", "priceCurrency": "EUR"} | more


def spec(price: str, **more: Any) -> dict[str, Any]:
    return {"@type": "UnitPriceSpecification", "price": price, "priceCurrency": "EUR"} | more


def item(offers: str, more: str = "") -> str:
    return (
        '<div itemscope itemtype="https://schema.org/Product">'
        "<b itemprop=sku>v-1</b><h1 itemprop=name>Vase</h1>"
        f'{more}<div itemprop=offers itemscope itemtype="https://schema.org/Offer">{offers}</div></div>'
    )


def og(**tags: str) -> str:
    names = {"og:type": "product", "og:title": "Vase", "product:retailer_item_id": "v-1"}
    names |= {name.replace("__", ":"): content for name, content in tags.items()}
    return "".join(f'<meta property="{name}" content="{content}">' for name, content in names.items())


def told(found: Found, name: str) -> bool:
    return any(d.element in (name, "") and d.severity is not Severity.NOTICE for d in found.diagnostics)


def values(found: Found, *names: str) -> list[Any]:
    record: dict[str, Any] = dict(found.record or {})
    return [record.get(name) for name in names]


def named(cases: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Cases that are named by their first item."""
    return [pytest.param(*rest, id=name) for name, *rest in cases]


NEW, USED = "https://schema.org/NewCondition", "http://schema.org/RefurbishedCondition"
LEASE = "http://purl.org/goodrelations/v1#LeaseOut"
MONTHLY = spec("5.00", billingDuration="P1M", billingIncrement=1)

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


def crumb(name: str, url: str | None = None) -> dict[str, Any]:
    return {"@type": "ListItem", "name": name} | ({"item": url} if url else {})


TRAILS: list[tuple[str, list[Any], list[str] | None]] = [
    ("index", [crumb("Inicio", "/index.html"), crumb("Casa", "/c/casa/"), crumb("Vase")], ["/Casa"]),
    (
        "http and www",
        [crumb("X", "http://www.shop.example"), crumb("Casa", "/c/casa/"), crumb("Vase")],
        ["/Casa"],
    ),
    ("a language", [crumb("Nuestra casa", "/es/"), crumb("Casa", "/es/c/"), crumb("Vase")], ["/Casa"]),
    ("a language and a country", [crumb("Home", "/en-GB"), crumb("Casa", "/c/"), crumb("Vase")], ["/Casa"]),
    (
        "two letters are a category",
        [crumb("TV", "/tv/"), crumb("LED", "/tv/led/"), crumb("Vase")],
        ["/TV/LED"],
    ),
    ("no address", [crumb("Startseite"), crumb("Casa", "/c/"), crumb("Vase")], ["/Casa"]),
    ("no address at all", [crumb("Home"), crumb("Casa"), crumb("Mesa")], ["/Casa/Mesa"]),
    (
        "the product in another case",
        [crumb("Home", "/"), crumb("Casa", "/c/"), crumb("VASE", "/v")],
        ["/Casa"],
    ),
    (
        "the product by its address",
        [crumb("Home", "/"), crumb("Casa", "/c/"), crumb("V", "/p/vase")],
        ["/Casa"],
    ),
    ("nothing left", [crumb("Home", "/"), crumb("Vase")], ["/Own"]),
    ("only the start", [crumb("Home", "/")], ["/Own"]),
    ("blanks", [crumb("Home", "/"), crumb(" Casa \n y  mesa ", "/c/"), crumb("Vase")], ["/Casa y mesa"]),
    (
        "elsewhere",
        [crumb("Portal", "https://other.example/"), crumb("Casa", "/c/"), crumb("Vase")],
        ["/Portal/Casa"],
    ),
]


@pytest.mark.parametrize(("crumbs", "category"), named(TRAILS))
def test_categories_from_breadcrumbs(crumbs: list[Any], category: list[str] | None) -> None:
    steps = [{**each, "position": number} for number, each in enumerate(crumbs, 1)]
    trail = {"@type": "BreadcrumbList", "itemListElement": steps}
    found = page(script([product(category="Own"), trail]))
    assert values(found, "category") == [tuple(category or ())]


@pytest.mark.parametrize("text", ["Inicio > Casa > Vase", "Inicio / Casa / Vase", "Inicio»Casa»Vase"])
def test_breadcrumbs_in_one_text(text: str) -> None:
    found = page(script({"@type": "ItemPage", "breadcrumb": text, "mainEntity": product()}))
    assert values(found, "category") == [("/Casa",)]


def test_the_shops_name_is_a_start_too() -> None:
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [crumb("Barro"), crumb("Casa", "/c/"), crumb("Vase")],
    }
    found = page(script([product(), {"@type": "WebSite", "name": "BARRO"}, trail]))
    assert values(found, "category") == [("/Casa",)]


@pytest.mark.parametrize(
    ("more", "brand"),
    [
        ('<a itemprop=brand href="/b/acme/">ACME</a>', "ACME"),
        ('<a itemprop=brand href="/b/acme/"><img src=/l.png alt=ACME></a>', "ACME"),
        ('<img itemprop=brand src=/l.png alt="ACME">', "ACME"),
        ('<b itemprop=brand itemscope><meta itemprop=name content="ACME"></b>', "ACME"),
        ('<link itemprop=brand href="/b/acme/">', None),
        ("<ul itemprop=brand><li>AC</li><li>ME</li></ul>", "AC ME"),
    ],
)
def test_a_brand_is_a_name_and_no_address(more: str, brand: str | None) -> None:
    found = page(item("<b itemprop=price>30</b>", more), "microdata")
    assert values(found, "brand") == [brand]
    assert brand or told(found, "brand")


@pytest.mark.parametrize(
    ("ids", "wanted"),
    [
        ({"sku": "sku:v-1"}, "v-1"),
        ({"sku": None, "productID": "mpn:v-1"}, "v-1"),
        ({"sku": None, "identifier": {"@type": "PropertyValue", "propertyID": "mpn", "value": "v-1"}}, "v-1"),
        ({"sku": None, "gtin13": "gtin13: 4006381333931"}, "4006381333931"),
        ({"sku": "A:1"}, "A:1"),
        ({"sku": ["a", "b"]}, None),
    ],
)
def test_an_id_without_its_scheme(ids: dict[str, Any], wanted: str | None) -> None:
    found = page(script(product(**ids)))
    assert values(found, "product_id") == [wanted]
    assert wanted or told(found, "product_id")


@pytest.mark.parametrize(
    ("rating", "value", "count"),
    [
        ({"ratingValue": "4,5", "reviewCount": "1 234"}, "4.5", "1234"),
        ({"ratingValue": "4.6666666666666666666666666666666666666667", "reviewCount": 3}, "4.67", "3"),
        ({"ratingValue": "9", "bestRating": "10", "reviewCount": "3.0"}, "4.5", "3"),
        ({"ratingValue": "45%", "reviewCount": "12 reviews"}, None, None),
        ({"ratingValue": "9", "reviewCount": "1.234"}, None, None),
        ({"ratingValue": "4.956", "reviewCount": "12,345,678"}, "4.956", "12345678"),
    ],
)
def test_ratings(rating: dict[str, Any], value: str | None, count: str | None) -> None:
    found = page(script(product(aggregateRating=rating)))
    assert values(found, "rating_value", "review_count") == [value, count]
    assert value or told(found, "rating_value")
    assert count or told(found, "review_count")


DAMAGED: list[tuple[str, str]] = [
    ("a key twice with one value", '{"@type":"Product","sku":"v-1",REST}'),
    ("byte order mark", '\ufeff{"@type":"Product",REST}'),
    (
        "single quotes",
        "{'@type':'Product','sku':'v-1','name':'Vase','image':'/it\\'s.jpg','offers':{'price':'30'}}",
    ),
    (
        "quotes inside",
        '{"@type":"Product","sku":"v-1","name":"Vase","description":"a 5" pot, "big", ok",'
        '"url":"https://shop.example/p/vase/","offers":{"price":"30"}}',
    ),
    (
        "odd escapes",
        r'{"@type":"Product","sku":"v\x2d1","name":"Vas\x65","description":"it\'s","offers":{"price":"30"}}',
    ),
    (
        "python words",
        '{"@type":"Product","sku":"v-1","name":"Vase","x":None,"y":True,"z":undefined,"offers":{"price":"30"}}',
    ),
    ("hard blanks", '{\u00a0"@type":"Product",\u00a0REST}'),
    ("two objects", '{"@type":"WebSite","name":"x"}\n{"@type":"Product",REST}'),
    ("comments", '{"@type":"Product", // it\n"sku":"v-1","name":"Vase",/* , */"offers":{"price":"30",},}'),
    ("a semicolon", '{"@type":"Product",REST};'),
    ("types with a slash", '{"@type":"HTTP://www.schema.org/product/",REST}'),
    (
        "an offer by its name",
        '{"@graph":[{"@type":"Product","sku":"v-1","name":"Vase",'
        '"offers":{"@type":"Offer","@id":"#o"}},{"@type":"Offer","@id":"#o","price":"30"}]}',
    ),
]


@pytest.mark.parametrize("text", named(DAMAGED))
def test_common_damage_is_read(text: str) -> None:
    text = text.replace("REST", '"sku":"v-1",NAMED').replace("NAMED", '"name":"Vase","offers":{"price":"30"}')
    assert values(page(script(text)), "product_id", "name", "unit_price") == ["v-1", "Vase", "30"]


def test_a_key_twice_with_two_values_is_refused() -> None:
    found = page(script('{"@type":"Product","sku":"v-1","name":"Vase","offers":{"price":"30","price":"35"}}'))
    assert (found.record, told(found, "unit_price")) == (None, True)


def test_several_names_are_reported_and_languages_chosen() -> None:
    found = page(script(product(name=["Vase", "Pot"])))
    assert values(found, "name") == ["Vase"]
    assert told(found, "name")
    spoken = [{"@language": "en", "@value": "Vase"}, {"@language": "es", "@value": "Jarrón"}]
    found = page(script(product(name=spoken)))
    assert (values(found, "name"), told(found, "name")) == (["Jarrón"], False)


LISTS: list[tuple[str, str, str | None]] = [
    ("no price in the first", script(product(offers=[])) + item("<b itemprop=price>30</b>"), "30"),
    ("an unreadable first", script("{") + item("<b itemprop=price>30</b>"), "30"),
    (
        "two readings in the first",
        script(product(offers=offer(price="1,299"))) + item("<b itemprop=price>1299</b>"),
        "1299",
    ),
    (
        "another currency in the first",
        script(product(offers=offer(price="30", priceCurrency="USD"))) + item("<b itemprop=price>30</b>"),
        None,
    ),
    (
        "instalments in the first",
        script(product(offers=offer(priceSpecification=MONTHLY))) + item("<b itemprop=price>5</b>"),
        None,
    ),
    ("only the last", og(product__price__amount="30"), "30"),
    ("all of no use", script(product(offers=[])) + item("<b itemprop=price>?</b>"), None),
]


@pytest.mark.parametrize(("name", "body", "price"), LISTS, ids=[case[0] for case in LISTS])
def test_a_list_of_formats_falls_through(name: str, body: str, price: str | None) -> None:
    found = page(body, ["json-ld", "microdata", "open-graph"])
    assert values(found, "unit_price") == [price]
    assert found.diagnostics or name == "only the last"


OPEN_GRAPH: list[tuple[str, dict[str, str], list[str | None]]] = [
    ("the shop's name before", {"og:title": "Barro – Vase", "og:site_name": "Barro"}, ["Vase", "30"]),
    ("a name with a hyphen stays", {"og:title": "T-shirt", "og:site_name": "Shop"}, ["T-shirt", "30"]),
    ("og beside product", {"og:price:amount": "30.00"}, ["Vase", "30"]),
    ("og against product", {"og:price:amount": "35"}, [None, None]),
    ("dollars", {"product:price:currency": "USD"}, [None, None]),
]


@pytest.mark.parametrize(("tags", "wanted"), named(OPEN_GRAPH))
def test_open_graph(tags: dict[str, str], wanted: list[str | None]) -> None:
    found = page(og(**{"product:price:amount": "30"} | tags), "open-graph")
    assert values(found, "name", "unit_price") == wanted
    assert wanted[1] or told(found, "unit_price")


def test_open_graph_repeats_prices_for_currencies() -> None:
    tags = [("amount", "35"), ("currency", "USD"), ("amount", "30"), ("currency", "EUR")]
    more = "".join(f'<meta property="product:price:{name}" content="{text}">' for name, text in tags)
    assert values(page(og() + more, "open-graph"), "unit_price") == ["30"]


def test_the_heading_says_what_of_a_title_is_the_name() -> None:
    body = og(**{"product:price:amount": "30", "og:title": "Vase | Buy it online"}) + "<h1>Vase</h1>"
    assert values(page(body, "open-graph"), "name") == ["Vase"]


def test_a_product_with_another_pages_address_is_reported() -> None:
    found = page(script(product(url="https://shop.example/p/other/")))
    assert told(found, "url")
    assert not page(script(product(url="/p/vase?utm=1"))).diagnostics


@pytest.mark.parametrize(
    ("how", "text", "currency", "price"),
    [
        ({"selector": "b", "number": "auto"}, "<b>12,50 €</b>", "EUR", "12.50"),
        ({"selector": "b", "number": "auto"}, "<b>$12.50</b>", "EUR", None),
        ({"selector": "b"}, "<b>12.50</b>", "USD", None),
        ({"selector": "b"}, "<b>1.299</b>", "EUR", None),
        ({"selector": "b", "attribute": "title", "number": "auto"}, "<b title='12 USD'>", "EUR", None),
        ({"first_of": [{"selector": "i"}, {"selector": "b"}]}, "<b>12<sup>50</sup></b>", "EUR", None),
        ("offers.price", "", "USD", None),
        ("offers.price", "", "EUR", "30.00"),
    ],
)
def test_a_price_that_the_plan_maps_itself_is_in_the_stores_currency(
    how: Any, text: str, currency: str, price: str | None
) -> None:
    catalog = {"source": "json-ld", "fields": {"unit_price": how}}
    store = {**STORE, "currency": "EUR"}
    plan = Plan.model_validate({"store": store, "catalog": catalog, "pages": {}})
    data = script(product(offers=offer(price="30.00", priceCurrency=currency)))
    made = parse(decode("p.html", f"<title>x</title>{data}<main>{text}</main>".encode()))
    found = product_on(made, "json-ld", plan, "https://shop.example/p/vase")
    assert values(found, "unit_price") == [price]
    assert told(found, "unit_price") == (price is None)


@pytest.mark.parametrize(
    ("markup", "price"),
    [
        ("12<sup>50</sup> €", None),
        ("12<sup>,50</sup> €", "12.50"),
        ("<span>12,50</span><span> €</span>", "12.50"),
        ("$12.50", None),
        ("desde 12,50 €", None),
        ("<del>20</del> 12", None),
    ],
)
def test_a_selector_takes_a_whole_number_or_none(markup: str, price: str | None) -> None:
    source = {
        "selector": "main",
        "fields": {
            "product_id": {"literal": "v-1"},
            "name": {"selector": "h1"},
            "unit_price": {"selector": ".price", "number": "auto"},
        },
    }
    plan = Plan.model_validate({"store": STORE, "pages": {"product": {"match": "/p/*", "product": source}}})
    text = f"<main><h1>Vase<br>blue</h1><p class=price>{markup}</p></main>"
    how = plan.pages["product"].product  # type: ignore[attr-defined]  # the page is of kind product
    found = product_on(parse(decode("p.html", text.encode())), how, plan, URL)
    assert values(found, "unit_price", "name") == [price, price and "Vase blue"]
    assert price or told(found, "unit_price")


@pytest.mark.parametrize("engine", ["turbohtml", "html5lib"])
def test_text_is_what_a_reader_sees(engine: Any) -> None:
    from connectif_kit.page.html.reading import reader_text

    text = (
        "<main><ul><li>Blue</li><li>Red</li></ul><p>a<br>b</p><p>La<b>m</b>p&shy;s</p><table><tr><td>1<td>2</table>"
        "<script>x</script><template>y</template><span hidden>z</span>&nbsp;end</main>"
    )
    [main] = parse(decode("p.html", text.encode()), engine=engine).select("main")
    assert reader_text(main) == "Blue Red a b Lamps 1 2 end"


def test_rdfa_relations() -> None:
    body = (
        '<div vocab="https://schema.org/" typeof="Product"><b property=sku>v-1</b><b property=name>Vase</b>'
        "<p rel=offers typeof=Offer><b property=price>30</b></p></div>"
    )
    assert values(page(body, "rdfa"), "unit_price") == ["30"]


def test_explain_says_which_offer_counts() -> None:
    from connectif_kit.explain import explanations

    [said] = explanations()["offers"]
    assert said.index("new before used") < said.index("sold out") < said.index("the lowest")
    assert "start of a language" in explanations()["breadcrumbs"][0].replace("\n     ", " ")


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
