"""From a generator's sources to a clean audit by `new --here` and the lines that it prints, and once more."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from connectif_kit.plan.load import load
from tests.engines.small_shops import PRODUCTS, SHOPS, URL, SmallShop, write
from tests.tools import NODE_MODULES, ROOT, Cli, run

KEY = "7d1f7b4e-9f0a-4a9e-8c55-0c9d3b1f2a10"
QUIET = {
    "ASTRO_TELEMETRY_DISABLED": "1",
    "NUXT_TELEMETRY_DISABLED": "1",
    "CI": "",
    "JEKYLL_ENV": "production",
}
SLOW = [name for name, shop in SHOPS.items() if shop.project]


def prepared(shop: SmallShop, folder: Path) -> None:
    """The sources, with the packages that they need."""
    write(shop, folder)
    if shop.project:
        shutil.copytree(ROOT / "tests" / shop.project, folder, dirs_exist_ok=True)
        npm = shutil.which("npm")
        assert npm, "no npm: run scripts/test as root, which installs it, or install it yourself"
        done = run(npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=folder, timeout=300)
        assert done.code == 0, done.stdout + done.stderr
    elif "package.json" in shop.files:
        (folder / "node_modules").symlink_to(NODE_MODULES, target_is_directory=True)


def built(shop: SmallShop, folder: Path) -> None:
    """One run of the generator's own command."""
    if shop.command:
        found = shutil.which(shop.command[0])
        assert found, f"no {shop.command[0]}: run scripts/test as root, which installs it"
        done = run(found, *shop.command[1:], cwd=folder, env=QUIET, timeout=300)
        assert done.code == 0, done.stdout + done.stderr


def leave_out(said: str, folder: Path) -> None:
    """What is printed to be added to a configuration is added to it."""
    for name, line in re.findall(r"(?m)^  add to (\S+): (.+)$", said):
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def taken(cli: Cli, lines: list[str]) -> None:
    """The lines, run as they are printed; each ends well."""
    for line in lines:
        done = cli(*shlex.split(line)[1:])
        assert done.code == 0, f"{line}: {done.stdout}{done.stderr}"


def from_sources_to_a_clean_audit(name: str, cli: Cli) -> None:
    shop, folder = SHOPS[name], cli.cwd
    prepared(shop, folder)
    if shop.command:
        first = cli("new", "--here")
        assert f"`{shop.root}` is not built yet" in first.stderr
        leave_out(first.stderr, folder)
    built(shop, folder)
    done = cli("new", "--here", "--store-id", KEY, *(("--url", URL) if shop.is_app else ()))
    assert done.code == 0, done.stderr
    assert f"is written for {shop.name};" in done.stderr
    is_there(shop, folder, done.stderr)
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert len(lines) == 3
    taken(cli, lines)

    plan = folder / "connectif.yaml"
    plan.write_text(plan.read_text("utf-8").replace("environment: eu5", "environment: eu8"), "utf-8")
    built(shop, folder)
    taken(cli, lines)
    assert "eu8/client-script" in (folder / shop.root / "index.html").read_text("utf-8")


def is_there(shop: SmallShop, folder: Path, said: str) -> None:
    """Root, address, product pages and their source are those of the shop."""
    plan = load("connectif.yaml", (folder / "connectif.yaml").read_bytes()).plan
    assert (plan.site.root, plan.store.url) == (shop.root, URL)
    assert plan.page_at("/") == "home"
    if shop.is_app:
        assert plan.integration.spa is not None
        return
    assert plan.page_at("/p/next/") == "product"
    assert plan.page_at("/c/mugs/") == "category"
    assert f"{len(PRODUCTS)} of {len(PRODUCTS)} give a product" in said
    assert "microdata" in said


@pytest.mark.parametrize("name", [name for name in SHOPS if name not in SLOW])
def test_a_shop_of_this_generator_ends_in_a_clean_audit(name: str, cli: Cli) -> None:
    from_sources_to_a_clean_audit(name, cli)


@pytest.mark.slow
@pytest.mark.parametrize("name", SLOW)
def test_a_shop_of_this_large_framework_ends_in_a_clean_audit(name: str, cli: Cli) -> None:
    from_sources_to_a_clean_audit(name, cli)
