"""A table's rows are read in bulk, and make what each of them would make by itself."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectif_kit.catalog import Catalogue
from connectif_kit.catalog.fields import Mapper
from connectif_kit.catalog.reading import Reading
from connectif_kit.catalog.row import Block, one_by_one
from connectif_kit.catalog.rows import blocks
from connectif_kit.plan.load import load
from connectif_kit.vocabulary.product import PRODUCT

STORE = {"id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "environment": "eu5", "url": "https://shop.example/es"}
PLANS: list[dict[str, Any]] = [
    {"store": {**STORE, "currency": "EUR"}},
    {"store": STORE},
    {"store": {**STORE, "currency": "EUR"}, "catalog": {"url": "/p/{product_id}/", "rates": {"USD": 0.9}}},
    {
        "store": {**STORE, "currency": "EUR", "time_zone": "Europe/Madrid"},
        "catalog": {
            "url": "/p/{product_id}/",
            "fields": {
                "product_id": "id",
                "name": ["name", "title"],
                "unit_price": {"path": "price", "number": "auto"},
                "unit_price_original": {"path": "sale_price", "number": "comma"},
                "availability": {"path": "stock", "map": {"yes": "InStock"}, "default": "OutOfStock"},
                "category": {"path": "category", "split": "|", "levels": ">"},
                "tag": {"template": "{name}-{brand}"},
                "brand": {"literal": "Own"},
                "description": {"path": "nowhere"},
            },
        },
    },
]
NAMES = [
    "id",
    "name",
    "title",
    "price",
    "sale_price",
    "price_usd",
    "currency",
    "price@currency",
    "link",
    "url",
    "description",
    "image_link",
    "availability",
    "stock",
    "category",
    "tags",
    "brand",
    "rating_value",
    "published_at",
    "discounted_percentage",
    "other",
]
CELLS = [
    "",
    " ",
    "1",
    "12.50",
    " 9.99 ",
    "1.299",
    "1,5",
    "12 EUR",
    "12.50 USD",
    "$9",
    "-3",
    "EUR",
    "USD",
    "€",
    "in stock",
    "yes",
    "0",
    "A & B",
    "a &amp; b",
    "x;y & z",
    "two\nlines",
    "tab\there",
    "\xa0",
    "caf\xe9",
    "A > B|C",
    "/A/B",
    "/p/1/",
    "https://shop.example/p/1/",
    "https://shop.example/a b",
    "2026-01-02",
    "2026-01-02T03:04:05Z",
    "4.5",
    "7",
    "\x00",
    "<b>bold</b> &nbsp; &",
]


def catalogue(plan: dict[str, Any], text: str) -> tuple[Catalogue, Catalogue]:
    """A plan's catalogue, and the same one read row by row."""
    made = json.dumps({**plan, "catalog": {"source": "p.csv", **plan.get("catalog", {})}})
    loaded = load("connectif.yaml", made.encode())

    def opened() -> io.BytesIO:
        return io.BytesIO(text.encode())

    def one() -> Catalogue:
        reading = Reading.of(loaded)
        return Catalogue(
            "p.csv", opened, Mapper(reading.fields, PRODUCT, reading.context), loaded.plan, reading
        )

    single = one()
    single._bulk = lambda _: _Unable()  # type: ignore[assignment]  # as where no block can be read
    return one(), single


class _Unable:
    able = False


@st.composite
def tables(draw: st.DrawFn) -> str:
    header = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=9, unique=draw(st.booleans())))
    some = [draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=3)) for _ in header]
    rows = draw(st.lists(st.tuples(*map(st.sampled_from, some)), max_size=12))
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


@pytest.mark.parametrize("plan", PLANS, ids=["currency", "bare", "rates", "mapped"])
@settings(max_examples=150, deadline=None)
@given(text=tables())
def test_bulk_makes_what_single_rows_make(plan: dict[str, Any], text: str) -> None:
    bulk, single = catalogue(plan, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "connectif_kit.catalog.text.BLOCK", 40
        )  # rows of a block whose header is new are single
        assert list(bulk.placed()) == list(single.placed())
    assert bulk.problems == single.problems
    assert (bulk.seen, bulk.left_out) == (single.seen, single.left_out)


@pytest.mark.parametrize(("plan", "kept"), [(PLANS[0], 10), (PLANS[2], 30)], ids=["refused", "converted"])
def test_a_price_in_another_currency_is_seen_in_bulk_too(plan: dict[str, Any], kept: int) -> None:
    rows = [
        f"{n},Mug,{price},{code},https://shop.example/es/p/{n}/\n"
        for n in range(0, 30, 3)
        for n, price, code in ((n, "12.50", "EUR"), (n + 1, "12.50", "USD"), (n + 2, "12.50 USD", ""))
    ]
    bulk, single = catalogue(plan, "id,name,price,currency,link\n" + "".join(rows))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("connectif_kit.catalog.text.BLOCK", 40)
        found = list(bulk.placed())
        assert found == list(single.placed())
    assert len(found) == kept
    assert bulk.problems == single.problems


@given(text=st.text(alphabet='a1,;"\n\r \udcff\xe9', max_size=80), size=st.integers(1, 40))
def test_blocks_of_any_size_have_the_same_rows(text: str, size: int) -> None:
    data = b"a,b,c,d\n" + text.encode("utf-8", "surrogateescape")

    def read(most: int) -> list[Any]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("connectif_kit.catalog.text.BLOCK", most)
            found = one_by_one(blocks("p.csv", io.BytesIO(data)))
            return [(row.place, dict(row.data), row.problem) for row in found]

    assert read(size) == read(1 << 17)


def test_a_large_file_is_blocks_but_for_the_rows_that_are_odd(tmp_path: Path) -> None:
    rows = [f'{n},"a {n}, b",{n}.50\n' for n in range(5000)]
    rows[3000] = "3000,short\n"
    rows[4000] = '4000,"two\nlines",1.50\n'
    path = tmp_path / "p.csv"
    path.write_text("id,name,price\n" + "".join(rows))
    with path.open("rb") as stream:
        found = list(blocks("p.csv", stream))
    single = [each for each in found if not isinstance(each, Block)]
    assert [row.place.line for row in single] == [3002]
    assert sum(len(each.cells) for each in found if isinstance(each, Block)) == 4999
    lines = [line for each in found if isinstance(each, Block) for line in each.lines]
    assert lines[-1] == 5002
