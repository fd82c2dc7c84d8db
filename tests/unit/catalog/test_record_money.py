"""Prices of an object: their decimals, and the currency that they are in, wherever that is said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from connectif_kit.catalog.fields import Context, Mapper, usable
from connectif_kit.catalog.price import currencies
from connectif_kit.core.diagnostics import Place
from connectif_kit.vocabulary import ENTITIES
from connectif_kit.vocabulary.product import PRODUCT
from tests.unit.catalog.records import GOOD, STORE, good, read, said


@pytest.mark.parametrize("row", [{"cost": "9", "cost@currency": "USD"}, {"cost_usd": "9"}])
def test_a_price_that_is_taken_as_it_is_says_its_currency_too(row: dict[str, Any]) -> None:
    assert "is in USD" in said({**GOOD, **row}, {"unit_price": next(iter(row))}, currency="EUR")
    ours = {name.replace("usd", "eur"): cell.replace("USD", "EUR") for name, cell in row.items()}
    assert good({**GOOD, **ours}, {"unit_price": next(iter(ours))}, currency="EUR")["unit_price"] == "9"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"price": "12.50 USD"}, "USD"),
        ({"price": "12.50", "currency": "USD"}, "USD"),
        ({"price": "12.50", "g:currency": "USD"}, "USD"),
        ({"price": "12.50", "price@currency": "USD"}, "USD"),
        ({"price_usd": "12.50"}, "USD"),
        ({"money": {"amount": "12.50", "currency": "USD"}}, "USD"),
        ({"price": "12.50", "currency": "EUR"}, ""),
        ({"price": "12.50"}, ""),
        ({"price": "12.50", "price@currency": "EUR", "currency": "USD"}, ""),
    ],
)
def test_a_price_in_another_currency_is_refused_wherever_it_says_so(data: dict[str, Any], code: str) -> None:
    row = {name: text for name, text in GOOD.items() if name != "unit_price"} | data
    path = {"money": "money.amount", "price_usd": "price_usd"}.get(next(iter(data)), "price")
    fields = {"unit_price": {"path": path, "number": "auto"}}
    found, problems = read(row, fields, currency="EUR")
    assert [problem.message for problem in problems] == (
        [f"`unit_price` is in {code}, the store's currency is EUR"] if code else []
    )
    assert ("unit_price" in found) == (not code)
    if code:
        assert "catalog.rates: {USD: …}" in problems[0].hint
        assert not usable(problems)
        converted, none = read(row, fields, currency="EUR", rates={"USD": Decimal("0.9")})
        assert (converted["unit_price"], none) == ("11.25", [])


def test_a_price_that_says_another_currency_than_its_row_is_taken_and_reported() -> None:
    fields = {"unit_price": {"path": "unit_price", "number": "auto"}}
    found, problems = read({**GOOD, "unit_price": "12.50 EUR", "currency": "USD"}, fields, currency="EUR")
    assert found["unit_price"] == "12.50"
    assert [each.message for each in problems] == ["`unit_price`: it is in EUR, and its row says USD"]
    assert usable(problems)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("BTC", "`unit_price` is in BTC, the store's currency is EUR"),
        ("points", "`currency`: `points` is not a currency that is known"),
    ],
)
def test_a_rows_currency_that_nobody_knows_is_reported(word: str, message: str) -> None:
    found, problems = read({**GOOD, "currency": word}, currency="EUR")
    assert [each.message for each in problems] == [message]
    assert ("unit_price" in found) == usable(problems)


@pytest.mark.parametrize("currency", ["EUR", "USD", ""])
@pytest.mark.parametrize("price", ["12.50 USD EUR", "€12.50 USD", "EUR 12.50 CHF"])
def test_a_price_in_two_currencies_at_once_is_refused(price: str, currency: str) -> None:
    found, problems = read(
        {**GOOD, "unit_price": price},
        {"unit_price": {"path": "unit_price", "number": "auto"}},
        currency=currency,
    )
    assert "unit_price" not in found
    assert problems[0].message.endswith("at once")
    assert not usable(problems)


def test_a_sign_of_several_currencies_is_explained_with_the_first_of_them() -> None:
    fields = {"unit_price": {"path": "unit_price", "number": "auto"}}
    [problem] = read({**GOOD, "unit_price": "$12.50"}, fields, currency="EUR")[1]
    assert "`unit_price` is in " in problem.message
    first = min(currencies("$12.50"))
    assert f"`catalog.rates: {{{first}: …}}`" in problem.hint


def test_a_rows_currency_is_heard_beside_a_column_that_says_none() -> None:
    assert "is in USD" in said({**GOOD, "currency": "USD"}, currency="EUR")
    plain = {"unit_price": {"path": "unit_price"}}
    assert "is in USD" in said({**GOOD, "currency": "USD"}, plain, currency="EUR")
    assert good({**GOOD, "currency": "USD"}, currency="USD")


def test_the_column_that_the_plan_names_says_the_currency_and_no_other() -> None:
    row = {**GOOD, "money_of": "USD", "currency": "EUR"}
    assert "is in USD" in said(row, currency="EUR", currency_path="money_of")
    assert good({**GOOD, "money_of": "EUR", "currency": "USD"}, currency="EUR", currency_path="money_of")


def test_an_order_in_another_currency_is_never_converted() -> None:
    order = {"purchase_id": "o", "total_price": "10", "total_quantity": "1", "currency": "USD"}
    problems = read(order, entity=ENTITIES["purchase"], currency="EUR", rates={"USD": Decimal("0.9")})[1]
    assert any("is in USD, the store's currency is EUR" in problem.message for problem in problems)


def test_a_store_without_a_currency_takes_the_first_and_no_second() -> None:
    mapper = Mapper({}, PRODUCT, Context(store_url=STORE["url"]))
    rows = [{**GOOD, "currency": code} for code in ("USD", "USD", "EUR", "USD")]
    problems = [mapper.record(row, Place("p.csv", 1))[1] for row in rows]
    assert [len(each) for each in problems] == [0, 0, 1, 0]
    [foreign] = problems[2]
    assert foreign.message == "`unit_price` is in EUR, rows before it are in USD"
    assert "`currency: EUR` in `store`" in foreign.hint
