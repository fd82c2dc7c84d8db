"""What a row says beyond its columns: its currency, its entities, its dates, whether it is wanted at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.catalog import Catalogue, open_catalogue
from connectif_kit.catalog.currencies import codes_in
from connectif_kit.core.diagnostics import KitError
from connectif_kit.plan.load import load

STORE = {
    "id": "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11",
    "environment": "eu5",
    "url": "https://shop.example",
    "currency": "EUR",
}


def catalogue(folder: Path, rows: Any, store: dict[str, Any] | None = None, **catalog: Any) -> Catalogue:
    """Rows of a JSON file; a text is a CSV file."""
    name = "p.csv" if isinstance(rows, str) else "p.json"
    (folder / name).write_text(rows if isinstance(rows, str) else json.dumps(rows), "utf-8")
    plan = {
        "store": STORE if store is None else store,
        "catalog": {"source": name, "url": "/p/{product_id}/", **catalog},
    }
    return open_catalogue(load("connectif.yaml", json.dumps(plan).encode()), folder)


def row(**more: Any) -> dict[str, Any]:
    return {"id": "1", "product_id": "1", "name": "Mug", **more}


def prices(found: Catalogue) -> list[object]:
    return [record["unit_price"] for record in found.records]


PRICED = [
    (row(price="403.00 USD"), {}),
    (row(price="403.00", currency="USD"), {}),
    (row(price="403.00", Currency_Code="USD"), {}),
    (row(price="403.00", **{"price@currency": "USD"}), {}),
    (row(price={"amount": "403.00", "currency": "USD"}), {"unit_price": "price.amount"}),
    (row(price={"amount": 403.00, "currencyCode": "usd"}), {"unit_price": "price.amount"}),
    (row(cost="US$403"), {"unit_price": {"path": "cost", "number": "auto"}}),
    (row(cost="403 £"), {"unit_price": {"path": "cost", "number": "auto"}}),
    (row(cost="$ 403"), {"unit_price": {"path": "cost", "number": "point"}}),
    (row(cost="403 USD"), {"unit_price": {"path": "cost", "split": " ", "first": True}}),
    (row(cost="403 USD", sale=""), {"unit_price": {"first_of": ["sale", "cost"], "number": "auto"}}),
    (row(price="10.00 EUR", sale_price="8.00 USD"), {}),
    (row(**{"Price (USD)": "403.00"}), {"unit_price": "Price (USD)"}),
    (row(price_usd="403.00"), {"unit_price": "price_usd"}),
    (row(price={"value": "403.00", "unit": "x", "currency": "USD"}), {"unit_price": "price.value"}),
]


@pytest.mark.parametrize(("data", "fields"), PRICED)
def test_a_price_in_another_currency_is_refused(
    tmp_path: Path, data: dict[str, Any], fields: dict[str, Any]
) -> None:
    found = catalogue(tmp_path, [data], fields=fields)
    assert prices(found) == []
    (problem,) = found.problems
    assert problem.severity == "error"
    assert "the store's currency is EUR" in problem.message


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        (row(price="403.00 EUR"), {}),
        (row(price="403.00", currency="EUR"), {}),
        (row(price="403.00", currency="€"), {}),
        (row(price_eur="403.00", price_usd="450.00"), {"unit_price": "price_eur"}),
        (row(price_fr="403.00"), {"unit_price": "price_fr"}),
        (row(price="403.00", currency=""), {}),
        (row(cost="403 €"), {"unit_price": {"path": "cost", "number": "auto"}}),
        (row(cost="403"), {"unit_price": {"path": "cost", "number": "auto"}}),
        (row(price={"amount": "403.00", "currency": "EUR"}), {"unit_price": "price.amount"}),
    ],
)
def test_a_price_in_the_stores_currency_is_taken(
    tmp_path: Path, data: dict[str, Any], fields: dict[str, Any]
) -> None:
    found = catalogue(tmp_path, [data], fields=fields)
    assert [float(str(price)) for price in prices(found)] == [403.0]
    assert found.problems == []


def test_another_currency_is_converted_where_the_plan_has_a_rate(tmp_path: Path) -> None:
    rows = [row(price="10.00 USD", sale_price="7.55 USD"), row(id="2", product_id="2", price="5.00 EUR")]
    found = catalogue(tmp_path, rows, rates={"USD": 0.9})
    first, second = found.records
    assert (first["unit_price"], first["unit_price_original"]) == ("6.80", "9.00")
    assert first["discounted_amount"] == "2.20"
    assert second["unit_price"] == "5.00"
    assert found.problems == []


def test_another_currency_is_left_out_where_the_plan_says_so(tmp_path: Path) -> None:
    rows = [row(price="10.00", currency="USD"), row(id="2", product_id="2", price="5.00", currency="EUR")]
    found = catalogue(tmp_path, rows, where={"currency": "eur"})
    assert prices(found) == ["5.00"]
    assert (found.problems, dict(found.set_aside)) == ([], {"rows that `where` does not want": 1})


def test_a_currency_column_of_any_name_is_heeded_where_the_plan_names_it(tmp_path: Path) -> None:
    found = catalogue(tmp_path, [row(price="10.00", moneda="USD")], currency="moneda")
    assert prices(found) == []


def test_a_store_without_a_currency_takes_no_two(tmp_path: Path) -> None:
    store = {name: value for name, value in STORE.items() if name != "currency"}
    rows = [row(price="10.00 USD"), row(price="11.00 USD"), row(price="5.00 EUR")]
    found = catalogue(tmp_path, rows, store)
    assert prices(found) == ["10.00", "11.00"]
    (problem,) = found.problems
    assert "is in EUR, rows before it are in USD" in problem.message


def test_a_price_before_the_discount_in_another_currency_is_left_out(tmp_path: Path) -> None:
    found = catalogue(tmp_path, [row(price="10.00 USD", sale_price="8.00 EUR")])
    (record,) = found.records
    assert record["unit_price"] == "8.00"
    assert "unit_price_original" not in record
    assert [d.severity for d in found.problems] == ["warning"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            ("12 EUR", "EUR"),
            ("EUR12.50", "EUR"),
            ("eur 12", "EUR"),
            ("12,50 €*", "EUR"),
            ("12 EUR/kg", "EUR"),
        ),
        *(("R$ 9,90", "BRL"), ("1 299 zł", "PLN"), ("CHF 12.—", "CHF"), ("£5", "GBP"), ("¥500", "JPY")),
    ],
)
def test_a_currency_is_reported_from_a_price(text: str, code: str) -> None:
    assert code in codes_in(text)


@pytest.mark.parametrize("text", ["12.50", "from 12", "12.-", "try our 12", "all 12", "NEW 12", "", "12 kg"])
def test_words_are_no_currency(text: str) -> None:
    assert codes_in(text) == frozenset()


@pytest.mark.parametrize(
    ("cell", "want"),
    [
        ("Salt &amp; Pepper", "Salt & Pepper"),
        ("5&quot; pan &#8211; blue", '5" pan – blue'),
        ("Caf&eacute;&nbsp;Ol&#xE9;", "Café Olé"),
        ("Fish & Chips", "Fish & Chips"),
        ("A&B; C", "A&B; C"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("&notanentity; x", "&notanentity; x"),
    ],
)
def test_entities_in_a_cell_are_what_they_stand_for(tmp_path: Path, cell: str, want: str) -> None:
    quoted = cell.replace('"', '""')
    text = f'id,name,price,brand,image,tags\n1,"{quoted}",10,"{quoted}",,"x|{quoted}"\n'
    (record,) = catalogue(tmp_path, text).records
    assert (record["name"], record["brand"], record["tag"]) == (want, want, ("x", want))


def test_an_address_is_freed_of_entities_and_html_keeps_its_own(tmp_path: Path) -> None:
    text = (
        "id,name,price,image_url,description\n"
        "1,Mug,10,https://cdn.example/i?a=1&amp;b=2,<p>Salt &amp; <b>Pepper</b></p>\n"
        "2,Cup,10,https://cdn.example/i,Salt &amp; Pepper\n"
    )
    first, second = catalogue(tmp_path, text).records
    assert first["image_url"] == "https://cdn.example/i?a=1&b=2"
    assert first["description"] == "<p>Salt &amp; <b>Pepper</b></p>"
    assert second["description"] == "Salt & Pepper"


@pytest.mark.parametrize(
    ("written", "zone", "want"),
    [
        ("2026-01-02T03:04:05+02:00", "", "2026-01-02T03:04:05+02:00"),
        ("2026-01-02 03:04:05Z", "", "2026-01-02T03:04:05Z"),
        ("2026-01-02 03:04:05", "Europe/Madrid", "2026-01-02T03:04:05+01:00"),
        ("2026-07-02T03:04:05", "Europe/Madrid", "2026-07-02T03:04:05+02:00"),
        ("2026-07-02", "America/Bogota", "2026-07-02T00:00:00-05:00"),
        ("2026-07-02", "", "2026-07-02T00:00:00Z"),
        ("2026-01-02 03:04:05", "", None),
    ],
)
def test_a_moment_has_an_offset_or_is_given_the_stores(
    tmp_path: Path, written: str, zone: str, want: str | None
) -> None:
    found = catalogue(tmp_path, [row(price="1", published_at=written)], {**STORE, "time_zone": zone})
    (record,) = found.records
    assert record.get("published_at") == want
    assert [d.element for d in found.problems] == ([] if want else ["published_at"])


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ({"kind": "mug"}, ["1", "3"]),
        ({"kind": ["mug", "cup"]}, ["1", "2", "3"]),
        ({"kind": {"not": "mug"}}, ["2", "4"]),
        ({"kind": {"not": ["mug", ""]}}, ["2"]),
        ({"kind": ""}, ["4"]),
        ({"live": True, "kind": "mug"}, ["1"]),
        ({"live": 1}, []),
        ({"labels": "new"}, ["1", "2"]),
        ({"labels": {"not": "new"}}, ["3", "4"]),
        ({"kind": {"contains": "u"}}, ["1", "2", "3"]),
        ({"kind": {"contains": "u", "not": "cup"}}, ["1", "3"]),
        ({"deep.level": 2}, ["3"]),
        ({"deep.level": 2.0}, ["3"]),
        ({"cost": 10.0}, ["1", "2", "3"]),
        ({"cost": "10"}, ["1", "2", "3"]),
        ({"cost": {"not": "10.000"}}, ["4"]),
        ({"code": 7}, ["2"]),
        ({"code": "007"}, ["1"]),
    ],
)
def test_where_leaves_out_what_the_plan_does_not_want(
    tmp_path: Path, where: dict[str, Any], wanted: list[str]
) -> None:
    rows: list[dict[str, Any]] = [
        {"product_id": "1", "kind": "Mug ", "live": True, "labels": ["New", "sale"], "cost": "10"},
        {"product_id": "2", "kind": "cup", "live": False, "labels": "new", "cost": "10.00"},
        {"product_id": "3", "kind": "MUG", "live": False, "deep": {"level": 2}, "cost": 10.0},
        {"product_id": "4", "kind": "", "live": "x", "cost": "100"},
    ]
    rows[0]["code"], rows[1]["code"] = "007", "7.0"
    found = catalogue(tmp_path, [{**each, "name": "x", "price": "1"} for each in rows], where=where)
    assert [record["product_id"] for record in found.records] == wanted
    assert [problem.severity for problem in found.problems] == ([] if wanted else ["warning"])
    assert found.set_aside.total() == 4 - len(wanted)


def test_a_filter_on_what_no_row_has_is_an_error(tmp_path: Path) -> None:
    found = catalogue(tmp_path, [row(price="1", status="live")], where={"stauts": {"not": "draft"}})
    list(found.records)
    (problem,) = found.problems
    assert problem.severity == "error"
    assert problem.hint == "did you mean `status`?"
    assert problem.place.path == "connectif.yaml"


@pytest.mark.parametrize(
    ("where", "hint"),
    [
        ({"vendor": "Acme"}, "`vendor` says barro, loza"),
        ({"cost": {"contains": "1"}, "vendor": "Acme"}, "`vendor` says barro, loza"),
        ({"vendor": "barro", "cost": 2}, ""),
        ({"vendor": {"is": "x", "not": ["X", "y"]}}, None),
    ],
)
def test_a_filter_that_no_row_passes_is_a_warning_unless_it_asks_for_none(
    tmp_path: Path, where: dict[str, Any], hint: str | None
) -> None:
    rows = [
        {"id": n, "name": "x", "price": "1", "cost": n, "vendor": v} for n, v in ((1, "Barro"), (2, "Loza"))
    ]
    found = catalogue(tmp_path, rows, where=where)
    assert prices(found) == []
    told = [(d.severity, d.message, d.hint, d.place.path) for d in found.problems]
    wanted = ("warning", "`where` matches none of the file's rows", hint, "connectif.yaml")
    assert told == ([] if hint is None else [wanted])


def test_an_empty_file_has_nothing_to_filter(tmp_path: Path) -> None:
    found = catalogue(tmp_path, "id,name,price,vendor\n", where={"vendor": "Acme"})
    assert prices(found) == []
    assert "`where`" not in " ".join(d.message for d in found.problems)


def test_units_are_availability(tmp_path: Path) -> None:
    rows = [row(price="1", availability=units) for units in ("14", 0, "-2", "1.5", "in stock")]
    found = catalogue(tmp_path, rows)
    assert [record["availability"] for record in found.records] == [
        *("InStock", "OutOfStock", "OutOfStock", "InStock", "InStock")
    ]


def test_a_column_of_a_fallback_that_is_not_there_is_reported(tmp_path: Path) -> None:
    text = "id,name,sale_price,price\n1,Mug,8.00,10.00\n2,Cup,,x\n"
    found = catalogue(tmp_path, text, fields={"unit_price": ["sale_prise", "price"], "name": "name"})
    assert prices(found) == ["10.00"]
    told = [(d.severity, d.message) for d in found.problems]
    assert ("warning", "p.csv has no column `sale_prise`; did you mean `sale_price`?") in told
    assert any(severity == "error" and "got `x`" in message for severity, message in told)


@pytest.mark.parametrize(
    ("catalog", "said"),
    [
        ("{source: json-ld, where: {a: b}}", "`where` is for a catalogue file"),
        ("{source: json-ld, preset: shopify}", "`preset` is for a catalogue file"),
        ("{preset: shopify}", "`source` names none"),
        ("{source: p.csv, variants: first}", "`variants` needs a `preset`"),
        ("{source: p.csv, vat: 21}", "`vat` is for `preset: prestashop`"),
    ],
)
def test_a_key_that_nobody_would_read_is_an_error(catalog: str, said: str) -> None:
    with pytest.raises(KitError) as refused:
        load("connectif.yaml", f"store: {json.dumps(STORE)}\ncatalog: {catalog}\n".encode())
    assert said in str(refused.value)
