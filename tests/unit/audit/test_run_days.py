"""What a run remembers of prices that hold on some days: it is right on that day."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.audit_pages import page, product
from tests.tools import Cli
from tests.unit.audit.runs import build, report


def test_what_is_said_of_a_price_of_some_days_holds_for_one_day(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = [
        {"@type": "Offer", "price": "8.00", "validThrough": "2026-03-01", "eligibleRegion": "ES"},
        {"@type": "Offer", "price": "12.50"},
    ]
    data = json.dumps({"@type": "Product", "name": "Mug 1", "sku": "p1", "offers": offers})
    head = f'<script type="application/ld+json">{data}</script>'
    build(tmp_path, ["8.00", "9"], **{"p/1/index.html": page(product(1, "8.00"), head)})

    def at(day: str) -> list[str]:
        clock = type("Clock", (datetime,), {"now": classmethod(lambda cls, _: cls.fromisoformat(day))})
        monkeypatch.setattr("connectif_kit.core.day.datetime", clock)
        return [each["rule"] for each in report(cli)[1]["findings"]]

    assert at("2026-03-01T12:00") == []
    assert at("2026-03-02T12:00") == ["contradicted-value"]
    assert at("2026-03-01T12:00") == []
