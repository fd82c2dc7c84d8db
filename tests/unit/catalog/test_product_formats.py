"""Damage, lists of formats, Open Graph, RDFa, selectors: how a page's product is found."""

from __future__ import annotations

from typing import Any

import pytest

from connectif_kit.catalog.pages import product_on
from connectif_kit.page.html import decode, parse
from connectif_kit.plan.models import Plan
from tests.unit.catalog.product_markup import (
    MONTHLY,
    STORE,
    URL,
    item,
    named,
    offer,
    og,
    page,
    product,
    script,
    told,
    values,
)

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
