"""Products that pages tell of: tricky documents as data, each with what must come of it."""

from __future__ import annotations

import json
from typing import Any

import extruct  # type: ignore[import-untyped]  # it ships no types
import pytest

from connectif_kit.catalog.found import Found
from connectif_kit.catalog.pages import product_on
from connectif_kit.catalog.structured import jsonld, microdata, opengraph, rdfa
from connectif_kit.core.diagnostics import Place
from connectif_kit.page.html import Page, decode, parse
from connectif_kit.plan.models import Plan
from tests.tools import ROOT

DATA = ROOT / "tests/data/structured"
DOCUMENTS = sorted(path.stem for path in DATA.glob("*.html"))
STORE = {
    "id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11",
    "environment": "eu5",
    "url": "https://shop.example",
    "currency": "EUR",
}
URL = "https://shop.example/p/mug/"


def plan(**more: Any) -> Plan:
    return Plan.model_validate({"store": STORE, **more})


def page_of(text: str) -> Page:
    return parse(decode("p/mug/index.html", text.encode()))


def document(name: str) -> tuple[Page, dict[str, Any]]:
    expected = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return parse(decode(f"{name}.html", (DATA / f"{name}.html").read_bytes())), expected


def told(found: Found) -> list[str]:
    return [f"{d.rule} {d.severity} {d.element}" for d in found.diagnostics]


def lists(record: Any) -> Any:
    return record and {name: list(v) if isinstance(v, tuple) else v for name, v in record.items()}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_gives_its_product_or_says_why_not(name: str) -> None:
    page, expected = document(name)
    found = product_on(page, expected["how"], plan(), expected["url"])
    record = expected["record"] and {"url": expected["url"], **expected["record"]}
    assert (lists(found.record), told(found)) == (record, expected["findings"])


# What extruct (the reference reader of many crawlers) says otherwise of our documents, and why.
GIVES_UP = {
    "broken-and-good": "one broken script makes it raise; we read the others and report the broken one",
    "cdata-marks": "we take the CDATA marks of old pages off",
    "comment-marks": "we take the comment marks of old pages off",
    "cut-off": "no JSON: it raises, we report",
    "empty-script": "it raises on an empty script, we report it and read the other",
    "escaped-quotes": "we resolve the entities where no quote is left without them",
    "single-quotes": "no JSON: it raises, we read what is meant and report",
}
OTHERWISE = {
    "deep": "it reads as deep as its Python does, we report on every Python",
    "html-entities": "we resolve entities in JSON-LD, as search engines do",
}


def alike(ours: Any, theirs: Any) -> bool:
    """The same data; numbers are text with us, and binary floats with extruct."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(alike(ours[key], theirs[key]) for key in ours)
    if isinstance(theirs, list) and isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(alike, ours, theirs))
    if isinstance(theirs, int | float) and not isinstance(theirs, bool):
        return isinstance(ours, str) and float(ours) == theirs
    return bool(ours == theirs)


def flat(blocks: list[Any]) -> list[Any]:
    """Extruct puts the items of a script's list beside each other."""
    return [item for block in blocks for item in (block if isinstance(block, list) else [block])]


def in_extructs_form(thing: Any) -> Any:
    """Microdata as extruct writes it: single values bare, types with their address."""
    if not isinstance(thing, dict):
        return thing
    inner = {key: [in_extructs_form(v) for v in values] for key, values in thing.items() if key[0] != "@"}
    bare = {key: values[0] if len(values) == 1 else values for key, values in inner.items()}
    return {"type": f"https://schema.org/{thing['@type'][0]}", "properties": bare}


def triples(thing: dict[str, Any], prefix: str) -> Any:
    """RDFa as nested data without the names of blank nodes."""
    return {
        prefix + key: [triples(v, prefix) if isinstance(v, dict) else v for v in values]
        for key, values in thing.items()
        if key[0] != "@"
    }


def from_triples(nodes: list[dict[str, Any]], node: dict[str, Any]) -> Any:
    """Extruct's RDFa with its blank nodes put where they are named."""
    by_id = {each["@id"]: each for each in nodes}

    def single(each: dict[str, Any]) -> Any:
        inner = by_id.get(each.get("@id", ""))
        return from_triples(nodes, inner) if inner else each.get("@value", each.get("@id"))

    ours = "https://schema.org/"
    return {k: [single(each) for each in values] for k, values in node.items() if k.startswith(ours)}


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in GIVES_UP | OTHERWISE])
# Its reader of RDFa asks for the time in a way that Python 3.12 calls old.
@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")
def test_raw_data_is_what_extruct_reads(name: str) -> None:
    page, expected = document(name)
    url = expected["url"]
    syntaxes = ["json-ld", "microdata", "opengraph", "rdfa"]
    theirs = extruct.extract(page.source.text, base_url=url, syntaxes=syntaxes)
    assert alike(flat([block.data for block in jsonld.blocks(page)]), theirs["json-ld"])
    assert [in_extructs_form(thing) for thing in microdata.things(page, url)] == theirs["microdata"]
    assert opengraph.tags(page) == [pair for each in theirs["opengraph"] for pair in each["properties"]]
    typed = [node for node in theirs["rdfa"] if "Product" in str(node.get("@type"))]
    products = [triples(thing, "https://schema.org/") for thing in rdfa.things(page, url)]
    assert products == [from_triples(theirs["rdfa"], node) for node in typed]


@pytest.mark.parametrize("name", sorted(GIVES_UP))
def test_where_extruct_gives_up_we_do_not(name: str) -> None:
    page, expected = document(name)
    with pytest.raises((json.JSONDecodeError, RecursionError)):
        extruct.extract(page.source.text, base_url=expected["url"], syntaxes=["json-ld"])
    assert product_on(page, "json-ld", plan(), expected["url"]).diagnostics


def test_the_plans_own_mapping_counts_before_what_is_read() -> None:
    text = (DATA / "plain.html").read_text("utf-8").replace('"sku"', '"material": ["clay"], "sku"')
    fields = {"custom_field_1": "material", "brand": {"literal": "Barro"}, "name": {"selector": "title"}}
    found = product_on(page_of(text), "json-ld", plan(catalog={"source": "json-ld", "fields": fields}), URL)
    assert found.record
    assert {name: found.record[name] for name in fields} == {
        "custom_field_1": "clay",
        "brand": "Barro",
        "name": "Blue mug",
    }


def test_open_graph_is_completed_by_the_plan() -> None:
    text = (DATA / "open-graph.html").read_text("utf-8").replace("product:retailer_item_id", "x")
    fields = {"product_id": {"meta": "x"}}
    found = product_on(
        page_of(text), "open-graph", plan(catalog={"source": "open-graph", "fields": fields}), URL
    )
    assert found.record
    assert found.record["product_id"] == "mug-1"


SHOWN = """<!doctype html><title>x</title><meta name="sku" content="mug-1">
<b class="price">1,00</b>
<div id="product"><h1>Blue
 mug</h1><span class="price" data-amount="12.50">12,50 €</span>
<select name="c"><option value="a">A<option value="b" selected>B</select><i>x</i><i>y</i></div>"""


def source_of(product: dict[str, Any]) -> Any:
    return plan(pages={"product": {"match": "/p/*", "product": product}}).pages["product"].product  # type: ignore[attr-defined]  # made from the vocabulary


def test_a_page_may_be_read_by_selectors() -> None:
    fields = {
        "product_id": {"meta": "sku"},
        "name": {"selector": "h1"},
        "unit_price": {"selector": ".price", "number": "comma"},
        "unit_price_original": {"selector": ".price", "attribute": "data-amount"},
        "custom_field_1": {"selector": "select"},
        "tag": {"selector": "i", "all": True},
        "brand": {"literal": "Barro"},
    }
    found = product_on(page_of(SHOWN), source_of({"selector": "#product", "fields": fields}), plan(), URL)
    assert found.diagnostics == ()
    assert found.record == {
        "url": URL,
        "product_id": "mug-1",
        "name": "Blue mug",
        "unit_price": "12.50",
        "custom_field_1": "b",
        "tag": ("x", "y"),
        "brand": "Barro",
    }


def test_a_page_may_hold_its_product_as_json() -> None:
    text = '<!doctype html><title>x</title><script id=p>{"id":1,"title":"Mug","price":60.10}</script>'
    found = product_on(page_of(text), source_of({"selector": "#p"}), plan(), URL)
    assert found.record == {"url": URL, "product_id": "1", "name": "Mug", "unit_price": "60.10"}


@pytest.mark.parametrize("selector", ["#nothing", "a[["])
def test_a_selector_that_finds_nothing_is_a_finding(selector: str) -> None:
    found = product_on(page_of(SHOWN), source_of({"selector": selector}), plan(), URL)
    assert (found.record, told(found)) == (None, ["missing-product-data error "])


def test_the_other_formats_of_a_page_are_named_where_the_planned_one_is_absent() -> None:
    page, expected = document("other-format-only")
    assert product_on(page, "json-ld", plan(), expected["url"]).diagnostics[0].hint == (
        "the page has microdata: `product: microdata`"
    )


MICRODATA = """<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Mug</b>
<b itemprop="sku">mug-1</b><i itemprop="offers" itemscope itemtype="https://schema.org/Offer">
<b itemprop="price">%s</b></i></div>"""
JSON_LD = """<script type="application/ld+json">
{"@type": "Product", "name": "Mug", "sku": "mug-1", "offers": {"price": "12.50"}}</script>"""


def test_of_several_formats_the_first_that_has_a_product_counts() -> None:
    """And where they disagree, that is reported."""
    order: Any = source_of(["json-ld", "microdata"])  # type: ignore[arg-type]  # no source, a list
    begin, micro = "<!doctype html><title>x</title>", MICRODATA % "13.00"
    both = product_on(page_of(begin + micro + JSON_LD), order, plan(), URL)
    assert both.record
    assert both.record["unit_price"] == "12.50"
    assert told(both) == ["product-data-disagrees warning unit_price"]
    assert "JSON-LD counts" in both.diagnostics[0].message
    second = product_on(page_of(begin + micro), order, plan(), URL)
    assert second.record
    assert second.record["unit_price"] == "13.00"
    assert told(second) == []
    two = JSON_LD.replace("mug-1", "a") + JSON_LD.replace("mug-1", "b")
    undecided = product_on(page_of(begin + micro + two), order, plan(), URL)
    assert undecided.record
    assert undecided.record["product_id"] == "mug-1"


def test_no_product_in_any_of_several_formats_is_one_finding() -> None:
    order: Any = source_of(["rdfa", "microdata"])  # type: ignore[arg-type]  # no source, a list
    found = product_on(page_of("<!doctype html><title>x</title>" + JSON_LD), order, plan(), URL)
    assert [(d.message, d.hint) for d in found.diagnostics] == [
        ("no product in RDFa or microdata on this page", "the page has json-ld: `product: json-ld`")
    ]


def test_a_finding_stands_at_the_data() -> None:
    page, expected = document("ambiguous-comma")
    assert product_on(page, "json-ld", plan(), expected["url"]).diagnostics[0].place.line == 6


HOSTILE = [
    "[" * 200_000,
    '{"a":' * 200_000,
    '"' * 300_000,
    '"\\' * 200_000,
    "{" + "/*" * 200_000,
    "{" + "," * 300_000,
    "{" + ", " * 200_000 + "x",
    "<!--" * 100_000,
    '{"@type":"Product","offers":{"price":"' + "9" * 500_000 + '"}}',
    '{"@type":"Product","name":"x","sku":"y","offers":{"price":1e999999999}}',
    '{"@type":"Product","aggregateRating":{"ratingValue":1e99999,"bestRating":"1e-99999"}}',
    "[" + ",".join(['{"@type":"Product","name":"n"}'] * 20_000) + "]",
    "[" + ",".join(f'{{"@type":"Product","sku":"{n}"}}' for n in range(20_000)) + "]",
    '{"@type":["Product",{"a":1},null,7],"name":{"@value":{"x":1}},"offers":[[[[1]]]],"image":[{"url":{"@id":[]}}]}',
    '{"@id":"#a","@type":"Product","offers":{"@id":"#a"},"brand":{"@id":"#a"},"isVariantOf":{"@id":"#a"}}',
    '{"@type":"Product","__proto__":{"a":1},"sku":true,"name":[[]],"offers":{"price":null}}',
    '{"@type":'
    + "[" * 800
    + "]" * 800
    + ',"@id":'
    + "[" * 800
    + "]" * 800
    + ',"name":'
    + "[" * 800
    + "]" * 800
    + "}",
    "null",
    "\x00{}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:24])
def test_hostile_json_ld_is_a_finding(text: str) -> None:
    page = page_of(f'<!doctype html><title>x</title><script type="application/ld+json">{text}</script>')
    found = product_on(page, "json-ld", plan(), URL)
    assert found.record is None
    assert found.diagnostics


def test_hostile_microdata_ends() -> None:
    item = '<p id="i{0}" itemscope itemprop="a" itemref="{1}"></p>'
    names = " ".join(f"i{n}" for n in range(40))
    body = "".join(item.format(n, names) for n in range(40))
    product = f'<div itemscope itemtype="https://schema.org/Product" itemref="{names}">{body}</div>'
    page = page_of("<!doctype html><title>x</title>" + product)
    assert product_on(page, "microdata", plan(), URL).record is None


def test_a_long_script_is_not_read() -> None:
    block = jsonld.read("[" + " " * jsonld.MAX_TEXT + "]", Place("x.html"))
    assert block.fault == "it has 2,000,002 characters"
