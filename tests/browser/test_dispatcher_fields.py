"""What a source declares is done alike here and in the browser: tests/cases_fields.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from connectif_kit.catalog import convert
from connectif_kit.plan.sources import Path as Plain
from tests.browser.shop import Shop

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "cases_fields.json").read_text("utf-8")
)


def test_every_case_of_the_catalogue_holds_in_the_browser(shop: Shop) -> None:
    fields = {f"case {number}": {"path": f"d{number}.{path}", **more} for number, path, more in split_cases()}
    shop.plan({"contact": {"global": "who", "fields": {"primary_key": "email", **fields}}})
    data = {f"d{number}": case["data"] for number, case in enumerate(CASES)}
    (shop.folder / "data.js").write_text(f"window.who = {json.dumps({'email': 'ana@shop.example', **data})}")
    shop.write("index.html", "<script src=data.js></script>")
    [visit] = shop.open()
    found = visit["options"]["entityInfo"]
    for number, _, _ in split_cases():
        # A custom field that nothing mends is sent as it is; the catalogue's face is its text.
        value = convert.apply(Plain(path="x"), found.get(f"case {number}"))
        assert value == CASES[number]["value"], CASES[number]["name"]


def split_cases() -> list[tuple[int, str, dict[str, Any]]]:
    """Number, path and options of the cases that have a path."""
    return [
        (number, case["source"]["path"], {name: v for name, v in case["source"].items() if name != "path"})
        for number, case in enumerate(CASES)
        if "path" in case["source"]
    ]
