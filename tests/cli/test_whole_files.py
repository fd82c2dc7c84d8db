"""Links, full disks, kills, interrupts, early readers: files stay whole and what is not ours stays."""

import os
import random
import resource
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.sites import PAGE
from tests.forked import forked
from tests.tools import ROOT, Cli, run


def test_a_linked_page_that_leads_out_is_refused_by_name(site: Path, tmp_path: Path, cli: Cli) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text(PAGE, encoding="utf-8")
    (site / "public" / "link.html").symlink_to(outside)
    (site / "public" / "inside.html").symlink_to("index.html")
    done = cli("inject", cwd=site)
    assert "public/link.html" in done.stdout
    assert "leads out of the site" in done.stdout
    assert outside.read_text(encoding="utf-8") == PAGE
    assert (site / "public" / "inside.html").is_symlink()


def test_what_is_no_file_is_named_and_not_waited_for(site: Path, cli: Cli) -> None:
    os.mkfifo(site / "public" / "pipe.html")
    (site / "public" / "kept.src").write_text(PAGE, encoding="utf-8")
    (site / "public" / "kept.html").symlink_to("kept.src")
    done = cli("inject", cwd=site)
    assert "public/pipe.html" in done.stdout
    assert "kept.src, which does not end as a page does" in done.stdout
    assert (site / "public" / "kept.src").read_text(encoding="utf-8") == PAGE
    assert "public/pipe.html" in cli("audit", cwd=site).stdout


def test_a_read_only_page_is_named_and_the_others_go_on(site: Path, cli: Cli) -> None:
    page = site / "public" / "a" / "3.html"
    page.chmod(0o444)
    done = cli("inject", cwd=site)
    assert done.code == 2
    assert "public/a/3.html" in done.stdout
    assert page.read_text(encoding="utf-8") == PAGE
    assert "connectif-events" in (site / "public" / "a" / "4.html").read_text(encoding="utf-8")


def test_a_foreign_worker_is_left_alone_and_the_line_to_add_is_printed(site: Path, cli: Cli) -> None:
    with (site / "connectif.yaml").open("a", encoding="utf-8") as plan:
        plan.write("service_worker: {path: /service-worker.js}\n")
    worker = site / "public" / "service-worker.js"
    worker.write_text("self.onfetch = () => {};\n", encoding="utf-8")
    done = cli("inject", cwd=site)
    assert done.code == 1
    assert "importScripts(" in done.stdout
    assert worker.read_text(encoding="utf-8") == "self.onfetch = () => {};\n"
    line = 'importScripts("https://cdn.connectif.cloud/scripts/service-worker.js");\n'
    worker.write_text(f"// {line}", encoding="utf-8")
    assert cli("inject", cwd=site).code == 1, "a line in a comment joins nothing"
    worker.write_text(line, encoding="utf-8")
    assert cli("inject", cwd=site).code == 0


def test_a_link_of_the_users_is_neither_replaced_nor_written_through(
    site: Path, tmp_path: Path, cli: Cli
) -> None:
    with (site / "connectif.yaml").open("a", encoding="utf-8") as plan:
        plan.write("service_worker: {path: /service-worker.js}\n")
    worker = site / "public" / "service-worker.js"
    worker.symlink_to("../dist/sw.js")
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (site / "public" / "connectif").symlink_to(outside)
    done = cli("inject", cwd=site)
    assert done.code == 1
    assert "public/service-worker.js" in done.stdout
    assert cli("inject", "--remove", cwd=site).code == 0
    assert worker.is_symlink()
    assert list(outside.iterdir()) == []


def test_a_full_disk_leaves_every_file_whole(site: Path) -> None:
    """No file may grow beyond a limit below the size of an injected page."""

    def small_files_only() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))

    done = subprocess.run(
        [sys.executable, "-m", "connectif_kit", "inject"],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=small_files_only,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert done.returncode == 2
    assert "file too large" in done.stdout
    assert {p.read_text(encoding="utf-8") for p in (site / "public").rglob("*.html")} == {PAGE}
    assert not list((site / "public").rglob(".*")), "no temporary file stays"


def test_killed_at_any_moment_every_page_is_the_old_or_the_new_one(site: Path, cli: Cli) -> None:
    for n in range(400):
        (site / "public" / "a" / f"more-{n}.html").write_text(PAGE, encoding="utf-8")
    chance, kills = random.Random(7), 0
    first = site / "public" / "a" / "0.html"
    for _ in range(6):
        with forked("inject", cwd=site) as process:
            while process.is_running() and first.read_text(encoding="utf-8") == PAGE:
                pass
            time.sleep(chance.random() * 0.05)
            process.send(signal.SIGKILL)
            # Its streams end when the last of its processes has let go of them.
            kills += process.ended()[0] == -signal.SIGKILL
        texts = {p.read_text(encoding="utf-8") for p in (site / "public").rglob("*.html")}
        assert all(text == PAGE or text.count("connectif-kit:end") == 2 for text in texts)
        cli("inject", "--remove", cwd=site)
        assert {p.read_text(encoding="utf-8") for p in (site / "public").rglob("*.html")} == {PAGE}
    assert kills >= 1, "none was at work any more"


def test_an_interrupt_ends_with_130_and_whole_files(site: Path) -> None:
    for n in range(3000):
        (site / "public" / "a" / f"more-{n}.html").write_text(PAGE, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "connectif_kit", "inject"], cwd=site, stderr=subprocess.PIPE, text=True
    )
    first = site / "public" / "a" / "0.html"
    while first.read_text(encoding="utf-8") == PAGE:
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said


def test_a_reader_that_leaves_early_is_no_crash(site: Path) -> None:
    piped = f"{sys.executable} -m connectif_kit audit public | head -n 1"
    done = subprocess.run(piped, shell=True, cwd=site, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


@pytest.mark.parametrize(
    ("redirection", "code", "said"),
    [
        (">/dev/full", 2, "no space left on device"),
        (">&-", 0, ""),
        (">&- 2>&-", 0, ""),
    ],
)
def test_an_output_that_takes_nothing_is_reported(
    tmp_path: Path, redirection: str, code: int, said: str
) -> None:
    command = f"{shlex.quote(sys.executable)} -m connectif_kit explain missing-loader {redirection}"
    done = run("sh", "-c", command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)})
    assert (done.code, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
