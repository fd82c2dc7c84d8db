"""No encoding of a terminal, and no interrupt, ends a command with a traceback."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from connectif_kit.cli import run
from tests.forked import forked
from tests.tools import ROOT

PLAN = """\
store: {id: 3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11, environment: eu5, url: "https://shop.example"}
pages: {home: {match: /}, product: {match: "/p/*", product: json-ld}}
"""
PAGE = """<!doctype html><title>\N{SNOWMAN}</title><body>
<i class="cn_pagetag">\N{SNOWMAN} é \N{GRINNING FACE}</i>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A plan, and pages with letters that few encodings have, one of them in a file's name too."""
    (tmp_path / "connectif.yaml").write_text(PLAN, encoding="utf-8")
    for name in ("index.html", "p/\N{SNOWMAN}.html", "p/\N{SNOWMAN}/index.html"):
        path = tmp_path / "public" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, encoding="utf-8")
    return tmp_path


def kit(site: Path, *arguments: str, encoding: str) -> tuple[int | None, bytes, bytes]:
    """The exit status and the bytes of both streams."""
    with forked(*arguments, cwd=site, env={"PYTHONIOENCODING": encoding}) as process:
        out = process.stdout.read().encode("utf-8", "surrogateescape")
        status, said = process.ended()
    return status, out, said.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["audit", "--format", "text=-"], 1),
        (["inject", "--dry-run"], 1),
        (["build", "--check"], 1),
        (["explain", "cn_purchase"], 0),
        (["nonsense\N{SNOWMAN}"], 2),
    ],
    ids=["audit", "inject", "build", "explain", "usage"],
)
def test_no_encoding_ends_a_command(site: Path, encoding: str, arguments: list[str], status: int) -> None:
    code, out, said = kit(site, *arguments, encoding=encoding)
    assert code == status, said
    assert b"Traceback" not in said
    # Where Python was told of ASCII only, click writes UTF-8: it takes that for a locale nobody has set.
    (out + said).decode("utf-8" if encoding == "ascii" else encoding)


def test_signs_that_an_encoding_lacks_have_plain_neighbours(site: Path) -> None:
    shown = kit(site, "audit", encoding="latin-1")[1].decode("latin-1")
    assert "1 | <!doctype" in shown
    assert "\\u2603" in shown


def test_what_programs_read_is_utf_8_whatever_the_terminal_speaks(site: Path) -> None:
    found = json.loads(kit(site, "audit", "--format", "json", encoding="cp1252")[1].decode("utf-8"))
    assert any("\N{SNOWMAN}" in finding["path"] for finding in found["findings"])
    ElementTree.fromstring(kit(site, "audit", "--format", "junit", encoding="ascii")[1])


# The child says when the kit's own code has begun: before that, interrupts are Python's.
_SAYS_WHEN = """
import os, runpy, sys
class Says:
    def find_spec(self, name, path=None, target=None):
        if name == "connectif_kit.cli":
            sys.meta_path.remove(self)
            os.write(1, b".")
sys.meta_path.insert(0, Says())
sys.argv[0] = "connectif-kit"
runpy.run_module("connectif_kit", run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize(
    "command", [["explain", "loader"], ["audit", "--no-cache", "-j", "2"], ["inject"], ["build"]]
)
def test_an_interrupt_at_any_moment_is_one_line(site: Path, command: list[str]) -> None:
    for number in range(500 if command[0] in ("inject", "audit") else 0):
        (site / "public" / "p" / f"{number}.html").write_text(PAGE, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    chance, ended = random.Random(7), 0
    for _ in range(12):
        child = subprocess.Popen(
            [sys.executable, "-c", _SAYS_WHEN, *command],
            cwd=site, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.read(1) == b"."
        time.sleep(chance.choice([0, 0.005, 0.05, 0.4]) * chance.random())
        os.killpg(child.pid, signal.SIGINT)  # as a terminal does: to every process
        _, said = child.communicate(timeout=30)
        assert b"Traceback" not in said, said.decode()
        assert b"Exception ignored" not in said, said.decode()
        assert child.returncode in (130, 0, 1), said.decode()
        ended += child.returncode == 130
        assert child.returncode != 130 or b"interrupted; every file is whole" in said
    assert ended >= 4


# Interrupts itself where an interrupt would be lost, and works on for ever.
_INTERRUPTED = """
import os, signal, sys
from connectif_kit.core import interrupts
from connectif_kit.cli._ending import ended
def interrupt():
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(1000): pass
class Kept:
    def __del__(self):
        interrupt()
def in_a_finalizer():
    kept = Kept()
    del kept
    while True: pass
def by_an_extension():
    try:
        interrupt()
    except KeyboardInterrupt:
        raise ValueError("no schema") from None
interrupts.arm()
sys.exit(ended(globals()[sys.argv[1]], []))
"""


@pytest.mark.parametrize("lost", ["in_a_finalizer", "by_an_extension"])
def test_an_interrupt_that_would_be_lost_is_one_line(tmp_path: Path, lost: str) -> None:
    """Python drops what finalizers raise; extensions in C make another error of it."""
    done = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED, lost],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        timeout=30, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (130, b"interrupted; every file is whole\n")


def test_an_interrupt_that_is_ignored_stays_so(site: Path) -> None:
    """As a shell does for what runs behind it."""
    quiet = f"import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n{_SAYS_WHEN}"
    child = subprocess.Popen(
        [sys.executable, "-c", quiet, "build"],
        cwd=site, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert child.stdout is not None
    child.stdout.read(1)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=30)
    assert child.returncode == 0


def test_a_run_in_somebody_elses_process_leaves_its_handlers_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    assert run(["--version"]) == 0
    assert signal.getsignal(signal.SIGINT) is before
