"""What `sync` refuses: dangerous ids, deletions that are not meant, answers that no API gives."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from connectif_kit.cli import run
from connectif_kit.fakeapi.http import Reply, Request
from connectif_kit.fakeapi.server import FakeApi, Server
from connectif_kit.sync.limiter import Limiter
from tests.sync.tools import KEY, contacts, orders, write_csv, write_jsonl

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
        (["--delete-purchase", "..", "--yes"], 2, "cannot be an id"),
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
    assert (code, "`..` cannot be an id" in said, fake.api.calls) == (1, True, [])
    order = orders(3)
    order[0]["purchaseId"] = ".."
    order[1]["products"][0]["productId"] = "."
    order[2]["contactExternalId"] = ".."
    write_jsonl(Path("o.jsonl"), order)
    code, said = sync(fake.url, "purchases", "o.jsonl")
    assert (code, "cannot be an id (3 rows: lines 1, 2, 3)" in said, fake.api.calls) == (1, True, [])
    assert len(Path(".connectif/rejected.jsonl").read_text().splitlines()) == 3
    assert json.loads(Path(".connectif/rejected.jsonl").read_text().splitlines()[0])["purchaseId"] == ".."


Answer = tuple[int, bytes, str]


@contextmanager
def answering(answer: Callable[[str, str], Answer]) -> Iterator[tuple[str, list[str]]]:
    """A server that answers as it is told; its address, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked.append(f"{self.command} {self.path}")
            status, data, kind = answer(self.command, self.path)
            self.send_response(status)
            name, _, value = kind.rpartition("=")
            self.send_header(name or "Content-Type", value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_POST = do_PATCH = do_DELETE = do_GET  # noqa: N815 - the base class's names

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", asked
        finally:
            server.shutdown()
            thread.join()


def reply(body: object, status: int = 200) -> Answer:
    return status, json.dumps(body).encode(), "application/json"


EMPTY = reply({"results": []})
BAD_NEXT = [
    "http://127.0.0.1:1/x",
    "http://127.0.0.1:901@127.0.0.2/x",
    "/\x00x",
    "//127.0.0.2/x",
    "http://[x",
]


@pytest.mark.parametrize("link", BAD_NEXT)
def test_the_key_follows_no_link_to_another_host(sync: Sync, link: str) -> None:
    write_csv(Path("c.csv"), contacts(20))
    with answering(lambda *_: reply({"results": [], "links": {"next": link}})) as (url, asked):
        code, said = sync(url, "contacts", "c.csv", "--via", "import")
    assert (code, "another address" in said, asked) == (2, True, ["GET /imports/"])


ODD = {
    "deep": ("calls", (200, b"[" * 200_000, "application/json"), "does not answer"),
    "gzip": ("calls", (200, b"no", "Content-Encoding=gzip"), "does not answer"),
    "html": ("calls", (200, b"<html>", "text/html"), "with text/html, not as the API does"),
    "empty": ("calls", (201, b"", "application/json"), "not as the API does"),
    "redirect": ("calls", (307, b"", "Location=http://127.0.0.1:1/x"), "redirects elsewhere"),
    "types": ("import", reply({"results": 5, "links": ["a"]}), "gives no id"),
}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_answer_is_reported_and_counts_as_nothing(sync: Sync, odd: str) -> None:
    write_csv(Path("c.csv"), contacts(1))
    way, answer, words = ODD[odd]
    with answering(lambda *_: answer) as (url, asked):
        code, said = sync(url, "contacts", "c.csv", "--via", way)
    assert (code, words in said, "Traceback" in said) == (2, True, False), said
    assert len(asked) <= 8


def test_a_conflict_of_contacts_is_a_rejected_row(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    Path("c.csv").write_text("_externalId,_email\n1,a@b.example\n2,a@b.example\n")
    code, said = sync(fake.url, "contacts", "c.csv", "--via", "calls")
    assert (code, "1 rows sent; 1 rejected" in said, len(fake.store.contacts)) == (1, True, 1)


@pytest.mark.parametrize(
    ("job", "words"),
    [
        ({"status": "dreaming"}, "says nothing known of the import abc: dreaming"),
        ({"status": "finished", "errors": "abc"}, "does not say which"),
        ({"status": "finished", "errors": 1, "errorReportFileUrl": "/\x00"}, "is not https"),
    ],
)
def test_an_import_s_odd_state_is_not_looked_at_for_ever(
    sync: Sync, job: dict[str, object], words: str
) -> None:
    write_csv(Path("c.csv"), contacts(20))

    def answer(method: str, path: str) -> Answer:
        return reply({"id": "abc"}, 201) if method == "POST" else EMPTY if path == "/imports/" else reply(job)

    with answering(answer) as (url, _):
        code, said = sync(url, "contacts", "c.csv", "--via", "import")
    assert (code > 0, words in said) == (True, True), said


def test_an_import_is_posted_a_few_times_only(sync: Sync) -> None:
    write_csv(Path("c.csv"), contacts(1))
    with answering(lambda method, _: reply({}, 500) if method == "POST" else EMPTY) as (url, asked):
        code, said = sync(url, "contacts", "c.csv", "--via", "import")
    assert (code, "took no import, 8 times" in said, asked.count("POST /imports/")) == (2, True, 8)


@pytest.mark.parametrize("number", ["x/../../../up", "..", "", "a" * 65, 5])
def test_an_import_s_id_names_no_file_or_path(sync: Sync, number: object) -> None:
    write_csv(Path("c.csv"), contacts(1))
    with answering(lambda method, _: reply({"id": number}) if method == "POST" else EMPTY) as (url, asked):
        code, said = sync(url, "contacts", "c.csv", "--via", "import")
        assert (code, "gives no id" in said) == (2, True)
        code, said = sync(url, "contacts", "c.csv", "--via", "import")
    assert (code, "1 not sent" in said) == (1, True)
    assert asked.count("POST /imports/") == 1


def test_tiny_limits_do_not_stop_for_days() -> None:
    limiter = Limiter(100, clock=lambda: 0.0, wall=lambda: 0.0)
    limiter.learn(
        200, {"x-ratelimit-limit": "0.00001", "x-ratelimit-remaining": "5", "x-ratelimit-reset": "3"}
    )
    limiter.learn(200, {"x-ratelimit-remaining": "0.0000001", "x-ratelimit-reset": "60"})
    said: list[str] = []
    limiter.tell = said.append
    limiter.announce(60, "why")
    limiter.announce(59, "why")
    assert (max(limiter.next, limiter.blocked) <= 900, said) == (True, ["waiting 60 s: why"])
    assert limiter.rate > 1


def stopped(sync: Sync, fake: FakeApi, rows: list[dict[str, str]]) -> None:
    """A sync of c.csv that breaks off after some calls; the account works again."""
    write_csv(Path("c.csv"), rows)
    working = fake.api
    left = [10]

    class Broken:
        """An account that fails for good after some calls."""

        def handle(self, request: Request) -> Reply:
            left[0] -= 1
            return working.handle(request) if left[0] >= 0 else Reply(503)

    fake.api = Broken()  # type: ignore[assignment]  # the same calls
    assert sync(fake.url, "contacts", "c.csv", "--via", "calls")[0] == 2
    fake.api = working


def test_an_unfinished_run_goes_on_with_its_own_options_only_if_asked(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    stopped(sync, fake, contacts(20))
    code, said = sync(fake.url, "contacts", "c.csv", "--via", "calls", "--limit", "3")
    assert (code, "began with other options: --limit" in said, "--no-resume drops it" in said) == (
        2,
        True,
        True,
    )
    assert sync(fake.url, "contacts", "c.csv", "--limit", "3", "--resume")[0] == 0
    assert len(fake.store.contacts) == 20


def test_an_unfinished_run_s_old_rows_are_not_sent_once_the_source_has_changed(
    sync: Sync, fake_api: Fakes
) -> None:
    fake, rows = fake_api(), contacts(20)
    stopped(sync, fake, rows)
    rows[19]["_name"] = "Someone Else"
    rows.pop(18)
    write_csv(Path("c.csv"), rows)
    code, said = sync(fake.url, "contacts", "c.csv", "--via", "calls")
    assert (code, "looking at it again" in said) == (0, True)
    assert len(fake.store.writes) == len({key for _, key in fake.store.writes}) == 19
    assert [each["_name"] for each in fake.store.contacts if each["_email"][:8] == "person19"] == [
        "Someone Else"
    ]


def test_a_run_that_sent_nothing_bars_no_other(
    sync: Sync, fake_api: Fakes, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = fake_api()
    write_csv(Path("c.csv"), contacts(3))
    Path("d.csv").write_text("_email\nz@z.example\n")
    monkeypatch.setenv("CONNECTIF_API_KEY", "wrong:wrong")
    assert sync(fake.url, "contacts", "c.csv")[0] == 2
    monkeypatch.setenv("CONNECTIF_API_KEY", KEY)
    assert sync(fake.url, "contacts", "d.csv")[0] == 0


def test_erasure_by_email_forgets_a_row_kept_under_its_external_id(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    Path("c.csv").write_text("_externalId,_email\n1,A@b.example\n2,c@d.example\n")
    sync(fake.url, "contacts", "c.csv", "--via", "calls")
    sync(fake.url, "--delete-contact", "a@b.example", "--yes")
    assert "1 new, 1 unchanged" in sync(fake.url, "contacts", "c.csv", "--dry-run")[1]


def test_nothing_is_deleted_while_a_run_is_unfinished(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    stopped(sync, fake, contacts(20))
    code, said = sync(fake.url, "--delete-contact", "person1@mail.example", "--yes")
    assert (code, "--no-resume" in said) == (2, True)
    assert sync(fake.url, "--delete-contact", "person1@mail.example", "--yes", "--no-resume")[0] == 0


def test_no_rejected_file_and_no_source_is_overwritten(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    Path("c.csv").write_text("_email\nnobody\n")
    assert sync(fake.url, "contacts", "c.csv", "--rejected", "./c.csv")[0] == 2
    sync(fake.url, "contacts", "c.csv")
    Path(".connectif/rejected.csv").write_text("_email\nnobody at all\n")
    code, said = sync(fake.url, "contacts", ".connectif/rejected.csv")
    assert (code, "correct rejected-2.csv" in said) == (1, True)
    assert Path(".connectif/rejected.csv").read_text() == "_email\nnobody at all\n"


def test_sources_that_cannot_be_read_are_reported(sync: Sync, fake_api: Fakes) -> None:
    fake = fake_api()
    Path("c.jsonl").write_text('{"_email": "a@b.example"}\n{"_email": "c@d.example", "_name": "\\ud800"}\n')
    code, said = sync(fake.url, "contacts", "c.jsonl")
    assert (
        code,
        "c.jsonl:2:1  error rejected-row\n  half a character" in said,
        len(fake.store.contacts),
    ) == (1, True, 1)
    assert json.loads(Path(".connectif/rejected.jsonl").read_text())["_name"] == "\ud800"
    Path("d.csv").write_text("_email\na@b.example\n", encoding="utf-16")
    code, said = sync(fake.url, "contacts", "d.csv")
    assert (code, "this file is in UTF-16" in said) == (2, True)
    os.mkfifo("e.csv")
    code, said = sync(fake.url, "contacts", "e.csv")
    assert (code, "neither a file nor a folder" in said) == (2, True)


def test_terminals_get_no_control_characters_and_no_excerpt_of_the_ledger(
    sync: Sync, fake_api: Fakes
) -> None:
    write_csv(Path("c.csv"), contacts(1))
    with answering(lambda *_: reply({"detail": "\x1b[31mRED\x1b]0;pwn\x07 demo:demo"}, 400)) as (url, _):
        code, said = sync(url, "contacts", "c.csv", "--via", "calls")
    assert (code, "RED" in said, "\x1b" in said, "\x07" in said, KEY in said) == (
        1,
        True,
        False,
        False,
        False,
    )
    for file in Path().glob(".connectif/sync.sqlite*"):
        file.unlink()
    Path(".connectif/sync.sqlite").write_text("secret of another\n" * 100)
    code, said = sync(fake_api().url, "contacts", "c.csv")
    assert (code, "not a ledger of ours" in said, "secret" in said) == (2, True, False)
