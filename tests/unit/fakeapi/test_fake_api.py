"""The local API keeps to what is documented, so that a sync proven against it is proven for the real one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from connectif_kit.fakeapi.faults import KINDS, Faults
from connectif_kit.fakeapi.limit import FAMILIES, Window
from connectif_kit.fakeapi.server import FakeApi, new, running
from tests.sync.tools import HOME, KEY

MUG = {"name": "Mug", "productDetailUrl": f"{HOME}/p/mug/", "unitPrice": 12.5}


@pytest.fixture
def fake() -> Iterator[FakeApi]:
    with running(new(limit=1000, domains=(HOME,))) as started:
        started.store.imports.seconds = 0
        yield started


@pytest.fixture
def call(fake: FakeApi) -> Iterator[Any]:
    headers = {"Authorization": f"apiKey {KEY}"}
    with httpx2.Client(base_url=fake.url, headers=headers, timeout=5) as client:
        yield client.request


def order(**changes: Any) -> dict[str, Any]:
    line = {"productId": "mug", "quantity": 2, "price": 25, **MUG}
    whole = {"purchaseId": "o-1", "contactEmail": "ana@mail.example", "totalPrice": 25, "totalQuantity": 2}
    return {**whole, "products": [line], **changes}


def post_import(call: Any, text: str, **changes: str) -> Any:
    form = {
        "type": "contacts",
        "delimiter": ",",
        "overrideExisting": "true",
        "updateOnlyEmptyFields": "false",
    }
    return call(
        "POST", "/imports/", data=form | changes, files={"file": ("a.csv", text.encode(), "text/csv")}
    )


def test_without_a_good_key_the_answer_is_401_without_a_body(fake: FakeApi) -> None:
    for headers in ({}, {"Authorization": "apiKey no:no"}, {"Authorization": KEY}):
        reply = httpx2.get(f"{fake.url}/store/", headers=headers)
        assert (reply.status_code, reply.content) == (401, b"")


def test_a_key_without_the_scope_gets_403(fake: FakeApi, call: Any) -> None:
    fake.api.keys[KEY] = ("contacts:read",)
    assert call("PATCH", "/contacts/email/a@b.example", json={}).status_code == 403
    assert call("GET", "/contacts/email/a@b.example").status_code == 404


def test_a_contact_is_created_then_patched_and_found_by_both_keys(fake: FakeApi, call: Any) -> None:
    call("PATCH", "/contacts/email/ana%40mail.example", json={"_name": "Ana", "_externalId": "7"})
    call("PATCH", "/contacts/external-id/7", json={"_points": 3})
    found = call("GET", "/contacts/ana@mail.example").json()
    assert {"_name": "Ana", "_points": 3, "_externalId": "7"}.items() <= found.items()
    assert len(fake.store.contacts) == 1


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"_points": "3"}, "/_points"),
        ({"_emailStatus": "dead"}, "/_emailStatus"),
        ({"shoe": "42"}, "/shoe"),
        ({"_externalId": "x" * 51}, "/_externalId"),
    ],
)
def test_a_bad_contact_is_refused_with_the_path_of_each_fault(call: Any, body: Any, path: str) -> None:
    reply = call("PATCH", "/contacts/email/ana@mail.example", json=body)
    assert reply.status_code == 422
    assert [each["path"] for each in reply.json()["validationErrors"]] == [path]


def test_products_need_their_fields_and_an_authorised_domain(fake: FakeApi, call: Any) -> None:
    assert call("PATCH", "/products/product-id/mug", json={"name": "Mug"}).status_code == 422
    away = call(
        "PATCH", "/products/product-id/mug", json={**MUG, "productDetailUrl": "https://other.example/"}
    )
    assert (away.status_code, away.json()["code"], away.json()["allowedDomains"]) == (400, "E0201", [HOME])
    assert call("PATCH", "/products/product-id/mug", json=MUG).status_code == 200
    assert fake.store.products["mug"]["unitPrice"] == 12.5


def test_purchases_need_contact_and_products_and_come_once(fake: FakeApi, call: Any) -> None:
    codes = [call("POST", "/purchases/", json=order()).json()["code"]]
    call("PATCH", "/contacts/email/ana@mail.example", json={})
    codes.append(call("POST", "/purchases/", json=order()).json()["code"])
    call("PATCH", "/products/product-id/mug", json=MUG)
    line = {**order()["products"][0], "productDetailUrl": "https://other.example/"}
    codes.append(call("POST", "/purchases/", json=order(products=[line])).json()["code"])
    assert codes == ["E0101", "E0102", "E0103"]
    assert call("POST", "/purchases/", json=order()).status_code == 201
    again = call("POST", "/purchases/", json=order())
    assert (again.status_code, again.json()["detail"]) == (409, "Purchase o-1 already exists.")
    call("POST", "/purchases/?triggerPurchaseEvent=false", json=order(purchaseId="o-2"))
    assert fake.store.events == ["o-1"]
    assert call("DELETE", "/purchases/purchase-id/o-1").status_code == 204
    assert set(fake.store.purchases) == {"o-2"}


def test_bodies_of_another_type_are_refused(call: Any) -> None:
    assert call("PATCH", "/contacts/email/a@b.example", content=b"{}").status_code == 415
    broken = call(
        "PATCH", "/contacts/email/a@b.example", content=b"{", headers={"Content-Type": "application/json"}
    )
    assert broken.status_code == 400
    assert call("POST", "/imports/", json={}).status_code == 415


def test_an_import_goes_through_its_states_and_reports_its_failures(fake: FakeApi, call: Any) -> None:
    fake.store.imports.seconds = 0.2
    new_one = post_import(call, "_email,_points\na@b.example,1\nbad,2\nc@d.example,x\n")
    assert new_one.status_code == 201
    job = new_one.json()
    assert (job["status"], job["total"], job["origin"]) == ("queued", 3, "api")
    states = {job["status"]}
    while job["status"] not in ("finished", "error"):
        job = call("GET", f"/imports/{job['id']}").json()
        states.add(job["status"])
    assert states == {"queued", "inProgress", "finished"}
    assert (job["success"], job["errors"]) == (1, 2)
    report = httpx2.get(job["errorReportFileUrl"]).text.splitlines()
    assert report[0] == "_email,_points,error"
    assert [line.split(",")[0] for line in report[1:]] == ["bad", "c@d.example"]


def test_import_flags_leave_alone_or_fill_or_override(fake: FakeApi, call: Any) -> None:
    def named() -> list[Any]:
        call("GET", "/imports/")
        return [(each.get("_name"), each.get("_surname")) for each in fake.store.contacts]

    post_import(call, "_email,_name\na@b.example,Ana\n")
    assert named() == [("Ana", None)]
    post_import(call, "_email,_name\na@b.example,Eva\n", overrideExisting="false")
    assert named() == [("Ana", None)]
    post_import(call, "_email,_name,_surname\na@b.example,Eva,Ruiz\n", updateOnlyEmptyFields="true")
    assert named() == [("Ana", "Ruiz")]
    post_import(call, "_email,_name\na@b.example,Eva\n")
    assert named() == [("Eva", "Ruiz")]


def test_the_eleventh_queued_import_is_refused(fake: FakeApi, call: Any) -> None:
    fake.store.imports.seconds = 60
    codes = [post_import(call, "_email\na@b.example\n").status_code for _ in range(10)]
    assert codes == [201] * 10
    refused = post_import(call, "_email\na@b.example\n")
    assert (refused.status_code, refused.json()["code"]) == (400, "E0401")


def test_wrong_import_forms_are_refused(call: Any) -> None:
    text = "_email\na@b.example\n"
    assert post_import(call, text, type="purchases").status_code == 422
    assert post_import(call, text, delimiter="|").status_code == 422
    assert post_import(call, text, overrideExisting="false", updateOnlyEmptyFields="true").status_code == 422
    assert post_import(call, "code\nA\n", type="coupons", couponSetId="none").status_code == 422
    assert post_import(call, "x" * 50_200_000).status_code == 413


def test_coupon_codes_count_in_their_set(fake: FakeApi, call: Any) -> None:
    fake.store.add_coupon_set("s1", "Spring")
    post_import(call, "code\nA\nB\nA\n", type="coupons", couponSetId="s1")
    call("GET", "/imports/")
    held = call("GET", "/coupon-sets/s1").json()
    assert (held["quantity"], held["available"], held["type"]) == (2, 2, "multiple")
    assert len(call("GET", "/coupon-sets/").json()["results"]) == 1


@pytest.mark.parametrize("family", FAMILIES)
def test_the_budget_is_counted_in_windows_and_reported_in_each_header_form(family: str) -> None:
    now = [1_700_000_000.0]
    window = Window(2, 60, lambda: now[0], family)
    told = [window.take() for _ in range(3)]
    assert [fits for fits, _ in told] == [True, True, False]
    expected = {
        "x-ratelimit": {
            "X-RateLimit-Limit": "2",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": "1700000060",
        },
        "ratelimit": {"RateLimit-Remaining": "0", "RateLimit-Reset": "60"},
        "retry-after": {"Retry-After": "60"},
        "none": {},
    }
    assert told[2][1] == expected[family]
    now[0] += 60
    assert window.take()[0]


@pytest.mark.parametrize("kind", KINDS)
def test_each_fault_strikes(kind: str) -> None:
    fake = new(faults=Faults({kind: 1.0}), stall=0.01)
    with running(fake), httpx2.Client(headers={"Authorization": f"apiKey {KEY}"}, timeout=5) as client:
        try:
            status = client.patch(f"{fake.url}/contacts/email/a@b.example", json={}).status_code
        except httpx2.TransportError:
            status = 0
    assert status == {"429": 429, "500": 500, "500-after": 500}.get(kind, 0)
    assert bool(fake.store.contacts) == (kind in ("500-after", "reset-after", "half"))


def test_an_unknown_fault_is_named() -> None:
    with pytest.raises(ValueError, match="no such fault: 418"):
        Faults({"418": 1})


def test_it_listens_on_loopback_only(fake: FakeApi) -> None:
    assert fake.url.startswith("http://127.0.0.1:")


def test_what_it_holds_is_json(call: Any) -> None:
    call("PATCH", "/products/product-id/mug", json=MUG)
    assert json.loads(call("GET", "/products/product-id/mug").content)["availability"] == "instock"


OWN = {
    "size": "integer",
    "ratio": "decimal",
    "vip": "boolean",
    "likes": "checkbox",
    "since": "date",
    "second": "email",
    "work": "phone",
    "kind": "radio",
    "note": "text",
}


def test_an_import_types_the_stores_own_fields(fake: FakeApi, call: Any) -> None:
    fake.store.custom |= OWN
    cells = "38,0.5,true,mugs|jugs,2026-01-15,x@y.example,+34600000000,gold,hello"
    assert post_import(call, f"_email,{','.join(OWN)}\na@b.example,{cells}\n").status_code == 201
    call("GET", "/imports/")
    (held,) = fake.store.contacts
    assert [held[name] for name in OWN] == [
        *(38, 0.5, True, ["mugs", "jugs"], "2026-01-15", "x@y.example", "+34600000000", "gold", "hello")
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("size", "038"),
        ("size", "3.5"),
        ("ratio", "0,5"),
        ("vip", "yes"),
        ("since", "15/01/2026"),
        ("since", "2026-01-15T10:20:30Z"),
        ("second", "nobody"),
        ("work", "600 00"),
        ("kind", "x" * 151),
        ("note", "x" * 5001),
        ("size", ""),
        ("kind", ""),
    ],
)
def test_a_wrong_cell_of_the_stores_own_fields_fails_its_row(
    fake: FakeApi, call: Any, name: str, text: str
) -> None:
    fake.store.custom |= OWN
    other = "vip" if name != "vip" else "size"
    good = {"vip": "true", "size": "1"}[other]
    post_import(call, f"_email,{name},{other}\na@b.example,{text},{good}\n")
    call("GET", "/imports/")
    (done,) = (each.json("") for each in fake.store.imports.all.values())
    assert (done["success"], done["errors"], fake.store.contacts) == (0, 1, [])


@pytest.mark.parametrize(("moment", "status"), [("2026-01-15T10:20:30Z", 201), ("2026-01-15T10:20:30", 422)])
def test_a_date_time_has_an_offset(fake: FakeApi, call: Any, moment: str, status: int) -> None:
    call("PATCH", "/contacts/email/ana@mail.example", json={})
    call("PATCH", "/products/product-id/mug", json=MUG)
    reply = call("POST", "/purchases/", json=order(purchaseDate=moment))
    assert (reply.status_code, len(fake.store.purchases)) == (status, int(status == 201))
