"""`sync` from the command line to the account: what is planned, sent, kept back, and said."""

from __future__ import annotations

import csv
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from connectif_kit.cli import run
from connectif_kit.core.state import FOLDER, LEDGER, SPOOL, opened
from connectif_kit.fakeapi.faults import Faults
from connectif_kit.fakeapi.http import Reply, Request
from connectif_kit.fakeapi.server import FakeApi
from tests.sync.tools import FAULTS, HOME, KEY, contacts, held_contacts, orders, write_csv, write_jsonl

Fakes = Callable[..., FakeApi]
PLAN = f"""
store: {{id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: {HOME}}}
catalog: {{source: products.csv, fields: {{product_id: sku, unit_price: price}}}}
"""
PRODUCTS = "sku,name,price,url,category,availability,inStockUnits\n"


class Said(NamedTuple):
    """What a command leaves behind."""

    code: int
    out: str
    err: str


Sync = Callable[..., Said]


@pytest.fixture
def sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """`sync(fake, "contacts", "c.csv")` in the test's own folder, with the account's key."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONNECTIF_API_KEY", KEY)

    def call(fake: FakeApi | None, *args: str) -> Said:
        capsys.readouterr()
        more = ["--api-url", fake.url, "--rate", "100000"] if fake else []
        code = run(["sync", *args, *more])
        return Said(code, *capsys.readouterr())

    return call


def held(fake: FakeApi) -> dict[str, Any]:
    return {each["_email"]: {n: v for n, v in each.items() if n != "id"} for each in fake.store.contacts}


def table(name: str) -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def calls(fake: FakeApi, start: str) -> list[str]:
    return [call for call in fake.api.calls if call.startswith(start)]


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


def test_bad_rows_come_back_in_their_own_form_and_can_be_mended(sync: Sync, fake_api: Fakes) -> None:
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


def test_products_are_read_from_the_tags_of_built_pages(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api(domains=(HOME,))
    Path("connectif.yaml").write_text(PLAN)
    Path("public/p").mkdir(parents=True)
    Path("public/p/mug.html").write_text(
        "<!doctype html><body><div class='cn_product_visited' style='display:none'>"
        f"<span class='url'>{HOME}/p/mug/</span><span class='product_id'>mug</span>"
        "<span class='name'>Mug</span><span class='unit_price'>12.50</span>"
        "<span class='category'>/A</span><span class='category'>/B</span></div>"
    )
    assert sync(fake, "products").code == 0
    assert fake.store.products["mug"]["categories"] == ["/A", "/B"]
    assert fake.store.products["mug"]["unitPrice"] == 12.5


def test_purchases_make_sure_of_contact_and_products_first(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    write_jsonl(Path("o.jsonl"), orders(12))
    assert sync(fake, "purchases", "o.jsonl").code == 0
    assert set(fake.store.purchases) == {f"o-{n}" for n in range(12)}
    assert sorted(fake.store.events) == sorted(fake.store.purchases)
    assert set(fake.store.products) == {f"mug-{n}" for n in range(4)}
    assert fake.store.purchases["o-1"]["totalQuantity"] == 2


def test_purchases_may_be_a_table_of_lines_and_start_no_workflow(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    head = "purchaseId,contactEmail,totalPrice,productId,name,productDetailUrl,unitPrice,quantity,price\n"
    lines = [f"o-1,a@b.example,30,p{n},P,{HOME}/{n},10,{n},{n}0\n" for n in (1, 2)]
    Path("o.csv").write_text(head + "".join(lines) + f"o-2,,10,p1,P,{HOME}/1,10,1,10\n")
    said = sync(fake, "purchases", "o.csv", "--no-trigger")
    assert said.code == 1
    assert [line["quantity"] for line in fake.store.purchases["o-1"]["products"]] == [1, 2]
    assert fake.store.events == []
    rows = table(".connectif/rejected.csv")
    assert [(row["purchaseId"], row["error"]) for row in rows] == [
        ("o-2", "contactEmail or contactExternalId is missing")
    ]


def test_a_purchase_that_is_there_already_counts_as_sent(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    write_jsonl(Path("o.jsonl"), orders(3))
    sync(fake, "purchases", "o.jsonl")
    Path(".connectif/sync.sqlite").unlink()
    said = sync(fake, "purchases", "o.jsonl")
    assert (said.code, "3 rows sent (3 were there already)" in said.err) == (0, True)


def test_coupons_go_into_their_set_and_what_is_left_is_told(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    fake.store.add_coupon_set("s1", "Spring")
    Path("codes.csv").write_text("code\nA\nB\nA\n")
    assert sync(fake, "coupons", "codes.csv", "--set", "s1").code == 0
    assert fake.store.codes["s1"] == {"A", "B"}
    assert sync(fake, "coupons", "--status").out == "s1  Spring: multiple, 2 of 2 left\n"


def test_import_flags_reach_the_api(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    fake.store.patch_contact("_email", "a@b.example", {"_name": "Ana"})
    Path("c.csv").write_text("_email,_name,_surname\na@b.example,Eva,Ruiz\n")
    sync(fake, "contacts", "c.csv", "--only-empty")
    assert held(fake)["a@b.example"] == {"_email": "a@b.example", "_name": "Ana", "_surname": "Ruiz"}


def test_files_are_split_below_the_limit_and_by_filled_columns(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    rows = contacts(300)
    write_csv(Path("c.csv"), rows)
    assert sync(fake, "contacts", "c.csv", "--file-size", "2000").code == 0
    jobs = fake.store.imports.all.values()
    assert held(fake) == held_contacts(rows)
    assert all(sum(len(",".join(row.values())) + 3 for row in job.rows) < 2100 for job in jobs)
    assert all(cell for job in jobs for row in job.rows for cell in row.values())


def test_a_full_import_queue_is_waited_for(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    fake.store.imports.seconds = 0.02
    write_csv(Path("c.csv"), contacts(300))
    assert sync(fake, "contacts", "c.csv", "--file-size", "1000", "--via", "import").code == 0
    assert len(fake.store.imports.all) > 10
    assert len(fake.store.contacts) == 300


@pytest.mark.parametrize(
    ("end", "words"),
    [("error", "the API gave up on the import"), ("cancelled", "was cancelled in the app")],
)
def test_an_import_that_ends_badly_is_told_and_sent_the_next_time(
    sync: Sync, fake_api: Fakes, end: str, words: str
) -> None:
    fake = fake_api()
    fake.store.imports.ends = {0: end}
    write_csv(Path("c.csv"), contacts(3))
    said = sync(fake, "contacts", "c.csv", "--via", "import")
    assert said.code == 1
    assert words in said.out
    assert sync(fake, "contacts", "c.csv", "--via", "import").code == 0
    assert held(fake) == held_contacts(contacts(3))


def test_a_post_whose_answer_was_lost_is_found_again_and_not_repeated(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    write_csv(Path("c.csv"), [{"_email": f"p{n}@b.example", "_name": "Ana"} for n in range(20)])
    fake.api = _Losing(fake.api)  # type: ignore[assignment]  # the same calls
    assert sync(fake, "contacts", "c.csv", "--via", "import").code == 0
    assert len(fake.store.imports.all) == 1


class _Losing:
    """An account whose first answer to a POST is a 500, after it was carried out."""

    def __init__(self, api: Any) -> None:
        self.api, self.lost = api, False

    def __getattr__(self, name: str) -> Any:
        return getattr(self.api, name)

    def handle(self, request: Request) -> Reply:
        reply: Reply = self.api.handle(request)
        if request.method == "POST" and not self.lost:
            self.lost = True
            return Reply(500)
        return reply


def test_every_row_arrives_through_a_storm_of_failures(sync: Sync, fake_api: Fakes) -> None:
    faults = Faults({kind: share * 3 for kind, share in FAULTS.items()}, 7, retry_after="0")
    rows, fake = contacts(80), fake_api(faults=faults)
    write_csv(Path("c.csv"), rows)
    assert sync(fake, "contacts", "c.csv", "--via", "calls").code == 0
    assert held(fake) == held_contacts(rows)


def test_an_unfinished_run_is_gone_on_with(sync: Sync, fake_api: Fakes) -> None:
    rows, fake = contacts(40), fake_api()
    write_csv(Path("c.csv"), rows)
    working = fake.api
    fake.api = _Broken(working, after=15)  # type: ignore[assignment]  # the same calls
    said = sync(fake, "contacts", "c.csv", "--via", "calls")
    assert (said.code, "the same command later to go on" in said.err) == (2, True)
    assert 10 <= len(fake.store.contacts) < 40
    Path("d.csv").write_text("_email\nz@z.example\n")
    other = sync(fake, "contacts", "d.csv")
    assert (other.code, "c.csv is unfinished" in other.err) == (2, True)
    fake.api = working
    before = len(fake.store.writes)
    assert sync(fake, "--resume").code == 0
    assert held(fake) == held_contacts(rows)
    assert len(fake.store.writes) - before == 40 - before
    assert "40 sent" in sync(None, "--history").out


class _Broken(_Losing):
    """An account that fails for good after some calls."""

    def __init__(self, api: Any, after: int) -> None:
        super().__init__(api)
        self.left = after

    def handle(self, request: Request) -> Reply:
        self.left -= 1
        reply: Reply = self.api.handle(request) if self.left >= 0 else Reply(503)
        return reply


def test_an_unfinished_run_can_be_dropped(sync: Sync, fake_api: Fakes) -> None:
    rows, fake = contacts(20), fake_api()
    write_csv(Path("c.csv"), rows)
    working = fake.api
    fake.api = _Broken(working, after=5)  # type: ignore[assignment]  # the same calls
    sync(fake, "contacts", "c.csv", "--via", "calls")
    fake.api = working
    Path("d.csv").write_text("_email\nz@z.example\n")
    assert sync(fake, "contacts", "d.csv", "--no-resume").code == 0
    assert sync(fake, "contacts", "c.csv").code == 0
    assert len(fake.store.contacts) == 21
    assert "dropped" in sync(None, "--history").out


def test_a_limit_sends_so_many_and_the_rest_another_time(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    write_csv(Path("c.csv"), contacts(30))
    said = sync(fake, "contacts", "c.csv", "--limit", "10")
    assert (said.code, len(fake.store.contacts)) == (0, 10)
    assert "20 later" in said.err
    sync(fake, "contacts", "c.csv")
    assert len(fake.store.contacts) == 30


def test_the_store_s_own_fields_get_their_types(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    fake.store.custom |= {"size": "integer", "vip": "boolean", "likes": "checkbox", "ratio": "decimal"}
    Path("c.csv").write_text("_email,size,vip,likes,ratio\na@b.example,38,true,mugs|jugs,0.5\n")
    said = sync(fake, "contacts", "c.csv", "--via", "calls")
    assert said.code == 0
    assert "taken as the store's own contact fields: size, vip, likes, ratio" in said.err
    found = held(fake)["a@b.example"]
    assert (found["size"], found["vip"], found["likes"], found["ratio"]) == (38, True, ["mugs", "jugs"], 0.5)


def test_contacts_with_an_external_id_are_named_by_it(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    Path("c.csv").write_text("_email,_externalId,_name\na@b.example,7,Ana\n,8,Eva\n")
    assert sync(fake, "contacts", "c.csv", "--via", "calls").code == 0
    assert calls(fake, "PATCH") == ["PATCH /contacts/external-id/7 200", "PATCH /contacts/external-id/8 200"]


def test_erasure_asks_first_and_forgets(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    write_csv(Path("c.csv"), contacts(2))
    sync(fake, "contacts", "c.csv")
    refused = sync(fake, "--delete-contact", "person1@mail.example")
    assert (refused.code, len(fake.store.contacts)) == (2, 2)
    said = sync(fake, "--delete-contact", "person1@mail.example", "--delete-purchase", "o-9", "--yes")
    assert said.out == "p…@m….example: deleted\no-9: deleted\n"
    assert (
        sync(fake, "--delete-contact", "person1@mail.example", "--yes").out
        == "p…@m….example: was not there\n"
    )
    assert "1 new, 1 unchanged" in sync(fake, "contacts", "c.csv", "--dry-run").err


def test_two_syncs_at_once_are_kept_apart(sync: Sync, fake_api: Fakes) -> None:
    from connectif_kit.sync.ledger import Ledger

    write_csv(Path("c.csv"), contacts(2))
    ledger = Ledger(opened(Path()) / LEDGER)
    said = sync(fake_api(), "contacts", "c.csv")
    ledger.close()
    assert (said.code, "another sync is running" in said.err) == (2, True)


def test_the_ledger_holds_no_personal_data_once_a_run_is_over(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    write_csv(Path("c.csv"), contacts(20))
    assert sync(fake, "contacts", "c.csv").code == 0
    assert len(fake.store.contacts) == 20
    everything = b"".join(path.read_bytes() for path in Path().glob(".connectif/sync.sqlite*"))
    assert everything, "a ledger is there"
    assert b"person7@mail.example" not in everything
    assert KEY.encode() not in everything


def test_no_log_shows_an_address_or_a_number(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    Path("c.csv").write_text(
        "_email,_mobilePhone,_points\nana.ruiz@mail.example,+34699887766,3\n"
        "bea.gil@mail.example,+34699887755,x\neva@,1,\n"
    )
    said = sync(fake, "contacts", "c.csv", "--diff")
    assert [each["_email"] for each in fake.store.contacts] == ["ana.ruiz@mail.example"]
    assert "c.csv:2  new" in said.out, "the row that was sent is in the log"
    assert "2 rejected" in said.err
    for secret in ("ana.ruiz", "bea.gil", "mail.example", "699887766", "699887755", "demo:demo"):
        assert secret not in said.out + said.err


def test_the_key_comes_from_the_environment_only(
    sync: Sync, fake_api: Fakes, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_api()
    write_csv(Path("c.csv"), contacts(1))
    monkeypatch.setenv("CONNECTIF_API_KEY", " apiKey demo:demo\n")
    assert sync(fake, "contacts", "c.csv").code == 0
    monkeypatch.setenv("CONNECTIF_API_KEY", "demo")
    assert "not of the form `keyId:keySecret`" in sync(fake, "contacts", "c.csv").err
    monkeypatch.delenv("CONNECTIF_API_KEY")
    said = sync(fake, "contacts", "c.csv")
    assert (said.code, "CONNECTIF_API_KEY is not set" in said.err) == (2, True)
    assert sync(fake, "contacts", "c.csv", "--dry-run").code == 0


def test_a_key_in_the_plan_is_refused(sync: Sync, fake_api: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONNECTIF_API_KEY", "someid:verysecret")
    Path("connectif.yaml").write_text(PLAN + "# key someid:verysecret\n")
    said = sync(fake_api(), "products", "products.csv")
    assert said.code == 2
    assert "the API key stands in the plan" in said.err
    assert "verysecret" not in said.err.replace("# key someid:verysecret", "")


def test_only_https_or_this_machine_is_spoken_to(sync: Sync) -> None:
    write_csv(Path("c.csv"), contacts(1))
    said = sync(None, "contacts", "c.csv", "--api-url", "http://api.example")
    assert (said.code, "is not an https address" in said.err) == (2, True)
    assert sync(None, "contacts", "c.csv", "--rate", "101").code == 2


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "say what to sync"),
        (["contacts"], "name the file that the contacts are in"),
        (["contacts", "none.csv"], "there is no file or folder none.csv"),
        (["contacts", "."], "only products can be read from pages"),
        (["coupons", "c.csv"], "coupons need --set ID"),
        (["purchases", "c.csv", "--via", "import"], "purchases cannot be imported"),
        (["contacts", "c.csv", "--keep-existing", "--only-empty"], "contradict each other"),
        (["contacts", "c.csv", "--via", "calls", "--only-empty"], "only imports can keep what is there"),
        (["products", "--status"], "--status is for coupons"),
    ],
)
def test_usage_that_makes_no_sense_is_refused(sync: Sync, args: list[str], words: str) -> None:
    write_csv(Path("c.csv"), contacts(1))
    said = sync(None, *args)
    assert (said.code, words in said.err) == (2, True)


@pytest.mark.parametrize(
    ("header", "words"),
    [("_email,first name", "`first name` can be no contact field"), ("email,_email", "are both _email")],
)
def test_columns_that_cannot_be_are_refused(sync: Sync, fake_api: Fakes, header: str, words: str) -> None:
    Path("c.csv").write_text(f"{header}\na@b.example,x\n")
    said = sync(fake_api(), "contacts", "c.csv")
    assert (said.code, words in said.err) == (2, True)


def test_a_file_that_is_no_ledger_is_left_alone(sync: Sync, fake_api: Fakes) -> None:
    write_csv(Path("c.csv"), contacts(1))
    Path(".connectif").mkdir()
    Path(".connectif/sync.sqlite").write_bytes(b"something else entirely" * 100)
    said = sync(fake_api(), "contacts", "c.csv")
    assert (said.code, "not a ledger of ours" in said.err) == (2, True)
    assert Path(".connectif/sync.sqlite").read_bytes().startswith(b"something else")


@pytest.mark.parametrize("size", [20_000, 60_000, 200_000])
def test_a_full_disk_is_told_and_nothing_is_lost(sync: Sync, fake_api: Fakes, size: int) -> None:
    import resource

    rows, fake = contacts(2000), fake_api()
    write_csv(Path("c.csv"), rows)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        said = sync(fake, "contacts", "c.csv")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert said.code == 2
    assert "Traceback" not in said.err
    assert sync(fake, "contacts", "c.csv").code == 0
    assert held(fake) == held_contacts(rows)


def test_the_history_names_what_was_done(sync: Sync, fake_api: Fakes) -> None:
    write_csv(Path("c.csv"), contacts(5))
    sync(fake_api(), "contacts", "c.csv")
    history = json.loads(sync(None, "--history", "--format", "json").out)
    assert [(each["state"], each["rows"]["sent"]) for each in history] == [("finished", 5)]
