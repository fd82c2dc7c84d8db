"""What a single value of a plan looks like: a selector, a text, GA4's events, a bracket."""

from __future__ import annotations

import json
from typing import Any

import pytest

from connectif_kit.plan import values
from connectif_kit.plan.load import load
from connectif_kit.plan.models import Plan
from connectif_kit.plan.sources.data_layer import DataLayer
from connectif_kit.plan.sources.literal import Literal
from connectif_kit.vocabulary.page_category import PAGE_CATEGORY
from connectif_kit.vocabulary.product import PRODUCT

STORE = {"id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "environment": "eu5", "url": "https://shop.example"}


@pytest.mark.parametrize(
    "text",
    [
        *("h1", "h6", "title", ".price", "#main", "a.price", "a > b", "ul .x", "meta[name=x]", "[data-x]"),
        *("h1 + p", "h1 ~ p", "input[type='email']", "a:hover", "p::first-line", "li:nth-child(2)", "*.x"),
    ],
)
def test_what_only_a_selector_is_written_like(text: str) -> None:
    assert values.like_selector(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "main",
            "footer",
            "h7",
            "Mugs",
            "new arrivals",
            "a-b c",
            "",
            "Mugs & plates",
            "12.50",
            "Hello, you!",
            "ul li",
        ),
        *("Mug > Plate", "www.shop.example", "." + "x" * 199, "p,"),
    ],
)
def test_a_word_that_a_shop_may_mean_is_no_selector(text: str) -> None:
    assert not values.like_selector(text)


def test_a_text_of_less_than_two_hundred_characters_may_be_a_selector() -> None:
    assert values.like_selector("." + "x" * 198)


@pytest.mark.parametrize(
    "selector", ["h1", "_a-1", ".price", "a > b", "[a='b']", '[a="b"]', """[a="b"][c='d']""", "é", "a.b"]
)
def test_a_selector_that_we_suggest_is_read_back_from_a_plan(selector: str) -> None:
    written = values.selector_source(selector)
    text = f"store: {json.dumps(STORE)}\npages: {{category: {{match: /c, page_category: {written}}}}}\n"
    page = load("connectif.yaml", text.encode()).plan.pages["category"]
    [(source,)] = page.labels().values()
    assert source.selector == selector  # type: ignore[attr-defined]  # a Selector, or this fails
    assert "\\u" not in written


def test_a_selector_is_suggested_as_one_would_write_it() -> None:
    assert values.selector_source("h1") == "{selector: h1}"
    assert values.selector_source(".price") == '{selector: ".price"}'
    assert values.selector_source('[a="b"]') == """{selector: '[a="b"]'}"""


def literal(**how: Any) -> Literal:
    return Literal.model_validate({"literal": " 3 > 4 ", **how})


def test_a_literal_is_checked_as_it_is_sent() -> None:
    assert values.literal_text(literal()) == "3 > 4"
    assert values.literal_text(Literal(literal=12.5)) == "12.5"
    assert values.literal_text(Literal(literal=True)) == "true"
    assert values.literal_text(literal(prefix="x")) == "3 > 4"
    assert values.literal_text(literal(default="x")) == "3 > 4"


@pytest.mark.parametrize(
    "how", [{"split": ">"}, {"map": {"a": "b"}}, {"levels": ">"}, {"number": "auto"}, {"base": "https://x.y"}]
)
def test_what_is_made_of_a_literal_first_is_not_judged_before(how: dict[str, Any]) -> None:
    assert values.literal_text(literal(**how)) is None


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("url", "/p/mug/", ""),
        ("url", "https://shop.example/p", ""),
        ("url", "//cdn.example/p", "address"),
        ("url", "p/mug", "address"),
        ("unit_price", "12.50", ""),
        ("unit_price", "12,50", "number"),
        ("rating_value", "4.5", ""),
        ("rating_value", "7", "at most 5"),
        ("name", "/", ""),
    ],
)
def test_a_literal_that_cannot_be_a_propertys_value_says_what_is_expected(
    name: str, text: str, fault: str
) -> None:
    found = values.literal_fault(PRODUCT.by_html[name], text)
    assert (fault in found) if fault else not found


def test_a_label_that_is_too_long_is_no_fault_of_the_value() -> None:
    assert PAGE_CATEGORY.label
    assert PAGE_CATEGORY.label.max_length
    assert values.literal_fault(PAGE_CATEGORY.label, "x" * 1000) == ""


def test_the_events_of_ga4_are_known() -> None:
    assert values.layer_names(DataLayer(data_layer="purchase")) == ["purchase"]
    assert values.layer_names(DataLayer(data_layer=["a", "b"])) == ["a", "b"]
    for name in ("add_to_cart", "remove_from_cart", "view_cart", "view_item", "purchase", "search", "login"):
        assert values.speaks_ga4(DataLayer(data_layer=name)), name
        assert values.speaks_ga4(DataLayer(data_layer=["x", name])), name
    assert not values.speaks_ga4(DataLayer(data_layer="order_placed"))
    assert not values.speaks_ga4(Literal(literal="purchase"))


def test_a_template_names_its_places() -> None:
    assert values.placeholders("/p/{id}-{name}/{}/x}") == ["id", "name", ""]


@pytest.mark.parametrize(
    ("selector", "partner"),
    [
        ("a[b]", ""),
        ("a:not(.b[c])", ""),
        ("a[b='(']", ""),
        ('a[b="]\'"]', ""),
        (r"a\[b", ""),
        (r"a[b='\'']", ""),
        ("a[b", "["),
        ("a:not(b", "("),
        ("a:not(b]", "]"),
        ("a]", "]"),
        ("a)", ")"),
        ("a[b='c]", "'"),
        ('a[b="c]', '"'),
        (r"a[b='\']", "'"),
        ("(a[b]", "("),
        ("a[b)]", ")"),
    ],
)
def test_a_bracket_without_its_partner_is_named(selector: str, partner: str) -> None:
    assert values.unbalanced(selector) == partner


def test_a_plan_with_each_of_ga4s_cart_events_is_accepted() -> None:
    for name in sorted(values.MIRRORED):
        plan = Plan.model_validate({"store": STORE, "cart": {"data_layer": name}})
        assert isinstance(plan.cart, DataLayer)
        assert plan.cart.data_layer == name
