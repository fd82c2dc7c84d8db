"""Purchases, coupons and imports: what must be there first, what is split, what ends badly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.accounts import PLAN, Fakes, Sync, held, table
from tests.sync.tools import HOME, contacts, held_contacts, orders, write_csv, write_jsonl


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


def test_coupons_go_into_their_set_and_what_is_left_is_reported(sync: Sync, fake_api: Fakes) -> None:
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
def test_an_import_that_ends_badly_is_reported_and_sent_the_next_time(
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
