"""`sync` as a user calls it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from connectif_kit.cli import run
from connectif_kit.fakeapi.server import FakeApi
from tests.sync.accounts import Said
from tests.sync.tools import KEY


@pytest.fixture
def sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """`sync(fake, "contacts", "c.csv")` in the test's own folder, with the account's key."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONNECTIF_API_KEY", KEY)

    def call(fake: FakeApi | None, *args: str) -> Said:
        capsys.readouterr()
        more = ["--api-url", fake.url, "--rate", "100000"] if fake else []
        code = run(["sync", *args, *more])
        return Said(code, *capsys.readouterr())

    return call
