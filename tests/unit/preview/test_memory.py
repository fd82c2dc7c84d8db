"""What the overview remembers of a page, however many requests it sends."""

from __future__ import annotations

from typing import Any

from connectif_kit.preview.memory import MAX_SIGNS, RunCache


def record(n: int, word: str) -> dict[str, Any]:
    """A request with a wrong event and a refusal."""
    verdict = {"path": "searchText", "expected": f"a text {word}"}
    event = {"type": "search", "event": {"type": "search"}, "verdicts": [verdict], "valid": False}
    note = {"level": "refused", "message": f"left out {word}"}
    return {"load": "one", "path": "/", "page": "home", "at": n, "events": [event], "cart": None} | {
        "contact": None,
        "notes": [note],
    }


def test_the_same_fault_a_thousand_times_is_remembered_once() -> None:
    memory = RunCache()
    for n in range(1000):
        page = memory.take_record(record(n, "of two" if n % 2 else "of one"))
    assert page is not None
    assert len(page.signs) == len(page.refused) == 2
    assert page.sent == {"search": False}


def test_what_is_remembered_has_an_end() -> None:
    memory = RunCache()
    for n in range(MAX_SIGNS + 50):
        page = memory.take_record(record(n * 1000, str(n)))
    assert page is not None
    assert len(page.signs) == len(page.refused) == MAX_SIGNS


def test_another_load_begins_afresh() -> None:
    memory = RunCache()
    memory.take_record(record(1, "x"))
    page = memory.take_record({**record(2, "y"), "load": "two", "events": [], "notes": []})
    assert page is not None
    assert (page.sent, page.signs, page.refused) == ({}, {}, {})
