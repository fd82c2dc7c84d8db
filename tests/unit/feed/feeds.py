"""Products, and the feed that is made of them."""

from __future__ import annotations

from xml.etree import ElementTree

from connectif_kit.core.diagnostics import Diagnostic, Place
from connectif_kit.feed import authorised_only, rss
from connectif_kit.plan.load import load
from connectif_kit.vocabulary.model import Record

G = "{http://base.google.com/ns/1.0}"
STORE = """
store:
  id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11
  environment: eu5
  url: https://shop.example
  domains: ["https://shop.example", "https://*.shop.example"]
  currency: EUR
catalog: {source: products.csv}
"""


def product(**more: object) -> Record:
    record = {"url": "https://shop.example/p/1/", "product_id": "1", "name": "Mug", "unit_price": "60.10"}
    return {**record, **more}  # type: ignore[dict-item]  # some tests give what no record holds


def feed(*records: Record, store: str = "") -> tuple[ElementTree.Element, list[Diagnostic]]:
    told: list[Diagnostic] = []
    plan = load("connectif.yaml", (store or STORE).encode()).plan
    placed = ((Place("products.csv", n + 2), record) for n, record in enumerate(records))
    text = "".join(rss(authorised_only(placed, plan, told.append), plan, told.append))
    return ElementTree.fromstring(text.encode()), told


def items(*records: Record) -> list[list[tuple[str, str | None]]]:
    root, told = feed(*records)
    assert told == []
    return [[(e.tag.removeprefix(G), e.text) for e in item] for item in root.iterfind("channel/item")]
