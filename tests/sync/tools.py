"""What the tests of `sync` stand on: a local API, and a command killed at random moments."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import time
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connectif_kit.fakeapi.faults import Faults
from connectif_kit.fakeapi.server import FakeApi, new, running
from connectif_kit.sync.ledger import digest
from tests.forked import Forked, forked

KEY = "demo:demo"
HOME = "https://shop.example"
FAULTS = {"429": 0.03, "500": 0.03, "500-after": 0.03, "reset": 0.03, "reset-after": 0.03, "half": 0.04}


def contacts(count: int) -> list[dict[str, str]]:
    """Contacts with different columns filled."""
    rows = []
    for n in range(count):
        row = {"_email": f"person{n}@mail.example", "_name": f"Ana, {n}", "_points": "", "_mobilePhone": ""}
        row["_points"] = str(n) if n % 3 else ""
        row["_mobilePhone"] = f"+3465123{n:04d}" if n % 7 == 0 else ""
        rows.append(row)
    return rows


def held_contacts(rows: list[dict[str, str]]) -> dict[str, dict[str, Any]]:
    """What the account must hold for these rows."""
    kinds = {"_points": int}
    return {
        row["_email"]: {name: kinds.get(name, str)(cell) for name, cell in row.items() if cell}
        for row in rows
    }


def orders(count: int) -> list[dict[str, Any]]:
    """Orders whose contacts and products the account does not know."""
    return [
        {
            "purchaseId": f"o-{n}",
            "contactEmail": f"person{n % 5}@mail.example",
            "totalPrice": "25.00",
            "products": [
                {
                    "productId": f"mug-{n % 4}",
                    "name": "Mug",
                    "productDetailUrl": f"{HOME}/p/{n % 4}/",
                    "unitPrice": "12.50",
                    "quantity": "2",
                    "price": "25.00",
                }
            ],
        }
        for n in range(count)
    ]


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    """Rows as a file."""
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Rows as a file."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@dataclass(slots=True)
class Outcome:
    """How a run with kills went: how often it was killed, what is wrong with its end."""

    kills: int
    faults: list[str]


def crash_run(folder: Path, seed: int) -> Outcome:
    """One seeded sync with faults, killed at random moments, then ended; everything is compared."""
    dice = random.Random(seed)
    subject = "purchases" if seed % 4 == 3 else "contacts"
    count = dice.randint(20, 60) if subject == "purchases" else dice.randint(40, 120)
    way = "auto" if subject == "purchases" else ("auto", "calls", "import")[seed % 4 % 3]
    rows = orders(count) if subject == "purchases" else contacts(count)
    path = folder / f"{subject}.{'jsonl' if subject == 'purchases' else 'csv'}"
    if subject == "purchases":
        write_jsonl(path, rows)
    else:
        write_csv(path, rows)
    fake = new(limit=10**6, faults=Faults(FAULTS, seed, retry_after="0"), latency=0.004)
    with running(fake):
        command = ["sync", subject, str(path), "--via", way, "--file-size", "1000", "--api-url", fake.url]
        command += ["--rate", "100000", "--yes"]
        return _killed(folder, fake, command, dice, subject, rows)


def _killed(
    folder: Path, fake: FakeApi, command: list[str], dice: random.Random, subject: str, rows: list[Any]
) -> Outcome:
    kills, faults = 0, []
    acknowledged: set[bytes] = set()
    before: Counter[str] = Counter()
    for number in range(dice.randint(2, 5)):
        with _started(folder, command) as process:
            _wait(process, fake, dice, soon=number == 0)
            process.send(signal.SIGKILL)
            status, _ = process.ended()
        kills += status == -signal.SIGKILL
        faults += _again(fake, acknowledged, before)
        acknowledged, before = _acknowledged(folder), _writes(fake)
    with _started(folder, command) as last:
        status, said = last.ended(timeout=120)
    if status != 0:
        faults.append(f"the last run ended with {status}: {said}")
    return Outcome(kills, [*faults, *_again(fake, acknowledged, before), *_compared(fake, subject, rows)])


def _wait(process: Forked, fake: FakeApi, dice: random.Random, *, soon: bool) -> None:
    """Until some moment: now and then by the clock, mostly soon after so many calls.

    With `soon`, long before the last of them, so that what is killed was at work.
    """
    if not soon and dice.random() < 0.2:
        process.process.join(dice.uniform(0.05, 1.0))
        return
    until = len(fake.api.calls) + dice.randint(1, 3 if soon else 40)
    while process.is_running() and len(fake.api.calls) < until:
        time.sleep(0.002)
    time.sleep(dice.uniform(0, 0.02))


def _again(fake: FakeApi, acknowledged: set[bytes], before: Counter[str]) -> list[str]:
    """Keys that were acknowledged and yet have been written once more."""
    return [
        f"{key} was sent again"
        for key, count in _writes(fake).items()
        if count > before[key] and digest(key) in acknowledged
    ]


def _started(folder: Path, command: list[str]) -> AbstractContextManager[Forked]:
    return forked(*command, cwd=folder, env={"CONNECTIF_API_KEY": KEY})


def _writes(fake: FakeApi) -> Counter[str]:
    with fake.lock:
        return Counter(key for _, key in fake.store.writes)


def _acknowledged(folder: Path) -> set[bytes]:
    """Keys that the ledger, as the killed process left it, says were acknowledged."""
    path = folder / ".connectif/sync.sqlite"
    if not path.exists():
        return set()
    db = sqlite3.connect(path)
    try:
        return {row[0] for row in db.execute("SELECT key FROM sent")}
    except sqlite3.OperationalError:  # killed before it had tables
        return set()
    finally:
        db.close()


def _compared(fake: FakeApi, subject: str, rows: list[Any]) -> list[str]:
    """What differs between the account and the source."""
    if subject == "purchases":
        held, wanted = set(fake.store.purchases), {row["purchaseId"] for row in rows}
        twice = [key for key, count in Counter(fake.store.events).items() if count > 1]
        return [f"purchases differ: {sorted(held ^ wanted)}"] * (held != wanted) + [
            f"twice: {k}" for k in twice
        ]
    wanted_contacts = held_contacts(rows)
    found = {each["_email"]: {n: v for n, v in each.items() if n != "id"} for each in fake.store.contacts}
    return [
        f"{key} differs: {found.get(key)}"
        for key in {*found, *wanted_contacts}
        if found.get(key) != wanted_contacts.get(key)
    ]
