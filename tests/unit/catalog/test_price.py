"""Prices as people write them: right or refused, never another price."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectif_kit.catalog import convert
from connectif_kit.catalog.currencies import codes_in, converted
from connectif_kit.catalog.price import (
    BLANKS,
    MAX_NUMBER,
    ambiguous,
    currencies,
    maybe_thousands,
    number,
    pattern,
    without_noise,
)
from connectif_kit.plan.models import Plan
from connectif_kit.vocabulary.currencies import ABBREVIATED, MARKS

# The examples of price-parser's tests (Zyte, BSD licence beside the file): a text, and the amount that
# its maintainers read in it; those that need a hint about the decimal sign are left out.
from tests.tools import ROOT

TABLE: list[tuple[str, str | None]] = json.loads((ROOT / "tests/data/price_texts.json").read_text("utf-8"))

amounts = st.decimals(min_value=0, max_value=9_999_999, places=2)
marks = st.sampled_from(sorted(MARKS))
BLANK = "\u00a0"
STORE = {"id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11", "environment": "eu5", "url": "https://shop.example"}


def test_no_text_of_another_librarys_table_is_read_wrong() -> None:
    read = [(text, number(text.strip()), amount) for text, amount in TABLE]
    right = [text for text, got, amount in read if got and amount and Decimal(got) == Decimal(amount)]
    refused = [text for text, got, _ in read if not got]
    assert {text for text, _, _ in read} - set(right) - set(refused) == set()
    assert len(right) > 0.7 * len(TABLE)


def grouped(amount: Decimal, group: str, sign: str) -> str:
    return f"{amount:,.2f}".replace(",", "\0").replace(".", sign).replace("\0", group)


@given(amounts, st.sampled_from([",.", ".,", "'.", "’.", " ,", f"{BLANK},", " ."]), marks, st.integers(0, 3))
def test_an_amount_in_any_notation_is_itself(amount: Decimal, signs: str, mark: str, where: int) -> None:
    written = grouped(amount, signs[0], signs[1])
    text = [written, f"{mark} {written}", f"{written} {mark}", f"{written}{BLANK}{mark}"][where]
    assert Decimal(number(text)) == amount
    if where:
        assert currencies(text) == MARKS[mark]


@given(st.integers(1000, 9_999_999), st.sampled_from(",."), marks)
def test_thousands_alone_are_never_taken_for_decimals(amount: int, group: str, mark: str) -> None:
    text = grouped(Decimal(amount), group, "|").removesuffix("|00")
    for written in (text, f"{text} {mark}"):
        assert number(written) in ("", str(amount))


@given(
    st.text(alphabet="0123456789.,'’ -–—%€$*:xkMRs/\u00a0()\u2212", max_size=12),
    st.sampled_from(["auto", "point", "comma"]),
)
def test_no_digit_of_a_text_is_lost_or_added(text: str, style: str) -> None:
    got = number(text, style)
    if not got:
        return
    digits = "".join(c for c in text if c in "0123456789")
    assert got.lstrip("-").replace(".", "") in (digits, f"0{digits}")
    assert Decimal(got) <= Decimal(digits)
    beside = text.replace("RM", "")  # ringgit; an M by itself says millions
    assert not set(beside) & set("%xkM()")


@given(st.text(alphabet=st.characters(categories=["L", "Nd", "P", "S", "Z"]), max_size=20))
def test_a_word_that_is_no_currency_refuses_the_price(text: str) -> None:
    words = "".join(c if c.isalpha() else " " for c in text).split()
    known = {part for mark in MARKS for part in "".join(c if c.isalpha() else " " for c in mark).split()}
    if number(text):
        assert set(words) <= known | {"price", "Price", "Precio", "precio", "PVP"}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("12,50 €", {"EUR"}),
        ("euro", {"EUR"}),
        ("US $12", {"USD"}),
        ("R$ 12", {"BRL"}),
        ("12 Kč", {"CZK"}),
        ("12 CHF", {"CHF"}),
        ("Rs. 12", {"INR", "PKR"}),
        ("12", set()),
        ("Rubber", set()),
    ],
)
def test_a_text_says_which_currency_it_can_mean(text: str, codes: set[str]) -> None:
    assert currencies(text) == codes


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("-12,50 €", "-12.50"),
        ("\u22121.234,56", "-1234.56"),
        ("-€12", "-12"),
        ("-.99", "-0.99"),
        (".99", "0.99"),
        (",5", "0.5"),
        ("1.299,-", "1299"),
        ("1,299.-", "1299"),
        ("12,34,567", "1234567"),
        ("0" * 40, "0" * 40),
        ("0" * 41 + "x", ""),
        ("1" * (MAX_NUMBER - 2) + " €", "1" * (MAX_NUMBER - 2)),
        ("1" * (MAX_NUMBER - 1) + " €", ""),
        ("12,5", "12.5"),
        ("1,234", ""),
    ],
)
def test_a_price_is_read_with_its_sign_and_its_own_notation(text: str, read: str) -> None:
    assert number(text) == read


def test_a_dollar_may_be_any_dollar_and_no_euro() -> None:
    assert {"USD", "MXN", "CLP"} <= currencies("$12")
    assert "EUR" not in currencies("$12")


@pytest.mark.parametrize("mark", sorted(MARKS))
def test_whatever_may_stand_beside_a_price_tells_its_currency_in_files_too(mark: str) -> None:
    assert MARKS[mark] <= codes_in(f"12 {mark}")
    assert codes_in(f"12 {mark}") & MARKS[mark] == codes_in(f"{mark}12") & MARKS[mark]


def test_two_words_for_one_currency_tell_which_it_is() -> None:
    assert codes_in("US $12") == {"USD"}


def test_a_number_of_two_readings_is_ambiguous_and_nothing_else_is() -> None:
    texts = ("1,234", "1.234", "1.234 €", "12.50", "1234", "1.234,5", "", "ask us", "12,50")
    assert [text for text in texts if ambiguous(text)] == ["1,234", "1.234", "1.234 €"]


def test_a_plain_decimal_that_may_be_thousands_is_known() -> None:
    texts = ("1.299", "129.900", "0.125", "12.5", "1299", "1.2990", "", "ask us", "12 a")
    assert [text for text in texts if maybe_thousands(text)] == ["1.299", "129.900"]


@pytest.fixture(scope="module")
def browser_number() -> Iterator[Callable[[str, str], str]]:
    """What the dispatcher makes of a text, by the part that it is built from."""
    part = ROOT / "templates/parts/dispatcher/transform.js"
    with subprocess.Popen(
        ["node", str(ROOT / "tests/unit/catalog/number_face.mjs"), str(part), pattern()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as node:
        assert node.stdin
        assert node.stdout

        def read(text: str, style: str) -> str:
            print(json.dumps([text, style]), file=node.stdin, flush=True)
            found: str = json.loads(node.stdout.readline())  # type: ignore[union-attr]  # made sure of above
            return found

        yield read
        node.stdin.close()


pieces = st.lists(
    st.one_of(
        st.sampled_from(
            [*sorted(MARKS), *ABBREVIATED, "Price:", "from", "%", "-", "\u2212", ",-", ".", ",", "'", "*"]
        ),
        st.sampled_from([" ", "\u00a0", "\u202f", "\u200f", "\t", "\ufeff", "?"]),
        st.integers(0, 99_999).map(str),
        amounts.map(str),
        st.sampled_from(["1.299", "1,299.00", "1.299,00", "12,34,567", ".99", ",5"]),
    ),
    max_size=6,
).map("".join)
styles = st.sampled_from(["auto", "point", "comma"])


@given(st.one_of(pieces, st.sampled_from([text for text, _ in TABLE])), styles)
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_browser_reads_every_text_alike(
    browser_number: Callable[[str, str], str], text: str, style: str
) -> None:
    plan = Plan.model_validate(
        {"store": STORE, "catalog": {"fields": {"unit_price": {"path": "n", "number": style}}}}
    )
    ours = convert.apply(plan.catalog.fields["unit_price"], text)
    bare = text.strip(BLANKS)
    assert ours == (browser_number(bare, style) if bare else None)


@pytest.mark.parametrize(
    ("currency", "want"),
    [("EUR", "10.01"), ("JPY", "10"), ("KWD", "10.006"), ("CLF", "10.0056"), (None, "10.01")],
)
def test_a_converted_price_has_its_currencys_decimals(currency: str | None, want: str) -> None:
    assert converted("9", Decimal("1.111733"), currency) == want


def test_one_table_tells_of_a_currency_alike_beside_a_price_and_alone() -> None:
    for mark, codes in MARKS.items():
        alone = codes_in(f"1 {mark}")
        assert codes <= alone or mark in ("US", "AU", "CA", "NZ"), mark
    assert codes_in("ca. 12 €") == {"EUR"}


@pytest.mark.parametrize(
    ("plain", "want"),
    [
        ("19.990000000000002", "19.99"),
        ("0.30000000000000004", "0.3"),
        ("12.12345678", "12.12345678"),  # eight decimals may be meant
        ("12.123456789", "12.123457"),
        ("120.000000000001", "120"),
        ("000000000012", "000000000012"),  # no fraction, nothing to tidy
        ("12.123456789 EUR", "12.123456789 EUR"),
    ],
)
def test_what_binary_fractions_leave_behind_is_taken_off(plain: str, want: str) -> None:
    assert without_noise(plain) == want


@pytest.mark.parametrize(
    ("text", "want"), [("kr. 12", "12"), ("Rs. 500", "500"), ("12 руб.", "12"), ("zl. 12", "")]
)
def test_an_abbreviated_currency_may_have_its_point(text: str, want: str) -> None:
    assert number(text) == want
