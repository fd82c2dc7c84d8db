"""`doctor` names what is there, what is missing, and how to get it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from tests.tools import Cli

PLAN = """\
store: {id: 7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10, environment: eu5, url: "https://mugs.example"}
catalog: {source: products.csv, fields: {product_id: sku, name: title, url: link, unit_price: price}}
pages: {home: {match: /}, product: {match: "/p/*", product: catalog}}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "connectif.yaml").write_text(PLAN)
    (tmp_path / "products.csv").write_text("sku,title,link,price\n")
    (tmp_path / "hugo.toml").write_text("title = 'x'\n")
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("<!doctype html><title>x</title>")
    return tmp_path


def missing(text: str) -> list[str]:
    return [line.split(":")[0].split()[-1] for line in text.splitlines() if line.startswith("missing")]


def test_all_is_well_where_it_is(shop: Path, cli: Cli) -> None:
    done = cli("doctor", cwd=shop)
    assert (done.code, missing(done.stdout), done.stderr) == (0, [], "")
    for said in ("parser: ", "browser: ", "generator: Hugo (hugo.toml)", "site: public", "click "):
        assert said in done.stdout


def test_without_a_plan_the_way_to_one_is_named(tmp_path: Path, cli: Cli) -> None:
    done = cli("doctor", cwd=tmp_path)
    assert (done.code, missing(done.stdout)) == (1, ["plan"])
    assert "connectif-kit new --here" in done.stdout


@pytest.mark.parametrize(
    ("change", "what", "hint"),
    [
        (lambda shop: (shop / "public/index.html").unlink(), "site", "`hugo`, or correct site.root"),
        (lambda shop: (shop / "products.csv").unlink(), "catalogue", "connectif.yaml:2:19"),
        (
            lambda shop: (shop / "connectif.yaml").write_text(PLAN.replace("match: /}", "mach: /}")),
            "plan",
            "`connectif-kit build` names them",
        ),
        (
            lambda shop: (shop / "connectif.yaml").write_text(
                PLAN.replace("7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10", "3f0c2b7e-5a41-4c9d-9a6e-0d6f1f2b8c11")
            ),
            "plan",
            "Store settings",
        ),
    ],
    ids=["no pages", "no catalogue", "broken plan", "examples' id"],
)
def test_what_is_missing_is_named(
    shop: Path, cli: Cli, change: Callable[[Path], object], what: str, hint: str
) -> None:
    change(shop)
    done = cli("doctor", cwd=shop)
    assert (done.code, missing(done.stdout)) == (1, [what])
    assert hint in done.stdout


def test_every_store_is_looked_at(shop: Path, cli: Cli) -> None:
    (shop / "connectif.yaml").rename(shop / "connectif.es.yaml")
    (shop / "connectif.fr.yaml").write_text(PLAN.replace("products.csv", "fr.csv"))
    done = cli("doctor", cwd=shop)
    assert (done.code, done.stdout.count("plan: "), missing(done.stdout)) == (1, 2, ["catalogue"])


def test_what_only_some_commands_need_is_optional(
    shop: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "turbohtml", None)
    monkeypatch.setitem(sys.modules, "playwright", None)
    done = cli("doctor", cwd=shop)
    assert done.code == 0
    assert "optional  parser: html5lib" in done.stdout
    assert 'pip install "connectif-kit[browser]"' in done.stdout


def test_a_library_that_is_missing_is_named(shop: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from connectif_kit import doctor

    def version(name: str) -> str:
        if name == "watchdog":
            raise metadata.PackageNotFoundError(name)
        return metadata.version(name)

    monkeypatch.setattr(doctor, "version", version)
    done = cli("doctor", cwd=shop)
    assert (done.code, "not installed: watchdog" in done.stdout) == (1, True)


def test_a_key_is_never_shown(shop: Path, cli: Cli) -> None:
    done = cli("doctor", cwd=shop, env={"CONNECTIF_API_KEY": "someid:verysecret"})
    assert "CONNECTIF_API_KEY is set" in done.stdout
    assert "verysecret" not in done.stdout + done.stderr
