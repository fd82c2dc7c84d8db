"""Every status and error code that the API documents, and what a user reads then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectif_kit.cli import run
from connectif_kit.core import mask
from connectif_kit.fakeapi.http import Refusal, Reply, Request, invalid, refuse
from connectif_kit.fakeapi.server import FakeApi
from connectif_kit.sync import error_messages as words
from connectif_kit.sync.api import ATTEMPTS, Api
from connectif_kit.sync.limiter import Limiter
from connectif_kit.vocabulary.http_api import ERROR_CODES
from tests.sync.tools import HOME, KEY, orders, write_csv, write_jsonl

Fakes = Callable[..., FakeApi]
CONTACT = {"_email": "ana@mail.example", "_name": "Ana"}
PRODUCT = {"productId": "mug", "name": "Mug", "unitPrice": "1", "productDetailUrl": f"{HOME}/p/"}

REFUSED = {
    (400, None): "the API could not read the request: because",
    (404, None): "the API knows nothing of it: because",
    (405, None): "the API does not do that here: because",
    (413, None): "the file is larger than the API takes (make it smaller with --file-size)",
    (415, None): "the API does not take this form of body: because",
    (422, None): "the API refuses the values: _name: Value is not valid",
    (400, "E0101"): "E0101: the contact of this purchase does not exist (give contactEmail or",
    (
        400,
        "E0102",
    ): "E0102: products of this purchase are not in the catalogue (sync these products first: mug)",
    (400, "E0103"): f"E0103: products of this purchase have an address outside the authorised domains: mug "
    f"(authorised are {HOME} (Store settings › Channels › Web))",
    (
        400,
        "E0201",
    ): f"E0201: the product's address lies outside the authorised domains (authorised are {HOME}",
    (400, "E0301"): "E0301: 5 exports are queued already (wait until one ends, or delete one)",
    (400, "E0401"): "E0401: 10 imports are queued already (wait until one ends; the kit does so by itself)",
    (400, "E0501"): "E0501: the contact of this event does not exist (sync the contact first)",
}
"""Refusals of one row: the run goes on, the row comes back with these words."""

ENDED = {
    401: "the API does not accept the key",
    403: "the key lacks a permission for this, or the account is blocked: because",
    500: "the API fails: 500 because",
    503: "the API fails: 503 because",
}
"""Refusals that end the run."""


class Scripted:
    """An account that answers everything in one way."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply
        self.asked: list[Request] = []

    def handle(self, request: Request) -> Reply:
        self.asked.append(request)
        return self.reply


def answer(status: int, code: str | None = None) -> Reply:
    """As documented, with every extra member that any code has."""
    extra: dict[str, Any] = {"productsId": ["mug"], "allowedDomains": [HOME]} if code else {}
    made: Refusal = (
        invalid({"/_name": "Value is not valid"}) if status == 422 else _plain(status, code, extra)
    )
    return made.reply


def _plain(status: int, code: str | None, extra: dict[str, Any]) -> Refusal:
    if status == 503:
        return Refusal(Reply(503, {"status": 503, "title": "Service Unavailable", "detail": "because"}))
    return refuse(status, "because", **({"code": code} | extra if code else {}))


def sync(fake: FakeApi, *args: str) -> int:
    return run(["sync", *args, "--api-url", fake.url, "--rate", "100000", "--via", "calls"])


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONNECTIF_API_KEY", KEY)
    write_csv(Path("c.csv"), [CONTACT])


@pytest.mark.parametrize(("told", "expected"), REFUSED.items())
def test_a_refused_row_says_why(
    told: tuple[int, str | None], expected: str, fake_api: Fakes, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = fake_api()
    fake.api = Scripted(answer(*told))  # type: ignore[assignment]  # the same calls
    assert sync(fake, "contacts", "c.csv") == 1
    assert f"c.csv:2:1  error rejected-row\n  {expected}" in capsys.readouterr().out
    assert expected in Path(".connectif/rejected.csv").read_text(encoding="utf-8").replace('""', '"')


@pytest.mark.parametrize(("status", "expected"), ENDED.items())
def test_what_no_row_can_help_ends_the_run_with_a_hint(
    status: int, expected: str, fake_api: Fakes, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = fake_api()
    fake.api = Scripted(answer(status))  # type: ignore[assignment]  # the same calls
    assert sync(fake, "contacts", "c.csv") == 2
    said = capsys.readouterr().err
    assert expected in said
    assert "hint: " in said
    assert "Traceback" not in said


def test_a_4xx_is_asked_once_and_a_5xx_several_times(fake_api: Fakes) -> None:
    asked = {}
    for status in (400, 401, 403, 404, 422, 500):
        fake, scripted = fake_api(), Scripted(answer(status))
        fake.api = scripted  # type: ignore[assignment]  # the same calls
        sync(fake, "contacts", "c.csv", "--no-resume")
        asked[status] = len(scripted.asked)
    assert asked == {400: 1, 401: 1, 403: 1, 404: 1, 422: 1, 500: ATTEMPTS}


def test_409_is_no_refusal(fake_api: Fakes) -> None:
    fake = fake_api()
    fake.api = Scripted(answer(409))  # type: ignore[assignment]  # the same calls
    write_jsonl(Path("o.jsonl"), orders(1))
    assert run(["sync", "purchases", "o.jsonl", "--api-url", fake.url]) == 0


def test_429_that_stays_is_reported(monkeypatch: pytest.MonkeyPatch, fake_api: Fakes) -> None:
    fake = fake_api(limit=1, window=1000, family="retry-after")
    api = Api(fake.url, KEY, Limiter(100_000, 0.01))
    monkeypatch.setattr("connectif_kit.sync.api.LONGEST_STORM", 0.0)
    monkeypatch.setattr("connectif_kit.sync.limiter.LONGEST", 0.01)
    api.call("GET", "/store/")
    with pytest.raises(Exception, match="the API's budget is used up, and stays so"):
        api.call("GET", "/store/")
    api.close()


def test_no_answer_at_all_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["sync", "contacts", "c.csv", "--api-url", "http://127.0.0.1:9", "--rate", "100000"])
    assert code == 2
    assert "the API does not answer: " in capsys.readouterr().err


def test_a_permission_that_lacks_is_named(fake_api: Fakes, capsys: pytest.CaptureFixture[str]) -> None:
    fake = fake_api()
    fake.api.keys[KEY] = ("contacts:read",)
    assert sync(fake, "contacts", "c.csv") == 2
    assert "Contacts: read and write; Imports: read and write" in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.parametrize("status", [413, 415, 422])
def test_an_import_that_is_refused_as_a_whole_ends_the_run(
    status: int, fake_api: Fakes, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = fake_api()
    inner = fake.api

    class Posts(Scripted):
        def handle(self, request: Request) -> Reply:
            return self.reply if request.method == "POST" else inner.handle(request)

    fake.api = Posts(answer(status))  # type: ignore[assignment]  # the same calls
    code = run(["sync", "contacts", "c.csv", "--via", "import", "--api-url", fake.url, "--rate", "100000"])
    assert (code, "the " in capsys.readouterr().err) == (2, True)
    fake.api = inner
    assert run(["sync", "contacts", "c.csv", "--api-url", fake.url, "--rate", "100000"]) == 0
    assert [each["_name"] for each in fake.store.contacts] == ["Ana"]


def test_every_code_of_the_vocabulary_has_words() -> None:
    for code in ERROR_CODES:
        assert words.refusal(400, {"code": code})[0].startswith(f"{code}: ")


@pytest.mark.parametrize(
    "body", [None, [], "text", {"detail": 7}, {"validationErrors": [1, {}]}, {"code": []}]
)
def test_bodies_of_any_shape_have_words(body: object) -> None:
    for status in (400, 404, 418, 422, 500, 599):
        assert words.refusal(status, body)[0]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Contact ana.ruiz@mail.example not found.", "Contact a…@m….example not found."),
        ("call +34 651 234 567 now", "call +34…67 now"),
        ("ana@localhost", "a…@l…"),
        ("on 2026-01-15 at 10:20", "on 2026-01-15 at 10:20"),
        ("order 5001, mug-12", "order 5001, mug-12"),
    ],
)
def test_personal_data_is_made_unreadable(said: str, expected: str) -> None:
    assert mask.masked(said) == expected
