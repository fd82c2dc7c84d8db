"""A plan, and what a stand-in account holds after a sync."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from connectif_kit.fakeapi.server import FakeApi
from tests.sync.tools import HOME

Fakes = Callable[..., FakeApi]
PLAN = f"""
store: {{id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: {HOME}}}
catalog: {{source: products.csv, fields: {{product_id: sku, unit_price: price}}}}
"""


class Said(NamedTuple):
    """What a command leaves behind."""

    code: int
    out: str
    err: str


Sync = Callable[..., Said]


def held(fake: FakeApi) -> dict[str, Any]:
    return {each["_email"]: {n: v for n, v in each.items() if n != "id"} for each in fake.store.contacts}


def table(name: str) -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def calls(fake: FakeApi, start: str) -> list[str]:
    return [call for call in fake.api.calls if call.startswith(start)]
