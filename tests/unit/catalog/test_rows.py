"""Catalogue files → rows: every format, every manner in which people write them, in flat memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectif_kit.catalog.rows import Row, format_of, rows
from connectif_kit.core.diagnostics import KitError, Severity
from tests.tools import ROOT


def read(name: str, data: str | bytes) -> list[Row]:
    return list(rows(name, io.BytesIO(data.encode() if isinstance(data, str) else data)))


def good(found: list[Row]) -> list[tuple[int, dict[str, Any]]]:
    return [(row.place.line, dict(row.data)) for row in found if row.data]


def told(found: list[Row]) -> list[str]:
    problems = [row.problem for row in found if row.problem]
    return [f"{p.place.line} {p.severity} {p.message}" for p in problems]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_in_any_dialect(delimiter: str, newline: str, mark: str) -> None:
    lines = [["sku", "name"], ["1", f'"A{delimiter} ""B""\nC"'], [" 2 ", ""]]
    found = read("p.csv", mark + newline.join(delimiter.join(line) for line in lines) + newline)
    assert good(found) == [
        (2, {"sku": "1", "name": f'A{delimiter} "B"\nC'}),
        (4, {"sku": " 2 ", "name": ""}),
    ]
    assert told(found) == []


def test_csv_decimal_commas_do_not_make_a_delimiter() -> None:
    assert good(read("p.csv", "sku;price\n1;12,50\n2;1,00\n"))[0] == (2, {"sku": "1", "price": "12,50"})


def test_csv_as_a_spreadsheet_names_its_delimiter() -> None:
    assert good(read("p.csv", "sep=|\nsku|a;b;c\n1|x\n")) == [(3, {"sku": "1", "a;b;c": "x"})]


def test_csv_of_one_column() -> None:
    assert good(read("p.csv", "sku\n1\n2\n")) == [(2, {"sku": "1"}), (3, {"sku": "2"})]


def test_csv_in_utf_16() -> None:
    assert good(read("p.txt", "sku\tname\r\n1\tTaza ñ\r\n".encode("utf-16"))) == [
        (2, {"sku": "1", "name": "Taza ñ"})
    ]


def test_csv_that_is_not_utf_8_is_read_as_windows_1252_and_reported_once() -> None:
    found = read("p.csv", "sku;name\n1;Taza\n2;Café 5 €\n3;Ñ\n".encode("windows-1252"))
    assert [row["name"] for _, row in good(found)] == ["Taza", "Café 5 €", "Ñ"]
    assert told(found) == ["3 warning the file is not UTF-8; it is read as windows-1252"]


def test_a_bad_csv_row_is_reported_at_its_line_and_the_others_go_on() -> None:
    found = read("p.csv", 'sku,name\n1,"a\nb"\n2,x,y\n\n3,"a"b\n4,d\n5\n6,f,,\n')
    assert good(found) == [
        (2, {"sku": "1", "name": "a\nb"}),
        (7, {"sku": "4", "name": "d"}),
        (8, {"sku": "5"}),
        (9, {"sku": "6", "name": "f"}),
    ]
    assert told(found) == [
        "4 error 3 fields where the header has 2: a comma without quotes?",
        "6 error more text follows the quote that closes a cell",
        "8 warning 1 field where the header has 2; the rest is taken as empty",
    ]


def test_a_quote_that_is_never_closed_is_reported() -> None:
    assert told(read("p.csv", 'sku,name\n1,a\n2,"b\n3,c\n')) == [
        "3 error a quote that opens a cell is never closed"
    ]


def test_two_columns_of_one_name_are_reported() -> None:
    assert told(read("p.csv", "sku,name,sku\n1,a,2\n")) == [
        "1 warning two columns have one name: sku; the last one counts"
    ]


PRODUCTS = [{"sku": "1", "price": {"amount": "60.10"}, "tags": ["a", "b"]}, {"sku": "2", "price": None}]
LIST = '[\n{"sku": 1, "price": {"amount": 60.10}, "tags": ["a", "b"]},\n{"sku": "2", "price": null}\n]'


@pytest.mark.parametrize(
    "text",
    [
        LIST,
        f'{{"total": 2, "empty": [], "words": ["a"], "products":{LIST}, "next": null}}',
        f'{{"data": {{"page": {{"n": 1}}, "list":{LIST}}}, "status": "ok"}}',
    ],
)
def test_json_lists_wherever_they_are(text: str) -> None:
    found = read("p.json", text)
    assert good(found) == [(2, PRODUCTS[0]), (3, PRODUCTS[1])]
    assert told(found) == []


def test_json_numbers_stay_as_written() -> None:
    assert read("p.json", '[{"a": 60.10, "b": 1.5e3, "c": 0.1000000000000000055, "d": NaN}]')[0].data == {
        "a": "60.10",
        "b": "1500",
        "c": "0.1000000000000000055",
        "d": "NaN",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1 error invalid JSON: expected `{`, got the end of the file"),
        ('{"total": 2}', "1 error no list of products found"),
        ('[{"a":1}\n{"a":2}]', "2 error invalid JSON: expected `,` or `]`, got `{`"),
        ('[{"a":1},\n{"a":]', "2 error invalid JSON: expecting value"),
        ('[{"a":1},\n2]', "2 error a product must be an object"),
        ('[{"a":1}]\nx', "2 error more text follows after the end"),
        ('{"a":[{"b":1}],\n"c":[{"d":1}]}', "2 warning a second list, `c`, is not read"),
        (
            '[{"a":1},\n{"a":1,"b":{"c":1,"c":2},"a":3}]',
            "2 warning a key is there twice: `c`, `a`; the last one counts",
        ),
        ("[" * 100_000, "1 error nested too deep"),
        (f'[{{"a":{"[" * 500}{"]" * 500}}}]', "1 error nested too deep"),
    ],
)
def test_json_that_is_wrong_is_reported_and_what_came_before_stays(text: str, expected: str) -> None:
    assert told(read("p.json", text)) == [expected]


@given(st.lists(st.dictionaries(st.text(), st.text() | st.lists(st.text()), min_size=1)))
def test_json_is_read_whole_at_any_border_of_the_window(data: list[dict[str, Any]]) -> None:
    class Slow(io.BytesIO):
        def readinto(self, buffer: Any) -> int:
            return super().readinto(memoryview(buffer)[:7])

    encoded = json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    found = list(rows("p.json", Slow(encoded)))
    if "\\ud" not in json.dumps(data):
        assert [row.data for row in found] == data


def test_json_lines() -> None:
    found = read("p.jsonl", '{"sku": 1}\n\nnope\n[1]\r\n{"sku": 60.10}')
    assert good(found) == [(1, {"sku": "1"}), (5, {"sku": "60.10"})]
    assert told(found) == ["3 error invalid JSON: expecting value", "4 error a product must be an object"]


def test_yaml_scalars_stay_the_text_that_is_written() -> None:
    text = """shop: x
products:
- sku: 010
  price: 60.10
  sold: no
  gone: ~
  tags: [a, 1_0]
- {sku: '~'}
- 3
"""
    found = read("p.yaml", text)
    assert good(found) == [
        (3, {"sku": "010", "price": "60.10", "sold": "no", "gone": None, "tags": ["a", "1_0"]}),
        (8, {"sku": "~"}),
    ]
    assert told(found) == ["9 error a product must be a mapping"]


def test_yaml_aliases_do_not_multiply() -> None:
    bomb = "- &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"- &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
    )
    assert len(read("p.yaml", bomb)) == 21


@pytest.mark.parametrize("text", ["- a: 1\n- b: [\n", "- a: 1\n- " + "[" * 5000])
def test_yaml_that_is_wrong_is_reported_and_what_came_before_stays(text: str) -> None:
    found = read("p.yml", text)
    assert good(found) == [(1, {"a": "1"})]
    assert len(told(found)) == 1


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "[{a: "])
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_yaml_that_is_nested_too_deep_is_reported_in_our_words(
    opening: str, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if loader == "SafeLoader":
        monkeypatch.delattr("yaml.CSafeLoader")
    assert told(read("p.yml", "- a: 1\n- " + opening * 5000)) == [
        "2 error invalid YAML: nested deeper than 30 levels"
    ]


def test_yaml_with_a_control_character_is_reported() -> None:
    assert told(read("p.yml", "- a: 1\n- \x01")) == [
        "1 error invalid YAML: control characters are not allowed"
    ]


FEED = """<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item><g:id>1</g:id><title>A &amp; B</title><g:price>12.50 EUR</g:price>
<g:additional_image_link>x</g:additional_image_link><g:additional_image_link>y</g:additional_image_link>
<g:shipping><g:country>ES</g:country></g:shipping></item>
<item><g:id>2</g:id><description><![CDATA[<b>x</b>]]></description></item>
</channel></rss>"""


def test_xml_as_googles_feed() -> None:
    assert good(read("p.xml", FEED)) == [
        (
            3,
            {
                "g:id": "1",
                "title": "A & B",
                "g:price": "12.50 EUR",
                "g:additional_image_link": ["x", "y"],
                "g:shipping": {"g:country": "ES"},
            },
        ),
        (6, {"g:id": "2", "description": "<b>x</b>"}),
    ]


def test_xml_as_a_plain_list() -> None:
    text = """<list>
<product id="1"><price currency="EUR">12.50</price></product>
<product id="2"><name/></product></list>"""
    assert good(read("p.xml", text)) == [
        (2, {"id": "1", "price": "12.50", "price@currency": "EUR"}),
        (3, {"id": "2", "name": ""}),
    ]


def test_xml_in_its_own_encoding() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?><l><p><n>ñ</n></p></l>'
    assert good(read("p.xml", text.encode("latin-1"))) == [(1, {"n": "ñ"})]


ENTITIES = "the file defines entities of its own, which are not read"
BOMB = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1 error invalid XML: no element found"),
        ("<list><p><a>1</a></p>\n<p><a>1</p></list>", "2 error invalid XML: mismatched tag"),
        (f'<!DOCTYPE l [<!ENTITY e0 "x">{BOMB}]><l><p>&e9;</p></l>', f"1 error {ENTITIES}"),
        ('<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l><p>&x;</p></l>', f"1 error {ENTITIES}"),
        ("<l><p>" + "<a>" * 100 + "</p></l>", "1 error `p` holds too much to be a product"),
        ("<l><all>" + "<p><a/></p>" * 20_000 + "</all></l>", "1 error `all` holds too much to be a product"),
        ('<?xml version="1.0" encoding="no-such"?><l/>', "1 error invalid XML: unknown encoding: no-such"),
        ("<rss><channel><title>x</title></channel></rss>", "1 error no products found"),
    ],
)  # fmt: skip
def test_xml_that_is_wrong_or_hostile_is_reported(text: str, expected: str) -> None:
    assert told(read("p.xml", text)) == [expected]


@pytest.mark.parametrize("name", ["p.csv", "p.json", "p.jsonl", "p.yaml", "p.xml"])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_rows_or_problems(name: str, data: bytes) -> None:
    for row in rows(name, io.BytesIO(data)):
        assert row.data or row.problem
        assert row.place.line >= 1


def test_the_format_may_be_named() -> None:
    found = list(rows("-", io.BytesIO(b'{"a":1}\n'), "jsonl"))
    assert good(found) == [(1, {"a": "1"})]


@pytest.mark.parametrize(("path", "name"), [("p.xls", None), ("p", None), ("p.csv", "cvs")])
def test_an_unknown_format_is_the_users_mistake(path: str, name: str | None) -> None:
    with pytest.raises(KitError) as caught:
        format_of(path, name)
    assert caught.value.diagnostics[0].severity is Severity.ERROR
    assert caught.value.diagnostics[0].hint


PEAK = """
import io, sys
from connectif_kit.catalog.rows import rows
from connectif_kit.catalog.fields import Context, Mapper
from connectif_kit.vocabulary.product import PRODUCT

class Made(io.RawIOBase):
    '''A file of any length that is never whole in memory.'''
    def __init__(self, head, row, tail, count):
        self.parts = (part for parts in ((head,), (row % n for n in range(count)), (tail,)) for part in parts)
        self.left = b""
    def readable(self): return True
    def readinto(self, buffer):
        while len(self.left) < len(buffer) and (part := next(self.parts, None)) is not None:
            self.left += part
        taken, self.left = self.left[:len(buffer)], self.left[len(buffer):]
        buffer[:len(taken)] = taken
        return len(taken)

FORMS = {
    "p.csv": (b"product_id,name,url,unit_price\\n", b"p%d,Mug,/p/,12.50\\n", b""),
    "p.json": (b"[", b'{"product_id":%d,"name":"M","url":"/p/","unit_price":1},\\n', b'{"name":"last"}]'),
    "p.xml": (b"<list>", b"<p><id>%d</id><name>M</name><url>/p/</url><price>1</price></p>\\n", b"</list>"),
}
name, count = sys.argv[1], int(sys.argv[2])
mapper = Mapper({}, PRODUCT, Context(store_url="https://shop.example"))
done = 0
for row in rows(name, Made(*FORMS[name], count)):
    done += not mapper.record(row.data, row.place)[1]
# Not getrusage: it would count the tests that started this.
print(done, int(open('/proc/self/status').read().split('VmHWM:')[1].split()[0]) // 1024)
"""


def peak(name: str, count: int) -> int:
    """Megabytes that a process needs at most to read so many products."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, name, str(count)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    read_, megabytes = map(int, done.stdout.split())
    assert read_ == count
    return megabytes


@pytest.mark.parametrize(("name", "count"), [("p.csv", 80_000), ("p.json", 30_000), ("p.xml", 30_000)])
def test_memory_does_not_grow_with_the_file(name: str, count: int) -> None:
    assert peak(name, count) - peak(name, 1000) <= 8


def test_the_stream_stays_its_owners_to_close(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("sku\n" + "1\n" * 10)
    with path.open("rb") as stream, io.BytesIO(b"sku\n1\n") as memory:
        assert len(list(rows("p.csv", stream))) == 10
        assert next(rows("p.csv", memory)).data == {"sku": "1"}
        assert (stream.closed, memory.closed) == (False, False)


SHEET = ["id,name,url,price\n", *(f"{n},Mug {n},https://shop.example/p/{n}/,10.00\n" for n in range(1, 1000))]


@pytest.mark.parametrize(
    "more",
    [
        {4: '3,"Mug,https://shop.example/p/3/,10\n'},
        {4: '3,"Mug,https://shop.example/p/3/,10\n', 900: '9,"Tea, green",https://shop.example/p/9/,5\n'},
        {4: '3,"Mug,https://shop.example/p/3/,10\n', 900: '9,"",https://shop.example/p/9/,5\n'},
        {4: '3,"5" pan,https://shop.example/p/3/,10\n'},
        {4: '3,"5"" pan,https://shop.example/p/3/,10\n'},
        {4: '3,Mug,https://shop.example/p/3/,"10\n'},
        {4: '3,"Mug,https://shop.example/p/3/,10\n', 5: '4,"Cup",https://shop.example/p/4/,5\n'},
    ],
)
def test_one_broken_quote_costs_one_row(more: dict[int, str]) -> None:
    text = "".join(more.get(number, line) for number, line in enumerate(SHEET, 1))
    found = list(rows("p.csv", io.BytesIO(text.encode())))
    assert len([row for row in found if row.data]) == 998
    assert [(row.place.line, row.problem is not None) for row in found if not row.data] == [(4, True)]


def test_a_cell_of_several_lines_is_no_broken_quote() -> None:
    text = 'id,name,url,price\n1,"Mug,\nblue,\nbig, not small, new",/p/1,9\n2,"a\n\n""b"", c",/p/2,8\n'
    found = list(rows("p.csv", io.BytesIO(text.encode())))
    assert [row.data["price"] for row in found] == ["9", "8"]
    assert [row.place.line for row in found] == [2, 5]


def test_a_file_of_broken_quotes_is_given_up_and_says_so() -> None:
    found = list(rows("p.csv", io.BytesIO(b"id,name,url,price\n" + b'1,"x,y,z\n' * 50_000)))
    assert len(found) < 1100
    assert found[-1].problem
    assert "the rows from here on are not read" in found[-1].problem.message
