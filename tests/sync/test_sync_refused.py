"""Keys, addresses, usage, columns and disks that are refused or full."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sync.accounts import PLAN, Fakes, Sync, held
from tests.sync.tools import contacts, held_contacts, write_csv


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
def test_a_full_disk_is_reported_and_nothing_is_lost(sync: Sync, fake_api: Fakes, size: int) -> None:
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
