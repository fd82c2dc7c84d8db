"""A limit is known once: what one part of the kit lets through, no other complains of."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectif_kit.cli import run
from connectif_kit.vocabulary import TAGS
from connectif_kit.vocabulary.kinds import DECIMAL
from connectif_kit.vocabulary.model import Field

PLAN = """
store: {id: 9d1f8a52-7c1b-4a54-8f43-2a6a3de1c0aa, environment: eu5, url: "https://mugs.example"}
integration: {catalog: tags}
catalog: {source: products.csv}
pages:
  home: {match: /, page_tag: [LABEL]}
  category: {match: "/c/*", page_category: {selector: h1}}
  product: {match: "/p/*", product: catalog}
"""
LONG = "a label that goes on and on for fifty characters !"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "connectif.yaml").write_text(PLAN.replace("LABEL", "sale"))
    for name in ("index.html", "c/mugs.html", "p/mug.html"):
        file = tmp_path / "public" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("<!doctype html><html><head></head><body><h1>Mugs</h1></body></html>")
    return tmp_path


def catalogue(shop: Path, name: str, product_id: str = "mug") -> None:
    (shop / "products.csv").write_text(
        f'product_id,name,unit_price,url\n"{product_id}","{name}",12.50,https://mugs.example/p/mug.html\n'
    )


@pytest.mark.parametrize(
    ("name", "product_id"),
    [("Blue  mug", "mug"), ("Blue\n   mug", "mug"), ("Blue\tmug", "m  1"), ("Blue \u00a0 mug", "m\n1")],
)
def test_what_a_catalogue_gives_is_rendered_so_that_audit_accepts_it(
    shop: Path, capsys: pytest.CaptureFixture[str], name: str, product_id: str
) -> None:
    catalogue(shop, name, product_id)
    assert run(["inject"]) == 0
    capsys.readouterr()
    assert run(["audit"]) == 0
    assert "no findings" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["build", "inject", "audit"])
def test_a_label_that_the_platform_cuts_is_reported_at_its_line_by_every_command(
    shop: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    catalogue(shop, "Mug")
    (shop / "connectif.yaml").write_text(PLAN.replace("LABEL", LONG))
    run([command])
    told = capsys.readouterr().out
    assert "connectif.yaml:6:" in told
    assert "long-label" in told
    assert "has 50 characters; 25 are kept" in told


def test_a_category_of_the_page_that_is_too_long_is_reported_by_inject_once(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue(shop, "Mug")
    for name in ("mugs", "cups"):
        (shop / f"public/c/{name}.html").write_text(f"<!doctype html><body><h1>{LONG}</h1></body>")
    assert run(["inject"]) == 0, "nothing is cut, so it is advice"
    told = capsys.readouterr().out
    assert told.count("notice long-label") == 1
    assert "on 1 more page" in told


def test_a_field_knows_its_own_limits() -> None:
    label = TAGS["cn_page_tag"].label
    assert label is not None
    assert (label.fault("x" * 25), label.fault("x" * 26)) == ("", "at most 25 characters")
    rating = Field(html="r", js="r", kind=DECIMAL, maximum=5, doc="")
    assert (rating.fault("5.0"), rating.fault("5.1")) == ("", "at most 5")
    assert rating.fault("5,1") == "a number such as 1234.50"
