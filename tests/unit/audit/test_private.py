"""Keys and personal data of a page reach no report, no cache and no diff."""

from __future__ import annotations

from pathlib import Path

import pytest

from connectif_kit.cli import run
from connectif_kit.page.html import decode
from connectif_kit.page.private import hidden_in, veiled_text
from connectif_kit.reports import formats
from tests.audit_pages import LOADER, PLAN

KEY = "5f1e2d3c4b5a69788796a5b4:c2VjcmV0LXNlY3JldC1zZWNyZXQ"
SECRET = "c2VjcmV0LXNlY3JldC1zZWNyZXQx"
LONG = "Calle de la Princesa Doña Leonor de Aragón y Sicilia 1001, tercero izquierda"
PRIVATE = [
    KEY,
    KEY.partition(":")[2],
    SECRET,
    "ana.maria@shop.example",
    "ana@@shop.example",
    "bea@shop.example",
    "Ana María",
    "García Lorca",
    "651 234 567",
    "651234567",
    "deporte extremo",
    "Princesa",
    "carrito-4711",
    "pedido-0815",
    "zapatos para mi boda",
    "carla@shop.example",
    "Diego",
]
PAGE = f"""<!doctype html>
<html><head><meta charset="utf-8"><title>x</title>
<script>fetch(u, {{headers: {{Authorization: "apiKey {KEY}"}}}}); mail("bea@shop.example")</script>
<script>env = {{CONNECTIF_API_KEY:
  "{SECRET}"}}</script></head>
<body>{LOADER}<script src="/connectif/connectif-events.min.js"></script>
<div class="cn_client_info"><b class="primary_key">ana.maria@shop.example</b><b class="_name x">Ana María</b>
<b class="_surname">García
 Lorca</b><b class="email2">ana@@shop.example</b><b class="_mobilePhone">651 234 567</b>
<b class="direccion" data-field-list="true">{LONG}</b><meta class="interests" content="deporte extremo"></div>
<div class="cn_client_info"><b class="primary_key">ana@@shop.example</b></div>
<div class="cn_cart"><b class="cart_id">carrito-4711</b><b class="total_quantity">45,5</b></div>
<div class="cn_purchase"><b class="purchase_id">pedido-0815</b><b class="purchase_date">ayer</b></div>
<div class="cn_search"><b class="search_text">zapatos para mi boda</b><b class="search_text">x</b></div>
<div class="cn_newsletter_subscribe"><b class="email">bea@shop.example, carla@shop.example</b></div>
<!-- <div class="cn_client_info"><b class="_name">Diego</b></div> -->
<p class="cn_page_tag">+34 651 234 567 &#8;</p><p class="cn-search">651234567</p>
</body></html>
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "connectif.yaml").write_bytes(PLAN)
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text(PAGE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def leaked(text: str, *, public: tuple[str, ...] = ("651234567",)) -> list[str]:
    return [each for each in PRIVATE if each in text and each not in public]


def test_no_report_in_any_format_quotes_what_is_private(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = list(formats())
    run(["audit", "-v", *(f"--format={name}={name}.out" for name in names), "--format=text"])
    shown = capsys.readouterr()
    assert "secret-in-page" in shown.out
    assert "personal-data" in shown.out
    assert leaked(shown.out + shown.err) == []
    assert "expected an address such as ana@example.org" in shown.out, "our own example stays"
    for name in names:
        assert leaked((shop / f"{name}.out").read_text()) == [], name


@pytest.mark.usefixtures("shop")
def test_an_excerpt_keeps_its_place_under_the_mask(capsys: pytest.CaptureFixture[str]) -> None:
    run(["audit", "--select", "secret-in-page"])
    lines = capsys.readouterr().out.splitlines()
    number = next(at for at, line in enumerate(lines) if "3 │" in line)
    assert lines[number].index("5***") == lines[number + 1].index("^")


def test_nothing_private_is_kept_on_disk(shop: Path) -> None:
    run(["audit"])
    run(["audit", "--baseline", "base.json", "--update-baseline"])
    run(["audit", "--shard", "1/1", "--format", "json=shard.json"])
    kept = [file for file in shop.rglob("*") if file.is_file() and file.suffix not in (".html", ".yaml")]
    assert {file.name for file in kept} >= {"audit.sqlite", "base.json", "shard.json"}
    for file in kept:
        assert leaked(file.read_bytes().decode("utf-8", "replace")) == [], file.name


def test_a_dry_fix_shows_no_private_line(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    price = '<div class="cn_product_visited" hidden><b class="product_id">a</b><b class="name">A</b>'
    price += '<b class="unit_price">4,5</b></div>\n'
    page = PAGE.replace('<div class="cn_client_info">', f'{price}<div class="cn_client_info">', 1)
    (shop / "public/index.html").write_text(page)
    assert run(["audit", "--fix", "--dry-run"]) == 1
    shown = capsys.readouterr().out
    assert "+<div" in shown
    assert leaked(shown) == []
    run(["audit", "--fix"])
    fixed = (shop / "public/index.html").read_text()
    assert fixed == page.replace("4,5<", "4.5<"), "and the file keeps what it holds"


def test_a_message_that_cuts_a_long_value_shows_nothing_of_it() -> None:
    assert "Princesa" not in hidden_in(f"`street` is `{LONG[:57]}…`", [LONG])
    assert hidden_in("`_name` is `Li`, not like", ["Li"]) == "`_name` is `L*`, not like"


def test_what_is_nobody_s_stays_readable() -> None:
    html = '<div class="cn_product_visited"><b class="name">Mug</b><b class="tag">8412345678905</b></div>'
    html += '<div class="cn_cart"><b class="total_price">45,50</b><b class="name">Mug</b></div>'
    assert veiled_text(decode("page.html", html.encode())) == html
