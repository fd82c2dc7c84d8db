"""`sync` from the command line to the account: what is planned, sent, kept back, and said."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.core.state import FOLDER, SPOOL
from connectif_kit.fakeapi.server import FakeApi
from tests.sync.accounts import PLAN, Fakes, Sync, calls, held, table
from tests.sync.tools import HOME, contacts, held_contacts, orders, write_csv, write_jsonl

PRODUCTS = "sku,name,price,url,category,availability,inStockUnits\n"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("way", ["auto", "import", "calls"])
def test_contacts_arrive_whole_by_every_way(sync: Sync, fake_api: Fakes, way: str) -> None:
    rows, fake = contacts(60), fake_api()
    write_csv(Path("c.csv"), rows)
    assert sync(fake, "contacts", "c.csv", "--via", way).code == 0
    assert held(fake) == held_contacts(rows)
    assert bool(calls(fake, "POST /imports")) == (way != "calls")
    assert not Path(FOLDER, SPOOL).exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("c.json", '[{"email": "a@b.example", "points": 3, "name": "Ana"}]'),
        ("c.jsonl", '{"_email": "a@b.example", "_points": 3, "_name": "Ana"}\n'),
        ("c.yaml", "- {primary_key: a@b.example, _points: 3, _name: Ana}\n"),
        ("c.csv", "Email;Points;Name\na@b.example;003;Ana\n"),
    ],
)
def test_every_form_of_source_is_mapped_by_the_vocabulary(
    sync: Sync, fake_api: Fakes, name: str, text: str
) -> None:
    fake = fake_api()
    Path(name).write_text(text)
    assert sync(fake, "contacts", name).code == 0
    assert held(fake) == {"a@b.example": {"_email": "a@b.example", "_points": 3, "_name": "Ana"}}


def test_nothing_that_is_unchanged_is_sent_again(sync: Sync, fake_api: Fakes) -> None:
    rows, fake = contacts(30), fake_api()
    write_csv(Path("c.csv"), rows)
    sync(fake, "contacts", "c.csv")
    before = len(fake.store.writes)
    said = sync(fake, "contacts", "c.csv")
    assert (said.code, len(fake.store.writes)) == (0, before)
    assert "30 unchanged" in said.err
    rows[3]["_name"] = "Eva"
    write_csv(Path("c.csv"), rows[:-1])
    diff = sync(fake, "contacts", "c.csv", "--dry-run", "--diff")
    assert "contacts: 29 rows: 1 changed, 28 unchanged, 1 gone" in diff.err
    assert diff.out == "c.csv:5  changed  p…@m….example\n"
    sync(fake, "contacts", "c.csv")
    assert fake.store.writes[before:] == [("contacts", "person3@mail.example")]


def test_a_dry_run_shows_the_cost_and_touches_nothing(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    write_csv(Path("c.csv"), contacts(400))
    said = sync(fake, "contacts", "c.csv", "--dry-run")
    assert said.code == 0
    assert "contacts: 400 rows: 400 new" in said.err
    assert "4 import file(s), 0.0 MB: about 22 calls" in said.err
    assert fake.api.calls == []
    assert [path.name for path in Path().iterdir()] == ["c.csv"]
    assert sync(fake, "contacts", "c.csv", "--dry-run", "--format", "json").out.startswith("{")


def test_bad_rows_come_back_in_their_own_form_and_can_be_fixed(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    Path("c.csv").write_text(
        "email,phone,_mobilePhone,_newsletterSubscriptionStatus,_externalId,_points\n"
        "a@b.example,,+34651234567,Subscribed,,1\n"
        "nobody,,,,,\n"
        "c@d.example,,12,maybe,,x\n"
        f"e@f.example,,,,{'x' * 51},\n"
        "a@b.example,,,,,2\n"
        ",,,,,7\n"
    )
    said = sync(fake, "contacts", "c.csv")
    assert said.code == 1
    assert [each["_email"] for each in fake.store.contacts] == ["a@b.example"]
    rows = table(".connectif/rejected.csv")
    assert list(rows[0]) == ["email", "phone", *list(rows[0])[2:6], "error"]
    assert [row["error"] for row in rows] == [
        "_email: expected an address such as ana@example.org, got n… (6 characters)",
        "_mobilePhone: expected a number such as +34651234567, got 1… (2 characters); "
        "_newsletterSubscriptionStatus: one of subscribed, unsubscribed, none; "
        "_points: expected a whole number such as 3, got x",
        "_externalId: at most 50 characters",
        "the same key is in the file already, with other values",
        "_email or _externalId is missing",
    ]
    assert mode(Path(".connectif/rejected.csv")) == 0o600
    assert mode(Path(".connectif/sync.sqlite")) == 0o600
    mended = Path(".connectif/rejected.csv").read_text().splitlines()
    Path(".connectif/rejected.csv").write_text(
        "\n".join([mended[0], mended[1].replace("nobody", "n@o.example", 1)]) + "\n"
    )
    assert sync(fake, "contacts", ".connectif/rejected.csv").code == 0
    assert {each["_email"] for each in fake.store.contacts} == {"a@b.example", "n@o.example"}


@pytest.mark.parametrize("way", ["import", "calls"])
def test_rows_that_the_api_refuses_come_back_as_they_were(sync: Sync, fake_api: Fakes, way: str) -> None:
    fake = fake_api()
    fake.store.custom["size"] = "integer"
    Path("c.csv").write_text("Email,Name,size\na@b.example,Ana,38\nc@d.example,Eva,forty\n")
    fake.store.imports.apply = _refuse_forty(fake)
    said = sync(fake, "contacts", "c.csv", "--via", way)
    assert said.code == 1
    rows = table(".connectif/rejected.csv")
    assert [(row["Email"], row["Name"], row["size"]) for row in rows] == [("c@d.example", "Eva", "forty")]
    assert "size" in rows[0]["error"]
    assert sync(fake, "contacts", "c.csv").err.startswith("contacts: 2 rows: 1 new, 1 unchanged")


def _refuse_forty(fake: FakeApi) -> Any:
    take = fake.store.take_row
    return lambda job, row: "size: Value is not valid" if row.get("size") == "forty" else take(job, row)


def test_products_are_read_by_the_plan_and_kept_inside_the_domains(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api(domains=(HOME,))
    Path("connectif.yaml").write_text(PLAN)
    Path("products.csv").write_text(
        PRODUCTS + f"mug,Mug,12.50,{HOME}/p/mug/,/A|/B,InStock,7\n"
        "cup,Cup,9.90,https://other.example/cup,/A,InStock,1\n"
        f'jug,Jug,"9,90",{HOME}/p/jug/,/A,InStock,1\n'
    )
    said = sync(fake, "products")
    assert said.code == 1
    assert fake.store.products["mug"] == {
        "productId": "mug",
        "name": "Mug",
        "unitPrice": 12.5,
        "productDetailUrl": f"{HOME}/p/mug/",
        "categories": ["/A", "/B"],
        "availability": "instock",
        "inStockUnits": 7,
    }
    assert set(fake.store.products) == {"mug"}
    errors = [row["error"] for row in table(".connectif/rejected.csv")]
    assert errors[0] == "productDetailUrl: outside the authorised domains (store.domains)"
    assert errors[1].startswith("`unit_price`")


def test_unix_milliseconds_reach_the_api_as_iso_8601(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    Path("connectif.yaml").write_text(PLAN)
    row = {"sku": "mug", "title": "Mug", "price": "9.90", "publishedAt": 1768472430000}
    Path("products.json").write_text(json.dumps([row | {"link": f"{HOME}/p/mug/"}]))
    assert sync(fake, "products", "products.json").code == 0
    assert fake.store.products["mug"]["publishedAt"] == "2026-01-15T10:20:30Z"


def test_a_shop_systems_export_is_synced_as_it_comes_and_refused_rows_go_back_as_they_came(
    sync: Sync, fake_api: Fakes
) -> None:
    fake = fake_api()
    store = PLAN[: PLAN.index("catalog:")]
    Path("connectif.yaml").write_text(
        f"{store}catalog: {{source: export.csv, preset: shopify, where: {{Vendor: {{not: Other}}}}}}\n"
    )
    Path("export.csv").write_text(
        "Handle,Title,Vendor,Status,Option1 Value,Variant SKU,Variant Price\n"
        "mug,Mug,Acme,active,Blue,m-1,12.50\nmug,,,,Red,,x\ncup,Cup,Other,active,,c-1,3\nhat,Hat,,draft,,h-1,4\n"
    )
    said = sync(fake, "products", "export.csv", "--rejected", "rejected.csv")
    assert said.code == 1
    assert {number: each["name"] for number, each in fake.store.products.items()} == {"m-1": "Mug - Blue"}
    assert "not taken: 1 drafts and unpublished products" in said.err
    (back,) = table("rejected.csv")
    assert (back.pop("error")[:12], back["Option1 Value"], back["Variant Price"]) == (
        "`unit_price`",
        "Red",
        "x",
    )
    assert list(back) == [
        "Handle",
        "Title",
        "Vendor",
        "Status",
        "Option1 Value",
        "Variant SKU",
        "Variant Price",
    ]


@pytest.mark.parametrize(
    ("zone", "written", "sent"),
    [
        ("", "2026-01-15 10:20:30", None),
        ("", "2026-01-15", None),
        ("", "2026-01-15 10:20:30+0100", "2026-01-15T10:20:30+01:00"),
        ("Europe/Madrid", "2026-01-15 10:20:30", "2026-01-15T10:20:30+01:00"),
        ("Europe/Madrid", "2026-07-15", "2026-07-15T00:00:00+02:00"),
    ],
)
def test_an_orders_moment_has_an_offset_or_the_order_is_refused(
    sync: Sync, fake_api: Fakes, zone: str, written: str, sent: str | None
) -> None:
    fake = fake_api()
    Path("connectif.yaml").write_text(PLAN.replace("store: {", f"store: {{time_zone: '{zone}', "))
    write_jsonl(Path("o.jsonl"), [{**orders(1)[0], "purchaseDate": written}])
    said = sync(fake, "purchases", "o.jsonl")
    if sent:
        assert fake.store.purchases["o-0"]["purchaseDate"] == sent
    else:
        assert (said.code, fake.store.purchases) == (1, {})
        assert "a moment with its offset" in said.out + said.err


def test_an_order_in_another_currency_is_refused(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    Path("connectif.yaml").write_text(PLAN.replace("store: {", "store: {currency: EUR, "))
    some = [{**order, "currency": code} for order, code in zip(orders(2), ("EUR", "USD"), strict=True)]
    write_jsonl(Path("o.jsonl"), some)
    said = sync(fake, "purchases", "o.jsonl")
    assert (said.code, set(fake.store.purchases)) == (1, {"o-0"})
    assert "is in USD, the store's currency is EUR" in said.out + said.err


def test_a_birthday_is_a_day_whatever_hour_stands_behind_it(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    Path("c.csv").write_text("_email,_birthdate\na@b.example,1988-11-02 00:00:00\n")
    assert sync(fake, "contacts", "c.csv").code == 0
    assert held(fake)["a@b.example"]["_birthdate"] == "1988-11-02"
