"""`fake-api` and `sync` as two processes: what they print, and how an interrupt ends them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connectif_kit.fakeapi.server import new, running
from tests.sync.tools import KEY, contacts, write_csv
from tests.tools import ROOT, Cli

ENV = {**os.environ, "PYTHONPATH": str(ROOT), "CONNECTIF_API_KEY": KEY}


@contextmanager
def started(folder: Path, *args: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-u", "-m", "connectif_kit", *args]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder, env=ENV, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def test_the_printed_command_works_and_an_interrupt_ends_the_local_api(tmp_path: Path, cli: Cli) -> None:
    write_csv(tmp_path / "c.csv", contacts(20))
    with started(tmp_path, "fake-api", "--port", "0", "--limit", "100000") as api:
        assert api.stdout
        _, _, *command = api.stdout.readline().split()
        command[command.index("FILE")] = "c.csv"
        said = cli(*command, "--rate", "100000", env={"CONNECTIF_API_KEY": KEY})
        assert (said.code, "20 rows sent" in said.stderr) == (0, True)
        api.send_signal(signal.SIGINT)
        _, err = api.communicate(timeout=20)
        assert "held 20 contacts, 0 products, 0 purchases" in err


def test_a_wrong_fault_is_a_usage_error(cli: Cli) -> None:
    said = cli("fake-api", "--fault", "418=1")
    assert (said.code, "no such fault: 418" in said.stderr) == (2, True)


def test_an_interrupt_lets_calls_come_home_and_the_same_command_goes_on(tmp_path: Path, cli: Cli) -> None:
    write_csv(tmp_path / "c.csv", contacts(60))
    fake = new(limit=10**6, latency=0.05)
    with running(fake):
        command = ("sync", "contacts", "c.csv", "--via", "calls", "--api-url", fake.url, "--rate", "100000")
        with started(tmp_path, *command) as process:
            while len(fake.store.writes) < 8:
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=30)
        written = len(fake.store.writes)
        assert (process.returncode, f"interrupted: {60 - written} rows are left" in err) == (130, True)
        said = cli(*command, env={"CONNECTIF_API_KEY": KEY})
        assert (said.code, len(fake.store.writes)) == (0, 60)


def test_memory_stays_flat(tmp_path: Path) -> None:
    """The same bound holds for a million rows: benchmarks/sync_plan.py."""
    bench = ROOT / "benchmarks" / "sync_plan.py"
    command = [sys.executable, str(bench), "60000"]
    done = subprocess.run(command, cwd=tmp_path, env=ENV, capture_output=True, text=True, check=True)
    peak = int(done.stdout.split("peak memory: ")[1].split()[0])
    assert peak < 150
