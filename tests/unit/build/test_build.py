"""`build`: the same bytes each time, stale and hand-edited told apart, nothing foreign touched."""

import os
import shutil
from pathlib import Path

import pytest

from connectif_kit.build import render
from connectif_kit.core.templates import BUNDLED
from connectif_kit.plan.load import load
from tests.tools import ROOT, Cli

STARTER = BUNDLED / "starter"
EXAMPLE = ROOT / "output_example"
RENEW = "UPDATE=1 pytest tests/unit/build/test_build.py"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder with the starter's plan and no pages."""
    shutil.copy(STARTER / "connectif.yaml", tmp_path)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_output_example_is_the_build_of_the_starter_byte_for_byte(shop: Path, cli: Cli) -> None:
    assert cli("build", "-o", "out", cwd=shop).code == 0
    if os.environ.get("UPDATE"):
        shutil.rmtree(EXAMPLE, ignore_errors=True)
        shutil.copytree(shop / "out", EXAMPLE)
    built, example = files(shop / "out"), files(EXAMPLE)
    assert sorted(built) == sorted(example), f"{RENEW} rewrites output_example"
    for name in built:
        assert built[name] == example[name], f"{name}: {RENEW} rewrites it"


def test_the_plan_alone_decides_the_bytes() -> None:
    loaded = load("connectif.yaml", (STARTER / "connectif.yaml").read_bytes())
    assert render(loaded, str) == render(loaded, str)


def test_building_twice_writes_nothing_the_second_time(shop: Path, cli: Cli) -> None:
    cli("build", cwd=shop)
    before = {p: p.stat().st_mtime_ns for p in (shop / "connectif").rglob("*")}
    again = cli("build", cwd=shop)
    assert "0 written" in again.stderr
    assert {p: p.stat().st_mtime_ns for p in (shop / "connectif").rglob("*")} == before


def test_check_tells_stale_from_hand_edited_and_shows_the_difference(shop: Path, cli: Cli) -> None:
    cli("build", cwd=shop)
    assert cli("build", "--check", cwd=shop).code == 0
    events = shop / "connectif" / "connectif-events.js"
    events.write_text(events.read_text(encoding="utf-8") + "\nalert(1);\n", encoding="utf-8")
    plan = shop / "connectif.yaml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("environment: eu5", "environment: eu4"), encoding="utf-8"
    )
    checked = cli("build", "--check", cwd=shop)
    assert checked.code == 1
    assert "connectif/connectif-events.js: hand-edited" in checked.stdout
    assert "-alert(1);" in checked.stdout
    assert "connectif/loader.html: stale" in checked.stdout
    assert "eu4" in checked.stdout
    assert "alert(1)" in events.read_text(encoding="utf-8"), "--check writes nothing"


def test_a_missing_file_is_named(shop: Path, cli: Cli) -> None:
    cli("build", cwd=shop)
    (shop / "connectif" / "loader.html").unlink()
    checked = cli("build", "--check", cwd=shop)
    assert checked.code == 1
    assert "connectif/loader.html: missing" in checked.stdout


def test_only_files_with_our_mark_are_deleted(shop: Path, cli: Cli) -> None:
    cli("build", cwd=shop)
    out = shop / "connectif"
    (out / "notes.md").write_text("mine", encoding="utf-8")
    (out / "photo.bin").write_bytes(b"\xff\xfe\x00")
    shutil.copy(out / "loader.html", out / "tags" / "no-longer-built.html")
    assert "1 removed" in cli("build", cwd=shop).stderr
    assert (out / "notes.md").exists()
    assert (out / "photo.bin").exists()
    assert not (out / "tags" / "no-longer-built.html").exists()


def test_what_a_killed_build_has_left_is_no_file_of_the_build(shop: Path, cli: Cli) -> None:
    cli("build", "-o", "other", cwd=shop)
    left = shop / "connectif" / ".playwright.mjs.4194303.connectif-kit"
    left.parent.mkdir()
    left.write_bytes((shop / "other" / "playwright.mjs").read_bytes())
    assert "4194303" not in cli("build", "--check", cwd=shop).stdout
    built = cli("build", cwd=shop)
    assert (built.code, "removed" in built.stderr) == (0, False), built.stderr
    assert not left.exists()


def test_a_file_of_somebody_elses_is_not_overwritten(shop: Path, cli: Cli) -> None:
    (shop / "connectif").mkdir()
    (shop / "connectif" / "loader.html").write_text("mine", encoding="utf-8")
    built = cli("build", cwd=shop)
    assert built.code == 2
    assert "loader.html" in built.stderr
    assert "did not write" in built.stderr
    assert sorted(files(shop / "connectif")) == ["loader.html"], "nothing is half-written"


def test_the_checklist_says_what_to_switch_for_each_method(shop: Path, cli: Cli) -> None:
    plan = shop / "connectif.yaml"
    text = plan.read_text(encoding="utf-8")
    for method, automatic in (("js-events", "off"), ("client-tags", "on")):
        plan.write_text(text.replace("activity: js-events ", f"activity: {method} "), encoding="utf-8")
        assert cli("build", cwd=shop).code == 0
        checklist = (shop / "connectif" / "checklist.md").read_text(encoding="utf-8")
        assert f"Auto-send events on initialisation: `{automatic}`" in checklist
        assert "https://shop.example/service-worker.js" in checklist
        assert "Authorised domains: `https://shop.example, https://*.shop.example`" in checklist


def test_the_csp_hash_is_the_hash_of_the_loader_in_the_page(shop: Path, cli: Cli) -> None:
    import base64
    import hashlib
    import re

    cli("build", cwd=shop)
    loader = (shop / "connectif" / "loader.html").read_text(encoding="utf-8")
    script = re.search(r"<script[^>]*>(.*)</script>", loader, re.DOTALL)
    assert script
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in (shop / "connectif" / "checklist.md").read_text(encoding="utf-8")


def test_a_nonce_of_the_server_stands_in_the_loader_and_in_the_policy(shop: Path, cli: Cli) -> None:
    plan = shop / "connectif.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(
        text.replace("integration:\n", 'integration:\n  nonce: "{{ nonce }}"\n'), encoding="utf-8"
    )
    assert cli("build", cwd=shop).code == 0
    assert 'nonce="{{ nonce }}"' in (shop / "connectif" / "loader.html").read_text(encoding="utf-8")
    assert "'nonce-{{ nonce }}'" in (shop / "connectif" / "checklist.md").read_text(encoding="utf-8")


def test_the_checklist_has_its_headings_and_items_on_lines_of_their_own(shop: Path, cli: Cli) -> None:
    cli("build", cwd=shop)
    lines = (shop / "connectif" / "checklist.md").read_text(encoding="utf-8").splitlines()
    headings = [number for number, line in enumerate(lines) if line.startswith("## ")]
    assert headings
    assert all(lines[number - 1] == lines[number + 1] == "" for number in headings)
    items = [number for number, line in enumerate(lines) if line.startswith("- [ ] ")]
    assert items == list(range(items[0], items[0] + 8))
    assert lines[items[0] - 1] == ""
    assert not any("- [ ]" in line[1:] for line in lines)


def test_a_catalogue_that_is_not_there_is_said_at_its_place(shop: Path, cli: Cli) -> None:
    done = cli("build", cwd=shop)
    lines = (shop / "connectif.yaml").read_text().splitlines()
    line = lines.index("  source: data/products.csv") + 1
    assert done.code == 0
    assert f"connectif.yaml:{line}:11" in done.stdout
    assert "there is no data/products.csv" in done.stdout
    (shop / "data").mkdir()
    (shop / "data" / "products.csv").touch()
    assert cli("build", cwd=shop).stdout == ""
