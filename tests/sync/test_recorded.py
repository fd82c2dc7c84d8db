"""`sync` beside the platform's own documentation: what it asks, and what it makes of replies.

`fake-api` is ours and could share a mistake with what it tests; here only the articles' words are answered.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.sync.recorded_account import Account, Answer, answering
from tests.tools import Cli, Run

Sync = Callable[..., Run]
OK = Answer(200, {"id": "5e7b1f2a9c8d4e0012345678"})
CREATED = Answer(201, {"id": "5e7b1f2a9c8d4e0012345678"})
NO_CONTACT = Answer(
    400, {"status": 400, "title": "Bad Request", "detail": "The contact does not exist.", "code": "E0101"}
)
NO_PRODUCTS = {"status": 400, "title": "Bad Request", "detail": "Unknown products.", "code": "E0102"}
LINE = {
    "productId": "mug-1",
    "name": "Mug",
    "productDetailUrl": "https://shop.example/p/1/",
    "unitPrice": 60.25,
    "quantity": 3,
    "price": 180.75,
}
ORDER = {
    "purchaseId": "o-1",
    "contactEmail": "ana@mail.example",
    "purchaseDate": "2024-09-13T10:49:31+00:00",
    "paymentMethod": "card",
    "cartId": "c-1",
    "totalPrice": 180.75,
    "totalQuantity": 3,
    "products": [LINE],
}


@pytest.fixture
def account() -> Iterator[Account]:
    with ExitStack() as servers:
        yield servers.enter_context(answering(Account()))


@pytest.fixture
def sync(cli: Cli, account: Account) -> Sync:
    """`sync("contacts", "c.csv")` against the recorded account, in single calls."""

    def call(*args: str, key: str = "demo:demo") -> Run:
        more = ("--via", "calls", "--rate", "100000", "--api-url", account.url)
        return cli("sync", *args, *more, env={"CONNECTIF_API_KEY": key})

    return call


def rejected(folder: Path) -> list[dict[str, str]]:
    with (folder / ".connectif/rejected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_orders(folder: Path, *orders: dict[str, Any]) -> None:
    (folder / "o.jsonl").write_text("".join(f"{json.dumps(order)}\n" for order in orders))


def test_a_contact_is_named_in_the_address_and_not_again_in_the_body(
    sync: Sync, account: Account, tmp_path: Path
) -> None:
    """https://api-docs.connectif.cloud: `PATCH /contacts/email/{email}` takes the other fields only."""
    account.replies["PATCH /contacts/email/ana%2Bshop%40mail.example"] = [OK]
    (tmp_path / "c.csv").write_text(
        "_email,_name,_points,_newsletterSubscriptionStatus,_mobilePhone\n"
        "ana+shop@mail.example,Ana,3,subscribed,+34651234567\n"
    )
    assert sync("contacts", "c.csv").code == 0
    [asked] = account.asked
    assert asked.headers["authorization"] == "apiKey demo:demo"
    assert asked.headers["content-type"] == "application/json"
    assert asked.json == {
        "_name": "Ana",
        "_points": 3,
        "_newsletterSubscriptionStatus": "subscribed",
        "_mobilePhone": "+34651234567",
    }


def test_an_external_id_comes_before_the_email_which_is_then_a_field(
    sync: Sync, account: Account, tmp_path: Path
) -> None:
    account.replies["PATCH /contacts/external-id/crm%2F7"] = [OK]
    (tmp_path / "c.csv").write_text("_email,_externalId,_name\nana@mail.example,crm/7,Ana\n")
    assert sync("contacts", "c.csv").code == 0
    assert [each.json for each in account.asked] == [{"_email": "ana@mail.example", "_name": "Ana"}]


def test_a_product_is_patched_by_the_shops_own_id(sync: Sync, account: Account, tmp_path: Path) -> None:
    account.replies["PATCH /products/product-id/mug%201"] = [OK]
    (tmp_path / "connectif.yaml").write_text(
        "store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: https://shop.example}\n"
        "catalog: {source: products.csv}\n"
    )
    (tmp_path / "products.csv").write_text(
        "productId,name,productDetailUrl,unitPrice,unitPriceOriginal,categories,availability,inStockUnits\n"
        "mug 1,Mug,https://shop.example/p/1/,60.25,70.50,/A|/B,InStock,7\n"
    )
    assert sync("products").code == 0
    assert [each.json for each in account.asked] == [
        {
            "name": "Mug",
            "productDetailUrl": "https://shop.example/p/1/",
            "unitPrice": 60.25,
            "unitPriceOriginal": 70.5,
            "discountedAmount": 10.25,
            "categories": ["/A", "/B"],
            "availability": "instock",
            "inStockUnits": 7,
        }
    ]


def test_an_order_is_posted_as_it_is(sync: Sync, account: Account, tmp_path: Path) -> None:
    account.replies["POST /purchases/"] = [CREATED]
    write_orders(tmp_path, ORDER)
    assert sync("purchases", "o.jsonl").code == 0
    assert [each.json for each in account.asked] == [ORDER]


def test_an_order_that_is_to_start_no_workflow_says_so(sync: Sync, account: Account, tmp_path: Path) -> None:
    account.replies["POST /purchases/?triggerPurchaseEvent=false"] = [CREATED]
    write_orders(tmp_path, ORDER)
    assert sync("purchases", "o.jsonl", "--no-trigger").code == 0
    assert len(account.asked) == 1


@pytest.mark.parametrize(
    ("who", "line", "body"),
    [
        ({}, "PATCH /contacts/email/ana%40mail.example", {}),
        ({"contactExternalId": "7"}, "PATCH /contacts/external-id/7", {}),
    ],
)
def test_a_contact_that_the_order_needs_is_made_first(
    sync: Sync, account: Account, tmp_path: Path, who: dict[str, str], line: str, body: dict[str, str]
) -> None:
    account.replies = {"POST /purchases/": [NO_CONTACT, CREATED], line: [OK]}
    order = {**ORDER, **who}
    if who:
        del order["contactEmail"]
    write_orders(tmp_path, order)
    assert sync("purchases", "o.jsonl").code == 0
    assert account.lines == ["POST /purchases/", line, "POST /purchases/"]
    assert account.asked[1].json == body
    assert account.asked[2].json == account.asked[0].json == order


@pytest.mark.parametrize("member", ["productIds", "productsId"])
def test_products_that_the_order_needs_are_made_from_its_lines_and_no_others(
    sync: Sync, account: Account, tmp_path: Path, member: str
) -> None:
    """The documentation names them `productIds` in its table and `productsId` in its sample."""
    lacking = Answer(400, {**NO_PRODUCTS, member: ["mug-2"]})
    account.replies = {
        "POST /purchases/": [lacking, CREATED],
        "PATCH /products/product-id/mug-2": [OK],
    }
    lines = [LINE, {**LINE, "productId": "mug-2", "brand": "Barro"}]
    write_orders(tmp_path, {**ORDER, "totalQuantity": 6, "totalPrice": 361.5, "products": lines})
    assert sync("purchases", "o.jsonl").code == 0
    assert account.lines == ["POST /purchases/", "PATCH /products/product-id/mug-2", "POST /purchases/"]
    assert account.asked[1].json == {
        "name": "Mug",
        "productDetailUrl": "https://shop.example/p/1/",
        "unitPrice": 60.25,
        "brand": "Barro",
    }


def test_contact_and_products_may_both_be_unknown(sync: Sync, account: Account, tmp_path: Path) -> None:
    account.replies = {
        "POST /purchases/": [NO_CONTACT, Answer(400, {**NO_PRODUCTS, "productIds": ["mug-1"]}), CREATED],
        "PATCH /contacts/email/ana%40mail.example": [OK],
        "PATCH /products/product-id/mug-1": [OK],
    }
    write_orders(tmp_path, ORDER)
    assert sync("purchases", "o.jsonl").code == 0
    assert account.lines == [
        "POST /purchases/",
        "PATCH /contacts/email/ana%40mail.example",
        "POST /purchases/",
        "PATCH /products/product-id/mug-1",
        "POST /purchases/",
    ]


def test_an_order_that_is_refused_whatever_is_done_comes_back(
    sync: Sync, account: Account, tmp_path: Path
) -> None:
    account.replies = {"POST /purchases/": [NO_CONTACT], "PATCH /contacts/email/ana%40mail.example": [OK]}
    write_orders(tmp_path, ORDER)
    assert sync("purchases", "o.jsonl").code == 1
    assert account.lines.count("POST /purchases/") == 3
    [row] = [json.loads(line) for line in (tmp_path / ".connectif/rejected.jsonl").read_text().splitlines()]
    assert row["purchaseId"] == "o-1"


def test_a_contact_that_cannot_be_made_stops_its_order_only(
    sync: Sync, account: Account, tmp_path: Path
) -> None:
    invalid = {
        "status": 422,
        "title": "Unprocessable entity",
        "detail": "One or more validation error occurred.",
        "validationErrors": [{"name": "email", "path": "/email", "reason": "Value is not valid"}],
    }
    account.replies = {
        "POST /purchases/": [NO_CONTACT, CREATED],
        "PATCH /contacts/email/ana%40mail.example": [Answer(422, invalid)],
    }
    write_orders(tmp_path, ORDER)
    said = sync("purchases", "o.jsonl")
    assert said.code == 1
    assert account.lines == ["POST /purchases/", "PATCH /contacts/email/ana%40mail.example"]
    assert "Value is not valid" in (tmp_path / ".connectif/rejected.jsonl").read_text()


def test_an_order_that_is_there_already_counts_as_sent(sync: Sync, account: Account, tmp_path: Path) -> None:
    conflict = {"status": 409, "title": "Conflict", "detail": "Purchase o-1 already exists."}
    account.replies["POST /purchases/"] = [Answer(409, conflict)]
    write_orders(tmp_path, ORDER)
    said = sync("purchases", "o.jsonl")
    assert (said.code, "1 rows sent (1 were there already)" in said.stderr) == (0, True), said.stderr


def test_another_conflict_is_no_success(sync: Sync, account: Account, tmp_path: Path) -> None:
    account.replies["PATCH /contacts/email/a%40b.example"] = [
        Answer(409, {"status": 409, "title": "Conflict"})
    ]
    (tmp_path / "c.csv").write_text("_email,_name\na@b.example,Ana\n")
    assert sync("contacts", "c.csv").code == 1
    assert [row["_email"] for row in rejected(tmp_path)] == ["a@b.example"]


def test_the_reasons_of_a_422_stand_beside_the_row(sync: Sync, account: Account, tmp_path: Path) -> None:
    errors = [{"name": "_points", "path": "/_points", "reason": "Value is not valid"}]
    body = {"status": 422, "title": "Unprocessable entity", "detail": "x", "validationErrors": errors}
    account.replies["PATCH /contacts/email/a%40b.example"] = [Answer(422, body)]
    account.replies["PATCH /contacts/email/c%40d.example"] = [OK]
    (tmp_path / "c.csv").write_text("_email,_points\na@b.example,1\nc@d.example,2\n")
    assert sync("contacts", "c.csv").code == 1
    [row] = rejected(tmp_path)
    assert (row["_email"], row["_points"]) == ("a@b.example", "1")
    assert "_points" in row["error"]
    assert "Value is not valid" in row["error"]


def test_a_bare_401_and_a_403_end_the_run_with_what_to_do(
    sync: Sync, account: Account, tmp_path: Path
) -> None:
    (tmp_path / "c.csv").write_text("_email\na@b.example\n")
    line = "PATCH /contacts/email/a%40b.example"
    account.replies[line] = [Answer(401)]
    said = sync("contacts", "c.csv")
    assert said.code == 2
    assert "Traceback" not in said.stderr
    account.replies[line] = [Answer(403, {"status": 403, "title": "Forbidden", "detail": "No permission."})]
    said = sync("contacts", "--resume") if "--resume" in said.stderr else sync("contacts", "c.csv")
    assert said.code == 2
    assert len(account.asked) == 2, "nothing is repeated that cannot help"


def test_what_was_under_way_when_a_call_failed_is_not_sent_again(
    sync: Sync, account: Account, tmp_path: Path
) -> None:
    (tmp_path / "c.csv").write_text("_email\na@b.example\nc@d.example\n")
    first, second = (f"PATCH /contacts/email/{each}" for each in ("a%40b.example", "c%40d.example"))
    failed = Answer(401)
    account.replies = {first: [failed], second: [Answer(200, {"id": "2"}, after=failed.given)]}
    assert sync("contacts", "c.csv").code == 2
    account.replies[first] = [OK]
    assert sync("contacts", "c.csv", "--resume").code == 0
    assert sorted(account.lines) == [first, first, second]


@pytest.mark.parametrize(
    "headers",
    [
        {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1580919168"},
        {"RateLimit-Remaining": "0", "RateLimit-Reset": "0"},
    ],
)
def test_a_429_has_no_body_and_two_families_of_headers(
    sync: Sync, account: Account, tmp_path: Path, headers: dict[str, str]
) -> None:
    line = "PATCH /contacts/email/a%40b.example"
    account.replies[line] = [Answer(429, headers=headers), Answer(200, {"id": "1"}, headers)]
    (tmp_path / "c.csv").write_text("_email,_name\na@b.example,Ana\n")
    assert sync("contacts", "c.csv").code == 0
    assert account.lines == [line, line]


def test_fields_of_the_stores_own_are_asked_for_and_typed(
    sync: Sync, account: Account, tmp_path: Path
) -> None:
    fields = [{"id": "size", "type": "integer"}, {"id": "likes", "type": "checkbox"}]
    account.replies = {
        "GET /contact-fields/": [Answer(200, {"links": {}, "results": fields})],
        "PATCH /contacts/email/a%40b.example": [OK],
    }
    (tmp_path / "c.csv").write_text("_email,size,likes\na@b.example,38,mugs|jugs\n")
    assert sync("contacts", "c.csv").code == 0
    assert account.lines[0] == "GET /contact-fields/"
    assert account.asked[-1].json == {"size": 38, "likes": ["mugs", "jugs"]}
    before = account.lines
    assert sync("contacts", "c.csv").code == 0
    assert account.lines == before, "where nothing is sent nothing is asked for"


def test_the_platforms_own_fields_need_no_asking(sync: Sync, account: Account, tmp_path: Path) -> None:
    account.replies["PATCH /contacts/email/a%40b.example"] = [OK]
    (tmp_path / "c.csv").write_text("_email,_name\na@b.example,Ana\n")
    assert sync("contacts", "c.csv").code == 0
    assert account.lines == ["PATCH /contacts/email/a%40b.example"]
