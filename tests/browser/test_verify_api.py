"""The API's half of the validation: read back from an account, or rehearsed in an empty one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from connectif_kit.fakeapi.server import FakeApi
from tests.tools import Cli, Run

KEY = {"CONNECTIF_API_KEY": "demo:demo"}


def only(*names: str) -> list[str]:
    return [option for name in names for option in ("--only", name)]


def test_without_a_key_contacts_and_orders_are_rehearsed(starter: Path) -> None:
    done = Cli(starter)("verify", "--api", *only("home", "account", "checkout", "registered", "cart-changed"))
    assert done.code == 0, done.stdout + done.stderr
    assert "contact verify@connectif-kit.example read back by the API" in done.stderr
    assert "read back by the API" in next(line for line in done.stderr.splitlines() if "Purchase:" in line)


def test_with_a_key_the_account_is_held_against_the_pages(
    starter: Path, fake_api: Callable[..., FakeApi]
) -> None:
    fake = fake_api()

    def verify() -> Run:
        given = ("verify", "--api", "--api-url", fake.url, "--format", "json", *only("product"))
        return Cli(starter)(*given, env=KEY)

    done = verify()
    found = [one["rule"] for one in json.loads(done.stdout)["findings"]]
    assert set(found) == {"not-in-store"}
    synced = Cli(starter)("sync", "products", "--yes", "--api-url", fake.url, env=KEY)
    assert synced.code == 0, synced.stderr
    done = verify()
    assert done.code == 0, done.stdout
    assert "read back by the API" in done.stderr
    for product in fake.store.products.values():
        product["unitPrice"] = 1
    found = [one["rule"] for one in json.loads(verify().stdout)["findings"]]
    assert set(found) == {"different-in-store"}
