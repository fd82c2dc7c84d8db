"""What is twice in a catalogue file: a key of a product, or of what stands around the list."""

from __future__ import annotations

from tests.unit.catalog.test_rows import good, read, told

AROUND = "the key `{}` is there twice; the first list of products counts"


def test_a_key_that_is_twice_in_a_line_of_json_is_reported() -> None:
    found = read("p.jsonl", '{"a": 1, "b": {"a": 2}}\n{"a": 1, "a": 2}\n{"a": 1}')
    assert good(found) == [(1, {"a": "1", "b": {"a": "2"}}), (2, {"a": "2"}), (3, {"a": "1"})]
    assert told(found) == ["2 warning a key is there twice: `a`; the last one counts"]


def test_what_is_twice_around_the_list_is_reported() -> None:
    found = read("p.json", '{"items": [{"a": 1}],\n"items": [{"a": 2}]}')
    assert good(found) == [(1, {"a": "1"})]
    second = "2 warning a second list, `items`, is not read"
    assert told(found) == [f"2 warning {AROUND.format('items')}", second]
    found = read("p.yaml", "items: [{a: 1}]\nitems: [{a: 2}]\nv: 1\n")
    assert good(found) == [(1, {"a": "1"})]
    assert told(found) == [f"2 warning {AROUND.format('items')}", second]
    assert told(read("p.json", '{"v":1,"v":2}'))[-1] == "1 error no list of products found"
    assert told(read("p.json", '{"v":1,"p":[{"a":1}],\n"v":2}')) == [f"2 warning {AROUND.format('v')}"]


def test_a_key_that_is_twice_in_a_mapping_of_yaml_is_reported() -> None:
    found = read("p.yaml", "- {a: 1}\n- a: 1\n  b: {c: 1, c: 2}\n  a: 3\n- {a: 1}\n")
    assert good(found) == [(1, {"a": "1"}), (2, {"a": "3", "b": {"c": "2"}}), (5, {"a": "1"})]
    assert told(found) == ["2 warning a key is there twice: `c`, `a`; the last one counts"]
