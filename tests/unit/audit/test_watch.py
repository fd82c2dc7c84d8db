"""`audit --watch`: one run for one change, and none for what the run writes itself."""

from __future__ import annotations

import os
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread

import pytest
from watchdog.events import DirModifiedEvent, FileModifiedEvent

from connectif_kit.audit.options import Options
from connectif_kit.cli._audit_watch import Changes, watch
from connectif_kit.core.files import write
from connectif_kit.reports import Report, formats
from tests.tools import Cli

PLAN = """
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
integration: {catalog: api}
pages: {home: {match: /}}
"""


class DoneError(Exception):
    """Ends a watch."""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "connectif.yaml").write_text(PLAN)
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("<!doctype html><body>0")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("file", ["public/report.html", "report.json", "./public/../report.xml"])
def test_its_own_report_starts_no_run(shop: Path, file: str) -> None:
    runs: Queue[str] = Queue()
    page = shop / "public/index.html"

    def check() -> int:
        write(Path(file), os.urandom(9).hex().encode())
        read = page.read_text()[-1]  # once: the test writes on as soon as it hears of it
        runs.put(read)
        if read == "2":
            raise DoneError
        return 0

    def stay() -> None:
        with pytest.raises(DoneError):
            watch(Options(("public",), formats=(f"html={file}",)), check)

    thread = Thread(target=stay, daemon=True)
    thread.start()
    seen = [runs.get(timeout=20)]
    with pytest.raises(Empty):
        runs.get(timeout=0.6)
    for number in "12":
        page.write_text(f"<!doctype html><body>{number}")
        seen.append(runs.get(timeout=20))
    thread.join(20)
    assert seen == ["0", "1", "2"]


def test_output_that_goes_to_a_file_starts_no_run(shop: Path) -> None:
    changed = Event()
    report, saved = shop / "report.json", os.dup(1)
    with report.open("w") as stream:
        os.dup2(stream.fileno(), 1)
        Changes(changed, frozenset()).dispatch(FileModifiedEvent(str(report)))
        os.dup2(saved, 1)
    os.close(saved)
    assert not changed.is_set()
    Changes(changed, frozenset()).dispatch(DirModifiedEvent(str(shop)))
    assert not changed.is_set()
    Changes(changed, frozenset()).dispatch(FileModifiedEvent(str(report)))
    assert changed.is_set()


def test_its_own_report_is_no_page(cli: Cli, shop: Path) -> None:
    ask = ("audit", "--format", "html=public/report.html", "--format", "json")
    first, second = cli(*ask, cwd=shop), cli(*ask, cwd=shop)
    assert (shop / "public/report.html").is_file()
    assert first.stdout == second.stdout


def test_an_earlier_report_in_the_site_takes_no_integration(cli: Cli, shop: Path) -> None:
    report = formats()["html"].write(Report(()))
    (shop / "public/earlier.html").write_text(report)
    assert cli("build", cwd=shop).code == 0
    assert "1 report left alone" in cli("inject", cwd=shop).stderr
    assert (shop / "public/earlier.html").read_text() == report
    assert "earlier.html" not in cli("audit", "--format", "github", cwd=shop).stdout
