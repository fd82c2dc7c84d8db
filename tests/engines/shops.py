"""A store's templates, the tags that they make, and the DOM that an engine's output is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connectif_kit.build.targets.shape import Property
from connectif_kit.page.html import Node, decode, parse
from connectif_kit.plan.variables import Templates, variable_of
from connectif_kit.vocabulary.model import Record, Value

STORE = 'store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}\n'
OWN_NAMES = STORE
MAPPED = (
    STORE
    + r"""
templates:
  product:
    var: page.item
    fields:
      url: {var: link, prefix: "https://shop.example/{{x}}{%y%}<?z?>\\'\"&`"}
      product_id: sku
      name: name
      unit_price: price.amount
      description: deep.er.still
      image_url: images.0
      thumbnail_url: pictures.1.src
      category: the-categories
      tag: more.labels
      brand: {literal: "Loza & <Barro> {{7*7}} <%= 1 %> <?= 2 ?> ${3} 'x' \"y\""}
      review_count: count
  contact:
    var: user
    fields:
      primary_key: email
      _name: first-name
      interests: {var: likes, options: true}
      rooms: {var: house.rooms, options: true}
      shoe: {var: shoe.size}
  cart:
    var: the.cart
    fields:
      cart_id: id
      total_price: total
      product_basket_item: {var: in.lines, fields: {
        product_id: sku, name: items, price: total.gross, category: categories, brand: {literal: own}}}
  purchase: {var: "", fields: {
    purchase_id: order_id, total_price: total.amount, product_basket_item: {var: order_lines}}}
  search: {fields: {search_text: query}}
  page_category: page.sections
  page_tag: {literal: "summer & {{sale}}"}
"""
)


def expected(templates: Templates, whole: Property, record: Record, name: str) -> Record:
    """The record as the plan wants it written: its literals and prefixes are part of it."""
    given = variable_of(templates, name).fields or {}
    out: dict[str, Value] = {}
    for each in whole.inside:
        value = record.get(each.name)
        if each.fixed:
            out[each.name] = given[each.name].literal or ""
        elif each.inside and isinstance(value, tuple):
            lines = [line for line in value if isinstance(line, Mapping)]
            out[each.name] = tuple(_line(each, line) for line in lines)
        elif isinstance(value, tuple) and not each.options:
            out[each.name] = tuple(item for item in value if isinstance(item, str) and item)
        elif value is not None and each.prefix:
            out[each.name] = given[each.name].prefix + str(value)
        elif value is not None:
            out[each.name] = value
    return out


def _line(each: Property, line: Record) -> Record:
    fixed = {inner.name: inner.fixed for inner in each.inside if inner.fixed}
    return {
        inner.name: value for inner in each.inside if (value := fixed.get(inner.name, line.get(inner.name)))
    }


Shape = tuple[str, frozenset[tuple[str, str]], "str | tuple[Any, ...]"]


def dom(html: str) -> list[Shape]:
    """What a page's body holds, but for the blanks between elements."""
    body = parse(decode("page", f"<!doctype html><body>{html}".encode())).body
    assert body
    return [_element(node) for node in body.children]


def _element(node: Node) -> Shape:
    children = tuple(_element(child) for child in node.children)
    between = "".join(node.text.split()) == "".join("".join(child.text.split()) for child in node.children)
    assert not children or between, f"stray text in {node.text!r}"
    bare = not children and ("style" in node.attributes or node.tag == "div") and not node.text.strip()
    return node.tag, frozenset(node.attributes.items()), children or ("" if bare else node.text)
