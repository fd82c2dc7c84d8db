"""The audit reads structured data as the catalogue does: what one understands the other does."""

from __future__ import annotations

import pytest

from connectif_kit.audit.context import PageContext
from connectif_kit.audit.page_run import check, rules
from connectif_kit.core.diagnostics import Diagnostic
from connectif_kit.page.html import decode, parse
from connectif_kit.plan.load import load
from tests.audit_pages import product

PLAN = load(
    "connectif.yaml",
    b"""
store: {id: 9d1f8a52-7c1b-4a54-8f43-2a6a3de1c0aa, environment: eu5, url: "https://shop.example",
  currency: EUR}
pages: {product: {match: "/p/*", product: json-ld}}
""",
)


def ld(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


def found(html: str) -> list[Diagnostic]:
    page = parse(decode("page.html", f"<!doctype html><body>{html}{product(1, '12')}</body>".encode()))
    return check(PageContext(page, "/p/1/", PLAN), [rules()["contradicted-value"]])


OFFER = '"offers": {"price": "10", "priceCurrency": "EUR"}'
CONTRADICTING = {
    "type as an address": ld(f'{{"@type": "https://schema.org/Product", {OFFER}}}'),
    "type as a name of its prefix": ld(f'{{"@type": "schema:Product", {OFFER}}}'),
    "two types": ld(f'{{"@type": ["Thing", "http://schema.org/Product"], {OFFER}}}'),
    "in a graph": ld(f'{{"@graph": [{{"@type": "WebSite"}}, {{"@type": "Product", {OFFER}}}]}}'),
    "as a page's main thing": ld(f'{{"@type": "ItemPage", "mainEntity": {{"@type": "Product", {OFFER}}}}}'),
    "offer elsewhere": ld(
        '[{"@type": "Product", "offers": {"@id": "#o"}}, {"@id": "#o", "@type": "Offer", "price": 10}]'
    ),
    "a specification": ld('{"@type": "Product", "offers": {"priceSpecification": {"price": "10.00"}}}'),
    "a comma too many": ld(f'{{"@type": "Product", {OFFER},}}'),
    "long names": ld('{"@type": "Product", "https://schema.org/offers": {"https://schema.org/price": 10}}'),
    "microdata": '<div itemscope itemtype="https://schema.org/Product"><b itemprop="offers" itemscope>'
    '<meta itemprop="price" content="10"></b></div>',
    "RDFa": '<div vocab="https://schema.org/" typeof="Product"><b property="offers" typeof="Offer">'
    '<meta property="price" content="10"></b></div>',
    "Open Graph": '<meta property="product:price:amount" content="10.00">',
    "Open Graph by name": '<meta name="og:price:amount" content="10.00">',
}


@pytest.mark.parametrize("name", CONTRADICTING)
def test_a_price_that_the_tag_contradicts_is_reported(name: str) -> None:
    (one,) = found(CONTRADICTING[name])
    assert "`unit_price` is `12`" in one.message


SILENT = {
    "the same": ld('{"@type": "Product", "offers": {"price": 12.0}}'),
    "another product": ld(f'{{"@type": "Product", "sku": "other", {OFFER}}}'),
    "a range": ld('{"@type": "Product", "offers": {"@type": "AggregateOffer", "lowPrice": 10}}'),
    "two prices": ld('{"@type": "Product", "offers": [{"price": 10}, {"price": 12}]}'),
    "several products": ld(
        f'[{{"@type": "Product", "name": "A", {OFFER}}}, {{"@type": "Product", "name": "B"}}]'
    ),
    "a template": f"<template>{CONTRADICTING['type as an address']}{CONTRADICTING['microdata']}</template>",
    "a number that may be two": ld('{"@type": "Product", "offers": {"price": "1,234"}}'),
    "a title for readers": '<meta property="og:type" content="product">'
    '<meta property="og:title" content="Mug | Shop">',
    "a code of another kind": ld('{"@type": "Product", "gtin13": "8412345678905", "offers": {"price": 12}}'),
}


@pytest.mark.parametrize("name", SILENT)
def test_what_is_no_contradiction_is_not_reported(name: str) -> None:
    assert found(SILENT[name]) == []


def test_another_currency_than_the_store_s_is_reported() -> None:
    dollars = CONTRADICTING["type as an address"].replace("EUR", "usd").replace('"10"', '"12"')
    (one,) = found(dollars)
    assert "is in USD, the store in EUR" in one.message
