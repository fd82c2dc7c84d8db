"""Runs that were not finished, limits, erasure, the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from connectif_kit.core.state import LEDGER, opened
from connectif_kit.fakeapi.faults import Faults
from connectif_kit.fakeapi.http import Reply, Request
from tests.sync.accounts import Fakes, Sync, calls, held
from tests.sync.tools import FAULTS, KEY, contacts, held_contacts, write_csv


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
    # Which call is struck depends on the order of the threads, and a run gives a call up after eight faults.
    rows, fake = contacts(80), fake_api(faults=Faults(FAULTS, 7, retry_after="0"))
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
