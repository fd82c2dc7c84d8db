"""What `sync` refuses: dangerous ids, deletions that are not meant, answers that no API gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from connectif_kit.cli import run
from connectif_kit.fakeapi.server import FakeApi
from tests.sync_tools import KEY, contacts, orders, write_csv, write_jsonl

Fakes = Callable[..., FakeApi]
Sync = Callable[..., tuple[int, str]]


@pytest.fixture
def sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sync:
    """`sync(url, "contacts", "c.csv")` in the test's own folder: exit status and everything said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONNECTIF_API_KEY", KEY)

    def call(url: str, *args: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run(["sync", *args, "--api-url", url, "--rate", "100000"])
        return code, "".join(capsys.readouterr())

    return call


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--delete-contact", "a@b.example", "--dry-run", "--yes"], 0, "nothing was deleted"),
        (["contacts", "c.csv", "--delete-contact", "a@b.example", "--yes"], 2, "a subject"),
        (["--delete-contact", "a@b.example", "--yes", "--diff"], 2, "--diff"),
        (["--delete-contact", "a@b.example", "--yes", "--status"], 2, "--status"),
        (["--delete-contact", "", "--yes"], 2, "an empty key"),
        (["--delete-purchase", "..", "--yes"], 2, "can be no id"),
    ],
)
def test_a_deletion_that_is_not_meant_is_not_made(
    sync: Sync, fake_api: Fakes, args: list[str], code: int, words: str
) -> None:
    fake = fake_api()
    write_csv(Path("c.csv"), contacts(1))
    found, said = sync(fake.url, *args)
    assert (found, words in said, fake.api.calls) == (code, True, [])


def test_ids_that_would_change_the_address_are_rejected(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    Path("c.csv").write_text("_externalId,_name\n..,Ana\n.,Eva\n")
    code, said = sync(fake.url, "contacts", "c.csv", "--via", "calls")
    assert (code, "`..` can be no id" in said, fake.api.calls) == (1, True, [])
    order = orders(3)
    order[0]["purchaseId"] = ".."
    order[1]["products"][0]["productId"] = "."
    order[2]["contactExternalId"] = ".."
    write_jsonl(Path("o.jsonl"), order)
    code, said = sync(fake.url, "purchases", "o.jsonl")
    assert (code, said.count("can be no id"), fake.api.calls) == (1, 3, [])
    assert len(Path("rejected.jsonl").read_text().splitlines()) == 3
    assert json.loads(Path("rejected.jsonl").read_text().splitlines()[0])["purchaseId"] == ".."
