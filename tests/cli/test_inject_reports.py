"""What `inject` finds is reported as `audit` reports it: by cause, in every format, at right places."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from connectif_kit.reports import formats
from tests.tools import Cli

PLAN = """\
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
catalog: {source: products.csv, fields: {product_id: sku, name: title, url: link, unit_price: price}}
pages:
  product: {match: "/p/*", product: catalog}
  own: {kind: product, match: "/o/*", product: json-ld}
"""
ITEM = """\
<!doctype html>
<html lang="en"><head><title>Mug</title>
</head>
<body>
<h1>Mug</h1>
<script type="application/ld+json">{
  "@type": "Product", "name": "Mug", "sku": "mug", "url": "https://shop.example/o/mug/",
  "offers": {"price": "none", "priceCurrency": "EUR"}}</script>
</body></html>
"""
PAGE = '<!doctype html><html lang="en"><head><title>x</title></head><body><h1>x</h1></body></html>'


def lay(folder: Path, rows: list[str], pages: dict[str, str], plan: str = PLAN) -> None:
    (folder / "connectif.yaml").write_text(plan, encoding="utf-8")
    (folder / "products.csv").write_text("\n".join(["sku,title,link,price", *rows, ""]), encoding="utf-8")
    for name, text in {"index.html": PAGE, **pages}.items():
        path = folder / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_one_wrong_field_is_one_finding_however_many_rows_have_it(cli: Cli, tmp_path: Path) -> None:
    rows = [f"m{n},Mug {n},https://shop.example/p/m{n}/,about {n}" for n in range(400)]
    lay(tmp_path, rows, {f"p/m{n}/index.html": PAGE for n in range(60)})
    done = cli("inject", "--format", "json")
    assert done.code == 1
    found = json.loads(done.stdout)
    by_rule = {finding["rule"]: finding for finding in found["findings"]}
    assert len(by_rule) == len(found["findings"]) <= 3, done.stdout
    assert "(400 rows" in by_rule["bad-product"]["message"]
    assert by_rule["bad-product"]["path"] == "products.csv"
    assert by_rule["missing-product-data"]["count"] == 60
    named = cli("inject", "-v", "--dry-run").stdout.count("missing-product-data")
    assert named == 60


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_finding_stands_where_the_file_has_it_now(cli: Cli, tmp_path: Path, more: tuple[str, ...]) -> None:
    """Before the first run and after it: the excerpt is the line that the place names."""
    lay(tmp_path, [], {"o/mug/index.html": ITEM})
    for _ in range(2):
        done = cli("inject", "--format", "json", *more)
        found = [one for one in json.loads(done.stdout)["findings"] if one["path"].endswith("mug/index.html")]
        assert found
        lines = (tmp_path / "public" / "o" / "mug" / "index.html").read_text("utf-8").splitlines()
        for finding in found:
            assert finding["line"] > 1
            start = lines[finding["line"] - 1][finding["column"] - 1 :]
            assert start.startswith(("<script type", '{\n  "@type"', '"price"', '"none"', "{")), start
        more = ()  # and then with our blocks in the file


def test_every_format_goes_where_it_is_reported_to(cli: Cli, tmp_path: Path) -> None:
    lay(tmp_path, [], {"p/mug/index.html": PAGE})
    asked = [word for name in formats() for word in ("--format", f"{name}={tmp_path / name}")]
    done = cli("inject", *asked, "--format", "github=-")
    assert done.code == 1
    assert done.stdout.startswith("::")
    for name in formats():
        assert "missing-product-data" in (tmp_path / name).read_text("utf-8"), name
    ElementTree.parse(tmp_path / "junit")
    assert json.loads((tmp_path / "sarif").read_text("utf-8"))["runs"][0]["results"]
    assert cli("inject", "--format", "xml").code == 2


def test_findings_of_the_plan_are_findings_and_end_with_one(cli: Cli, tmp_path: Path) -> None:
    from connectif_kit.plan.example import EXAMPLE_ID

    plan = f"""\
store: {{id: {EXAMPLE_ID}, environment: eu5, url: "https://mugs.example"}}
integration: {{catalog: api}}
pages: {{home: {{match: /}}}}
"""
    lay(tmp_path, [], {}, plan)
    done = cli("inject", "--format", "json")
    assert done.code == 1
    assert [one["rule"] for one in json.loads(done.stdout)["findings"]] == ["example-store-id"]
    done = cli("inject")
    assert (done.code, done.stdout.count("warning example-store-id")) == (1, 1)
    assert cli("inject", "--remove").code == 0


def test_a_clean_run_reports_that_too(cli: Cli, tmp_path: Path) -> None:
    lay(tmp_path, [], {}, PLAN.replace("product: catalog", "product: json-ld"))
    done = cli("inject", "--format", "json")
    assert (done.code, json.loads(done.stdout)["findings"]) == (0, [])
    assert json.loads(done.stdout)["summary"]["pages"] == 1


def test_a_folder_without_pages_is_no_success(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "connectif.yaml").write_text(
        "store: {id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: 'https://tazas.es'}\n"
        "integration: {catalog: api}\npages: {home: {match: /}}\n"
    )
    (tmp_path / "public/css").mkdir(parents=True)
    (tmp_path / "public/css/site.css").write_text("p {}")
    for command in ("inject", "check"):
        done = cli(command)
        assert (done.code, "no-pages" in done.stdout) == (1, True), done.stdout
        assert "0 pages: " in done.stderr
    (tmp_path / "public/index.html").write_text("<!doctype html><html lang=es><title>x</title><p>x</html>")
    assert cli("check").code == 0


def test_a_folder_that_may_not_be_written_is_reported_and_no_traceback(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "connectif").write_text("a file where the folder would be")
    (tmp_path / "connectif.yaml").write_text(
        "store: {id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: 'https://tazas.es'}\n"
        "integration: {catalog: api}\npages: {home: {match: /}}\n"
    )
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("<!doctype html><html lang=es><title>x</title><p>x</html>")
    done = cli("check")
    assert done.code == 2
    assert "file-error" in done.stdout
    assert "Traceback" not in done.stderr
