"""The small conversions one by one: what each makes of a text, of emptiness, of what is not text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from connectif_kit.catalog import convert
from connectif_kit.plan.sources.path import Path


def source(**how: Any) -> Path:
    return Path.model_validate({"path": "x", **how})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" \u00a0\tMug\r\n\ufeff", "Mug"),
        ("", None),
        (" \u2009 ", None),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-3, "-3"),
        (12.5, "12.5"),
        (Decimal("60.10"), "60.10"),
        (1e21, "1000000000000000000000"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("0E-9"), "0.000000000"),
        (Decimal("1E+300"), "1E+300"),
        (Decimal("1E-300"), "1E-300"),
        (Decimal("1E+39"), "1" + "0" * 39),
        (Decimal("1E+40"), "1E+40"),
        (None, None),
        ({"a": 1}, None),
        ([1], None),
    ],
)
def test_a_scalar_as_text(value: object, text: str | None) -> None:
    assert convert.text_of(value) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("12.50", "12.50"),
        ("1e3", "1000"),
        ("1E3", "1000"),
        ("2.5e-3", "0.0025"),
        ("1e99", "1e99"),
        ("0e99", "0"),
    ],
)
def test_an_exponent_is_written_out_within_reason(text: str, written: str) -> None:
    found = convert.plain_number(text)
    assert found == written or Decimal(found) == Decimal(written)
    assert ("e" in found.lower()) == ("e" in written)


SHOP = "https://shop.example/es"


@pytest.mark.parametrize(
    ("address", "joined"),
    [
        ("https://cdn.example/a.png", "https://cdn.example/a.png"),
        ("http://x", "http://x"),
        ("mailto:ana", "mailto:ana"),
        ("a+b.c-1:x", "a+b.c-1:x"),
        ("//cdn.example/a.png", "https://cdn.example/a.png"),
        ("/p/mug/", "https://shop.example/p/mug/"),
        ("p/mug/", "https://shop.example/es/p/mug/"),
        ("./p/mug/", "https://shop.example/es/p/mug/"),
        ("../p", "https://shop.example/es/../p"),
        ("1:x", "https://shop.example/es/1:x"),
        ("p/a:b", "https://shop.example/es/p/a:b"),
        ("", "https://shop.example/es/"),
    ],
)
@pytest.mark.parametrize("end", ["", "/"])
def test_an_address_is_joined_to_its_base(address: str, joined: str, end: str) -> None:
    assert convert.join(SHOP + end, address) == joined


def test_a_base_without_a_path_is_a_whole_shop() -> None:
    assert convert.join("http://shop.example", "/p") == "http://shop.example/p"
    assert convert.join("http://shop.example", "//cdn.example/p") == "http://cdn.example/p"


@pytest.mark.parametrize(
    ("how", "found", "want"),
    [
        ({}, " Mug ", "Mug"),
        ({}, None, None),
        ({}, ["a", None, "", 3], ["a", "3"]),
        ({}, [], None),
        ({}, ("a",), ["a"]),
        ({}, {"a": 1}, {"a": 1}),
        ({}, [{"a": 1}], [{"a": 1}]),
        ({}, ["a", {"a": 1}], ["a", {"a": 1}]),
        ({}, [[1, 2]], [[1, 2]]),
        ({"default": "x"}, None, "x"),
        ({"default": " x "}, "", "x"),
        ({"default": "x"}, [], "x"),
        ({"default": "x"}, "y", "y"),
        ({"default": "x"}, {"a": 1}, {"a": 1}),
        ({"split": ","}, "a, b,,c ", ["a", "b", "c"]),
        ({"split": ","}, ["a,b", "c"], ["a", "b", "c"]),
        ({"split": ","}, "a", ["a"]),
        ({"split": ","}, ",", None),
        ({"split": ",", "first": True}, "a,b", "a"),
        ({"first": True}, ["a", "b"], "a"),
        ({"split": ",", "nth": 2}, "a,b,c", "b"),
        ({"split": ",", "nth": 3}, "a,b,c", "c"),
        ({"split": ",", "nth": 4}, "a,b,c", None),
        ({"split": ",", "nth": 4, "default": "z"}, "a,b,c", "z"),
        ({"split": ",", "nth": -1}, "a,b,c", "c"),
        ({"split": ",", "nth": -3}, "a,b,c", "a"),
        ({"split": ",", "nth": -4}, "a,b,c", None),
        ({"nth": 1}, "a", "a"),
        ({"map": {"a": "b"}}, "a", "b"),
        ({"map": {"A": "b"}}, "a", "b"),
        ({"map": {"A": "1", "a": "2"}}, "a", "2"),
        ({"map": {"a": "b"}}, "c", "c"),
        ({"map": {"a": ""}}, "a", None),
        ({"map": {"a": ""}, "default": "z"}, "a", "z"),
        ({"levels": ">"}, " Kitchen > > Mugs >", "/Kitchen/Mugs"),
        ({"levels": ">"}, "Mugs", "/Mugs"),
        ({"number": "auto"}, "12,50 €", "12.50"),
        ({"number": "auto"}, "1.299", "1.299?"),
        ({"number": "comma"}, "1.299", "1299"),
        ({"number": "point"}, "1.299", "1.299"),
        ({"number": "comma"}, "12.50", "12.50"),
        ({"number": "auto"}, "on request", "on request"),
        ({"number": "comma"}, "1.299 or so", "1.299 or so"),
        ({"slug": True}, " Café Olé! ", "cafe-ole"),
        ({"slug": True}, "¡!", None),
        ({"prefix": "x-"}, "a", "x-a"),
        ({"prefix": "x-"}, "", None),
        ({"base": SHOP}, "/p", "https://shop.example/p"),
        ({"base": SHOP}, None, None),
        ({"slug": True, "prefix": "/p/"}, "¡!", None),
        ({"slug": True, "base": SHOP}, "¡!", None),
        ({"slug": True, "prefix": "/p/", "base": SHOP}, "A b", "https://shop.example/p/a-b"),
        ({"split": "|", "map": {"a": "b > c"}, "levels": ">"}, "a|d", ["/b/c", "/d"]),
    ],
)
def test_what_a_source_declares_is_done_in_its_order(
    how: dict[str, Any], found: object, want: object
) -> None:
    assert convert.apply(source(**how), found) == want


@pytest.mark.parametrize(
    "how",
    [
        *({"split": ","}, {"first": True}, {"nth": 1}, {"map": {}}, {"levels": ">"}, {"number": "auto"}),
        *({"slug": True}, {"prefix": "x"}, {"base": SHOP}, {"default": "x"}),
    ],
)
def test_a_declared_conversion_is_known_as_one(how: dict[str, Any]) -> None:
    assert convert.declared(source(**how))
    assert not convert.declared(source())


def test_a_slug_keeps_letters_without_their_marks() -> None:
    assert convert.slug("Ñandú & Çedilla -- ÅÄÖ 12") == "nandu-cedilla-aao-12"
    assert convert.slug("-a-") == "a"
    assert convert.slug("Relax x") == "relax-x"
