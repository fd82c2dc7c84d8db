"""The command line's contract: exit status, where things are said, what a hurt process leaves."""

import subprocess
import sys
from pathlib import Path

from tests.cli.sites import PAGE, PLAN
from tests.tools import Cli


def test_help_names_every_command_and_loads_nothing_heavy(cli: Cli) -> None:
    """0.15 s is the bar, which benchmarks/small.py measures; what would break it is a library."""
    shown = cli.process("--help")
    assert shown.code == 0
    for name in ("new", "build", "inject", "audit", "check", "doctor", "explain", "schema", "demo"):
        assert f"  {name} " in shown.stdout
    look = (
        "import sys; from connectif_kit.cli import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    heavy = {
        "pydantic",
        "yaml",
        "jinja2",
        "turbohtml",
        "bs4",
        "rich",
        "starlette",
        "uvicorn",
        "httpx2",
        "asyncio",
    }
    assert not heavy & set(done.stderr.split())


def test_an_unknown_command_gets_the_nearest_one(cli: Cli) -> None:
    done = cli("biuld")
    assert done.code == 2
    assert "did you mean `build`?" in done.stderr


def test_without_a_plan_the_way_to_one_is_named(cli: Cli) -> None:
    done = cli("build")
    assert (done.code, done.stdout) == (2, "")
    assert "connectif-kit new" in done.stderr


def test_a_mistake_in_the_plan_is_reported_at_its_place_without_a_traceback(site: Path, cli: Cli) -> None:
    (site / "connectif.yaml").write_text(PLAN.replace("match: /}", "mach: /}"), encoding="utf-8")
    done = cli("build", cwd=site)
    assert done.code == 2
    assert "connectif.yaml:3:10" in done.stderr
    assert "did you mean `match`?" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_plan_is_found_from_a_folder_below(site: Path, cli: Cli) -> None:
    assert cli("inject", cwd=site / "public" / "a").code == 0
    assert "connectif-events" in (site / "public" / "index.html").read_text(encoding="utf-8")


def test_audit_says_findings_on_standard_output_and_ends_with_one(site: Path, cli: Cli) -> None:
    done = cli("audit", "public", cwd=site)
    assert done.code == 1
    assert "missing-loader" in done.stdout
    assert "missing-loader" not in done.stderr


def test_inject_then_audit_is_clean_and_remove_gives_all_back(site: Path, cli: Cli) -> None:
    before = {p: p.read_bytes() for p in (site / "public").rglob("*") if p.is_file()}
    assert cli("inject", cwd=site).code == 0
    assert cli("audit", cwd=site).code == 0
    assert cli("inject", "--check", cwd=site).code == 0
    assert cli("inject", "--remove", cwd=site).code == 0
    assert {p: p.read_bytes() for p in (site / "public").rglob("*") if p.is_file()} == before


def test_a_dry_run_and_a_check_name_pages_and_write_nothing(site: Path, cli: Cli) -> None:
    before = {p: p.read_bytes() for p in (site / "public").rglob("*") if p.is_file()}
    dry = cli("inject", "--dry-run", cwd=site)
    assert dry.code == 0
    assert "public/index.html" in dry.stdout
    assert cli("inject", "--check", cwd=site).code == 1
    assert {p: p.read_bytes() for p in (site / "public").rglob("*") if p.is_file()} == before


def test_one_page_comes_from_standard_input(site: Path, cli: Cli) -> None:
    done = cli("audit", "-", "--as", "/a/1.html", cwd=site, stdin=PAGE)
    assert done.code == 1
    assert "<stdin>:1:" in done.stdout


def test_json_is_json_alone(site: Path, cli: Cli) -> None:
    import json

    done = cli("audit", "public", "--format", "json", cwd=site)
    report = json.loads(done.stdout)
    assert report["summary"]["pages"] == 21
    assert {f["rule"] for f in report["findings"]} >= {"missing-loader"}
