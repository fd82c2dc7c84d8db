"""Messages keep what they are made of, and every language says them in its own way."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal

import pytest

from connectif_kit.core.diagnostics import Misuse
from connectif_kit.core.language import ENGLISH, LANGUAGES, PORTUGUESE, SPANISH, named, nearest, of_terminal
from connectif_kit.core.messages import Message, both, count, joined, packed, say, unpacked
from connectif_kit.reference.messages import PLURALS

NESTED = say("{owner} has no `{html}`: {doc}", owner="cn_cart", html="cart_id", doc=say("The brand."))


def test_a_message_is_its_english_text() -> None:
    assert say("unknown rule `{name}`", name="x") == "unknown rule `x`"
    assert json.dumps({"message": NESTED}) == '{"message": "cn_cart has no `cart_id`: The brand."}'
    assert say("write `url: {product_id}`") == "write `url: {product_id}`"
    assert f"{say('the price is {now}', now=Decimal('1.50'))}" == "the price is 1.50"


def test_a_message_survives_processes_and_caches() -> None:
    copies = (pickle.loads(pickle.dumps(NESTED)), unpacked(json.loads(json.dumps(packed(NESTED)))))
    for copy in copies:
        assert copy == NESTED
        assert SPANISH.text(copy) == "en cn_cart falta `cart_id`: La marca."
    assert unpacked(packed("plain")) == "plain"


def test_values_are_translated_where_they_are_messages() -> None:
    assert PORTUGUESE.text(NESTED) == "em cn_cart falta `cart_id`: A marca."
    assert ENGLISH.text(NESTED) == NESTED
    assert SPANISH.text(both(["`a`", "`b`"])) == "`a` y `b`"
    assert SPANISH.text("no message") == "no message"
    assert PORTUGUESE.text(joined([say("keep one"), "x"], "; ")) == "mantenha só um; x"
    assert PORTUGUESE.text("cn_cart: " + say("keep one")) == "cn_cart: mantenha só um"


def test_a_change_reaches_every_text_in_a_message() -> None:
    veiled = NESTED.changed(lambda text: text.replace("cart_id", "•"))
    assert veiled == "cn_cart has no `•`: The brand."
    assert SPANISH.text(veiled) == "en cn_cart falta `•`: La marca."


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (999, ["999", "999", "999"]),
        (1000, ["1,000", "1000", "1.000"]),  # CLDR: Spanish groups from five digits on
        (12_345, ["12,345", "12.345", "12.345"]),
        (-1_234_567, ["-1,234,567", "-1.234.567", "-1.234.567"]),
    ],
)
def test_numbers_are_written_as_cldr_has_them(number: int, written: list[str]) -> None:
    assert [each.number(number) for each in (ENGLISH, SPANISH, PORTUGUESE)] == written
    assert [each.say("{n:,}", n=number) for each in (ENGLISH, SPANISH, PORTUGUESE)] == written


@pytest.mark.parametrize(
    ("number", "spanish", "portuguese"),
    [(0, "0 segundos", "0 segundo"), (1, "1 segundo", "1 segundo"), (2, "2 segundos", "2 segundos")],
)
def test_plurals(number: int, spanish: str, portuguese: str) -> None:
    message = count(number, "{n:,} second", "{n:,} seconds")
    assert (SPANISH.text(message), PORTUGUESE.text(message)) == (spanish, portuguese)


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        *(
            ("C", "en"),
            ("POSIX", "en"),
            ("C.UTF-8", "en"),
            ("", "en"),
            ("fr_FR.UTF-8", "en"),
            ("en_GB", "en"),
        ),
        *(("es", "es"), ("es_MX.UTF-8", "es"), ("es-419", "es"), ("es_ES@euro", "es"), ("ES", "es")),
        *(("pt", "pt-br"), ("pt_PT.UTF-8", "pt-br"), ("pt-BR", "pt-br"), ("est_EE", "en"), ("ptx", "en")),
    ],
)
def test_the_nearest_language(tag: str, code: str) -> None:
    assert nearest(tag).code == code


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "es_ES.UTF-8"}, "es"),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "es_ES.UTF-8", "LC_ALL": ""}, "es"),
        ({"LANG": "C", "LC_MESSAGES": "pt_BR.UTF-8"}, "pt-br"),
    ],
)
def test_the_terminals_language(environment: dict[str, str], code: str) -> None:
    assert of_terminal(environment).code == code


def test_an_unknown_language_is_refused_with_a_hint() -> None:
    assert named("pt_BR").tag == "pt-BR"
    with pytest.raises(Misuse, match="unknown language `xx`; known: en, es, pt-br"):
        named("xx")


def test_every_language_but_english_has_its_plural_rule() -> None:
    assert set(PLURALS) == set(LANGUAGES) - {"en"}


def test_joined_nothing_is_an_empty_message() -> None:
    assert isinstance(joined([]), Message)
    assert joined([]) == ""
