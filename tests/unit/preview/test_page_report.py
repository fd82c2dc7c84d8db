"""The preview shows a page as `inject` leaves it and judges it as `audit` does."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectif_kit.build import render
from connectif_kit.cli import run
from connectif_kit.cli._terminal import load_plan
from connectif_kit.page.excerpt import line_of
from connectif_kit.plan.load import LoadedPlan
from connectif_kit.plan.workspace import module_reader
from connectif_kit.preview.page_report import findings
from connectif_kit.preview.state import Preview

PLAN = """
store: {id: 9d1f8a52-7c1b-4a54-8f43-2a6a3de1c0aa, environment: eu5, url: "https://mugs.example"}
catalog: {source: products.csv}
pages:
  product: {match: "/p/*", product: catalog}
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "connectif.yaml").write_text(PLAN)
    (tmp_path / "products.csv").write_text(
        "product_id,name,unit_price,url\nmug,Mug,12.50,https://mugs.example/p/mug/\n"
    )
    pages = {
        "p/mug/index.html": "<!doctype html><html><head></head><body><h1>Mug</h1></body></html>",
        "row.html": "<li>Mug</li>",
        "amp.html": "<!doctype html><html amp><head></head><body><h1>Mug</h1></body></html>",
        "google0123456789abcdef.html": "google-site-verification: google0123456789abcdef.html",
    }
    for name, html in pages.items():
        file = tmp_path / "public" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html)
    return tmp_path


def preview(shop: Path) -> Preview:
    def read() -> tuple[LoadedPlan, dict[str, str]]:
        loaded, folder = load_plan(shop / "connectif.yaml")
        return loaded, render(loaded, module_reader(folder))

    made = Preview(shop / "connectif.yaml", shop / "public", "token", read, line_of)
    made.reload()
    return made


def test_an_edited_block_is_shown_as_it_lies_and_judged_so(shop: Path) -> None:
    run(["inject"])
    file = shop / "public/p/mug/index.html"
    assert findings(preview(shop), "/p/mug/") == []
    file.write_text(file.read_text().replace("12.50", "12,50"))
    told = {one["rule"] for one in findings(preview(shop), "/p/mug/")}
    assert told == {"edited-block", "decimal-comma"}
    sent = preview(shop).page(str(file), file.read_bytes(), "/p/mug/")
    assert b"12,50" in sent.data
    assert [note.rule for note in sent.notes] == ["edited-block"]


@pytest.mark.parametrize("name", ["row.html", "amp.html", "google0123456789abcdef.html"])
def test_what_takes_no_integration_is_sent_as_it_lies(shop: Path, name: str) -> None:
    data = (shop / "public" / name).read_bytes()
    assert preview(shop).page(name, data, f"/{name}").data == data
